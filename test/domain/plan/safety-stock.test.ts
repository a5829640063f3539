import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openDistribution } from '../../../src/domain/forecast/demand-distribution.ts';
import { defaultLeadTimeDays, estimateLeadTime } from '../../../src/domain/plan/lead-time.ts';
import { computeProtectionDemand } from '../../../src/domain/plan/protection-demand.ts';
import { computeProtectionDays } from '../../../src/domain/plan/protection-period.ts';
import {
  computeClassicSafetyStock,
  computeKingSafetyStock,
  computeQuantileSafetyStock,
} from '../../../src/domain/plan/safety-stock.ts';
import { resolveServiceLevel } from '../../../src/domain/plan/service-level.ts';
import { certainForecast, poissonForecast } from './make-forecast.ts';

describe('formulas', () => {
  test('classic: Z · √L · σ with its inputs', () => {
    const classic = computeClassicSafetyStock(8, 5, 0.95);
    expect(classic.value).toBeCloseTo(29.42, 2);
    expect(classic.z).toBeCloseTo(1.6448536269514722, 8);
    expect(classic).toMatchObject({ leadTimeDays: 5, sigmaUnitsPerDay: 8 });
    expect(computeClassicSafetyStock(8, 5, 0.3).value).toBe(0);
    expect(() => computeClassicSafetyStock(-1, 5, 0.95)).toThrow(/sigmaUnitsPerDay/);
    expect(() => computeClassicSafetyStock(1, 5, 1)).toThrow(/strictly between/);
  });

  test("King's extension adds the lead time's variance and without it falls back to √P", () => {
    const input = { meanUnitsPerDay: 50, sigmaUnitsPerDay: 10, protectionDays: 7, serviceLevel: 0.95 };
    expect(computeKingSafetyStock({ ...input, leadTimeSdDays: 2 })).toBeCloseTo(170.1, 1);
    expect(computeKingSafetyStock({ ...input, leadTimeSdDays: 0 })).toBeCloseTo(
      computeClassicSafetyStock(10, 7, 0.95).value,
      9,
    );
  });

  test('quantile: golden newsvendor value of stockpyl', () => {
    const normal = openDistribution({ kind: 'normal', mean: 50, sd: 8 });
    expect(50 + computeQuantileSafetyStock({ mean: 50, quantile: normal.quantile }, 0.7 / 0.88)).toBeCloseTo(
      56.60395592743389,
      6,
    );
    const poisson = openDistribution({ kind: 'count', mean: 50, dispersion: 0 });
    expect(poisson.mean + computeQuantileSafetyStock(poisson, 0.7 / 0.88)).toBe(56);
  });
});

describe('lead time', () => {
  const none = {
    overrideDays: null,
    receiptDays: [],
    itemDays: null,
    supplierDays: null,
    categoryDays: null,
  };

  test('takes the best source and says which', () => {
    const receipts = estimateLeadTime({ ...none, receiptDays: [5, 6, 7, 8, 9], itemDays: 10 });
    expect(receipts).toMatchObject({ origin: 'RECEIPTS', meanDays: 7, observedDays: [5, 6, 7, 8, 9] });
    expect(receipts.sdDays).toBeCloseTo(Math.SQRT2, 9);
    expect(estimateLeadTime({ ...none, receiptDays: [1, 2, 3, 4], itemDays: 10 })).toMatchObject({
      origin: 'ITEM',
      meanDays: 10,
      sdDays: 3,
    });
    expect(estimateLeadTime({ ...none, supplierDays: 9, categoryDays: 4 }).origin).toBe('SUPPLIER');
    expect(estimateLeadTime({ ...none, categoryDays: 4 }).origin).toBe('CATEGORY');
    expect(estimateLeadTime(none)).toMatchObject({ origin: 'DEFAULT', meanDays: defaultLeadTimeDays });
    expect(estimateLeadTime({ ...none, overrideDays: 3, receiptDays: [9, 9, 9, 9, 9] })).toMatchObject({
      origin: 'OVERRIDE',
      meanDays: 3,
      sdDays: 0,
    });
  });

  test('looks at the last twenty receipts and leaves out impossible ones', () => {
    const receiptDays = [...Array(30).fill(90), -4, Number.NaN, ...Array(20).fill(6)];
    expect(estimateLeadTime({ ...none, receiptDays }).meanDays).toBe(6);
    expect(() => estimateLeadTime({ ...none, itemDays: -2 })).toThrow(/lead time/);
  });

  test('protection period is L + R, at least one day', () => {
    expect(computeProtectionDays(0, 1)).toBe(1);
    expect(computeProtectionDays(0, 0)).toBe(1);
    expect(computeProtectionDays(6.4, 7)).toBe(14);
    expect(() => computeProtectionDays(-1, 1)).toThrow(/lead time/);
  });

  test('observed lead times give the quantile of the mixture', () => {
    const leadTime = { origin: 'RECEIPTS', meanDays: 2, sdDays: 1, observedDays: [1, 3] } as const;
    const demand = computeProtectionDemand(certainForecast(2), leadTime, 1, 'risk');
    expect(demand.quantile(0.9)).toBe(8);
    expect(demand.quantile(0.4)).toBe(4);
    expect(demand.mean).toBe(6);
  });

  test('a wider spread of lead times never lowers a high quantile', () => {
    const spread = (days: readonly number[]): number =>
      computeProtectionDemand(
        poissonForecast(2),
        { origin: 'RECEIPTS', meanDays: 10, sdDays: 0, observedDays: days },
        1,
        'risk',
      ).quantile(0.95);
    expect(spread([10, 10, 10, 10])).toBeLessThan(spread([4, 4, 16, 16]));
  });
});

describe('service level', () => {
  const none = { override: null, economic: null, abc: null, xyz: null } as const;

  test('by override, replay, class, default', () => {
    expect(resolveServiceLevel({ ...none, abc: 'A', xyz: 'Y' })).toEqual({ origin: 'CLASS', level: 0.97 });
    expect(resolveServiceLevel({ ...none, abc: 'C', xyz: 'X' })).toEqual({ origin: 'CLASS', level: 0.9 });
    expect(resolveServiceLevel({ ...none, abc: 'A' })).toEqual({ origin: 'CLASS', level: 0.95 });
    expect(resolveServiceLevel(none)).toEqual({ origin: 'DEFAULT', level: 0.95 });
    expect(resolveServiceLevel({ ...none, economic: 0.62, abc: 'A' }).origin).toBe('ECONOMIC');
    expect(resolveServiceLevel({ ...none, override: 0.99, economic: 0.62 })).toEqual({
      origin: 'OVERRIDE',
      level: 0.99,
    });
  });

  test('refuses levels that no distribution can keep', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (override) => {
        fc.pre(override < 0.5 || override > 0.999);
        expect(() => resolveServiceLevel({ ...none, override })).toThrow(/service level must lie/);
      }),
    );
  });
});
