import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  computeLostSalesOrder,
  type DemandSpread,
} from '../../../../src/domain/plan/panel/lost-sales-order.ts';

const poisson: DemandSpread = { dispersion: 0, levelVariance: 0, levelVariancePerUnit: 0 };

test('without lead time it is the newsvendor: Poisson 6, costs 1 and 4, order up to 8', () => {
  // Golden value of stockpyl (github LarrySnyder/stockpyl): newsvendor_poisson(1, 4, 6) = 8.
  const costs = { holding: 1, shortage: 4 };
  expect(computeLostSalesOrder([6], { onHand: 0, inTransit: [] }, costs, poisson)).toBe(8);
  expect(computeLostSalesOrder([6], { onHand: 5, inTransit: [] }, costs, poisson)).toBe(3);
  expect(computeLostSalesOrder([6], { onHand: 50, inTransit: [] }, costs, poisson)).toBe(0);
});

test('Poisson 50 at critical ratio 0.70/0.88 orders up to 56', () => {
  // Golden value of stockpyl: newsvendor_poisson(0.18, 0.70, 50) = 56.
  const costs = { holding: 0.18, shortage: 0.7 };
  expect(computeLostSalesOrder([50], { onHand: 0, inTransit: [] }, costs, poisson)).toBe(56);
});

test('sales lost while waiting do not use up the order', () => {
  // Nothing on hand and nothing coming: both lead periods are lost whole, only the last counts.
  const costs = { holding: 1, shortage: 4 };
  expect(computeLostSalesOrder([6, 6, 6], { onHand: 0, inTransit: [0, 0] }, costs, poisson)).toBe(8);
});

test('big items in lots come out near the same as by unit', () => {
  const costs = { holding: 1, shortage: 4 };
  // Normal approximation of Poisson 10,000: 10,000 + 0.8416 · 100 = 10,084.
  const order = computeLostSalesOrder([10_000], { onHand: 0, inTransit: [] }, costs, poisson);
  expect(order).toBeGreaterThan(9_950);
  expect(order).toBeLessThan(10_250);
});

test('needs a mean for the period after the lead time', () => {
  const costs = { holding: 1, shortage: 4 };
  expect(() => computeLostSalesOrder([6], { onHand: 0, inTransit: [0] }, costs)).toThrow(/lead periods/);
});

test('demand too small to square is demand of nearly nothing', () => {
  // 5e-324 is the smallest number there is: its square is 0.
  const means = [Number.MIN_VALUE, 6, Number.MIN_VALUE];
  const costs = { holding: 0.2, shortage: 1 };
  expect(computeLostSalesOrder(means, { onHand: 0, inTransit: [0, 0] }, costs)).toBe(0);
});

test('more stock never orders more; dearer lost sales never order less', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 12, noNaN: true }), { minLength: 3, maxLength: 3 }),
      fc.nat(20),
      fc.nat(10),
      fc.nat(10),
      (means, onHand, first, second) => {
        const order = (units: number, shortage: number): number =>
          computeLostSalesOrder(
            means,
            { onHand: units, inTransit: [first, second] },
            { holding: 0.2, shortage },
          );
        expect(order(onHand + 1, 1)).toBeLessThanOrEqual(order(onHand, 1));
        expect(order(onHand, 2)).toBeGreaterThanOrEqual(order(onHand, 1));
      },
    ),
    { numRuns: 60 },
  );
});
