import { describe, expect, it } from 'vitest';
import { chooseMethod } from '../../../src/domain/forecast/choose-method.ts';
import { computeDailyDispersion } from '../../../src/domain/forecast/daily-dispersion.ts';
import { fitMethod } from '../../../src/domain/forecast/fit-method.ts';
import { fitLevels, forecastMethods } from '../../../src/domain/forecast/fitted-method.ts';
import { grainOf } from '../../../src/domain/forecast/grain.ts';
import { computeGroupFactors } from '../../../src/domain/forecast/group-factors.ts';
import { computeSba, computeTsb } from '../../../src/domain/forecast/intermittent.ts';
import { computeLevelMix, smoothedLevels } from '../../../src/domain/forecast/level-mix.ts';
import { computeMovingAverage } from '../../../src/domain/forecast/moving-average.ts';
import { fitSeasonalNaive } from '../../../src/domain/forecast/seasonal-naive.ts';
import { computeExponentialSmoothing } from '../../../src/domain/forecast/simple-exponential-smoothing.ts';
import { unitNoise } from '../../../src/domain/forecast/unit-noise.ts';
import { poisson, uniforms, windowOf } from './window.ts';

/** Million tonnes a year, 1996 to 2013, as printed with the book's data package. */
const saudiOil = [
  445.36, 453.2, 454.41, 422.38, 456.04, 440.39, 425.19, 486.21, 500.43, 521.28, 508.95, 488.89, 509.87,
  456.72, 473.82, 525.95, 549.83, 542.32,
];

describe('named methods', () => {
  it('simple exponential smoothing finds the forecast of the textbook (FPP2, section 7.1)', () => {
    const levels = computeExponentialSmoothing(windowOf(saudiOil));
    expect(levels.level).toBeCloseTo(542.68, 1);
    expect(levels.weights[0]).toBeCloseTo(0.834, 2);
  });

  it('TSB fades while SBA goes on', () => {
    expect(computeTsb(windowOf([2, 0, 0])).level).toBeCloseTo(1.805, 12);
    expect(computeSba(windowOf([2, 2, 2])).level).toBeCloseTo(1.9, 12);
    const dying = [2, 0, 3, 1, 0, 2, ...new Array<number>(200).fill(0)];
    expect(computeTsb(windowOf(dying)).level).toBeLessThan(0.001);
    expect(computeSba(windowOf(dying)).level).toBeGreaterThan(0.5);
  });

  it('moving average passes over missing days', () => {
    expect(computeMovingAverage(windowOf([1, 2, 3, 4]), 2).level).toBe(3.5);
    expect(computeMovingAverage(windowOf([1, 2, Number.NaN, 4]), 3).level).toBe(3);
  });

  it('seasonal naive repeats the last season, also in its replayed sums', () => {
    const fitted = fitSeasonalNaive(windowOf([5, 1, 2]), 2);
    expect([...fitted.means.subarray(0, 4)]).toEqual([1, 2, 1, 2]);
    const weekly = fitSeasonalNaive(windowOf([1, 2, 3, 1, 2, 3, 1, 2, 3]), 3);
    expect(weekly.sumAt(2, 3)).toBeCloseTo(6, 12);
    expect(weekly.sumAt(2, 4)).toBeCloseTo(7, 12);
  });

  it('a level times factors sums over known days only', () => {
    const window = windowOf([2, Number.NaN, 2, 2]);
    const fitted = fitLevels('MOVING_AVERAGE', window, computeMovingAverage(window, 28));
    expect(fitted.means[0]).toBe(2);
    expect(fitted.sumAt(0, 3)).toBe(4);
  });

  it('every name can be fitted', () => {
    const window = windowOf([3, 0, 1, 4, 0, 2, 2, 1, 0, 3, 1, 1]);
    for (const method of forecastMethods) {
      const fitted = fitMethod(method, window, window, grainOf(7));
      expect(fitted.method).toBe(method);
      expect(fitted.means.every((mean) => mean >= 0)).toBe(true);
    }
  });
});

describe('level mix', () => {
  it('keeps a steady level whatever the rates', () => {
    const mix = computeLevelMix(windowOf([2, 2, 2, 2]), grainOf(7));
    expect(mix.level).toBeCloseTo(2, 12);
    expect(mix.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
  });

  it('smooths units over factors, so the beginning needs no guess', () => {
    const levels = smoothedLevels(windowOf([4, 2]), 0.5);
    expect(levels[0]).toBe(4);
    expect(levels[1]).toBeCloseTo(8 / 3, 12);
  });

  it('prefers fast levels after a jump and slow ones in noise', () => {
    const draw = uniforms(3);
    const noise = Array.from({ length: 400 }, () => poisson(3, draw));
    const slow = computeLevelMix(windowOf(noise), grainOf(7)).weights;
    const walk = [20];
    for (let t = 1; t < 400; t++) walk.push(Math.max(1, walk[t - 1]! + Math.round((draw() - 0.5) * 16)));
    const fast = computeLevelMix(windowOf(walk), grainOf(7)).weights;
    expect(slow[0]! + slow[1]!).toBeGreaterThan(slow[3]! + slow[4]!);
    expect(fast[3]! + fast[4]!).toBeGreaterThan(fast[0]! + fast[1]!);
  });
});

describe('dispersion', () => {
  it('is the prior without history, and near the truth with it', () => {
    expect(computeDailyDispersion(windowOf([]), 0.45)).toBe(0.45);
    const draw = uniforms(11);
    const chance = Array.from({ length: 700 }, () => poisson(6, draw));
    expect(computeDailyDispersion(windowOf(chance), 0.45)).toBeLessThan(0.15);
    // A gamma with shape 1 over the mean makes a geometric count: dispersion 1.
    const geometric = Array.from({ length: 700 }, () => poisson(-6 * Math.log(1 - draw()), draw));
    expect(computeDailyDispersion(windowOf(geometric), 0.45)).toBeGreaterThan(0.6);
  });
});

describe('choice of method', () => {
  it('stays with the default for days', () => {
    const window = windowOf(saudiOil);
    expect(chooseMethod(window, () => window, grainOf(7)).method).toBe('LEVEL_MIX');
  });

  it('takes a simpler method for busy months when rolling origins favour it', () => {
    const grain = grainOf(12);
    const draw = uniforms(5);
    const walk = [1_000];
    for (let t = 1; t < 96; t++) walk.push(Math.max(100, walk[t - 1]! + (draw() - 0.5) * 300));
    const window = windowOf(walk);
    const season = Array.from({ length: 12 }, (_, k) => (k === 0 ? 6.5 : 0.5));
    const wrong = windowOf(walk, {
      season: 12,
      phase: season,
      dayOfMonth: null,
      yearlyLogRatios: [],
      closedDays: [],
      trend: null,
      trendFirstDay: 0,
      units: 0,
    });
    expect(chooseMethod(wrong, () => window, grain).method).toBe('EXPONENTIAL_SMOOTHING');
  });
});

describe('group factors', () => {
  const grain = grainOf(7);

  it('gives each weekday its share', () => {
    const totals = Float64Array.from({ length: 728 }, (_, t) => (t % 7 === 6 ? 8 : 1));
    const { phase } = computeGroupFactors(totals, 0, grain, false, null);
    expect(phase[6]).toBeCloseTo(4, 6);
    expect(phase.reduce((sum, factor) => sum + factor, 0)).toBeCloseTo(7, 6);
  });

  it('draws a small group to its parent', () => {
    const parent = computeGroupFactors(
      Float64Array.from({ length: 728 }, (_, t) => (t % 7 === 6 ? 80 : 10)),
      0,
      grain,
      false,
      null,
    );
    const small = new Float64Array(728);
    small[3] = 5;
    const factors = computeGroupFactors(small, 0, grain, false, parent);
    expect(factors.phase[6]).toBeCloseTo(parent.phase[6]!, 1);
  });

  it('finds closed weekdays and holidays, and no factor is NaN', () => {
    const totals = Float64Array.from({ length: 400 }, (_, t) => (t % 7 === 2 ? 0 : 100));
    totals[357] = 0;
    const factors = computeGroupFactors(totals, 0, grain, false, null);
    expect(factors.phase[2]).toBe(0);
    expect(factors.closedDays).toEqual([357]);
    const window = windowOf([...totals], factors);
    expect(computeLevelMix(window, grain).level).toBeCloseTo(85.7, 0);
    expect(window.factors[window.values.length + ((2 + 7 * 60 - 400) % 7)]).toBe(0);
  });

  it('measures noise on differences a season apart', () => {
    expect(unitNoise(Float64Array.of(1, 3), 1, 2)).toBe(1);
    expect(unitNoise(Float64Array.of(1), 7, 2)).toBe(1);
  });
});
