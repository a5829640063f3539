import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recomputeExplanation } from '../../../src/domain/plan/explanation.ts';
import { attributeChange } from '../../../src/domain/plan/explanation-change.ts';
import { estimateLeadTime } from '../../../src/domain/plan/lead-time.ts';
import {
  computePolicyValues,
  explainReorderPoint,
  explainSafetyStock,
  explainTargetLevel,
  type PolicyInputs,
} from '../../../src/domain/plan/policy-values.ts';
import { Decimal } from '../../../src/shared/decimal.ts';
import { poissonForecast, storedForecast } from './make-forecast.ts';

const base: PolicyInputs = {
  forecast: poissonForecast(2),
  isWhole: true,
  sigmaUnitsPerDay: 1.5,
  leadTime: { origin: 'OVERRIDE', meanDays: 6, sdDays: 0, observedDays: [] },
  reviewDays: 1,
  serviceLevel: { origin: 'DEFAULT', level: 0.95 },
  method: 'QUANTILE',
  safetyStockOverride: null,
  minPresentationUnits: new Decimal(0),
  orderCycleDays: 0,
  dataAsOf: '2026-03-01T00:00:00Z',
};
const methods = ['QUANTILE', 'CLASSIC', 'LEAD_TIME_VARIANCE'] as const;

test('the documented example: Poisson 14 over seven days at 95 %', () => {
  const values = computePolicyValues(base);
  expect(values.protectionDays).toBe(7);
  expect(values.protectionDemand.toString()).toBe('14');
  expect(values.safetyStock.toString()).toBe('6');
  expect(values.reorderPoint.toString()).toBe('20');
  expect(values.targetLevel.toString()).toBe('20');
});

test('overrides, presentation stock and order cycle', () => {
  const values = computePolicyValues({
    ...base,
    safetyStockOverride: new Decimal('2.5'),
    minPresentationUnits: new Decimal(30),
    orderCycleDays: 5,
  });
  expect(values.safetyStock.toString()).toBe('2.5');
  expect(values.reorderPoint.toString()).toBe('17');
  expect(values.targetLevel.toString()).toBe('40');
  expect(explainTargetLevel({ ...base, minPresentationUnits: new Decimal(30) }).binding).toBe(
    'min_presentation',
  );
  expect(explainSafetyStock({ ...base, safetyStockOverride: new Decimal(0) }).binding).toBe(
    'safety_stock_override',
  );
});

test('every method is explained by steps that recompute to the same Decimal', () => {
  for (const method of methods) {
    for (const forecast of [
      poissonForecast(1.37),
      storedForecast(3.3),
      storedForecast(0.02),
      storedForecast(80),
    ]) {
      const inputs = {
        ...base,
        forecast,
        method,
        orderCycleDays: 3,
        serviceLevel: { ...base.serviceLevel, level: 0.9 },
      };
      const values = computePolicyValues(inputs);
      expect(recomputeExplanation(explainSafetyStock(inputs)).toString()).toBe(values.safetyStock.toString());
      expect(recomputeExplanation(explainReorderPoint(inputs)).toString()).toBe(
        values.reorderPoint.toString(),
      );
      expect(recomputeExplanation(explainTargetLevel(inputs)).toString()).toBe(values.targetLevel.toString());
    }
  }
});

describe('monotone', () => {
  const world = fc.record({
    perDay: fc.double({ min: 0.01, max: 60, noNaN: true }),
    dispersion: fc.double({ min: 0.02, max: 3, noNaN: true }),
    days: fc.integer({ min: 0, max: 40 }),
    review: fc.integer({ min: 0, max: 14 }),
    method: fc.constantFrom(...methods),
    low: fc.double({ min: 0.5, max: 0.998, noNaN: true }),
  });

  test('a longer lead time never lowers the reorder point', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 1, max: 20 }), (w, more) => {
        const at = (days: number): Decimal =>
          computePolicyValues({
            ...base,
            forecast: storedForecast(w.perDay, w.dispersion),
            method: w.method,
            reviewDays: w.review,
            leadTime: estimateLeadTime({
              ...{
                overrideDays: null,
                receiptDays: [],
                itemDays: days,
                supplierDays: null,
                categoryDays: null,
              },
            }),
          }).reorderPoint;
        expect(at(w.days + more).gte(at(w.days))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test('a higher service level never lowers safety stock or target', () => {
    fc.assert(
      fc.property(world, fc.double({ min: 0, max: 1, noNaN: true }), (w, share) => {
        const at = (level: number) =>
          computePolicyValues({
            ...base,
            forecast: storedForecast(w.perDay, w.dispersion),
            method: w.method,
            serviceLevel: { origin: 'OVERRIDE', level },
          });
        const low = at(w.low);
        const high = at(w.low + share * (0.999 - w.low));
        expect(high.safetyStock.gte(low.safetyStock)).toBe(true);
        expect(high.targetLevel.gte(low.targetLevel)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

test('changes are charged to their causes and add up exactly', () => {
  const now = { ...base, method: 'CLASSIC', forecast: poissonForecast(2.7), sigmaUnitsPerDay: 1.9 } as const;
  const later = {
    ...now,
    leadTime: { ...base.leadTime, meanDays: 9 },
    serviceLevel: { origin: 'OVERRIDE', level: 0.98 },
  } as const;
  const before = explainTargetLevel({ ...base, method: 'CLASSIC' });
  const after = explainTargetLevel(later);
  const causes = attributeChange(before, after);
  const total = causes.reduce((sum, { delta }) => sum.plus(delta), new Decimal(0));
  expect(total.eq(recomputeExplanation(after).minus(recomputeExplanation(before)))).toBe(true);
  expect(causes.map(({ cause }) => cause)).toEqual(['DEMAND', 'LEAD_TIME', 'SETTINGS']);
  expect(attributeChange(after, after)).toEqual([]);
});

test('a longer lead time is told apart from more demand', () => {
  const later = { ...base, forecast: poissonForecast(3), leadTime: { ...base.leadTime, meanDays: 9 } };
  const before = explainReorderPoint(base);
  const after = explainReorderPoint(later);
  const between = explainReorderPoint({ ...later, leadTime: base.leadTime });
  const causes = attributeChange(
    before,
    after,
    between.inputs.filter(({ name }) => name.startsWith('protection_')),
  );
  // 95 % of Poisson 14, 21, 30: 20, 29, 39.
  expect(causes.map(({ cause, delta }) => [cause, delta.toString()])).toEqual([
    ['DEMAND', '9'],
    ['LEAD_TIME', '10'],
  ]);
});
