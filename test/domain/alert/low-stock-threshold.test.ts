import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  computeLowStockThreshold,
  type ThresholdInputs,
} from '../../../src/domain/alert/low-stock-threshold.ts';
import { Decimal } from '../../../src/shared/decimal.ts';

const inputs = (demand: readonly number[], more: Partial<ThresholdInputs> = {}): ThresholdInputs => ({
  override: null,
  demandDays: demand.length,
  demandSum: new Decimal(demand.reduce((sum, units) => sum + units, 0)),
  demandSquareSum: new Decimal(demand.reduce((sum, units) => sum + units * units, 0)),
  leadTimeDays: null,
  ...more,
});
const everySecondDay = Array.from({ length: 28 }, (_, day) => (day % 2 === 0 ? 8 : 0));

describe('computeLowStockThreshold', () => {
  it('repeats the example', () => {
    const { threshold, origin } = computeLowStockThreshold(inputs(everySecondDay));
    expect([threshold.toString(), origin]).toEqual(['25.0719', 'COMPUTED']);
  });

  it('prefers what a person set, and assumes ten units without four weeks of days', () => {
    const set = computeLowStockThreshold(inputs([], { override: new Decimal('7.5') }));
    expect([set.threshold.toString(), set.origin]).toEqual(['7.5', 'OVERRIDE']);
    const young = computeLowStockThreshold(inputs(everySecondDay.slice(1)));
    expect([young.threshold.toString(), young.origin]).toEqual(['10', 'DEFAULT']);
  });

  it('grows with the square root of the lead time', () => {
    const of = (leadTimeDays: number) =>
      computeLowStockThreshold(inputs(everySecondDay, { leadTimeDays: new Decimal(leadTimeDays) })).threshold;
    expect(of(36).div(of(9)).toNumber()).toBeCloseTo(2, 4);
  });

  it('is the textbook formula for any demand', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 28, maxLength: 56 }), (demand) => {
        const mean = demand.reduce((sum, units) => sum + units, 0) / demand.length;
        const variance = demand.reduce((sum, units) => sum + (units - mean) ** 2, 0) / (demand.length - 1);
        const { threshold } = computeLowStockThreshold(inputs(demand));
        expect(threshold.toNumber()).toBeCloseTo(1.645 * Math.sqrt(14) * Math.sqrt(variance), 3);
      }),
    );
  });

  it('refuses a broken count of days', () => {
    expect(() => computeLowStockThreshold(inputs([], { demandDays: -1 }))).toThrow(RangeError);
  });
});
