import { builtInWarehouses, makeCatalog } from './catalog.ts';
import { chinaDay, chinaDayStart } from './demand.ts';
import { EventQueue } from './event-queue.ts';
import { setTheScene } from './opening.ts';
import { scheduleDay } from './orders.ts';
import { countShelves, openAccounts, reviewInstant, reviewStock, syncPools } from './restock.ts';
import type { Shop } from './shop.ts';
import { StockBook } from './stock-book.ts';
import type { World } from './world.ts';

const hourMs = 3_600_000;

/**
 * The built-in shop: 300 SKUs in 12 categories, 5 Chinese warehouses, customers, a merchant who restocks.
 * A pure function of seed, start and time: a new process that asks for the same instant finds the same world.
 *
 * @param options.startAt - first live instant; keep it over restarts, or the world is another one
 * @param options.seed - any whole number, default 1688
 * @param options.skuCount - default 300
 * @param options.historyDays - days played before `startAt`, default 180
 */
export function createBuiltInWorld(options: {
  startAt: Date;
  seed?: number;
  skuCount?: number;
  historyDays?: number;
}): World {
  const seed = options.seed ?? 1688;
  const startAt = options.startAt.getTime();
  const firstDay = chinaDay(startAt) - (options.historyDays ?? 180);
  const historyFrom = chinaDayStart(firstDay);
  const warehouses = builtInWarehouses.length;
  const shop: Shop = {
    seed,
    historyFrom,
    startAt,
    catalog: makeCatalog({ seed, skuCount: options.skuCount ?? 300, warehouses, historyFrom, startAt }),
    warehouses,
    queue: new EventQueue(),
    book: new StockBook(),
    orders: [],
    happenings: [],
    shipments: [],
  };
  openAccounts(shop);
  const playDay = (day: number) => {
    scheduleDay(shop, day);
    shop.queue.schedule(chinaDayStart(day) + 2 * hourMs, (at) => syncPools(shop, at));
    shop.queue.schedule(reviewInstant(day), (at) => reviewStock(shop, at));
    shop.queue.schedule(chinaDayStart(day) + 20 * hourMs, (at) => countShelves(shop, at));
    shop.queue.schedule(chinaDayStart(day + 1), () => playDay(day + 1));
  };
  shop.queue.schedule(historyFrom, () => playDay(firstDay));
  shop.queue.schedule(startAt - 2 * hourMs, (at) => setTheScene(shop, at));
  shop.queue.runUntil(startAt);
  let horizon = startAt;
  return {
    historyFrom,
    startAt,
    endsAt: null,
    warehouses: builtInWarehouses,
    offers: shop.catalog.offers,
    cells: shop.book.cells,
    movements: shop.book.movements,
    orders: shop.orders,
    shipments: shop.shipments,
    happenings: shop.happenings,
    advanceTo(at) {
      if (at <= horizon) return;
      shop.queue.runUntil(at);
      horizon = at;
    },
  };
}

/**
 * A good instant to begin a live demonstration: nine in the morning in China, when customers begin to buy,
 * on the day of the given real instant.
 */
export function liveStartOn(realNow: Date): Date {
  return new Date(chinaDayStart(chinaDay(realNow.getTime())) + 9 * hourMs);
}
