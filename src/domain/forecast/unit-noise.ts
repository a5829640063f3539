/** Seasonal effects of weeks and months are taken to differ by about this much (squared, relative) between items. */
export const seasonalVariance = 0.02;

/**
 * How noisy a series is: variance over mean. Pure chance gives 1, orders of a dozen at a time 12.
 *
 * Measured on differences one season apart, so that the season itself does not count as noise.
 *
 * @param values - units per period; NaN = not known
 * @param season - periods, ≥ 1
 * @param mean - units per period, > 0
 * @returns units, at least 0.001; 1 when no two known values are a season apart
 * @example unitNoise(Float64Array.of(1, 3), 1, 2) // 1: (3 − 1)² / 2 / 2
 */
export function unitNoise(values: Float64Array, season: number, mean: number): number {
  let sum = 0;
  let pairs = 0;
  for (let t = season; t < values.length; t++) {
    const difference = values[t]! - values[t - season]!;
    if (Number.isNaN(difference)) continue;
    sum += difference * difference;
    pairs += 1;
  }
  return pairs === 0 ? 1 : Math.max(1e-3, sum / pairs / 2 / mean);
}
