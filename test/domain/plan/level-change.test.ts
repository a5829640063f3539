import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeHistoryFigures } from '../../../src/domain/plan/history-figures.ts';
import { attributeLevelChange } from '../../../src/domain/plan/level-change.ts';
import {
  explainLevel,
  type LevelValue,
  type PlannedState,
  usualSpan,
} from '../../../src/domain/plan/level-explanation.ts';
import type { LevelFacts, PlanForecast } from '../../../src/domain/plan/level-facts.ts';
import { planLevel } from '../../../src/domain/plan/level-plan.ts';
import { Decimal } from '../../../src/shared/decimal.ts';
import { storedForecast } from './make-forecast.ts';

const firstDay = 20_000;
const days = (length: number, value: number) => new Float64Array(length).fill(value);
const year = (stock: number) => ({
  ...{ units: days(90, 2), meanUnits: days(90, stock), outShares: days(90, 0.25) },
});

function forecastOf(perDay: number, first = firstDay): PlanForecast {
  const { stored } = storedForecast(perDay);
  return { stored, firstDay: first, historyDays: 200, sigmaUnitsPerDay: perDay, relativeError: 0.8 };
}

function factsOf(changes: Partial<LevelFacts>): LevelFacts {
  return {
    ...{ plannedDay: firstDay, isWhole: true, available: '30', onHand: null, shipments: [] },
    ...{ stockObservedAt: '2026-03-10T00:00:00.000Z', dataAsOf: '2026-03-10T00:00:00.000Z' },
    leadTime: { origin: 'OVERRIDE', meanDays: 7, sdDays: 0, observedDays: [] },
    ...{ reviewDays: 1, serviceLevel: { origin: 'DEFAULT', level: 0.95 }, safetyStockOverride: null },
    ...{ moq: null, unitCost: '3', unitPrice: '9', history: computeHistoryFigures(year(30), 2, 1) },
    ...changes,
  };
}

const values: readonly LevelValue[] = [
  ...(['SAFETY_STOCK', 'REORDER_POINT', 'TARGET_LEVEL', 'STOCK_OUT_PROBABILITY', 'DAYS_OF_STOCK'] as const),
  ...([
    'STOCK_VALUE',
    'TURNOVER',
    'SELL_THROUGH',
    'IN_STOCK_RATE',
    'EXCESS_UNITS',
    'EXCESS_VALUE',
    'HEALTH',
  ] as const),
];
const last = (state: PlannedState, value: LevelValue) =>
  explainLevel(state, value, usualSpan)?.steps.at(-1)?.value;
const sumOf = (deltas: readonly { readonly delta: Decimal }[]) =>
  deltas.reduce((sum, { delta }) => sum.plus(delta), new Decimal(0));

const anyState: fc.Arbitrary<PlannedState> = fc
  .record({
    perDay: fc.double({ min: 0.05, max: 20, noNaN: true }),
    passed: fc.integer({ min: 0, max: 3 }),
    available: fc.integer({ min: 0, max: 200 }),
    shipments: fc.array(
      fc.record({ dueDay: fc.integer({ min: -3, max: 20 }), units: fc.integer({ min: 1, max: 60 }) }),
      { maxLength: 3 },
    ),
    meanDays: fc.integer({ min: 0, max: 30 }),
    level: fc.double({ min: 0.5, max: 0.999, noNaN: true }),
    method: fc.constantFrom('QUANTILE' as const, 'CLASSIC' as const, 'LEAD_TIME_VARIANCE' as const),
    override: fc.option(fc.integer({ min: 0, max: 90 })),
    cost: fc.integer({ min: 1, max: 9 }),
    stock: fc.integer({ min: 1, max: 90 }),
  })
  .map((one) => ({
    forecast: forecastOf(one.perDay, firstDay),
    facts: factsOf({
      ...{ plannedDay: firstDay + one.passed, available: String(one.available), shipments: one.shipments },
      leadTime: { origin: 'SUPPLIER', meanDays: one.meanDays, sdDays: 0.3 * one.meanDays, observedDays: [] },
      serviceLevel: { origin: 'OVERRIDE', level: one.level },
      safetyStockMethod: one.method,
      safetyStockOverride: one.override === null ? null : String(one.override),
      unitCost: String(one.cost),
      history: computeHistoryFigures(year(one.stock), one.perDay, 1),
    }),
  }));

describe('attributeLevelChange', () => {
  it('adds up exactly, whatever changed and whatever value', () => {
    fc.assert(
      fc.property(anyState, anyState, fc.constantFrom(...values), (before, after, value) => {
        const { previousValue, causes } = attributeLevelChange(before, after, value, usualSpan);
        expect(previousValue?.toString()).toBe(new Decimal(last(before, value)!).toString());
        expect(sumOf(causes).toString()).toBe(
          new Decimal(last(after, value)!).minus(last(before, value)!).toString(),
        );
        for (const { delta } of causes) expect(delta.isZero()).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  it('charges what changed alone to its own cause', () => {
    const base = { facts: factsOf({}), forecast: forecastOf(2) };
    const causesOf = (changes: Partial<LevelFacts>, value: LevelValue, forecast = base.forecast) =>
      attributeLevelChange(base, { facts: factsOf(changes), forecast }, value, usualSpan).causes.map(
        ({ cause }) => cause,
      );
    expect(causesOf({ serviceLevel: { origin: 'OVERRIDE', level: 0.99 } }, 'SAFETY_STOCK')).toEqual([
      'SETTINGS',
    ]);
    expect(causesOf({ safetyStockMethod: 'CLASSIC' }, 'REORDER_POINT')).toEqual(['SETTINGS']);
    const later = { ...base.facts.leadTime, meanDays: 20 };
    expect(causesOf({ leadTime: later }, 'REORDER_POINT')).toEqual(['LEAD_TIME']);
    expect(causesOf({}, 'TARGET_LEVEL', forecastOf(5))).toEqual(['DEMAND']);
    expect(causesOf({ available: '4' }, 'STOCK_OUT_PROBABILITY')).toEqual(['STOCK']);
    expect(causesOf({ shipments: [{ dueDay: 2, units: 9 }] }, 'EXCESS_UNITS')).toEqual([]);
    expect(causesOf({ shipments: [{ dueDay: 2, units: 400 }] }, 'EXCESS_UNITS')).toEqual(['INCOMING']);
    expect(causesOf({}, 'HEALTH')).toEqual([]);
  });

  it('lets a shipment keep its day while days pass, and only then arrive', () => {
    const shipments = (dueDay: number) => [{ dueDay, units: 50 }];
    const before = { facts: factsOf({ available: '5', shipments: shipments(4) }), forecast: forecastOf(2) };
    const after = {
      facts: factsOf({ available: '5', plannedDay: firstDay + 1, shipments: shipments(3) }),
      forecast: forecastOf(2),
    };
    const { causes } = attributeLevelChange(before, after, 'STOCK_OUT_PROBABILITY', usualSpan);
    expect(causes.map(({ cause }) => cause)).toEqual(['DEMAND']);
  });

  it('counts owed goods as a stock-out for sure, and says nothing where there was no value', () => {
    const owed = { facts: factsOf({ available: '-3' }), forecast: forecastOf(2) };
    const stocked = { facts: factsOf({ available: '300' }), forecast: forecastOf(2) };
    const change = attributeLevelChange(owed, stocked, 'STOCK_OUT_PROBABILITY', usualSpan);
    expect(change.previousValue?.toString()).toBe('1');
    expect(change.causes).toEqual([{ cause: 'STOCK', delta: expect.objectContaining({}) }]);
    const unknown = { facts: factsOf({}), forecast: { ...forecastOf(2), stored: null } };
    expect(attributeLevelChange(unknown, stocked, 'REORDER_POINT', usualSpan)).toEqual({
      ...{ previousValue: null, causes: [] },
    });
  });
});

describe('explainLevel', () => {
  it('ends in the very values that were planned', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const plan = planLevel(state.facts, state.forecast);
        const planned: Partial<Record<LevelValue, string | null>> = {
          ...{
            SAFETY_STOCK: plan.safetyStock,
            REORDER_POINT: plan.reorderPoint,
            TARGET_LEVEL: plan.targetLevel,
          },
          ...{ DAYS_OF_STOCK: plan.daysOfStock.value, STOCK_VALUE: plan.stockValue.value },
          ...{
            EXCESS_UNITS: plan.excessUnits,
            EXCESS_VALUE: plan.excessValue,
            HEALTH: plan.health?.score ?? null,
          },
          TURNOVER: state.facts.history.turnover90.value,
          SELL_THROUGH: state.facts.history.sellThrough90.value,
          IN_STOCK_RATE: state.facts.history.inStockRate90.value,
          STOCK_OUT_PROBABILITY: String(plan.stockOutProbability),
        };
        for (const value of values) {
          expect(new Decimal(last(state, value)!).toString(), value).toBe(
            new Decimal(planned[value]!).toString(),
          );
        }
      }),
      { numRuns: 60 },
    );
  });
});
