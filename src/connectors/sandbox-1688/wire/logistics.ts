import { hashText } from '../world/random.ts';
import type { WorldOrder } from '../world/world.ts';
import { type Api, type ApiCall, findOrder } from './api.ts';
import { int64, wireDate, wireLocalDate } from './format.ts';
import { orderStateAt } from './order-view.ts';

/** One parcel: what the logistics APIs need to know about it. */
export interface Parcel {
  orderId: string;
  shippedAt: number;
  signedAt: number | null;
  lines: { id: string; name: string; quantity: number }[];
}

const companies = [
  { id: 3, companyNo: 'YTO', companyName: '圆通速递', spelling: 'yuantong' },
  { id: 8, companyNo: 'ZTO', companyName: '中通快递', spelling: 'zhongtong' },
  { id: 12, companyNo: 'SF', companyName: '顺丰速运', spelling: 'shunfeng' },
];

function carrierOf(parcel: Parcel) {
  const hash = hashText(parcel.orderId);
  const company = companies[hash % companies.length] as (typeof companies)[number];
  return {
    company,
    logisticsId: `LP${String(hash).padStart(10, '0')}${parcel.orderId.slice(-4)}`,
    billNo: `${company.companyNo}${String(hash).padStart(11, '0')}`,
  };
}

function statusOf(parcel: Parcel, now: number): string {
  if (parcel.signedAt !== null && parcel.signedAt <= now) return 'SIGN';
  return now - parcel.shippedAt > 8 * 3_600_000 ? 'TRANSPORT' : 'ACCEPT';
}

function toLogisticsRow(parcel: Parcel, now: number): Record<string, unknown> {
  const { company, logisticsId, billNo } = carrierOf(parcel);
  return {
    logisticsId,
    logisticsBillNo: billNo,
    logisticsCompanyId: String(company.id),
    logisticsCompanyName: company.companyName,
    logisticsCompanyNo: company.companyNo,
    status: statusOf(parcel, now),
    orderEntryIds: parcel.lines.map(({ id }) => id).join(','),
    remarks: '',
    sendGoods: parcel.lines.map(({ name, quantity }) => ({ goodName: name, quantity, unit: '件' })),
    sender: {},
    receiver: {},
    logisticsOrderGoods: parcel.lines.map(({ id, name, quantity }) => ({
      logisticsId,
      tradeOrderId: int64(parcel.orderId),
      tradeOrderItemId: int64(id),
      description: '',
      quantity,
      unit: '件',
      productName: name,
    })),
  };
}

/** Answer of the logistics APIs for a parcel; null = not shipped yet. */
export function logisticsAnswer(parcel: Parcel | null, now: number): unknown {
  if (parcel === null) {
    return { success: false, result: null, errorCode: '500_2', errorMessage: '订单还未发货' };
  }
  return { success: true, result: [toLogisticsRow(parcel, now)], errorCode: null, errorMessage: null };
}

/** Answer of the trace APIs for a parcel; null = nothing to trace. */
export function traceAnswer(parcel: Parcel | null, now: number): unknown {
  if (parcel === null) {
    return { success: false, logisticsTrace: null, errorCode: '404', errorMessage: 'no trace' };
  }
  const { logisticsId, billNo } = carrierOf(parcel);
  const steps = [
    { at: parcel.shippedAt, remark: '商家已发货，包裹等待揽收' },
    { at: parcel.shippedAt + 2 * 3_600_000, remark: '快件已揽收' },
    { at: parcel.shippedAt + 9 * 3_600_000, remark: '快件运输中' },
    { at: parcel.signedAt ?? Number.POSITIVE_INFINITY, remark: '已签收，感谢使用' },
  ].filter(({ at }) => at <= now);
  return {
    success: true,
    logisticsTrace: [
      {
        logisticsId,
        logisticsBillNo: billNo,
        orderId: int64(parcel.orderId),
        logisticsSteps: steps.map(({ at, remark }) => ({ acceptTime: wireLocalDate(at), remark })),
      },
    ],
  };
}

function parcelOf(order: WorldOrder | undefined, now: number): Parcel | null {
  if (order === undefined) return null;
  const { shippedAt, signedAt } = orderStateAt(order, now);
  return shippedAt === null ? null : { orderId: order.id, shippedAt, signedAt, lines: order.lines };
}

/** The logistics part of an order's detail. */
export function nativeLogistics(order: WorldOrder, now: number): unknown {
  const parcel = parcelOf(order, now);
  if (parcel === null) return { logisticsItems: [] };
  const { company, logisticsId, billNo } = carrierOf(parcel);
  return {
    logisticsItems: [
      {
        id: int64(String(BigInt(parcel.orderId) - 7n)),
        logisticsCode: logisticsId,
        logisticsBillNo: billNo,
        logisticsCompanyId: company.id,
        logisticsCompanyNo: company.companyNo,
        logisticsCompanyName: company.companyName,
        type: '1',
        status: 'alreadysend',
        deliveredTime: wireDate(parcel.shippedAt),
        gmtCreate: wireDate(parcel.shippedAt),
        gmtModified: wireDate(parcel.signedAt ?? parcel.shippedAt),
        subItemIds: parcel.lines.map(({ id }) => id).join(','),
        carriage: 0,
      },
    ],
  };
}

function sellerParcel(call: ApiCall): Parcel | null {
  return parcelOf(findOrder(call, call.params.get('orderId')), call.now);
}

function listCompanies(): unknown {
  return { success: true, result: companies.map((company) => ({ ...company, supportPrint: true })) };
}

function listAddresses({ merchant }: ApiCall): unknown {
  const rows = merchant.world.warehouses.map(({ name }, index) => ({
    id: 124_431 + index,
    addressName: name,
    isDefault: index === 0,
    fullAddress: name,
  }));
  return { success: true, result: rows };
}

/** Parcels of customers' orders, carriers, and the shop's dispatch addresses. */
export const logisticsApis: readonly Api[] = [
  ...['alibaba.trade.getLogisticsInfos.sellerView', 'alibaba.trade.ec.getLogisticsInfos.sellerView'].map(
    (name) => ({
      id: `com.alibaba.logistics:${name}-1`,
      needsToken: true,
      required: ['orderId'],
      answer: (call: ApiCall) => logisticsAnswer(sellerParcel(call), call.now),
    }),
  ),
  {
    id: 'com.alibaba.logistics:alibaba.trade.getLogisticsTraceInfo.sellerView-1',
    needsToken: true,
    required: ['orderId'],
    answer: (call) => traceAnswer(sellerParcel(call), call.now),
  },
  {
    id: 'com.alibaba.logistics:alibaba.logistics.OpQueryLogisticCompanyList-1',
    needsToken: true,
    required: [],
    answer: listCompanies,
  },
  {
    id: 'com.alibaba.logistics:alibaba.logistics.mySendGoodsAddress.list.get-1',
    needsToken: true,
    required: [],
    answer: listAddresses,
  },
];
