import { Decimal } from '../shared/decimal.ts';
import type { ExplanationBuilder } from './plan/explanation.ts';

/** The four parts of the score. */
export type HealthPart = 'availability' | 'excess' | 'turnover' | 'accuracy';

/** What the score rests on; null = not known. */
export interface HealthInputs {
  /** False when nothing was ever sold or forecast: there is no score then. */
  readonly hasHistory: boolean;
  /** Expected demand a day, units ≥ 0. */
  readonly meanPerDay: number;
  /** Stock-out probability within the protection period. */
  readonly stockOutProbability: number | null;
  readonly serviceLevel: number;
  /** Share of the last 90 days with stock, 0 … 1. */
  readonly inStockShare: number | null;
  readonly available: number;
  readonly onHand: number;
  /** Units; see `computeExcessUnits`. */
  readonly excessUnits: number | null;
  /** See `classifyIdleness`. */
  readonly idleness: 'SELLING' | 'SLOW' | 'DEAD';
  /** Turns a year, and the turns that fit the item; see `computeTargetTurns`. */
  readonly turns: number | null;
  readonly targetTurns: number | null;
  /** Forecast error of protection-period sums divided by that of a 28-day mean. */
  readonly relativeError: number | null;
  /** True when goods arrive before an order placed now could. */
  readonly hasInboundWithinLeadTime: boolean;
}

/** Points that goods without a sale for 90 and 180 days get at most. */
const slowPointsMax = 50;
const deadPointsMax = 0;

/**
 * Adds the availability part.
 *
 * @param builder - receives inputs and steps
 * @param inputs - see {@link HealthInputs}
 * @param hasDemand - without demand nobody asks, so there is nothing to score
 * @param dataAsOf - time of the data
 * @returns name of the step with 0 … 100; null when nothing is known: a part of it that is not known counts neutral
 * @see `computeHealthScore`
 * @example addAvailability(builder, inputs, true, null) // 'availability_score'
 */
export function addAvailability(
  builder: ExplanationBuilder,
  inputs: HealthInputs,
  hasDemand: boolean,
  dataAsOf: string | null,
): string | null {
  const { stockOutProbability, inStockShare } = inputs;
  if (!hasDemand || (stockOutProbability === null && inStockShare === null)) return null;
  let lasting = '35';
  if (stockOutProbability !== null) {
    builder.input('stock_out_probability', stockOutProbability, 'probability', 'DEMAND', 'risk', dataAsOf);
    builder.input('service_level', inputs.serviceLevel, 'probability', 'SETTINGS', 'setting');
    builder.step('stays_covered', 'sub', ['1', 'stock_out_probability'], 'probability');
    builder.step('lasting_ratio', 'div', ['stays_covered', 'service_level'], 'share');
    builder.step('lasting_share', 'min', ['1', 'lasting_ratio'], 'share');
    lasting = builder.step('lasting_points', 'mul', ['70', 'lasting_share'], 'score');
  }
  let inStock = '15';
  if (inStockShare !== null) {
    builder.input('in_stock_share', decimalOf(inStockShare), 'share', 'STOCK', 'stock_snapshot', dataAsOf);
    inStock = builder.step('in_stock_points', 'mul', ['30', 'in_stock_share'], 'score');
  }
  return builder.step('availability_score', 'add', [lasting, inStock], 'score');
}

/**
 * Adds the excess part. Without stock nothing is excess: 100.
 *
 * @returns name of the step with 0 … 100; null when the excess is not known
 * @see `computeHealthScore`
 * @example addExcess(builder, inputs, null) // 'excess_score'
 */
export function addExcess(
  builder: ExplanationBuilder,
  inputs: HealthInputs,
  dataAsOf: string | null,
): string | null {
  if (inputs.excessUnits === null) return null;
  builder.input('excess_units', decimalOf(inputs.excessUnits), 'units', 'STOCK', 'kpi', dataAsOf);
  builder.input(
    'stock_units',
    decimalOf(Math.max(inputs.onHand, 1)),
    'units',
    'STOCK',
    'stock_level',
    dataAsOf,
  );
  builder.step('excess_ratio', 'div', ['excess_units', 'stock_units'], 'share');
  builder.step('excess_share', 'min', ['1', 'excess_ratio'], 'share');
  builder.step('lean_share', 'sub', ['1', 'excess_share'], 'share');
  builder.step('lean_points', 'mul', ['100', 'lean_share'], 'score');
  const most = { SELLING: 100, SLOW: slowPointsMax, DEAD: deadPointsMax }[inputs.idleness];
  builder.input('idle_points_max', most, 'score', 'DEMAND', 'kpi', dataAsOf);
  return builder.step('excess_score', 'min', ['lean_points', 'idle_points_max'], 'score');
}

/**
 * Adds the turnover part: no credit above the target.
 *
 * @param hasDemand - without demand stock does not turn at all: 0
 * @returns name of the step with 0 … 100; null when turns or target are not known
 * @see `computeHealthScore`
 * @example addTurnover(builder, inputs, true, null) // 'turnover_score'
 */
export function addTurnover(
  builder: ExplanationBuilder,
  inputs: HealthInputs,
  hasDemand: boolean,
  dataAsOf: string | null,
): string | null {
  if (!hasDemand) return builder.step('turnover_score', 'max', ['0', '0'], 'score');
  if (inputs.turns === null || inputs.targetTurns === null || !(inputs.targetTurns > 0)) return null;
  builder.input('turns', decimalOf(Math.max(0, inputs.turns)), 'turns/year', 'STOCK', 'kpi', dataAsOf);
  builder.input('target_turns', decimalOf(inputs.targetTurns), 'turns/year', 'SETTINGS', 'kpi', dataAsOf);
  builder.step('turns_ratio', 'div', ['turns', 'target_turns'], 'share');
  builder.step('turns_share', 'min', ['1', 'turns_ratio'], 'share');
  return builder.step('turnover_score', 'mul', ['100', 'turns_share'], 'score');
}

/**
 * Adds the accuracy part: 100 · (1 − half the relative error), within 0 and 100.
 *
 * @returns name of the step with 0 … 100; null when the error is not known
 * @see `computeHealthScore`
 * @example addAccuracy(builder, { ...inputs, relativeError: 1 }, null) // a step of value 50
 */
export function addAccuracy(
  builder: ExplanationBuilder,
  inputs: HealthInputs,
  dataAsOf: string | null,
): string | null {
  if (inputs.relativeError === null) return null;
  builder.input('relative_error', decimalOf(inputs.relativeError), 'number', 'DEMAND', 'forecast', dataAsOf);
  builder.step('half_error', 'mul', ['0.5', 'relative_error'], 'number');
  builder.step('accuracy_raw', 'sub', ['1', 'half_error'], 'share');
  builder.step('accuracy_floor', 'max', ['0', 'accuracy_raw'], 'share');
  return builder.step('accuracy_score', 'mul', ['100', 'accuracy_floor'], 'score');
}

function decimalOf(value: number): Decimal {
  return new Decimal(value).toDecimalPlaces(6);
}
