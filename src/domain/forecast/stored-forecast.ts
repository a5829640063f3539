import { openForecast, type StoredForecast } from './demand-forecast.ts';
import type { ForecastFlag, ForecastItemInput, ItemForecast } from './forecast-input.ts';
import { shortHistoryVarianceFactor } from './history-state.ts';
import type { IntervalSpread } from './interval-distribution.ts';
import { applyOverrides } from './known-effects.ts';

/** Four weeks of ordinary means are kept for the days behind the horizon. */
const laterPeriods = 28;

function compact(value: number): number {
  return Number(value.toPrecision(6));
}

/**
 * Packs a forecast for storage: six digits are more than any forecast deserves.
 *
 * @param means - expected units per coming period
 * @param dispersion - of one period
 * @param isWhole - true when counted in whole units
 * @param varianceFactor - extra uncertainty, 1 = none
 * @param intervals - replayed errors, ascending by length
 * @param ordinaryMeans - `means` before promotions and people's own forecasts; null = there are none
 * @returns plain data
 * @example toStoredForecast(Float64Array.of(1 / 3), 0.45, true, 1, intervals).means // [0.333333]
 */
export function toStoredForecast(
  means: Float64Array,
  dispersion: number,
  isWhole: boolean,
  varianceFactor: number,
  intervals: readonly IntervalSpread[],
  ordinaryMeans: Float64Array | null = null,
): StoredForecast {
  const stored = Array.from(means, compact);
  const tail = stored.slice(-laterPeriods);
  const later = Array.from(ordinaryMeans ?? means, compact).slice(-laterPeriods);
  return {
    version: 1,
    means: stored,
    ...(later.every((mean, h) => mean === tail[h]) ? {} : { laterMeans: later }),
    dispersion: compact(dispersion),
    isWhole,
    varianceFactor,
    intervals: intervals.map((interval) => ({
      periods: interval.periods,
      dispersion: compact(interval.dispersion),
      rmse: compact(interval.rmse),
      errors: interval.errors.map(compact),
    })),
  };
}

function emptySpread(input: ForecastItemInput): IntervalSpread[] {
  return input.intervalPeriods.map((periods) => ({
    periods,
    dispersion: input.priorDispersion / Math.sqrt(periods),
    rmse: 0,
    errors: [],
  }));
}

/**
 * The answer for an item that never sold: a mean of 0, or null when not even a zero is known.
 *
 * @param input - as given to `forecastItem`
 * @param flag - `NO_HISTORY` when no period is known, `NO_DEMAND` when all known ones are 0
 * @returns no forecast with NO_HISTORY, unless a person made one
 * @example forecastWithoutDemand(input, 'NO_HISTORY').forecast // null
 */
export function forecastWithoutDemand(
  input: ForecastItemInput,
  flag: 'NO_HISTORY' | 'NO_DEMAND',
): ItemForecast {
  const flags = new Set<ForecastFlag>([flag]);
  if (flag === 'NO_DEMAND' && input.units.some((value) => value > 0)) flags.add('DEAD_STOCK');
  const means = new Float64Array(input.horizonPeriods);
  const ordinary = Float64Array.from(means);
  const isManual = applyOverrides(means, input.firstDay + input.units.length, input.overrides);
  if (isManual) flags.add('MANUAL_OVERRIDE');
  const isKnown = isManual || !flags.has('NO_HISTORY');
  const stored = toStoredForecast(
    means,
    input.priorDispersion,
    input.isCountedWhole,
    shortHistoryVarianceFactor,
    emptySpread(input),
    isManual ? ordinary : null,
  );
  return {
    method: 'LEVEL_MIX',
    flags: [...flags],
    forecast: isKnown ? openForecast(stored) : null,
    accuracy: null,
    level: 0,
    promotionFactors: [],
    marketFactors: input.marketFactors,
    yearlyFactor: 1,
  };
}
