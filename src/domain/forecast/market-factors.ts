/** An outside index of a category's market on a day. */
export interface MarketEntry {
  /** Number of the day (`dayIndexOf`). */
  readonly day: number;
  /** Demand relative to an ordinary day, > 0. */
  readonly factor: number;
}

/** Indices come monthly at the rarest: what an older entry said has long become part of the level. */
export const marketHoldDays = 31;

/**
 * Factors of the coming days. A day without an entry keeps the one before; the newest past entry holds for 31 days.
 *
 * @param entries - of one category, ascending by day; older ones than that may be among them
 * @param nextDay - number of the first coming day
 * @returns one factor per coming day up to the last entry, which holds on; empty = nothing is known
 * @see `ForecastItemInput.marketFactors`
 * @example
 * // a tenth more since yesterday, a fifth more from the day after tomorrow on
 * toMarketFactors([{ day: 99, factor: 1.1 }, { day: 102, factor: 1.2 }], 100) // [1.1, 1.1, 1.2]
 */
export function toMarketFactors(entries: readonly MarketEntry[], nextDay: number): number[] {
  const factors: number[] = [];
  let current = 1;
  for (const { day, factor } of entries) {
    const h = day - nextDay;
    if (h < -marketHoldDays) continue;
    while (factors.length < h) factors.push(current);
    current = factor;
    if (h >= 0) factors[h] = current;
  }
  return factors.length === 0 && current !== 1 ? [current] : factors;
}
