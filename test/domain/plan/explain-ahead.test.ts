import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openForecast } from '../../../src/domain/forecast/demand-forecast.ts';
import { errorWeights } from '../../../src/domain/forecast/interval-errors.ts';
import { computeDaysToStockOut } from '../../../src/domain/plan/days-to-stock-out.ts';
import { explainExpectedLostUnits, explainLostSales } from '../../../src/domain/plan/explain-loss.ts';
import { explainOrderBy } from '../../../src/domain/plan/explain-order-by.ts';
import { explainDaysToStockOut } from '../../../src/domain/plan/explain-stock-out-day.ts';
import { explainUrgency, shownUrgencyScore } from '../../../src/domain/plan/explain-urgency.ts';
import type { Explanation } from '../../../src/domain/plan/explanation.ts';
import { computeHistoryFigures } from '../../../src/domain/plan/history-figures.ts';
import { computeOrderBy } from '../../../src/domain/plan/order-by.ts';
import { computeExpectedLostUnits } from '../../../src/domain/plan/stock-out-risk.ts';
import { computeStake, computeUrgencyScore, type UrgencyTier } from '../../../src/domain/urgency.ts';
import { Decimal } from '../../../src/shared/decimal.ts';
import { findUnequal } from '../../support/recompute.ts';

const times = { stockObservedAt: '2026-03-10T04:00:00Z', dataAsOf: '2026-03-10T04:00:00Z' };

/** A forecast with a weekday pattern; with replayed errors its distributions are mixtures as in production. */
function forecastOf(perDay: number, isWhole: boolean, isReplayed: boolean) {
  const n = errorWeights.length;
  const scale = Math.sqrt(perDay * 7) * 1.4;
  const errors = (periods: number) =>
    Array.from({ length: n }, (_, i) => (scale * Math.sqrt(periods / 7) * (2 * i - n + 1)) / (n / 2));
  return openForecast({
    ...{ version: 1, means: Array.from({ length: 40 }, (_, i) => perDay * (i % 7 === 5 ? 1.3 : 0.95)) },
    ...{ dispersion: 0.4, isWhole, varianceFactor: 1 },
    intervals: [7, 28].map((periods) => ({
      ...{ periods, dispersion: 0.25, rmse: scale * Math.sqrt(periods / 7) },
      errors: isReplayed ? errors(periods) : [],
    })),
  });
}

const anyRisk = fc
  .record({
    perDay: fc.constantFrom(0.03, 0.4, 2, 3.7, 45),
    isWhole: fc.boolean(),
    isReplayed: fc.boolean(),
    cover: fc.integer({ min: -2, max: 40 }),
    arrivals: fc.uniqueArray(
      fc.record({ day: fc.integer({ min: 1, max: 25 }), share: fc.integer({ min: 1, max: 10 }) }),
      { maxLength: 2, selector: ({ day }) => day },
    ),
  })
  .map(({ perDay, isWhole, isReplayed, cover, arrivals }) => ({
    forecast: forecastOf(perDay, isWhole, isReplayed),
    available: isWhole ? Math.round(perDay * cover) : Math.round(perDay * cover * 100) / 100,
    arrivals: arrivals
      .map(({ day, share }) => ({ day, units: Math.ceil(perDay * share) }))
      .sort((one, other) => one.day - other.day),
    isWhole,
  }));

/** Everything that a client finds wrong, recomputing from the JSON alone. */
function faultsOf(explanation: object | null, value: string): string[] {
  if (explanation === null) return ['no explanation'];
  const given = JSON.parse(JSON.stringify(explanation));
  const steps = given.steps.map((step: { name: string }) => ({ ...step, code: step.name }));
  return findUnequal({ ...given, steps }, value);
}

describe('what lies ahead is recomputed from stored facts and distributions', () => {
  it('the middle day of running out', () => {
    let count = 0;
    fc.assert(
      fc.property(anyRisk, (inputs) => {
        const { p50 } = computeDaysToStockOut(inputs);
        if (p50 === null) return;
        const links = inputs.arrivals.filter(({ day }) => day > 1 && day <= p50).length;
        // Chains of three take the checker seconds.
        if (links > 1) return;
        count += 1;
        expect(faultsOf(explainDaysToStockOut(inputs, p50, times), String(p50))).toEqual([]);
      }),
      { numRuns: 60 },
    );
    expect(count).toBeGreaterThan(20);
  });

  it('the units expected to be lost, before goods arrive and after', () => {
    let count = 0;
    fc.assert(
      fc.property(anyRisk, fc.integer({ min: 1, max: 20 }), (inputs, days) => {
        const links = inputs.arrivals.filter(({ day }) => day > 1 && day <= days).length;
        if (links > 1) return;
        const explanation = explainExpectedLostUnits(inputs, days, times);
        const value = new Decimal(computeExpectedLostUnits(inputs, days)).toDecimalPlaces(6);
        expect(faultsOf(explanation, value.toString())).toEqual([]);
        if (explanation.steps.some(({ op }) => op === 'linkedExcess')) count += 1;
      }),
      { numRuns: 80 },
    );
    expect(count).toBeGreaterThan(5);
  });

  it('numbers what is looked at by its day, whatever is explained', () => {
    const arrivals = [3, 8].map((day) => ({ day, units: 6 }));
    const inputs = { forecast: forecastOf(2, true, false), available: 8, arrivals, isWhole: true };
    const demandOf = ({ inputs: given }: Explanation) =>
      given.filter(({ name }) => name.startsWith('demand_until_')).map(({ name, value }) => [name, value]);
    const lost = new Map(demandOf(explainExpectedLostUnits(inputs, 14, times)) as [string, unknown][]);
    expect([...lost.keys()]).toEqual(['demand_until_2', 'demand_until_7', 'demand_until_14']);
    const { p50 } = computeDaysToStockOut(inputs);
    const ahead = demandOf(explainDaysToStockOut(inputs, p50!, times));
    expect(ahead.length).toBeGreaterThan(1);
    const shared = ahead.filter(([name]) => lost.has(name as string));
    expect(shared.length).toBeGreaterThan(0);
    for (const [name, value] of shared) expect(value).toEqual(lost.get(name as string));
  });

  it('the units expected to be lost, with goods on several days', () => {
    for (const [perDay, isWhole] of [
      [2, true],
      [45, false],
    ] as const) {
      const arrivals = [3, 8, 12].map((day) => ({ day, units: 3 * perDay }));
      const inputs = {
        ...{ forecast: forecastOf(perDay, isWhole, false), available: 4 * perDay, arrivals, isWhole },
      };
      const value = computeExpectedLostUnits(inputs, 14);
      expect(value).toBeGreaterThan(perDay);
      expect(faultsOf(explainExpectedLostUnits(inputs, 14, times), String(value))).toEqual([]);
    }
  });

  it('the latest day to order', () => {
    fc.assert(
      fc.property(
        anyRisk,
        fc.integer({ min: 0, max: 30 }),
        fc.double({ min: 0, max: 30, noNaN: true }),
        (inputs, safetyStock, lead) => {
          const leadTimeDays = Number(lead.toFixed(6));
          const { orderByDay } = computeOrderBy({ ...inputs, safetyStock, leadTimeDays });
          const explanation = explainOrderBy(inputs, String(safetyStock), leadTimeDays, times);
          if (orderByDay === null) expect(explanation).toBeNull();
          else expect(faultsOf(explanation, String(orderByDay - 1))).toEqual([]);
        },
      ),
    );
  });

  it('the sales lost on days that ran out', () => {
    const days = fc.array(fc.record({ units: fc.nat(12), out: fc.constantFrom(0, 0, 0.25, 1, Number.NaN) }), {
      ...{ minLength: 1, maxLength: 120 },
    });
    fc.assert(
      fc.property(days, fc.option(fc.double({ min: 0, max: 9, noNaN: true })), (given, perDay) => {
        const history = computeHistoryFigures(
          {
            units: Float64Array.from(given, ({ units }) => units),
            meanUnits: Float64Array.from(given, () => 4),
            outShares: Float64Array.from(given, ({ out }) => out),
          },
          perDay,
          1,
        );
        const explanation = explainLostSales(history, times.dataAsOf);
        const { value } = history.lostUnits90;
        if (value === null) expect(explanation).toBeNull();
        else expect(faultsOf(explanation, value)).toEqual([]);
      }),
    );
  });

  it('the score of urgency', () => {
    const tiers = ['SOURCE', 'OUT', 'ORDER_NOW', 'ORDER_SOON', 'RECORD', 'EXCESS', 'OK'] as const;
    const amount = fc.option(fc.nat(900_000).map((cents) => String(cents / 100)));
    const grounds = fc.record({
      tier: fc.constantFrom<UrgencyTier>(...tiers),
      ...{ expectedLostUnits: amount, excessUnits: amount, unitPrice: amount, unitCost: amount },
      day: fc.option(fc.nat(400)),
    });
    const numberOf = (text: string | null) => (text === null ? null : Number(text));
    fc.assert(
      fc.property(grounds, (one) => {
        const [price, cost] = [numberOf(one.unitPrice), numberOf(one.unitCost)];
        const stake = computeStake(one.tier, {
          expectedLostUnits: Number(one.expectedLostUnits ?? 0),
          unitMargin: price === null || cost === null ? null : price - cost,
          unitPrice: price,
          excessUnits: Number(one.excessUnits ?? 0),
          unitCost: cost ?? price,
        });
        const stored = computeUrgencyScore({ tier: one.tier, stake, day: one.day }).toFixed(14);
        const score = shownUrgencyScore(stored);
        const explanation = explainUrgency({ ...one, dataAsOf: times.dataAsOf });
        expect(faultsOf(explanation, score.toString())).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});
