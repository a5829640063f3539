import type { Catalog, DemandProfile } from './catalog.ts';
import type { EventQueue } from './event-queue.ts';
import { pushStep } from './steps.ts';
import { availableOf, type StockAccount, type StockBook } from './stock-book.ts';
import type {
  StepSeries,
  WorldHappening,
  WorldOrder,
  WorldOrderChange,
  WorldShipment,
  WorldVariant,
} from './world.ts';

/** The moving parts of one simulated shop, shared by those who sell, buy and count. */
export interface Shop {
  seed: number;
  historyFrom: number;
  startAt: number;
  catalog: Catalog;
  /** Number of warehouses. */
  warehouses: number;
  queue: EventQueue;
  book: StockBook;
  orders: WorldOrder[];
  happenings: WorldHappening[];
  shipments: WorldShipment[];
}

/** The variant that a profile describes. */
export function variantOf(shop: Shop, profile: DemandProfile): WorldVariant {
  return shop.catalog.offers[profile.offer]?.variants[profile.variant] as WorldVariant;
}

/** Accounts of a SKU in all warehouses that keep it, in the order of the warehouses. */
export function accountsOf(shop: Shop, sku: string): StockAccount[] {
  const accounts: StockAccount[] = [];
  for (let warehouse = 0; warehouse < shop.warehouses; warehouse++) {
    const account = shop.book.find(warehouse, sku);
    if (account !== undefined) accounts.push(account);
  }
  return accounts;
}

/** Units of a SKU that all warehouses together may promise now. */
export function totalAvailable(shop: Shop, sku: string): number {
  return accountsOf(shop, sku).reduce((sum, account) => sum + availableOf(account), 0);
}

/** The newest quantity of a pool. */
export function poolNow(pool: StepSeries): number {
  return pool.value.at(-1) ?? 0;
}

/** Moves a pool by a difference; it never falls below 0. */
export function movePool(pool: StepSeries, at: number, difference: number): void {
  pushStep(pool, at, Math.max(0, poolNow(pool) + difference));
}

/** Writes a step in an order's life and announces it. */
export function changeOrder(shop: Shop, order: WorldOrder, change: WorldOrderChange): void {
  order.changes.push(change);
  shop.happenings.push({ at: change.at, order, change });
}
