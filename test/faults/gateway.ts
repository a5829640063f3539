import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Chance } from './random.ts';

/** A product as the gateway knows it. */
interface Product {
  productId: string;
  available: number;
}

/** An order of one line. */
export interface GatewayOrder {
  orderId: string;
  productId: string;
  quantity: number;
  status: 'waitsellersend' | 'success' | 'cancel';
  createdAt: number;
  modifiedAt: number;
}

/** What one shop really holds. */
export interface GatewayShop {
  readonly shopId: string;
  readonly products: Product[];
  readonly orders: GatewayOrder[];
}

/** A quantity that was served, and when: the journal that every observation must be found in. */
export interface ServedQuantity {
  readonly shopId: string;
  readonly productId: string;
  readonly available: number;
  readonly at: number;
}

/** Listings and orders on a page: so few that every poll needs several. */
const pageSize = 5;

/**
 * A marketplace whose goods keep moving, in the process that kills the workers: it outlives them all and writes down
 * every quantity it served. It speaks a wire of its own; the adapters are tested elsewhere.
 */
export class FaultGateway {
  readonly shops = new Map<string, GatewayShop>();
  readonly journal: ServedQuantity[] = [];
  readonly lastServedAtMs = new Map<string, number>();
  /** Longest time that any shop was not asked for anything, ms. */
  longestSilenceMs = 0;
  private readonly server: Server;
  private readonly chance: Chance;
  private orderCount = 0;

  constructor(chance: Chance) {
    this.chance = chance;
    this.server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://gateway');
      // Answers that come late, so that kills hit workers in the middle of everything.
      setTimeout(
        () => {
          response.setHeader('content-type', 'application/json');
          response.end(JSON.stringify(this.answer(url)));
        },
        this.chance.whole(0, 8),
      );
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  addShop(shopId: string, productCount: number): void {
    const products = Array.from({ length: productCount }, (_, index) => ({
      productId: `${shopId.slice(0, 8)}-${String(index).padStart(3, '0')}`,
      available: this.chance.whole(50, 110),
    }));
    this.shops.set(shopId, { shopId, products, orders: [] });
  }

  /** One thing that happens somewhere: an order, its end, its cancellation, a delivery. */
  happen(now: number): void {
    const shop = this.chance.pick([...this.shops.values()]);
    const product = this.chance.pick(shop.products);
    const dice = this.chance.next();
    if (dice < 0.7 && product.available > 0) {
      const quantity = Math.min(this.chance.whole(1, 30), product.available);
      product.available -= quantity;
      this.orderCount += 1;
      const { productId } = product;
      const orderId = `o${this.orderCount}`;
      shop.orders.push({
        orderId,
        productId,
        quantity,
        status: 'waitsellersend',
        createdAt: now,
        modifiedAt: now,
      });
    } else if (dice < 0.85 && shop.orders.length > 0) {
      const order = this.chance.pick(shop.orders);
      if (order.status !== 'waitsellersend') return;
      order.status = dice < 0.8 ? 'success' : 'cancel';
      order.modifiedAt = now;
      const sold = shop.products.find((one) => one.productId === order.productId);
      if (order.status === 'cancel' && sold !== undefined) sold.available += order.quantity;
    } else if (product.available < 60) {
      product.available += this.chance.whole(40, 200);
    }
  }

  private answer(url: URL): unknown {
    const [, shopId = '', what = ''] = url.pathname.split('/');
    const shop = this.shops.get(shopId);
    if (shop === undefined) return { rows: [], next: null, total: 0 };
    this.noteSilence(shopId);
    const cursor = url.searchParams.get('cursor');
    if (what !== 'listings') return pageBack(this.orderRows(shop, url), cursor);
    const start = Number(cursor ?? 0);
    const rows = this.listingRows(shop, url);
    const page = rows.slice(start, start + pageSize);
    this.writeDown(shopId, page);
    const next = start + pageSize < rows.length ? start + pageSize : null;
    return { rows: page, next, total: rows.length };
  }

  private listingRows(shop: GatewayShop, url: URL): Product[] {
    const wanted = url.searchParams.get('ids')?.split(',');
    return wanted === undefined
      ? shop.products
      : shop.products.filter((one) => wanted.includes(one.productId));
  }

  private orderRows(shop: GatewayShop, url: URL): GatewayOrder[] {
    const from = Number(url.searchParams.get('from') ?? 0);
    const to = Number(url.searchParams.get('to') ?? Number.MAX_SAFE_INTEGER);
    return shop.orders.filter((order) => order.modifiedAt >= from && order.modifiedAt < to);
  }

  private writeDown(shopId: string, products: readonly Product[]): void {
    const at = Date.now();
    for (const { productId, available } of products) this.journal.push({ shopId, productId, available, at });
  }

  private noteSilence(shopId: string): void {
    const now = performance.now();
    const before = this.lastServedAtMs.get(shopId);
    if (before !== undefined) this.longestSilenceMs = Math.max(this.longestSilenceMs, now - before);
    this.lastServedAtMs.set(shopId, now);
  }
}

/** From the last page to the first: an order that is modified leaves its window, and must not hide another. */
function pageBack(rows: readonly GatewayOrder[], cursor: string | null) {
  const end = cursor === null ? rows.length : Number(cursor);
  const start = Math.max(end - pageSize, 0);
  return { rows: rows.slice(start, end), next: start > 0 ? start : null, total: rows.length };
}
