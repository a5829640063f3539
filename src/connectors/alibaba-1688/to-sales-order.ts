import { isJsonObject, rejectRow } from '../lossless.ts';
import type { RejectedRow, SalesOrderLineObservation, SalesOrderObservation } from '../marketplace.ts';
import { describeFutureDates, describeIssues, longId } from '../wire-values.ts';
import type { Converted } from './to-listing.ts';
import { type Order, type OrderLine, order, orderLine } from './wire.ts';

/** An order whose head could be read, with its readable lines. */
export interface ReadOrder {
  orderId: string;
  head: Order['baseInfo'];
  nativeLogistics: Order['nativeLogistics'];
  lines: (OrderLine & { lineId: string; productID: string })[];
  rejected: RejectedRow[];
}

/**
 * Reads an order as seller or buyer see it. A line that names no goods (shipping, gift wrap) or cannot be read
 * is put aside as `order/line`, the others stay; an order without id or dates is put aside whole.
 *
 * @param now - business time; an order from the future is refused, it would hide all later versions of itself
 */
export function readOrder(row: unknown, now: Date): ReadOrder | RejectedRow {
  const parsed = order.safeParse(row);
  if (!parsed.success) return rejectRow(orderKeyOf(row), describeIssues(parsed.error), row);
  const head = parsed.data.baseInfo;
  const orderId = head.idOfStr ?? head.id;
  if (orderId === null) return rejectRow(null, 'baseInfo.idOfStr: is missing', row);
  const { createTime, payTime, modifyTime, allDeliveredTime, completeTime } = head;
  const dates = { createTime, payTime, modifyTime, allDeliveredTime, completeTime };
  const future = describeFutureDates(dates, now);
  if (future !== null) return rejectRow(orderId, `baseInfo.${future}`, row);
  const read: ReadOrder = {
    orderId,
    head,
    nativeLogistics: parsed.data.nativeLogistics,
    lines: [],
    rejected: [],
  };
  const seen = new Set<string>();
  for (const [index, line] of parsed.data.productItems.entries()) addLine(read, seen, line, index);
  return read;
}

function addLine(read: ReadOrder, seen: Set<string>, row: unknown, index: number): void {
  const parsed = orderLine.safeParse(row);
  const lineId = parsed.data?.subItemIDString ?? parsed.data?.subItemID ?? null;
  const productID = parsed.data?.productID ?? null;
  const place = `productItems[${index}]`;
  const refuse = (reason: string) => {
    read.rejected.push(rejectRow(`${read.orderId}/${lineId ?? `#${index}`}`, reason, row));
  };
  if (!parsed.success) refuse(`${place}.${describeIssues(parsed.error)}`);
  else if (lineId === null) refuse(`${place}.subItemIDString: is missing`);
  else if (productID === null) refuse(`${place}.productID: is missing; the line names no goods`);
  else if (seen.has(lineId)) refuse(`${place}.subItemIDString: stands twice in this order`);
  else {
    seen.add(lineId);
    read.lines.push({ ...parsed.data, lineId, productID });
  }
}

function orderKeyOf(row: unknown): string | null {
  if (!isJsonObject(row) || !isJsonObject(row.baseInfo)) return null;
  const read = (value: unknown) => longId.safeParse(value).data ?? null;
  return read(row.baseInfo.idOfStr) ?? read(row.baseInfo.id);
}

/** Whether reading an order failed as a whole. */
export function isRejected(read: ReadOrder | RejectedRow): read is RejectedRow {
  return 'reason' in read;
}

/**
 * Turns a row of the seller's order list, or an order detail, into what a customer ordered.
 *
 * @param now - business time
 */
export function toSalesOrder(row: unknown, now: Date): Converted<SalesOrderObservation> {
  const read = readOrder(row, now);
  if (isRejected(read)) return { observations: [], rejected: [read] };
  return { observations: [toObservation(read)], rejected: read.rejected };
}

function toObservation({ orderId, head, nativeLogistics, lines }: ReadOrder): SalesOrderObservation {
  return {
    kind: 'sales_order',
    orderId,
    status: head.status,
    createdAt: head.createTime,
    paidAt: head.payTime,
    modifiedAt: head.modifyTime ?? head.createTime,
    shippedAt: head.allDeliveredTime ?? lastShippedOf(head.status, nativeLogistics),
    completedAt: head.completeTime,
    closeReason: head.closeReason,
    refundStatus: head.refundStatus,
    totalAmountYuan: head.totalAmount,
    lines: lines.map(toLine),
  };
}

function toLine(line: ReadOrder['lines'][number]): SalesOrderLineObservation {
  return {
    lineId: line.lineId,
    productId: line.productID,
    specId: line.specId,
    skuId: line.skuID,
    cargoNumber: line.cargoNumber ?? line.productCargoNumber,
    title: line.name,
    quantity: line.quantity,
    unitPriceYuan: line.price,
    status: line.status,
    refundStatus: line.refundStatus,
  };
}

/** Statuses in which everything has been handed to the carrier. */
const shippedStatuses: ReadonlySet<string> = new Set([
  'waitbuyerreceive',
  'waitbuyersign',
  'signinsuccess',
  'confirm_goods',
  'confirm_goods_but_not_fund',
  'success',
]);

/** Whether all goods of an order with this status have left the seller. */
export function isShipped(status: string): boolean {
  return shippedStatuses.has(status);
}

/** The order detail carries its parcels; the last one's departure is when everything was shipped. */
function lastShippedOf(status: string, native: Order['nativeLogistics']): Date | null {
  if (!isShipped(status)) return null;
  const times = (native?.logisticsItems ?? []).flatMap((item) => item.deliveredTime?.getTime() ?? []);
  return times.length === 0 ? null : new Date(Math.max(...times));
}
