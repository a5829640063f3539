import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replayPolicy, sumReplays } from '../../../src/domain/plan/policy-replay.ts';

const base = {
  known: null,
  reviewPeriods: 1,
  costs: { holding: 0.2, shortage: 1 },
  scoredFrom: 0,
} as const;

test('plays the documented example', () => {
  // Period 0: 2 + 1 on hand, 3 sold. Period 1: 1 arrives, 1 sold. Period 2: 1 arrives, 1 of 2 lost.
  const result = replayPolicy({
    ...base,
    demand: [3, 1, 2],
    state: { onHand: 2, inTransit: [1] },
    decide: () => 1,
  });
  expect(result).toMatchObject({
    cost: 1,
    lostUnits: 1,
    demandUnits: 6,
    stockUnitPeriods: 0,
    stockOutPeriods: 1,
  });
  expect(result.endState).toEqual({ onHand: 0, inTransit: [1] });
  expect(sumReplays([result, result]).cost).toBe(2);
});

test('an order placed before period t with two lead periods can first be sold in period t + 2', () => {
  const run = (lead: readonly number[]) =>
    replayPolicy({
      ...base,
      demand: [5, 5, 5, 5],
      state: { onHand: 0, inTransit: lead },
      decide: (period) => (period === 0 ? 5 : 0),
    });
  // VN2's words: ordered at the end of week X, sold from week X+3 on; period 0 is week X+1.
  expect(run([0, 0]).lostUnits).toBe(15);
  expect(run([]).lostUnits).toBe(15);
  expect(run([0, 0]).stockOutPeriods).toBe(3);
});

test('counts only scored periods and flags censored ones', () => {
  const result = replayPolicy({
    ...base,
    demand: [4, 0, 2],
    known: [1, 0, 1],
    state: { onHand: 1, inTransit: [] },
    scoredFrom: 1,
    decide: () => 0,
  });
  expect(result).toMatchObject({ lostUnits: 2, scoredPeriods: 2, censoredPeriods: 1 });
});

test('asks the policy only at reviews and shows it nothing of the period to come', () => {
  const asked: number[] = [];
  const decide = (period: number): number => {
    asked.push(period);
    return 2;
  };
  const state = { onHand: 0, inTransit: [0] };
  const known = replayPolicy({ ...base, reviewPeriods: 3, demand: [1, 1, 1, 1, 1, 1, 9], state, decide });
  expect(asked).toEqual([0, 3, 6]);
  expect(known.orderCount).toBe(3);
});

test('refuses negative and endless orders', () => {
  for (const order of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    const run = () =>
      replayPolicy({ ...base, demand: [1], state: { onHand: 0, inTransit: [] }, decide: () => order });
    expect(run).toThrow(/the policy ordered/);
  }
});

test('units are conserved: start + orders arrived = sold + left', () => {
  const whole = fc.integer({ min: 0, max: 20 });
  fc.assert(
    fc.property(
      fc.array(whole, { minLength: 1, maxLength: 15 }),
      whole,
      fc.array(whole, { maxLength: 3 }),
      fc.array(whole, { minLength: 15, maxLength: 15 }),
      (demand, onHand, inTransit, orders) => {
        const result = replayPolicy({
          ...base,
          demand,
          state: { onHand, inTransit },
          decide: (period) => orders[period]!,
        });
        const start = onHand + inTransit.reduce((sum, units) => sum + units, 0);
        const ordered = orders.slice(0, demand.length).reduce((sum, units) => sum + units, 0);
        const left = result.endState.inTransit.reduce((sum, units) => sum + units, result.endState.onHand);
        expect(result.demandUnits - result.lostUnits + left).toBe(start + ordered);
      },
    ),
  );
});
