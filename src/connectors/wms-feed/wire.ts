import { z } from 'zod';
import { decimal, id, instant, lenient, list, quantity, required, text } from '../wire-values.ts';
import { parseInstant } from './dates.ts';

/** Shapes of the feed's rows, as docs/wms-feed.md describes them. */
const time = instant(parseInstant);

const aboveZero = required(quantity).refine((value) => value !== '0', { error: 'must be above 0' });

function degrees(most: number): z.ZodType<number | null> {
  return lenient(
    decimal
      .transform((value) => (value === null ? null : Number(value)))
      .refine((value) => value === null || Math.abs(value) <= most),
  );
}

/** An IANA name that this runtime knows; a bare offset is none. */
function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}

const timeZone = lenient(text.refine((value) => value === null || isTimeZone(value)));

/** See GET /account. */
export const accountRow = z.object({ accountId: required(id), name: required(text) });

/** See GET /warehouses. A place or zone that cannot be right counts as unknown. */
export const warehouseRow = z.object({
  code: required(id),
  name: required(text),
  timeZone,
  latitude: degrees(90),
  longitude: degrees(180),
});

/** See GET /stock-levels. */
export const stockLevelRow = z.object({
  warehouseCode: required(id),
  sku: required(id),
  title: lenient(text),
  onHand: quantity,
  reserved: quantity,
  damaged: quantity,
  incoming: quantity,
  available: decimal,
  observedAt: required(time),
});

/** See GET /stock-movements. */
export const stockMovementRow = z.object({
  movementId: required(id),
  warehouseCode: required(id),
  sku: required(id),
  movement: z.enum(
    ['SHIPPED', 'RECEIVED', 'RETURNED', 'TRANSFERRED_IN', 'TRANSFERRED_OUT', 'ADJUSTED_UP', 'ADJUSTED_DOWN'],
    { error: 'is not one of the movements of the feed' },
  ),
  quantity: aboveZero,
  occurredAt: required(time),
  reference: lenient(id),
});

/** See GET /inbound-shipments; lines stay unread so that each can be refused alone. */
export const inboundShipmentRow = z.object({
  shipmentId: required(id),
  warehouseCode: id,
  supplierName: lenient(text),
  status: z.enum(['ORDERED', 'SHIPPED', 'RECEIVED', 'CANCELLED'], {
    error: 'must be ORDERED, SHIPPED, RECEIVED or CANCELLED',
  }),
  orderedAt: time,
  shippedAt: time,
  expectedAt: time,
  receivedAt: time,
  modifiedAt: required(time),
  lines: list(z.unknown()),
});

/** One line of a shipment. */
export const inboundLineRow = z.object({
  lineId: required(id),
  sku: id,
  productId: id,
  specId: id,
  cargoNumber: id,
  title: lenient(text),
  quantity: aboveZero,
  receivedQuantity: quantity,
});
