import { normalCdf, normalQuantile } from '../normal.ts';

const logSqrtTwoPi = 0.9189385332046727;
const iterationsMax = 10_000;
/** Above this shape the gamma bell is so near the cube-root normal that iterating brings no digit that matters. */
const largeShape = 1e5;

/**
 * Natural logarithm of the gamma function.
 *
 * @param x - positive number
 * @returns ln Γ(x), relative error below 1e-12
 * @see Stirling's series after raising x to at least 10 by Γ(x+1) = x·Γ(x)
 * @example logGamma(5) // 3.1780538303 = ln 24
 */
export function logGamma(x: number): number {
  let shift = 0;
  let a = x;
  while (a < 10) {
    shift += Math.log(a);
    a += 1;
  }
  const i = 1 / (a * a);
  const series = (1 / 12 - i * (1 / 360 - i * (1 / 1260 - i * (1 / 1680 - i / 1188)))) / a;
  return (a - 0.5) * Math.log(a) - a + logSqrtTwoPi + series - shift;
}

/**
 * Probability that a gamma value with the given shape and scale 1 is at or below x.
 *
 * @param shape - positive
 * @param x - any number; at or below 0 the answer is 0
 * @returns probability in [0, 1]
 * @see regularized lower incomplete gamma function: power series left of the mean, Legendre's continued
 *   fraction (evaluated after Lentz) right of it
 * @example gammaCdf(2, 9.487729 * 0.5) // 0.95
 */
export function gammaCdf(shape: number, x: number): number {
  if (!(x > 0)) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  if (shape > largeShape) {
    return normalCdf(((x / shape) ** (1 / 3) - 1 + 1 / (9 * shape)) * 3 * Math.sqrt(shape));
  }
  const front = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  if (x < shape + 1) {
    let term = 1 / shape;
    let sum = term;
    for (let k = 1; k < iterationsMax && term > sum * 1e-15; k++) {
      term *= x / (shape + k);
      sum += term;
    }
    return Math.min(1, front * sum);
  }
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let k = 1; k < iterationsMax; k++) {
    const a = -k * (k - shape);
    b += 2;
    d = 1 / (a * d + b);
    c = b + a / c;
    const factor = c * d;
    h *= factor;
    if (Math.abs(factor - 1) < 1e-14) break;
  }
  return Math.max(0, 1 - front * h);
}

/**
 * The x at or below which a gamma value with the given shape and scale 1 falls with probability p.
 *
 * @param shape - positive
 * @param p - probability, strictly between 0 and 1
 * @returns value ≥ 0, relative error below 1e-9
 * @throws AppError `invalid_input` if p is not strictly between 0 and 1
 * @see start from the Wilson–Hilferty cube-root normal, then Newton steps in ln x kept inside a bracket
 * @example gammaQuantile(2, 0.95) // 4.743865 (half of the chi-square table's 9.4877 at 4 degrees)
 */
export function gammaQuantile(shape: number, p: number): number {
  const z = normalQuantile(p);
  const cubeRoot = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  let x = shape * cubeRoot ** 3;
  if (shape > largeShape) return x;
  // Left of the bell the cdf is a plain power of x: exact for small shapes, where the cube root fails.
  if (shape < 0.5 || !(cubeRoot > 0.05)) x = Math.exp((Math.log(p) + logGamma(shape + 1)) / shape);
  if (!(x > 0)) return 0;
  const logNorm = logGamma(shape);
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  let u = Math.log(x);
  for (let step = 0; step < 80; step++) {
    x = Math.exp(u);
    const excess = gammaCdf(shape, x) - p;
    if (excess > 0) high = u;
    else low = u;
    // Newton in ln x: the slope of the cdf there is density · x.
    let next = u - excess / Math.exp(shape * u - x - logNorm);
    if (!(next > low && next < high)) {
      const isOpen = low === Number.NEGATIVE_INFINITY || high === Number.POSITIVE_INFINITY;
      next = isOpen ? u - Math.sign(excess) : 0.5 * (low + high);
    }
    const isDone = Math.abs(next - u) <= 1e-11 || u < -650;
    u = next;
    if (isDone) break;
  }
  return Math.exp(u);
}
