import type { ItemWindow } from './item-factors.ts';
import type { LevelPath } from './level-mix.ts';

/** Rate of demand sizes, and of demand occurrence in TSB: the usual values for sparse items. */
const sizeRate = 0.1;
const occurrenceRate = 0.05;

/**
 * TSB (Teunter, Syntetos, Babai): smooths the probability that a period has demand and the size of demand when
 * there is one. The probability is updated in every period, so the forecast of a dying item fades.
 *
 * @param window - history with factors of 1; missing periods are passed over
 * @returns the level after each period
 * @see Teunter, Syntetos and Babai 2011, European Journal of Operational Research 214, 606–615
 * @example
 * // demand 2, then nothing: probability 1, 0.95, 0.9025
 * computeTsb(windowOf([2, 0, 0])).level // 1.805
 */
export function computeTsb(window: ItemWindow): LevelPath {
  const { values } = window;
  const n = values.length;
  const path = new Float64Array(n);
  let probability = Number.NaN;
  let size = Number.NaN;
  for (let t = 0; t < n; t++) {
    const value = values[t]!;
    if (!Number.isNaN(value)) {
      if (value > 0) size = Number.isNaN(size) ? value : size + sizeRate * (value - size);
      const occurred = value > 0 ? 1 : 0;
      probability = Number.isNaN(probability)
        ? occurred
        : probability + occurrenceRate * (occurred - probability);
    }
    path[t] = Number.isNaN(size) ? 0 : probability * size;
  }
  return { path, level: path[n - 1] ?? 0, weights: [] };
}

/**
 * SBA (Syntetos, Boylan): Croston's ratio of demand size to the interval between demands, times 1 − rate/2
 * against its bias.
 *
 * It is updated only when there is demand, so it keeps ordering for a dead item: a benchmark, not for automatic
 * use.
 *
 * @param window - history with factors of 1; missing periods are passed over
 * @returns the level after each period
 * @see Croston 1972; Syntetos and Boylan 2005 (International Journal of Forecasting 21, 303–314)
 * @example
 * // demand 2 in every period: 0.95 · 2 / 1
 * computeSba(windowOf([2, 2, 2])).level // 1.9
 */
export function computeSba(window: ItemWindow): LevelPath {
  const { values } = window;
  const n = values.length;
  const path = new Float64Array(n);
  let interval = Number.NaN;
  let size = Number.NaN;
  let since = 0;
  for (let t = 0; t < n; t++) {
    const value = values[t]!;
    if (!Number.isNaN(value)) {
      since += 1;
      if (value > 0) {
        size = Number.isNaN(size) ? value : size + sizeRate * (value - size);
        interval = Number.isNaN(interval) ? since : interval + sizeRate * (since - interval);
        since = 0;
      }
    }
    path[t] = Number.isNaN(size) ? 0 : (1 - sizeRate / 2) * (size / interval);
  }
  return { path, level: path[n - 1] ?? 0, weights: [] };
}
