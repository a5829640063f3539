import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  computeAvailability,
  type StockDay,
  sumShortageCancellations,
} from '../../../src/domain/kpi/availability.ts';
import { classifyDemand } from '../../../src/domain/kpi/demand-class.ts';
import { classifyIdleness, computeExcessUnits } from '../../../src/domain/kpi/excess.ts';
import { classifyAbc, classifyXyz, toWeeks } from '../../../src/domain/kpi/item-class.ts';
import { known, unknown } from '../../../src/domain/kpi/kpi-value.ts';
import {
  computeDaysOfInventory,
  computeDaysOfStock,
  computeMarginReturn,
  computeSellThrough,
  computeStockValue,
  computeTimeWeightedMean,
  computeTurnover,
} from '../../../src/domain/kpi/turnover.ts';
import { Decimal } from '../../../src/shared/decimal.ts';
import { poissonForecast } from '../plan/make-forecast.ts';

const d = (value: number | string): Decimal => new Decimal(value);
const text = (kpi: { value: Decimal | null; reason: string | null }): string =>
  kpi.value === null ? String(kpi.reason) : kpi.value.toString();

describe('turnover', () => {
  test('turns, days, sell-through, margin return and value by the documented examples', () => {
    expect(text(known(d(2).div(3)))).toBe('0.666667');
    expect(unknown('NO_COST')).toEqual({ value: null, reason: 'NO_COST' });
    expect(text(computeTurnover(d(9000), d(6000), 90))).toBe('6.083333');
    expect(text(computeDaysOfInventory(d(6000), d(9000), 90))).toBe('60');
    expect(text(computeDaysOfStock(d(30), d(2)))).toBe('15');
    expect(text(computeSellThrough(d(45), d(30)))).toBe('1.5');
    expect(text(computeMarginReturn(d(3000), d(6000), 365))).toBe('0.5');
    expect(text(computeStockValue(d(30), d('2.5')))).toBe('75');
  });

  test('null always has its reason; 0 means 0', () => {
    expect(text(computeTurnover(null, d(1), 90))).toBe('NO_COST');
    expect(text(computeTurnover(d(5), d(0), 90))).toBe('NO_STOCK');
    expect(text(computeTurnover(d(0), d(10), 90))).toBe('0');
    expect(text(computeDaysOfInventory(d(10), d(0), 90))).toBe('NO_DEMAND');
    expect(text(computeDaysOfInventory(null, d(0), 90))).toBe('NO_COST');
    expect(text(computeDaysOfStock(d(10), null))).toBe('NO_HISTORY');
    expect(text(computeDaysOfStock(d(10), d(0)))).toBe('NO_DEMAND');
    expect(text(computeDaysOfStock(d(-4), d(2)))).toBe('0');
    expect(text(computeSellThrough(d(10), null))).toBe('NO_HISTORY');
    expect(text(computeSellThrough(d(10), d(0)))).toBe('NO_STOCK');
    expect(text(computeStockValue(d(10), null))).toBe('NO_COST');
    expect(text(computeStockValue(d(-10), d(3)))).toBe('0');
    expect(() => computeTurnover(d(1), d(1), 0)).toThrow(/at least one day/);
  });

  test('the mean weighs each value by how long it held', () => {
    const hour = 3_600_000;
    const values = [
      { atMs: 0, value: d(10) },
      { atMs: hour, value: d(4) },
    ];
    expect(computeTimeWeightedMean(values, 0, 4 * hour)?.toString()).toBe('5.5');
    expect(computeTimeWeightedMean(values, hour, 2 * hour)?.toString()).toBe('4');
    expect(computeTimeWeightedMean(values, -2 * hour, hour)?.toString()).toBe('10');
    expect(computeTimeWeightedMean([], 0, hour)).toBeNull();
    expect(() => computeTimeWeightedMean(values.toReversed(), 0, hour)).toThrow(/order of time/);
    expect(() => computeTimeWeightedMean(values, hour, hour)).toThrow(/end after/);
  });
});

describe('availability', () => {
  const day = (change: Partial<StockDay>): StockDay => ({
    ...{ isListed: true, inStockShare: 1, soldUnits: 4, expectedUnits: 4 },
    ...change,
  });

  test('the documented example', () => {
    const result = computeAvailability([
      day({}),
      day({ soldUnits: 1 }),
      day({ inStockShare: 0, soldUnits: 0 }),
    ]);
    expect([text(result.inStockRate), result.stockOutDays, text(result.lostUnits)]).toEqual([
      '0.666667',
      1,
      '4',
    ]);
  });

  test('partly sold out days lose what is missing; unlisted and unknown days count nowhere', () => {
    const result = computeAvailability([
      day({ inStockShare: 0.5, soldUnits: 3, expectedUnits: 4 }),
      day({ inStockShare: 0.5, soldUnits: 9, expectedUnits: 4 }),
      day({ isListed: false, inStockShare: 0 }),
      day({ inStockShare: null }),
    ]);
    expect([text(result.inStockRate), result.partialDays, text(result.lostUnits)]).toEqual(['0.5', 2, '1']);
    expect(text(computeAvailability([]).inStockRate)).toBe('NO_HISTORY');
    const blind = computeAvailability([day({ inStockShare: 0, expectedUnits: null })]);
    expect([text(blind.lostUnits), blind.stockOutDays]).toEqual(['NO_HISTORY', 1]);
  });

  test('only orders closed for lack of goods are shortage cancellations', () => {
    const line = (closedFor: 'SHORTAGE' | 'BUYER') => ({ closedFor, units: d(2), amount: d('9.9') });
    const sum = sumShortageCancellations([line('SHORTAGE'), line('BUYER'), line('SHORTAGE')]);
    expect([sum.lineCount, sum.units.toString(), sum.amount.toString()]).toEqual([2, '4', '19.8']);
    expect(sumShortageCancellations([]).lineCount).toBe(0);
  });
});

describe('excess', () => {
  test('what even good sales of 90 days would not need', () => {
    expect(computeExcessUnits(d(150), poissonForecast(1), 14)?.toString()).toBe('48');
    expect(computeExcessUnits(d(90), poissonForecast(1), 14)?.toString()).toBe('0');
    expect(computeExcessUnits(d(150), poissonForecast(1), 200)?.toString()).toBe('0');
    expect(computeExcessUnits(d(7), poissonForecast(0), 14)?.toString()).toBe('7');
    expect(computeExcessUnits(d(7), null, 14)).toBeNull();
  });

  test('dead after 180 days without a sale, never when new or empty', () => {
    expect(classifyIdleness(d(5), 200, 400)).toBe('DEAD');
    expect(classifyIdleness(d(5), 180, 180)).toBe('DEAD');
    expect(classifyIdleness(d(5), 179, 400)).toBe('SLOW');
    expect(classifyIdleness(d(5), 89, 400)).toBe('SELLING');
    expect(classifyIdleness(d(5), null, 30)).toBe('SELLING');
    expect(classifyIdleness(d(5), null, 300)).toBe('DEAD');
    expect(classifyIdleness(d(0), 500, 500)).toBe('SELLING');
  });
});

describe('classes', () => {
  test('ABC by running value, the first item always A', () => {
    const classes = classifyAbc([
      { id: 'z', value: d(5) },
      { id: 'x', value: d(80) },
      { id: 'y', value: d(15) },
      { id: 'loss', value: d(-3) },
    ]);
    expect(Object.fromEntries(classes)).toEqual({ x: 'A', y: 'B', z: 'C', loss: 'C' });
    expect(classifyAbc([{ id: 'only', value: d(1) }]).get('only')).toBe('A');
    expect(classifyAbc([{ id: 'nothing', value: d(0) }]).get('nothing')).toBe('C');
  });

  test('ABC does not depend on the order of the items, and a dearer item is never in a lower class', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 1000 }), { minLength: 1, maxLength: 30 }), (values) => {
        const items = values.map((value, i) => ({ id: `i${String(i).padStart(2, '0')}`, value: d(value) }));
        const classes = classifyAbc(items);
        expect(classifyAbc(items.toReversed())).toEqual(new Map([...classes].reverse()));
        for (const one of items) {
          for (const other of items) {
            if (one.value.gt(other.value)) expect(classes.get(one.id)! <= classes.get(other.id)!).toBe(true);
          }
        }
      }),
    );
  });

  test('XYZ by weeks', () => {
    expect(classifyXyz([10, 12, 8, 10, 11, 9, 10, 10])).toBe('X');
    expect(classifyXyz([10, 0, 18, 10, 20, 2, 10, 10])).toBe('Y');
    expect(classifyXyz([0, 0, 0, 30, 0, 0, 0, 0])).toBe('Z');
    expect(classifyXyz([10, 10, 10])).toBeNull();
    expect(classifyXyz(Array(20).fill(0))).toBeNull();
    expect(toWeeks([9, 1, 1, 1, 1, 1, 1, 1])).toEqual([7]);
    expect(toWeeks([null, null, null, null, null, null, 2, ...Array(7).fill(null)])).toEqual([14]);
  });

  test('demand classes of Syntetos, Boylan and Croston', () => {
    expect(classifyDemand([0, 3, 0, 0, 3, 0, 3, 0])).toEqual({
      class: 'INTERMITTENT',
      interval: 8 / 3,
      sizeVariation: 0,
    });
    expect(classifyDemand([5, 6, 5, 4, 5, 6])?.class).toBe('SMOOTH');
    expect(classifyDemand([1, 20, 1, 1, 30, 2])?.class).toBe('ERRATIC');
    expect(classifyDemand([0, 0, 1, 0, 0, 40, 0, 2])?.class).toBe('LUMPY');
    expect(classifyDemand([null, 4, null, 4])?.interval).toBe(1);
    expect(classifyDemand([0, 0, null])).toBeNull();
  });
});
