import { Decimal } from '../../shared/decimal.ts';
import { assertNever } from '../../shared/errors.ts';
import { excessCoverDays } from '../kpi/excess.ts';
import { computeDaysToStockOut } from './days-to-stock-out.ts';
import { explainExpectedLostUnits, explainLostSales } from './explain-loss.ts';
import { explainOrderBy } from './explain-order-by.ts';
import { explainStockOutProbability } from './explain-risk.ts';
import { explainDaysToStockOut } from './explain-stock-out-day.ts';
import { type Explanation, type ExplanationBuilder, startExplanation } from './explanation.ts';
import type { StepCode } from './explanation-labels.ts';
import {
  type LevelFacts,
  type PlanForecast,
  safetyStockOrigin,
  storedWindow,
  toPolicyInputs,
  toRiskInputs,
  type WindowFigures,
} from './level-facts.ts';
import { explainHealth } from './level-health.ts';
import { expectedPerDay, planLevel } from './level-plan.ts';
import { explainReorderPoint, explainSafetyStock, explainTargetLevel } from './policy-values.ts';
import { computeProtectionDays } from './protection-period.ts';

/** A planned value that can be explained. */
export type LevelValue =
  | 'SAFETY_STOCK'
  | 'REORDER_POINT'
  | 'TARGET_LEVEL'
  | 'STOCK_OUT_PROBABILITY'
  | 'DAYS_OF_STOCK'
  | 'STOCK_VALUE'
  | 'TURNOVER'
  | 'SELL_THROUGH'
  | 'IN_STOCK_RATE'
  | 'EXCESS_UNITS'
  | 'EXCESS_VALUE'
  | 'HEALTH'
  | 'DAYS_TO_STOCK_OUT'
  | 'EXPECTED_LOST_UNITS'
  | 'LOST_SALES'
  | 'ORDER_BY';

/** What a plan rests on: facts, and the forecast that was stored with them. */
export interface PlannedState {
  readonly facts: LevelFacts;
  readonly forecast: PlanForecast;
}

/** How far a value looks. */
export interface ExplainedSpan {
  /**
   * Horizon of the stock-out probability, days; null = the protection period of the facts. Of figures of the past the
   * window: 365, or 90 for anything else.
   */
  readonly days: number | null;
  /** What was counted over another window of the past; null = what the facts keep. */
  readonly window: WindowFigures | null;
}

/** The span that figures are shown with unless somebody asks for another. */
export const usualSpan: ExplainedSpan = { days: null, window: null };

/**
 * How a planned value came about, made anew from facts and forecast by the functions that planned it.
 *
 * @param state - see {@link PlannedState}
 * @param value - which value
 * @param span - see {@link ExplainedSpan}
 * @returns null where the value itself is null, and for the certainty of a stock-out at negative stock
 * @throws AppError `invalid_input` if a fact is out of bounds
 * @see `planLevel`
 * @example explainLevel(state, 'SAFETY_STOCK', usualSpan)?.steps.at(-1)?.value // planLevel(…).safetyStock
 */
export function explainLevel(
  state: PlannedState,
  value: LevelValue,
  span: ExplainedSpan,
): Explanation | null {
  const explanation = explain(state, value, span);
  return explanation === null || explanation.steps.length === 0 ? null : explanation;
}

function explain(state: PlannedState, value: LevelValue, span: ExplainedSpan): Explanation | null {
  const { facts, forecast } = state;
  switch (value) {
    case 'SAFETY_STOCK':
    case 'REORDER_POINT':
    case 'TARGET_LEVEL':
      return explainPolicy(state, value);
    case 'STOCK_OUT_PROBABILITY': {
      const risk = toRiskInputs(facts, forecast);
      // What is owed already is out of stock for sure; there is nothing to compute.
      if (risk === null || risk.available < 0) return null;
      const days = span.days ?? computeProtectionDays(facts.leadTime.meanDays, facts.reviewDays);
      const { stockObservedAt, dataAsOf } = facts;
      return explainStockOutProbability(risk, days, { stockObservedAt, dataAsOf });
    }
    case 'DAYS_TO_STOCK_OUT':
    case 'EXPECTED_LOST_UNITS':
    case 'ORDER_BY':
      return explainAhead(state, value);
    case 'LOST_SALES':
      return explainLostSales(facts.history, facts.dataAsOf);
    case 'HEALTH':
      return explainHealth(facts, forecast, planLevel(facts, forecast))?.explanation ?? null;
    case 'TURNOVER':
    case 'SELL_THROUGH':
    case 'IN_STOCK_RATE':
      return explainPast(
        facts,
        value,
        span.window ?? storedWindow(facts.history, span.days === 365 ? 365 : 90),
      );
    case 'DAYS_OF_STOCK':
    case 'STOCK_VALUE':
    case 'EXCESS_UNITS':
    case 'EXCESS_VALUE':
      return explainStock(state, value);
    default:
      return assertNever(value);
  }
}

/** Where stock is heading: all of it rests on the same stock, arrivals and forecast. */
function explainAhead(
  { facts, forecast }: PlannedState,
  value: 'DAYS_TO_STOCK_OUT' | 'EXPECTED_LOST_UNITS' | 'ORDER_BY',
): Explanation | null {
  const risk = toRiskInputs(facts, forecast);
  if (risk === null) return null;
  const { stockObservedAt, dataAsOf, leadTime, reviewDays } = facts;
  const times = { stockObservedAt, dataAsOf };
  if (value === 'DAYS_TO_STOCK_OUT') {
    const { p50 } = computeDaysToStockOut(risk);
    return p50 === null ? null : explainDaysToStockOut(risk, p50, times);
  }
  if (value === 'EXPECTED_LOST_UNITS')
    return explainExpectedLostUnits(risk, computeProtectionDays(leadTime.meanDays, reviewDays), times);
  const { safetyStock } = planLevel(facts, forecast);
  return explainOrderBy(risk, safetyStock, leadTime.meanDays, times);
}

function explainPolicy(
  { facts, forecast }: PlannedState,
  value: 'SAFETY_STOCK' | 'REORDER_POINT' | 'TARGET_LEVEL',
): Explanation | null {
  const inputs = toPolicyInputs(facts, forecast);
  if (inputs === null) return value === 'SAFETY_STOCK' ? explainGiven(facts, forecast) : null;
  const explanation =
    value === 'SAFETY_STOCK'
      ? explainSafetyStock(inputs)
      : value === 'REORDER_POINT'
        ? explainReorderPoint(inputs)
        : explainTargetLevel(inputs);
  return safetyStockOrigin(facts, forecast) === 'DEFAULT' ? nameDefault(explanation) : explanation;
}

function explainStock(
  { facts, forecast }: PlannedState,
  value: 'DAYS_OF_STOCK' | 'STOCK_VALUE' | 'EXCESS_UNITS' | 'EXCESS_VALUE',
): Explanation | null {
  const builder = startExplanation();
  const stock = (name: string, amount: string) =>
    builder.input(name, amount, 'units', 'STOCK', 'stock_level', facts.stockObservedAt);
  const unitValue = facts.unitCost ?? facts.unitPrice;
  if (value === 'STOCK_VALUE' || value === 'EXCESS_VALUE') {
    if (unitValue === null) return null;
    const source = facts.unitCost === null ? 'item.unit_price' : 'item.unit_cost';
    builder.input('unit_value', unitValue, 'money', 'SETTINGS', source);
  }
  if (value === 'STOCK_VALUE') {
    builder.step('saleable', 'max', ['0', stock('on_hand', facts.onHand ?? facts.available)], 'units');
    builder.step('exact_figure', 'mul', ['saleable', 'unit_value'], 'money');
    return roundFigure(builder, 'stock_value', 'money');
  }
  const perDay = expectedPerDay(facts, forecast);
  const risk = toRiskInputs(facts, forecast);
  if (perDay === null || risk === null) return null;
  if (value === 'DAYS_OF_STOCK') {
    if (perDay.lte(0)) return null;
    builder.input('units_per_day', perDay, 'units/day', 'DEMAND', 'forecast', facts.dataAsOf);
    builder.step('saleable', 'max', ['0', stock('available', facts.available)], 'units');
    builder.step('exact_figure', 'div', ['saleable', 'units_per_day'], 'days');
    return roundFigure(builder, 'days_of_stock', 'days');
  }
  const protectionDays = computeProtectionDays(facts.leadTime.meanDays, facts.reviewDays);
  const cover = Math.max(excessCoverDays, protectionDays);
  const names = risk.arrivals
    .filter(({ day }) => day <= cover)
    .map(({ day, units }) =>
      builder.input(`arrival_day_${day}`, units, 'units', 'INCOMING', 'inbound_shipment'),
    );
  const distribution = risk.forecast.demandOver(cover).stored;
  builder.input('cover_distribution', distribution, 'distribution', 'DEMAND', 'forecast', facts.dataAsOf);
  builder.step('position', 'add', [stock('available', facts.available), '0', ...names], 'units');
  builder.step('likely_demand', 'quantile', ['cover_distribution', '0.9'], 'units');
  builder.step('surplus', 'sub', ['position', 'likely_demand'], 'units');
  builder.step('excess_units', 'max', ['0', 'surplus'], 'units');
  if (value === 'EXCESS_UNITS') return builder.build();
  builder.step('exact_figure', 'mul', ['excess_units', 'unit_value'], 'money');
  return roundFigure(builder, 'excess_value', 'money');
}

function explainPast(
  facts: LevelFacts,
  value: 'TURNOVER' | 'SELL_THROUGH' | 'IN_STOCK_RATE',
  window: WindowFigures,
): Explanation | null {
  const builder = startExplanation();
  const past = (name: string, amount: string | number, unit: 'units' | 'days') =>
    builder.input(name, amount, unit, 'DEMAND', 'stock_daily', facts.dataAsOf);
  if (value === 'IN_STOCK_RATE') {
    if (window.judgedDays === 0) return null;
    past('days_in_stock', window.inStockDays, 'days');
    past('days_counted', window.judgedDays, 'days');
    builder.step('exact_figure', 'div', ['days_in_stock', 'days_counted'], 'share');
    return roundFigure(builder, 'in_stock_rate', 'share');
  }
  if (window.meanUnits === null || new Decimal(window.meanUnits).lte(0)) return null;
  past('mean_units', window.meanUnits, 'units');
  past('units_sold', window.countedUnits, 'units');
  if (value === 'SELL_THROUGH') {
    builder.step('exact_figure', 'div', ['units_sold', 'mean_units'], 'number');
    return roundFigure(builder, 'sell_through', 'number');
  }
  past('days_counted', window.countedDays, 'days');
  builder.step('mean_stock_ratio', 'div', ['units_sold', 'mean_units'], 'number');
  builder.step('yearly_ratio', 'mul', ['mean_stock_ratio', '365'], 'number');
  builder.step('exact_figure', 'div', ['yearly_ratio', 'days_counted'], 'turns/year');
  return roundFigure(builder, 'turnover', 'turns/year');
}

/** Figures are kept to six places, a half away from zero: the same in two steps that anybody can redo. */
function roundFigure(
  builder: ExplanationBuilder,
  code: StepCode,
  unit: Parameters<ExplanationBuilder['step']>[3],
): Explanation {
  builder.step('half_added', 'add', ['exact_figure', '0.0000005'], unit);
  builder.step(code, 'floorTo', ['half_added', '0.000001'], unit);
  return builder.build();
}

/** A safety stock that somebody set, or the default, while nothing is known of demand. */
function explainGiven(facts: LevelFacts, forecast: PlanForecast): Explanation {
  const builder = startExplanation();
  const isDefault = facts.safetyStockOverride === null;
  const name = isDefault ? 'safety_stock_default' : 'safety_stock_override';
  const { safetyStock } = planLevel(facts, forecast);
  builder.input(name, safetyStock, 'units', 'SETTINGS', isDefault ? 'default' : 'setting');
  builder.step('safety_stock', 'max', ['0', name], 'units');
  return builder.build(name);
}

/** A default stands where an override would: say so by its name. */
function nameDefault(explanation: Explanation): Explanation {
  const [from, to] = ['safety_stock_override', 'safety_stock_default'];
  const renamed = (name: string) => (name === from ? to : name);
  return {
    inputs: explanation.inputs.map((input) =>
      input.name === from ? { ...input, name: to, source: 'default' } : input,
    ),
    steps: explanation.steps.map((step) => ({ ...step, operands: step.operands.map(renamed) })),
    binding: explanation.binding === null ? null : renamed(explanation.binding),
  };
}
