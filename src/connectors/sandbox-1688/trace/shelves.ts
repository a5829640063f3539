import { pushStep } from '../world/steps.ts';
import { availableOf, type StockAccount, type StockBook } from '../world/stock-book.ts';
import type { WorldMovement, WorldVariant } from '../world/world.ts';

/** A line that waits for goods. */
export interface WaitingLine {
  units: number;
  ship(at: number): void;
}

/** One SKU in one warehouse: its account, who waits for it, and what was wanted on which day. */
export interface Shelf {
  account: StockAccount;
  waiting: WaitingLine[];
  waitingUnits: number;
  /** Units wanted per day, by number of days since the trace began. */
  wanted: Map<number, number>;
  /** Units wanted in the last 56 days, kept by the daily review. */
  recent: number;
  openedOn: number;
}

/** All shelves of a trace, and the pools that follow them. */
export class Shelves {
  readonly all: Shelf[] = [];
  readonly #book: StockBook;
  readonly #byKey = new Map<string, Shelf>();
  readonly #bySku = new Map<string, Shelf[]>();
  readonly #variants: ReadonlyMap<string, WorldVariant>;

  constructor(book: StockBook, variants: ReadonlyMap<string, WorldVariant>) {
    this.#book = book;
    this.#variants = variants;
  }

  /** The shelf of a SKU in a warehouse; undefined before it is opened. */
  find(warehouse: number, sku: string): Shelf | undefined {
    return this.#byKey.get(`${warehouse} ${sku}`);
  }

  /** Opens a shelf with this stock. */
  open(
    warehouse: number,
    sku: string,
    title: string,
    opening: { at: number; day: number; onHand: number },
  ): Shelf {
    const account = this.#book.open(warehouse, sku, title, opening.at, opening.onHand);
    const shelf: Shelf = {
      account,
      waiting: [],
      waitingUnits: 0,
      wanted: new Map(),
      recent: 0,
      openedOn: opening.day,
    };
    this.all.push(shelf);
    this.#byKey.set(`${warehouse} ${sku}`, shelf);
    const others = this.#bySku.get(sku);
    if (others === undefined) this.#bySku.set(sku, [shelf]);
    else others.push(shelf);
    this.#showPool(sku, opening.at);
    return shelf;
  }

  /** A customer wants goods: they go out at once if they are there and nobody waits, else the line waits. */
  want(shelf: Shelf, at: number, day: number, line: WaitingLine): void {
    shelf.wanted.set(day, (shelf.wanted.get(day) ?? 0) + line.units);
    shelf.waiting.push(line);
    shelf.waitingUnits += line.units;
    this.settle(shelf, at);
  }

  /** Books a movement, then serves who waits. */
  move(shelf: Shelf, movement: Pick<WorldMovement, 'id' | 'at' | 'kind' | 'quantity' | 'reference'>): void {
    this.#book.move(shelf.account, movement);
    this.settle(shelf, movement.at);
  }

  /** Sets goods aside for a shipment under way, as the warehouse system shows it. */
  expect(shelf: Shelf, at: number, units: number): void {
    shelf.account.onOrder += units;
    this.#book.change(shelf.account, at, { incoming: units });
  }

  /** Serves waiting lines, first come first served; what is left beside waiting lines is promised to them. */
  settle(shelf: Shelf, at: number): void {
    const { account, waiting } = shelf;
    if (account.reserved > 0) this.#book.change(account, at, { reserved: -account.reserved });
    while (waiting[0] !== undefined && waiting[0].units <= account.onHand) {
      const line = waiting.shift() as WaitingLine;
      shelf.waitingUnits -= line.units;
      line.ship(at);
    }
    if (waiting.length > 0 && account.onHand > 0) {
      this.#book.change(account, at, { reserved: account.onHand });
    }
    this.#showPool(account.cell.sku, at);
  }

  #showPool(sku: string, at: number): void {
    const pool = this.#variants.get(sku)?.pool;
    if (pool === undefined) return;
    const shelves = this.#bySku.get(sku) ?? [];
    pushStep(
      pool,
      at,
      shelves.reduce((sum, { account }) => sum + availableOf(account), 0),
    );
  }
}
