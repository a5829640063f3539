import { type DemandDistribution, openDistribution, type StoredDistribution } from './demand-distribution.ts';
import { errorWeights } from './interval-errors.ts';

/** What of the replayed errors a distribution of sums needs. */
export interface IntervalSpread {
  readonly periods: number;
  /** d in variance = m + d · m² of the sum. */
  readonly dispersion: number;
  /** Root of the mean squared replayed error, units. */
  readonly rmse: number;
  /** Replayed errors, ascending, with the probabilities of `errorWeights`. */
  readonly errors: readonly number[];
}

/**
 * Which question the distribution answers: `risk` for probabilities shown to people (best calibrated), `order`
 * for how much to stock (leaner tail for faster items).
 */
export type IntervalPurpose = 'risk' | 'order';

/** From here on an order quantity uses a normal part: replays showed less stock for the same fill. */
const normalFromUnits = 10;
/** Above, walking through counts costs more than the gamma's continuity does harm. */
const gammaFromUnits = 300;
/** Spread of interval errors grows with length to this power: measured 1.13 · √4, 1.47 · √14, 1.68 · √21. */
const growthPower = 0.65;
/** Items that hardly sell today but did before come back more often than replays of the quiet time tell. */
const quietVariance = 1.3;
const quietErrors = 0.5;
const quietRate = 6;
const lengthErrors = 0.02;
const dispersionMax = 200;
/** Expected units below a billionth are none: their squares would vanish in the arithmetic. */
const leastMean = 1e-9;

/**
 * Distribution of the demand of an interval: half a parametric bell, half the errors really made.
 *
 * @param mean - expected units of the interval, ≥ 0
 * @param periods - its length, ≥ 1
 * @param spread - replayed errors of an interval of the same or the nearest length, scaled if it differs
 * @param isWhole - true when the item is counted in whole units
 * @param purpose - see {@link IntervalPurpose}
 * @param varianceFactor - extra uncertainty, such as 1.5 for a short history; 1 = none
 * @returns a mixture of two equal parts; a count of 0 when mean is 0 and no error was ever made
 * @see evaluated by coverage of held-back interval sums: a bell from daily spread times √periods covers too little
 * @example
 * // 7 days at 2 a day, errors unknown: a count with mean 14 and the prior's spread
 * computeIntervalDistribution(14, 7, { periods: 7, dispersion: 0.2, rmse: 0, errors: [] }, true, 'risk', 1).mean // 14
 */
export function computeIntervalDistribution(
  mean: number,
  periods: number,
  spread: IntervalSpread,
  isWhole: boolean,
  purpose: IntervalPurpose,
  varianceFactor: number,
): DemandDistribution {
  const growth = (periods / spread.periods) ** growthPower;
  // d multiplies m², which itself grows with the square of the length.
  const dispersion = spread.dispersion * (growth / (periods / spread.periods)) ** 2;
  const modelled = mean + dispersion * mean * mean;
  const replayed = (spread.rmse * growth) ** 2;
  const length = Math.log2(periods / 7 + 1);
  const quiet = length * Math.exp((-quietRate * mean) / periods);
  const wide = Math.max(modelled, replayed) * varianceFactor;
  // Orders: the errors really made alone; the model's own variance on top only bought stock, not sales.
  const orderSd = Math.sqrt(replayed > 0 ? replayed * varianceFactor : wide);
  const bell =
    purpose === 'order' && mean >= normalFromUnits
      ? ({ kind: 'normal', mean, sd: orderSd } as const)
      : bellOf(mean, wide * (1 + quietVariance * quiet), isWhole);
  if (spread.errors.length === 0) return openDistribution(bell);
  const stretch = growth * (1 + lengthErrors * length + quietErrors * quiet) * Math.sqrt(varianceFactor);
  const values = spread.errors.map((error) => {
    const value = Math.max(0, mean + error * stretch);
    return isWhole ? Math.round(value) : value;
  });
  const replay: StoredDistribution = { kind: 'empirical', values, weights: errorWeights, whole: isWhole };
  return openDistribution({ kind: 'mixture', parts: [bell, replay] });
}

/**
 * Distribution of one period's demand.
 *
 * @param mean - expected units, ≥ 0
 * @param dispersion - d in variance = mean + d · mean²
 * @param isWhole - true when counted in whole units
 * @returns a count distribution; a gamma for fast or fractional items
 * @example computePeriodDistribution(2, 0.5, true).quantile(0.5) // 1
 */
export function computePeriodDistribution(
  mean: number,
  dispersion: number,
  isWhole: boolean,
): DemandDistribution {
  return openDistribution(bellOf(mean, mean + dispersion * mean * mean, isWhole));
}

function bellOf(mean: number, variance: number, isWhole: boolean): StoredDistribution {
  if (!(mean > leastMean)) return { kind: 'count', mean: 0, dispersion: 0 };
  if (!isWhole || mean > gammaFromUnits) return { kind: 'gamma', mean, variance: Math.max(variance, 1e-9) };
  return {
    kind: 'count',
    mean,
    dispersion: Math.min(dispersionMax, Math.max(0, variance / mean - 1) / mean),
  };
}
