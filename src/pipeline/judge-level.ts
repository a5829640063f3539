import type { AlertCandidate, KnownAlert, LevelOrigin } from '../db/queries/alert-candidate.ts';
import type { LoadedAlertRules } from '../db/queries/alert-rule.ts';
import type { SourceCandidate } from '../db/queries/alert-source.ts';
import { collectLevelFacts, type LevelBackground } from '../domain/alert/alert-facts.ts';
import { isFiring } from '../domain/alert/alert-life.ts';
import {
  type AlertRuleBook,
  type AlertRuleSettings,
  type LevelAlertKind,
  levelAlertKinds,
} from '../domain/alert/alert-rule.ts';
import { type JudgedLevel, judgeLevel, planKinds, type WatchedLevel } from '../domain/alert/level-reading.ts';
import { isMassSuspect, isStale } from '../domain/alert/source-reading.ts';
import { Decimal } from '../shared/decimal.ts';
import { minuteMs } from '../shared/time.ts';
import { type JudgedAlert, judgeAlert } from './judge-alerts.ts';

/** What levels are judged with. */
export interface JudgingTools {
  readonly loaded: LoadedAlertRules;
  readonly book: AlertRuleBook;
  readonly sources: ReadonlyMap<string, SourceCandidate>;
  /** Business time. */
  readonly at: Date;
}

/**
 * Judges one level by some kinds of rules, in their order, since earlier ones may speak for later ones. Alerts of other
 * kinds stay as they are, but for those that another one now speaks for: these end with it.
 */
export function judgeCandidate(
  candidate: AlertCandidate,
  kinds: ReadonlySet<LevelAlertKind>,
  tools: JudgingTools,
): JudgedAlert[] {
  const { itemId, warehouseId, category } = candidate;
  const level = toWatchedLevel(candidate, tools);
  // Kinds that are judged elsewhere speak as they stand.
  const firing = new Set(
    candidate.alerts.filter(({ memory }) => isFiring(memory.state)).map(({ kind }) => kind as LevelAlertKind),
  );
  return levelAlertKinds.flatMap((kind) => {
    const ruleId = tools.loaded.ruleIds.get(kind);
    const known = findKnown(candidate.alerts, kind);
    const isAsked = kinds.has(kind);
    if (ruleId === undefined || (known === null && !isAsked)) return [];
    const rule = tools.book.rule(kind, { itemId, warehouseId, category }).settings;
    const judged = judgeLevel(kind, level, rule, firing);
    // Most levels are read for one kind only; what cannot change needs no figures.
    const isIdle = isAsked
      ? known === null && judged.reading.kind !== 'RAISED'
      : judged.reading.kind !== 'SPOKEN_FOR';
    if (isIdle) return [];
    const outcome = judgeAlert(
      { ...describe(kind, candidate, level, rule, judged), ruleId, known },
      tools.at,
    );
    const state = outcome?.write.next.state ?? known?.memory.state ?? 'RESOLVED';
    if (isFiring(state)) firing.add(kind);
    else firing.delete(kind);
    return outcome === null ? [] : [outcome];
  });
}

function describe(
  kind: LevelAlertKind,
  candidate: AlertCandidate,
  level: WatchedLevel,
  rule: AlertRuleSettings,
  judged: JudgedLevel,
) {
  const isOld = planKinds.has(kind) && level.plan?.isCurrent === false;
  const isKnown = judged.quantity !== null && judged.line !== null && !isOld;
  const background = toBackground(candidate);
  return {
    kind,
    rule,
    reading: judged.reading,
    itemId: candidate.itemId,
    warehouseId: candidate.warehouseId,
    shopId: null,
    facts: isKnown ? collectLevelFacts(kind, level, rule, background) : [],
    available: kind === 'REORDER_DUE' ? judged.quantity : level.available,
    threshold: lineToShow(kind, level, judged),
    thresholdOrigin: originToShow(kind, candidate),
    snapshotObservedAt: candidate.snapshotObservedAt,
  };
}

/** A probability is no quantity to compare with what is available; of a difference, the other side is shown. */
function lineToShow(kind: LevelAlertKind, level: WatchedLevel, judged: JudgedLevel): Decimal | null {
  if (kind === 'STOCK_OUT_PREDICTED') return null;
  return kind === 'LISTING_MISMATCH' ? (level.physical?.available ?? null) : judged.line;
}

function originToShow(kind: LevelAlertKind, candidate: AlertCandidate) {
  if (kind === 'LOW_STOCK' || kind === 'APPROACHING') return candidate.thresholdOrigin;
  return kind === 'REORDER_DUE' || kind === 'OVERSTOCK' ? (candidate.plan?.origin ?? null) : null;
}

/**
 * Whether nothing may be concluded from a level now: its reading is implausible, its source is not read any more and
 * it is as old as that, or most of its source's readings are implausible. What people entered is their word.
 */
function isHeld(origin: LevelOrigin, { sources, book, at }: JudgingTools): boolean {
  if (origin.isSuspect) return true;
  const source = origin.shopId === null ? undefined : sources.get(origin.shopId);
  const isFromSource = ['POLL', 'PUSH', 'FEED'].includes(origin.source);
  if (source === undefined || !isFromSource) return false;
  const nowhere = { itemId: null, warehouseId: null, category: null };
  const stale = book.rule('SOURCE_STALE', nowhere).settings;
  const oldest = at.getTime() - stale.ageMinutesMax * minuteMs;
  if (stale.isEnabled && isStale(source, stale.ageMinutesMax, at) && origin.checkedAt.getTime() < oldest) {
    return true;
  }
  return book.rule('SOURCE_SUSPECT', nowhere).settings.isEnabled && isMassSuspect(source);
}

const decimalOf = (text: string | null): Decimal | null => (text === null ? null : new Decimal(text));

function toWatchedLevel(candidate: AlertCandidate, tools: JudgingTools): WatchedLevel {
  const { plan, physical } = candidate;
  return {
    available: new Decimal(candidate.available),
    threshold: decimalOf(candidate.threshold),
    isWatched: candidate.isWatched,
    isHeld: isHeld(candidate, tools),
    physical:
      physical === null
        ? null
        : {
            available: new Decimal(physical.available),
            isHeld: physical.origins.some((origin) => isHeld(origin, tools)),
          },
    plan:
      plan === null
        ? null
        : {
            isCurrent: plan.isCurrent,
            position: new Decimal(plan.position),
            reorderPoint: decimalOf(plan.reorderPoint),
            targetLevel: decimalOf(plan.targetLevel),
            excessUnits: decimalOf(plan.excessUnits),
            stockOutProbability: decimalOf(plan.stockOutProbability),
          },
  };
}

function toBackground(candidate: AlertCandidate): LevelBackground {
  const { plan, unitCost, unitPrice } = candidate;
  const price = decimalOf(unitPrice);
  return {
    observedAt: candidate.observedAt.toISOString(),
    thresholdComputedAt: candidate.thresholdComputedAt?.toISOString() ?? null,
    isThresholdSet: candidate.thresholdOrigin === 'OVERRIDE',
    plannedAt: plan?.computedAt.toISOString() ?? null,
    unitsPerDay: decimalOf(plan?.unitsPerDay ?? null),
    leadTimeDays: decimalOf(plan?.leadTimeDays ?? null),
    excessValue: decimalOf(plan?.excessValue ?? null),
    unitMargin: price === null || unitCost === null ? price : price.minus(unitCost),
  };
}

/** The alert of a kind among the known ones; open ones stand first. */
export function findKnown(alerts: readonly KnownAlert[], kind: string): KnownAlert | null {
  return alerts.find((alert) => alert.kind === kind) ?? null;
}
