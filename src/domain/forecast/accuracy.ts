import type { FittedMethod } from './fitted-method.ts';
import type { IntervalErrors } from './interval-errors.ts';
import type { ItemWindow } from './item-factors.ts';
import type { LevelPath } from './level-mix.ts';

/**
 * How well a method would have done on this item's own past, replayed with today's factors and weights. Ratios
 * are null when nothing was sold or nothing could be compared.
 */
export interface ForecastAccuracy {
  /** Length of the compared sums, periods. */
  readonly intervalPeriods: number;
  /** Rolling origins of `rmseInterval`, at most 8. */
  readonly origins: number;
  /** Root mean squared one-period error over that of the naive forecast; below 1 is better than naive. */
  readonly rmsse: number | null;
  /** Σ|forecast − actual| / Σ actual of interval sums. */
  readonly intervalWape: number | null;
  /** Σ(forecast − actual) / Σ actual of interval sums: positive = forecasts too high. */
  readonly bias: number | null;
  /** Root mean squared error of the sums at the last rolling origins, units. */
  readonly rmseInterval: number | null;
  /** The same of the 28-period moving average, the yardstick of the health score. */
  readonly rmseIntervalMovingAverage: number | null;
}

/** Rolling origins compared with the moving average. */
const originsMax = 8;
/** How far back one-period errors are compared. */
const comparedPeriods = 364;

/**
 * Accuracy of a fitted method on an item's own past.
 *
 * @param window - history with its factors
 * @param fitted - the method
 * @param errors - replayed errors of the protection interval
 * @param movingAverage - 28-period moving average of the same window
 * @returns see {@link ForecastAccuracy}
 * @see RMSSE: Makridakis, Spiliotis and Assimakopoulos, the M5 competition's accuracy measure; the scale here is
 *   the mean squared change between known neighbouring periods
 * @example
 * // sales 1 3 1 3 …, forecast always 2: errors 1, changes 2
 * computeAccuracy(window, fitted, errors, average).rmsse // 0.5
 */
export function computeAccuracy(
  window: ItemWindow,
  fitted: FittedMethod,
  errors: IntervalErrors,
  movingAverage: LevelPath,
): ForecastAccuracy {
  const { sums, weights } = window;
  const n = window.values.length;
  const { periods } = errors;
  let origins = 0;
  let squares = 0;
  let averageSquares = 0;
  for (let t = n - 1 - periods; t >= 0 && origins < originsMax; t -= periods) {
    const weight = weights[t + 1 + periods]! - weights[t + 1]!;
    if (!(weight > 0)) continue;
    const actual = sums[t + 1 + periods]! - sums[t + 1]!;
    squares += (actual - fitted.sumAt(t, periods)) ** 2;
    averageSquares += (actual - movingAverage.path[t]! * weight) ** 2;
    origins += 1;
  }
  return {
    intervalPeriods: periods,
    origins,
    rmsse: onePeriodRmsse(window, fitted),
    intervalWape: errors.wape,
    bias: errors.bias,
    rmseInterval: origins > 0 ? Math.sqrt(squares / origins) : null,
    rmseIntervalMovingAverage: origins > 0 ? Math.sqrt(averageSquares / origins) : null,
  };
}

function onePeriodRmsse(window: ItemWindow, fitted: FittedMethod): number | null {
  const { values } = window;
  const n = values.length;
  let squares = 0;
  let compared = 0;
  let changes = 0;
  let pairs = 0;
  for (let t = Math.max(1, n - comparedPeriods); t < n; t++) {
    const value = values[t]!;
    if (Number.isNaN(value)) continue;
    squares += (value - fitted.sumAt(t - 1, 1)) ** 2;
    compared += 1;
    const change = value - values[t - 1]!;
    if (!Number.isNaN(change)) {
      changes += change * change;
      pairs += 1;
    }
  }
  return compared > 0 && changes > 0 ? Math.sqrt(squares / compared / (changes / pairs)) : null;
}
