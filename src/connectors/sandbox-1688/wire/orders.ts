import type { WorldOrder } from '../world/world.ts';
import { type Api, type ApiCall, findOrder, numberParam } from './api.ts';
import { damageRows } from './faults.ts';
import { parseFlag, parseWireDate } from './format.ts';
import { nativeLogistics } from './logistics.ts';
import { orderTimesAt } from './order-index.ts';
import { orderStateAt, toOrderRow } from './order-view.ts';

const pageSizeMax = 20;

/** Lower and upper bound of a time filter, both included; open where the parameter is missing. */
export function windowOf(call: ApiCall, from: string, to: string): [number, number] {
  return [
    parseWireDate(call.params.get(from) ?? '') ?? Number.NEGATIVE_INFINITY,
    parseWireDate(call.params.get(to) ?? '') ?? Number.POSITIVE_INFINITY,
  ];
}

/** Numbers of the orders that a list call asks for, oldest first. */
function findMatches(call: ApiCall): number[] {
  const { params, now, options } = call;
  const [createdFrom, createdTo] = windowOf(call, 'createStartTime', 'createEndTime');
  const [modifiedFrom, modifiedTo] = windowOf(call, 'modifyStartTime', 'modifyEndTime');
  const isHistory = parseFlag(params.get('isHis')) === true;
  const days = options.historyTableAfterDays;
  // Without a history table all orders are current ones.
  if (days === null && isHistory) return [];
  const { created, modified } = orderTimesAt(call.merchant.world, now);
  const numbers: number[] = [];
  for (let number = 0; number < created.length; number++) {
    const createdAt = created[number] as number;
    const modifiedAt = modified[number] as number;
    if (createdAt < createdFrom || createdAt > createdTo) continue;
    if (modifiedAt < modifiedFrom || modifiedAt > modifiedTo) continue;
    if (days !== null && isHistory !== createdAt < now - days * 86_400_000) continue;
    if (hasStatus(call, number)) numbers.push(number);
  }
  return numbers;
}

function hasStatus(call: ApiCall, number: number): boolean {
  const status = call.params.get('orderStatus');
  const refund = call.params.get('refundStatus');
  if (status === undefined && refund === undefined) return true;
  const state = orderStateAt(call.merchant.world.orders[number] as WorldOrder, call.now);
  return (
    (status === undefined || status === state.status) &&
    (refund === undefined || refund === state.refundStatus)
  );
}

function listOrders(call: ApiCall): unknown {
  const numbers = findMatches(call);
  if (call.options.orderSort === 'newest_first') numbers.reverse();
  const size = numberParam(call.params, 'pageSize', pageSizeMax, 1, pageSizeMax);
  const page = numberParam(call.params, 'page', 1, 1, 10_000_000);
  const slice = numbers
    .slice((page - 1) * size, page * size)
    .map((number) => toOrderRow(call.merchant, call.merchant.world.orders[number] as WorldOrder, call.now));
  return {
    success: true,
    totalRecord: numbers.length,
    errorCode: null,
    errorMessage: null,
    result: damageRows(slice, call.fault),
  };
}

function getOrder(call: ApiCall): unknown {
  const order = findOrder(call, call.params.get('orderId'));
  if (order === undefined) {
    return { success: false, result: null, errorCode: '404', errorMessage: 'order does not exist' };
  }
  const row = {
    ...toOrderRow(call.merchant, order, call.now),
    nativeLogistics: nativeLogistics(order, call.now),
  };
  return { success: true, result: row, errorCode: null, errorMessage: null };
}

/** Orders of the shop's customers; the newer twins with `ec` are the same. */
export const orderApis: readonly Api[] = [
  ...['alibaba.trade.getSellerOrderList', 'alibaba.trade.ec.getOrderList.sellerView'].map((name) => ({
    id: `com.alibaba.trade:${name}-1`,
    needsToken: true,
    required: [],
    answer: listOrders,
  })),
  ...['alibaba.trade.get.sellerView', 'alibaba.trade.ec.getOrder.sellerView'].map((name) => ({
    id: `com.alibaba.trade:${name}-1`,
    needsToken: true,
    required: ['orderId'],
    answer: getOrder,
  })),
];
