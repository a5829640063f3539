import { Decimal, formatDecimal } from '../../shared/decimal.ts';
import { minuteMs } from '../../shared/time.ts';
import { type AlertFact, type AlertFactName, referenceLoss } from './alert-explanation.ts';
import type { AlertRuleSettings, LevelAlertKind, SourceAlertKind } from './alert-rule.ts';
import { planKinds, type WatchedLevel } from './level-reading.ts';
import type { WatchedSource } from './source-reading.ts';

/** What the urgency and the text of an alert about a level rest on, beyond what its rule reads. Instants RFC 3339. */
export interface LevelBackground {
  readonly observedAt: string;
  readonly thresholdComputedAt: string | null;
  readonly isThresholdSet: boolean;
  /** Null = not planned yet. */
  readonly plannedAt: string | null;
  /** Expected demand; null = no forecast. */
  readonly unitsPerDay: Decimal | null;
  readonly leadTimeDays: Decimal | null;
  readonly excessValue: Decimal | null;
  /** Price less cost; the price where the cost is unknown; null = neither is known, then units are counted. */
  readonly unitMargin: Decimal | null;
}

const available: readonly AlertFactName[] = ['available'];
const recovery: readonly AlertFactName[] = ['recovery_share', 'recovery_units'];
/** Whether an order is due as well: REORDER_DUE is not told beside alerts that speak for it. */
const order: readonly AlertFactName[] = ['inbound_due', 'reorder_point', 'stock_out_probability'];
const loss: readonly AlertFactName[] = ['units_per_day', 'lead_time_days', 'unit_margin', 'reference_loss'];

const namesByKind: Readonly<Record<LevelAlertKind, readonly AlertFactName[]>> = {
  OUT_OF_STOCK: [...available, 'safety_stock', ...recovery, ...order, ...loss],
  LOW_STOCK: [...available, 'safety_stock', ...recovery, ...order, ...loss],
  APPROACHING: [...available, 'safety_stock', 'threshold_share', ...recovery, ...loss],
  REORDER_DUE: [...available, 'inbound_due', 'reorder_point', ...recovery, ...loss],
  STOCK_OUT_PREDICTED: [
    'stock_out_probability',
    'probability_limit',
    'recovery_share',
    ...available,
    'inbound_due',
    'reorder_point',
    ...loss,
  ],
  OVERSTOCK: [
    ...available,
    'target_level',
    'threshold_share',
    'recovery_share',
    'excess_units',
    'excess_value',
    'reference_loss',
  ],
  LISTING_MISMATCH: [...available, 'physical_available', 'threshold_share', 'recovery_units'],
};

/**
 * The facts that an alert about a level rests on, as its explanation wants them.
 *
 * @param kind - of the alert
 * @param level - as it was judged
 * @param rule - what holds for it
 * @param background - what else its urgency rests on
 * @returns in a fixed order; the demand facts only where there is a forecast of some demand and a lead time, those of an
 *   order beside another alert only while the plan is of the level as it stands
 * @see `explainAlert`, which turns them into steps
 * @example collectLevelFacts('OUT_OF_STOCK', level, rule, background)[0] // { name: 'available', value: '0', … }
 */
export function collectLevelFacts(
  kind: LevelAlertKind,
  level: WatchedLevel,
  rule: AlertRuleSettings,
  background: LevelBackground,
): AlertFact[] {
  const { plan: latest } = level;
  const isOld = latest?.isCurrent === false && !planKinds.has(kind);
  const plan = isOld ? null : latest;
  const { unitsPerDay, leadTimeDays, plannedAt } = background;
  const hasDemand = unitsPerDay?.gt(0) === true && leadTimeDays?.gt(0) === true;
  const known: { readonly [Name in AlertFactName]?: Decimal | null } = {
    available: level.available,
    safety_stock: level.threshold,
    inbound_due: plan?.position.minus(level.available) ?? null,
    reorder_point: plan?.reorderPoint?.gt(0) === true ? plan.reorderPoint : null,
    target_level: plan?.targetLevel ?? null,
    excess_units: plan?.excessUnits ?? null,
    excess_value: background.excessValue ?? plan?.excessUnits ?? null,
    stock_out_probability: plan?.stockOutProbability ?? null,
    physical_available: level.physical?.available ?? null,
    threshold_share: rule.thresholdShare,
    recovery_share: rule.recoveryShare,
    recovery_units: rule.recoveryUnits,
    probability_limit: rule.probability,
    units_per_day: hasDemand ? unitsPerDay : null,
    lead_time_days: hasDemand ? leadTimeDays : null,
    unit_margin: hasDemand ? Decimal.max(background.unitMargin ?? 1, 0) : null,
    reference_loss: hasDemand || kind === 'OVERSTOCK' ? new Decimal(referenceLoss) : null,
  };
  const planned = new Set<AlertFactName>([
    'inbound_due',
    'reorder_point',
    'target_level',
    'excess_units',
    'excess_value',
    'stock_out_probability',
    'units_per_day',
    'lead_time_days',
  ]);
  const timeOf = (name: AlertFactName): string | null => {
    if (name === 'available' || name === 'physical_available') return background.observedAt;
    if (name === 'safety_stock') return background.thresholdComputedAt;
    return planned.has(name) ? plannedAt : null;
  };
  return namesByKind[kind].flatMap((name) => {
    const value = known[name] ?? null;
    if (value === null) return [];
    const fact: AlertFact = { name, value: formatDecimal(value), observedAt: timeOf(name) };
    return [name === 'safety_stock' && background.isThresholdSet ? { ...fact, isSet: true } : fact];
  });
}

/**
 * The facts that an alert about a source rests on.
 *
 * @param kind - of the alert
 * @param source - as it was judged
 * @param rule - what holds for it
 * @param at - business time
 * @returns in a fixed order; a source without a connection counts as one that failed as often as is allowed
 * @see `explainAlert`, which turns them into steps
 * @example collectSourceFacts('SOURCE_STALE', source, rule, now)[0] // { name: 'minutes_since_reading', … }
 */
export function collectSourceFacts(
  kind: SourceAlertKind,
  source: WatchedSource,
  rule: AlertRuleSettings,
  at: Date,
): AlertFact[] {
  const seenAt = at.toISOString();
  const fact = (name: AlertFactName, value: number, observedAt: string | null): AlertFact => ({
    name,
    value: formatDecimal(value),
    observedAt,
  });
  switch (kind) {
    case 'SYNC_FAILED': {
      const failed = source.isConnected ? source.failedCount : Math.max(source.failedCount, rule.countMin);
      return [fact('failed_readings', failed, seenAt), fact('failed_readings_allowed', rule.countMin, null)];
    }
    case 'SOURCE_STALE': {
      const minutes = Math.floor((at.getTime() - source.lastReadAt.getTime()) / minuteMs);
      return [
        fact('minutes_since_reading', Math.max(minutes, 0), source.lastReadAt.toISOString()),
        fact('minutes_allowed', rule.ageMinutesMax, null),
      ];
    }
    default:
      return [fact('held_readings', source.suspectCount, seenAt), fact('levels', source.levelCount, seenAt)];
  }
}
