import { describe, expect, test } from 'vitest';
import { addDemand, addForecasts } from '../../src/dashboard/pages/item/demand-days.ts';
import {
  addProjections,
  endOfDay,
  type PlannedLevel,
  projectLevel,
  stockOutAt,
} from '../../src/dashboard/pages/item/projection.ts';
import { hourMs, mergeDetail, wantsDetail } from '../../src/dashboard/pages/item/series-span.ts';

const dates = ['2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13'];
const midnight = (date: string) => Date.parse(`${date}T00:00:00+08:00`);

function level(given: Partial<PlannedLevel> = {}): PlannedLevel {
  const sum = (p10: string, p90: string) => ({ p10, p90 });
  return {
    id: 'l',
    available: '30',
    isWatched: true,
    warehouse: { id: 'w', code: 'YW', timeZone: 'Asia/Shanghai' },
    safetyStock: null,
    reorderPoint: null,
    targetLevel: null,
    arrivals: [],
    daysToStockOut: { p10: '2', p50: '3', p90: '4', horizonDays: 365 },
    forecastUnavailableReason: null,
    forecast: {
      method: 'MOVING_AVERAGE',
      unitsPerDay: '10',
      dataAsOf: '2026-03-09T16:00:00.000Z',
      flags: [],
      points: dates.map((date) => ({ date, mean: '10', p10: '5', p50: '10', p90: '15' })),
    },
    sum1: sum('5', '15'),
    sum3: sum('21', '39'),
    sum7: sum('56', '84'),
    sum14: null,
    sum28: null,
    sum56: null,
    ...given,
  };
}

describe('expected stock', () => {
  const start = midnight('2026-03-10');

  test('falls by mean demand, with a band that follows sums of demand and not sums of daily quantiles', () => {
    const days = projectLevel(level(), start);
    expect(days.map(({ expected }) => expected)).toEqual([20, 10, 0, 0]);
    // After three days: 30 − 39 is less than nothing, 30 − 21 = 9; single days would say 30 − 3 × 5 = 15.
    expect(days.map(({ low }) => Math.round(low))).toEqual([15, 3, 0, 0]);
    expect(days.map(({ high }) => Math.round(high))).toEqual([25, 17, 9, 0]);
  });

  test('rises by what arrives, on its day', () => {
    const days = projectLevel(level({ arrivals: [{ date: '2026-03-12', units: '50' }] }), start);
    expect(days.map(({ expected }) => expected)).toEqual([20, 10, 50, 40]);
    expect(days.map(({ arriving }) => arriving)).toEqual([0, 0, 50, 0]);
  });

  test('takes of the running day only what is left of it, and nothing of days that are over', () => {
    const days = projectLevel(level(), midnight('2026-03-11') + 12 * hourMs);
    expect(days[0]).toMatchObject({ date: '2026-03-11', expected: 25 });
  });

  test('is unknown without a forecast', () => {
    expect(projectLevel(level({ forecast: null }), start)).toEqual([]);
    expect(stockOutAt(level({ forecast: null }), '3')).toBeNull();
  });

  test('of several places adds up, as far as all of them tell', () => {
    const one = projectLevel(level(), start);
    const other = projectLevel(level({ available: '100' }), start).slice(0, 3);
    expect(addProjections([one, other]).map(({ expected }) => expected)).toEqual([110, 90, 70]);
  });

  test('ends on the third day when three days are told, the day of the plan being the first', () => {
    expect(stockOutAt(level(), '3')).toBe(midnight('2026-03-12') + 12 * hourMs);
    expect(stockOutAt(level(), null)).toBeNull();
  });
});

test('a business day ends at midnight of its zone, also when clocks change', () => {
  expect(endOfDay('2026-03-10', 'Asia/Shanghai')).toBe(Date.parse('2026-03-10T16:00:00Z'));
  expect(endOfDay('2026-03-29', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T22:00:00Z'));
});

describe('demand of an item', () => {
  const day = (date: string, units: string, source: 'ORDERS' | 'MOVEMENTS', isCensored = false) => ({
    ...{ date, units, source, isCensored },
  });
  const place = (demand: ReturnType<typeof day>[]) => ({
    ...{ id: 'l', isWatched: true, demand },
    warehouse: { id: 'w', code: 'YW', kind: 'PHYSICAL' as const },
  });

  test('is what was ordered; what warehouses shipped for it is not added', () => {
    const days = addDemand([
      place([day('2026-03-10', '7', 'ORDERS')]),
      place([day('2026-03-10', '6', 'MOVEMENTS')]),
    ]);
    expect(days).toEqual([{ date: '2026-03-10', units: 7, isCensored: false }]);
  });

  test('is what warehouses shipped where nothing was ordered, doubted when one of them was empty', () => {
    const days = addDemand([
      place([day('2026-03-11', '1', 'MOVEMENTS', true), day('2026-03-10', '2', 'MOVEMENTS')]),
      place([day('2026-03-11', '3', 'MOVEMENTS')]),
    ]);
    expect(days.map(({ units, isCensored }) => [units, isCensored])).toEqual([
      [2, false],
      [4, true],
    ]);
  });

  test('is forecast for the places that alerts stand on', () => {
    expect(addForecasts([level(), level(), level({ isWatched: false })])[0]).toEqual({
      ...{ date: '2026-03-10', mean: 20, p10: 10, p90: 30 },
    });
  });
});

describe('hours inside a long span', () => {
  const bucket = (startAt: string, endAt: string) => ({
    ...{ startAt, endAt, open: '1', close: '1', low: '1', high: '1', outOfStockMinutes: 0 },
  });
  const day = (date: number) => bucket(`2026-03-0${date}T00:00:00Z`, `2026-03-0${date + 1}T00:00:00Z`);
  const hours = Array.from({ length: 36 }, (_, hour) => {
    const at = Date.parse('2026-03-01T12:00:00Z') + hour * hourMs;
    return bucket(new Date(at).toISOString(), new Date(at + hourMs).toISOString());
  });

  test('take the place of the days that they cover wholly', () => {
    const merged = mergeDetail([day(1), day(2), day(3)], hours);
    expect(merged).toHaveLength(26);
    for (const [index, { startAt }] of merged.entries()) {
      const before = merged[index - 1];
      if (before !== undefined) expect(Date.parse(startAt)).toBe(Date.parse(before.endAt));
    }
  });

  test('are wanted for a short part of a span of days only', () => {
    expect(wantsDetail('days365', 0, 10 * 24 * hourMs)).toBe(true);
    expect(wantsDetail('days365', 0, 300 * 24 * hourMs)).toBe(false);
    expect(wantsDetail('days7', 0, 24 * hourMs)).toBe(false);
  });
});
