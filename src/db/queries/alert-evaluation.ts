import type { AlertTransition, OpenAlertState } from '../../domain/alert/alert-state.ts';
import { resolveFactor, resolveUnitsMin } from '../../domain/alert/alert-state.ts';
import type { Decimal } from '../../shared/decimal.ts';
import { formatDecimal } from '../../shared/decimal.ts';
import type { ItemId, OrganizationId, StockAlertId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { AlertSeverity, StockAlertKind } from '../tables/alert.ts';
import type { ThresholdOrigin } from '../tables/stock.ts';
import type { LevelKey } from './ingest-level.ts';

/** A level, a rule and the open alert between them, where something may be due. */
export interface AlertCandidate extends LevelKey {
  readonly kind: StockAlertKind;
  readonly ruleId: string;
  readonly isRuleEnabled: boolean;
  readonly available: string;
  readonly threshold: string | null;
  readonly thresholdOrigin: ThresholdOrigin | null;
  readonly isWatched: boolean;
  readonly isSuspect: boolean;
  readonly snapshotObservedAt: Date;
  readonly open: { alertId: StockAlertId; state: OpenAlertState; severity: AlertSeverity } | null;
}

/**
 * Finds the levels where a low-stock alert may open, worsen or end, and locks them in key order.
 *
 * The same conditions as the transition function, only wider, so that a tick over everything reads the partial
 * indexes of low levels and open alerts instead of all levels. Reads `stock_level`, `alert_rule`, `stock_alert`.
 */
export async function loadAlertCandidates(
  sql: Sql,
  levels: readonly LevelKey[] | 'all',
): Promise<AlertCandidate[]> {
  if (levels.length === 0) return [];
  const wanted =
    levels === 'all'
      ? sql`(
          select item_id, warehouse_id from stock_level where is_low
          union
          select item_id, warehouse_id from stock_alert where state <> 'RESOLVED' and item_id is not null
        )`
      : sql`(select distinct item_id, warehouse_id from unnest(
               ${levels.map((key) => key.itemId)}::text[]::uuid[],
               ${levels.map((key) => key.warehouseId)}::text[]::uuid[]) as k(item_id, warehouse_id))`;
  const rows = await sql<CandidateRow[]>`
    select l.item_id, l.warehouse_id, r.rule_id, r.is_enabled, l.available, l.threshold, l.threshold_origin,
           l.is_watched, l.data_state, l.snapshot_observed_at, a.alert_id, a.state, a.severity
    from ${wanted} wanted
    join stock_level l using (item_id, warehouse_id)
    join alert_rule r on r.kind = 'LOW_STOCK'
    left join stock_alert a on a.rule_id = r.rule_id and a.item_id = l.item_id and a.warehouse_id = l.warehouse_id
      and a.state <> 'RESOLVED' and a.item_id is not null
    where l.data_state <> 'SUSPECT'
      and case when a.alert_id is null then l.is_low and r.is_enabled
          else not r.is_enabled or not l.is_watched or l.threshold is null
            or (l.available > l.threshold * ${formatDecimal(resolveFactor)}::numeric
                and l.available >= l.threshold + ${formatDecimal(resolveUnitsMin)}::numeric)
            or (l.available <= 0 and a.severity <> 'CRITICAL')
          end
    order by l.item_id, l.warehouse_id, r.rule_id
    for update of l`;
  return rows.map(toCandidate);
}

/** A transition to be written: of the open alert, or of a new one. */
export interface AlertWrite {
  readonly candidate: AlertCandidate;
  readonly alertId: StockAlertId;
  readonly transition: AlertTransition;
}

/**
 * Writes alert transitions in one statement: opens by conflict-ignore on the partial unique index of open alerts,
 * changes only alerts that are still in the state the decision saw. Writes `stock_alert`.
 *
 * @returns the ids really written; a transition that another transaction made first is not among them
 */
export async function saveAlertTransitions(
  sql: Sql,
  organizationId: OrganizationId,
  writes: readonly AlertWrite[],
  { at, recordedAt }: { at: Date; recordedAt: Date },
): Promise<Set<StockAlertId>> {
  if (writes.length === 0) return new Set();
  const text = (pick: (write: AlertWrite) => string | null): (string | null)[] => writes.map(pick);
  const units = (pick: (write: AlertWrite) => Decimal): string[] => writes.map((w) => formatDecimal(pick(w)));
  const rows = await sql<{ alert_id: StockAlertId }[]>`
    with given as (
      select * from unnest(
        ${text((w) => w.alertId)}::text[]::uuid[], ${text((w) => w.candidate.open?.state ?? null)}::text[],
        ${text((w) => w.candidate.ruleId)}::text[]::uuid[], ${text((w) => w.candidate.itemId)}::text[]::uuid[],
        ${text((w) => w.candidate.warehouseId)}::text[]::uuid[], ${text((w) => w.transition.state)}::text[],
        ${text((w) => w.transition.severity)}::text[], ${units((w) => w.transition.urgency)}::text[]::numeric[],
        ${text((w) => w.candidate.available)}::text[]::numeric[],
        ${text((w) => w.candidate.threshold)}::text[]::numeric[], ${text((w) => w.candidate.thresholdOrigin)}::text[],
        ${text((w) => w.candidate.kind)}::text[]
      ) as g(alert_id, previous_state, rule_id, item_id, warehouse_id, state, severity, urgency, available, threshold,
             threshold_origin, kind)
    ), opened as (
      insert into stock_alert (
        organization_id, alert_id, rule_id, kind, item_id, warehouse_id, state, severity, urgency, available,
        threshold, threshold_origin, opened_at, changed_at, recorded_at)
      select ${organizationId}, alert_id, rule_id, kind, item_id, warehouse_id, state, severity, urgency,
             available, threshold, threshold_origin, ${at}, ${at}, ${recordedAt}
      from given where previous_state is null
      on conflict (organization_id, rule_id, item_id, warehouse_id)
        where state <> 'RESOLVED' and item_id is not null do nothing
      returning alert_id
    ), moved as (
      update stock_alert a
      set state = g.state, severity = g.severity, urgency = g.urgency, available = g.available,
          threshold = g.threshold, threshold_origin = g.threshold_origin, changed_at = ${at},
          resolved_at = case when g.state = 'RESOLVED' then ${at}::timestamptz end, recorded_at = ${recordedAt}
      from given g
      where a.alert_id = g.alert_id and a.state = g.previous_state
      returning a.alert_id
    )
    select alert_id from opened union all select alert_id from moved`;
  return new Set(rows.map((row) => row.alert_id));
}

interface CandidateRow {
  item_id: ItemId;
  warehouse_id: WarehouseId;
  rule_id: string;
  is_enabled: boolean;
  available: string;
  threshold: string | null;
  threshold_origin: ThresholdOrigin | null;
  is_watched: boolean;
  data_state: 'FRESH' | 'SUSPECT';
  snapshot_observed_at: Date;
  alert_id: StockAlertId | null;
  state: OpenAlertState | null;
  severity: AlertSeverity | null;
}

function toCandidate(row: CandidateRow): AlertCandidate {
  return {
    kind: 'LOW_STOCK',
    itemId: row.item_id,
    warehouseId: row.warehouse_id,
    ruleId: row.rule_id,
    isRuleEnabled: row.is_enabled,
    available: row.available,
    threshold: row.threshold,
    thresholdOrigin: row.threshold_origin,
    isWatched: row.is_watched,
    isSuspect: row.data_state === 'SUSPECT',
    snapshotObservedAt: row.snapshot_observed_at,
    open:
      row.alert_id === null || row.state === null || row.severity === null
        ? null
        : { alertId: row.alert_id, state: row.state, severity: row.severity },
  };
}
