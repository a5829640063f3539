import { expect, test } from 'vitest';
import { fitCountRegression, predictCount } from '../../../../src/domain/plan/panel/count-regression.ts';
import { fitCountTrees, predictTreeCount } from '../../../../src/domain/plan/panel/count-trees.ts';
import { computePanelFeatures, featureCount } from '../../../../src/domain/plan/panel/panel-features.ts';
import { makePanelForecaster } from '../../../../src/domain/plan/panel/panel-forecast.ts';
import { makeLostSalesPolicy, replayPanel } from '../../../../src/domain/plan/panel/panel-policy.ts';
import { headOfPanel, makePanel, type SalesPanel } from '../../../../src/domain/plan/panel/sales-panel.ts';
import {
  computeSeasonalAverage,
  makeCoverPolicy,
} from '../../../../src/domain/plan/panel/seasonal-average.ts';
import { computeSeasonalIndex } from '../../../../src/domain/plan/panel/seasonal-index.ts';

/** Repeatable numbers in [0, 1): a small linear congruential generator, constants of Numerical Recipes. */
function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Items of rate 1 … 8 a week, twice as much in ISO weeks 20 to 29; some weeks out of stock. */
function seasonalPanel(seriesCount: number, weeks: number, seed = 1): SalesPanel {
  const random = makeRandom(seed);
  const rows = Array.from({ length: seriesCount }, (_, s) => {
    const rate = 1 + (s % 8);
    const inStock = Array.from({ length: weeks }, () => random() > 0.03);
    const sales = inStock.map((isThere, t) => {
      const week = (t % 52) + 1;
      const mean = rate * (week >= 20 && week < 30 ? 2 : 1);
      // The sum of many small chances: near Poisson, whole, repeatable.
      let units = 0;
      for (let k = 0; k < 20; k++) if (random() < mean / 20) units += 1;
      return isThere ? units : 0;
    });
    return { location: `l${s % 4}`, item: `i${s % 10}`, sales, inStock };
  });
  return makePanel(rows, '2021-01-04', 'week');
}

test('weeks are numbered by ISO 8601, the 53rd as the 52nd', () => {
  const panel = makePanel(
    [{ location: 'a', item: 'x', sales: [1, 0], inStock: [true, true] }],
    '2024-04-08',
    'week',
  );
  expect(panel.seasonOf(0)).toBe(14);
  const late = makePanel(
    [{ location: 'a', item: 'x', sales: [1, 0], inStock: [true, true] }],
    '2020-12-28',
    'week',
  );
  expect([late.seasonOf(0), late.seasonOf(1)]).toEqual([51, 0]);
  const months = makePanel(
    [{ location: 'a', item: 'x', sales: [1, 0], inStock: [true, true] }],
    '2024-12-01',
    'month',
  );
  expect([months.seasonOf(0), months.seasonOf(1), months.cycle]).toEqual([11, 0, 12]);
});

test('refuses rows of unequal length and empty panels', () => {
  const row = { location: 'a', item: 'x', sales: [1, 2], inStock: [true, true] };
  expect(() => makePanel([], null, 'week')).toThrow(/at least one series/);
  expect(() => makePanel([row, { ...row, item: 'y', sales: [1] }], null, 'week')).toThrow(/a, y/);
});

test('finds the season of a panel and ignores it without dates', () => {
  const panel = seasonalPanel(40, 130);
  const index = computeSeasonalIndex(panel, 129);
  // Ten of 52 weeks sell double: 62/52 = 1.19 on average, so high weeks are near 1.68 and low ones near 0.84.
  expect(index[24]).toBeGreaterThan(1.4);
  expect(index[24]).toBeLessThan(2);
  expect(index[45]).toBeGreaterThan(0.7);
  expect(index[45]).toBeLessThan(1);
  const dateless = { ...panel, cycle: 1, seasonOf: () => 0 };
  expect(computeSeasonalIndex(dateless, 129)[0]).toBe(1);
});

test('the regression finds a mean and reads it back', () => {
  const rows = {
    count: 2,
    width: 1,
    features: new Float64Array([1, 1]),
    offsets: new Float64Array(2),
    counts: new Float64Array([2, 4]),
  };
  const coefficients = fitCountRegression(rows, 0, 1e-9);
  expect(coefficients[0]).toBeCloseTo(Math.log(3), 6);
  expect(predictCount(0, new Float64Array([1]), 0, coefficients)).toBeCloseTo(3, 6);
});

test('trees find out on what counts depend, and answer the same every time', () => {
  const count = 4_000;
  const features = Float64Array.from({ length: 2 * count }, (_, i) =>
    i % 2 === 0 ? (i / 2) % 2 : (i * 7) % 11,
  );
  const counts = Float64Array.from({ length: count }, (_, i) => (i % 2 === 1 ? 8 : 2) + ((i >> 1) % 3) - 1);
  const rows = { count, width: 2, features, offsets: new Float64Array(count), counts };
  const trees = fitCountTrees(rows);
  const answer = (feature: number) => predictTreeCount(trees, 0, new Float64Array([feature, 5]), 0);
  expect(answer(0)).toBeGreaterThan(1.8);
  expect(answer(0)).toBeLessThan(2.2);
  expect(answer(1)).toBeGreaterThan(7.2);
  expect(answer(1)).toBeLessThan(8.2);
  expect(fitCountTrees(rows)).toEqual(trees);
  expect(predictTreeCount([], Math.log(3), features, 0)).toBeCloseTo(3, 12);
});

test('forecasts follow rate and season', () => {
  const panel = seasonalPanel(60, 130);
  expect(computePanelFeatures(panel, 100, 3).values).toHaveLength(60 * featureCount);
  const means = makePanelForecaster(panel, 3).meansAt(121);
  expect(means).toHaveLength(180);
  // Origin 121 is in week 18: weeks 19, 20, 21 follow, of which two are high.
  const rate8 = Array.from({ length: 60 }, (_, s) => s).filter((s) => s % 8 === 7);
  const mean = (h: number): number =>
    rate8.reduce((sum, s) => sum + means[(h - 1) * 60 + s]!, 0) / rate8.length;
  expect(mean(1)).toBeGreaterThan(6.5);
  expect(mean(1)).toBeLessThan(10.5);
  expect(mean(3)).toBeGreaterThan(12);
  expect(mean(3)).toBeLessThan(19);
});

test('every series of a large panel is learnt from', () => {
  // So many that every second row is used; what sold is unknown of all series with an odd place, then of the others.
  const [count, weeks] = [2_400, 60];
  const panel = seasonalPanel(count, weeks);
  for (const parity of [0, 1]) {
    const inStock = panel.inStock.map((isThere, at) =>
      Math.floor(at / weeks) % 2 === parity && at % weeks > 56 ? 0 : isThere,
    );
    const known = { ...panel, inStock };
    const { logLevel, logSeason } = computePanelFeatures(known, weeks - 1, 1);
    const plain = logLevel.map((level, s) => Math.exp(level + logSeason[s]!));
    expect(makePanelForecaster(known, 1).meansAt(weeks - 1)).not.toEqual(plain);
  }
});

test('corrupting the future leaves forecasts and orders of the past unchanged', () => {
  // Enough series for the trees to grow, too.
  const count = 80;
  const panel = seasonalPanel(count, 120);
  const origin = 110;
  const spoiled = { ...panel, sales: panel.sales.slice(), inStock: panel.inStock.slice() };
  for (let s = 0; s < count; s++) {
    spoiled.sales.fill(999, s * 120 + origin + 1, (s + 1) * 120);
    spoiled.inStock.fill(0, s * 120 + origin + 1, (s + 1) * 120);
  }
  const meansOf = (given: SalesPanel): number[] => [...makePanelForecaster(given, 3).meansAt(origin)];
  expect(meansOf(spoiled)).toEqual(meansOf(panel));
  expect(meansOf(headOfPanel(panel, origin + 1))).toEqual(meansOf(panel));
  expect([...computeSeasonalAverage(spoiled, origin, 3)]).toEqual([
    ...computeSeasonalAverage(panel, origin, 3),
  ]);
});

test('refuses origins outside the panel', () => {
  const forecaster = makePanelForecaster(seasonalPanel(2, 10), 3);
  expect(() => forecaster.meansAt(10)).toThrow(/no period 10/);
  expect(forecaster.meansAt(9).every((mean) => mean > 0 && Number.isFinite(mean))).toBe(true);
});

test('costs about what the cover that turns out best costs, and far less than its neighbours, in a seasonal world', () => {
  const panel = seasonalPanel(60, 130);
  const costs = { holding: 0.2, shortage: 1 };
  const states = Array.from({ length: 60 }, (_, s) => ({ onHand: 1 + (s % 8), inTransit: [4, 4] }));
  const replay = {
    ...{ panel, origin: 117, periods: 12, warmUp: 2, orderRounds: 10, reviewPeriods: 1, costs, states },
  };
  const ours = makeLostSalesPolicy(makePanelForecaster(panel, 3), 60, 3, costs, 1);
  const cost = replayPanel(replay, ours).total.cost;
  const costOf = (cover: number) => replayPanel(replay, makeCoverPolicy(panel, cover)).total.cost;
  expect(cost).toBeLessThan(1.05 * costOf(3));
  for (const cover of [2, 4]) expect(cost).toBeLessThan(0.75 * costOf(cover));
});

test('the plain average of a constant panel is the constant', () => {
  const rows = [{ location: 'a', item: 'x', sales: Array(30).fill(4), inStock: Array(30).fill(true) }];
  const panel = makePanel(rows, null, 'week');
  expect(computeSeasonalAverage(panel, 20, 1)[0]).toBe(4);
  expect(makeCoverPolicy(panel, 2.5)(20, 0, { onHand: 3, inTransit: [1] })).toBe(6);
});
