import type {
  InboundShipmentObservation,
  ListingObservation,
  SalesOrderObservation,
  StockMovementObservation,
} from '../connectors/marketplace.ts';
import type { ListingWrite } from '../db/queries/ingest-listing.ts';
import type { MovementWrite } from '../db/queries/ingest-movement.ts';
import type { OrderWrite } from '../db/queries/ingest-order.ts';
import type { ShipmentWrite } from '../db/queries/ingest-shipment.ts';
import type { ItemId, WarehouseId } from '../shared/ids.ts';

/** A listing as it is stored; an offer without variants has an empty `specId`. */
export function toListingWrite(listing: ListingObservation, itemId: ItemId): ListingWrite {
  return {
    productId: listing.productId,
    specId: listing.specId ?? '',
    skuId: listing.skuId,
    cargoNumber: listing.cargoNumber,
    title: listing.title,
    variantTitle: listing.variantTitle,
    status: listing.status,
    category: listing.categoryName ?? listing.categoryId,
    unit: listing.unit,
    imageUrl: listing.imageUrl,
    itemId,
    minOrderQuantity: listing.minOrderQuantity,
    unitPrice: listing.unitPriceYuan,
    available: listing.available,
    modifiedAt: listing.modifiedAt,
  };
}

/** An order as it is stored. */
export function toOrderWrite(order: SalesOrderObservation): OrderWrite {
  return {
    orderId: order.orderId,
    status: order.status,
    orderedAt: order.createdAt,
    paidAt: order.paidAt,
    shippedAt: order.shippedAt,
    completedAt: order.completedAt,
    modifiedAt: order.modifiedAt,
    closeReason: order.closeReason,
    refundStatus: order.refundStatus,
    totalAmount: order.totalAmountYuan,
    lines: order.lines.map((line) => ({
      lineId: line.lineId,
      productId: line.productId,
      specId: line.specId ?? '',
      cargoNumber: line.cargoNumber,
      title: line.title,
      quantity: line.quantity,
      unitPrice: line.unitPriceYuan,
      status: line.status,
      refundStatus: line.refundStatus,
    })),
  };
}

/** A shipment as it is stored; the article number of its lines stands in for a missing SKU. */
export function toShipmentWrite(
  shipment: InboundShipmentObservation,
  warehouses: ReadonlyMap<string, WarehouseId>,
): ShipmentWrite {
  return {
    externalId: shipment.shipmentId,
    warehouseId: shipment.warehouseCode === null ? null : (warehouses.get(shipment.warehouseCode) ?? null),
    supplierName: shipment.supplierName,
    status: shipment.status,
    orderedAt: shipment.orderedAt,
    shippedAt: shipment.shippedAt,
    expectedAt: shipment.expectedAt,
    receivedAt: shipment.receivedAt,
    modifiedAt: shipment.modifiedAt,
    lines: shipment.lines.map((line) => ({
      lineId: line.lineId,
      productId: line.productId,
      specId: line.specId,
      sku: line.sku ?? line.cargoNumber,
      title: line.title,
      quantity: line.quantity,
      receivedQuantity: line.receivedQuantity,
    })),
  };
}

/** A movement as it is stored. @throws Error when warehouse or item were not resolved: a programming error */
export function toMovementWrite(
  movement: StockMovementObservation,
  warehouses: ReadonlyMap<string, WarehouseId>,
  items: ReadonlyMap<string, ItemId>,
): MovementWrite {
  return {
    movementId: movement.movementId,
    warehouseId: resolved(warehouses, movement.warehouseCode),
    itemId: resolved(items, movement.sku),
    kind: movement.movement,
    quantity: movement.quantity,
    reference: movement.reference,
    observedAt: movement.occurredAt,
  };
}

/** What a text was resolved to. @throws Error when it was not: a programming error */
export function resolved<Id>(found: ReadonlyMap<string, Id>, text: string): Id {
  const id = found.get(text);
  if (id === undefined) throw new Error('a name was not resolved before it was used');
  return id;
}

/** The last of the rows with the same key: later rows of a page are newer. */
export function keepLast<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}
