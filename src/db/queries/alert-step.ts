import type { AlertMemory } from '../../domain/alert/alert-life.ts';
import type { AlertKind } from '../../domain/alert/alert-rule.ts';
import type { OrganizationId, StockAlertId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { ThresholdOrigin } from '../tables/stock.ts';
import type { StoredAlertFacts } from './alert-candidate.ts';

/** An alert as it shall be. Decimal text. */
export interface AlertWrite {
  readonly alertId: StockAlertId;
  readonly ruleId: string;
  readonly kind: AlertKind;
  readonly itemId: string | null;
  readonly warehouseId: string | null;
  readonly shopId: string | null;
  /** The state that the decision saw; null = there was no such alert. */
  readonly previousState: AlertMemory['state'] | null;
  readonly next: AlertMemory;
  /** False: only its memory, its figures or its timer change, which is no event. */
  readonly isEvent: boolean;
  readonly urgency: string;
  readonly available: string | null;
  readonly threshold: string | null;
  readonly thresholdOrigin: ThresholdOrigin | null;
  readonly facts: StoredAlertFacts;
}

/**
 * Writes alerts: opens by conflict-ignore on the partial unique indexes of open alerts, then changes those that are
 * still in the state the decision saw. Writes `stock_alert`. Run twice: the second time nothing.
 *
 * Transactions that write the same alerts do not wait for each other in a circle: new ones come first, in the order of
 * what they are about, then known ones, locked in the order of their ids, as everybody does who changes more than one.
 *
 * @returns the ids really written; a step that another transaction made first is not among them
 */
export async function saveAlertSteps(
  sql: Sql,
  organizationId: OrganizationId,
  writes: readonly AlertWrite[],
  at: Date,
): Promise<Set<StockAlertId>> {
  const fresh = writes.filter(({ previousState }) => previousState === null);
  const known = writes.filter(({ previousState }) => previousState !== null);
  const opened = fresh.length === 0 ? [] : await openAlerts(sql, organizationId, fresh, at);
  const moved = known.length === 0 ? [] : await moveAlerts(sql, known, at);
  return new Set([...opened, ...moved].map((row) => row.alert_id));
}

interface WrittenRow {
  alert_id: StockAlertId;
}

function openAlerts(
  sql: Sql,
  organizationId: OrganizationId,
  writes: readonly AlertWrite[],
  at: Date,
): PromiseLike<WrittenRow[]> {
  return sql<WrittenRow[]>`
    insert into stock_alert (
      organization_id, alert_id, rule_id, kind, item_id, warehouse_id, shop_id, state, severity, urgency, available,
      threshold, threshold_origin, facts, opened_at, changed_at, pending_since, fired_at, due_at, recorded_at)
    select ${organizationId}::text::uuid, alert_id, rule_id, kind, item_id, warehouse_id, shop_id, state, severity,
           urgency, available, threshold, threshold_origin, facts, ${at}::timestamptz, ${at}::timestamptz,
           pending_since, fired_at, due_at, ${at}::timestamptz
    from ${givenRows(sql, writes)}
    order by item_id, warehouse_id, shop_id, rule_id
    on conflict do nothing
    returning alert_id`;
}

async function moveAlerts(sql: Sql, writes: readonly AlertWrite[], at: Date): Promise<WrittenRow[]> {
  const alertIds = writes.map(({ alertId }) => alertId);
  // A statement of its own, so that the update still finds alerts by their key.
  await sql`
    select from stock_alert where alert_id = any (${alertIds}::text[]::uuid[]) order by alert_id for no key update`;
  return await sql<WrittenRow[]>`
    update stock_alert a
    set state = g.state, severity = g.severity, urgency = g.urgency, available = g.available,
        threshold = g.threshold, threshold_origin = g.threshold_origin, facts = g.facts,
        changed_at = case when g.is_event then ${at}::timestamptz else a.changed_at end,
        pending_since = g.pending_since, clear_since = g.clear_since, fired_at = g.fired_at,
        resolved_at = g.resolved_at, reopen_count = g.reopen_count, due_at = g.due_at,
        acknowledged_by = case when g.is_acknowledged then a.acknowledged_by end,
        acknowledged_note = case when g.is_acknowledged then a.acknowledged_note end,
        acknowledged_until = g.acknowledged_until, snoozed_until = g.snoozed_until,
        recorded_at = ${at}::timestamptz
    from ${givenRows(sql, writes)}
    where a.alert_id = any (${alertIds}::text[]::uuid[]) and a.alert_id = g.alert_id and a.state = g.previous_state
      and (g.previous_state <> 'RESOLVED' or not exists (
        select from stock_alert o
        where o.rule_id = g.rule_id and o.item_id is not distinct from g.item_id
          and o.warehouse_id is not distinct from g.warehouse_id and o.shop_id is not distinct from g.shop_id
          and o.state <> 'RESOLVED'))
    returning a.alert_id`;
}

/** Alerts as rows `g` of a statement. */
function givenRows(sql: Sql, writes: readonly AlertWrite[]) {
  return sql`json_to_recordset(${JSON.stringify(writes.map(toRow))}::text::json) as g(
    alert_id uuid, rule_id uuid, kind text, item_id uuid, warehouse_id uuid, shop_id uuid, previous_state text,
    state text, severity text, is_event boolean, urgency numeric, available numeric, threshold numeric,
    threshold_origin text, facts json, pending_since timestamptz, clear_since timestamptz, fired_at timestamptz,
    resolved_at timestamptz, is_acknowledged boolean, acknowledged_until timestamptz, snoozed_until timestamptz,
    reopen_count integer, due_at timestamptz)`;
}

function toRow(write: AlertWrite) {
  const { next } = write;
  return {
    alert_id: write.alertId,
    rule_id: write.ruleId,
    kind: write.kind,
    item_id: write.itemId,
    warehouse_id: write.warehouseId,
    shop_id: write.shopId,
    previous_state: write.previousState,
    state: next.state,
    severity: next.severity,
    is_event: write.isEvent,
    urgency: write.urgency,
    available: write.available,
    threshold: write.threshold,
    threshold_origin: write.thresholdOrigin,
    facts: write.facts,
    pending_since: next.pendingSince,
    clear_since: next.clearSince,
    fired_at: next.firedAt,
    resolved_at: next.resolvedAt,
    is_acknowledged: next.isAcknowledged,
    acknowledged_until: next.acknowledgedUntil,
    snoozed_until: next.snoozedUntil,
    reopen_count: next.reopenCount,
    due_at: next.dueAt,
  };
}
