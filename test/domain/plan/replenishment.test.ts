import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recomputeExplanation } from '../../../src/domain/plan/explanation.ts';
import { mergeArrivals } from '../../../src/domain/plan/inbound.ts';
import { computeOrderBy } from '../../../src/domain/plan/order-by.ts';
import { type DraftLine, groupOrderDrafts } from '../../../src/domain/plan/order-draft.ts';
import {
  defaultLimits,
  type ReplenishmentInputs,
  suggestReplenishment,
} from '../../../src/domain/plan/replenishment.ts';
import { Decimal } from '../../../src/shared/decimal.ts';
import { certainForecast, poissonForecast, storedForecast } from './make-forecast.ts';

const d = (value: number | string): Decimal => new Decimal(value);

const base: ReplenishmentInputs = {
  policy: {
    forecast: poissonForecast(2),
    isWhole: true,
    sigmaUnitsPerDay: 1.5,
    leadTime: { origin: 'OVERRIDE', meanDays: 6, sdDays: 0, observedDays: [] },
    reviewDays: 1,
    serviceLevel: { origin: 'DEFAULT', level: 0.95 },
    method: 'QUANTILE',
    safetyStockOverride: null,
    minPresentationUnits: d(0),
    orderCycleDays: 0,
    dataAsOf: '2026-03-01T00:00:00Z',
  },
  available: d(5),
  arrivals: [{ day: 3, units: 4 }],
  limits: { ...defaultLimits, moq: d(10), multiple: d(6) },
  stockObservedAt: '2026-03-01T01:00:00Z',
};
const quantityOf = (change: Partial<ReplenishmentInputs>): string =>
  suggestReplenishment({ ...base, ...change }).quantity.toString();

describe('replenishment', () => {
  test('the documented example with its steps in the fixed order', () => {
    const suggestion = suggestReplenishment(base);
    expect(suggestion.quantity.toString()).toBe('12');
    expect(suggestion.need.toString()).toBe('11');
    expect(suggestion.isDue).toBe(true);
    expect(suggestion.arrivalDay).toBe(7);
    expect(suggestion.explanation.binding).toBe('multiple');
    expect(suggestion.explanation.steps.slice(-9).map(({ code, value }) => `${code} ${value}`)).toEqual([
      ...['target_level 20', 'inbound_due 4', 'position 9', 'shortfall 11', 'need 11'],
      ...['moq_raised 11', 'multiple_rounded 12', 'gated 12', 'order_quantity 12'],
    ]);
    expect(recomputeExplanation(suggestion.explanation).toString()).toBe('12');
  });

  test('zero need stays zero, whatever MOQ and multiple say', () => {
    expect(quantityOf({ available: d(16) })).toBe('0');
    expect(quantityOf({ available: d(15) })).toBe('12');
    expect(suggestReplenishment({ ...base, available: d(16) }).isDue).toBe(false);
  });

  test('inbound counts once and only within the protection period', () => {
    expect(quantityOf({ arrivals: [] })).toBe('18');
    expect(quantityOf({ arrivals: [{ day: 7, units: 4 }] })).toBe('12');
    expect(quantityOf({ arrivals: [{ day: 8, units: 4 }] })).toBe('18');
  });

  test('cap cuts to whole multiples; a cap below the MOQ orders nothing and says so', () => {
    const capped = suggestReplenishment({ ...base, arrivals: [], limits: { ...base.limits, cap: d(16) } });
    expect([capped.quantity.toString(), capped.flags, capped.explanation.binding]).toEqual([
      '12',
      ['CAPPED', 'OVERDUE'],
      'cap',
    ]);
    const impossible = suggestReplenishment({ ...base, limits: { ...base.limits, cap: d(9) } });
    expect(impossible.quantity.toString()).toBe('0');
    expect(impossible.flags).toContain('CAP_BELOW_MOQ');
    expect(recomputeExplanation(impossible.explanation).toString()).toBe('0');
  });

  test('flags what a person should see, and cuts nothing for it', () => {
    const huge = suggestReplenishment({ ...base, limits: { ...base.limits, moq: d(600) } });
    expect(huge.quantity.toString()).toBe('600');
    expect(huge.flags).toEqual(expect.arrayContaining(['RAISED_TO_MOQ', 'COVER_ABOVE_LIMIT']));
    const owed = suggestReplenishment({ ...base, available: d(-3), arrivals: [] });
    expect(owed.need.toString()).toBe('23');
    expect(owed.flags).toEqual(expect.arrayContaining(['NEGATIVE_STOCK', 'OVERDUE']));
  });

  test('an order cycle buys more at once, and waits until the date has come', () => {
    const policy = { ...base.policy, orderCycleDays: 14 };
    const full = suggestReplenishment({ ...base, policy, available: d(40), arrivals: [] });
    expect(full.need.toString()).toBe('8');
    expect(full.isDue).toBe(false);
    const low = suggestReplenishment({ ...base, policy, available: d(20), arrivals: [] });
    expect(low.quantity.toString()).toBe('30');
    expect(low.isDue).toBe(true);
  });

  test('refuses limits that make no sense', () => {
    expect(() => quantityOf({ limits: { ...defaultLimits, multiple: d(0) } })).toThrow(
      /multiple must be above 0/,
    );
    expect(() => quantityOf({ limits: { ...defaultLimits, moq: d(-1) } })).toThrow(/MOQ/);
    expect(() => quantityOf({ limits: { ...defaultLimits, cap: d(-1) } })).toThrow(/cap/);
  });

  test('never below need unless capped, always a multiple, never below MOQ, zero on zero need', () => {
    const world = fc.record({
      perDay: fc.double({ min: 0, max: 30, noNaN: true }),
      available: fc.integer({ min: -20, max: 400 }),
      arrivals: fc.array(fc.record({ day: fc.integer({ min: 1, max: 20 }), units: fc.nat(80) }), {
        maxLength: 3,
      }),
      moq: fc.nat(60),
      multiple: fc.constantFrom('1', '6', '0.5', '12', '2.5'),
      cap: fc.option(fc.nat(300)),
    });
    fc.assert(
      fc.property(world, (w) => {
        const suggestion = suggestReplenishment({
          ...base,
          policy: { ...base.policy, forecast: storedForecast(w.perDay) },
          available: d(w.available),
          arrivals: mergeArrivals([], w.arrivals),
          limits: {
            moq: d(w.moq),
            multiple: d(w.multiple),
            cap: w.cap === null ? null : d(w.cap),
            coverDaysMax: 90,
          },
        });
        const { quantity, need, flags, explanation } = suggestion;
        expect(recomputeExplanation(explanation).eq(quantity)).toBe(true);
        expect(quantity.mod(w.multiple).isZero()).toBe(true);
        if (need.isZero()) expect(quantity.isZero()).toBe(true);
        if (quantity.gt(0)) expect(quantity.gte(w.moq)).toBe(true);
        if (w.cap !== null) expect(quantity.lte(w.cap)).toBe(true);
        const isCut = ['CAPPED', 'CAP_BELOW_MOQ', 'MULTIPLE_NEVER_FITS'].some((flag) =>
          flags.includes(flag as never),
        );
        if (!isCut) expect(quantity.gte(need)).toBe(true);
        if (!isCut) expect(quantity.lt(Decimal.max(need, w.moq).plus(w.multiple))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('more inbound never orders more; a later arrival never orders less', () => {
    fc.assert(
      fc.property(
        fc.nat(60),
        fc.nat(60),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(10),
        (available, units, day, later) => {
          const at = (arrivals: { day: number; units: number }[]): Decimal =>
            suggestReplenishment({ ...base, available: d(available), arrivals }).quantity;
          expect(at([{ day, units: units + 1 }]).lte(at([{ day, units }]))).toBe(true);
          expect(at([{ day: day + later, units }]).gte(at([{ day, units }]))).toBe(true);
        },
      ),
    );
  });
});

test('order-by: the documented example, and late ones say how late', () => {
  const input = {
    forecast: certainForecast(2),
    available: 20,
    arrivals: [],
    safetyStock: 6,
    leadTimeDays: 5,
  };
  expect(computeOrderBy(input)).toEqual({ belowSafetyDay: 8, orderByDay: 3, overdueDays: 0 });
  expect(computeOrderBy({ ...input, available: 9 })).toEqual({
    belowSafetyDay: 2,
    orderByDay: 1,
    overdueDays: 4,
  });
  expect(computeOrderBy({ ...input, arrivals: [{ day: 8, units: 10 }] }).belowSafetyDay).toBe(13);
  expect(computeOrderBy({ ...input, arrivals: [{ day: 9, units: 10 }] }).belowSafetyDay).toBe(8);
  expect(computeOrderBy({ ...input, forecast: certainForecast(0) }).orderByDay).toBeNull();
});

test('drafts are grouped by supplier, with what misses to the minimum', () => {
  const line = (itemId: string, supplierId: string | null, quantity: number, isDue = true): DraftLine => ({
    ...{ itemId, supplierId, isDue, warehouseId: 'w', quantity: d(quantity), unitCost: d('2.5') },
  });
  const drafts = groupOrderDrafts(
    [
      line('b', 's1', 10),
      line('a', 's1', 4, false),
      line('c', 's2', 9, false),
      line('e', null, 1),
      line('f', 's1', 0),
    ],
    () => d(100),
  );
  expect(
    drafts.map(({ supplierId, lines, value, missingValue }) => [
      supplierId,
      lines.map((l) => l.itemId),
      value.toString(),
      missingValue.toString(),
    ]),
  ).toEqual([
    ['s1', ['a', 'b'], '35', '65'],
    [null, ['e'], '2.5', '0'],
  ]);
  const unpriced = groupOrderDrafts([{ ...line('a', 's1', 4), unitCost: null }], () => d(100));
  expect([unpriced[0]!.unpricedCount, unpriced[0]!.missingValue.toString()]).toEqual([1, '0']);
});
