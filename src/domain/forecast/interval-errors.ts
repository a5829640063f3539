import type { ItemWindow } from './item-factors.ts';

/** How far back origins are replayed, and after how many periods an error counts half (90 to 365 do equally). */
const replayPeriods = 560;
const halfLifePeriods = 180;
/** Sums of which less is known are not compared. */
const knownShareMin = 0.6;
/** The dispersion expected of an interval before looking counts for this many independent intervals. */
const priorIntervals = 4;
const dispersionMin = 0.005;
const dispersionMax = 10;
/** Errors are kept as this many means of neighbours. */
const errorValues = 32;

/**
 * Probability of each kept error: narrow steps near both ends, because safety stock lives in the tails. The same
 * for every item, so that only the errors themselves need storing.
 *
 * @example errorWeights.length // 32, and they sum to 1
 */
export const errorWeights: readonly number[] = normalizedSteps();

function normalizedSteps(): number[] {
  const raw: number[] = [];
  for (let i = 0; i < errorValues; i++) {
    const u = (i + 0.5) / errorValues;
    raw.push(0.2 + 5.2 * u * (1 - u));
  }
  const total = raw.reduce((sum, step) => sum + step, 0);
  return raw.map((step) => step / total);
}

/**
 * How the sums of the next `periods` periods have lately differed from what this model would have said.
 * Plain data, JSON-safe.
 */
export interface IntervalErrors {
  /** Length of the sums, periods. */
  readonly periods: number;
  /** Origins compared; below 10 the values rest on priors. */
  readonly origins: number;
  /** d in variance = m + d · m² of the sum. */
  readonly dispersion: number;
  /** Root of the decayed mean squared error, units; 0 without origins. */
  readonly rmse: number;
  /** Decayed sum of |error| over decayed sum of actual units; null when nothing was sold. */
  readonly wape: number | null;
  /** Decayed sum of errors (forecast − actual) over actual units: positive = forecasts too high; null as above. */
  readonly bias: number | null;
  /** Actual minus forecast, units, ascending, with the probabilities of `errorWeights`; empty without origins. */
  readonly errors: readonly number[];
}

/**
 * Walks through the past with the same factors and levels and collects the errors of interval sums.
 *
 * Sums, not days: errors of successive days hang together, so the spread of a sum cannot be had from the
 * spread of a day times a square root.
 *
 * @param window - the item's history with its factors
 * @param forecastSum - units that the model, knowing periods up to t, would expect in the known part of the
 *   next `periods` periods
 * @param periods - length of the sums, ≥ 1
 * @param priorDispersion - of one period; an interval is expected to have it divided by √periods
 * @returns errors of up to 560 origins, with a half-life of 180
 * @example
 * // a forecast of 2 a day against sales of 0 4 0 4 …: sums of 2 days are met exactly
 * replayIntervalErrors(window, () => 4, 2, 0.45).rmse // 0
 */
export function replayIntervalErrors(
  window: ItemWindow,
  forecastSum: (t: number, periods: number) => number,
  periods: number,
  priorDispersion: number,
): IntervalErrors {
  const { sums, weights: known, allWeights } = window;
  const n = window.values.length;
  const newest = n - 1 - periods;
  const oldest = Math.max(Math.min(periods, 14, n >> 2), newest - replayPeriods + 1);
  const decay = 0.5 ** (1 / halfLifePeriods);
  const count = Math.max(0, newest - oldest + 1);
  const found = new Float64Array(count);
  const foundWeights = new Float64Array(count);
  let origins = 0;
  let total = 0;
  let squares = 0;
  let excess = 0;
  let meanSquares = 0;
  let absolute = 0;
  let signed = 0;
  let units = 0;
  let weight = 1;
  for (let t = newest; t >= oldest; t--) {
    const all = allWeights[t + 1 + periods]! - allWeights[t + 1]!;
    const share = all > 0 ? (known[t + 1 + periods]! - known[t + 1]!) / all : 0;
    if (share >= knownShareMin) {
      const mean = forecastSum(t, periods) / share;
      const error = (sums[t + 1 + periods]! - sums[t + 1]!) / share - mean;
      found[origins] = error;
      foundWeights[origins] = weight;
      origins += 1;
      total += weight;
      squares += weight * error * error;
      excess += weight * (error * error - mean);
      meanSquares += weight * mean * mean;
      absolute += weight * Math.abs(error);
      signed -= weight * error;
      units += weight * (mean + error);
    }
    weight *= decay;
  }
  const prior = priorDispersion / Math.sqrt(periods);
  const evidence = origins / periods;
  const measured =
    meanSquares > 0 ? (evidence * excess + priorIntervals * prior * meanSquares) / meanSquares : 0;
  const dispersion = meanSquares > 0 ? measured / (evidence + priorIntervals) : prior;
  return {
    periods,
    origins,
    dispersion: Math.min(dispersionMax, Math.max(dispersionMin, dispersion)),
    rmse: total > 0 ? Math.sqrt(squares / total) : 0,
    wape: units > 0 ? absolute / units : null,
    bias: units > 0 ? signed / units : null,
    errors: condense(found.subarray(0, origins), foundWeights.subarray(0, origins), total),
  };
}

/** Sorts errors and takes the mean of each step of `errorWeights`; a step may split an error's weight. */
function condense(errors: Float64Array, weights: Float64Array, total: number): number[] {
  const order = sortedOrder(errors);
  const values: number[] = [];
  if (order.length === 0) return values;
  let i = 0;
  let left = weights[order[0]!]!;
  for (const step of errorWeights) {
    const wanted = step * total;
    let open = wanted;
    let sum = 0;
    while (open > left && i < order.length - 1) {
      sum += errors[order[i]!]! * left;
      open -= left;
      i += 1;
      left = weights[order[i]!]!;
    }
    sum += errors[order[i]!]! * open;
    left -= open;
    values.push(sum / wanted);
  }
  return values;
}

function sortedOrder(values: Float64Array): Uint16Array {
  const n = values.length;
  const order = new Uint16Array(n);
  if (n === 0) return order;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n; i++) {
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
  }
  // The position rides in the low bits of the sorted key: a native numeric sort, without a comparison function.
  const scale = high > low ? 2 ** 40 / (high - low) : 0;
  const keys = new Float64Array(n);
  for (let i = 0; i < n; i++) keys[i] = Math.floor((values[i]! - low) * scale) * 1024 + i;
  keys.sort();
  for (let i = 0; i < n; i++) order[i] = keys[i]! % 1024;
  return order;
}
