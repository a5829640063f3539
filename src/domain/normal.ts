import { AppError } from '../shared/errors.ts';

const inverseSqrtTwoPi = 0.3989422804014327;
/** Beyond this many standard deviations the power series loses digits and the continued fraction takes over. */
const seriesBound = 3;

/**
 * Height of the standard normal bell at z.
 *
 * @param z - standard deviations from the mean, any finite number
 * @returns density per standard deviation
 * @see the definition of the normal density: exp(−z²/2) / √(2π)
 * @example normalDensity(0) // 0.3989422804
 */
export function normalDensity(z: number): number {
  return inverseSqrtTwoPi * Math.exp(-0.5 * z * z);
}

/**
 * Probability that a standard normal value is above z.
 *
 * Exact to about 1e-15 in the middle and to full relative precision in the far tail, so that small risks
 * keep their digits.
 *
 * @param z - standard deviations, any number including ±Infinity
 * @returns probability in [0, 1]
 * @see near the middle the power series of the integral, φ(z)·(z + z³/3 + z⁵/15 + …); in the tail
 *   Laplace's continued fraction φ(z)/(z + 1/(z + 2/(z + 3/…)))
 * @example normalUpperTail(1.6448536269514722) // 0.05
 */
export function normalUpperTail(z: number): number {
  if (z < 0) return 1 - normalUpperTail(-z);
  if (z < seriesBound) {
    let term = z;
    let sum = z;
    for (let k = 3; term > sum * 1e-17; k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 - normalDensity(z) * sum;
  }
  if (z > 38.5) return 0;
  let fraction = 0;
  // So many terms reach full precision: 50 at the bound, half of them further out.
  for (let k = Math.ceil(18 + 288 / (z * z)); k >= 1; k--) fraction = k / (z + fraction);
  return normalDensity(z) / (z + fraction);
}

/**
 * Probability that a standard normal value is at or below z.
 *
 * @param z - standard deviations, any number including ±Infinity
 * @returns probability in [0, 1]
 * @see normalUpperTail, of which this is the mirror image
 * @example normalCdf(1.96) // 0.9750021048517795
 */
export function normalCdf(z: number): number {
  return z > 0 ? 1 - normalUpperTail(z) : normalUpperTail(-z);
}

/**
 * The z below which a share p of standard normal values lies: the "Z" of safety-stock formulas.
 *
 * @param p - probability, strictly between 0 and 1
 * @returns standard deviations; error below 1e-8 for p in [1e-12, 1 − 1e-12]
 * @throws AppError `invalid_input` if p is not strictly between 0 and 1
 * @see a coarse start refined by Halley's step z ← z − r/(1 + z·r/2), with r = (Φ(z) − p)/φ(z)
 * @example normalQuantile(0.95) // 1.6448536269514722
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) {
    throw new AppError('invalid_input', `p must lie strictly between 0 and 1, but is ${p}`);
  }
  if (p > 0.5) return -lowerQuantile(1 - p);
  return lowerQuantile(p);
}

function lowerQuantile(p: number): number {
  // Leading terms of the tail's expansion: z² ≈ 2·ln(1/p) − ln(2π·z²). Four Halley steps (cubic) remove the rest.
  const y = -2 * Math.log(p);
  let z = p > 0.2 ? (p - 0.5) / inverseSqrtTwoPi : -Math.sqrt(Math.max(0.1, y - Math.log(6.2832 * y)));
  for (let step = 0; step < 4; step++) {
    const residual = (normalUpperTail(-z) - p) / normalDensity(z);
    z -= residual / (1 + 0.5 * z * residual);
    if (Math.abs(residual) < 1e-13) break;
  }
  return z;
}

/**
 * Standard normal loss: the expected amount by which a standard normal value exceeds z.
 *
 * @param z - standard deviations
 * @returns standard deviations, ≥ 0
 * @see stockpyl (github LarrySnyder/stockpyl), standard normal loss function: φ(z) − z·(1 − Φ(z))
 * @example normalLoss(1.3) // 0.04552796208651397
 */
export function normalLoss(z: number): number {
  return Math.max(0, normalDensity(z) - z * normalUpperTail(z));
}
