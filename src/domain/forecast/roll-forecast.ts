import { laterMeansOf, type StoredForecast } from './demand-forecast.ts';

/**
 * Moves a forecast on by whole days, as if nothing new had been learnt: its first days are over, and as many are
 * added at the end, from four ordinary weeks: promotions and people's own forecasts do not come again.
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
  const longer = extendForecast(stored, stored.means.length + days);
  return { ...longer, means: longer.means.slice(days) };
}

/**
 * Gives a forecast means of its own for more days.
 *
 * @param stored - a forecast of days
 * @param length - days that shall have one; no more than it has returns the same object
 * @returns the same forecast, answering the same questions as before
 * @see {@link rollForecast}
 * @example extendForecast({ ...stored, means: [2, 3] }, 5).means // [2, 3, 2, 3, 2]
 */
export function extendForecast(stored: StoredForecast, length: number): StoredForecast {
  const more = length - stored.means.length;
  if (more <= 0) return stored;
  const later = laterMeansOf(stored);
  const at = (k: number) => later[k % later.length]!;
  const means = [...stored.means, ...Array.from({ length: more }, (_, k) => at(k))];
  // Only where it differs from the end of the means: most forecasts know of nothing special.
  if (stored.laterMeans === undefined) return { ...stored, means };
  return { ...stored, means, laterMeans: later.map((_, k) => at(k + more)) };
}
