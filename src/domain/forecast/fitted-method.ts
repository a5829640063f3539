import type { ItemWindow } from './item-factors.ts';
import type { LevelPath } from './level-mix.ts';

/** The named ways to forecast an item. `LEVEL_MIX` is the default. */
export type ForecastMethod =
  | 'LEVEL_MIX'
  | 'EXPONENTIAL_SMOOTHING'
  | 'SEASONAL_NAIVE'
  | 'TSB'
  | 'SBA'
  | 'MOVING_AVERAGE';

/** All methods, the default first. */
export const forecastMethods: readonly ForecastMethod[] = [
  'LEVEL_MIX',
  'EXPONENTIAL_SMOOTHING',
  'SEASONAL_NAIVE',
  'TSB',
  'SBA',
  'MOVING_AVERAGE',
];

/** A method fitted to one item: what it expects, and what it would have expected earlier. */
export interface FittedMethod {
  readonly method: ForecastMethod;
  /** Expected units of the coming periods, before promotions and other known effects. */
  readonly means: Float64Array;
  /** Units expected, knowing periods up to `t`, in the known part of the `periods` periods after it. */
  sumAt(t: number, periods: number): number;
  /** Today's level in units per period at factor 1. */
  readonly level: number;
}

/**
 * Fits a method that is a level times known factors.
 *
 * @param method - its name
 * @param window - history and factors; the horizon is what `factors` holds beyond `values`
 * @param levels - the level after each period, and today's
 * @returns the fitted method
 * @example
 * // level 2, weekday factors 1: every coming day 2
 * fitLevels('MOVING_AVERAGE', window, { path, level: 2, weights: [] }).means[0] // 2
 */
export function fitLevels(method: ForecastMethod, window: ItemWindow, levels: LevelPath): FittedMethod {
  const { weights } = window;
  const { path, level } = levels;
  const means = window.factors.slice(window.values.length);
  for (let h = 0; h < means.length; h++) means[h]! *= level;
  const sumAt = (t: number, periods: number): number =>
    path[t]! * (weights[t + 1 + periods]! - weights[t + 1]!);
  return { method, means, sumAt, level };
}
