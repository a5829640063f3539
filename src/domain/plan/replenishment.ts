import { Decimal } from '../../shared/decimal.ts';
import { AppError } from '../../shared/errors.ts';
import { type Explanation, type ExplanationBuilder, startExplanation } from './explanation.ts';
import type { Arrival } from './inbound.ts';
import { computeOrderBy, type OrderBy } from './order-by.ts';
import { addTargetLevel, type PolicyInputs } from './policy-values.ts';
import { computeProtectionDemand } from './protection-demand.ts';
import { computeProtectionDays } from './protection-period.ts';

/** What the supplier and the buyer allow. */
export interface OrderLimits {
  /** Minimum order quantity, units ≥ 0; 0 = none. */
  readonly moq: Decimal;
  /** Orders must be a multiple of this many units, > 0. */
  readonly multiple: Decimal;
  /** Most units in one order; null = no cap. */
  readonly cap: Decimal | null;
  /** Days of expected demand above which an order is flagged, not cut. */
  readonly coverDaysMax: number;
}

/** No limits but whole units and 90 days' cover. */
export const defaultLimits: OrderLimits = {
  moq: new Decimal(0),
  multiple: new Decimal(1),
  cap: null,
  coverDaysMax: 90,
};

/** What a replenishment suggestion rests on. */
export interface ReplenishmentInputs {
  readonly policy: PolicyInputs;
  /** On hand minus reserved minus damaged; negative when goods are owed. */
  readonly available: Decimal;
  /** Aged inbound, ascending by day; see `ageInbound`. */
  readonly arrivals: readonly Arrival[];
  readonly limits: OrderLimits;
  /** When the stock was observed, RFC 3339. */
  readonly stockObservedAt: string | null;
}

/** What a person should look at before approving. */
type ReplenishmentFlag =
  | 'RAISED_TO_MOQ'
  | 'CAPPED'
  | 'CAP_BELOW_MOQ'
  | 'MULTIPLE_NEVER_FITS'
  | 'COVER_ABOVE_LIMIT'
  | 'NEGATIVE_STOCK'
  | 'OVERDUE';

/** A suggested order; `quantity` 0 means: nothing to order now. */
export interface ReplenishmentSuggestion {
  readonly quantity: Decimal;
  /** Units wished before MOQ, multiple and cap. */
  readonly need: Decimal;
  readonly orderBy: OrderBy;
  /** Day on which the goods can be sold if ordered today. */
  readonly arrivalDay: number;
  /** False when the next chance to order is still early enough; the quantity is then a preview. */
  readonly isDue: boolean;
  readonly flags: readonly ReplenishmentFlag[];
  readonly explanation: Explanation;
}

/**
 * How much to order for an item in a warehouse: R = max(0, D̂ + S_s − I − Q_in), then limits.
 *
 * One horizon, the protection period, for all: expected demand, safety stock, and of the inbound only what is due
 * within it. Steps in this order, each visible: need; raised to the MOQ; rounded up to the multiple; 0 on zero
 * need; cut to the largest multiple within the cap. Above the cover limit there is a flag and no cut. The suggestion
 * is due when the order-by day comes before the next chance to order; otherwise a daily look would make tiny orders.
 *
 * @param inputs - see {@link ReplenishmentInputs}
 * @returns quantity 0 with flag CAP_BELOW_MOQ when no order can satisfy both, with MULTIPLE_NEVER_FITS when no
 *   multiple lies between minimum and cap; `binding` in the explanation names
 *   what decided: need, MOQ, multiple or cap
 * @throws AppError `invalid_input` if MOQ or cap are negative or the multiple is not above 0
 * @see pains of other systems: quantities nobody can explain, rounding in changing order, far inbound taken as cover
 * @example
 * // Poisson 2 a day, L + R = 7: D̂ + S_s = 20; 5 available, 4 due within, MOQ 10, multiple 6: 20 − 9 = 11 → 12
 */
export function suggestReplenishment(inputs: ReplenishmentInputs): ReplenishmentSuggestion {
  const { limits, policy } = inputs;
  requireLimits(limits);
  const demand = computeProtectionDemand(policy.forecast, policy.leadTime, policy.reviewDays, 'order');
  const protectionDays = computeProtectionDays(policy.leadTime.meanDays, policy.reviewDays);
  const builder = startExplanation();
  addTargetLevel(builder, policy, demand);
  addNeed(builder, inputs, protectionDays);
  const flags = addLimits(builder, limits);
  const quantity = builder.value('order_quantity');
  const need = builder.value('need');
  const leadTimeDays = policy.leadTime.meanDays;
  const orderBy = computeOrderBy({
    ...{ forecast: policy.forecast, arrivals: inputs.arrivals, leadTimeDays },
    available: inputs.available.toNumber(),
    safetyStock: builder.value('safety_stock').toNumber(),
  });
  if (inputs.available.lt(0)) flags.push('NEGATIVE_STOCK');
  if (orderBy.overdueDays > 0 && need.gt(0)) flags.push('OVERDUE');
  const covered = policy.forecast.meanOver(limits.coverDaysMax);
  if (quantity.gt(0) && builder.value('position').plus(quantity).gt(covered)) flags.push('COVER_ABOVE_LIMIT');
  return {
    ...{ quantity, need, orderBy, flags },
    arrivalDay: 1 + Math.ceil(leadTimeDays - 1e-9),
    isDue: need.gt(0) && isDueBefore(orderBy, inputs, builder),
    explanation: builder.build(bindingOf(builder, flags)),
  };
}

/** Due when the latest day comes before the next chance, or when the position is at or below the reorder point. */
function isDueBefore(orderBy: OrderBy, inputs: ReplenishmentInputs, builder: ExplanationBuilder): boolean {
  const nextChance = 1 + Math.max(1, inputs.policy.reviewDays);
  if (orderBy.orderByDay !== null && orderBy.orderByDay < nextChance) return true;
  return builder.value('position').lte(builder.value('reorder_point'));
}

function addNeed(builder: ExplanationBuilder, inputs: ReplenishmentInputs, protectionDays: number): void {
  builder.input('available', inputs.available, 'units', 'STOCK', 'stock_level', inputs.stockObservedAt);
  const due = inputs.arrivals.filter(({ day }) => day <= protectionDays);
  const names = due.map(({ day, units }) =>
    builder.input(`arrival_day_${day}`, units, 'units', 'INCOMING', 'inbound_shipment'),
  );
  builder.step('inbound_due', 'add', ['0', ...names], 'units');
  builder.step('position', 'add', ['available', 'inbound_due'], 'units');
  builder.step('shortfall', 'sub', ['target_level', 'position'], 'units');
  builder.step('need', 'max', ['0', 'shortfall'], 'units');
}

function addLimits(builder: ExplanationBuilder, limits: OrderLimits): ReplenishmentFlag[] {
  const flags: ReplenishmentFlag[] = [];
  builder.input('moq', limits.moq, 'units', 'SETTINGS', 'setting');
  builder.input('multiple', limits.multiple, 'units', 'SETTINGS', 'setting');
  builder.step('moq_raised', 'max', ['need', 'moq'], 'units');
  builder.step('multiple_rounded', 'ceilTo', ['moq_raised', 'multiple'], 'units');
  builder.step('gated', 'whenPositive', ['need', 'multiple_rounded'], 'units');
  const gated = builder.value('gated');
  if (gated.gt(0) && limits.moq.gt(builder.value('need'))) flags.push('RAISED_TO_MOQ');
  if (limits.cap === null) {
    builder.step('order_quantity', 'max', ['0', 'gated'], 'units');
    return flags;
  }
  builder.input('cap', limits.cap, 'units', 'SETTINGS', 'setting');
  builder.step('cap_fitted', 'floorTo', ['cap', 'multiple'], 'units');
  const fitted = builder.value('cap_fitted');
  if (fitted.lt(limits.moq) || fitted.isZero()) {
    // No quantity is both allowed and large enough: say so instead of breaking either rule.
    builder.step('order_quantity', 'min', ['0', 'gated'], 'units');
    if (gated.gt(0)) flags.push(limits.cap.lt(limits.moq) ? 'CAP_BELOW_MOQ' : 'MULTIPLE_NEVER_FITS');
    return flags;
  }
  builder.step('order_quantity', 'min', ['gated', 'cap_fitted'], 'units');
  if (gated.gt(fitted)) flags.push('CAPPED');
  return flags;
}

function bindingOf(builder: ExplanationBuilder, flags: readonly ReplenishmentFlag[]): string {
  if (flags.includes('MULTIPLE_NEVER_FITS')) return 'multiple';
  if (flags.includes('CAPPED') || flags.includes('CAP_BELOW_MOQ')) return 'cap';
  if (flags.includes('RAISED_TO_MOQ')) return 'moq';
  return builder.value('gated').gt(builder.value('need')) ? 'multiple' : 'need';
}

function requireLimits(limits: OrderLimits): void {
  if (limits.moq.lt(0)) throw new AppError('invalid_input', `MOQ must be 0 or more, but is ${limits.moq}`);
  if (limits.multiple.lte(0)) {
    throw new AppError('invalid_input', `order multiple must be above 0, but is ${limits.multiple}`);
  }
  if (limits.cap?.lt(0)) throw new AppError('invalid_input', `cap must be 0 or more, but is ${limits.cap}`);
}
