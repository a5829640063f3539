import { randomUUID } from 'node:crypto';
import type { Sql } from '../db/connection.ts';
import {
  type AlertWrite,
  loadAlertCandidates,
  saveAlertTransitions,
} from '../db/queries/alert-evaluation.ts';
import type { PendingEvent } from '../db/queries/event-append.ts';
import type { LevelKey } from '../db/queries/ingest-level.ts';
import { decideLowStock } from '../domain/alert/alert-state.ts';
import { Decimal } from '../shared/decimal.ts';
import { brandId, type OrganizationId, type StockAlertId } from '../shared/ids.ts';

/** Which levels to judge, and when. */
export interface EvaluateAlertsInput {
  readonly organizationId: OrganizationId;
  /** The levels that changed; `all` = every low level and every open alert, both ways. */
  readonly levels: readonly LevelKey[] | 'all';
  /** Business time of the transitions. */
  readonly at: Date;
}

/**
 * Brings alerts in line with levels: one SELECT of candidates (locked in key order), pure decisions, one write.
 *
 * The one shared step: called by ingest, by mutations and by the alert stage inside their own transaction, after
 * the levels were written. Writes `stock_alert`; the caller hands the returned events, after its own, to
 * `appendEvents` as its last statement, which also writes the outbox. Run twice: the second time nothing is due.
 *
 * @returns one event per transition really made, in key order
 */
export async function evaluateAlerts(sql: Sql, input: EvaluateAlertsInput): Promise<PendingEvent[]> {
  const candidates = await loadAlertCandidates(sql, input.levels);
  const writes: AlertWrite[] = [];
  for (const candidate of candidates) {
    const transition = decideLowStock(candidate.open, {
      available: new Decimal(candidate.available),
      threshold: candidate.threshold === null ? null : new Decimal(candidate.threshold),
      isWatched: candidate.isWatched,
      isSuspect: candidate.isSuspect,
      isRuleEnabled: candidate.isRuleEnabled,
    });
    if (transition === null) continue;
    writes.push({
      candidate,
      transition,
      alertId: candidate.open?.alertId ?? brandId<StockAlertId>(randomUUID()),
    });
  }
  const times = { at: input.at, recordedAt: input.at };
  const written = await saveAlertTransitions(sql, input.organizationId, writes, times);
  return writes.filter((write) => written.has(write.alertId)).map((write) => toAlertEvent(write, input.at));
}

/** The event of a transition; its number comes with `appendEvents`. */
export function toAlertEvent({ candidate, alertId, transition }: AlertWrite, at: Date): PendingEvent {
  return {
    topic: 'STOCK_ALERT',
    alertId,
    alertKind: candidate.kind,
    itemId: candidate.itemId,
    warehouseId: candidate.warehouseId,
    shopId: null,
    snapshotObservedAt: candidate.snapshotObservedAt,
    reason: transition.reason,
    state: transition.state,
    previousState: candidate.open?.state ?? null,
    severity: transition.severity,
    threshold: candidate.threshold,
    thresholdOrigin: candidate.thresholdOrigin,
    occurredAt: at,
  };
}
