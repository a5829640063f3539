import { sql } from 'drizzle-orm';
import { boolean, date, foreignKey, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { item } from './catalog.ts';
import { instant, observedAt, organizationId, recordedAt, units, word } from './columns.ts';
import { shop } from './sync.ts';

/** An order of a customer. */
export const salesOrder = pgTable(
  'sales_order',
  {
    organizationId: organizationId(),
    shopId: uuid('shop_id').notNull(),
    orderId: text('order_id').notNull(),
    /** The platform's own word. */
    status: text('status').notNull(),
    orderedAt: instant('ordered_at').notNull(),
    paidAt: instant('paid_at'),
    shippedAt: instant('shipped_at'),
    completedAt: instant('completed_at'),
    /** Version: an older reading never overwrites a newer one. */
    modifiedAt: instant('modified_at').notNull(),
    closeReason: text('close_reason'),
    refundStatus: text('refund_status'),
    totalAmount: units('total_amount'),
    observedAt: observedAt(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.shopId, table.orderId] }),
    index('sales_order_recent').on(
      table.organizationId,
      table.orderedAt.desc().nullsFirst(),
      table.shopId,
      table.orderId,
    ),
    index('sales_order_closed')
      .on(table.organizationId, table.shopId, table.orderedAt)
      .where(sql`close_reason is not null`),
    foreignKey({
      columns: [table.organizationId, table.shopId],
      foreignColumns: [shop.organizationId, shop.shopId],
    }),
  ],
);

/** A line of an order. */
export const salesOrderLine = pgTable(
  'sales_order_line',
  {
    organizationId: organizationId(),
    shopId: uuid('shop_id').notNull(),
    orderId: text('order_id').notNull(),
    lineId: text('line_id').notNull(),
    productId: text('product_id').notNull(),
    specId: text('spec_id').notNull(),
    cargoNumber: text('cargo_number'),
    title: text('title'),
    /** Null until the listing is known. */
    itemId: uuid('item_id'),
    /** In the listing's own unit. */
    quantity: units('quantity').notNull(),
    /** In the item's unit: quantity × pack factor; null until the listing is known. */
    itemUnits: units('item_units'),
    unitPrice: units('unit_price'),
    status: text('status'),
    refundStatus: text('refund_status'),
    /** Of the order; here so that demand reads one table. */
    orderedAt: instant('ordered_at').notNull(),
    observedAt: observedAt(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.shopId, table.orderId, table.lineId] }),
    index('sales_order_line_item').on(table.organizationId, table.itemId, table.orderedAt),
    index('sales_order_line_listing').on(table.organizationId, table.shopId, table.productId, table.specId),
    foreignKey({
      columns: [table.organizationId, table.shopId, table.orderId],
      foreignColumns: [salesOrder.organizationId, salesOrder.shopId, salesOrder.orderId],
    }),
  ],
);

/**
 * Units customers wanted on a business day. A warehouse's own demand comes from its shipped movements,
 * an item's (on the pool) from orders; the two are never added.
 */
export const demandDaily = pgTable(
  'demand_daily',
  {
    organizationId: organizationId(),
    itemId: uuid('item_id').notNull(),
    warehouseId: uuid('warehouse_id').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    units: units('units').notNull(),
    source: word<'ORDERS' | 'MOVEMENTS'>('source').notNull(),
    /** Units of the day's largest order, which one customer made; null = not known: shipments, or counted long ago. */
    largestOrderUnits: units('largest_order_units'),
    /** True when the level stood at zero the whole day: the number is a lower bound. */
    isCensored: boolean('is_censored').notNull().default(false),
    observedAt: observedAt(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.itemId, table.warehouseId, table.day] }),
    foreignKey({
      columns: [table.organizationId, table.itemId],
      foreignColumns: [item.organizationId, item.itemId],
    }),
  ],
);

/**
 * Days whose demand must be counted again, because an order line or a movement of that day came in or changed.
 * Written together with what changed, consumed by the demand stage.
 */
export const demandDirty = pgTable(
  'demand_dirty',
  {
    organizationId: organizationId(),
    itemId: uuid('item_id').notNull(),
    warehouseId: uuid('warehouse_id').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    markedAt: instant('marked_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.itemId, table.warehouseId, table.day] }),
    foreignKey({
      columns: [table.organizationId, table.itemId],
      foreignColumns: [item.organizationId, item.itemId],
    }),
  ],
);
