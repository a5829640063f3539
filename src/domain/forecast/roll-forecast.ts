import type { StoredForecast } from './demand-forecast.ts';

/** Weekdays repeat within four weeks, so a mean that has to be made up is taken from four weeks before. */
const repeatedDays = 28;

/**
 * Moves a forecast on by whole days, as if nothing new had been learnt: its first days are over, and as many are
 * added at the end.
 *
 * For levels without new data: their spread and level stay as they are. Not for longer than a week or so, because
 * days without a sale are news too.
 *
 * @param stored - a forecast of days
 * @param days - how far, ≥ 0; 0 returns the same object
 * @returns the forecast whose period 1 is `days` later
 * @see the means of whole weeks repeat: the pooled weekday factors of the forecast do
 * @example
 * // 28 days of 1 to 28, one day on: 2, 3, … 28, and again the 1 of four weeks before
 * rollForecast(stored, 1).means.at(-1) // 1
 */
export function rollForecast(stored: StoredForecast, days: number): StoredForecast {
  if (days <= 0) return stored;
  const { means } = stored;
  const step = Math.min(repeatedDays, means.length);
  const rolled = means.map((_, h) => {
    let from = h + days;
    if (from >= means.length) from -= Math.ceil((from - means.length + 1) / step) * step;
    return means[from]!;
  });
  return { ...stored, means: rolled };
}
