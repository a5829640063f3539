import { foreignKey, index, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { organization } from './access.ts';
import { instant, observedAt, organizationId, recordedAt, units, word } from './columns.ts';

/** Goods on their way to the merchant. */
export const inboundShipment = pgTable(
  'inbound_shipment',
  {
    organizationId: organizationId(),
    inboundShipmentId: uuid('inbound_shipment_id').notNull(),
    /** The shop or feed that reported it; null = recorded by hand. */
    shopId: uuid('shop_id'),
    externalId: text('external_id').notNull(),
    /** Null = not known where it goes. */
    warehouseId: uuid('warehouse_id'),
    supplierName: text('supplier_name'),
    /** PLANNED: approved here, not on record as ordered yet. */
    status: word<'PLANNED' | 'ORDERED' | 'SHIPPED' | 'RECEIVED' | 'CANCELLED'>('status').notNull(),
    orderedAt: instant('ordered_at'),
    shippedAt: instant('shipped_at'),
    expectedAt: instant('expected_at'),
    receivedAt: instant('received_at'),
    modifiedAt: instant('modified_at').notNull(),
    observedAt: observedAt(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.inboundShipmentId] }),
    unique('inbound_shipment_natural_key')
      .on(table.organizationId, table.shopId, table.externalId)
      .nullsNotDistinct(),
    index('inbound_shipment_open').on(table.organizationId, table.status, table.expectedAt),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);

/** A line of goods on their way. */
export const inboundShipmentLine = pgTable(
  'inbound_shipment_line',
  {
    organizationId: organizationId(),
    inboundShipmentId: uuid('inbound_shipment_id').notNull(),
    lineId: text('line_id').notNull(),
    /** Null until the goods are known as an item. */
    itemId: uuid('item_id'),
    productId: text('product_id'),
    specId: text('spec_id'),
    sku: text('sku'),
    title: text('title'),
    quantity: units('quantity').notNull(),
    receivedQuantity: units('received_quantity'),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.inboundShipmentId, table.lineId] }),
    index('inbound_shipment_line_item').on(table.organizationId, table.itemId),
    foreignKey({
      columns: [table.organizationId, table.inboundShipmentId],
      foreignColumns: [inboundShipment.organizationId, inboundShipment.inboundShipmentId],
    }),
  ],
);
