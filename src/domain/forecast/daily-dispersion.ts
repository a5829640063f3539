import type { ItemWindow } from './item-factors.ts';

/** Rate of the local level and half-life in periods of its squared errors; the best scored on earlier windows. */
const localRate = 0.12;
const halfLifePeriods = 240;
/** Dispersion of a typical item, and how many periods of own evidence it counts for. */
export const typicalDispersion = 0.45;
const priorPeriods = 10;
/** Below, the count is as good as Poisson; above, estimates of sparse items run away. */
const dispersionMin = 0.02;
const dispersionMax = 10;
const burnInPeriods = 7;

/**
 * How much more an item's demand of one period varies than pure chance: d in variance = mean + d · mean².
 *
 * @param window - the item's history with its factors
 * @param prior - dispersion expected before looking, such as the group's; ≥ 0
 * @returns dispersion in [0.02, 10]; the prior (clipped) without history
 * @see method of moments, d = Σ w(e² − m) / Σ w·m², with errors e around a local level m and decaying weights w
 * @example
 * // no history at all
 * computeDailyDispersion(windowOf([]), 0.45) // 0.45
 */
export function computeDailyDispersion(window: ItemWindow, prior: number): number {
  const { values, factors } = window;
  const n = values.length;
  const decay = 0.5 ** (1 / halfLifePeriods);
  let units = 0;
  let weight = 0;
  let excess = 0;
  let square = 0;
  let seen = 0;
  for (let t = 0; t < n; t++) {
    const value = values[t]!;
    if (Number.isNaN(value)) continue;
    const factor = factors[t]!;
    if (seen > burnInPeriods) {
      const mean = (units / weight) * factor;
      const error = value - mean;
      excess = excess * decay + error * error - mean;
      square = square * decay + mean * mean;
    }
    units = units * (1 - localRate) + value;
    weight = weight * (1 - localRate) + factor;
    seen += 1;
  }
  const typicalSquare =
    square > 0 ? square * (1 - decay ** Math.max(1, seen - burnInPeriods)) ** -1 * (1 - decay) : 1;
  const priorMass = priorPeriods * typicalSquare;
  const dispersion = (excess + prior * priorMass) / (square + priorMass);
  return Math.min(dispersionMax, Math.max(dispersionMin, dispersion));
}
