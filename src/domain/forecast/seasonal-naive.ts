import type { FittedMethod } from './fitted-method.ts';
import type { ItemWindow } from './item-factors.ts';

/**
 * Seasonal naive: every coming period sells what the same phase of the last season sold. A benchmark.
 *
 * @param window - history with factors of 1; a missing period takes the season before, else 0
 * @param season - periods, ≥ 1
 * @returns the fitted method; its level is the last season's mean
 * @see the sNaive benchmark of the M5 competition (github Mcompetitions/M5-methods)
 * @example fitSeasonalNaive(windowOf([5, 1, 2]), 2).means // [1, 2, 1, 2, …]
 */
export function fitSeasonalNaive(window: ItemWindow, season: number): FittedMethod {
  const { values, weights } = window;
  const n = values.length;
  const filled = new Float64Array(n);
  const sums = new Float64Array(n + 1);
  for (let t = 0; t < n; t++) {
    const value = values[t]!;
    filled[t] = !Number.isNaN(value) ? value : (filled[t - season] ?? 0);
    sums[t + 1] = sums[t]! + filled[t]!;
  }
  const means = new Float64Array(window.factors.length - n);
  for (let h = 0; h < means.length; h++) {
    const back = n - season + (h % season);
    means[h] = filled[back < 0 ? back + season : back] ?? 0;
  }
  const sumAt = (t: number, periods: number): number => {
    const from = Math.max(0, t + 1 - season);
    const mean = (sums[t + 1]! - sums[from]!) / (t + 1 - from);
    const rest = periods % season;
    const whole = mean * (periods - rest);
    const partial = sums[Math.min(t + 1, from + rest)]! - sums[from]!;
    return (whole + partial) * ((weights[t + 1 + periods]! - weights[t + 1]!) / periods);
  };
  const from = Math.max(0, n - season);
  return { method: 'SEASONAL_NAIVE', means, sumAt, level: n > 0 ? (sums[n]! - sums[from]!) / (n - from) : 0 };
}
