import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  openDistribution,
  type StoredDistribution,
} from '../../../src/domain/forecast/demand-distribution.ts';
import { gammaCdf, gammaQuantile, logGamma } from '../../../src/domain/forecast/gamma.ts';
import { errorWeights } from '../../../src/domain/forecast/interval-errors.ts';
import {
  countCdfAndLoss,
  expectedCountAtLeast,
  fillCountQuantiles,
} from '../../../src/domain/forecast/negative-binomial.ts';

describe('gamma', () => {
  it('keeps its documented examples', () => {
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 12);
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 12);
    // gamma(2, rate 0.5) at 0.95 is 9.487729, the chi-square table's value at 4 degrees of freedom.
    expect(gammaCdf(2, 9.487729 * 0.5)).toBeCloseTo(0.95, 8);
    expect(gammaQuantile(2, 0.95) * 2).toBeCloseTo(9.487729, 6);
  });

  it('inverts itself for small and large shapes', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -2, max: 4, noNaN: true }),
        fc.double({ min: 0.005, max: 0.999, noNaN: true }),
        (logShape, p) => {
          const shape = 10 ** logShape;
          const x = gammaQuantile(shape, p);
          if (x > 1e-200) expect(gammaCdf(shape, x)).toBeCloseTo(p, 6);
        },
      ),
    );
  });
});

describe('counts', () => {
  it('gives the negative binomial quantile of the tables', () => {
    const out = new Float64Array(1);
    fillCountQuantiles(16, 0.25, [0.95], out, 0);
    expect(out[0]).toBe(33);
  });

  it('keeps its documented examples', () => {
    expect(countCdfAndLoss(50, 0, 56).cdf).toBeCloseTo(0.8221, 4);
    expect(expectedCountAtLeast(2, 0, 2)).toBeCloseTo(2.9114, 4);
    expect(expectedCountAtLeast(0, 0.5, 3)).toBe(3);
  });

  it('loses the mean at 0 and one unit less per unit far below', () => {
    expect(countCdfAndLoss(7, 0.3, 0).loss).toBeCloseTo(7, 12);
    expect(countCdfAndLoss(7, 0.3, -2)).toEqual({ cdf: 0, loss: 9 });
    expect(countCdfAndLoss(0, 0.3, 0)).toEqual({ cdf: 1, loss: 0 });
  });
});

/** Newsvendor cost of stocking s: holding what is left over, missing what is short. */
function newsvendorCost(stored: StoredDistribution, s: number, holding: number, shortage: number): number {
  const demand = openDistribution(stored);
  const short = demand.expectedLoss(s);
  return holding * (s - demand.mean + short) + shortage * short;
}

describe('golden numbers of stockpyl (github LarrySnyder/stockpyl)', () => {
  it('newsvendor with normal demand', () => {
    const stored: StoredDistribution = { kind: 'normal', mean: 50, sd: 8 };
    const s = openDistribution(stored).quantile(0.7 / 0.88);
    expect(s).toBeCloseTo(56.60395592743389, 8);
    expect(newsvendorCost(stored, s, 0.18, 0.7)).toBeCloseTo(1.9976051931766445, 8);
  });

  it('newsvendor with Poisson demand', () => {
    const fifty: StoredDistribution = { kind: 'count', mean: 50, dispersion: 0 };
    expect(openDistribution(fifty).quantile(0.7 / 0.88)).toBe(56);
    expect(newsvendorCost(fifty, 56, 0.18, 0.7)).toBeCloseTo(1.797235211809178, 10);
    const six: StoredDistribution = { kind: 'count', mean: 6, dispersion: 0 };
    expect(openDistribution(six).quantile(4 / 5)).toBe(8);
    expect(newsvendorCost(six, 8, 1, 4)).toBeCloseTo(3.5701069457709416, 10);
  });
});

const positive = fc.double({ min: 0.01, max: 200, noNaN: true });
const anyPart: fc.Arbitrary<StoredDistribution> = fc.oneof(
  fc.record({
    kind: fc.constant('count' as const),
    mean: positive,
    dispersion: fc.double({ min: 0, max: 5, noNaN: true }),
  }),
  fc.record({ kind: fc.constant('gamma' as const), mean: positive, variance: positive }),
  fc.record({ kind: fc.constant('normal' as const), mean: positive, sd: positive }),
  fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 32, maxLength: 32 }).map((values) => ({
    kind: 'empirical' as const,
    values: values.sort((a, b) => a - b),
    weights: errorWeights,
    whole: true,
  })),
);
const anyDistribution: fc.Arbitrary<StoredDistribution> = fc.oneof(
  anyPart,
  fc.tuple(anyPart, anyPart).map((parts) => ({ kind: 'mixture' as const, parts })),
);

describe('one distribution object', () => {
  it('has quantile, cdf and expected loss that agree', () => {
    fc.assert(
      fc.property(anyDistribution, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (stored, p) => {
        const demand = openDistribution(stored);
        const q = demand.quantile(p);
        expect(q).toBeGreaterThanOrEqual(0);
        expect(demand.cdf(q * (1 + 1e-9) + 1e-9)).toBeGreaterThanOrEqual(p - 1e-6);
        if (q > 0) expect(demand.cdf(q - Math.max(1e-3, q * 1e-3) - 1)).toBeLessThanOrEqual(p + 1e-6);
        expect(demand.expectedLoss(0)).toBeCloseTo(demand.mean, 5);
      }),
      { numRuns: 300 },
    );
  });

  it('is monotone: quantile in p, cdf in x, loss against x', () => {
    fc.assert(
      fc.property(anyDistribution, positive, positive, (stored, a, b) => {
        const demand = openDistribution(stored);
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(demand.cdf(high)).toBeGreaterThanOrEqual(demand.cdf(low) - 1e-9);
        expect(demand.expectedLoss(high)).toBeLessThanOrEqual(demand.expectedLoss(low) + 1e-9);
        expect(demand.quantile(high / 201)).toBeGreaterThanOrEqual(demand.quantile(low / 201) - 1e-6);
      }),
      { numRuns: 300 },
    );
  });

  it('answers the same after JSON', () => {
    fc.assert(
      fc.property(anyDistribution, positive, (stored, x) => {
        const kept = openDistribution(JSON.parse(JSON.stringify(stored)) as StoredDistribution);
        expect(kept.cdf(x)).toBe(openDistribution(stored).cdf(x));
        expect(kept.quantile(0.95)).toBe(openDistribution(stored).quantile(0.95));
      }),
      { numRuns: 100 },
    );
  });
});
