import type { Log } from '../../../shared/log.ts';
import { EventQueue } from '../world/event-queue.ts';
import { StockBook } from '../world/stock-book.ts';
import type { World, WorldHappening, WorldOrder, WorldOrderChange, WorldShipment } from '../world/world.ts';
import { makeTraceCatalog, type TraceCatalog } from './catalog.ts';
import { readTrace, type Trace, type TraceLine } from './read.ts';
import { restock } from './restock.ts';
import { type MatchedReturn, matchReturns } from './returns.ts';
import { type Shelf, Shelves } from './shelves.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const liveDaysDefault = 28;
const deliveryMs = 6 * dayMs;
/** The first weeks' sales of a shelf tell its opening stock. */
const openingDays = 28;

const firstOrderId = 2_100_000_000_000_000_001n;
const firstLineId = 2_900_000_000_000_000_003n;

/** Id of an order line: from the number of its row in the file, so that each line counts once. */
export function traceLineId(row: number): string {
  return String(firstLineId + BigInt(row) * 10n);
}

interface Play {
  lines: readonly TraceLine[];
  historyFrom: number;
  catalog: TraceCatalog;
  queue: EventQueue;
  book: StockBook;
  shelves: Shelves;
  returns: Map<TraceLine, MatchedReturn>;
  orders: WorldOrder[];
  happenings: WorldHappening[];
  shipments: WorldShipment[];
  orderOf: Map<string, { order: WorldOrder; toShip: number }>;
}

/** A world of recorded sales. */
export interface TraceWorld extends World {
  readonly endsAt: number;
  /** Where live play begins: the last recorded instant less the live days. */
  readonly traceStartAt: Date;
  /** The last recorded instant: from then on every line of the file has been told. */
  readonly recordedUntil: Date;
}

/**
 * Turns a trace into a world: recorded orders are always accepted and wait when goods lack, cancellations
 * bring goods back, corrections change the books, a merchant restocks. The whole trace is played at once, so
 * any instant may be asked for in any order.
 *
 * @param options.liveDays - how many of the last days are left to be played live, default 28
 */
export function createTraceWorld(trace: Trace, options: { liveDays?: number } = {}): TraceWorld {
  const first = trace.lines[0] as TraceLine;
  const last = trace.lines.at(-1) as TraceLine;
  const historyFrom = Math.floor(first.at / dayMs) * dayMs;
  const catalog = makeTraceCatalog(trace.lines, historyFrom);
  const book = new StockBook();
  const play: Play = {
    lines: trace.lines,
    historyFrom,
    catalog,
    queue: new EventQueue(),
    book,
    shelves: new Shelves(book, catalog.variantOf),
    returns: matchReturns(trace.lines),
    orders: [],
    happenings: [],
    shipments: [],
    orderOf: new Map(),
  };
  openShelves(play);
  makeOrders(play);
  for (const line of trace.lines) scheduleLine(play, line);
  for (let day = 1; historyFrom + day * dayMs <= last.at; day++) {
    play.queue.schedule(historyFrom + day * dayMs + 6 * hourMs, (at) => restock(play, day, at));
  }
  // What was bought last still arrives, and the last parcels are delivered.
  const endsAt = last.at + 60 * dayMs;
  play.queue.runUntil(endsAt);
  const startAt = Math.max(historyFrom, last.at - (options.liveDays ?? liveDaysDefault) * dayMs);
  return {
    historyFrom,
    startAt,
    traceStartAt: new Date(startAt),
    recordedUntil: new Date(last.at),
    endsAt,
    warehouses: trace.warehouses,
    offers: catalog.offers,
    cells: book.cells,
    movements: book.movements,
    orders: play.orders,
    shipments: play.shipments,
    happenings: play.happenings,
    advanceTo() {},
  };
}

/**
 * Reads a trace file and makes its world; writes to the log what was read and which rows were not.
 *
 * @throws AppError `invalid_input`, as `readTrace`
 */
export async function loadTraceWorld(
  path: string,
  log: Log,
  options: { liveDays?: number } = {},
): Promise<TraceWorld> {
  const trace = await readTrace(path);
  const world = createTraceWorld(trace, options);
  const malformed = trace.malformed.length;
  if (malformed > 0) {
    log.warn(
      { malformed, first: trace.malformed.slice(0, 5) },
      'trace rows that could not be read are left out',
    );
  }
  log.info(
    {
      rows: trace.rowCount,
      layout: trace.layout,
      orders: world.orders.length,
      from: new Date(world.historyFrom),
      liveFrom: world.traceStartAt,
    },
    'trace is ready',
  );
  return world;
}

function dayOf(play: Play, at: number): number {
  return Math.floor((at - play.historyFrom) / dayMs);
}

/** Opens every shelf before it is first needed, with about what its first four weeks will take. */
function openShelves(play: Play): void {
  const plans = new Map<string, { line: TraceLine; at: number; units: number }>();
  for (const line of play.lines) {
    if (line.class !== 'sale' && line.class !== 'cancellation' && line.class !== 'correction') continue;
    const key = `${line.warehouse} ${line.sku}`;
    const plan = plans.get(key) ?? { line, at: line.at, units: 0 };
    plans.set(key, plan);
    if (line.class === 'sale' && line.at < plan.at + openingDays * dayMs) plan.units += line.quantity;
  }
  for (const { line, at, units } of plans.values()) {
    // What sells within two weeks was there from the start; the rest came three days before its first day.
    const day = dayOf(play, at) < 14 ? 0 : dayOf(play, at) - 3;
    const openAt = play.historyFrom + day * dayMs;
    const offer = play.catalog.offers[play.catalog.offerOf.get(line.sku) ?? -1];
    const onHand = units === 0 ? 0 : Math.max(6, Math.ceil(units * 0.8));
    play.queue.schedule(openAt, (opensAt) =>
      play.shelves.open(line.warehouse, line.sku, offer?.subject ?? line.sku, { at: opensAt, day, onHand }),
    );
  }
}

/** Groups the lines that travel in orders by their order number; an order begins with its first line. */
function makeOrders(play: Play): void {
  for (const line of play.lines) {
    if (line.class === 'cancellation' || line.class === 'correction') continue;
    let found = play.orderOf.get(line.order);
    if (found === undefined) {
      const id = String(firstOrderId + BigInt(line.row) * 10_000n);
      const number = play.orders.length;
      found = {
        order: { id, number, createdAt: line.at, buyer: number % 4_000, lines: [], changes: [] },
        toShip: 0,
      };
      play.orders.push(found.order);
      play.orderOf.set(line.order, found);
    }
    const isSale = line.class === 'sale';
    if (isSale) found.toShip++;
    found.order.lines.push({
      id: traceLineId(line.row),
      // Lines that are no sale of goods travel without product; unpriced ones without price as well.
      offer: isSale ? (play.catalog.offerOf.get(line.sku) ?? null) : null,
      variant: 0,
      quantity: line.quantity,
      priceYuan: line.class === 'unpriced' ? null : (line.priceYuan ?? 0),
      name: line.title === '' ? line.sku : line.title,
      cargoNumber: line.sku,
      warehouse: isSale ? line.warehouse : null,
    });
  }
  for (const { order, toShip } of play.orderOf.values()) {
    play.queue.schedule(order.createdAt, (at) => {
      change(play, order, { at, kind: 'created' });
      change(play, order, { at, kind: 'paid' });
      if (toShip === 0) change(play, order, { at, kind: 'completed' });
    });
  }
}

function change(play: Play, order: WorldOrder, what: WorldOrderChange): void {
  order.changes.push(what);
  play.happenings.push({ at: what.at, order, change: what });
}

function scheduleLine(play: Play, line: TraceLine): void {
  const run = { sale: sell, cancellation: takeBack, correction: correct }[
    line.class as 'sale' | 'cancellation' | 'correction'
  ];
  if (run === undefined) return;
  // An order's lines count from its beginning, even where the file has a line a minute later.
  const at = line.class === 'sale' ? (play.orderOf.get(line.order)?.order.createdAt ?? line.at) : line.at;
  play.queue.schedule(at, () => {
    const shelf = play.shelves.find(line.warehouse, line.sku);
    if (shelf !== undefined) run(play, line, shelf, at);
  });
}

function sell(play: Play, line: TraceLine, shelf: Shelf, at: number): void {
  const found = play.orderOf.get(line.order);
  play.shelves.want(shelf, at, dayOf(play, at), {
    units: line.quantity,
    ship(shippedAt) {
      const reference = traceLineId(line.row);
      const movement = { id: String(line.row), kind: 'SHIPPED', quantity: line.quantity, reference } as const;
      play.book.move(shelf.account, { ...movement, at: shippedAt });
      if (found === undefined || --found.toShip > 0) return;
      change(play, found.order, { at: shippedAt, kind: 'shipped' });
      play.queue.schedule(shippedAt + deliveryMs, (completedAt) =>
        change(play, found.order, { at: completedAt, kind: 'completed' }),
      );
    },
  });
}

function takeBack(play: Play, line: TraceLine, shelf: Shelf, at: number): void {
  const found = play.returns.get(line);
  if (found === undefined) return;
  const latest = found.refunds[0];
  if (latest !== undefined) {
    const reference = traceLineId(latest.sale.row);
    const quantity = found.matchedUnits;
    play.shelves.move(shelf, { id: String(line.row), at, kind: 'RETURNED', quantity, reference });
  }
  if (found.restUnits > 0) {
    const id = latest === undefined ? String(line.row) : `${line.row}-rest`;
    play.shelves.move(shelf, { id, at, kind: 'RETURNED', quantity: found.restUnits, reference: null });
  }
  for (const { sale, units, isWhole } of found.refunds) {
    const order = play.orderOf.get(sale.order)?.order;
    if (order === undefined) continue;
    const index = order.lines.findIndex(({ id }) => id === traceLineId(sale.row));
    const amountYuan = Math.round(units * (sale.priceYuan ?? 0) * 100) / 100;
    change(play, order, { at, kind: 'refunded', line: isWhole ? index : null, amountYuan });
  }
}

function correct(play: Play, line: TraceLine, shelf: Shelf, at: number): void {
  const quantity = Math.abs(line.quantity);
  const missing = line.quantity < 0 ? quantity - shelf.account.onHand : 0;
  // Goods that are written off must have been there: what the books lack was never booked in.
  if (missing > 0) {
    const found = {
      id: `${line.row}-found`,
      kind: 'RECEIVED',
      quantity: missing,
      reference: 'found',
    } as const;
    play.book.move(shelf.account, { ...found, at });
  }
  const kind = line.quantity < 0 ? 'ADJUSTED_DOWN' : 'ADJUSTED_UP';
  play.shelves.move(shelf, { id: String(line.row), at, kind, quantity, reference: 'correction' });
}
