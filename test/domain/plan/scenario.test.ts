import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeHistoryFigures } from '../../../src/domain/plan/history-figures.ts';
import type { LevelFacts } from '../../../src/domain/plan/level-facts.ts';
import { planLevel, planPortfolioLevel } from '../../../src/domain/plan/level-plan.ts';
import { type PortfolioLevel, startPortfolio } from '../../../src/domain/plan/portfolio.ts';
import {
  applyScenario,
  emptyScenario,
  type Scenario,
  type ScenarioTarget,
  scaleForecast,
} from '../../../src/domain/plan/scenario.ts';
import { runPortfolioJobs, runScenarioJobs } from '../../../src/domain/plan/scenario-job.ts';
import { storedForecast } from './make-forecast.ts';

const plannedDay = 20_000;
const quiet = new Float64Array(90);

function target(changes: Partial<LevelFacts> = {}, perDay = 2): ScenarioTarget {
  const facts: LevelFacts = {
    ...{ plannedDay, isWhole: true, available: '10', onHand: '12' },
    ...{ stockObservedAt: '2026-03-10T00:00:00.000Z', dataAsOf: '2026-03-10T00:00:00.000Z' },
    shipments: [{ dueDay: 3, units: 4 }],
    leadTime: { origin: 'OVERRIDE', meanDays: 6, sdDays: 0, observedDays: [] },
    ...{ reviewDays: 1, serviceLevel: { origin: 'DEFAULT', level: 0.95 }, safetyStockOverride: null },
    ...{ moq: null, unitCost: '3', unitPrice: '9' },
    history: computeHistoryFigures({ units: quiet, meanUnits: quiet, outShares: quiet }, perDay, 1),
    ...changes,
  };
  const { stored } = storedForecast(perDay);
  return {
    facts,
    forecast: { stored, firstDay: plannedDay, historyDays: 100, sigmaUnitsPerDay: 1.5, relativeError: null },
  };
}

const planUnder = (change: Partial<Scenario>, base = target()) => {
  const { facts, forecast } = applyScenario(base, { ...emptyScenario, ...change });
  return planLevel(facts, forecast);
};

describe('applyScenario', () => {
  test('the empty one is the very same object', () => {
    const base = target();
    expect(applyScenario(base, emptyScenario)).toBe(base);
  });

  test('moves each value the way it must', () => {
    const base = planUnder({});
    const number = (value: string | null) => Number(value);
    expect(number(planUnder({ demandFactor: 2 }).unitsPerDay)).toBe(2 * number(base.unitsPerDay));
    expect(number(planUnder({ demandFactor: 2 }).reorderPoint)).toBeGreaterThan(number(base.reorderPoint));
    expect(planUnder({ leadTimeDaysAdd: 3 }).protectionDays).toBe(base.protectionDays + 3);
    expect(planUnder({ leadTimeFactor: 2 }).protectionDays).toBe(13);
    expect(planUnder({ leadTimeDaysAdd: -100 }).protectionDays).toBe(1);
    expect(number(planUnder({ serviceLevel: 0.99 }).targetLevel)).toBeGreaterThan(number(base.targetLevel));
    const more = planUnder({ assumedArrivals: [{ day: 2, units: 30 }] });
    expect(number(more.positionDue)).toBe(number(base.positionDue) + 30);
    expect(more.stockOutProbability).toBeLessThan(base.stockOutProbability!);
    expect(planUnder({ leavingUnits: 4 }).positionDue).toBe('10');
    expect(planUnder({ leavingUnits: 4 }).stockValue.value).toBe('24');
  });

  test('a promotion raises its own days and no others', () => {
    const promotion = { fromDay: plannedDay + 2, toDay: plannedDay + 3, factor: 4 };
    const { forecast } = applyScenario(target(), { ...emptyScenario, promotion });
    expect(forecast.stored?.means.slice(0, 5)).toEqual([2, 2, 8, 8, 2]);
    // One that ends beyond the stored days leaves the days after it as they were.
    const late = { fromDay: plannedDay + 50, toDay: plannedDay + 90, factor: 4 };
    const means = applyScenario(target(), { ...emptyScenario, promotion: late }).forecast.stored!.means;
    expect(means.slice(50, 91).every((mean) => mean === 8)).toBe(true);
    expect(means.slice(91)).toEqual(Array(28).fill(2));
  });

  test('starts from the day of the plan when the forecast is older', () => {
    const base = target();
    const old = { ...base.forecast, firstDay: plannedDay - 3 };
    const promotion = { fromDay: plannedDay, toDay: plannedDay, factor: 3 };
    const { forecast } = applyScenario({ ...base, forecast: old }, { ...emptyScenario, promotion });
    expect([forecast.firstDay, forecast.stored?.means[0]]).toEqual([plannedDay, 6]);
  });

  test('without a forecast only what needs none changes', () => {
    const { forecast } = applyScenario(
      { ...target(), forecast: { ...target().forecast, stored: null } },
      { ...emptyScenario, demandFactor: 3 },
    );
    expect(forecast.stored).toBeNull();
  });

  test('refuses endless and senseless overlays', () => {
    const bad: Partial<Scenario>[] = [
      { demandFactor: Number.POSITIVE_INFINITY },
      { demandFactor: 0 },
      { demandFactor: -1 },
      { demandFactor: Number.NaN },
      { leadTimeFactor: 0 },
      { leadTimeDaysAdd: Number.POSITIVE_INFINITY },
      { serviceLevel: 1 },
      { leavingUnits: -1 },
      { leavingUnits: Number.NaN },
      { assumedArrivals: [{ day: 0, units: 5 }] },
      { assumedArrivals: [{ day: 2, units: Number.NaN }] },
      { assumedArrivals: [{ day: 2, units: -1 }] },
      { promotion: { fromDay: 5, toDay: 4, factor: 2 } },
      { promotion: { fromDay: 5, toDay: 5, factor: Number.POSITIVE_INFINITY } },
    ];
    for (const change of bad) {
      expect(() => applyScenario(target(), { ...emptyScenario, ...change })).toThrow(
        /must (lie|not end)|makes no sense/,
      );
    }
  });

  test('a longer lead time never lowers the reorder point, a higher level never the target, more demand never the risk', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 20, noNaN: true }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 40 }),
        fc.double({ min: 1, max: 5, noNaN: true }),
        (perDay, available, days, factor) => {
          const base = target({ available: String(available), shipments: [] }, perDay);
          const plain = planUnder({}, base);
          expect(Number(planUnder({ leadTimeDaysAdd: days }, base).reorderPoint)).toBeGreaterThanOrEqual(
            Number(plain.reorderPoint),
          );
          expect(Number(planUnder({ serviceLevel: 0.98 }, base).targetLevel)).toBeGreaterThanOrEqual(
            Number(plain.targetLevel),
          );
          expect(planUnder({ demandFactor: factor }, base).stockOutProbability).toBeGreaterThanOrEqual(
            plain.stockOutProbability! - 1e-6,
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

test('demand times a factor keeps its relative spread', () => {
  const { stored } = storedForecast(2);
  expect(scaleForecast(stored, 1)).toBe(stored);
  const scaled = scaleForecast({ ...stored, intervals: [{ ...stored.intervals[0]!, errors: [-3, 6] }] }, 2);
  expect([scaled.means[0], scaled.dispersion, scaled.intervals[0]?.errors]).toEqual([4, 0.3, [-6, 12]]);
});

test('jobs are planned by the function that plans for good; one that fails does not stop the others', () => {
  const { facts, forecast } = target();
  const { stored, ...rest } = forecast;
  const job = { inputs: JSON.stringify(facts), stored: JSON.stringify(stored), forecast: rest };
  const [same, refused] = runScenarioJobs([
    { ...job, scenario: emptyScenario },
    { ...job, scenario: { ...emptyScenario, demandFactor: -1 } },
  ]);
  expect(same).toEqual(planLevel(facts, forecast));
  expect(refused).toBeNull();
});

test('what a portfolio adds up of a level is what its whole plan says', () => {
  const demand = fc.record({
    ...{ perDay: fc.constantFrom(0.1, 1, 4, 40), available: fc.integer({ min: -5, max: 200 }) },
    ...{ factor: fc.constantFrom(1, 1.4, 9), days: fc.integer({ min: 0, max: 30 }) },
    ...{ shipments: fc.array(fc.record({ dueDay: fc.nat(40), units: fc.nat(50) }), { maxLength: 3 }) },
    unitCost: fc.constantFrom('3', null),
  });
  fc.assert(
    fc.property(demand, ({ perDay, available, factor, days, shipments, unitCost }) => {
      const { facts, forecast } = target({ available: String(available), shipments, unitCost }, perDay);
      const { stored, ...rest } = forecast;
      const scenario = { ...emptyScenario, demandFactor: factor, leadTimeDaysAdd: days };
      const job = { inputs: JSON.stringify(facts), stored: JSON.stringify(stored), forecast: rest, scenario };
      const [summed] = runPortfolioJobs([job]);
      const [whole] = runScenarioJobs([job]);
      expect(whole).toMatchObject(summed!);
      expect(Object.keys(summed!)).toHaveLength(7);
    }),
    { numRuns: 60 },
  );
  const { facts, forecast } = target();
  const unknown = { ...forecast, stored: null };
  expect(planLevel(facts, unknown)).toMatchObject(planPortfolioLevel(facts, unknown));
});

test('a portfolio adds levels up exactly, whatever their order', () => {
  const level: PortfolioLevel = {
    ...{ unitCost: '3', unitPrice: '9', serviceLevel: 0.95, safetyStock: '5', reorderPoint: '12' },
    ...{ targetLevel: '30', positionDue: '10', stockOutProbability: 0.6, expectedLostUnits: '0.1' },
    excessValue: null,
  };
  const sum = startPortfolio();
  sum.add(level);
  expect(sum.figures().shortfallValue).toBe('60');
  sum.add({ ...level, unitCost: null, unitPrice: null, stockOutProbability: 0.05, positionDue: '31' });
  sum.add({ ...level, reorderPoint: null, targetLevel: null, stockOutProbability: null, excessValue: '7.5' });
  expect(sum.figures()).toEqual({
    ...{ levelCount: 3, unavailableCount: 1, atRiskCount: 1, likelyOutCount: 1, reorderDueCount: 1 },
    ...{ safetyStockValue: '15', targetValue: '90', shortfallValue: '60', expectedLostUnits: '0.2' },
    ...{ expectedLostMargin: '0.6', excessValue: '7.5', unpricedCount: 1 },
  });
});
