import type { OpenAlertState } from '../../domain/alert/alert-state.ts';
import type { StockAlertId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { AlertSeverity } from '../tables/alert.ts';
import type { LevelKey } from './ingest-level.ts';

/** A planned level, a rule that rests on plans, and the open alert between them. Decimal text. */
export interface PlanAlertCandidate extends LevelKey {
  readonly kind: 'REORDER_DUE' | 'STOCK_OUT_PREDICTED';
  readonly ruleId: string;
  readonly isRuleEnabled: boolean;
  readonly available: string;
  readonly position: string;
  readonly reorderPoint: string | null;
  readonly origin: 'OVERRIDE' | 'COMPUTED' | 'DEFAULT' | null;
  readonly stockOutProbability: number | null;
  readonly isWatched: boolean;
  readonly isSuspect: boolean;
  readonly snapshotObservedAt: Date;
  readonly alertId: StockAlertId | null;
  readonly state: OpenAlertState | null;
  readonly severity: AlertSeverity | null;
}

/**
 * Loads what alerts that rest on plans are decided from. Locks nothing: only planning opens and ends them, one worker
 * at a time, and a person's action is met by the state that a write expects. Reads `level_plan`, `stock_level`,
 * `alert_rule`, `stock_alert`.
 */
export async function loadPlanAlertCandidates(
  sql: Sql,
  levels: readonly LevelKey[],
): Promise<PlanAlertCandidate[]> {
  if (levels.length === 0) return [];
  return await sql<PlanAlertCandidate[]>`
    select l.item_id as "itemId", l.warehouse_id as "warehouseId", r.kind, r.rule_id as "ruleId",
           r.is_enabled as "isRuleEnabled", l.available, p.position_due as position,
           p.reorder_point as "reorderPoint", p.safety_stock_origin as origin,
           p.stock_out_probability as "stockOutProbability", l.is_watched as "isWatched",
           l.data_state = 'SUSPECT' as "isSuspect", l.snapshot_observed_at as "snapshotObservedAt",
           a.alert_id as "alertId", a.state, a.severity
    from unnest(${levels.map((key) => key.itemId)}::text[]::uuid[],
                ${levels.map((key) => key.warehouseId)}::text[]::uuid[]) as k(item_id, warehouse_id)
    join stock_level l using (item_id, warehouse_id)
    join level_plan p using (item_id, warehouse_id)
    join alert_rule r on r.kind in ('REORDER_DUE', 'STOCK_OUT_PREDICTED')
    left join stock_alert a on a.rule_id = r.rule_id and a.item_id = l.item_id and a.warehouse_id = l.warehouse_id
      and a.state <> 'RESOLVED' and a.item_id is not null
    where l.is_watched or a.alert_id is not null
    order by l.item_id, l.warehouse_id, r.rule_id`;
}
