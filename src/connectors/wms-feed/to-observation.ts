import type { z } from 'zod';
import { Decimal, formatDecimal } from '../../shared/decimal.ts';
import { isJsonObject, rejectRow } from '../lossless.ts';
import type {
  InboundShipmentLineObservation,
  InboundShipmentObservation,
  Observation,
  RejectedRow,
  StockLevelObservation,
  StockMovementObservation,
  WarehouseObservation,
} from '../marketplace.ts';
import { describeFutureDates, describeIssues, id } from '../wire-values.ts';
import { inboundLineRow, inboundShipmentRow, stockLevelRow, stockMovementRow, warehouseRow } from './wire.ts';

/** What one row of the feed became: what could be read of it, and what not. */
export interface ReadRow {
  observation: Observation | null;
  rejected: RejectedRow[];
}

/** A row that is refused, with the reason for the person who looks for it. */
class RowFault extends Error {}

function keyOf(row: unknown, names: readonly string[]): string | null {
  if (!isJsonObject(row)) return null;
  const parts = names.map((name) => id.safeParse(row[name]).data ?? '?');
  return parts.every((part) => part === '?') ? null : parts.join('/');
}

function reader(keyNames: readonly string[], read: (row: unknown, rejected: RejectedRow[]) => Observation) {
  return (row: unknown): ReadRow => {
    const rejected: RejectedRow[] = [];
    try {
      return { observation: read(row, rejected), rejected };
    } catch (error) {
      if (!(error instanceof RowFault)) throw error;
      return { observation: null, rejected: [rejectRow(keyOf(row, keyNames), error.message, row)] };
    }
  };
}

function parseRow<T>(shape: z.ZodType<T>, row: unknown): T {
  const parsed = shape.safeParse(row);
  if (parsed.success) return parsed.data;
  throw new RowFault(describeIssues(parsed.error));
}

function refuseFuture(dates: Readonly<Record<string, Date | null>>, now: Date): void {
  const future = describeFutureDates(dates, now);
  if (future !== null) throw new RowFault(future);
}

/** Reads a row of `/warehouses`. */
export const readWarehouse = reader(['code'], (row): WarehouseObservation => {
  return { kind: 'warehouse', ...parseRow(warehouseRow, row) };
});

/**
 * Reads rows of `/stock-levels`. Available, where it is not given, is what lies there without the reserved and
 * the damaged.
 *
 * @param now - business time
 */
export function readStockLevel(now: Date): (row: unknown) => ReadRow {
  return reader(['warehouseCode', 'sku'], (row): StockLevelObservation => {
    const level = parseRow(stockLevelRow, row);
    refuseFuture({ observedAt: level.observedAt }, now);
    const { onHand, reserved, damaged } = level;
    if (level.available !== null) return { kind: 'stock_level', ...level, available: level.available };
    if (onHand === null) throw new RowFault('available and onHand: one of them is needed');
    const available = new Decimal(onHand).minus(reserved ?? 0).minus(damaged ?? 0);
    return { kind: 'stock_level', ...level, available: formatDecimal(available) };
  });
}

/** Reads rows of `/stock-movements`. */
export function readStockMovement(now: Date): (row: unknown) => ReadRow {
  return reader(['movementId'], (row): StockMovementObservation => {
    const movement = parseRow(stockMovementRow, row);
    refuseFuture({ occurredAt: movement.occurredAt }, now);
    return { kind: 'stock_movement', ...movement };
  });
}

/** Reads rows of `/inbound-shipments`, those of CSV already put together. A bad line is put aside alone. */
export function readInboundShipment(now: Date): (row: unknown) => ReadRow {
  return reader(['shipmentId'], (row, rejected): InboundShipmentObservation => {
    const { lines: lineRows, ...shipment } = parseRow(inboundShipmentRow, row);
    const { orderedAt, shippedAt, receivedAt, modifiedAt } = shipment;
    refuseFuture({ orderedAt, shippedAt, receivedAt, modifiedAt }, now);
    if (lineRows.length === 0) throw new RowFault('lines: at least one is needed');
    const lines: InboundShipmentLineObservation[] = [];
    const seen = new Set<string>();
    for (const [index, lineRow] of lineRows.entries()) {
      const fault = addLine(lines, seen, lineRow);
      if (fault === null) continue;
      const key = `${shipment.shipmentId}/${keyOf(lineRow, ['lineId']) ?? `#${index}`}`;
      rejected.push(rejectRow(key, `lines[${index}].${fault}`, lineRow));
    }
    return { kind: 'inbound_shipment', ...shipment, lines };
  });
}

function addLine(lines: InboundShipmentLineObservation[], seen: Set<string>, row: unknown): string | null {
  const parsed = inboundLineRow.safeParse(row);
  if (!parsed.success) return describeIssues(parsed.error);
  const line = parsed.data;
  if (line.sku === null && line.productId === null && line.cargoNumber === null) {
    return 'sku: one of sku, productId and cargoNumber is needed';
  }
  if (seen.has(line.lineId)) return 'lineId: stands twice in this shipment';
  seen.add(line.lineId);
  lines.push(line);
  return null;
}
