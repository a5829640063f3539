import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { organization } from './access.ts';
import { instant, observedAt, organizationId, recordedAt, word } from './columns.ts';

/** What the state of a shop's connection can be. DISCONNECTED = not read for now, by the reason beside it. */
export type ShopState = 'ACTIVE' | 'AUTHORIZATION_EXPIRED' | 'PERMISSION_MISSING' | 'DISCONNECTED';

/** A shop on a marketplace, or a feed of a warehouse system. */
export const shop = pgTable(
  'shop',
  {
    organizationId: organizationId(),
    shopId: uuid('shop_id').notNull(),
    platform: text('platform').notNull(),
    /** The platform's id of the owner. */
    memberId: text('member_id').notNull(),
    name: text('name').notNull(),
    state: word<ShopState>('state').notNull(),
    /** Why it is not ACTIVE, for a person; null when ACTIVE. */
    stateReason: text('state_reason'),
    /** As probed: array of Capability; null = not probed yet. */
    capabilities: jsonb('capabilities'),
    /** Address of a feed; null = the platform's own address from the configuration. */
    endpointUrl: text('endpoint_url'),
    observedAt: observedAt(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.shopId] }),
    unique('shop_member').on(table.organizationId, table.platform, table.memberId),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);

/** The shop's tokens, sealed. Read by workers only. Times are real time. */
export const shopCredential = pgTable(
  'shop_credential',
  {
    organizationId: organizationId(),
    shopId: uuid('shop_id').notNull(),
    /** Compact JWE bound to organization and shop. */
    sealed: text('sealed').notNull(),
    /** Rises with every refresh: whoever used an older one re-reads instead of refreshing again. */
    version: integer('version').notNull(),
    accessExpiresAt: instant('access_expires_at'),
    refreshExpiresAt: instant('refresh_expires_at'),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.shopId] }),
    foreignKey({
      columns: [table.organizationId, table.shopId],
      foreignColumns: [shop.organizationId, shop.shopId],
    }),
  ],
);

/** Coordination table: which worker polls which shop. Database time throughout. */
export const shopLease = pgTable(
  'shop_lease',
  {
    shopId: uuid('shop_id').primaryKey(),
    organizationId: organizationId(),
    platform: text('platform').notNull(),
    memberId: text('member_id').notNull(),
    isEnabled: boolean('is_enabled').notNull().default(true),
    nextDueAt: instant('next_due_at').notNull(),
    leaseUntil: instant('lease_until'),
    leasedBy: text('leased_by'),
    /** Rises with every claim: a page written under an older fence is refused. */
    fence: bigint('fence', { mode: 'bigint' }).notNull().default(sql`0`),
    /** When somebody last asked for the shop, polled or idle; null once a poll has begun to look for what was asked. */
    wokenAt: instant('woken_at'),
  },
  (table) => [
    index('shop_lease_due').on(table.nextDueAt),
    unique('shop_lease_route').on(table.platform, table.memberId, table.organizationId),
  ],
);

/** Coordination table: token buckets of apps and shops. Database time. */
export const callBudget = pgTable('call_budget', {
  /** `app:<platform>:<app key>` or `shop:<uuid>`. */
  budgetKey: text('budget_key').primaryKey(),
  tokens: doublePrecision('tokens').notNull(),
  updatedAt: instant('updated_at').notNull(),
  pausedUntil: instant('paused_until'),
});

/** Where the reading of one stream of one shop stands. */
export const syncState = pgTable(
  'sync_state',
  {
    organizationId: organizationId(),
    shopId: uuid('shop_id').notNull(),
    stream: text('stream').notNull(),
    /** Everything modified before this instant (business time) has been read; null = never. */
    watermarkAt: instant('watermark_at'),
    /** The window being read now; null between passes. */
    windowFrom: instant('window_from'),
    windowTo: instant('window_to'),
    /** The next page of the pass under way; null = at the first page. */
    pageCursor: text('page_cursor'),
    passStartedAt: instant('pass_started_at'),
    passFinishedAt: instant('pass_finished_at'),
    /** Business time the last whole pass took. */
    cycleMs: bigint('cycle_ms', { mode: 'number' }),
    sweptAt: instant('swept_at'),
    /** Rows the pass had at its first page; null = the platform does not say. */
    passTotal: integer('pass_total'),
    /** Failed readings in a row; the wait before the next one grows with it. */
    failedCount: integer('failed_count').notNull().default(0),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.shopId, table.stream] }),
    foreignKey({
      columns: [table.organizationId, table.shopId],
      foreignColumns: [shop.organizationId, shop.shopId],
    }),
  ],
);

/** One reading of one stream, from claim to end. */
export const syncRun = pgTable(
  'sync_run',
  {
    organizationId: organizationId(),
    syncRunId: uuid('sync_run_id').notNull(),
    shopId: uuid('shop_id').notNull(),
    stream: text('stream').notNull(),
    kind: word<'INITIAL' | 'INCREMENTAL' | 'SWEEP' | 'HINTS'>('kind').notNull(),
    state: word<'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'INTERRUPTED'>('state').notNull(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    pageCount: integer('page_count').notNull().default(0),
    rowCount: integer('row_count').notNull().default(0),
    /** How many rows the pass has in all; null = the platform does not say. */
    rowCountExpected: integer('row_count_expected'),
    changedCount: integer('changed_count').notNull().default(0),
    quarantinedCount: integer('quarantined_count').notNull().default(0),
    errorCode: text('error_code'),
    errorMessage: text('error_message'),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.syncRunId] }),
    index('sync_run_recent').on(table.organizationId, table.startedAt.desc().nullsFirst(), table.syncRunId),
    index('sync_run_shop').on(table.organizationId, table.shopId, table.startedAt.desc().nullsFirst()),
    index('sync_run_running').on(table.organizationId, table.shopId).where(sql`state = 'RUNNING'`),
    foreignKey({
      columns: [table.organizationId, table.shopId],
      foreignColumns: [shop.organizationId, shop.shopId],
    }),
  ],
);

/** "Read this again": from push messages, new orders and "sync now". Consumed by the poller. */
export const readHint = pgTable(
  'read_hint',
  {
    organizationId: organizationId(),
    shopId: uuid('shop_id').notNull(),
    kind: word<'PRODUCT' | 'ORDER' | 'SYNC_NOW'>('kind').notNull(),
    /** Product or order id; empty for SYNC_NOW. */
    externalId: text('external_id').notNull(),
    /** Bigger first: a push outranks a routine re-read. */
    priority: integer('priority').notNull().default(0),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.shopId, table.kind, table.externalId] }),
    foreignKey({
      columns: [table.organizationId, table.shopId],
      foreignColumns: [shop.organizationId, shop.shopId],
    }),
  ],
);

/** A push message as it came, stored before it was answered. */
export const pushMessage = pgTable(
  'push_message',
  {
    organizationId: organizationId(),
    shopId: uuid('shop_id').notNull(),
    messageId: text('message_id').notNull(),
    topic: text('topic').notNull(),
    body: text('body').notNull(),
    sentAt: instant('sent_at'),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.shopId, table.messageId] }),
    foreignKey({
      columns: [table.organizationId, table.shopId],
      foreignColumns: [shop.organizationId, shop.shopId],
    }),
  ],
);

/** A row that could not be used, with its reason. The same row and reason again only counts up. */
export const quarantinedRow = pgTable(
  'quarantined_row',
  {
    organizationId: organizationId(),
    quarantinedRowId: uuid('quarantined_row_id').notNull(),
    shopId: uuid('shop_id'),
    stream: text('stream').notNull(),
    rowKey: text('row_key').notNull(),
    reason: text('reason').notNull(),
    raw: text('raw').notNull(),
    timesSeen: integer('times_seen').notNull().default(1),
    observedAt: observedAt(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.quarantinedRowId] }),
    unique('quarantined_row_natural_key')
      .on(table.organizationId, table.shopId, table.stream, table.rowKey, table.reason)
      .nullsNotDistinct(),
    index('quarantined_row_recent').on(
      table.organizationId,
      table.recordedAt.desc().nullsFirst(),
      table.quarantinedRowId,
    ),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);
