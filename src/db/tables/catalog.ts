import {
  boolean,
  doublePrecision,
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
import { organization } from './access.ts';
import { instant, observedAt, organizationId, recordedAt, units, word } from './columns.ts';
import { shop } from './sync.ts';

/** One SKU of one organization, its own goods. */
export const item = pgTable(
  'item',
  {
    organizationId: organizationId(),
    itemId: uuid('item_id').notNull(),
    /** The merchant's own article number where it is known and unique, else made from the listing. */
    sku: text('sku').notNull(),
    title: text('title').notNull(),
    unitCode: text('unit_code').notNull().default('件'),
    /** Decimal places that make sense for this unit. */
    unitDecimals: integer('unit_decimals').notNull().default(0),
    imageUrl: text('image_url'),
    category: text('category'),
    supplierName: text('supplier_name'),
    /** Cost and price of one unit; null = unknown. */
    unitCost: units('unit_cost'),
    unitPrice: units('unit_price'),
    currencyCode: text('currency_code').notNull().default('CNY'),
    observedAt: observedAt(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.itemId] }),
    unique('item_sku').on(table.organizationId, table.sku),
    index('item_category').on(table.organizationId, table.category, table.itemId),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);

/** A physical stock location, or the marketplace pool of one shop. */
export const warehouse = pgTable(
  'warehouse',
  {
    organizationId: organizationId(),
    warehouseId: uuid('warehouse_id').notNull(),
    code: text('code').notNull(),
    name: text('name').notNull(),
    /** IANA name: the zone of its business days. */
    timeZone: text('time_zone').notNull().default('Asia/Shanghai'),
    kind: word<'PHYSICAL' | 'MARKETPLACE_POOL'>('kind').notNull(),
    /** The shop whose pool this is, or whose feed brought it; null = made by hand. */
    shopId: uuid('shop_id'),
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
    observedAt: observedAt(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.warehouseId] }),
    unique('warehouse_code').on(table.organizationId, table.code),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);

/** One offer variant on one channel, mapped to an item. */
export const listing = pgTable(
  'listing',
  {
    organizationId: organizationId(),
    listingId: uuid('listing_id').notNull(),
    shopId: uuid('shop_id').notNull(),
    productId: text('product_id').notNull(),
    /** Empty for an offer without variants, so that the natural key has no null. */
    specId: text('spec_id').notNull(),
    skuId: text('sku_id'),
    cargoNumber: text('cargo_number'),
    title: text('title').notNull(),
    variantTitle: text('variant_title'),
    /** The platform's own word. */
    status: text('status').notNull(),
    category: text('category'),
    itemId: uuid('item_id').notNull(),
    /** Units of the item in one unit of the listing. */
    packFactor: units('pack_factor').notNull().default('1'),
    /** True once somebody linked it; an automatic link is only a suggestion. */
    isLinked: boolean('is_linked').notNull().default(false),
    minOrderQuantity: units('min_order_quantity'),
    unitPrice: units('unit_price'),
    /** For sale now, in the listing's own unit; null = not tracked by the platform. */
    available: units('available'),
    modifiedAt: instant('modified_at'),
    observedAt: observedAt(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.listingId] }),
    unique('listing_natural_key').on(table.organizationId, table.shopId, table.productId, table.specId),
    index('listing_item').on(table.organizationId, table.itemId),
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

/**
 * Settings of planning, from the whole organization (all scope columns null) down to item × warehouse.
 * Null = not set here: the next wider scope decides.
 */
export const stockPolicy = pgTable(
  'stock_policy',
  {
    organizationId: organizationId(),
    policyId: uuid('policy_id').notNull(),
    itemId: uuid('item_id'),
    warehouseId: uuid('warehouse_id'),
    category: text('category'),
    supplierName: text('supplier_name'),
    safetyStock: units('safety_stock'),
    leadTimeDays: units('lead_time_days'),
    reviewPeriodDays: units('review_period_days'),
    serviceLevel: units('service_level'),
    /** Where a service level comes from that nobody set: by class, or by what would have cost least. */
    serviceLevelBasis: word<'CLASS' | 'ECONOMIC'>('service_level_basis'),
    /** Service level by class, as decimal text by key: A, AX, AY, AZ, B, BX … */
    classServiceLevels: json('class_service_levels'),
    safetyStockMethod: word<'CLASSIC' | 'LEAD_TIME_VARIANCE' | 'QUANTILE'>('safety_stock_method'),
    minOrderQuantity: units('min_order_quantity'),
    orderMultiple: units('order_multiple'),
    orderCap: units('order_cap'),
    /** Least value of one order to a supplier, money. */
    minOrderValue: units('min_order_value'),
    /** Days of expected demand above which an order is flagged. */
    coverDaysMax: units('cover_days_max'),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.policyId] }),
    unique('stock_policy_scope')
      .on(table.organizationId, table.itemId, table.warehouseId, table.category, table.supplierName)
      .nullsNotDistinct(),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);
