import { assertNever } from '../../shared/errors.ts';
import { normalLoss, normalQuantile, normalUpperTail } from '../normal.ts';
import { gammaCdf, gammaQuantile } from './gamma.ts';
import { countCdfAndLoss, fillCountQuantiles } from './negative-binomial.ts';

/**
 * A demand distribution as plain data: small, JSON-safe, and enough to recompute every value later, also
 * outside Shuiwei. Quantities in units.
 *
 * - `count`: negative binomial with variance mean + dispersion · mean²; dispersion 0 is Poisson
 * - `gamma`: for fast or fractional items; variance > 0
 * - `normal`: cut at 0 (a negative draw counts as 0)
 * - `empirical`: `values` ascending with their `weights` (sum 1); `whole` when all values are whole units
 * - `mixture`: each part holds with the same probability
 */
export type StoredDistribution =
  | { kind: 'count'; mean: number; dispersion: number }
  | { kind: 'gamma'; mean: number; variance: number }
  | { kind: 'normal'; mean: number; sd: number }
  | { kind: 'empirical'; values: readonly number[]; weights: readonly number[]; whole: boolean }
  | { kind: 'mixture'; parts: readonly StoredDistribution[] };

/**
 * What may be asked over an interval, with its probabilities. Quantile, cdf and expected loss come from one
 * and the same distribution, so that a risk and the stock bought against it never disagree.
 */
export interface DemandDistribution {
  /** Expected units. */
  readonly mean: number;
  /** Smallest demand whose cumulative probability reaches p; p strictly between 0 and 1. Rises with p. */
  quantile(p: number): number;
  /** Probability that demand is at or below x units, in [0, 1]. */
  cdf(x: number): number;
  /** Expected units of demand above x: what is lost when only x units are there. */
  expectedLoss(x: number): number;
  /** The same distribution as plain data, for storage and explanations. */
  readonly stored: StoredDistribution;
}

/**
 * Makes a stored distribution answer questions.
 *
 * @param stored - as made by this folder or read back from JSON
 * @returns the distribution; its answers depend on `stored` alone
 * @example openDistribution({ kind: 'count', mean: 50, dispersion: 0 }).quantile(0.7955) // 56
 */
export function openDistribution(stored: StoredDistribution): DemandDistribution {
  const quantile = (p: number): number => quantileOf(stored, p);
  const cdf = (x: number): number => cdfOf(stored, x);
  const expectedLoss = (x: number): number => lossOf(stored, x);
  return { mean: meanOf(stored), quantile, cdf, expectedLoss, stored };
}

/** Expected units of a stored distribution. */
export function meanOf(stored: StoredDistribution): number {
  switch (stored.kind) {
    case 'count':
    case 'gamma':
      return stored.mean;
    case 'normal':
      return lossOf(stored, 0);
    case 'empirical':
      return stored.values.reduce((sum, value, i) => sum + value * stored.weights[i]!, 0);
    case 'mixture':
      return stored.parts.reduce((sum, part) => sum + meanOf(part), 0) / stored.parts.length;
    default:
      return assertNever(stored);
  }
}

function cdfOf(stored: StoredDistribution, x: number): number {
  if (x < 0) return 0;
  switch (stored.kind) {
    case 'count':
      return countCdfAndLoss(stored.mean, stored.dispersion, x).cdf;
    case 'gamma': {
      if (!(stored.mean > 0)) return 1;
      const scale = stored.variance / stored.mean;
      return gammaCdf(stored.mean / scale, x / scale);
    }
    case 'normal':
      return stored.sd > 0 ? 1 - normalUpperTail((x - stored.mean) / stored.sd) : Number(x >= stored.mean);
    case 'empirical': {
      let sum = 0;
      for (let i = 0; i < stored.values.length && stored.values[i]! <= x + 1e-9; i++) {
        sum += stored.weights[i]!;
      }
      return Math.min(1, sum);
    }
    case 'mixture':
      return stored.parts.reduce((sum, part) => sum + cdfOf(part, x), 0) / stored.parts.length;
    default:
      return assertNever(stored);
  }
}

function lossOf(stored: StoredDistribution, x: number): number {
  if (x < 0) return lossOf(stored, 0) - x;
  switch (stored.kind) {
    case 'count':
      return countCdfAndLoss(stored.mean, stored.dispersion, x).loss;
    case 'gamma': {
      if (!(stored.mean > 0)) return 0;
      const scale = stored.variance / stored.mean;
      const shape = stored.mean / scale;
      const above = stored.mean * (1 - gammaCdf(shape + 1, x / scale)) - x * (1 - gammaCdf(shape, x / scale));
      return Math.max(0, above);
    }
    case 'normal':
      return stored.sd > 0
        ? stored.sd * normalLoss((x - stored.mean) / stored.sd)
        : Math.max(0, stored.mean - x);
    case 'empirical': {
      let sum = 0;
      for (let i = 0; i < stored.values.length; i++) {
        if (stored.values[i]! > x) sum += (stored.values[i]! - x) * stored.weights[i]!;
      }
      return sum;
    }
    case 'mixture':
      return stored.parts.reduce((sum, part) => sum + lossOf(part, x), 0) / stored.parts.length;
    default:
      return assertNever(stored);
  }
}

const one = new Float64Array(1);

function quantileOf(stored: StoredDistribution, p: number): number {
  switch (stored.kind) {
    case 'count':
      fillCountQuantiles(stored.mean, stored.dispersion, [p], one, 0);
      return one[0]!;
    case 'gamma': {
      if (!(stored.mean > 0)) return 0;
      const scale = stored.variance / stored.mean;
      return gammaQuantile(stored.mean / scale, p) * scale;
    }
    case 'normal':
      return Math.max(0, stored.mean + stored.sd * normalQuantile(p));
    case 'empirical': {
      let sum = 0;
      for (let i = 0; i < stored.values.length; i++) {
        sum += stored.weights[i]!;
        if (sum >= p - 1e-9) return stored.values[i]!;
      }
      return stored.values.at(-1) ?? 0;
    }
    case 'mixture':
      return mixtureQuantile(stored, p);
    default:
      return assertNever(stored);
  }
}

function mixtureQuantile(stored: StoredDistribution & { kind: 'mixture' }, p: number): number {
  // The mixture's quantile lies between those of its parts: at the lowest the average cdf is at most p.
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (const part of stored.parts) {
    const q = quantileOf(part, p);
    low = Math.min(low, q);
    high = Math.max(high, q);
  }
  if (low >= high || cdfOf(stored, low) >= p - 1e-12) return low;
  const whole = isWhole(stored);
  // Far below the six places that explanations show, so that anybody who recomputes gets the same ones.
  const width = whole ? 1 : Math.max(1e-13, high * 1e-13);
  while (high - low > width) {
    const middle = whole ? Math.floor((low + high) / 2) : (low + high) / 2;
    if (cdfOf(stored, middle) >= p - 1e-12) high = middle;
    else low = middle;
  }
  return high;
}

/** Whether demand comes in whole units only. */
export function isWhole(stored: StoredDistribution): boolean {
  if (stored.kind === 'mixture') return stored.parts.every(isWhole);
  return stored.kind === 'count' || (stored.kind === 'empirical' && stored.whole);
}
