import type { ItemWindow } from './item-factors.ts';

/** Days without a sale, with goods on the shelf, after which stock is dead. */
const deadDays = 180;
/** A run of zeros less likely than this is not chance. */
const impossibleProbability = 0.001;
/** After the run became impossible, the level is held up for so long: time to count. */
const phantomHoldDays = 28;
/** Fewer days since the first sale, and the item leans on what new items of its group sell. */
export const shortHistoryDays = 56;
const shortHistoryShrinkageDays = 28;
/** Variance of a short history's forecast relative to an ordinary one. */
export const shortHistoryVarianceFactor = 1.5;
const priorLevelRate = 0.03;

/** Whether goods were recorded on the shelf during the newest days without a sale. */
export type ShelfState = 'IN_STOCK' | 'OUT_OF_STOCK' | 'UNKNOWN';

/** What the newest run of days without a sale says. */
export interface ZeroRun {
  /** Known, open days without a sale at the end of the history. */
  readonly days: number;
  /** Level before the run, units per day at factor 1. */
  readonly levelBefore: number;
  /** True when the run had become impossible under that level within the last 28 days. */
  readonly isFreshlyImpossible: boolean;
  /** True when the run is impossible at all, however old. */
  readonly isImpossible: boolean;
  readonly isDead: boolean;
}

/**
 * Looks at the newest run of zeros.
 *
 * @param window - history with its factors
 * @param dispersion - of one day
 * @returns the run; 0 days when the newest known day had a sale
 * @see negative binomial: P(no sale on a day) = (1 + d·m)^(−1/d), multiplied over the run's days
 * @example
 * // 2 a day, Poisson-like: 10 days without a sale have probability e^-20
 * examineZeroRun(window, 0.02).isImpossible // true
 */
export function examineZeroRun(window: ItemWindow, dispersion: number): ZeroRun {
  const { values, factors } = window;
  const n = values.length;
  let begin = n;
  let days = 0;
  while (begin > 0 && !(values[begin - 1]! > 0)) {
    begin -= 1;
    if (values[begin] === 0) days += 1;
  }
  let units = 0;
  let weight = 0;
  for (let t = Math.max(0, begin - 365); t < begin; t++) {
    const value = values[t]!;
    if (Number.isNaN(value)) continue;
    units = units * (1 - priorLevelRate) + value;
    weight = weight * (1 - priorLevelRate) + factors[t]!;
  }
  const levelBefore = weight > 0 ? units / weight : 0;
  let logProbability = 0;
  let impossibleAt = -1;
  const limit = Math.log(impossibleProbability);
  for (let t = begin; t < n && impossibleAt < 0; t++) {
    if (values[t] !== 0) continue;
    logProbability -= Math.log1p(dispersion * levelBefore * factors[t]!) / dispersion;
    if (logProbability < limit) impossibleAt = t;
  }
  return {
    days,
    levelBefore,
    isImpossible: impossibleAt >= 0,
    isFreshlyImpossible: impossibleAt >= 0 && n - impossibleAt <= phantomHoldDays,
    isDead: days >= deadDays,
  };
}

/**
 * Corrects a level for what the history cannot tell by itself.
 *
 * A run of zeros that the model finds impossible although goods were recorded is suspected phantom stock: the
 * level is not let below half of its earlier value for 28 days. Dead stock is capped at the fading TSB level. A
 * new item is drawn to the median level of new items of its group.
 *
 * @param level - today's level, units per day at factor 1
 * @param run - from {@link examineZeroRun}
 * @param shelf - what the stock records say about the run
 * @param tsbLevel - the TSB level, used only for dead stock
 * @param historyDays - days since the first sale
 * @param newItemLevel - median level of new items of the group; null = not known, no shrinking
 * @returns the corrected level
 * @example
 * // 14 days of history at 3 a day, new items usually 1.5: weight 14/(14+28)
 * correctLevel(3, noRun, 'IN_STOCK', 0, 14, 1.5) // 2
 */
export function correctLevel(
  level: number,
  run: ZeroRun,
  shelf: ShelfState,
  tsbLevel: number,
  historyDays: number,
  newItemLevel: number | null,
): number {
  let corrected = level;
  if (historyDays < shortHistoryDays && newItemLevel !== null) {
    const weight = historyDays / (historyDays + shortHistoryShrinkageDays);
    corrected = weight * corrected + (1 - weight) * newItemLevel;
  }
  if (run.isDead) corrected = Math.min(corrected, tsbLevel);
  else if (shelf === 'IN_STOCK' && run.isFreshlyImpossible)
    corrected = Math.max(corrected, run.levelBefore / 2);
  return corrected;
}
