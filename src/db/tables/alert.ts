import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { organization } from './access.ts';
import { item, warehouse } from './catalog.ts';
import { instant, organizationId, recordedAt, units, word } from './columns.ts';
import type { ThresholdOrigin } from './stock.ts';

/** What an alert can be about. */
export type StockAlertKind =
  | 'LOW_STOCK'
  | 'REORDER_DUE'
  | 'OUT_OF_STOCK'
  | 'APPROACHING'
  | 'OVERSTOCK'
  | 'STOCK_OUT_PREDICTED'
  | 'LISTING_MISMATCH'
  | 'SOURCE_STALE'
  | 'SOURCE_SUSPECT'
  | 'SYNC_FAILED';
/** Where an alert stands in its life. */
export type StockAlertState = 'PENDING' | 'FIRING' | 'ACKNOWLEDGED' | 'SNOOZED' | 'RESOLVED';
/** How bad it is. */
export type AlertSeverity = 'INFO' | 'WARNING' | 'CRITICAL';
/** Why an alert changed. */
export type AlertEventReason =
  | 'PENDING'
  | 'OPENED'
  | 'REOPENED'
  | 'ESCALATED'
  | 'DEESCALATED'
  | 'ACKNOWLEDGED'
  | 'ACKNOWLEDGEMENT_EXPIRED'
  | 'SNOOZED'
  | 'UNSNOOZED'
  | 'SUPERSEDED'
  | 'RESOLVED'
  | 'THRESHOLD_CHANGED';

/**
 * What is watched, and how. Every organization has one rule of each kind, without item, warehouse and category; alerts
 * refer to these. Rows for an item in a warehouse, an item, a warehouse or a category change settings below it; a
 * setting that is null is taken from the next wider row, in the end from the kind's defaults.
 */
export const alertRule = pgTable(
  'alert_rule',
  {
    organizationId: organizationId(),
    ruleId: uuid('rule_id').notNull(),
    kind: word<StockAlertKind>('kind').notNull(),
    name: text('name').notNull(),
    itemId: uuid('item_id'),
    warehouseId: uuid('warehouse_id'),
    category: text('category'),
    isEnabled: boolean('is_enabled').default(true),
    severity: word<AlertSeverity>('severity'),
    /** What counts as near, too much or apart: a share of the line it is measured from. */
    thresholdShare: units('threshold_share'),
    /** How far back over the line ends an alert: a share of the line … */
    recoveryShare: units('recovery_share'),
    /** … and at least so many units. */
    recoveryUnits: units('recovery_units'),
    /** From which probability on a stock-out is predicted. */
    probability: units('probability'),
    /** Business minutes after which a source that was not read is stale. */
    ageMinutesMax: integer('age_minutes_max'),
    /** Readings held back, or failures in a row, from which on a source is reported. */
    countMin: integer('count_min'),
    fireAfterMinutes: integer('fire_after_minutes'),
    resolveAfterMinutes: integer('resolve_after_minutes'),
    reopenWithinMinutes: integer('reopen_within_minutes'),
    /** Business minutes until an alert that nobody took up gets worse; 0 = never. */
    escalateAfterMinutes: integer('escalate_after_minutes'),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.ruleId] }),
    unique('alert_rule_scope')
      .on(table.organizationId, table.kind, table.itemId, table.warehouseId, table.category)
      .nullsNotDistinct(),
    index('alert_rule_item').on(table.organizationId, table.itemId),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
    foreignKey({
      columns: [table.organizationId, table.itemId],
      foreignColumns: [item.organizationId, item.itemId],
    }),
    foreignKey({
      columns: [table.organizationId, table.warehouseId],
      foreignColumns: [warehouse.organizationId, warehouse.warehouseId],
    }),
  ],
);

/** A record with a state; at most one open per rule, item and warehouse. */
export const stockAlert = pgTable(
  'stock_alert',
  {
    organizationId: organizationId(),
    alertId: uuid('alert_id').notNull(),
    ruleId: uuid('rule_id').notNull(),
    kind: word<StockAlertKind>('kind').notNull(),
    itemId: uuid('item_id'),
    warehouseId: uuid('warehouse_id'),
    shopId: uuid('shop_id'),
    state: word<StockAlertState>('state').notNull(),
    severity: word<AlertSeverity>('severity').notNull(),
    urgency: units('urgency').notNull().default('0'),
    /** As last judged; null for alerts that are not about a level. */
    available: units('available'),
    threshold: units('threshold'),
    thresholdOrigin: word<ThresholdOrigin>('threshold_origin'),
    openedAt: instant('opened_at').notNull(),
    changedAt: instant('changed_at').notNull(),
    resolvedAt: instant('resolved_at'),
    acknowledgedBy: text('acknowledged_by'),
    acknowledgedNote: text('acknowledged_note'),
    /** Null = until it is over. */
    acknowledgedUntil: instant('acknowledged_until'),
    snoozedUntil: instant('snoozed_until'),
    /** Since when the condition holds without a break, while PENDING; null = not timed. */
    pendingSince: instant('pending_since'),
    /**
     * Since when it is clear without a break, while it still fires; null = it is not, or not timed. Of one that is over
     * or waits to fire again: that it had ended by being clear; null = a stronger one took its place, or nobody watched.
     */
    clearSince: instant('clear_since'),
    /** When it last began to fire; null = it never did. */
    firedAt: instant('fired_at'),
    reopenCount: integer('reopen_count').notNull().default(0),
    /** When time alone changes it; null = never. */
    dueAt: instant('due_at'),
    /** The inputs it was last judged on and, under `previous`, those of the event before. */
    facts: json('facts'),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.alertId] }),
    uniqueIndex('stock_alert_one_open')
      .on(table.organizationId, table.ruleId, table.itemId, table.warehouseId)
      .where(sql`state <> 'RESOLVED' and item_id is not null`),
    uniqueIndex('stock_alert_one_open_source')
      .on(table.organizationId, table.ruleId, table.shopId)
      .where(sql`state <> 'RESOLVED' and item_id is null`),
    index('stock_alert_board').on(table.organizationId, table.urgency.desc().nullsFirst(), table.alertId),
    index('stock_alert_recent').on(table.organizationId, table.changedAt.desc().nullsFirst(), table.alertId),
    index('stock_alert_due').on(table.organizationId, table.dueAt).where(sql`due_at is not null`),
    index('stock_alert_level').on(table.organizationId, table.itemId, table.warehouseId),
    foreignKey({
      columns: [table.organizationId, table.ruleId],
      foreignColumns: [alertRule.organizationId, alertRule.ruleId],
    }),
  ],
);

/** Where the event log of an organization stands. Advanced as the last step of a transaction. */
export const eventHead = pgTable(
  'event_head',
  {
    organizationId: organizationId(),
    /** Changes when a database was restored: older cursors are then unknown. */
    epoch: uuid('epoch').notNull(),
    last: bigint('last', { mode: 'bigint' }).notNull().default(sql`0`),
    /** The oldest number still kept; cursors before it have expired. */
    oldest: bigint('oldest', { mode: 'bigint' }).notNull().default(sql`1`),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId] }),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);

/**
 * What happened, numbered per organization without gaps in commit order. Rows refer to snapshots, they do
 * not copy them. Append-only; kept 90 days unless set otherwise.
 */
export const eventLog = pgTable(
  'event_log',
  {
    organizationId: organizationId(),
    number: bigint('number', { mode: 'bigint' }).notNull(),
    topic: word<'STOCK_ALERT' | 'STOCK_LEVEL' | 'SYNC_RUN' | 'SALES_POLICY'>('topic').notNull(),
    itemId: uuid('item_id'),
    warehouseId: uuid('warehouse_id'),
    /** With item and warehouse the key of the snapshot that this event is about. */
    snapshotObservedAt: instant('snapshot_observed_at'),
    alertId: uuid('alert_id'),
    alertKind: word<StockAlertKind>('alert_kind'),
    reason: word<AlertEventReason>('reason'),
    state: word<StockAlertState>('state'),
    previousState: word<StockAlertState>('previous_state'),
    severity: word<AlertSeverity>('severity'),
    threshold: units('threshold'),
    thresholdOrigin: word<ThresholdOrigin>('threshold_origin'),
    urgency: units('urgency'),
    /** The inputs of the decision and, under `previous`, those of the event before. */
    facts: json('facts'),
    shopId: uuid('shop_id'),
    syncRunId: uuid('sync_run_id'),
    salesPolicyChangeId: uuid('sales_policy_change_id'),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.number] }),
    index('event_log_alert').on(table.organizationId, table.alertId, table.number),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);

/** What must still be told to the outside; one row per event and purpose. */
export const outbox = pgTable(
  'outbox',
  {
    organizationId: organizationId(),
    eventNumber: bigint('event_number', { mode: 'bigint' }).notNull(),
    purpose: word<'NOTIFY'>('purpose').notNull(),
    alertId: uuid('alert_id').notNull(),
    handledAt: instant('handled_at'),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.eventNumber, table.purpose] }),
    index('outbox_open').on(table.organizationId, table.eventNumber).where(sql`handled_at is null`),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);
