import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neutralGroupFactors } from '../../../src/domain/forecast/group-factors.ts';
import { computeHistoryFigures } from '../../../src/domain/plan/history-figures.ts';
import type { LevelFacts, PlanForecast } from '../../../src/domain/plan/level-facts.ts';
import { forecastLevel, type LevelForecast } from '../../../src/domain/plan/level-forecast.ts';
import { relativeErrorOf, runLevelJobs } from '../../../src/domain/plan/level-job.ts';
import { planLevel } from '../../../src/domain/plan/level-plan.ts';

const firstDay = 20_000;
const days = (length: number, value: number) => new Float64Array(length).fill(value);
const levelForecast = (units: Float64Array, outShares: Float64Array | null = days(units.length, 0)) =>
  forecastLevel({
    history: { firstDay, units, outShares },
    ...{ isWhole: true, group: neutralGroupFactors(7), newItemLevel: null, priorDispersion: null },
    ...{ shelf: 'IN_STOCK', promotions: [], overrides: [], marketFactors: [], protectionDays: 8 },
  });
const year = { units: days(90, 2), meanUnits: days(90, 30), outShares: days(90, 0) };
const factsWith = (changes: Partial<LevelFacts>, planned = firstDay + 56): LevelFacts => ({
  ...{ plannedDay: planned, isWhole: true, available: '10', onHand: null },
  ...{ stockObservedAt: '2026-03-10T00:00:00.000Z', dataAsOf: '2026-03-10T00:00:00.000Z', shipments: [] },
  leadTime: { origin: 'OVERRIDE', meanDays: 7, sdDays: 0, observedDays: [] },
  ...{
    reviewDays: 1,
    serviceLevel: { origin: 'DEFAULT', level: 0.95 },
    safetyStockOverride: null,
    moq: null,
  },
  ...{ unitCost: '3', unitPrice: '9', history: computeHistoryFigures(year, 2, 1) },
  ...changes,
});
const toPlanForecast = ({
  stored,
  firstDay: first,
  historyDays,
  sigmaUnitsPerDay,
}: LevelForecast): PlanForecast => ({
  ...{ stored, firstDay: first, historyDays, sigmaUnitsPerDay },
  relativeError: null,
});
const steady: PlanForecast = toPlanForecast(levelForecast(days(56, 2)));

describe('forecastLevel', () => {
  it('gives a steady level its mean', () => {
    expect(levelForecast(days(56, 2))).toMatchObject({
      ...{ firstDay: firstDay + 56, historyDays: 56, unitsPerDay: 2, sigmaUnitsPerDay: 0, daysSinceSale: 1 },
      ...{ demandClass: 'SMOOTH', xyzClass: 'X', unitsSold90: 112 },
    });
  });

  it('takes days without stock for unknown, not for zero', () => {
    const units = days(56, 2);
    const out = days(56, 0);
    for (let t = 30; t < 40; t += 1) {
      units[t] = 0;
      out[t] = 1;
    }
    expect(levelForecast(units, out)).toMatchObject({ unitsPerDay: 2, flags: ['CENSORED_DAYS'] });
    expect(levelForecast(units, null).unitsPerDay).toBeLessThan(2);
  });

  it('keeps whole units whole where a sold-out day is raised', () => {
    const units = days(56, 2);
    const out = days(56, 0);
    out[40] = 0.5;
    const forecast = levelForecast(units, out);
    expect(forecast.stored?.isWhole).toBe(true);
    expect(forecast.flags).not.toContain('FRACTIONAL');
  });

  it('knows nothing of nothing', () => {
    expect(levelForecast(new Float64Array())).toMatchObject({ stored: null, flags: ['NO_HISTORY'] });
  });
});

describe('computeHistoryFigures', () => {
  it('turns 180 units over a mean stock of 30 in 90 days: 24.33 times a year', () => {
    const figures = computeHistoryFigures(year, 2, 1);
    expect(figures.turnover90.value).toBe('24.333333');
    expect(figures.sellThrough90.value).toBe('6');
    expect(figures).toMatchObject({ inStockRate90: { value: '1' }, stockOutDays90: 0, stockDays: 90 });
  });

  it('says NO_HISTORY where stock is not on record', () => {
    const figures = computeHistoryFigures(
      { ...year, meanUnits: days(90, NaN), outShares: days(90, NaN) },
      2,
      1,
    );
    expect(figures.turnover90).toEqual({ value: null, reason: 'NO_HISTORY' });
    expect(figures.inStockRate90).toEqual({ value: null, reason: 'NO_HISTORY' });
  });
});

describe('planLevel', () => {
  it('is empty on day 5 with 10 units at 2 a day', () => {
    const plan = planLevel(factsWith({}), steady);
    expect(plan.daysToStockOut?.p50).toBe(5);
    expect(plan).toMatchObject({ protectionDays: 8, positionDue: '10', stockValue: { value: '30' } });
    expect(plan.daysOfStock.value).toBe('5');
    expect(Number(plan.reorderPoint)).toBeGreaterThanOrEqual(16);
  });

  it('takes a person’s safety stock, and the default without four weeks of history', () => {
    expect(planLevel(factsWith({ safetyStockOverride: '33' }), steady)).toMatchObject({
      ...{ safetyStock: '33', safetyStockOrigin: 'OVERRIDE', reorderPoint: '49' },
    });
    const young = toPlanForecast(levelForecast(days(20, 2)));
    expect(planLevel(factsWith({}, firstDay + 20), young)).toMatchObject({
      ...{ safetyStock: '10', safetyStockOrigin: 'DEFAULT' },
    });
  });

  it('plans nothing that needs a forecast without one', () => {
    expect(planLevel(factsWith({}), { ...steady, stored: null })).toMatchObject({
      ...{
        unavailableReason: 'NO_HISTORY',
        reorderPoint: null,
        stockOutProbability: null,
        daysToStockOut: null,
      },
      ...{ health: null, safetyStock: '10', excessUnits: null },
    });
  });

  it('never takes more stock for more risk', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 60 }), fc.integer({ min: 0, max: 20 }), (available, more) => {
        const less = planLevel(factsWith({ available: String(available) }), steady);
        const rich = planLevel(factsWith({ available: String(available + more) }), steady);
        expect(rich.stockOutProbability!).toBeLessThanOrEqual(less.stockOutProbability!);
        expect(Number(rich.excessUnits)).toBeGreaterThanOrEqual(Number(less.excessUnits));
        expect(Number(rich.expectedLostUnits)).toBeLessThanOrEqual(Number(less.expectedLostUnits) + 1e-6);
      }),
      { numRuns: 40 },
    );
  });
});

describe('runLevelJobs', () => {
  it('does not let one bad level stop the others', () => {
    const { history: _, ...facts } = factsWith({});
    const job = { itemId: 'i', warehouseId: 'w', facts, past: null, isForecastDue: false, figures: null };
    const bad = { ...facts, leadTime: { ...facts.leadTime, meanDays: -1 } };
    const outcomes = runLevelJobs({
      levels: [
        { ...job, facts: bad, forecast: steady },
        { ...job, forecast: steady },
      ],
      groups: [],
    });
    expect(outcomes[0]).toMatchObject({ fault: expect.stringContaining('lead time') });
    expect(outcomes[1]).toMatchObject({ forecast: null, plan: { safetyStockOrigin: 'COMPUTED' } });
  });

  it('compares errors with the 28-day mean', () => {
    expect(relativeErrorOf(3, 4)).toBe(0.75);
    expect(relativeErrorOf(3, 0)).toBeNull();
  });
});
