import { assertNever } from '../../shared/errors.ts';
import { meanOf, type StoredDistribution } from '../forecast/demand-distribution.ts';

/**
 * Variance of a stored demand distribution.
 *
 * @param stored - see `StoredDistribution`; a normal is taken uncut, since the cut at 0 hardly narrows it
 * @returns units², ≥ 0
 * @see mean of squares minus square of mean; for a mixture by the law of total variance
 * @example varianceOf({ kind: 'count', mean: 10, dispersion: 0.2 }) // 10 + 0.2 · 100 = 30
 */
export function varianceOf(stored: StoredDistribution): number {
  switch (stored.kind) {
    case 'count':
      return stored.mean + stored.dispersion * stored.mean * stored.mean;
    case 'gamma':
      return stored.variance;
    case 'normal':
      return stored.sd * stored.sd;
    case 'empirical': {
      const mean = meanOf(stored);
      return stored.values.reduce((sum, value, i) => sum + stored.weights[i]! * (value - mean) ** 2, 0);
    }
    case 'mixture': {
      const mean = meanOf(stored);
      const total = stored.parts.reduce(
        (sum, part) => sum + varianceOf(part) + (meanOf(part) - mean) ** 2,
        0,
      );
      return total / stored.parts.length;
    }
    default:
      return assertNever(stored);
  }
}
