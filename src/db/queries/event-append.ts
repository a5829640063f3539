import { randomUUID } from 'node:crypto';
import type { OrganizationId, StockAlertId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { AlertEventReason, AlertSeverity, StockAlertKind, StockAlertState } from '../tables/alert.ts';
import type { ThresholdOrigin } from '../tables/stock.ts';

/** The quantities of an item in a warehouse changed, or became implausible: refers to the snapshot that says so. */
export interface StockLevelEvent {
  readonly topic: 'STOCK_LEVEL';
  readonly itemId: string;
  readonly warehouseId: string;
  readonly snapshotObservedAt: Date;
  readonly occurredAt: Date;
}

/** One transition of an alert. */
export interface StockAlertEvent {
  readonly topic: 'STOCK_ALERT';
  readonly alertId: StockAlertId;
  readonly alertKind: StockAlertKind;
  readonly itemId: string | null;
  readonly warehouseId: string | null;
  readonly shopId: string | null;
  /** Key, with item and warehouse, of the snapshot that the transition was decided on; null for source alerts. */
  readonly snapshotObservedAt: Date | null;
  readonly reason: AlertEventReason;
  readonly state: StockAlertState;
  readonly previousState: StockAlertState | null;
  readonly severity: AlertSeverity;
  readonly threshold: string | null;
  readonly thresholdOrigin: ThresholdOrigin | null;
  /** After the event; absent = as it was. */
  readonly urgency?: string;
  /** JSON text of the facts of the decision; absent = the alert has none. */
  readonly facts?: string;
  readonly occurredAt: Date;
}

/** A reading of a shop's stream began, went on or ended. */
interface SyncRunEvent {
  readonly topic: 'SYNC_RUN';
  readonly shopId: string;
  readonly syncRunId: string;
  readonly occurredAt: Date;
}

/** What a storefront may do with an item changed: refers to the change that says so. */
interface SalesPolicyEvent {
  readonly topic: 'SALES_POLICY';
  readonly itemId: string;
  readonly salesPolicyChangeId: string;
  readonly occurredAt: Date;
}

/** Something that happened in the transaction under way and has no number yet. */
export type PendingEvent = StockLevelEvent | StockAlertEvent | SyncRunEvent | SalesPolicyEvent;

/**
 * Numbers what happened and writes it to the event log: **the last statement of a transaction**.
 *
 * Advances `event_head` by the number of events, so that every other transaction of the organization waits from
 * here to the commit: nothing may be locked or computed after it. Inserts `event_log` and, for alert transitions,
 * the `outbox` row that the notifier consumes; all in one statement. Numbers have no gaps: a rolled back
 * transaction gives its numbers back.
 *
 * Readers are woken by the caller, after the commit. Run twice, it announces twice: it belongs to a transaction
 * that changes nothing the second time.
 *
 * @param events - in the order in which they shall be numbered; none = nothing is locked or written
 * @param recordedAt - business time
 * @returns the number of the last event; null when there was none
 */
export async function appendEvents(
  sql: Sql,
  organizationId: OrganizationId,
  events: readonly PendingEvent[],
  recordedAt: Date,
): Promise<bigint | null> {
  if (events.length === 0) return null;
  const rows = events.map(toRow);
  const column = (name: keyof EventRow): (string | null)[] => rows.map((row) => row[name]);
  const [head] = await sql<{ last: string }[]>`
    with head as (
      insert into event_head as h (organization_id, epoch, last, oldest)
      values (${organizationId}, ${randomUUID()}, ${events.length}, 1)
      on conflict (organization_id) do update set last = h.last + ${events.length}
      returning last
    ), numbered as (
      insert into event_log (
        organization_id, number, topic, item_id, warehouse_id, snapshot_observed_at, alert_id, alert_kind, reason,
        state, previous_state, severity, threshold, threshold_origin, urgency,
        facts, shop_id, sync_run_id, sales_policy_change_id, occurred_at, recorded_at)
      select ${organizationId}, head.last - ${events.length} + e.position, e.topic, e.item_id, e.warehouse_id,
             e.snapshot_observed_at, e.alert_id, e.alert_kind, e.reason, e.state, e.previous_state, e.severity,
             e.threshold, e.threshold_origin, e.urgency, e.facts, e.shop_id, e.sync_run_id, e.sales_policy_change_id,
             e.occurred_at, ${recordedAt}
      from head, rows from (
        unnest(${column('topic')}::text[]),
        unnest(${column('itemId')}::text[]::uuid[]),
        unnest(${column('warehouseId')}::text[]::uuid[]),
        unnest(${column('snapshotObservedAt')}::text[]::timestamptz[]),
        unnest(${column('alertId')}::text[]::uuid[]),
        unnest(${column('alertKind')}::text[]),
        unnest(${column('reason')}::text[]),
        unnest(${column('state')}::text[]),
        unnest(${column('previousState')}::text[]),
        unnest(${column('severity')}::text[]),
        unnest(${column('threshold')}::text[]::numeric[]),
        unnest(${column('thresholdOrigin')}::text[]),
        unnest(${column('urgency')}::text[]::numeric[]),
        unnest(${column('facts')}::text[]::json[]),
        unnest(${column('shopId')}::text[]::uuid[]),
        unnest(${column('syncRunId')}::text[]::uuid[]),
        unnest(${column('salesPolicyChangeId')}::text[]::uuid[]),
        unnest(${column('occurredAt')}::text[]::timestamptz[])
      ) with ordinality as e(topic, item_id, warehouse_id, snapshot_observed_at, alert_id, alert_kind, reason, state,
        previous_state, severity, threshold, threshold_origin, urgency, facts, shop_id, sync_run_id, sales_policy_change_id,
        occurred_at, position)
      returning number, topic, alert_id
    ), told as (
      insert into outbox (organization_id, event_number, purpose, alert_id, recorded_at)
      select ${organizationId}, number, 'NOTIFY', alert_id, ${recordedAt} from numbered where topic = 'STOCK_ALERT'
    )
    select last from head`;
  return head === undefined ? null : BigInt(head.last);
}

interface EventRow {
  topic: string;
  itemId: string | null;
  warehouseId: string | null;
  snapshotObservedAt: string | null;
  alertId: string | null;
  alertKind: string | null;
  reason: string | null;
  state: string | null;
  previousState: string | null;
  severity: string | null;
  threshold: string | null;
  thresholdOrigin: string | null;
  urgency: string | null;
  facts: string | null;
  shopId: string | null;
  syncRunId: string | null;
  salesPolicyChangeId: string | null;
  occurredAt: string;
}

const emptyRow = {
  itemId: null,
  warehouseId: null,
  snapshotObservedAt: null,
  alertId: null,
  alertKind: null,
  reason: null,
  state: null,
  previousState: null,
  severity: null,
  threshold: null,
  thresholdOrigin: null,
  urgency: null,
  facts: null,
  shopId: null,
  syncRunId: null,
  salesPolicyChangeId: null,
};

function toRow(event: PendingEvent): EventRow {
  const occurredAt = event.occurredAt.toISOString();
  if (event.topic === 'SYNC_RUN' || event.topic === 'SALES_POLICY')
    return { ...emptyRow, ...event, occurredAt };
  return {
    ...emptyRow,
    ...event,
    snapshotObservedAt: event.snapshotObservedAt?.toISOString() ?? null,
    occurredAt,
  };
}
