import { rejectRow } from '../lossless.ts';
import type { InboundShipmentLineObservation, InboundShipmentObservation } from '../marketplace.ts';
import { describeFutureDates } from '../wire-values.ts';
import type { OrderPackage } from './logistics.ts';
import type { Converted } from './to-listing.ts';
import { isRejected, isShipped, type ReadOrder, readOrder } from './to-sales-order.ts';

/** An order of the merchant with what must still be asked about it. */
export interface ReadPurchase {
  order: ReadOrder;
  /** True while it is on its way: only then do its parcels say something new. */
  isUnderWay: boolean;
}

/**
 * Reads the orders of a page that the merchant placed as a buyer.
 *
 * @param now - business time
 */
export function readPurchases(rows: readonly unknown[], now: Date): Converted<ReadPurchase> {
  const converted: Converted<ReadPurchase> = { observations: [], rejected: [] };
  for (const row of rows) {
    const read = readOrder(row, now);
    if (isRejected(read)) {
      converted.rejected.push(read);
      continue;
    }
    converted.rejected.push(...read.rejected);
    const future = describeFutureDates({ receivingTime: read.head.receivingTime }, now);
    if (future !== null) {
      converted.rejected.push(rejectRow(read.orderId, `baseInfo.${future}`, row));
      continue;
    }
    const isUnderWay = isShipped(read.head.status) && !isReceivedStatus(read.head.status);
    converted.observations.push({ order: read, isUnderWay });
  }
  return converted;
}

/** The buyer said that the goods are there. */
function isReceivedStatus(status: string): boolean {
  return ['signinsuccess', 'confirm_goods', 'confirm_goods_but_not_fund', 'success'].includes(status);
}

function isCancelledStatus(status: string | null): boolean {
  return status === 'cancel' || status === 'terminated';
}

/**
 * Turns an order the merchant placed into goods on their way. It counts as received when the merchant
 * confirmed it, or when the carrier handed over all its parcels. Cancelled lines will not come and are left
 * out. The goods are named as the supplier names them; which item they are is for the merchant to link.
 *
 * @param packages - its parcels; empty when they were not asked for
 */
export function toInboundShipment(
  order: ReadOrder,
  packages: readonly OrderPackage[],
): InboundShipmentObservation {
  const { head } = order;
  const isDelivered = packages.length > 0 && packages.every((parcel) => parcel.isDelivered);
  const isReceived = isReceivedStatus(head.status) || isDelivered;
  const status = isCancelledStatus(head.status)
    ? 'CANCELLED'
    : isReceived
      ? 'RECEIVED'
      : isShipped(head.status)
        ? 'SHIPPED'
        : 'ORDERED';
  return {
    kind: 'inbound_shipment',
    shipmentId: order.orderId,
    warehouseCode: null,
    supplierName: head.sellerContact?.companyName ?? head.sellerLoginId,
    status,
    orderedAt: head.createTime,
    shippedAt: head.allDeliveredTime ?? latest(packages.map((parcel) => parcel.shippedAt)),
    expectedAt: null,
    receivedAt: isReceived
      ? (head.receivingTime ?? latest(packages.map((parcel) => parcel.lastStepAt)) ?? head.completeTime)
      : null,
    modifiedAt: head.modifyTime ?? head.createTime,
    lines: order.lines
      .filter((line) => !isCancelledStatus(line.status))
      .map((line) => toLine(line, isReceived)),
  };
}

function latest(times: readonly (Date | null)[]): Date | null {
  const known = times.flatMap((time) => time?.getTime() ?? []);
  return known.length === 0 ? null : new Date(Math.max(...known));
}

function toLine(line: ReadOrder['lines'][number], isReceived: boolean): InboundShipmentLineObservation {
  return {
    lineId: line.lineId,
    productId: line.productID,
    specId: line.specId,
    cargoNumber: line.cargoNumber ?? line.productCargoNumber,
    sku: null,
    title: line.name,
    quantity: line.quantity,
    receivedQuantity: toReceivedQuantity(line, isReceived),
  };
}

/** Line states of the platform: 1 not shipped, 2 shipped, 3 received; others do not tell how much arrived. */
function toReceivedQuantity(line: ReadOrder['lines'][number], isReceived: boolean): string | null {
  if (isReceived || line.logisticsStatus === '3') return line.quantity;
  return line.logisticsStatus === '1' || line.logisticsStatus === '2' ? '0' : null;
}
