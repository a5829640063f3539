import type { ItemWindow } from './item-factors.ts';
import type { LevelPath } from './level-mix.ts';

/**
 * Mean demand per known period of the last `span` periods.
 *
 * @param window - history with its factors; missing periods are passed over
 * @param span - whole periods, ≥ 1; 28 days is the usual benchmark
 * @returns the level after each period
 * @see the moving average benchmark of the M5 competition (github Mcompetitions/M5-methods)
 * @example computeMovingAverage(windowOf([1, 2, 3, 4]), 2).level // 3.5
 */
export function computeMovingAverage(window: ItemWindow, span: number): LevelPath {
  const { sums, weights } = window;
  const n = window.values.length;
  const path = new Float64Array(n);
  for (let t = 0; t < n; t++) {
    const from = Math.max(0, t + 1 - span);
    const weight = weights[t + 1]! - weights[from]!;
    path[t] = weight > 1e-9 ? (sums[t + 1]! - sums[from]!) / weight : (path[t - 1] ?? 0);
  }
  return { path, level: path[n - 1] ?? 0, weights: [] };
}
