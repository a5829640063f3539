import type { Merchant } from './wire/api.ts';
import { orderStateAt } from './wire/order-view.ts';
import { cellAt, countUntil, valueAt } from './world/steps.ts';

/** What is really so in a shop at an instant, whatever the gateway served. */
export interface Truth {
  levels: {
    warehouseCode: string;
    sku: string;
    onHand: number;
    reserved: number;
    damaged: number;
    incoming: number;
    available: number;
  }[];
  pools: { productId: string; specId: string | null; sku: string; available: number; isListed: boolean }[];
  orders: { orderId: string; status: string; lines: { lineId: string; sku: string; quantity: number }[] }[];
}

/** The truth about a merchant's shop as of an instant (business time); plays the world on if it must. */
export function truthOf(merchant: Merchant, at: Date): Truth {
  const { world } = merchant;
  const now = at.getTime();
  world.advanceTo(now);
  const levels = world.cells.flatMap((cell) => {
    const quantities = cellAt(cell, now);
    const warehouseCode = world.warehouses[cell.warehouse]?.code ?? '';
    return quantities === null ? [] : [{ warehouseCode, sku: cell.sku, ...quantities }];
  });
  const pools = world.offers
    .filter(({ listedAt }) => listedAt <= now)
    .flatMap((offer) =>
      offer.variants.map((variant) => ({
        productId: offer.productId,
        specId: variant.specId,
        sku: variant.sku,
        available: Math.max(
          0,
          valueAt(variant.pool, now) + valueAt(merchant.edits.get(variant) ?? none, now),
        ),
        isListed: offer.delistedAt === null || offer.delistedAt > now,
      })),
    );
  const orders = world.orders
    .slice(
      0,
      countUntil(world.orders, now, ({ createdAt }) => createdAt),
    )
    .map((order) => ({
      orderId: order.id,
      status: orderStateAt(order, now).status,
      lines: order.lines.map(({ id, cargoNumber, quantity }) => ({ lineId: id, sku: cargoNumber, quantity })),
    }));
  return { levels, pools, orders };
}

const none = { at: [], value: [] };
