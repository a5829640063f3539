import { hashText } from '../world/random.ts';
import { countUntil } from '../world/steps.ts';
import type { WorldShipment } from '../world/world.ts';
import { type Api, type ApiCall, numberParam } from './api.ts';
import { damageRows } from './faults.ts';
import { int64, wireDate } from './format.ts';
import { logisticsAnswer, type Parcel, traceAnswer } from './logistics.ts';
import { windowOf } from './orders.ts';

const pageSizeMax = 20;

/** Purchases made on 1688 that exist at the instant of the call. */
function purchasesNow(call: ApiCall): WorldShipment[] {
  const { shipments } = call.merchant.world;
  return shipments
    .slice(
      0,
      countUntil(shipments, call.now, ({ orderedAt }) => orderedAt),
    )
    .filter(({ shownBy }) => shownBy === '1688');
}

function modifiedAt(shipment: WorldShipment, now: number): number {
  const moments = [shipment.receivedAt, shipment.shippedAt, shipment.orderedAt];
  const last = moments.find((at) => at <= now) ?? shipment.orderedAt;
  return Math.floor(last / 1_000) * 1_000;
}

function statusOf(shipment: WorldShipment, now: number): string {
  if (shipment.receivedAt <= now) return 'success';
  return shipment.shippedAt <= now ? 'waitbuyerreceive' : 'waitsellersend';
}

function toRow(call: ApiCall, shipment: WorldShipment): Record<string, unknown> {
  const { now, merchant } = call;
  const status = statusOf(shipment, now);
  const total = Math.round(shipment.lines.reduce((sum, l) => sum + l.priceYuan * l.quantity, 0) * 100) / 100;
  const supplier = 1_700_000_000 + (hashText(shipment.supplierName) % 100_000_000);
  const until = (at: number) => (at <= now ? wireDate(at) : null);
  return {
    baseInfo: {
      id: int64(shipment.id),
      idOfStr: shipment.id,
      status,
      businessType: 'cn',
      tradeType: '50060',
      currency: 'RMB',
      createTime: wireDate(shipment.orderedAt),
      payTime: wireDate(shipment.orderedAt),
      modifyTime: wireDate(modifiedAt(shipment, now)),
      allDeliveredTime: until(shipment.shippedAt),
      receivingTime: until(shipment.receivedAt),
      completeTime: until(shipment.receivedAt),
      totalAmount: total,
      sumProductPayment: total,
      shippingFee: 0,
      discount: 0,
      refund: 0,
      refundStatus: null,
      closeReason: null,
      buyerID: merchant.memberId,
      buyerUserId: int64(merchant.userId),
      buyerLoginId: merchant.loginId,
      sellerID: `b2b-${supplier}`,
      sellerLoginId: shipment.supplierName,
      sellerContact: { companyName: shipment.supplierName },
      remark: '',
    },
    productItems: shipment.lines.map((line) => ({
      subItemID: int64(line.id),
      subItemIDString: line.id,
      productID: int64(String(610_000_000_000 + (hashText(line.sku) % 90_000_000_000))),
      // The merchant's suppliers use the merchant's own article numbers.
      cargoNumber: line.sku,
      productCargoNumber: line.sku,
      name: line.title,
      skuInfos: [],
      quantity: line.quantity,
      quantityFactor: 1,
      unit: '件',
      price: line.priceYuan,
      itemAmount: Math.round(line.priceYuan * line.quantity * 100) / 100,
      status,
      logisticsStatus: status === 'success' ? 3 : status === 'waitbuyerreceive' ? 2 : 1,
      refundStatus: null,
      gmtCreate: wireDate(shipment.orderedAt),
      gmtModified: wireDate(modifiedAt(shipment, now)),
    })),
  };
}

function listPurchases(call: ApiCall): unknown {
  const [createdFrom, createdTo] = windowOf(call, 'createStartTime', 'createEndTime');
  const [modifiedFrom, modifiedTo] = windowOf(call, 'modifyStartTime', 'modifyEndTime');
  const status = call.params.get('orderStatus');
  const rows = purchasesNow(call).filter((shipment) => {
    const created = Math.floor(shipment.orderedAt / 1_000) * 1_000;
    const modified = modifiedAt(shipment, call.now);
    return (
      created >= createdFrom &&
      created <= createdTo &&
      modified >= modifiedFrom &&
      modified <= modifiedTo &&
      (status === undefined || status === statusOf(shipment, call.now))
    );
  });
  if (call.options.orderSort === 'newest_first') rows.reverse();
  const size = numberParam(call.params, 'pageSize', pageSizeMax, 1, pageSizeMax);
  const page = numberParam(call.params, 'page', 1, 1, 10_000_000);
  const slice = rows.slice((page - 1) * size, page * size).map((shipment) => toRow(call, shipment));
  return {
    success: true,
    totalRecord: rows.length,
    errorCode: null,
    errorMessage: null,
    result: damageRows(slice, call.fault),
  };
}

function findPurchase(call: ApiCall): WorldShipment | undefined {
  const id = call.params.get('orderId');
  return purchasesNow(call).find((shipment) => shipment.id === id);
}

function getPurchase(call: ApiCall): unknown {
  const shipment = findPurchase(call);
  return shipment === undefined
    ? { success: false, result: null, errorCode: '404', errorMessage: 'order does not exist' }
    : { success: true, result: toRow(call, shipment), errorCode: null, errorMessage: null };
}

function parcelOf(call: ApiCall): Parcel | null {
  const shipment = findPurchase(call);
  if (shipment === undefined || shipment.shippedAt > call.now) return null;
  return {
    orderId: shipment.id,
    shippedAt: shipment.shippedAt,
    signedAt: shipment.receivedAt,
    lines: shipment.lines.map(({ id, title, quantity }) => ({ id, name: title, quantity })),
  };
}

/** What the merchant bought on 1688: orders seen as a buyer, and their parcels. */
export const purchaseApis: readonly Api[] = [
  {
    id: 'com.alibaba.trade:alibaba.trade.getBuyerOrderList-1',
    needsToken: true,
    required: [],
    answer: listPurchases,
  },
  {
    id: 'com.alibaba.trade:alibaba.trade.get.buyerView-1',
    needsToken: true,
    required: ['orderId'],
    answer: getPurchase,
  },
  {
    id: 'com.alibaba.logistics:alibaba.trade.getLogisticsInfos.buyerView-1',
    needsToken: true,
    required: ['orderId'],
    answer: (call) => logisticsAnswer(parcelOf(call), call.now),
  },
  {
    id: 'com.alibaba.logistics:alibaba.trade.getLogisticsTraceInfo.buyerView-1',
    needsToken: true,
    required: ['orderId'],
    answer: (call) => traceAnswer(parcelOf(call), call.now),
  },
];
