import { hashText } from '../world/random.ts';
import { countUntil, lastIndexAt, valueAt } from '../world/steps.ts';
import type { WorldHappening, WorldOffer } from '../world/world.ts';
import type { Merchant } from './api.ts';
import { int64, wireLocalDate } from './format.ts';
import type { StoredMessage } from './message-store.ts';
import { orderStateAt } from './order-view.ts';

/** The same event always has the same id, also after a restart; 13 digits, as today's messages have. */
function messageIdOf(key: string): number {
  return 5_000_000_000_000 + (hashText(key) % 4_000_000) * 1_000_000 + (hashText(`${key}#`) % 1_000_000);
}

function envelope(
  merchant: Merchant,
  type: string,
  key: string,
  bornAt: number,
  data: unknown,
  bizKey?: string,
): StoredMessage {
  const msgId = messageIdOf(`${merchant.memberId} ${type} ${key}`);
  const text = JSON.stringify({
    msgId,
    type,
    userInfo: merchant.memberId,
    ...(bizKey !== undefined && { bizKey }),
    gmtBorn: bornAt,
    data,
  });
  return {
    msgId,
    memberId: merchant.memberId,
    type,
    bornAt,
    text,
    storedAt: 0,
    isConfirmed: false,
    attempts: 0,
  };
}

function topicsOf({ change }: WorldHappening): string[] {
  switch (change.kind) {
    case 'created':
      return ['ORDER_BUYER_MAKE'];
    case 'paid':
      return ['ORDER_PAY'];
    case 'shipped':
      return ['ORDER_ANNOUNCE_SENDGOODS'];
    case 'signed':
      return [];
    case 'completed':
      return ['ORDER_ORDER_COMFIRM_RECEIVEGOODS', 'ORDER_ORDER_SUCCESS'];
    case 'closed':
      return [change.reason === 'buyerCancel' ? 'ORDER_ORDER_BUYER_CLOSE' : 'ORDER_ORDER_SELLER_CLOSE'];
    case 'refund_requested':
    case 'refunded':
      return ['ORDER_ORDER_REFUND_AFTER_SALES'];
  }
}

function orderMessages(merchant: Merchant, happening: WorldHappening): StoredMessage[] {
  const { order, change, at } = happening;
  return topicsOf(happening).map((topic) => {
    const data = {
      orderId: int64(order.id),
      currentStatus: orderStateAt(order, at).status,
      msgSendTime: wireLocalDate(at),
      buyerMemberId: `b2b-16${String(24_000_000 + order.buyer)}`,
      sellerMemberId: merchant.memberId,
      ...(topic === 'ORDER_ORDER_REFUND_AFTER_SALES' && {
        refundAction: change.kind === 'refunded' ? 'SELLER_AGREE_REFUND' : 'BUYER_APPLY_REFUND',
      }),
    };
    return envelope(merchant, topic, `${order.id} ${change.kind} ${at}`, at, data, order.id);
  });
}

function offerTotal(offer: WorldOffer, at: number): number {
  return offer.variants.reduce((sum, { pool }) => sum + valueAt(pool, at), 0);
}

function inventoryMessages(merchant: Merchant, offer: WorldOffer, from: number, to: number): StoredMessage[] {
  const messages: StoredMessage[] = [];
  for (const variant of offer.variants) {
    const { pool } = variant;
    for (let index = lastIndexAt(pool.at, from) + 1; index < pool.at.length; index++) {
      const at = pool.at[index] as number;
      if (at > to) break;
      const value = pool.value[index] as number;
      const row = {
        offerId: int64(offer.productId),
        offerOnSale: offerTotal(offer, at),
        ...(variant.skuId !== null && { skuId: int64(variant.skuId), skuOnSale: value }),
        quantity: value - (pool.value[index - 1] ?? 0),
        bizTime: String(at),
      };
      const data = { OfferInventoryChangeList: [row] };
      const topic = 'PRODUCT_PRODUCT_INVENTORY_CHANGE';
      messages.push(envelope(merchant, topic, `${offer.productId} ${variant.sku} ${at}`, at, data));
    }
  }
  return messages;
}

function productMessage(merchant: Merchant, offer: WorldOffer, kind: string, at: number): StoredMessage {
  const data = {
    productIds: offer.productId,
    memberId: merchant.memberId,
    status: `RELATION_VIEW_PRODUCT_${kind}`,
    msgSendTime: wireLocalDate(at),
  };
  return envelope(merchant, `PRODUCT_RELATION_VIEW_PRODUCT_${kind}`, `${offer.productId} ${at}`, at, data);
}

/**
 * What the platform announces about a shop for the time after `from` up to and including `to`, in order of
 * time: orders, launches and delistings always, stock only of products that were followed.
 */
export function messagesBetween(merchant: Merchant, from: number, to: number): StoredMessage[] {
  const { happenings, offers } = merchant.world;
  const first = countUntil(happenings, from, ({ at }) => at);
  const last = countUntil(happenings, to, ({ at }) => at);
  const messages = happenings.slice(first, last).flatMap((happening) => orderMessages(merchant, happening));
  const isInside = (at: number | null): at is number => at !== null && at > from && at <= to;
  for (const offer of offers) {
    if (isInside(offer.listedAt)) {
      messages.push(productMessage(merchant, offer, 'NEW_OR_MODIFY', offer.listedAt));
    }
    if (isInside(offer.delistedAt))
      messages.push(productMessage(merchant, offer, 'EXPIRE', offer.delistedAt));
    if (merchant.followed.has(offer.productId))
      messages.push(...inventoryMessages(merchant, offer, from, to));
  }
  return messages.sort((a, b) => a.bornAt - b.bornAt);
}
