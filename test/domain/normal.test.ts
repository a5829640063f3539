import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  normalCdf,
  normalDensity,
  normalLoss,
  normalQuantile,
  normalUpperTail,
} from '../../src/domain/normal.ts';

describe('normal distribution', () => {
  it('gives the quantiles of published tables to 1e-8', () => {
    const table: [number, number][] = [
      [0.5, 0],
      [0.75, 0.6744897501960817],
      [0.8, 0.8416212335729143],
      [0.9, 1.2815515655446004],
      [0.95, 1.6448536269514722],
      [0.975, 1.959963984540054],
      [0.98, 2.0537489106318225],
      [0.99, 2.3263478740408408],
      [0.995, 2.5758293035489004],
      [0.999, 3.090232306167813],
      [0.9999, 3.719016485455709],
      [1e-9, -5.9978070150076865],
      [1e-12, -7.034483825301132],
    ];
    for (const [p, z] of table) expect(Math.abs(normalQuantile(p) - z), `p = ${p}`).toBeLessThan(1e-8);
  });

  it('keeps its documented examples', () => {
    expect(normalDensity(0)).toBeCloseTo(0.3989422804, 10);
    expect(normalUpperTail(1.6448536269514722)).toBeCloseTo(0.05, 12);
    expect(normalCdf(1.96)).toBeCloseTo(0.9750021048517795, 14);
    expect(normalLoss(1.3)).toBeCloseTo(0.04552796208651397, 14);
  });

  it('keeps relative precision in the far tail', () => {
    // 7.619853024160527e-24 = Φ(−10), from tables of the complementary error function.
    expect(normalUpperTail(10) / 7.619853024160527e-24).toBeCloseTo(1, 10);
    expect(normalUpperTail(Number.POSITIVE_INFINITY)).toBe(0);
    expect(normalUpperTail(Number.NEGATIVE_INFINITY)).toBe(1);
  });

  it('joins the series and the continued fraction without a step', () => {
    expect(normalUpperTail(3 - 1e-12) / normalUpperTail(3)).toBeCloseTo(1, 9);
  });

  it('inverts itself for any probability', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (p) => {
        const back = normalCdf(normalQuantile(p));
        expect(Math.abs(back - p)).toBeLessThan(1e-10 * Math.max(p, 1e-6) + 1e-15);
      }),
    );
  });

  it('refuses what is not a probability strictly between 0 and 1', () => {
    for (const p of [0, 1, -0.1, 1.1, Number.NaN])
      expect(() => normalQuantile(p)).toThrow(/strictly between/);
  });
});
