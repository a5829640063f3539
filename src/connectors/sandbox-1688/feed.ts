import type { Merchant } from './wire/api.ts';
import { damageRows, type Fault } from './wire/faults.ts';
import { cellAt, countUntil } from './world/steps.ts';
import type { WorldShipment } from './world/world.ts';

const limitMax = 500;
const limitDefault = 200;

/** A feed's answer: a page, or a failure with its status. */
export type FeedAnswer = { status: 200; body: unknown } | { status: 400 | 404; body: unknown };

/** A request to the feed that passed its token check. */
export interface FeedRequest {
  merchant: Merchant;
  params: ReadonlyMap<string, string>;
  now: number;
  fault: Fault | null;
}

function failure(status: 400 | 404, code: string, message: string): FeedAnswer {
  return { status, body: { error: { code, message } } };
}

function instant(at: number): string {
  return new Date(at).toISOString();
}

/** The cursor is the position in the source's own list, which only grows at its end. */
function cursorOf(params: ReadonlyMap<string, string>): number | null {
  const text = params.get('cursor');
  if (text === undefined) return 0;
  const found = /^p(\d{1,9})$/.exec(Buffer.from(text, 'base64url').toString());
  return found === null ? null : Number(found[1]);
}

function makeCursor(position: number): string {
  return Buffer.from(`p${position}`).toString('base64url');
}

/**
 * Walks a list from the cursor on and takes the rows that `toRow` makes of its entries (null = not part of
 * the pass) until the page is full.
 */
function page<T>(
  request: FeedRequest,
  list: readonly T[],
  toRow: (entry: T) => Record<string, unknown> | null,
  total: number,
): FeedAnswer {
  const position = cursorOf(request.params);
  if (position === null) return failure(400, 'bad_cursor', 'cursor is not one of this feed');
  const asked = Number.parseInt(request.params.get('limit') ?? '', 10);
  const limit = Number.isNaN(asked) ? limitDefault : Math.min(limitMax, Math.max(1, asked));
  const rows: Record<string, unknown>[] = [];
  let next = position;
  while (next < list.length && rows.length < limit) {
    const row = toRow(list[next++] as T);
    if (row !== null) rows.push(row);
  }
  return {
    status: 200,
    body: {
      rows: damageRows(rows, request.fault),
      nextCursor: next < list.length ? makeCursor(next) : null,
      totalRows: total,
    },
  };
}

function windowOf(request: FeedRequest): { from: number; to: number } | null {
  const read = (name: string, fallback: number) =>
    request.params.has(name) ? Date.parse(request.params.get(name) ?? '') : fallback;
  const from = read('modifiedFrom', Number.NEGATIVE_INFINITY);
  const to = Math.min(read('modifiedTo', Number.POSITIVE_INFINITY), request.now + 1);
  return Number.isNaN(from) || Number.isNaN(to) ? null : { from, to };
}

function warehouses(request: FeedRequest): FeedAnswer {
  const list = request.merchant.world.warehouses;
  return page(request, list, (warehouse) => ({ ...warehouse }), list.length);
}

function stockLevels(request: FeedRequest): FeedAnswer {
  const { world } = request.merchant;
  const { now } = request;
  const isZero = request.fault?.kind === 'zero_stock';
  const text = (units: number) => (isZero ? '0' : String(units));
  const opened = world.cells.filter((cell) => (cell.at[0] ?? Number.POSITIVE_INFINITY) <= now).length;
  return page(
    request,
    world.cells,
    (cell) => {
      const quantities = cellAt(cell, now);
      if (quantities === null) return null;
      return {
        warehouseCode: world.warehouses[cell.warehouse]?.code,
        sku: cell.sku,
        title: cell.title,
        onHand: text(quantities.onHand),
        reserved: text(quantities.reserved),
        damaged: text(quantities.damaged),
        incoming: text(quantities.incoming),
        available: text(quantities.available),
        observedAt: instant(now),
      };
    },
    opened,
  );
}

function stockMovements(request: FeedRequest): FeedAnswer {
  const window = windowOf(request);
  if (window === null) return failure(400, 'bad_window', 'modifiedFrom and modifiedTo are RFC 3339 instants');
  const { world } = request.merchant;
  // The window is half open; instants are whole milliseconds, so "before x" is "up to x − 1".
  const first = countUntil(world.movements, window.from - 1, ({ at }) => at);
  const last = countUntil(world.movements, window.to - 1, ({ at }) => at);
  const list = world.movements.slice(0, last);
  const start = Math.max(first, cursorOf(request.params) ?? 0);
  const params = new Map(request.params);
  if (request.params.get('cursor') === undefined || cursorOf(request.params) !== null) {
    params.set('cursor', makeCursor(start));
  }
  return page(
    { ...request, params },
    list,
    (movement) => ({
      movementId: movement.id,
      warehouseCode: world.warehouses[movement.warehouse]?.code,
      sku: movement.sku,
      movement: movement.kind,
      quantity: String(movement.quantity),
      occurredAt: instant(movement.at),
      reference: movement.reference,
    }),
    last - first,
  );
}

function shipmentModifiedAt(shipment: WorldShipment, now: number): number {
  return (
    [shipment.receivedAt, shipment.shippedAt, shipment.orderedAt].find((at) => at <= now) ??
    shipment.orderedAt
  );
}

function inboundShipments(request: FeedRequest): FeedAnswer {
  const window = windowOf(request);
  if (window === null) return failure(400, 'bad_window', 'modifiedFrom and modifiedTo are RFC 3339 instants');
  const { world } = request.merchant;
  const { now } = request;
  const known = world.shipments.slice(
    0,
    countUntil(world.shipments, now, ({ orderedAt }) => orderedAt),
  );
  const isInside = (shipment: WorldShipment) => {
    const modified = shipmentModifiedAt(shipment, now);
    return shipment.shownBy === 'wms-feed' && modified >= window.from && modified < window.to;
  };
  const toRow = (shipment: WorldShipment) => {
    if (!isInside(shipment)) return null;
    const until = (at: number) => (at <= now ? instant(at) : null);
    const isReceived = shipment.receivedAt <= now;
    return {
      shipmentId: shipment.id,
      warehouseCode: world.warehouses[shipment.warehouse]?.code,
      supplierName: shipment.supplierName,
      status: isReceived ? 'RECEIVED' : shipment.shippedAt <= now ? 'SHIPPED' : 'ORDERED',
      orderedAt: instant(shipment.orderedAt),
      shippedAt: until(shipment.shippedAt),
      expectedAt: instant(shipment.expectedAt),
      receivedAt: until(shipment.receivedAt),
      modifiedAt: instant(shipmentModifiedAt(shipment, now)),
      lines: shipment.lines.map((line) => ({
        lineId: line.id,
        sku: line.sku,
        title: line.title,
        quantity: String(line.quantity),
        receivedQuantity: String(isReceived ? line.receivedQuantity : 0),
      })),
    };
  };
  return page(request, known, toRow, known.filter(isInside).length);
}

/** Answers a resource of the warehouse feed; see docs/wms-feed.md for the contract. */
export function answerFeed(resource: string, request: FeedRequest): FeedAnswer {
  switch (resource) {
    case '/account': {
      const { memberId, loginId } = request.merchant;
      return { status: 200, body: { accountId: `wms-${memberId}`, name: `${loginId}仓储` } };
    }
    case '/warehouses':
      return warehouses(request);
    case '/stock-levels':
      return stockLevels(request);
    case '/stock-movements':
      return stockMovements(request);
    case '/inbound-shipments':
      return inboundShipments(request);
    default:
      return failure(404, 'not_found', `no resource ${resource}`);
  }
}
