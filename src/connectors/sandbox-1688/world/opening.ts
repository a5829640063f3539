import { chinaDay, chinaDayStart } from './demand.ts';
import { between, randomOf } from './random.ts';
import { buy } from './restock.ts';
import type { Shop } from './shop.ts';
import { availableOf, type StockAccount } from './stock-book.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * The usual line under which stock is low: 1.645 · √14 · σ of the daily shipped units of the last 56 days,
 * but at least 10 units: what a merchant sees before and after the history is known.
 */
function lowLine(shop: Shop, account: StockAccount, at: number): { line: number; perDay: number } {
  const until = chinaDay(at);
  const units = new Array<number>(56).fill(0);
  const { movements } = shop.book;
  for (let index = movements.length - 1; index >= 0; index--) {
    const movement = movements[index];
    if (movement === undefined || movement.at < chinaDayStart(until - 56)) break;
    const age = until - 1 - chinaDay(movement.at);
    if (
      age >= 0 &&
      age < 56 &&
      movement.kind === 'SHIPPED' &&
      movement.warehouse === account.cell.warehouse &&
      movement.sku === account.cell.sku
    ) {
      units[age] = (units[age] ?? 0) + movement.quantity;
    }
  }
  const mean = units.reduce((sum, value) => sum + value, 0) / 56;
  const variance = units.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 55;
  return { line: Math.max(10, 1.645 * Math.sqrt(14) * Math.sqrt(variance)), perDay: mean };
}

/**
 * Shortly before the live part begins, a stock count finds less than expected on two dozen busy shelves, so
 * that they stand a few units above the low line; new goods for them arrive within the next day or two.
 * A visitor sees stock run low, and recover, within the first minutes.
 */
export function setTheScene(shop: Shop, at: number): void {
  const random = randomOf(shop.seed, 11);
  const busy = shop.catalog.profiles
    .flatMap((profile) => profile.unitsPerDay.map((perDay, warehouse) => ({ profile, warehouse, perDay })))
    .filter(
      ({ profile, perDay }) =>
        perDay >= 3 && perDay <= 18 && profile.launchedAt < at - 60 * dayMs && profile.delistedAt === null,
    )
    .sort((a, b) => b.perDay - a.perDay)
    .slice(0, 24);
  for (const [index, { profile, warehouse }] of busy.entries()) {
    const account = shop.book.find(warehouse, profile.sku);
    if (account === undefined) continue;
    const { line, perDay } = lowLine(shop, account, at);
    // Some shelves cross within an hour or two of sales, the last ones within most of a day.
    const target = Math.ceil(line) + 1 + Math.floor((index / busy.length) * perDay * 0.5);
    const difference = availableOf(account) - target;
    const id = `A${chinaDay(at)}-scene-${index}`;
    const kind = difference > 0 ? 'ADJUSTED_DOWN' : 'ADJUSTED_UP';
    if (difference !== 0) {
      shop.book.move(account, { id, at, kind, quantity: Math.abs(difference), reference: 'count' });
    }
    const lead = between(random, 10, 40) * hourMs;
    const quantity = Math.max(10, Math.ceil(perDay * 12));
    const lines = [{ account, profile, quantity }];
    buy(shop, { warehouse, supplier: profile.supplier, lines, at, lead, promised: lead, random });
  }
}
