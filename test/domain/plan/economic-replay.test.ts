import { expect, test } from 'vitest';
import { neutralGroupFactors } from '../../../src/domain/forecast/group-factors.ts';
import { replayServiceLevels } from '../../../src/domain/plan/economic-replay.ts';
import { chooseCheapestLevel, economicLevels } from '../../../src/domain/plan/economic-service-level.ts';
import { type LevelForecastInput, openLevelPast } from '../../../src/domain/plan/level-forecast.ts';

/** Units a day that look like chance and never change. */
function sales(length: number, from = 0): Float64Array {
  return Float64Array.from({ length }, (_, t) => [2, 0, 5, 1, 3, 0, 1, 4, 2, 2, 0][((t + from) * 7) % 11]!);
}

function inputOf(units: Float64Array): LevelForecastInput {
  return {
    history: { firstDay: 20_000, units, outShares: new Float64Array(units.length) },
    ...{ isWhole: true, group: neutralGroupFactors(7), newItemLevel: null, priorDispersion: null },
    ...{ shelf: 'IN_STOCK', promotions: [], overrides: [], marketFactors: [], protectionDays: 8 },
  };
}

const facts = {
  leadTime: { origin: 'OVERRIDE' as const, meanDays: 7, sdDays: 0, observedDays: [] },
  ...{ reviewDays: 1, unitCost: '3', unitPrice: '9', isWhole: true },
};

test('a higher level holds more and loses less; dear goods ask for a lower one', () => {
  const results = replayServiceLevels(inputOf(sales(300)), facts)!;
  expect(results).toHaveLength(economicLevels.length);
  for (let k = 1; k < results.length; k++) {
    expect(results[k]!.lostUnits).toBeLessThanOrEqual(results[k - 1]!.lostUnits);
    expect(results[k]!.stockUnitPeriods).toBeGreaterThanOrEqual(results[k - 1]!.stockUnitPeriods);
  }
  const levelOf = (prices: { unitCost: string; unitPrice: string }) =>
    chooseCheapestLevel(
      replayServiceLevels(inputOf(sales(300)), { ...facts, ...prices })!.map((result, k) => ({
        ...{ level: economicLevels[k]!, result },
      })),
    ).level!;
  const dear = levelOf({ unitCost: '900', unitPrice: '901' });
  const cheap = levelOf({ unitCost: '1', unitPrice: '50' });
  expect(dear).toBeLessThan(cheap);
});

test('nothing to judge by: too short, never sold, no cost, no margin', () => {
  expect(replayServiceLevels(inputOf(sales(265)), facts)).toBeNull();
  expect(replayServiceLevels(inputOf(new Float64Array(300)), facts)).toBeNull();
  expect(replayServiceLevels(inputOf(sales(300)), { ...facts, unitCost: null })).toBeNull();
  expect(replayServiceLevels(inputOf(sales(300)), { ...facts, unitPrice: '3' })).toBeNull();
});

test('a forecast of then knows nothing of the days after it', () => {
  const units = sales(300);
  const changed = Float64Array.from(units, (sold, t) => (t >= 200 ? 50 : sold));
  const forecastOf = (past: Float64Array) => openLevelPast(inputOf(past)).forecastAfter(200);
  expect(forecastOf(changed)).toEqual(forecastOf(units));
  expect(openLevelPast(inputOf(changed)).forecastAfter(230)).not.toEqual(
    openLevelPast(inputOf(units)).forecastAfter(230),
  );
});
