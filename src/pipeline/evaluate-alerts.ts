import type { Sql } from '../db/connection.ts';
import { type CandidateBounds, loadAlertCandidates } from '../db/queries/alert-candidate.ts';
import { type LoadedAlertRules, loadAlertRules } from '../db/queries/alert-rule.ts';
import { loadSources } from '../db/queries/alert-source.ts';
import { saveAlertSteps } from '../db/queries/alert-step.ts';
import type { StockAlertEvent } from '../db/queries/event-append.ts';
import type { LevelKey } from '../db/queries/ingest-level.ts';
import {
  type AlertKind,
  type AlertRuleSettings,
  alertRuleDefaults,
  createRuleBook,
  levelAlertKinds,
} from '../domain/alert/alert-rule.ts';
import { planKinds } from '../domain/alert/level-reading.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import type { OrganizationId } from '../shared/ids.ts';
import type { JudgedAlert } from './judge-alerts.ts';
import { judgeCandidate } from './judge-level.ts';

/** By which rules levels are judged: those that rest on the level itself, those that rest on its plan, or all. */
type JudgedKinds = 'LEVEL' | 'PLAN' | 'ALL';

/** Which levels to judge, how and when. */
export interface EvaluateAlertsInput {
  readonly organizationId: OrganizationId;
  /** The levels that changed. */
  readonly levels: readonly LevelKey[];
  /** Business time of the transitions. */
  readonly at: Date;
  /** Default LEVEL. What alerts of these kinds then speak for ends with them, whatever kind it is. */
  readonly kinds?: JudgedKinds;
  /**
   * `CHANGED` (default): the caller changed these levels, they are locked meanwhile. `LOOKED_AT`: they are looked at
   * without a lock, and only those where something is due are locked and judged again. `NONE`: nothing is locked;
   * a step that somebody else made first is not written, and what two judged at one moment is put right by the next look.
   */
  readonly locking?: 'CHANGED' | 'LOOKED_AT' | 'NONE';
}

/**
 * Brings alerts in line with levels: one SELECT of rules, one of candidates (locked in key order), one of their
 * sources, pure decisions, one write of what is new and one of what is known.
 *
 * The one shared step: called by ingest, by mutations, by planning and by the alert stage inside their own
 * transaction, after the levels were written. Writes `stock_alert`; the caller hands the returned events, after its
 * own, to `appendEvents` as its last statement, which also writes the outbox. Run twice: the second time nothing is
 * due.
 *
 * @returns one event per step really made, in key order
 */
export async function evaluateAlerts(sql: Sql, input: EvaluateAlertsInput): Promise<StockAlertEvent[]> {
  const { organizationId, levels, at, locking = 'CHANGED' } = input;
  if (levels.length === 0) return [];
  if (locking === 'LOOKED_AT') {
    const due = await judgeLevels(sql, input, levels, false);
    const keys = due.flatMap(({ write: { itemId, warehouseId } }) =>
      itemId === null || warehouseId === null ? [] : [{ itemId, warehouseId } as LevelKey],
    );
    return evaluateAlerts(sql, { ...input, levels: keys, locking: 'CHANGED' });
  }
  const judged = await judgeLevels(sql, input, levels, locking === 'CHANGED');
  const written = await saveAlertSteps(
    sql,
    organizationId,
    judged.map(({ write }) => write),
    at,
  );
  return judged.flatMap(({ write, event }) => (event !== null && written.has(write.alertId) ? [event] : []));
}

async function judgeLevels(
  sql: Sql,
  { at, kinds = 'LEVEL' }: EvaluateAlertsInput,
  levels: readonly LevelKey[],
  isLocked: boolean,
): Promise<JudgedAlert[]> {
  const itemIds = levels.map(({ itemId }) => itemId);
  const warehouseIds = levels.map(({ warehouseId }) => warehouseId);
  const loaded = await loadAlertRules(sql, itemIds, warehouseIds);
  const candidates = await loadAlertCandidates(sql, levels, boundsOf(loaded), at, isLocked);
  if (candidates.length === 0) return [];
  const origins = candidates.flatMap((candidate) => [candidate, ...(candidate.physical?.origins ?? [])]);
  const shopIds = [...new Set(origins.flatMap(({ shopId }) => (shopId === null ? [] : [shopId])))];
  const sources = await loadSources(sql, shopIds, at);
  const tools = {
    loaded,
    book: createRuleBook(loaded.rules),
    sources: new Map(sources.map((source) => [source.shopId as string, source])),
    at,
  };
  const wanted = new Set(
    levelAlertKinds.filter((kind) => kinds === 'ALL' || planKinds.has(kind) === (kinds === 'PLAN')),
  );
  return candidates.flatMap((candidate) => judgeCandidate(candidate, wanted, tools));
}

/** The widest settings of all rules, the defaults among them. */
function boundsOf({ rules }: LoadedAlertRules): CandidateBounds {
  const valuesOf = <Name extends keyof AlertRuleSettings>(kind: AlertKind, name: Name) => [
    alertRuleDefaults[kind][name],
    ...rules.flatMap((rule) =>
      rule.kind === kind && rule.settings[name] !== null ? [rule.settings[name]] : [],
    ),
  ];
  const reopenings = rules.flatMap(({ settings }) => settings.reopenWithinMinutes ?? []);
  return {
    nearShare: formatDecimal(Decimal.max(...valuesOf('APPROACHING', 'thresholdShare'))),
    probability: formatDecimal(Decimal.min(...valuesOf('STOCK_OUT_PREDICTED', 'probability'))),
    differenceShare: formatDecimal(Decimal.min(...valuesOf('LISTING_MISMATCH', 'thresholdShare'))),
    reopenMinutes: Math.max(alertRuleDefaults.LOW_STOCK.reopenWithinMinutes, ...reopenings),
  };
}
