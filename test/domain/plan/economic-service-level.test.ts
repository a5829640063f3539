import { expect, test } from 'vitest';
import { openDistribution } from '../../../src/domain/forecast/demand-distribution.ts';
import {
  chooseEconomicLevel,
  type EconomicSeries,
  economicLevels,
} from '../../../src/domain/plan/economic-service-level.ts';

/** Repeatable Poisson counts by inversion of a small generator (constants of Numerical Recipes). */
function poissonCounts(mean: number, count: number, seed: number): number[] {
  let state = seed;
  const distribution = openDistribution({ kind: 'count', mean, dispersion: 0 });
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return distribution.quantile((state + 0.5) / 2 ** 32);
  });
}

/** Poisson 3 a period, one lead period, protection of two periods known exactly. */
function series(seed: number): EconomicSeries {
  const protection = openDistribution({ kind: 'count', mean: 6, dispersion: 0 });
  return {
    demand: poissonCounts(3, 60, seed),
    known: null,
    state: { onHand: 3, inTransit: [3] },
    demandBefore: () => protection,
  };
}
const group = [1, 2, 3, 4, 5].map(series);

test('dear stock asks for a low level, dear lost sales for a high one', () => {
  // 6 is the quantile at both 0.5 and 0.6: for the same stock the higher promise is shown.
  expect(chooseEconomicLevel(group, 1, { holding: 5, shortage: 1 }).level).toBe(0.6);
  expect(chooseEconomicLevel(group, 1, { holding: 0.001, shortage: 10 }).level).toBe(0.995);
  const between = chooseEconomicLevel(group, 1, { holding: 0.2, shortage: 1 }).level!;
  expect(between).toBeGreaterThan(0.5);
  expect(between).toBeLessThan(0.995);
});

test('shows all levels: a higher one holds more, loses less and fills more', () => {
  const { outcomes } = chooseEconomicLevel(group, 1, { holding: 0.2, shortage: 1 });
  expect(outcomes.map(({ level }) => level)).toEqual(economicLevels);
  for (let k = 1; k < outcomes.length; k++) {
    expect(outcomes[k]!.result.lostUnits).toBeLessThanOrEqual(outcomes[k - 1]!.result.lostUnits);
    expect(outcomes[k]!.result.stockUnitPeriods).toBeGreaterThanOrEqual(
      outcomes[k - 1]!.result.stockUnitPeriods,
    );
    expect(outcomes[k]!.fillRate!).toBeGreaterThanOrEqual(outcomes[k - 1]!.fillRate!);
  }
});

test('no demand, no level; no levels, no answer', () => {
  const idle = { ...series(1), demand: Array(20).fill(0) };
  expect(chooseEconomicLevel([idle], 1, { holding: 0.2, shortage: 1 }).level).toBeNull();
  expect(() => chooseEconomicLevel([idle], 1, { holding: 0.2, shortage: 1 }, [])).toThrow(/at least one/);
});

test('forecasts are asked for at reviews only, always for the period about to begin', () => {
  const asked: number[] = [];
  const spy = {
    ...series(1),
    demandBefore: (period: number) => {
      asked.push(period);
      return series(1).demandBefore(period);
    },
  };
  chooseEconomicLevel([spy], 2, { holding: 0.2, shortage: 1 }, [0.9]);
  expect(asked).toEqual(Array.from({ length: 30 }, (_, k) => 2 * k));
});
