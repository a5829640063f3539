import type { WorldOrder } from '../world/world.ts';
import { type Api, type ApiCall, findOrder, numberParam, ordersUntil } from './api.ts';
import { damageRows } from './faults.ts';
import { parseFlag, parseWireDate } from './format.ts';
import { nativeLogistics } from './logistics.ts';
import { orderModifiedAt, orderStateAt, toOrderRow } from './order-view.ts';

const pageSizeMax = 20;

/** Lower and upper bound of a time filter, both included; open where the parameter is missing. */
export function windowOf(call: ApiCall, from: string, to: string): [number, number] {
  return [
    parseWireDate(call.params.get(from) ?? '') ?? Number.NEGATIVE_INFINITY,
    parseWireDate(call.params.get(to) ?? '') ?? Number.POSITIVE_INFINITY,
  ];
}

function matches(call: ApiCall): (order: WorldOrder) => boolean {
  const { params, now, options } = call;
  const [createdFrom, createdTo] = windowOf(call, 'createStartTime', 'createEndTime');
  const [modifiedFrom, modifiedTo] = windowOf(call, 'modifyStartTime', 'modifyEndTime');
  const status = params.get('orderStatus');
  const refund = params.get('refundStatus');
  const isHistory = parseFlag(params.get('isHis')) === true;
  // Without a history table every order is in the one table, whichever is asked for.
  const days = options.historyTableAfterDays;
  return (order) => {
    const created = Math.floor(order.createdAt / 1_000) * 1_000;
    if (created < createdFrom || created > createdTo) return false;
    if (days !== null && isHistory !== created < now - days * 86_400_000) return false;
    const modified = orderModifiedAt(order, now);
    if (modified < modifiedFrom || modified > modifiedTo) return false;
    if (status === undefined && refund === undefined) return true;
    const state = orderStateAt(order, now);
    return (
      (status === undefined || status === state.status) &&
      (refund === undefined || refund === state.refundStatus)
    );
  };
}

function listOrders(call: ApiCall): unknown {
  const rows = ordersUntil(call.merchant.world, call.now).filter(matches(call));
  if (call.options.orderSort === 'newest_first') rows.reverse();
  const size = numberParam(call.params, 'pageSize', pageSizeMax, 1, pageSizeMax);
  const page = numberParam(call.params, 'page', 1, 1, 10_000_000);
  const slice = rows
    .slice((page - 1) * size, page * size)
    .map((order) => toOrderRow(call.merchant, order, call.now));
  return {
    success: true,
    totalRecord: rows.length,
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
