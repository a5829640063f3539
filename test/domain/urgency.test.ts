import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  actionOf,
  classifyUrgency,
  compareUrgency,
  computeStake,
  computeUrgencyScore,
  type Stake,
  steadyTier,
  type UrgencyFacts,
  type UrgencyRank,
  type UrgencyTier,
} from '../../src/domain/urgency.ts';

const calm: UrgencyFacts = {
  ...{ isSourceDown: false, available: 50, meanPerDay: 2, arrivesToday: false, stockOutDay: 40 },
  ...{ nextArrivalDay: null, leadTimeDays: 10, orderByDay: 25, reviewDays: 7 },
  ...{ hasRecordProblem: false, hasExcess: false },
};
const tierOf = (change: Partial<UrgencyFacts>): UrgencyTier => classifyUrgency({ ...calm, ...change });
const tiers: readonly UrgencyTier[] = [
  ...(['SOURCE', 'OUT', 'WILL_RUN_OUT', 'ORDER_NOW', 'ORDER_SOON', 'RECORD', 'EXCESS', 'OK'] as const),
];

describe('tier', () => {
  test('the first condition that applies', () => {
    expect(tierOf({})).toBe('OK');
    expect(tierOf({ isSourceDown: true, available: 0 })).toBe('SOURCE');
    expect(tierOf({ available: 0 })).toBe('OUT');
    expect(tierOf({ available: 0, arrivesToday: true })).toBe('OK');
    expect(tierOf({ available: 0, meanPerDay: 0 })).toBe('OK');
    expect(tierOf({ stockOutDay: 5 })).toBe('WILL_RUN_OUT');
    expect(tierOf({ stockOutDay: 5, nextArrivalDay: 4 })).toBe('OK');
    expect(tierOf({ stockOutDay: 5, nextArrivalDay: 6 })).toBe('WILL_RUN_OUT');
    expect(tierOf({ stockOutDay: 12, orderByDay: 1 })).toBe('ORDER_NOW');
    expect(tierOf({ orderByDay: 8 })).toBe('ORDER_SOON');
    expect(tierOf({ orderByDay: 9 })).toBe('OK');
    expect(tierOf({ hasRecordProblem: true, hasExcess: true })).toBe('RECORD');
    expect(tierOf({ hasExcess: true })).toBe('EXCESS');
  });

  test('the same stock-out day is harmless with a quick supplier', () => {
    expect(tierOf({ stockOutDay: 5, leadTimeDays: 2 })).toBe('OK');
  });

  test('every tier has its action', () => {
    expect(actionOf('ORDER_NOW')).toBe('ORDER');
    expect(new Set(tiers.map(actionOf)).size).toBe(tiers.length);
  });
});

describe('order of the list', () => {
  const money = (amount: number): Stake => ({ amount, measure: 'MONEY' });
  const rank = (tier: UrgencyTier, stake: number, id: string, day: number | null = null): UrgencyRank => ({
    ...{ tier, stake: money(stake), id, day },
  });

  test('a best-seller about to run out comes before a trivial item out of stock', () => {
    const list = [
      rank('OUT', 3, 'a'),
      rank('WILL_RUN_OUT', 900, 'b'),
      rank('ORDER_SOON', 5000, 'c'),
      rank('SOURCE', 0, 'd'),
      rank('ORDER_NOW', 3, 'e', 2),
    ];
    expect(list.sort(compareUrgency).map(({ id }) => id)).toEqual(['d', 'b', 'e', 'a', 'c']);
  });

  const ranks = fc.record({
    tier: fc.constantFrom(...tiers),
    stake: fc.record({
      amount: fc.oneof(
        fc.constantFrom(0, 1, 20),
        fc.nat(200_000_000).map((cents) => cents / 100),
      ),
      measure: fc.constantFrom('MONEY', 'UNITS'),
    }),
    day: fc.option(fc.nat(366)),
    id: fc.string({ minLength: 1, maxLength: 3 }),
  });

  test('is total: antisymmetric and transitive, equal only for the same id', () => {
    fc.assert(
      fc.property(ranks, ranks, ranks, (a, b, c) => {
        expect(Math.sign(compareUrgency(a, b)) + Math.sign(compareUrgency(b, a))).toBe(0);
        if (compareUrgency(a, b) <= 0 && compareUrgency(b, c) <= 0) {
          expect(compareUrgency(a, c)).toBeLessThanOrEqual(0);
        }
        if (compareUrgency(a, b) === 0) expect(a.id).toBe(b.id);
      }),
    );
  });

  test('the score follows the list, whatever the others have at stake', () => {
    expect(computeUrgencyScore({ tier: 'OUT', stake: money(0), day: null })).toBe(50);
    expect(computeUrgencyScore({ tier: 'OUT', stake: money(1_000), day: null })).toBeCloseTo(81.5, 2);
    fc.assert(
      fc.property(ranks, ranks, (a, b) => {
        const isSame = compareUrgency({ ...a, id: '' }, { ...b, id: '' }) === 0;
        if (compareUrgency(a, b) >= 0) return;
        if (isSame) expect(computeUrgencyScore(a)).toBe(computeUrgencyScore(b));
        else expect(computeUrgencyScore(a)).toBeGreaterThan(computeUrgencyScore(b));
      }),
      { numRuns: 2_000 },
    );
  });

  test('money comes before units, units before nothing, and the nearer day before the later', () => {
    const pieces = (amount: number): Stake => ({ amount, measure: 'UNITS' });
    const list: UrgencyRank[] = [
      { tier: 'OUT', stake: pieces(5_000), day: 0, id: 'a' },
      { tier: 'OUT', stake: money(0.01), day: 0, id: 'b' },
      { tier: 'OUT', stake: money(0), day: 1, id: 'c' },
      { tier: 'OUT', stake: money(0.01), day: 3, id: 'd' },
      { tier: 'OUT', stake: money(0), day: null, id: 'e' },
    ];
    const order = ['b', 'd', 'a', 'c', 'e'];
    expect(list.toSorted(compareUrgency).map(({ id }) => id)).toEqual(order);
    const score = computeUrgencyScore;
    expect(list.toSorted((one, other) => score(other) - score(one)).map(({ id }) => id)).toEqual(order);
  });
});

test('what is at stake by what is known', () => {
  const facts = { expectedLostUnits: 4, unitMargin: 5, unitPrice: 12, excessUnits: 730, unitCost: 7 };
  expect(computeStake('OUT', { ...facts, excessUnits: 0 })).toEqual({ amount: 20, measure: 'MONEY' });
  expect(computeStake('OUT', { ...facts, unitMargin: null })).toEqual({ amount: 48, measure: 'MONEY' });
  expect(computeStake('OUT', { ...facts, unitMargin: null, unitPrice: null })).toEqual({
    ...{ amount: 4, measure: 'UNITS' },
  });
  expect(computeStake('EXCESS', facts)).toEqual({ amount: 3.5, measure: 'MONEY' });
  expect(computeStake('EXCESS', { ...facts, unitCost: null })).toEqual({ amount: 0.5, measure: 'UNITS' });
});

test('worse at once, better only after two evaluations', () => {
  const first = steadyTier(null, 'OUT');
  expect(first).toEqual({ shown: 'OUT', betterCount: 0 });
  const second = steadyTier(first, 'OK');
  expect(second).toEqual({ shown: 'OUT', betterCount: 1 });
  expect(steadyTier(second, 'OK')).toEqual({ shown: 'OK', betterCount: 0 });
  expect(steadyTier(second, 'OUT')).toEqual({ shown: 'OUT', betterCount: 0 });
  expect(steadyTier(steadyTier(second, 'OK'), 'WILL_RUN_OUT').shown).toBe('WILL_RUN_OUT');
  // A source has an alert of its own, which is steady already.
  expect(steadyTier({ shown: 'SOURCE', betterCount: 0 }, 'OK')).toEqual({ shown: 'OK', betterCount: 0 });
});
