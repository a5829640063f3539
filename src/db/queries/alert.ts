import type { AlertSeverity, StockAlertKind, StockAlertState } from '../tables/alert.ts';
import type { ThresholdOrigin } from '../tables/stock.ts';
import { isSuppressed, isSuppressedBySource } from './alert-suppression.ts';
import { type Collection, column } from './collection.ts';

/** A record with a state: what is wrong, where, since when. Quantities are decimal text in the item's unit. */
export interface StockAlertRow {
  alertId: string;
  ruleId: string;
  kind: StockAlertKind;
  itemId: string | null;
  warehouseId: string | null;
  shopId: string | null;
  sku: string | null;
  warehouseCode: string | null;
  state: StockAlertState;
  severity: AlertSeverity;
  urgency: string;
  available: string | null;
  threshold: string | null;
  thresholdOrigin: ThresholdOrigin | null;
  openedAt: Date;
  changedAt: Date;
  resolvedAt: Date | null;
  acknowledgedBy: string | null;
  acknowledgedNote: string | null;
  /** Null = until it is over, or nobody has. */
  acknowledgedUntil: Date | null;
  snoozedUntil: Date | null;
  /** When it last began to fire; null = it never did. */
  firedAt: Date | null;
  reopenCount: number;
  /** JSON text of what it was judged on; null = it is older than that. */
  facts: string | null;
  recordedAt: Date;
}

/** What alerts can be filtered and sorted by. */
export type StockAlertField =
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

/** All alerts of the organization, open and resolved. */
export const stockAlerts: Collection<StockAlertRow, StockAlertField> = {
  name: 'stockAlerts',
  columns: ({ sql }) => sql`
    a.alert_id as "alertId", a.rule_id as "ruleId", a.kind, a.item_id as "itemId",
    a.warehouse_id as "warehouseId", a.shop_id as "shopId", i.sku, w.code as "warehouseCode",
    a.state, a.severity, a.urgency, a.available, a.threshold, a.threshold_origin as "thresholdOrigin",
    a.opened_at as "openedAt", a.changed_at as "changedAt", a.resolved_at as "resolvedAt",
    a.acknowledged_by as "acknowledgedBy", a.acknowledged_note as "acknowledgedNote",
    case when a.state <> 'RESOLVED' then a.acknowledged_until end as "acknowledgedUntil",
    case when a.state = 'SNOOZED' then a.snoozed_until end as "snoozedUntil", a.fired_at as "firedAt",
    a.reopen_count as "reopenCount", a.facts::text as facts, a.recorded_at as "recordedAt"`,
  from: ({ sql }) => sql`stock_alert a
    left join item i on i.organization_id = a.organization_id and i.item_id = a.item_id
    left join warehouse w on w.organization_id = a.organization_id and w.warehouse_id = a.warehouse_id`,
  fields: {
    alertId: column('a', 'alert_id', 'uuid'),
    kind: column('a', 'kind', 'text'),
    state: column('a', 'state', 'text'),
    severity: column('a', 'severity', 'text'),
    isOpen: { expression: ({ sql }) => sql`(a.state <> 'RESOLVED')`, type: 'boolean' },
    isSuppressed: { expression: isSuppressed, type: 'boolean' },
    isSuppressedBySource: { expression: isSuppressedBySource, type: 'boolean' },
    itemId: column('a', 'item_id', 'uuid', true),
    warehouseId: column('a', 'warehouse_id', 'uuid', true),
    shopId: column('a', 'shop_id', 'uuid', true),
    sku: column('i', 'sku', 'text', true),
    warehouseCode: column('w', 'code', 'text', true),
    urgency: column('a', 'urgency', 'numeric'),
    openedAt: column('a', 'opened_at', 'timestamptz'),
    changedAt: column('a', 'changed_at', 'timestamptz'),
  },
  key: ['alertId'],
};
