import { AppError } from '../../shared/errors.ts';
import { type DemandDistribution, openDistribution } from './demand-distribution.ts';
import {
  computeIntervalDistribution,
  computePeriodDistribution,
  type IntervalPurpose,
  type IntervalSpread,
} from './interval-distribution.ts';

/**
 * A forecast as plain data: everything that later stages need, JSON-safe and compact (about 1 to 2 kB).
 * Period 1 is the first one after the data.
 */
export interface StoredForecast {
  readonly version: 1;
  /** Expected units of period 1, 2, … */
  readonly means: readonly number[];
  /**
   * Expected units of the four weeks behind the means, before promotions and people's own forecasts, which must not be
   * repeated; missing = those are as the last four weeks of the means.
   */
  readonly laterMeans?: readonly number[];
  /** d in variance = m + d · m² of one period. */
  readonly dispersion: number;
  /** True when the item is counted in whole units. */
  readonly isWhole: boolean;
  /** Extra uncertainty: 1, or 1.5 for a short history. */
  readonly varianceFactor: number;
  /** Replayed errors by interval length, ascending; at least one. */
  readonly intervals: readonly IntervalSpread[];
}

/** A forecast that answers questions about any future interval. */
export interface DemandForecast {
  /** How many periods have a mean of their own; later ones are taken like four ordinary weeks at their end. */
  readonly horizonPeriods: number;
  /** Expected units of period h (1 = the first after the data). */
  meanAt(h: number): number;
  /** Expected units of the next `periods` periods; means add up. */
  meanOver(periods: number): number;
  /** Distribution of period h alone. */
  periodDistribution(h: number): DemandDistribution;
  /**
   * Distribution of the sum of the next `periods` periods; 0 periods = nothing for sure. Not the sum of daily
   * quantiles: those do not add.
   */
  demandOver(periods: number, purpose?: IntervalPurpose): DemandDistribution;
  /** Distribution of the demand after period `from` up to and including period `to`, as seen today. */
  demandBetween(from: number, to: number, purpose?: IntervalPurpose): DemandDistribution;
  readonly stored: StoredForecast;
}

/** Weekdays repeat within four weeks, so what lies behind the means repeats four weeks. */
const repeatedPeriods = 28;

/**
 * Means of the periods behind the stored ones; they repeat.
 *
 * @param stored - see {@link StoredForecast}
 * @returns 28 means, fewer when the forecast is shorter; the first is that of the period after the last stored one
 * @see {@link StoredForecast}
 * @example laterMeansOf({ ...stored, means: [2, 3] }) // [2, 3]
 */
export function laterMeansOf(stored: StoredForecast): readonly number[] {
  return stored.laterMeans ?? stored.means.slice(-repeatedPeriods);
}

/**
 * Makes a stored forecast answer questions.
 *
 * @param stored - as made by `forecastItem` or read back from JSON
 * @returns the forecast; its answers depend on `stored` alone, so they can be recomputed later
 * @throws AppError `invalid_input` if there are no means or no intervals, or when asked for a negative length
 * @example
 * const forecast = openForecast({ version: 1, means: [2, 2, 2], dispersion: 0.5, isWhole: true,
 *   varianceFactor: 1, intervals: [{ periods: 7, dispersion: 0.2, rmse: 4, errors: [] }] });
 * forecast.meanOver(5) // 10
 */
export function openForecast(stored: StoredForecast): DemandForecast {
  const horizon = stored.means.length;
  if (horizon === 0 || stored.intervals.length === 0) {
    throw new AppError('invalid_input', 'a stored forecast needs at least one mean and one interval');
  }
  const cumulative = [0];
  for (const mean of stored.means) cumulative.push(cumulative.at(-1)! + mean);
  const repeated = laterMeansOf(stored);
  const later = repeated.reduce((sum, mean) => sum + mean, 0) / repeated.length;

  const meanOver = (periods: number): number => {
    if (!(periods >= 0)) throw new AppError('invalid_input', `periods must be 0 or more, but is ${periods}`);
    const whole = Math.floor(periods);
    if (whole >= horizon) return cumulative[horizon]! + (periods - horizon) * later;
    return cumulative[whole]! + (periods - whole) * stored.means[whole]!;
  };
  const meanAt = (h: number): number => (h <= horizon ? (stored.means[h - 1] ?? 0) : later);
  // Risks ask for the same few intervals again and again.
  const kept = { risk: new Map<number, DemandDistribution>(), order: new Map<number, DemandDistribution>() };
  const demandOver = (periods: number, purpose: IntervalPurpose = 'risk'): DemandDistribution => {
    const known = kept[purpose].get(periods) ?? spreadOf(meanOver(periods), periods, purpose);
    kept[purpose].set(periods, known);
    return known;
  };
  const spreadOf = (mean: number, periods: number, purpose: IntervalPurpose): DemandDistribution => {
    if (periods === 0) return openDistribution({ kind: 'count', mean: 0, dispersion: 0 });
    const spread = spreadFor(stored, periods);
    return computeIntervalDistribution(mean, periods, spread, stored.isWhole, purpose, stored.varianceFactor);
  };
  return {
    horizonPeriods: horizon,
    meanAt,
    meanOver,
    periodDistribution: (h) => computePeriodDistribution(meanAt(h), stored.dispersion, stored.isWhole),
    demandOver,
    demandBetween: (from, to, purpose = 'risk') =>
      spreadOf(meanOver(to) - meanOver(from), to - from, purpose),
    stored,
  };
}

/**
 * Errors of an interval length that was not replayed: between two replayed lengths both are blended, so that a
 * risk moves smoothly with the length; outside, the nearest is taken and scaled by the caller.
 */
function spreadFor(stored: StoredForecast, periods: number): IntervalSpread {
  const { intervals } = stored;
  let below = intervals[0]!;
  let above = intervals.at(-1)!;
  if (periods <= below.periods) return below;
  if (periods >= above.periods) return above;
  for (const interval of intervals) {
    if (interval.periods <= periods) below = interval;
    else {
      above = interval;
      break;
    }
  }
  if (below.periods === periods) return below;
  const w = Math.log(periods / below.periods) / Math.log(above.periods / below.periods);
  const canBlend = below.errors.length > 0 && above.errors.length > 0;
  return {
    periods,
    dispersion: below.dispersion ** (1 - w) * above.dispersion ** w,
    rmse: below.rmse > 0 && above.rmse > 0 ? below.rmse ** (1 - w) * above.rmse ** w : 0,
    errors: canBlend ? below.errors.map((error, i) => (1 - w) * error + w * above.errors[i]!) : [],
  };
}
