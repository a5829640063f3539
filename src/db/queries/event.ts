import type { AlertEventReason } from '../tables/alert.ts';
import type { StockAlertRow } from './alert.ts';
import { isSuppressed, isSuppressedBySource } from './alert-suppression.ts';
import { type Collection, column, type Expression, type QueryScope } from './collection.ts';
import type { StockLevelRow } from './stock-level.ts';

/** What every event has. Number and epoch make its cursor. */
export interface EventRow {
  /** Without gaps per organization, in commit order; decimal text of an int64. */
  number: string;
  epoch: string;
  occurredAt: Date;
  /** When the transition was stored. */
  eventRecordedAt: Date;
}

/** One transition of an alert, with the alert as it was then. */
export interface StockAlertEventRow extends EventRow, StockAlertRow {
  reason: AlertEventReason;
  previousState: StockAlertRow['state'] | null;
}

/** One change of a level, with the level as it was then. */
export interface StockLevelEventRow extends EventRow, StockLevelRow {}

/** What alert events can be filtered by. */
export type StockAlertEventField =
  | 'number'
  | 'alertId'
  | 'kind'
  | 'state'
  | 'severity'
  | 'isOpen'
  | 'isSuppressed'
  | 'isSuppressedBySource'
  | 'itemId'
  | 'warehouseId'
  | 'shopId'
  | 'sku'
  | 'warehouseCode'
  | 'urgency'
  | 'openedAt'
  | 'changedAt';

const eventColumns: Expression = ({ sql }) => sql`
  e.number, h.epoch, e.occurred_at as "occurredAt", e.recorded_at as "eventRecordedAt"`;

/**
 * Alert events in commit order; numbers of other topics lie between them. The alert is as of the event: its state,
 * severity, threshold and quantity come from the event and its snapshot, who acknowledged or how long it is
 * snoozed only while that was so. Of an event that was stored without urgency and facts these are those of today.
 */
export const stockAlertEvents: Collection<StockAlertEventRow, StockAlertEventField> = {
  name: 'stockAlertEvents',
  columns: (scope) => scope.sql`${eventColumns(scope)},
    e.reason, e.previous_state as "previousState",
    a.alert_id as "alertId", a.rule_id as "ruleId", a.kind, a.item_id as "itemId",
    a.warehouse_id as "warehouseId", a.shop_id as "shopId", i.sku, w.code as "warehouseCode",
    e.state, e.severity, coalesce(e.urgency, a.urgency) as urgency,
    p.available, e.threshold, e.threshold_origin as "thresholdOrigin",
    a.opened_at as "openedAt", e.occurred_at as "changedAt",
    case when e.state = 'RESOLVED' then e.occurred_at end as "resolvedAt",
    case when e.state in ('ACKNOWLEDGED', 'SNOOZED') then a.acknowledged_by end as "acknowledgedBy",
    case when e.state in ('ACKNOWLEDGED', 'SNOOZED') then a.acknowledged_note end as "acknowledgedNote",
    case when e.state = 'ACKNOWLEDGED' then a.acknowledged_until end as "acknowledgedUntil",
    case when e.state = 'SNOOZED' then a.snoozed_until end as "snoozedUntil", a.fired_at as "firedAt",
    a.reopen_count as "reopenCount", coalesce(e.facts, a.facts)::text as facts, a.recorded_at as "recordedAt"`,
  from: ({ sql }) => sql`(select * from event_log where topic = 'STOCK_ALERT') e
    join event_head h on h.organization_id = e.organization_id
    join stock_alert a on a.organization_id = e.organization_id and a.alert_id = e.alert_id
    left join item i on i.organization_id = a.organization_id and i.item_id = a.item_id
    left join warehouse w on w.organization_id = a.organization_id and w.warehouse_id = a.warehouse_id
    left join stock_snapshot p on p.organization_id = e.organization_id and p.item_id = e.item_id
      and p.warehouse_id = e.warehouse_id and p.observed_at = e.snapshot_observed_at`,
  fields: {
    number: column('e', 'number', 'bigint'),
    alertId: column('e', 'alert_id', 'uuid'),
    kind: column('a', 'kind', 'text'),
    state: column('e', 'state', 'text'),
    severity: column('e', 'severity', 'text'),
    isOpen: { expression: ({ sql }) => sql`(e.state <> 'RESOLVED')`, type: 'boolean' },
    isSuppressed: { expression: isSuppressed, type: 'boolean' },
    isSuppressedBySource: { expression: isSuppressedBySource, type: 'boolean' },
    itemId: column('a', 'item_id', 'uuid', true),
    warehouseId: column('a', 'warehouse_id', 'uuid', true),
    shopId: column('a', 'shop_id', 'uuid', true),
    sku: column('i', 'sku', 'text', true),
    warehouseCode: column('w', 'code', 'text', true),
    urgency: {
      expression: ({ sql }) => sql`coalesce(e.urgency, a.urgency)`,
      type: 'numeric',
    },
    openedAt: column('a', 'opened_at', 'timestamptz'),
    changedAt: column('e', 'occurred_at', 'timestamptz'),
  },
  key: ['number'],
};

/** Where an organization's event log stands. */
export interface EventHead {
  epoch: string;
  /** Number of the newest event; 0 before the first. */
  last: bigint;
  /** Number of the oldest event that is kept. */
  oldest: bigint;
}

/** Where the log stands now. Reads `event_head`; null for an organization that has none yet. */
export async function loadEventHead({ sql }: QueryScope): Promise<EventHead | null> {
  const rows = await sql<{ epoch: string; last: string; oldest: string }[]>`
    select epoch, last, oldest from event_head
  `;
  const row = rows[0];
  return row === undefined ? null : { epoch: row.epoch, last: BigInt(row.last), oldest: BigInt(row.oldest) };
}
