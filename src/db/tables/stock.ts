import { sql } from 'drizzle-orm';
import { boolean, foreignKey, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { item, warehouse } from './catalog.ts';
import { instant, observedAt, organizationId, recordedAt, units, word } from './columns.ts';

/** By which way a reading came in. */
export type StockSource = 'POLL' | 'PUSH' | 'FEED' | 'IMPORT' | 'MUTATION' | 'SQL';
/** Where an effective threshold comes from. */
export type ThresholdOrigin = 'OVERRIDE' | 'COMPUTED' | 'DEFAULT';

/** The quantities of an item in a warehouse now. */
export const stockLevel = pgTable(
  'stock_level',
  {
    organizationId: organizationId(),
    itemId: uuid('item_id').notNull(),
    warehouseId: uuid('warehouse_id').notNull(),
    available: units('available').notNull(),
    /** Null = the source does not report it. */
    onHand: units('on_hand'),
    reserved: units('reserved'),
    damaged: units('damaged'),
    incoming: units('incoming'),
    /** False: `incoming` is summed from the open inbound shipments, the source itself does not give it. */
    isIncomingReported: boolean('is_incoming_reported').notNull().default(false),
    source: word<StockSource>('source').notNull(),
    shopId: uuid('shop_id'),
    /** Version: an older reading never overwrites a newer one. */
    observedAt: observedAt(),
    recordedAt: recordedAt(),
    /** Last time the source confirmed the value, changed or not: the age of the data counts from here. */
    checkedAt: instant('checked_at').notNull(),
    /** Key of the snapshot that holds these quantities. */
    snapshotObservedAt: instant('snapshot_observed_at').notNull(),
    /** SUSPECT: the last reading was implausible and is kept in the suspect columns until explained. */
    dataState: word<'FRESH' | 'SUSPECT'>('data_state').notNull().default('FRESH'),
    suspectAvailable: units('suspect_available'),
    suspectSinceAt: instant('suspect_since_at'),
    suspectReason: text('suspect_reason'),
    /** False for a pool whose item also has physical levels: no stock alert stands on it. */
    isWatched: boolean('is_watched').notNull().default(true),
    /** Units at or below which the level is low; null until first computed. */
    threshold: units('threshold'),
    thresholdOrigin: word<ThresholdOrigin>('threshold_origin'),
    thresholdComputedAt: instant('threshold_computed_at'),
    isLow: boolean('is_low')
      .notNull()
      .generatedAlwaysAs(sql`(is_watched and threshold is not null and available <= threshold)`),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.itemId, table.warehouseId] }),
    index('stock_level_warehouse').on(table.organizationId, table.warehouseId, table.itemId),
    index('stock_level_low').on(table.organizationId, table.itemId, table.warehouseId).where(sql`is_low`),
    index('stock_level_suspect')
      .on(table.organizationId, table.itemId, table.warehouseId)
      .where(sql`data_state = 'SUSPECT'`),
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

/**
 * One observation of a level that differs from the one before: a step function, the last value carries forward.
 * Range-partitioned by month of `observed_at`. Append-only.
 */
export const stockSnapshot = pgTable(
  'stock_snapshot',
  {
    organizationId: organizationId(),
    itemId: uuid('item_id').notNull(),
    warehouseId: uuid('warehouse_id').notNull(),
    observedAt: observedAt(),
    recordedAt: recordedAt(),
    available: units('available').notNull(),
    onHand: units('on_hand'),
    reserved: units('reserved'),
    damaged: units('damaged'),
    incoming: units('incoming'),
    source: word<StockSource>('source').notNull(),
    isSuspect: boolean('is_suspect').notNull().default(false),
    syncRunId: uuid('sync_run_id'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.itemId, table.warehouseId, table.observedAt] }),
    index('stock_snapshot_time').using('brin', table.observedAt),
    index('stock_snapshot_recent').on(
      table.organizationId,
      table.observedAt.desc().nullsFirst(),
      table.itemId,
      table.warehouseId,
    ),
  ],
);

/** The step function summed up by the hour; rebuilt for the touched hours by ingest. */
export const stockRollupHourly = pgTable(
  'stock_rollup_hourly',
  {
    organizationId: organizationId(),
    itemId: uuid('item_id').notNull(),
    warehouseId: uuid('warehouse_id').notNull(),
    hourAt: instant('hour_at').notNull(),
    open: units('open').notNull(),
    low: units('low').notNull(),
    high: units('high').notNull(),
    close: units('close').notNull(),
    outOfStockMinutes: integer('out_of_stock_minutes').notNull(),
    recordedAt: recordedAt(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.itemId, table.warehouseId, table.hourAt] })],
);

/** Goods that moved in one warehouse, from a warehouse system. Append-only. */
export const stockMovement = pgTable(
  'stock_movement',
  {
    organizationId: organizationId(),
    shopId: uuid('shop_id').notNull(),
    movementId: text('movement_id').notNull(),
    itemId: uuid('item_id').notNull(),
    warehouseId: uuid('warehouse_id').notNull(),
    kind: text('kind').notNull(),
    /** Positive; the kind tells the direction. */
    quantity: units('quantity').notNull(),
    reference: text('reference'),
    observedAt: observedAt(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.shopId, table.movementId] }),
    index('stock_movement_level').on(table.organizationId, table.itemId, table.warehouseId, table.observedAt),
  ],
);
