import type { WorldOrder, WorldOrderLine } from '../world/world.ts';
import type { Merchant } from './api.ts';
import { int64, wireDate, wireLocalDate } from './format.ts';

/** An order as of an instant: its changes up to then, folded. */
export interface OrderState {
  status: string;
  modifiedAt: number;
  paidAt: number | null;
  shippedAt: number | null;
  signedAt: number | null;
  completedAt: number | null;
  closeReason: string | null;
  refundStatus: string | null;
  refundYuan: number;
  refundedLines: Set<number>;
}

/** When the order was changed last, as of an instant; whole seconds, like the platform. */
function orderModifiedAt(order: WorldOrder, now: number): number {
  for (let index = order.changes.length - 1; index > 0; index--) {
    const at = order.changes[index]?.at ?? 0;
    if (at <= now) return Math.floor(at / 1_000) * 1_000;
  }
  return Math.floor(order.createdAt / 1_000) * 1_000;
}

/** Folds an order's changes up to an instant. */
export function orderStateAt(order: WorldOrder, now: number): OrderState {
  const state: OrderState = {
    status: 'waitbuyerpay',
    modifiedAt: orderModifiedAt(order, now),
    paidAt: null,
    shippedAt: null,
    signedAt: null,
    completedAt: null,
    closeReason: null,
    refundStatus: null,
    refundYuan: 0,
    refundedLines: new Set(),
  };
  for (const change of order.changes) {
    if (change.at > now) break;
    switch (change.kind) {
      case 'created':
        break;
      case 'paid':
        state.status = 'waitsellersend';
        state.paidAt = change.at;
        break;
      case 'shipped':
        state.status = 'waitbuyerreceive';
        state.shippedAt = change.at;
        break;
      case 'signed':
        state.status = 'signinsuccess';
        state.signedAt = change.at;
        break;
      case 'completed':
        state.status = 'success';
        state.completedAt = change.at;
        break;
      case 'closed':
        // Before payment an order is cancelled, after it the money goes back: terminated.
        state.status = state.paidAt === null ? 'cancel' : 'terminated';
        state.closeReason = change.reason;
        state.completedAt = change.at;
        break;
      case 'refund_requested':
        state.refundStatus = 'waitselleragree';
        break;
      case 'refunded':
        state.refundStatus = 'refundsuccess';
        state.refundYuan += change.amountYuan;
        if (change.line !== null) state.refundedLines.add(change.line);
        break;
    }
  }
  return state;
}

const statusTexts: Record<string, string> = {
  waitbuyerpay: '等待买家付款',
  waitsellersend: '等待卖家发货',
  waitbuyerreceive: '等待买家收货',
  signinsuccess: '买家已签收',
  success: '交易成功',
  cancel: '交易取消',
  terminated: '交易终止',
};

function yuan(value: number): number {
  return Math.round(value * 100) / 100;
}

function toProductItem(
  merchant: Merchant,
  order: WorldOrder,
  state: OrderState,
  line: WorldOrderLine,
  index: number,
): Record<string, unknown> {
  const offer = line.offer === null ? undefined : merchant.world.offers[line.offer];
  const variant = offer?.variants[line.variant];
  return {
    subItemID: int64(line.id),
    subItemIDString: line.id,
    ...(offer !== undefined && { productID: int64(offer.productId) }),
    ...(variant?.skuId && { skuID: int64(variant.skuId), specId: variant.specId }),
    cargoNumber: line.cargoNumber,
    productCargoNumber: offer?.cargoNumber ?? line.cargoNumber,
    name: line.name,
    skuInfos: variant?.attributes ?? [],
    quantity: line.quantity,
    quantityFactor: 1,
    unit: offer?.unit ?? '件',
    ...(line.priceYuan !== null && {
      price: line.priceYuan,
      itemAmount: yuan(line.priceYuan * line.quantity),
    }),
    entryDiscount: 0,
    status: state.status,
    statusStr: statusTexts[state.status] ?? state.status,
    logisticsStatus: state.signedAt !== null ? 3 : state.shippedAt !== null ? 2 : 1,
    refundStatus: state.refundedLines.has(index) ? 'REFUND_SUCCESS' : null,
    canSendGoods: state.status === 'waitsellersend',
    gmtCreate: wireDate(order.createdAt),
    gmtModified: wireDate(state.modifiedAt),
    gmtPayExpireTime: wireLocalDate(order.createdAt + 86_400_000),
  };
}

function optionalDate(at: number | null): string | null {
  return at === null ? null : wireDate(at);
}

/** An order as list and detail show it to the seller. Buyers stay masked. */
export function toOrderRow(merchant: Merchant, order: WorldOrder, now: number): Record<string, unknown> {
  const state = orderStateAt(order, now);
  const goods = order.lines.reduce((sum, line) => sum + (line.priceYuan ?? 0) * line.quantity, 0);
  return {
    baseInfo: {
      id: int64(order.id),
      idOfStr: order.id,
      status: state.status,
      businessType: 'cn',
      tradeType: '50060',
      currency: 'RMB',
      createTime: wireDate(order.createdAt),
      payTime: optionalDate(state.paidAt),
      modifyTime: wireDate(state.modifiedAt),
      allDeliveredTime: optionalDate(state.shippedAt),
      completeTime: optionalDate(state.completedAt),
      totalAmount: yuan(goods),
      sumProductPayment: yuan(goods),
      shippingFee: 0,
      discount: 0,
      refund: yuan(state.refundYuan),
      refundPayment: Math.round(state.refundYuan * 100),
      refundStatus: state.refundStatus,
      closeReason: state.closeReason,
      sellerID: merchant.memberId,
      sellerUserId: int64(merchant.userId),
      sellerLoginId: merchant.loginId,
      buyerID: `b2b-16${String(24_000_000 + order.buyer)}`,
      buyerOpenUid: `BBB${order.buyer.toString(36).padStart(6, '0')}`,
      remark: '',
    },
    productItems: order.lines.map((line, index) => toProductItem(merchant, order, state, line, index)),
    tradeTerms: [
      {
        phase: int64(String(BigInt(order.id) / 4_500n)),
        payStatus: state.paidAt === null ? '1' : state.closeReason === null ? '2' : '4',
        payWay: '1',
        phasAmount: yuan(goods),
        payTime: optionalDate(state.paidAt),
      },
    ],
  };
}
