import type { ItemWindow } from './item-factors.ts';
import type { LevelPath } from './level-mix.ts';

const rateMin = 0.01;
const rateMax = 0.9999;
const coarseRates = [0.01, 0.03, 0.06, 0.1, 0.16, 0.25, 0.4, 0.55, 0.7, 0.85, 0.95];
const goldenSection = 0.6180339887498949;

/**
 * Simple exponential smoothing with the rate and the first level that fit the history best (least squares of
 * one-step errors).
 *
 * @param window - history with factors of 1; missing periods are passed over
 * @returns the level after each period; `weights` holds the rate found
 * @see Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 2nd edition, section 7.1
 * @example
 * // the book's oil production of Saudi Arabia, 1996 to 2013
 * computeExponentialSmoothing(window).level // 542.68
 */
export function computeExponentialSmoothing(window: ItemWindow): LevelPath {
  const { values } = window;
  let best = coarseRates[0]!;
  let bestError = Number.POSITIVE_INFINITY;
  for (const rate of coarseRates) {
    const { error } = fitFirstLevel(values, rate);
    if (error < bestError) {
      best = rate;
      bestError = error;
    }
  }
  const at = coarseRates.indexOf(best);
  const rate = refineRate(values, coarseRates[at - 1] ?? rateMin, coarseRates[at + 1] ?? rateMax);
  let level = fitFirstLevel(values, rate).firstLevel;
  const path = new Float64Array(values.length);
  for (let t = 0; t < values.length; t++) {
    const value = values[t]!;
    if (!Number.isNaN(value)) level += rate * (value - level);
    path[t] = level;
  }
  return { path, level: path.at(-1) ?? 0, weights: [rate] };
}

function refineRate(values: Float64Array, from: number, to: number): number {
  let low = from;
  let high = to;
  let a = high - goldenSection * (high - low);
  let b = low + goldenSection * (high - low);
  let errorA = fitFirstLevel(values, a).error;
  let errorB = fitFirstLevel(values, b).error;
  for (let step = 0; step < 24; step++) {
    if (errorA <= errorB) {
      high = b;
      b = a;
      errorB = errorA;
      a = high - goldenSection * (high - low);
      errorA = fitFirstLevel(values, a).error;
    } else {
      low = a;
      a = b;
      errorA = errorB;
      b = low + goldenSection * (high - low);
      errorB = fitFirstLevel(values, b).error;
    }
  }
  return errorA <= errorB ? a : b;
}

/** The one-step errors are linear in the first level, so the best one has a closed form. */
function fitFirstLevel(values: Float64Array, rate: number): { firstLevel: number; error: number } {
  let base = 0;
  let slope = 1;
  let cross = 0;
  let slopes = 0;
  let squares = 0;
  for (let t = 0; t < values.length; t++) {
    const value = values[t]!;
    if (Number.isNaN(value)) continue;
    const error = value - base;
    cross += error * slope;
    slopes += slope * slope;
    squares += error * error;
    base += rate * error;
    slope *= 1 - rate;
  }
  const firstLevel = slopes > 0 ? Math.max(0, cross / slopes) : 0;
  return { firstLevel, error: squares - 2 * firstLevel * cross + firstLevel * firstLevel * slopes };
}
