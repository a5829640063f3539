import type { DemandProfile } from './catalog.ts';
import { supplierNames } from './catalog-words.ts';
import { chinaDay, chinaDayStart, meanUnits } from './demand.ts';
import { between, gamma, type Random, randomOf } from './random.ts';
import { movePool, poolNow, type Shop, totalAvailable, variantOf } from './shop.ts';
import { availableOf, type StockAccount } from './stock-book.ts';
import type { WorldShipment, WorldShipmentLine } from './world.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const firstPurchaseId = 2_187_400_000_000_000_003n;

/** Mean days from order to receipt of each supplier: 5 to 16; single deliveries vary around it by about 35 %. */
function leadTimeDays(supplier: number): number {
  return 5 + ((supplier * 7) % 12);
}

/**
 * The merchant's plain rule: buy when stock and what is under way fall to the need of the lead time and a
 * little more, up to another two to four weeks of sales. Promotions are not foreseen, late suppliers are not
 * covered, so shelves do run empty.
 */
function restockLevels(profile: DemandProfile, warehouse: number, day: number) {
  const perDay = meanUnits(profile, warehouse, day) > 0 ? (profile.unitsPerDay[warehouse] ?? 0) : 0;
  const lead = leadTimeDays(profile.supplier);
  const spread = Math.sqrt(perDay + perDay ** 2 / profile.dispersion);
  const reorderPoint = Math.max(12, Math.round(perDay * (lead + 1) + 1.6 * spread * Math.sqrt(lead)));
  const cover = 14 + (profile.lineQuantity % 3) * 7;
  return { perDay, reorderPoint, orderUpTo: Math.max(24, Math.round(reorderPoint + perDay * cover)) };
}

function packed(units: number): number {
  const pack = units > 60 ? 10 : units > 12 ? 5 : 1;
  return Math.ceil(units / pack) * pack;
}

/** Opens the accounts of everything kept, with stock somewhere between empty and full. */
export function openAccounts(shop: Shop): void {
  for (const [index, profile] of shop.catalog.profiles.entries()) {
    const variant = variantOf(shop, profile);
    const title = shop.catalog.offers[profile.offer]?.subject ?? profile.sku;
    const openAt = Math.max(shop.historyFrom, profile.launchedAt);
    shop.queue.schedule(openAt, (at) => {
      for (let warehouse = 0; warehouse < shop.warehouses; warehouse++) {
        if ((profile.unitsPerDay[warehouse] ?? 0) === 0) continue;
        const random = randomOf(shop.seed, 8, index, warehouse);
        const { reorderPoint, orderUpTo } = restockLevels(profile, warehouse, chinaDay(at) + 30);
        const onHand = Math.round(reorderPoint * 0.6 + random() * (orderUpTo - reorderPoint * 0.6));
        shop.book.open(warehouse, profile.sku, title, at, onHand);
      }
      movePool(variant.pool, at, totalAvailable(shop, profile.sku));
    });
  }
}

/** The daily look at the shelves of all warehouses, at ten in the morning in China. */
export function reviewStock(shop: Shop, at: number): void {
  const day = chinaDay(at);
  for (let warehouse = 0; warehouse < shop.warehouses; warehouse++) {
    const wanted = new Map<number, { account: StockAccount; profile: DemandProfile; quantity: number }[]>();
    for (const profile of shop.catalog.profiles) {
      const account = shop.book.find(warehouse, profile.sku);
      if (account === undefined) continue;
      const { perDay, reorderPoint, orderUpTo } = restockLevels(profile, warehouse, day);
      const position = availableOf(account) + account.onOrder;
      if (perDay === 0 || position > reorderPoint) continue;
      const list = wanted.get(profile.supplier) ?? [];
      list.push({ account, profile, quantity: packed(orderUpTo - position) });
      wanted.set(profile.supplier, list);
    }
    for (const [supplier, lines] of wanted) {
      const random = randomOf(shop.seed, 9, day, warehouse * 64 + supplier);
      const mean = leadTimeDays(supplier);
      // Shape 8 gives a coefficient of variation of 0.35.
      const lead = Math.max(1.5, gamma(random, 8, mean / 8)) * dayMs;
      buy(shop, { warehouse, supplier, lines, at, lead, promised: mean * dayMs, random });
    }
  }
}

/** Places one purchase and schedules its dispatch and arrival. */
export function buy(
  shop: Shop,
  purchase: {
    warehouse: number;
    supplier: number;
    lines: { account: StockAccount; profile: DemandProfile; quantity: number }[];
    at: number;
    lead: number;
    promised: number;
    random: Random;
  },
): void {
  const { at, random, warehouse } = purchase;
  const id = firstPurchaseId + BigInt(shop.shipments.length) * 1_009n;
  // A third of the purchases is made on 1688 itself; the others are known to the warehouse system.
  const shownBy = random() < 0.34 ? '1688' : 'wms-feed';
  const lines = purchase.lines.map(({ account, profile, quantity }, index): WorldShipmentLine => {
    // One line in forty arrives short.
    const isShort = random() < 0.025;
    account.onOrder += quantity;
    return {
      id: String(id + 1n + BigInt(index)),
      sku: profile.sku,
      title: account.cell.title,
      quantity,
      receivedQuantity: isShort ? Math.max(1, Math.floor(quantity * (0.6 + 0.35 * random()))) : quantity,
      priceYuan: Math.round(variantOf(shop, profile).priceYuan * 62) / 100,
    };
  });
  const shipment: WorldShipment = {
    id: String(id),
    shownBy,
    warehouse,
    supplierName: supplierNames[purchase.supplier % supplierNames.length] as string,
    orderedAt: at,
    shippedAt: at + Math.floor(purchase.lead * (0.2 + 0.3 * random())),
    expectedAt: at + purchase.promised,
    receivedAt: at + Math.floor(purchase.lead),
    lines,
  };
  shop.shipments.push(shipment);
  const accounts = purchase.lines.map((line) => line.account);
  if (shownBy === 'wms-feed') {
    for (const [index, account] of accounts.entries()) {
      shop.book.change(account, at, { incoming: lines[index]?.quantity ?? 0 });
    }
  }
  shop.queue.schedule(shipment.receivedAt, (arrivedAt) =>
    receive(shop, shipment, purchase.lines, arrivedAt, between(random, 2, 9) * hourMs),
  );
}

function receive(
  shop: Shop,
  shipment: WorldShipment,
  goods: readonly { account: StockAccount; profile: DemandProfile; quantity: number }[],
  at: number,
  listingLagMs: number,
): void {
  for (const [index, { account, profile }] of goods.entries()) {
    const line = shipment.lines[index] as WorldShipmentLine;
    account.onOrder -= line.quantity;
    if (shipment.shownBy === 'wms-feed') shop.book.change(account, at, { incoming: -line.quantity });
    const { receivedQuantity: quantity } = line;
    shop.book.move(account, { id: `I${line.id}`, at, kind: 'RECEIVED', quantity, reference: shipment.id });
    // The shop puts new goods on sale some hours later.
    shop.queue.schedule(at + listingLagMs, (listedAt) =>
      movePool(variantOf(shop, profile).pool, listedAt, quantity),
    );
  }
}

/** At night the pools are set to what the warehouses have, but for the few SKUs that are kept by hand. */
export function syncPools(shop: Shop, at: number): void {
  for (const [index, profile] of shop.catalog.profiles.entries()) {
    if (index % 25 === 7 || at < profile.launchedAt) continue;
    const pool = variantOf(shop, profile).pool;
    movePool(pool, at, totalAvailable(shop, profile.sku) - poolNow(pool));
  }
}

/** A few shelves are counted every day; the count corrects the books by a unit or two, and throws out damaged goods. */
export function countShelves(shop: Shop, at: number): void {
  const day = chinaDay(at);
  const random = randomOf(shop.seed, 10, day);
  const cells = shop.book.cells;
  for (let count = 0; count < Math.min(4, cells.length); count++) {
    const cell = cells[Math.floor(random() * cells.length)];
    const account = cell && shop.book.find(cell.warehouse, cell.sku);
    if (account === undefined) continue;
    const id = `A${day}-${count}`;
    if (account.damaged > 0) {
      const quantity = account.damaged;
      shop.book.change(account, at, { damaged: -quantity });
      shop.book.move(account, { id, at, kind: 'ADJUSTED_DOWN', quantity, reference: 'damaged' });
    } else if (random() < 0.6 && availableOf(account) > 2) {
      shop.book.move(account, {
        id,
        at,
        kind: 'ADJUSTED_DOWN',
        quantity: between(random, 1, 2),
        reference: 'count',
      });
    } else {
      shop.book.move(account, { id, at, kind: 'ADJUSTED_UP', quantity: 1, reference: 'count' });
    }
  }
}

/** First instant of the daily look after a day has begun. */
export function reviewInstant(day: number): number {
  return chinaDayStart(day) + 10 * hourMs;
}
