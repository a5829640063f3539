import { randomUUID } from 'node:crypto';
import type { Sql } from '../db/connection.ts';
import {
  type AlertCandidate,
  type AlertWrite,
  saveAlertTransitions,
} from '../db/queries/alert-evaluation.ts';
import type { PendingEvent } from '../db/queries/event-append.ts';
import type { LevelKey } from '../db/queries/ingest-level.ts';
import { loadPlanAlertCandidates, type PlanAlertCandidate } from '../db/queries/plan-alert.ts';
import { decidePlanAlert } from '../domain/alert/plan-alert.ts';
import { Decimal } from '../shared/decimal.ts';
import { brandId, type OrganizationId, type StockAlertId } from '../shared/ids.ts';
import { toAlertEvent } from './evaluate-alerts.ts';

/**
 * Brings REORDER_DUE and STOCK_OUT_PREDICTED in line with the plans of some levels: one SELECT, pure decisions, one
 * write. In the planning stage's transaction, after the plans were written; writes `stock_alert`. Run twice: the
 * second time nothing is due.
 *
 * @returns one event per transition really made, to be appended last
 */
export async function evaluatePlanAlerts(
  sql: Sql,
  organizationId: OrganizationId,
  levels: readonly LevelKey[],
  at: Date,
): Promise<PendingEvent[]> {
  const writes = (await loadPlanAlertCandidates(sql, levels)).flatMap((candidate): AlertWrite[] => {
    const open =
      candidate.alertId === null || candidate.state === null || candidate.severity === null
        ? null
        : { alertId: candidate.alertId, state: candidate.state, severity: candidate.severity };
    const transition = decidePlanAlert(open, {
      ...candidate,
      position: new Decimal(candidate.position),
      reorderPoint: candidate.reorderPoint === null ? null : new Decimal(candidate.reorderPoint),
    });
    if (transition === null) return [];
    const alertId = open?.alertId ?? brandId<StockAlertId>(randomUUID());
    return [{ candidate: { ...toCandidate(candidate), open }, alertId, transition }];
  });
  const written = await saveAlertTransitions(sql, organizationId, writes, { at, recordedAt: at });
  return writes.filter((write) => written.has(write.alertId)).map((write) => toAlertEvent(write, at));
}

/** The quantity and the bound that the alert shows: of a reorder its position, of a prediction what is available. */
function toCandidate(candidate: PlanAlertCandidate): Omit<AlertCandidate, 'open'> {
  const isReorder = candidate.kind === 'REORDER_DUE';
  return {
    kind: candidate.kind,
    itemId: candidate.itemId,
    warehouseId: candidate.warehouseId,
    ruleId: candidate.ruleId,
    isRuleEnabled: candidate.isRuleEnabled,
    available: isReorder ? candidate.position : candidate.available,
    threshold: isReorder ? candidate.reorderPoint : null,
    thresholdOrigin: isReorder ? candidate.origin : null,
    isWatched: candidate.isWatched,
    isSuspect: candidate.isSuspect,
    snapshotObservedAt: candidate.snapshotObservedAt,
  };
}
