import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayIndexOf } from '../../../src/domain/forecast/calendar-index.ts';
import { openForecast, type StoredForecast } from '../../../src/domain/forecast/demand-forecast.ts';
import {
  defaultForecastOptions,
  type ForecastItemInput,
} from '../../../src/domain/forecast/forecast-input.ts';
import { forecastItem } from '../../../src/domain/forecast/forecast-item.ts';
import { toForecastPoints } from '../../../src/domain/forecast/forecast-points.ts';
import { grainOf } from '../../../src/domain/forecast/grain.ts';
import { computeGroupFactors } from '../../../src/domain/forecast/group-factors.ts';
import { rollForecast } from '../../../src/domain/forecast/roll-forecast.ts';
import type { CalendarDate } from '../../../src/shared/time.ts';
import { poisson, uniforms } from './window.ts';

function forecastOf(units: readonly number[], options: Partial<ForecastItemInput> = {}) {
  return forecastItem({ ...defaultForecastOptions, ...options, units: Float64Array.from(units) });
}

function noisy(days: number, mean: number, seed: number): number[] {
  const draw = uniforms(seed);
  return Array.from({ length: days }, () => poisson(mean, draw));
}

describe('forecastItem', () => {
  it('adds up to what is sold', () => {
    expect(forecastOf(new Array<number>(56).fill(2)).forecast!.meanOver(7)).toBeCloseTo(14, 4);
  });

  it('is null, never 0, without any history', () => {
    const result = forecastOf([Number.NaN, Number.NaN]);
    expect(result.flags).toEqual(['NO_HISTORY']);
    expect(result.forecast).toBeNull();
    expect(forecastOf([]).forecast).toBeNull();
  });

  it('takes a manual forecast even without history', () => {
    const result = forecastOf([Number.NaN], { overrides: [{ fromDay: 1, toDay: 7, unitsPerDay: 3 }] });
    expect(result.flags).toEqual(['NO_HISTORY', 'MANUAL_OVERRIDE']);
    expect(result.forecast!.meanOver(7)).toBe(21);
  });

  it('without a sale knows from the item whether parts of a unit are sold', () => {
    const overrides = [{ fromDay: 3, toDay: 90, unitsPerDay: 2.4 }];
    const medianOf = (isCountedWhole: boolean) =>
      forecastOf([0, 0, 0], { overrides, isCountedWhole }).forecast!.demandOver(7).quantile(0.5);
    expect(Number.isInteger(medianOf(true))).toBe(true);
    expect(Number.isInteger(medianOf(false))).toBe(false);
  });

  it('is 0 for sure when nothing was ever sold', () => {
    const { forecast, flags } = forecastOf([0, 0, 0]);
    expect(flags).toEqual(['NO_DEMAND']);
    expect(forecast!.demandOver(14).quantile(0.99)).toBe(0);
    expect(forecast!.demandOver(14).cdf(0)).toBe(1);
  });

  it('works from a single sale', () => {
    const { forecast, flags } = forecastOf([0, 0, 5]);
    expect(flags).toContain('SHORT_HISTORY');
    expect(forecast!.meanAt(1)).toBeGreaterThan(0);
    expect(Number.isFinite(forecast!.demandOver(28).quantile(0.95))).toBe(true);
  });

  it('draws a new item to what new items usually sell, with more spread', () => {
    const units = new Array<number>(14).fill(3);
    const result = forecastOf(units, { newItemLevel: 1.5 });
    expect(result.level).toBeCloseTo(2, 6);
    expect(result.forecast!.stored.varianceFactor).toBe(1.5);
  });

  it('calls stock dead after 180 days and lets the forecast fade', () => {
    const units = [...noisy(200, 2, 1), ...new Array<number>(185).fill(0)];
    const result = forecastOf(units, { shelf: 'IN_STOCK' });
    expect(result.flags).toContain('DEAD_STOCK');
    expect(result.forecast!.meanAt(1)).toBeLessThan(0.001);
  });

  it('suspects phantom stock when zeros are impossible, and keeps half the level for four weeks', () => {
    const fresh = [...noisy(300, 4, 2), ...new Array<number>(14).fill(0)];
    const inStock = forecastOf(fresh, { shelf: 'IN_STOCK' });
    expect(inStock.flags).toContain('PHANTOM_STOCK');
    expect(inStock.level).toBeGreaterThan(1.5);
    const unknown = forecastOf(fresh);
    expect(unknown.flags).not.toContain('PHANTOM_STOCK');
    const old = forecastOf([...noisy(300, 4, 2), ...new Array<number>(90).fill(0)], { shelf: 'IN_STOCK' });
    expect(old.flags).toContain('PHANTOM_STOCK');
    expect(old.level).toBeLessThan(0.5);
  });

  it('does not take days without goods for zeros', () => {
    const units = noisy(200, 5, 3).map((value, t) => (t >= 150 && t < 190 ? Number.NaN : value));
    const result = forecastOf(units);
    expect(result.flags).toContain('CENSORED_DAYS');
    expect(result.level).toBeGreaterThan(3.5);
  });

  it('expects nothing on closed weekdays, and on days that a person says are closed', () => {
    const units = Array.from({ length: 371 }, (_, t) => (t % 7 === 2 ? 0 : 7));
    const group = computeGroupFactors(
      Float64Array.from(units, (v) => v * 9),
      0,
      grainOf(7),
      false,
      null,
    );
    const result = forecastOf(units, {
      group,
      overrides: [{ fromDay: 374, toDay: 374, unitsPerDay: 0 }],
    });
    expect(result.flags).toContain('CLOSED_WEEKDAY');
    expect([1, 2, 3, 4].map((h) => Math.round(result.forecast!.meanAt(h)))).toEqual([7, 7, 0, 0]);
  });

  it('leaves past promotions out of the level and multiplies coming ones', () => {
    const units = noisy(300, 4, 4).map((value, t) => (t >= 280 && t < 300 ? value * 5 : value));
    const promotions = [
      { fromDay: 280, toDay: 299, factor: null },
      { fromDay: 302, toDay: 303, factor: null },
      { fromDay: 305, toDay: 305, factor: 2 },
    ];
    const result = forecastOf(units, { promotions });
    expect(result.flags).toContain('PROMOTION');
    expect(result.forecast!.meanAt(1)).toBeGreaterThan(3);
    expect(result.forecast!.meanAt(1)).toBeLessThan(5);
    expect(result.promotionFactors[2]).toBeGreaterThan(3.5);
    expect(result.promotionFactors[5]).toBe(2);
    const without = forecastOf(units, { promotions: promotions.slice(0, 2) });
    expect(result.forecast!.meanAt(6)).toBeCloseTo(2 * without.forecast!.meanAt(6), 3);
  });

  it('does not go on for ever with what is known of its last days', () => {
    const units = noisy(200, 4, 5);
    const plain = forecastOf(units).forecast!;
    const known = [
      { promotions: [{ fromDay: 216, toDay: 240, factor: 3 }] },
      { overrides: [{ fromDay: 220, toDay: 300, unitsPerDay: 50 }] },
    ];
    for (const more of known) {
      const forecast = forecastOf(units, more).forecast!;
      expect(forecast.meanAt(forecast.horizonPeriods)).toBeGreaterThan(8);
      expect(forecast.meanAt(400)).toBeCloseTo(plain.meanAt(400), 6);
      expect(rollForecast(forecast.stored, 10).means.at(-1)).toBe(
        rollForecast(plain.stored, 10).means.at(-1),
      );
    }
    const never = forecastOf(new Array<number>(100).fill(0), {
      overrides: [{ fromDay: 110, toDay: 200, unitsPerDay: 9 }],
    });
    expect([never.forecast!.meanAt(20), never.forecast!.meanAt(60)]).toEqual([9, 0]);
    expect(plain.stored).not.toHaveProperty('laterMeans');
  });

  it('shows an outside market index apart', () => {
    const units = noisy(200, 4, 5);
    const plain = forecastOf(units).forecast!;
    const raised = forecastOf(units, { marketFactors: [1.2] });
    expect(raised.flags).toContain('MARKET_INDEX');
    expect(raised.forecast!.meanOver(10)).toBeCloseTo(1.2 * plain.meanOver(10), 3);
    expect(raised.marketFactors).toEqual([1.2]);
  });

  it('works with fractional quantities and very fast items', () => {
    const fraction = forecastOf(noisy(200, 4, 6).map((value) => value / 4));
    expect(fraction.flags).toContain('FRACTIONAL');
    expect(fraction.forecast!.demandOver(7).quantile(0.9)).toBeGreaterThan(7);
    const fast = forecastOf(noisy(200, 600, 7)).forecast!;
    expect(fast.periodDistribution(1).stored.kind).toBe('gamma');
    expect(fast.periodDistribution(1).quantile(0.5)).toBeGreaterThan(550);
    expect(fast.periodDistribution(1).quantile(0.5)).toBeLessThan(650);
  });

  it('follows the day of month and past years when there is a calendar', () => {
    const firstDay = dayIndexOf('2022-01-01' as CalendarDate);
    const days = 1_200;
    const units = Array.from({ length: days }, (_, t) => {
      const date = new Date((firstDay + t) * 86_400_000);
      return date.getUTCDate() === 1 ? 30 : 10;
    });
    const totals = Float64Array.from(units, (value) => value * 50);
    const group = computeGroupFactors(totals, firstDay, grainOf(7), true, null);
    const { forecast } = forecastOf(units, { firstDay, group, horizonPeriods: 40 });
    const first = toForecastPoints(forecast!, 40).reduce((best, point) =>
      point.mean > best.mean ? point : best,
    );
    expect(new Date((firstDay + days + first.period - 1) * 86_400_000).getUTCDate()).toBe(1);
  });

  it('replays the past for its accuracy', () => {
    const { accuracy } = forecastOf(noisy(300, 5, 8));
    expect(accuracy!.intervalPeriods).toBe(7);
    expect(accuracy!.origins).toBe(8);
    expect(accuracy!.rmsse).toBeGreaterThan(0.5);
    expect(accuracy!.rmsse).toBeLessThan(0.9);
    expect(Math.abs(accuracy!.bias!)).toBeLessThan(0.1);
    expect(accuracy!.rmseIntervalMovingAverage).toBeGreaterThan(0);
  });
});

const anyHistory = fc
  .tuple(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0, max: 20, noNaN: true }), fc.integer())
  .map(([days, mean, seed]) => {
    const draw = uniforms(seed);
    return Array.from({ length: days }, () => (draw() < 0.05 ? Number.NaN : poisson(mean * draw(), draw)));
  });

describe('properties of any forecast', () => {
  it('never shows NaN or negative numbers, and quantiles rise', () => {
    fc.assert(
      fc.property(anyHistory, (units) => {
        const { forecast } = forecastOf(units);
        if (forecast === null) {
          expect(units.every((value) => Number.isNaN(value))).toBe(true);
          return;
        }
        for (const point of toForecastPoints(forecast, 28)) {
          expect(point.mean).toBeGreaterThanOrEqual(0);
          expect(point.p10).toBeLessThanOrEqual(point.p50);
          expect(point.p50).toBeLessThanOrEqual(point.p90);
        }
        for (const periods of [1, 3, 7, 10, 14, 20, 28, 60]) {
          const demand = forecast.demandOver(periods);
          expect(demand.quantile(0.5)).toBeLessThanOrEqual(demand.quantile(0.95));
          expect(demand.expectedLoss(5)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('answers the same from its stored form', () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 1, max: 40 }), (units, periods) => {
        const { forecast } = forecastOf(units);
        if (forecast === null) return;
        const kept = openForecast(JSON.parse(JSON.stringify(forecast.stored)) as StoredForecast);
        for (const purpose of ['risk', 'order'] as const) {
          expect(kept.demandOver(periods, purpose).quantile(0.95)).toBe(
            forecast.demandOver(periods, purpose).quantile(0.95),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it('scales: the same history twice as high is forecast twice as high', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const units = noisy(200, 3, seed);
        const once = forecastOf(units).forecast!.meanOver(7);
        const twice = forecastOf(units.map((value) => 2 * value)).forecast!.meanOver(7);
        // Not exactly: twice the units are twice the evidence for own weekday factors.
        expect(twice / once).toBeCloseTo(2, 1);
      }),
      { numRuns: 20 },
    );
  });

  it('does not depend on leading zeros: they mean "not yet on sale"', () => {
    const units = noisy(250, 3, 9);
    const once = forecastOf(units);
    const later = forecastOf([...new Array<number>(70).fill(0), ...units]);
    expect(later.forecast!.stored).toEqual(once.forecast!.stored);
  });
});

describe('stored forecast', () => {
  const stored: StoredForecast = {
    version: 1,
    means: [2, 2, 2],
    dispersion: 0.5,
    isWhole: true,
    varianceFactor: 1,
    intervals: [{ periods: 7, dispersion: 0.2, rmse: 4, errors: [] }],
  };

  it('goes on like its last weeks beyond the horizon', () => {
    const forecast = openForecast(stored);
    expect(forecast.meanOver(5)).toBe(10);
    expect(forecast.meanAt(9)).toBe(2);
    expect(forecast.demandOver(0).quantile(0.99)).toBe(0);
    expect(forecast.demandBetween(2, 5).mean).toBeCloseTo(6, 10);
    expect(forecast.periodDistribution(1).quantile(0.5)).toBe(1);
  });

  it('blends neighbouring interval lengths', () => {
    const errors = Array.from({ length: 32 }, (_, i) => i - 15.5);
    const forecast = openForecast({
      ...stored,
      means: new Array<number>(28).fill(3),
      intervals: [
        { periods: 7, dispersion: 0.1, rmse: 9, errors },
        { periods: 28, dispersion: 0.1, rmse: 30, errors: errors.map((error) => 3 * error) },
      ],
    });
    const spread = [7, 10, 14, 20, 28].map((periods) => {
      const demand = forecast.demandOver(periods);
      return demand.quantile(0.95) - demand.mean;
    });
    expect(spread).toEqual([...spread].sort((a, b) => a - b));
  });

  it('refuses nonsense', () => {
    expect(() => openForecast({ ...stored, means: [] })).toThrow(/at least one mean/);
    expect(() => openForecast(stored).meanOver(-1)).toThrow(/0 or more/);
  });
});
