import { outputQuantiles } from './forecast-run.ts';

/** What is scored of a forecast: mean and quantiles of each coming period, the first being 1. */
export interface ScoredForecast {
  periodDistribution(h: number): { readonly mean: number; quantile(p: number): number };
}

/** Units of what a naive forecast gets wrong, for scaling errors of one series. */
export interface SeriesScale {
  /** Mean squared and mean absolute change between neighbouring known periods, from the first sale on. */
  readonly square: number;
  readonly absolute: number;
}

/** Sums of scores over series. Ratios are taken at the end. */
export interface ScoreSum {
  series: number;
  rmsse: number;
  spl: number;
  weight: number;
  weightedRmsse: number;
  weightedSpl: number;
  forecastUnits: number;
  actualUnits: number;
  milliseconds: number;
}

/** A sum of nothing. */
export function emptyScore(): ScoreSum {
  return {
    series: 0,
    rmsse: 0,
    spl: 0,
    weight: 0,
    weightedRmsse: 0,
    weightedSpl: 0,
    forecastUnits: 0,
    actualUnits: 0,
    milliseconds: 0,
  };
}

/**
 * Scale of a series for RMSSE and scaled pinball loss; null when it never sold or never changed.
 *
 * @param values - units per period up to the origin, NaN = not known
 */
export function scaleOf(values: Float64Array): SeriesScale | null {
  let t = 0;
  while (t < values.length && !(values[t]! > 0)) t += 1;
  let squares = 0;
  let absolutes = 0;
  let pairs = 0;
  for (t += 1; t < values.length; t++) {
    const change = values[t]! - values[t - 1]!;
    if (Number.isNaN(change)) continue;
    squares += change * change;
    absolutes += Math.abs(change);
    pairs += 1;
  }
  return squares > 0 ? { square: squares / pairs, absolute: absolutes / pairs } : null;
}

/**
 * Adds the scores of one series and window: RMSSE of the mean and the pinball loss of nine quantiles, both as in
 * the M5 competition. Periods without a known actual are passed over.
 *
 * @param weight - 0 or more; for the weighted scores
 */
export function addScore(
  sum: ScoreSum,
  forecast: ScoredForecast,
  actuals: Float64Array,
  scale: SeriesScale,
  weight: number,
): void {
  let squares = 0;
  let pinball = 0;
  let known = 0;
  actuals.forEach((actual, h) => {
    if (Number.isNaN(actual)) return;
    const distribution = forecast.periodDistribution(h + 1);
    known += 1;
    squares += (actual - distribution.mean) ** 2;
    sum.forecastUnits += distribution.mean;
    sum.actualUnits += actual;
    for (const level of outputQuantiles) {
      const quantile = distribution.quantile(level);
      pinball += actual >= quantile ? level * (actual - quantile) : (1 - level) * (quantile - actual);
    }
  });
  if (known === 0) return;
  const rmsse = Math.sqrt(squares / known / scale.square);
  const spl = pinball / known / outputQuantiles.length / scale.absolute;
  sum.series += 1;
  sum.rmsse += rmsse;
  sum.spl += spl;
  sum.weight += weight;
  sum.weightedRmsse += weight * rmsse;
  sum.weightedSpl += weight * spl;
}

/** A reproducible stream of uniform numbers in [0, 1): the same seed, the same numbers. */
export function uniformStream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    // Weyl sequence through a multiplicative mix: enough for breaking ties.
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4_294_967_296;
  };
}
