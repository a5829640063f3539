import { Decimal } from '../../shared/decimal.ts';
import { assertNever } from '../../shared/errors.ts';
import type { AlertReading } from './alert-life.ts';
import type { AlertRuleSettings, LevelAlertKind } from './alert-rule.ts';
import { speaksFor } from './inhibition.ts';

/** A level as the rules see it. Quantities are units of the item. */
export interface WatchedLevel {
  /** Believed quantity; may be negative when more was promised than there is. */
  readonly available: Decimal;
  /** Safety stock; null = not computed yet. */
  readonly threshold: Decimal | null;
  /** False for a pool whose item also lies in warehouses, and for goods no longer for sale. */
  readonly isWatched: boolean;
  /** True while its reading is implausible or its source stale or suspect: nothing fires or resolves then. */
  readonly isHeld: boolean;
  /** Null = not planned yet. */
  readonly plan: PlannedLevel | null;
  /** What lies in warehouses, for a pool whose item also lies there; null for everything else. */
  readonly physical: PhysicalStock | null;
}

/** What lies in the warehouses of an item. */
interface PhysicalStock {
  readonly available: Decimal;
  /** True while any of it is held, as {@link WatchedLevel.isHeld}. */
  readonly isHeld: boolean;
}

/** What planning says of a level. */
interface PlannedLevel {
  /** False: the level changed since it was planned. What the plan says is judged again once it is planned anew. */
  readonly isCurrent: boolean;
  /** Available plus inbound due within the protection period. */
  readonly position: Decimal;
  /** Null = no forecast. */
  readonly reorderPoint: Decimal | null;
  readonly targetLevel: Decimal | null;
  /** Units beyond need. */
  readonly excessUnits: Decimal | null;
  /** Of running out within the protection period, 0 to 1. */
  readonly stockOutProbability: Decimal | null;
}

/** A reading, with the quantity and the line it compares; null where there is nothing to compare. */
export interface JudgedLevel {
  readonly reading: AlertReading;
  readonly quantity: Decimal | null;
  readonly line: Decimal | null;
}

/** Kinds that rest on the plan of a level. */
export const planKinds: ReadonlySet<LevelAlertKind> = new Set([
  'REORDER_DUE',
  'STOCK_OUT_PREDICTED',
  'OVERSTOCK',
]);
/** Nearly certain. */
const predictedCritical = new Decimal('0.9');
const over: AlertReading = { kind: 'OVER' };
const held: AlertReading = { kind: 'HELD' };
const awaited: AlertReading = { kind: 'AWAITED' };

/**
 * What a rule reads off a level.
 *
 * | kind | quantity | line | holds when | clear when |
 * |---|---|---|---|---|
 * | OUT_OF_STOCK | available | 0 | quantity ≤ line | above the line and its recovery |
 * | LOW_STOCK | available | safety stock | quantity ≤ line | as above |
 * | APPROACHING | available | safety stock × (1 + share) | quantity ≤ line | as above |
 * | REORDER_DUE | position | reorder point | quantity ≤ line | as above |
 * | STOCK_OUT_PREDICTED | probability | rule's probability | quantity ≥ line | below line × (1 − recovery share) |
 * | OVERSTOCK | available | target × (1 + share) | above the line, and more than that share of it beyond need | not above line × (1 − recovery share), or half that share beyond need |
 * | LISTING_MISMATCH | distance of pool and physical stock | physical × share, at least recovery units | above the line | at half the line or less |
 *
 * "Above the line and its recovery" is more than line × (1 + recovery share) and at least line + recovery units.
 * A level that is low is CRITICAL too when it runs out within the protection period with a probability of 0.9.
 * What {@link speaksFor} another kind takes its place while it fires.
 * Kinds that rest on the plan are awaited while the level is not the one that was planned: nobody knows then whether
 * they are clear. A pool is compared only while both sides can be believed.
 *
 * @param kind - of the rule
 * @param level - as it stands now
 * @param rule - what holds for the level
 * @param firing - kinds of the alerts of this level that fire now
 * @returns OVER when the rule is off, the level is not watched (a pool, for LISTING_MISMATCH: has nothing to be
 *   compared with) or its line is not known; else HELD when the level is held, SPOKEN_FOR when another kind takes its
 *   place, AWAITED until its plan has followed; else what the table says
 * @see separate recovery thresholds: grafana#6202; ≤ stated and tested: snipe-it#12212
 * @example
 * // safety stock 10: 10 is RAISED, 11 is NEAR (not above 11), 12 is CLEAR
 */
export function judgeLevel(
  kind: LevelAlertKind,
  level: WatchedLevel,
  rule: AlertRuleSettings,
  firing: ReadonlySet<LevelAlertKind>,
): JudgedLevel {
  const isCompared = kind === 'LISTING_MISMATCH';
  const isMeant = isCompared ? level.physical !== null : level.isWatched;
  const compared = compare(kind, level, rule);
  const { quantity, line } = compared;
  if (!rule.isEnabled || !isMeant) return { quantity, line, reading: over };
  if (level.isHeld || (isCompared && level.physical?.isHeld === true))
    return { quantity, line, reading: held };
  if (line === null) return { quantity, line, reading: over };
  const isOld = planKinds.has(kind) && level.plan?.isCurrent === false;
  const isSpokenFor = [...firing].some((speaker) => speaksFor(speaker, kind));
  if (isSpokenFor) {
    const isClear = !isOld && compared.reading.kind === 'CLEAR';
    return { quantity, line, reading: { kind: 'SPOKEN_FOR', isClear } };
  }
  return isOld ? { quantity, line, reading: awaited } : compared;
}

function compare(kind: LevelAlertKind, level: WatchedLevel, rule: AlertRuleSettings): JudgedLevel {
  const { available, threshold, plan } = level;
  const nothingLeft = available.lte(0);
  switch (kind) {
    case 'OUT_OF_STOCK':
      return below(available, new Decimal(0), rule, false);
    case 'LOW_STOCK':
      return below(available, threshold, rule, nothingLeft || isNearlyCertain(plan));
    case 'APPROACHING':
      return below(available, threshold?.times(rule.thresholdShare.plus(1)) ?? null, rule, nothingLeft);
    case 'REORDER_DUE': {
      const line = plan?.reorderPoint?.gt(0) === true ? plan.reorderPoint : null;
      const position = plan?.position ?? null;
      return below(position, line, rule, position?.lte(0) === true);
    }
    case 'STOCK_OUT_PREDICTED':
      return judgeRisk(plan?.stockOutProbability ?? null, rule);
    case 'OVERSTOCK':
      return judgeExcess(level, rule);
    case 'LISTING_MISMATCH':
      return judgeDifference(level, rule);
    default:
      return assertNever(kind);
  }
}

/** An order placed now would come too late. A plan of another day says nothing of it. */
function isNearlyCertain(plan: PlannedLevel | null): boolean {
  return plan?.isCurrent === true && plan.stockOutProbability?.gte(predictedCritical) === true;
}

function below(
  quantity: Decimal | null,
  line: Decimal | null,
  rule: AlertRuleSettings,
  isCritical: boolean,
): JudgedLevel {
  if (quantity === null || line === null) return { quantity, line: null, reading: over };
  if (quantity.lte(line)) return { quantity, line, reading: raise(rule, isCritical) };
  const isClear =
    quantity.gt(line.times(rule.recoveryShare.plus(1))) && quantity.gte(line.plus(rule.recoveryUnits));
  return { quantity, line, reading: { kind: isClear ? 'CLEAR' : 'NEAR' } };
}

function judgeRisk(probability: Decimal | null, rule: AlertRuleSettings): JudgedLevel {
  const line = rule.probability;
  if (probability === null) return { quantity: null, line: null, reading: over };
  if (probability.gte(line)) {
    return { quantity: probability, line, reading: raise(rule, probability.gte(predictedCritical)) };
  }
  const isClear = probability.lt(line.times(new Decimal(1).minus(rule.recoveryShare)));
  return { quantity: probability, line, reading: { kind: isClear ? 'CLEAR' : 'NEAR' } };
}

function judgeExcess({ available, plan }: WatchedLevel, rule: AlertRuleSettings): JudgedLevel {
  if (plan === null || plan.targetLevel === null || plan.excessUnits === null) {
    return { quantity: available, line: null, reading: over };
  }
  const line = plan.targetLevel.times(rule.thresholdShare.plus(1));
  // A few units beyond need are on every shelf; nobody moves or returns them.
  const worthTelling = available.times(rule.thresholdShare);
  if (plan.excessUnits.gt(worthTelling) && available.gt(line)) {
    return { quantity: available, line, reading: raise(rule, false) };
  }
  const isSettled = plan.excessUnits.lte(worthTelling.div(2));
  const isClear = isSettled || available.lte(line.times(new Decimal(1).minus(rule.recoveryShare)));
  return { quantity: available, line, reading: { kind: isClear ? 'CLEAR' : 'NEAR' } };
}

function judgeDifference({ available, physical }: WatchedLevel, rule: AlertRuleSettings): JudgedLevel {
  if (physical === null) return { quantity: null, line: null, reading: over };
  const stock = Decimal.max(physical.available, 0);
  const line = Decimal.max(stock.times(rule.thresholdShare), rule.recoveryUnits);
  const quantity = available.minus(stock).abs();
  if (quantity.gt(line)) {
    const isOversell = stock.isZero() && available.gt(0);
    return { quantity, line, reading: raise(rule, isOversell) };
  }
  return { quantity, line, reading: { kind: quantity.lte(line.div(2)) ? 'CLEAR' : 'NEAR' } };
}

function raise(rule: AlertRuleSettings, isCritical: boolean): AlertReading {
  return { kind: 'RAISED', severity: isCritical ? 'CRITICAL' : rule.severity };
}
