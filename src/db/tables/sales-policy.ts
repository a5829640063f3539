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
  uuid,
} from 'drizzle-orm/pg-core';
import type { SalesPolicyIncoming, SalesPolicyMetric, SalesPolicyState } from '../../domain/sales-policy.ts';
import type { SalesPolicyListed } from '../../domain/sales-policy-write.ts';
import { organization } from './access.ts';
import type { AlertSeverity } from './alert.ts';
import { item } from './catalog.ts';
import { instant, organizationId, recordedAt, units, word } from './columns.ts';
import { shop } from './sync.ts';

/** Whether quantities are written back to the platform. */
export type SalesPolicyWriteMode = 'OFF' | 'DRY_RUN' | 'ON';
/** Where a write-back stands. UNCERTAIN = its answer was lost: it is read again before anything else. */
export type SalesPolicyWriteState = 'PLANNED' | 'SENDING' | 'UNCERTAIN' | 'DONE' | 'FAILED' | 'SUPERSEDED';

/** When an item is in which state. Six are made for every organization. */
export const salesPolicyRule = pgTable(
  'sales_policy_rule',
  {
    organizationId: organizationId(),
    ruleId: uuid('rule_id').notNull(),
    name: text('name').notNull(),
    isEnabled: boolean('is_enabled').notNull(),
    state: word<SalesPolicyState>('state').notNull(),
    metric: word<SalesPolicyMetric>('metric').notNull(),
    /** Units or days; null for alerts. */
    enterAt: units('enter_at'),
    leaveAt: units('leave_at'),
    alertKinds: text('alert_kinds').array(),
    severityMin: word<AlertSeverity>('severity_min'),
    incoming: word<SalesPolicyIncoming>('incoming').notNull(),
    itemId: uuid('item_id'),
    category: text('category'),
    holdMinutes: integer('hold_minutes').notNull(),
    /** What the channel is to offer while the rule decides. */
    listed: word<SalesPolicyListed>('listed').notNull(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.ruleId] }),
    unique('sales_policy_rule_name').on(table.organizationId, table.name),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);

/** What a storefront may do with an item now. No row = NORMAL, and no rule holds. */
export const salesPolicyState = pgTable(
  'sales_policy_state',
  {
    organizationId: organizationId(),
    itemId: uuid('item_id').notNull(),
    state: word<SalesPolicyState>('state').notNull(),
    /** Null for NORMAL. */
    ruleId: uuid('rule_id'),
    /** Every rule that holds and since when: array of ruleId and sinceMs. */
    active: json('active').notNull(),
    sinceAt: instant('since_at').notNull(),
    /** When to look again although nothing changes; null = no need. */
    recheckAt: instant('recheck_at'),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.itemId] }),
    index('sales_policy_state_recheck')
      .on(table.organizationId, table.recheckAt)
      .where(sql`recheck_at is not null`),
    foreignKey({
      columns: [table.organizationId, table.itemId],
      foreignColumns: [item.organizationId, item.itemId],
    }),
  ],
);

/** One change of an item's state, with the facts it was decided on. Append-only; kept as long as events. */
export const salesPolicyChange = pgTable(
  'sales_policy_change',
  {
    organizationId: organizationId(),
    changeId: uuid('change_id').notNull(),
    itemId: uuid('item_id').notNull(),
    state: word<SalesPolicyState>('state').notNull(),
    previousState: word<SalesPolicyState>('previous_state').notNull(),
    ruleId: uuid('rule_id'),
    available: units('available'),
    /** Null = not known, or beyond the days looked at. */
    daysToStockOut: integer('days_to_stock_out'),
    occurredAt: instant('occurred_at').notNull(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.changeId] }),
    index('sales_policy_change_item').on(table.organizationId, table.itemId, table.occurredAt),
    index('sales_policy_change_old').on(table.organizationId, table.recordedAt),
    foreignKey({
      columns: [table.organizationId, table.itemId],
      foreignColumns: [item.organizationId, item.itemId],
    }),
  ],
);

/** Items to be judged anew. Written together with what changed, consumed by the stage. */
export const salesPolicyDue = pgTable(
  'sales_policy_due',
  {
    organizationId: organizationId(),
    itemId: uuid('item_id').notNull(),
    markedAt: instant('marked_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.itemId] }),
    foreignKey({
      columns: [table.organizationId, table.itemId],
      foreignColumns: [item.organizationId, item.itemId],
    }),
  ],
);

/** Where the stage stands in an organization's event log. */
export const salesPolicyProgress = pgTable(
  'sales_policy_progress',
  {
    organizationId: organizationId(),
    /** Newest number whose items were judged. */
    eventNumber: bigint('event_number', { mode: 'bigint' }).notNull(),
    /** Newest number whose changes were handed to webhooks and write-back. */
    toldNumber: bigint('told_number', { mode: 'bigint' }).notNull(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId] }),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);

/** Who is told of changes, and whether quantities are written back. No row = nobody, and off. */
export const salesPolicySetting = pgTable(
  'sales_policy_setting',
  {
    organizationId: organizationId(),
    /** Notification channels of the kind WEBHOOK. */
    channelIds: uuid('channel_ids').array().notNull(),
    writeMode: word<SalesPolicyWriteMode>('write_mode').notNull(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId] }),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);

/** One quantity for sale that was to be changed on a platform: the queue, and the record of what was done. */
export const salesPolicyWrite = pgTable(
  'sales_policy_write',
  {
    organizationId: organizationId(),
    writeId: uuid('write_id').notNull(),
    changeId: uuid('change_id').notNull(),
    itemId: uuid('item_id').notNull(),
    shopId: uuid('shop_id').notNull(),
    productId: text('product_id').notNull(),
    /** Empty for an offer without variants. */
    specId: text('spec_id').notNull(),
    isDryRun: boolean('is_dry_run').notNull(),
    state: word<SalesPolicyWriteState>('state').notNull(),
    /** What the channel is to offer; the quantity follows from it when the write is made. */
    listed: word<SalesPolicyListed>('listed').notNull(),
    /** In the listing's own unit, whole numbers: wanted, read before, sent as a difference, read afterwards. */
    wanted: units('wanted'),
    readBefore: units('read_before'),
    sentChange: units('sent_change'),
    readAfter: units('read_after'),
    attempts: integer('attempts').notNull(),
    errorCode: text('error_code'),
    message: text('message'),
    /** Business time. */
    plannedAt: instant('planned_at').notNull(),
    finishedAt: instant('finished_at'),
    /** Database time. */
    nextAttemptAt: instant('next_attempt_at').notNull(),
    leaseUntil: instant('lease_until'),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.writeId] }),
    unique('sales_policy_write_once').on(
      table.organizationId,
      table.changeId,
      table.shopId,
      table.productId,
      table.specId,
    ),
    index('sales_policy_write_open')
      .on(table.organizationId, table.nextAttemptAt)
      .where(sql`state in ('PLANNED', 'SENDING', 'UNCERTAIN')`),
    index('sales_policy_write_recent').on(
      table.organizationId,
      table.plannedAt.desc().nullsFirst(),
      table.writeId,
    ),
    foreignKey({
      columns: [table.organizationId, table.itemId],
      foreignColumns: [item.organizationId, item.itemId],
    }),
    foreignKey({
      columns: [table.organizationId, table.shopId],
      foreignColumns: [shop.organizationId, shop.shopId],
    }),
  ],
);
