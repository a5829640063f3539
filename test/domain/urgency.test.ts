import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  actionOf,
  classifyUrgency,
  compareUrgency,
  computeStake,
  computeUrgencyScore,
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
  const rank = (tier: UrgencyTier, stake: number, id: string, day: number | null = null): UrgencyRank => ({
    ...{ tier, stake, id, day },
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
    stake: fc.double({ min: 0, max: 1000, noNaN: true }),
    day: fc.option(fc.nat(30)),
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

  test('the score follows the list', () => {
    expect(computeUrgencyScore('OUT', 0, 100)).toBe(50);
    expect(computeUrgencyScore('OK', 5, 0)).toBe(5);
    fc.assert(
      fc.property(ranks, ranks, (a, b) => {
        const score = (one: UrgencyRank): number => computeUrgencyScore(one.tier, one.stake, 120);
        if (compareUrgency(a, b) < 0) expect(score(a)).toBeGreaterThanOrEqual(score(b));
      }),
    );
  });
});

test('money at stake by what is known', () => {
  const facts = { expectedLostUnits: 4, unitMargin: 5, unitPrice: 12, excessUnits: 730, unitCost: 7 };
  expect(computeStake('OUT', { ...facts, excessUnits: 0 })).toBe(20);
  expect(computeStake('OUT', { ...facts, unitMargin: null })).toBe(48);
  expect(computeStake('OUT', { ...facts, unitMargin: null, unitPrice: null })).toBe(4);
  expect(computeStake('EXCESS', facts)).toBeCloseTo(3.5, 9);
  expect(computeStake('EXCESS', { ...facts, unitCost: null })).toBe(0);
});

test('worse at once, better only after two evaluations', () => {
  const first = steadyTier(null, 'OUT');
  expect(first).toEqual({ shown: 'OUT', betterCount: 0 });
  const second = steadyTier(first, 'OK');
  expect(second).toEqual({ shown: 'OUT', betterCount: 1 });
  expect(steadyTier(second, 'OK')).toEqual({ shown: 'OK', betterCount: 0 });
  expect(steadyTier(second, 'OUT')).toEqual({ shown: 'OUT', betterCount: 0 });
  expect(steadyTier(steadyTier(second, 'OK'), 'WILL_RUN_OUT').shown).toBe('WILL_RUN_OUT');
});
