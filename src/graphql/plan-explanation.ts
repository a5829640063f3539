import { explainStockOutProbability } from '../domain/plan/explain-risk.ts';
import {
  type Explanation as DomainExplanation,
  type ExplanationBuilder,
  startExplanation,
} from '../domain/plan/explanation.ts';
import { type StepCode, stepLabels } from '../domain/plan/explanation-labels.ts';
import { safetyStockOrigin, toPolicyInputs } from '../domain/plan/level-facts.ts';
import { explainHealth } from '../domain/plan/level-health.ts';
import { explainReorderPoint, explainSafetyStock, explainTargetLevel } from '../domain/plan/policy-values.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import { assertNever } from '../shared/errors.ts';
import type { LocaleName } from './context.ts';
import type { ExplanationValue } from './explanation.ts';
import type { OpenedPlan } from './level-plan.ts';

/** Which planned value to explain. */
export type ExplainedValue =
  | 'SAFETY_STOCK'
  | 'REORDER_POINT'
  | 'TARGET_LEVEL'
  | 'STOCK_OUT_PROBABILITY'
  | 'DAYS_OF_STOCK'
  | 'STOCK_VALUE'
  | 'TURNOVER'
  | 'SELL_THROUGH'
  | 'EXCESS_UNITS'
  | 'HEALTH';

/**
 * How a planned value came about, made anew from the stored facts and the stored forecast: the same numbers, since
 * nothing else goes in.
 *
 * @param days - horizon of the stock-out probability, and window of the turnover (90 or 365)
 * @returns null where the value itself is null
 */
export function explainPlan(plan: OpenedPlan, value: ExplainedValue, days: number): ExplanationValue | null {
  const explanation = explain(plan, value, days);
  return explanation === null || explanation.steps.length === 0 ? null : toExplanationValue(explanation);
}

function explain(plan: OpenedPlan, value: ExplainedValue, days: number): DomainExplanation | null {
  const { facts, forecast, row } = plan;
  const policy = toPolicyInputs(facts, forecast);
  const times = { stockObservedAt: facts.stockObservedAt, dataAsOf: facts.dataAsOf };
  switch (value) {
    case 'SAFETY_STOCK':
      return policy === null ? explainGiven(plan) : nameDefault(plan, explainSafetyStock(policy));
    case 'REORDER_POINT':
      return policy === null ? null : nameDefault(plan, explainReorderPoint(policy));
    case 'TARGET_LEVEL':
      return policy === null ? null : nameDefault(plan, explainTargetLevel(policy));
    case 'STOCK_OUT_PROBABILITY':
      // What is owed already is out of stock for sure; there is nothing to compute.
      if (plan.risk === null || plan.risk.available < 0) return null;
      return explainStockOutProbability(plan.risk, days, times);
    case 'HEALTH': {
      const { safetyStock, stockOutProbability, excessUnits } = row;
      const idleness = row.isDead ? 'DEAD' : idlenessOf(plan);
      return (
        explainHealth(facts, forecast, { safetyStock, stockOutProbability, excessUnits, idleness })
          ?.explanation ?? null
      );
    }
    default:
      return explainFigure(plan, value, days);
  }
}

function idlenessOf(plan: OpenedPlan): 'SELLING' | 'SLOW' {
  // The same rule as `classifyIdleness`, dead goods left out.
  const { onHand, available, history } = plan.facts;
  if (new Decimal(onHand ?? available).lte(0)) return 'SELLING';
  return Math.min(history.daysSinceSale ?? history.stockDays, history.stockDays) >= 90 ? 'SLOW' : 'SELLING';
}

type Figure = 'DAYS_OF_STOCK' | 'STOCK_VALUE' | 'TURNOVER' | 'SELL_THROUGH' | 'EXCESS_UNITS';

function explainFigure(plan: OpenedPlan, value: Figure, days: number): DomainExplanation | null {
  const { facts, row } = plan;
  const { history } = facts;
  const builder = startExplanation();
  const stock = (name: string, amount: string) =>
    builder.input(name, amount, 'units', 'STOCK', 'stock_level', facts.stockObservedAt);
  const past = (name: string, amount: string) =>
    builder.input(name, amount, 'units', 'DEMAND', 'stock_daily', facts.dataAsOf);
  switch (value) {
    case 'DAYS_OF_STOCK':
      if (row.daysOfStock === null || row.unitsPerDay === null) return null;
      builder.input('units_per_day', row.unitsPerDay, 'units/day', 'DEMAND', 'forecast', facts.dataAsOf);
      builder.step('saleable', 'max', ['0', stock('available', facts.available)], 'units');
      builder.step('exact_figure', 'div', ['saleable', 'units_per_day'], 'days');
      return roundFigure(builder, 'days_of_stock', 'days');
    case 'STOCK_VALUE': {
      const unitValue = facts.unitCost ?? facts.unitPrice;
      if (unitValue === null) return null;
      const source = facts.unitCost === null ? 'item.unit_price' : 'item.unit_cost';
      builder.input('unit_value', unitValue, 'money', 'SETTINGS', source);
      builder.step('saleable', 'max', ['0', stock('on_hand', facts.onHand ?? facts.available)], 'units');
      builder.step('exact_figure', 'mul', ['saleable', 'unit_value'], 'money');
      return roundFigure(builder, 'stock_value', 'money');
    }
    case 'TURNOVER':
    case 'SELL_THROUGH': {
      const isShort = value === 'SELL_THROUGH' || days === 90;
      const mean = isShort ? history.meanUnits90 : history.meanUnits365;
      if (mean === null || new Decimal(mean).lte(0)) return null;
      past('mean_units', mean);
      past('units_sold', isShort ? history.countedUnits90 : history.countedUnits365);
      if (value === 'SELL_THROUGH') {
        builder.step('exact_figure', 'div', ['units_sold', 'mean_units'], 'number');
        return roundFigure(builder, 'sell_through', 'number');
      }
      const window = isShort ? history.countedDays90 : history.countedDays365;
      builder.input('days_counted', window, 'days', 'DEMAND', 'stock_daily', facts.dataAsOf);
      builder.step('mean_stock_ratio', 'div', ['units_sold', 'mean_units'], 'number');
      builder.step('yearly_ratio', 'mul', ['mean_stock_ratio', '365'], 'number');
      builder.step('exact_figure', 'div', ['yearly_ratio', 'days_counted'], 'turns/year');
      return roundFigure(builder, 'turnover', 'turns/year');
    }
    case 'EXCESS_UNITS': {
      if (row.excessUnits === null || plan.demand === null) return null;
      const cover = Math.max(90, row.protectionDays);
      const arrivals = plan.risk?.arrivals.filter(({ day }) => day <= cover) ?? [];
      const names = arrivals.map(({ day, units }) =>
        builder.input(`arrival_day_${day}`, units, 'units', 'INCOMING', 'inbound_shipment'),
      );
      const distribution = plan.demand.demandOver(cover).stored;
      builder.input('cover_distribution', distribution, 'distribution', 'DEMAND', 'forecast', facts.dataAsOf);
      builder.step('position', 'add', [stock('available', facts.available), '0', ...names], 'units');
      builder.step('likely_demand', 'quantile', ['cover_distribution', '0.9'], 'units');
      builder.step('surplus', 'sub', ['position', 'likely_demand'], 'units');
      builder.step('excess_units', 'max', ['0', 'surplus'], 'units');
      return builder.build();
    }
    default:
      return assertNever(value);
  }
}

/** Figures are kept to six places, a half away from zero: the same in two steps that anybody can redo. */
function roundFigure(
  builder: ExplanationBuilder,
  code: StepCode,
  unit: Parameters<ExplanationBuilder['step']>[3],
): DomainExplanation {
  builder.step('half_added', 'add', ['exact_figure', '0.0000005'], unit);
  builder.step(code, 'floorTo', ['half_added', '0.000001'], unit);
  return builder.build();
}

/** A safety stock that somebody set, or the default, while nothing is known of demand. */
function explainGiven(plan: OpenedPlan): DomainExplanation {
  const builder = startExplanation();
  const isDefault = plan.row.safetyStockOrigin === 'DEFAULT';
  const name = isDefault ? 'safety_stock_default' : 'safety_stock_override';
  builder.input(name, plan.row.safetyStock, 'units', 'SETTINGS', isDefault ? 'default' : 'setting');
  builder.step('safety_stock', 'max', ['0', name], 'units');
  return builder.build(name);
}

/** A default stands where an override would: say so by its name. */
function nameDefault(plan: OpenedPlan, explanation: DomainExplanation): DomainExplanation {
  if (safetyStockOrigin(plan.facts, plan.forecast) !== 'DEFAULT') return explanation;
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

/** A domain explanation as the API shows it. */
function toExplanationValue(explanation: DomainExplanation): ExplanationValue {
  const codes = new Map(explanation.steps.map((step) => [step.name, step.code]));
  const label = (name: string, locale: LocaleName) => {
    const { zh, en } = stepLabels[codes.get(name) as StepCode] ?? { zh: name, en: name };
    return locale === 'zh-CN' ? zh : en;
  };
  return {
    inputs: explanation.inputs,
    // A code may occur several times; the name tells them apart and is what operands refer to.
    steps: explanation.steps.map((step) => ({ ...step, code: step.name })),
    binding: explanation.binding,
    changeSincePrevious: [],
    label,
    text: (locale) => describe(explanation, label, locale),
  };
}

function describe(
  explanation: DomainExplanation,
  label: (name: string, locale: LocaleName) => string,
  locale: LocaleName,
): string {
  const last = explanation.steps.at(-1)!;
  const shown = (value: string) => formatDecimal(new Decimal(value).toDecimalPlaces(4));
  const facts = explanation.inputs
    .filter(({ unit }) => unit !== 'distribution')
    .map(({ name, value }) => `${name} ${shown(value)}`);
  const parts = explanation.steps
    .slice(0, -1)
    .map((step) => `${label(step.name, locale)} ${shown(step.value)}`);
  const rest = [...facts, ...parts].slice(0, 8);
  const result = `${label(last.name, locale)} ${shown(last.value)}`;
  if (rest.length === 0) return locale === 'zh-CN' ? `${result}。` : `${result}.`;
  return locale === 'zh-CN'
    ? `${result}，依据：${rest.join('，')}。`
    : `${result}, from: ${rest.join(', ')}.`;
}
