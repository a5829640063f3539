/** Below, the negative binomial is the Poisson to all digits, and dividing by the dispersion would overflow. */
const dispersionMin = 1e-9;
/** Steps a count recursion may take: far above any daily count, and a bound against broken input. */
const stepsMax = 1_000_000;

/**
 * Fills in the probability-sorted quantiles of a count with the given mean and dispersion in one walk.
 *
 * The count's variance is mean + dispersion · mean²; dispersion 0 is the Poisson case. Meant for means up to a
 * few hundred: the walk takes as many steps as the largest quantile.
 *
 * @param mean - expected units, ≥ 0
 * @param dispersion - ≥ 0
 * @param probabilities - ascending, each strictly between 0 and 1
 * @param out - receives the smallest whole number whose cumulative probability reaches each level
 * @param offset - where in `out` to begin
 * @see negative binomial in mean and dispersion form: size r = 1/dispersion, p(k+1) = p(k)·(k+r)/(k+1)·mean/(r+mean)
 * @example
 * // size 4, success probability 0.2: mean 16, dispersion 0.25
 * fillCountQuantiles(16, 0.25, [0.95], out, 0) // out[0] = 33
 */
export function fillCountQuantiles(
  mean: number,
  dispersion: number,
  probabilities: readonly number[],
  out: Float64Array,
  offset: number,
): void {
  const last = probabilities.length;
  if (!(mean > 0)) {
    out.fill(0, offset, offset + last);
    return;
  }
  const { ratio, start, size } = recursionOf(mean, dispersion);
  let k = 0;
  let probability = start;
  let cumulative = start;
  for (let j = 0; j < last; j++) {
    const level = probabilities[j]! - 1e-12;
    while (cumulative < level && k < stepsMax) {
      k += 1;
      probability *= size > 0 ? ((k - 1 + size) / k) * ratio : mean / k;
      cumulative += probability;
      if (probability < 1e-18 && k > mean) break;
    }
    out[offset + j] = k;
  }
}

/**
 * Probability that a count is at or below x, and the expected units above x, in one walk.
 *
 * @param mean - expected units, ≥ 0
 * @param dispersion - ≥ 0; 0 is Poisson
 * @param x - units; below 0 nothing is at or below it
 * @returns `cdf` in [0, 1] and `loss` = E[(D − x)+] in units, exact for fractional x too
 * @see E[(D − x)+] = mean − x + Σ (x − k)·P(D = k) over k < x
 * @example countCdfAndLoss(50, 0, 56).cdf // Poisson: 0.8221
 */
export function countCdfAndLoss(mean: number, dispersion: number, x: number): { cdf: number; loss: number } {
  if (x < 0) return { cdf: 0, loss: mean - x };
  if (!(mean > 0)) return { cdf: 1, loss: 0 };
  const { ratio, start, size } = recursionOf(mean, dispersion);
  const last = Math.min(Math.floor(x + 1e-9), stepsMax);
  let probability = start;
  let cumulative = start;
  let below = x * start;
  for (let k = 1; k <= last; k++) {
    probability *= size > 0 ? ((k - 1 + size) / k) * ratio : mean / k;
    cumulative += probability;
    below += (x - k) * probability;
    if (probability < 1e-18 && k > mean) break;
  }
  return { cdf: Math.min(1, cumulative), loss: Math.max(0, mean - x + below) };
}

/**
 * Expected demand of a day on which the shelf ran empty after `sold` units: what could be sold is only a
 * lower bound of what was asked for.
 *
 * @param mean - expected units of such a day before looking, ≥ 0
 * @param dispersion - ≥ 0
 * @param sold - units sold until the shelf was empty, ≥ 0
 * @returns E[D | D ≥ sold] in units, never below `sold`; `sold` itself when the model finds it impossible
 * @see Agrawal and Smith 1996 (Naval Research Logistics 43:6): negative binomial demand with unobserved lost sales
 * @example expectedCountAtLeast(2, 0, 2) // Poisson: 2.9125
 */
export function expectedCountAtLeast(mean: number, dispersion: number, sold: number): number {
  if (!(mean > 0)) return sold;
  const lowest = Math.ceil(sold - 1e-9);
  const { cdf, loss } = countCdfAndLoss(mean, dispersion, lowest - 1);
  const share = 1 - cdf;
  // E[D | D ≥ s] = (s − 1) + E[(D − (s − 1))+] / P(D > s − 1)
  return share < 1e-9 ? sold : Math.max(sold, lowest - 1 + loss / share);
}

/** Size 0 stands for Poisson. */
function recursionOf(mean: number, dispersion: number): { ratio: number; start: number; size: number } {
  if (!(dispersion > dispersionMin)) return { ratio: 0, start: Math.exp(-mean), size: 0 };
  const size = 1 / dispersion;
  return { ratio: mean / (size + mean), start: Math.exp(-size * Math.log1p(mean / size)), size };
}
