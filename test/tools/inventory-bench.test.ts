import { describe, expect, it } from 'vitest';
import { fitAdditiveEts, forecastEtsPeriods, forecastEtsSum } from '../../src/tools/additive-ets.ts';
import { replayOrderUpTo, stockAtFill } from '../../src/tools/inventory-replay.ts';
import { minimize } from '../../src/tools/nelder-mead.ts';
import { uniforms } from '../domain/forecast/window.ts';

describe('minimize', () => {
  it('finds the low point of a bent valley', () => {
    const found = minimize((p) => (1 - p[0]!) ** 2 + 100 * (p[1]! - p[0]! ** 2) ** 2, [-1.2, 1], 0.5, 600);
    expect(found.point[0]).toBeCloseTo(1, 3);
    expect(found.point[1]).toBeCloseTo(1, 3);
  });
});

describe('additive exponential smoothing', () => {
  const draw = uniforms(4);
  const noise = () => (draw() + draw() + draw() - 1.5) * 4;

  it('finds a season where there is one, and none where there is none', () => {
    const flat = Float64Array.from({ length: 400 }, () => 30 + noise());
    const weekly = Float64Array.from({ length: 400 }, (_, t) => 30 + (t % 7 === 5 ? 20 : 0) + noise());
    expect(fitAdditiveEts(flat, 7).hasSeason).toBe(false);
    const model = fitAdditiveEts(weekly, 7);
    expect(model.hasSeason).toBe(true);
    expect(forecastEtsSum(model, weekly, 7).mean).toBeCloseTo(230, -1);
  });

  it('spreads a sum of a level-only model by the textbook variance', () => {
    const model = {
      hasTrend: false,
      hasSeason: false,
      alpha: 0.5,
      beta: 0,
      gamma: 0,
      phi: 1,
      season: 7,
      sigma: 2,
      aicc: 0,
    };
    // Three periods: weights 1, 1.5 and 2 of the last to the first innovation.
    expect(forecastEtsSum(model, Float64Array.of(1, 2, 3), 3).sd).toBeCloseTo(
      2 * Math.sqrt(1 + 2.25 + 4),
      12,
    );
    // Each period by itself: 1, then a half of every earlier innovation.
    const periods = forecastEtsPeriods(model, Float64Array.of(1, 2, 3), 3);
    periods.forEach(({ sd }, i) => {
      expect(sd ** 2).toBeCloseTo(4 + i, 12);
    });
    const sum = periods.reduce((total, { mean }) => total + mean, 0);
    expect(sum).toBeCloseTo(forecastEtsSum(model, Float64Array.of(1, 2, 3), 3).mean, 12);
  });
});

describe('inventory replay', () => {
  const rules = { lead: 7, review: 7, warmUp: 14 };

  it('sells everything from a high level, and keeps the books', () => {
    const result = replayOrderUpTo(new Float64Array(70).fill(2), new Float64Array(10).fill(40), rules);
    expect(result).toMatchObject({ demand: 112, sold: 112, days: 56 });
    // Up to 40 for 14 days of 2: from 26 down to 12 after each review's delivery, at the end of the day.
    expect(result.stockDays / result.days).toBeCloseTo(18, 6);
  });

  it('loses what is not there', () => {
    const result = replayOrderUpTo(new Float64Array(70).fill(2), new Float64Array(10).fill(14), rules);
    expect(result.sold / result.demand).toBeCloseTo(0.5, 6);
  });

  it('reads the stock for a fill rate between two targets', () => {
    const sweep = [
      { target: 0.9, fill: 0.96, stock: 20 },
      { target: 0.95, fill: 0.98, stock: 24 },
    ];
    expect(stockAtFill(sweep, 0.97)).toBeCloseTo(22, 12);
    expect(stockAtFill(sweep, 0.99)).toBeNull();
  });
});
