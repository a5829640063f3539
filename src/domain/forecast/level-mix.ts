import type { Grain } from './grain.ts';
import type { ItemWindow } from './item-factors.ts';

/** How strongly the better levels are preferred: weight (smallest error / error)^power of root mean squares. */
const preferencePower = 4;
/** Fewer judged origins than this and every level counts the same. */
const originsMin = 5;

/** A level for every past period, and today's. */
export interface LevelPath {
  /** Units per period at factor 1, as known after each past period; same length as the window's values. */
  readonly path: Float64Array;
  /** Today's level, units per period at factor 1. */
  readonly level: number;
  /** Weight of each smoothing rate; sums to 1. Empty for methods without. */
  readonly weights: readonly number[];
}

/**
 * Several exponentially smoothed levels of different speed, mixed by how well each has lately foretold the
 * next two weeks: the product's default.
 *
 * Each level is a ratio of two smoothed sums (units over known factors), so that missing and closed periods
 * are passed over and the beginning needs no guess.
 *
 * @param window - the item's history with its factors; missing periods are NaN
 * @param grain - rates and error lengths
 * @returns level 0 for an empty window. `path` uses today's weights throughout
 * @see the best entry at item-store level of the M5 uncertainty competition smooths a level under pooled
 *   seasonal factors (arXiv 2111.14721); mixing several rates stands in for its sampling
 * @example
 * // a steady 2 a day stays 2
 * computeLevelMix(windowOf([2, 2, 2, 2]), grainOf(7)).level // 2
 */
export function computeLevelMix(window: ItemWindow, grain: Grain): LevelPath {
  const n = window.values.length;
  const { rates } = grain;
  const count = rates.length;
  const levels = rates.map((rate) => smoothedLevels(window, rate));
  const weights = judgeLevels(window, levels, grain);
  const path = new Float64Array(n);
  for (let j = 0; j < count; j++) {
    const levelsOfRate = levels[j]!;
    const weight = weights[j]!;
    for (let t = 0; t < n; t++) path[t]! += weight * levelsOfRate[t]!;
  }
  return { path, level: n > 0 ? path[n - 1]! : 0, weights };
}

/**
 * One exponentially smoothed level under known factors.
 *
 * @param window - the item's history with its factors
 * @param rate - share of the newest period, in (0, 1]
 * @returns the level after each period, units per period at factor 1; 0 before anything is known
 * @see ratio form of simple exponential smoothing: Σ(1−rate)^k·units / Σ(1−rate)^k·factors
 * @example smoothedLevels(windowOf([4, 2]), 0.5) // [4, 2.667]
 */
export function smoothedLevels(window: ItemWindow, rate: number): Float64Array {
  const { values, factors } = window;
  const n = values.length;
  const out = new Float64Array(n);
  const keep = 1 - rate;
  let units = 0;
  let weight = 0;
  let level = 0;
  for (let t = 0; t < n; t++) {
    const value = values[t]!;
    if (!Number.isNaN(value)) {
      units = units * keep + value;
      weight = weight * keep + factors[t]!;
      level = units / weight;
    }
    out[t] = level;
  }
  return out;
}

function judgeLevels(window: ItemWindow, levels: readonly Float64Array[], grain: Grain): number[] {
  const { sums, weights } = window;
  const n = window.values.length;
  const span = grain.errorPeriods;
  const decay = 0.5 ** (1 / grain.errorHalfLife);
  const count = levels.length;
  const errors = new Float64Array(count);
  const burnIn = Math.min(span, n >> 2);
  let origins = 0;
  for (let t = burnIn; t + span < n; t++) {
    const actual = sums[t + 1 + span]! - sums[t + 1]!;
    const weight = weights[t + 1 + span]! - weights[t + 1]!;
    for (let j = 0; j < count; j++) {
      const error = actual - levels[j]![t]! * weight;
      errors[j] = errors[j]! * decay + error * error;
    }
    origins += 1;
  }
  const smallest = Math.min(...errors);
  if (origins < originsMin || !(smallest > 0)) return new Array<number>(count).fill(1 / count);
  let total = 0;
  const raw: number[] = [];
  for (let j = 0; j < count; j++) {
    const weight = (smallest / errors[j]!) ** (preferencePower / 2);
    raw.push(weight);
    total += weight;
  }
  return raw.map((weight) => weight / total);
}
