import type { StockAlertRow } from '../db/queries/alert.ts';
import type { StockAlertEventRow } from '../db/queries/event.ts';
import type { InboundShipmentRow } from '../db/queries/inbound-shipment.ts';
import type { ItemRow } from '../db/queries/item.ts';
import type { ListingRow } from '../db/queries/listing.ts';
import type { QuarantinedRowRow } from '../db/queries/quarantine.ts';
import type { SalesOrderRow } from '../db/queries/sales-order.ts';
import type { ShopRow } from '../db/queries/shop.ts';
import type { SnapshotRow } from '../db/queries/snapshot.ts';
import type { StockLevelRow } from '../db/queries/stock-level.ts';
import type { SyncRunRow } from '../db/queries/sync-run.ts';
import type { WarehouseRow } from '../db/queries/warehouse.ts';
import { builder } from './builder.ts';
import { defineConnection } from './page.ts';

/** One SKU of the organization; its fields stand in `item.ts`. */
export const Item = builder.objectRef<ItemRow>('Item');
/** A stock location; its fields stand in `warehouse.ts`. */
export const Warehouse = builder.objectRef<WarehouseRow>('Warehouse');
/** Quantities of an item in a warehouse; its fields stand in `stock-level.ts` and the files of what hangs on it. */
export const StockLevel = builder.objectRef<StockLevelRow>('StockLevel');
/** One observation; its fields stand in `snapshot.ts`. */
export const Snapshot = builder.objectRef<SnapshotRow>('Snapshot');
/** An alert; its fields stand in `stock-alert.ts`. */
export const StockAlert = builder.objectRef<StockAlertRow>('StockAlert');
/** A transition of an alert; its fields stand in `stock-alert-event.ts`. */
export const StockAlertEvent = builder.objectRef<StockAlertEventRow>('StockAlertEvent');
/** An offer variant; its fields stand in `listing.ts`. */
export const Listing = builder.objectRef<ListingRow>('Listing');
/** A shop or feed; its fields stand in `shop.ts`. */
export const Shop = builder.objectRef<ShopRow>('Shop');
/** A reading of a stream; its fields stand in `sync-run.ts`. */
export const SyncRun = builder.objectRef<SyncRunRow>('SyncRun');
/** An order; its fields stand in `sales-order.ts`. */
export const SalesOrder = builder.objectRef<SalesOrderRow>('SalesOrder');
/** Goods on their way; its fields stand in `inbound-shipment.ts`. */
export const InboundShipment = builder.objectRef<InboundShipmentRow>('InboundShipment');
/** A row that could not be used; its fields stand in `quarantine.ts`. */
export const QuarantinedRow = builder.objectRef<QuarantinedRowRow>('QuarantinedRow');

/** Pages of items. */
export const ItemConnection = defineConnection('Item', Item, 'read:stock');
/** Pages of warehouses. */
export const WarehouseConnection = defineConnection('Warehouse', Warehouse, 'read:stock');
/** Pages of levels. */
export const StockLevelConnection = defineConnection('StockLevel', StockLevel, 'read:stock');
/** Pages of snapshots. */
export const SnapshotConnection = defineConnection('Snapshot', Snapshot, 'read:stock');
/** Pages of alerts. */
export const StockAlertConnection = defineConnection('StockAlert', StockAlert, 'read:alerts');
/** Pages of alert events. */
export const StockAlertEventConnection = defineConnection('StockAlertEvent', StockAlertEvent, 'read:alerts');
/** Pages of listings. */
export const ListingConnection = defineConnection('Listing', Listing, 'read:stock');
/** Pages of shops. */
export const ShopConnection = defineConnection('Shop', Shop, 'read:shops');
/** Pages of sync runs. */
export const SyncRunConnection = defineConnection('SyncRun', SyncRun, 'read:shops');
/** Pages of orders. */
export const SalesOrderConnection = defineConnection('SalesOrder', SalesOrder, 'read:orders');
/** Pages of inbound shipments. */
export const InboundShipmentConnection = defineConnection('InboundShipment', InboundShipment, 'read:stock');
/** Pages of quarantined rows. */
export const QuarantinedRowConnection = defineConnection('QuarantinedRow', QuarantinedRow, 'read:shops');
