import { chinaDay, chinaDayStart, instantOfShare, type Wish, wishesOfDay } from './demand.ts';
import { between, hashNumbers, type Random, randomOf } from './random.ts';
import { accountsOf, changeOrder, movePool, poolNow, type Shop, variantOf } from './shop.ts';
import { availableOf, type StockAccount } from './stock-book.ts';
import type { WorldOrder, WorldOrderLine } from './world.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Order numbers are int64 far above 2^53, as on the platform; the step leaves room for line numbers. */
const firstOrderId = 2_938_624_554_500_000_001n;
const orderIdStep = 1_013n;

/** Sells what customers want on one day: groups the wishes to orders and schedules them. */
export function scheduleDay(shop: Shop, day: number): void {
  const wishes = wishesOfDay(shop.seed, shop.catalog.profiles, shop.warehouses, day);
  for (let warehouse = 0; warehouse < shop.warehouses; warehouse++) {
    const random = randomOf(shop.seed, 4, day, warehouse);
    const near = wishes.filter((wish) => wish.warehouse === warehouse);
    shuffle(near, random);
    for (let first = 0; first < near.length; ) {
      // One to six lines; most orders are small.
      const size = 1 + Math.floor(6 * random() ** 2.2);
      const basket = near.slice(first, first + size);
      shop.queue.schedule(instantOfShare(day, random()), (at) => placeOrder(shop, basket, at));
      first += size;
    }
  }
}

function shuffle<T>(values: T[], random: Random): void {
  for (let index = values.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [values[index], values[other]] = [values[other] as T, values[index] as T];
  }
}

/** The nearest warehouse that can send this much; nearness is the order of numbers from the customer's own. */
function warehouseFor(shop: Shop, sku: string, near: number, quantity: number): StockAccount | undefined {
  const distance = (account: StockAccount) =>
    (account.cell.warehouse - near + shop.warehouses) % shop.warehouses;
  return accountsOf(shop, sku)
    .filter((account) => availableOf(account) >= quantity)
    .sort((a, b) => distance(a) - distance(b))[0];
}

function placeOrder(shop: Shop, basket: readonly Wish[], at: number): void {
  const number = shop.orders.length;
  const id = firstOrderId + BigInt(number) * orderIdStep;
  const lines: WorldOrderLine[] = [];
  let isLacking = false;
  for (const wish of basket) {
    const profile = shop.catalog.profiles[wish.profile];
    if (profile === undefined) continue;
    const variant = variantOf(shop, profile);
    // Customers see the pool and cannot order more; what they do not find is lost.
    const quantity = Math.min(wish.quantity, poolNow(variant.pool));
    if (quantity === 0) continue;
    const account = warehouseFor(shop, profile.sku, wish.warehouse, quantity);
    if (account === undefined) isLacking = true;
    else shop.book.change(account, at, { reserved: quantity });
    movePool(variant.pool, at, -quantity);
    const offer = shop.catalog.offers[profile.offer];
    lines.push({
      id: basket.length === 1 ? String(id) : String(id + 1n + BigInt(lines.length)),
      offer: profile.offer,
      variant: profile.variant,
      quantity,
      priceYuan: variant.priceYuan,
      name: offer?.subject ?? profile.sku,
      cargoNumber: profile.sku,
      warehouse: account?.cell.warehouse ?? null,
    });
  }
  if (lines.length === 0) return;
  const buyer = hashNumbers(shop.seed, 5, number) % 4_000;
  const order: WorldOrder = { id: String(id), number, createdAt: at, buyer, lines, changes: [] };
  shop.orders.push(order);
  changeOrder(shop, order, { at, kind: 'created' });
  planOrder(shop, order, isLacking);
}

function accountOfLine(shop: Shop, line: WorldOrderLine): StockAccount | undefined {
  return line.warehouse === null ? undefined : shop.book.find(line.warehouse, line.cargoNumber);
}

function closeOrder(shop: Shop, order: WorldOrder, at: number, reason: 'buyerCancel' | 'sellerGoodsLack') {
  for (const line of order.lines) {
    const account = accountOfLine(shop, line);
    if (account === undefined) continue;
    shop.book.change(account, at, { reserved: -line.quantity });
    const variant = shop.catalog.offers[line.offer ?? -1]?.variants[line.variant];
    if (variant !== undefined) movePool(variant.pool, at, line.quantity);
  }
  changeOrder(shop, order, { at, kind: 'closed', reason });
}

/** The next instant inside the packers' hours, 9:00 to 19:00 in China, spread over the day. */
function inPackingHours(random: Random, at: number): number {
  const day = chinaDay(at);
  const open = chinaDayStart(day) + 9 * hourMs;
  const close = chinaDayStart(day) + 19 * hourMs;
  if (at < open) return open + Math.floor(random() * 3 * hourMs);
  if (at < close) return at;
  return open + dayMs + Math.floor(random() * 5 * hourMs);
}

function planOrder(shop: Shop, order: WorldOrder, isLacking: boolean): void {
  const random = randomOf(shop.seed, 6, order.number);
  const { queue } = shop;
  if (random() < 0.05) {
    queue.schedule(order.createdAt + between(random, 30, 1_440) * 60_000, (at) =>
      closeOrder(shop, order, at, 'buyerCancel'),
    );
    return;
  }
  const payAt =
    order.createdAt + Math.floor((random() < 0.75 ? 0.5 * random() : 10 * random()) * hourMs) + 20_000;
  queue.schedule(payAt, (at) => changeOrder(shop, order, { at, kind: 'paid' }));
  if (isLacking) {
    queue.schedule(payAt + between(random, 4, 20) * hourMs, (at) =>
      closeOrder(shop, order, at, 'sellerGoodsLack'),
    );
    return;
  }
  const shipAt = inPackingHours(random, payAt + Math.floor((1 + 22 * random() ** 2) * hourMs));
  queue.schedule(shipAt, (at) => {
    shipOrder(shop, order, at);
    planDelivery(shop, order, random, at);
  });
}

function shipOrder(shop: Shop, order: WorldOrder, at: number): void {
  for (const line of order.lines) {
    const account = accountOfLine(shop, line);
    if (account === undefined) continue;
    shop.book.change(account, at, { reserved: -line.quantity });
    shop.book.move(account, {
      id: `S${line.id}`,
      at,
      kind: 'SHIPPED',
      quantity: line.quantity,
      reference: line.id,
    });
  }
  changeOrder(shop, order, { at, kind: 'shipped' });
}

function planDelivery(shop: Shop, order: WorldOrder, random: Random, shippedAt: number): void {
  const { queue } = shop;
  const signedAt = shippedAt + Math.floor((1.2 + 3 * random()) * dayMs);
  queue.schedule(signedAt, (at) => changeOrder(shop, order, { at, kind: 'signed' }));
  const completedAt = signedAt + Math.floor((0.2 + 6 * random()) * dayMs);
  // Of a hundred delivered orders two or three have something sent back.
  if (random() >= 0.025) {
    queue.schedule(completedAt, (at) => changeOrder(shop, order, { at, kind: 'completed' }));
    return;
  }
  const line = between(random, 0, order.lines.length - 1);
  queue.schedule(signedAt + 3 * hourMs, (at) => changeOrder(shop, order, { at, kind: 'refund_requested' }));
  queue.schedule(signedAt + Math.floor((1 + random()) * dayMs), (at) => {
    const refunded = order.lines[line] as WorldOrderLine;
    const amountYuan = Math.round(refunded.quantity * (refunded.priceYuan ?? 0) * 100) / 100;
    changeOrder(shop, order, { at, kind: 'refunded', line, amountYuan });
    if (random() < 0.6)
      queue.schedule(at + between(random, 48, 140) * hourMs, (back) => takeBack(shop, refunded, back));
  });
  queue.schedule(completedAt + 3 * dayMs, (at) => changeOrder(shop, order, { at, kind: 'completed' }));
}

function takeBack(shop: Shop, line: WorldOrderLine, at: number): void {
  const account = accountOfLine(shop, line);
  if (account === undefined) return;
  const { quantity, id } = line;
  shop.book.move(account, { id: `R${id}`, at, kind: 'RETURNED', quantity, reference: id });
  // One return in five cannot be sold again.
  if (hashNumbers(shop.seed, 7, Number(BigInt(id) % 1_000_003n)) % 5 === 0) {
    shop.book.change(account, at, { damaged: quantity });
  }
}
