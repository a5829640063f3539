import { Decimal } from '../../shared/decimal.ts';
import type { DemandDistribution } from '../forecast/demand-distribution.ts';
import { type Explanation, type ExplanationBuilder, startExplanation } from './explanation.ts';
import type { LeadTimeEstimate } from './lead-time.ts';
import { computeProtectionDemand, type DemandOver } from './protection-demand.ts';
import { computeProtectionDays } from './protection-period.ts';
import type { SafetyStockMethod } from './safety-stock.ts';
import type { ServiceLevel } from './service-level.ts';

/** What an item's policy values in a warehouse rest on. */
export interface PolicyInputs {
  readonly forecast: DemandOver;
  /** True when the item is counted in whole units: the reorder point is then rounded up. */
  readonly isWhole: boolean;
  /** Standard deviation of past daily demand, units/day. */
  readonly sigmaUnitsPerDay: number;
  readonly leadTime: LeadTimeEstimate;
  /** Days between two chances to order, ≥ 0. */
  readonly reviewDays: number;
  readonly serviceLevel: ServiceLevel;
  readonly method: SafetyStockMethod;
  /** Units set by a person; null = computed. */
  readonly safetyStockOverride: Decimal | null;
  /** Units that must lie on the shelf to be presentable, ≥ 0. */
  readonly minPresentationUnits: Decimal;
  /** Days of demand to buy beyond the protection period, ≥ 0; 0 = as little as possible. */
  readonly orderCycleDays: number;
  /** Newest data behind the forecast, RFC 3339. */
  readonly dataAsOf: string;
}

/** The policy values of an item in a warehouse, all in units unless named otherwise. */
export interface PolicyValues {
  /** Whole days; with observed lead times that of their mean. */
  readonly protectionDays: number;
  readonly protectionDemand: Decimal;
  readonly safetyStock: Decimal;
  readonly reorderPoint: Decimal;
  readonly targetLevel: Decimal;
  /** The distribution over the protection period that all of them come from. */
  readonly demand: DemandDistribution;
}

/**
 * Safety stock, reorder point and target level of an item in a warehouse.
 *
 * Reorder point = expected demand of the protection period + safety stock, by every method. Target level =
 * max(reorder point, minimum presentation stock) + expected demand of the order cycle. The safety stock is the line
 * for LOW_STOCK; orders are placed at the reorder point, since at the safety stock it is too late.
 *
 * @param inputs - see {@link PolicyInputs}
 * @returns units as decimals, equal to what the explanations recompute
 * @throws AppError `invalid_input` if a lead time, review period or service level is out of bounds
 * @see order-up-to (R,S) policy: the quantile of demand over L + R
 * @example
 * // demand of 7 days is Poisson with mean 14, level 0.95: quantile 20, safety stock 6, reorder point 20
 */
export function computePolicyValues(inputs: PolicyInputs): PolicyValues {
  const demand = computeProtectionDemand(inputs.forecast, inputs.leadTime, inputs.reviewDays, 'order');
  const builder = startExplanation();
  addTargetLevel(builder, inputs, demand);
  return {
    protectionDays: computeProtectionDays(inputs.leadTime.meanDays, inputs.reviewDays),
    protectionDemand: builder.value('protection_demand'),
    safetyStock: builder.value('safety_stock'),
    reorderPoint: builder.value('reorder_point'),
    targetLevel: builder.value('target_level'),
    demand,
  };
}

/**
 * The safety stock with its inputs and steps.
 *
 * @returns an explanation whose last step is the safety stock; `binding` names an override
 * @see computePolicyValues
 * @example recomputeExplanation(explainSafetyStock(inputs)) // equals computePolicyValues(inputs).safetyStock
 */
export function explainSafetyStock(inputs: PolicyInputs): Explanation {
  const demand = computeProtectionDemand(inputs.forecast, inputs.leadTime, inputs.reviewDays, 'order');
  const builder = startExplanation();
  addSafetyStock(builder, inputs, demand);
  return builder.build(inputs.safetyStockOverride === null ? null : 'safety_stock_override');
}

/**
 * The reorder point with its inputs and steps.
 *
 * @returns an explanation whose last step is the reorder point
 * @see computePolicyValues
 * @example recomputeExplanation(explainReorderPoint(inputs)) // equals computePolicyValues(inputs).reorderPoint
 */
export function explainReorderPoint(inputs: PolicyInputs): Explanation {
  const demand = computeProtectionDemand(inputs.forecast, inputs.leadTime, inputs.reviewDays, 'order');
  const builder = startExplanation();
  addReorderPoint(builder, inputs, demand);
  return builder.build(inputs.safetyStockOverride === null ? null : 'safety_stock_override');
}

/**
 * The target level (order up to) with its inputs and steps.
 *
 * @returns an explanation whose last step is the target level; `binding` names the minimum presentation stock
 *   when that decided it
 * @see computePolicyValues
 * @example recomputeExplanation(explainTargetLevel(inputs)) // equals computePolicyValues(inputs).targetLevel
 */
export function explainTargetLevel(inputs: PolicyInputs): Explanation {
  const demand = computeProtectionDemand(inputs.forecast, inputs.leadTime, inputs.reviewDays, 'order');
  const builder = startExplanation();
  addTargetLevel(builder, inputs, demand);
  const isPresentation = inputs.minPresentationUnits.gt(builder.value('reorder_point'));
  return builder.build(isPresentation ? 'min_presentation' : null);
}

/**
 * Adds the inputs and steps that end in `target_level`, leaving `protection_demand`, `safety_stock` and
 * `reorder_point` behind, so that a longer explanation can go on from them.
 *
 * @param builder - receives inputs and steps; none of these names may be in it yet
 * @param inputs - see {@link PolicyInputs}
 * @param demand - distribution over the protection period, for orders
 * @see computePolicyValues
 * @example addTargetLevel(builder, inputs, demand); builder.value('target_level')
 */
export function addTargetLevel(
  builder: ExplanationBuilder,
  inputs: PolicyInputs,
  demand: DemandDistribution,
): void {
  addReorderPoint(builder, inputs, demand);
  builder.input('min_presentation', inputs.minPresentationUnits, 'units', 'SETTINGS', 'setting');
  builder.step('covered_level', 'max', ['reorder_point', 'min_presentation'], 'units');
  const protectionDays = computeProtectionDays(inputs.leadTime.meanDays, inputs.reviewDays);
  const cycleDemand =
    inputs.forecast.meanOver(protectionDays + inputs.orderCycleDays) -
    inputs.forecast.meanOver(protectionDays);
  const cycle = new Decimal(Math.max(0, cycleDemand)).toDecimalPlaces(6);
  builder.input('order_cycle_demand', cycle, 'units', 'DEMAND', 'forecast', inputs.dataAsOf);
  builder.step('target_level', 'add', ['covered_level', 'order_cycle_demand'], 'units');
}

function addReorderPoint(
  builder: ExplanationBuilder,
  inputs: PolicyInputs,
  demand: DemandDistribution,
): void {
  addSafetyStock(builder, inputs, demand);
  if (!inputs.isWhole) {
    builder.step('reorder_point', 'add', ['protection_demand', 'safety_stock'], 'units');
    return;
  }
  builder.step('reorder_level', 'add', ['protection_demand', 'safety_stock'], 'units');
  builder.step('reorder_point', 'ceil', ['reorder_level'], 'units');
}

/** Adds the inputs and steps that end in `safety_stock`; also leaves `protection_demand` behind. */
function addSafetyStock(builder: ExplanationBuilder, inputs: PolicyInputs, demand: DemandDistribution): void {
  builder.input(
    'protection_distribution',
    demand.stored,
    'distribution',
    'DEMAND',
    'forecast',
    inputs.dataAsOf,
  );
  const expected = new Decimal(expectedOver(inputs)).toDecimalPlaces(6);
  builder.input('protection_demand', expected, 'units', 'DEMAND', 'forecast', inputs.dataAsOf);
  if (inputs.safetyStockOverride !== null) {
    builder.input('safety_stock_override', inputs.safetyStockOverride, 'units', 'SETTINGS', 'setting');
    builder.step('safety_stock', 'max', ['0', 'safety_stock_override'], 'units');
    return;
  }
  builder.input('service_level', inputs.serviceLevel.level, 'probability', 'SETTINGS', 'setting');
  switch (inputs.method) {
    case 'QUANTILE':
      addQuantile(builder, inputs, demand);
      break;
    case 'CLASSIC':
      addSpread(builder, inputs);
      builder.step('lead_time_root', 'sqrt', ['lead_time_days'], 'number');
      builder.step('quantile_excess', 'mul', ['z', 'lead_time_root', 'sigma'], 'units');
      break;
    case 'LEAD_TIME_VARIANCE':
      addKing(builder, inputs);
      break;
  }
  builder.step('safety_stock', 'max', ['0', 'quantile_excess'], 'units');
}

/**
 * The quantile of the protection period, or of a shorter one if that is higher: demand of more days cannot be less, but
 * a forecast may describe longer sums by another kind of curve, whose quantile can lie a little lower.
 */
function addQuantile(builder: ExplanationBuilder, inputs: PolicyInputs, demand: DemandDistribution): void {
  const ofPeriod = builder.step(
    'demand_quantile',
    'quantile',
    ['protection_distribution', 'service_level'],
    'units',
  );
  const shorter = findHigherShorter(inputs, demand);
  let highest = ofPeriod;
  if (shorter !== null) {
    builder.input(
      'shorter_distribution',
      shorter.stored,
      'distribution',
      'DEMAND',
      'forecast',
      inputs.dataAsOf,
    );
    const ofShorter = builder.step(
      'shorter_quantile',
      'quantile',
      ['shorter_distribution', 'service_level'],
      'units',
    );
    highest = builder.step('highest_quantile', 'max', [ofPeriod, ofShorter], 'units');
  }
  builder.step('quantile_excess', 'sub', [highest, 'protection_demand'], 'units');
}

/** Wider than what a quantile may be off in its own search. */
const certainly = 1e-9;

/** Looks back day by day, as far as a change of curve could outweigh the demand of the days between. */
function findHigherShorter(inputs: PolicyInputs, demand: DemandDistribution): DemandDistribution | null {
  if (inputs.leadTime.observedDays.length > 0) return null;
  const { level } = inputs.serviceLevel;
  const days = computeProtectionDays(inputs.leadTime.meanDays, inputs.reviewDays);
  let highest = demand.quantile(level);
  const expected = inputs.forecast.meanOver(days);
  // Two curves fitted to the same errors differ by less than twice of what lies above the mean, and a few units.
  const reach = 5 + 2 * Math.max(0, highest - expected);
  let found: DemandDistribution | null = null;
  for (let fewer = days - 1; fewer >= 1; fewer--) {
    if (expected - inputs.forecast.meanOver(fewer) > reach) break;
    const shorter = inputs.forecast.demandOver(fewer, 'order');
    // Asking for the probability costs a fraction of searching the quantile, and nearly always settles it.
    if (shorter.cdf(highest) > level + certainly) continue;
    const quantile = shorter.quantile(level);
    if (quantile <= highest) continue;
    highest = quantile;
    found = shorter;
  }
  return found;
}

/** D̂: the forecast's days summed over the protection period; the mean over the observed lead times if there are any. */
function expectedOver(inputs: PolicyInputs): number {
  const { observedDays, meanDays } = inputs.leadTime;
  const days = observedDays.length > 0 ? observedDays : [meanDays];
  const sums = days.map((lead) => inputs.forecast.meanOver(computeProtectionDays(lead, inputs.reviewDays)));
  return sums.reduce((sum, units) => sum + units, 0) / sums.length;
}

function addSpread(builder: ExplanationBuilder, inputs: PolicyInputs): void {
  const sigma = new Decimal(inputs.sigmaUnitsPerDay).toDecimalPlaces(6);
  const leadTime = new Decimal(inputs.leadTime.meanDays).toDecimalPlaces(6);
  builder.input('sigma', sigma, 'units/day', 'DEMAND', 'demand', inputs.dataAsOf);
  builder.input('lead_time_days', leadTime, 'days', 'LEAD_TIME', `lead_time:${inputs.leadTime.origin}`);
  builder.step('z', 'normalQuantile', ['service_level'], 'number');
}

function addKing(builder: ExplanationBuilder, inputs: PolicyInputs): void {
  addSpread(builder, inputs);
  const protectionDays = computeProtectionDays(inputs.leadTime.meanDays, inputs.reviewDays);
  const leadTimeSd = new Decimal(inputs.leadTime.sdDays).toDecimalPlaces(6);
  const perDay = builder.value('protection_demand').div(protectionDays).toDecimalPlaces(6);
  builder.input(
    'protection_days',
    protectionDays,
    'days',
    'LEAD_TIME',
    `lead_time:${inputs.leadTime.origin}`,
  );
  builder.input('lead_time_sd', leadTimeSd, 'days', 'LEAD_TIME', `lead_time:${inputs.leadTime.origin}`);
  builder.input('mean_per_day', perDay, 'units/day', 'DEMAND', 'forecast', inputs.dataAsOf);
  builder.step('demand_variance', 'mul', ['protection_days', 'sigma', 'sigma'], 'number');
  builder.step(
    'lead_time_variance',
    'mul',
    ['mean_per_day', 'mean_per_day', 'lead_time_sd', 'lead_time_sd'],
    'number',
  );
  builder.step('total_variance', 'add', ['demand_variance', 'lead_time_variance'], 'number');
  builder.step('total_sd', 'sqrt', ['total_variance'], 'units');
  builder.step('quantile_excess', 'mul', ['z', 'total_sd'], 'units');
}
