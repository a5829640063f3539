/** One API of the platform. */
export interface Api {
  namespace: string;
  name: string;
}

/** The APIs that are called, all in version 1. The seller order APIs also have an encrypted (`ec`) twin. */
export const apis = {
  account: { namespace: 'com.alibaba.account', name: 'alibaba.account.basic' },
  productList: { namespace: 'com.alibaba.product', name: 'alibaba.product.list.get' },
  productsById: { namespace: 'com.alibaba.product', name: 'alibaba.product.getByIdList' },
  modifyStock: { namespace: 'com.alibaba.product', name: 'alibaba.product.modifyStock' },
  sellerOrders: { namespace: 'com.alibaba.trade', name: 'alibaba.trade.getSellerOrderList' },
  sellerOrder: { namespace: 'com.alibaba.trade', name: 'alibaba.trade.get.sellerView' },
  sellerLogistics: { namespace: 'com.alibaba.logistics', name: 'alibaba.trade.getLogisticsInfos.sellerView' },
  sellerTrace: { namespace: 'com.alibaba.logistics', name: 'alibaba.trade.getLogisticsTraceInfo.sellerView' },
  buyerOrders: { namespace: 'com.alibaba.trade', name: 'alibaba.trade.getBuyerOrderList' },
  buyerLogistics: { namespace: 'com.alibaba.logistics', name: 'alibaba.trade.getLogisticsInfos.buyerView' },
  buyerTrace: { namespace: 'com.alibaba.logistics', name: 'alibaba.trade.getLogisticsTraceInfo.buyerView' },
  pushQuery: { namespace: 'cn.alibaba.open', name: 'push.query.messageList' },
  pushConfirm: { namespace: 'cn.alibaba.open', name: 'push.message.confirm' },
} as const satisfies Record<string, Api>;

/** The written form of an API id, `namespace:name-1`, as the console and the documents show it. */
export function describeApi(api: Api): string {
  return `${api.namespace}:${api.name}-1`;
}

/** Where an API is on the gateway and what its signature covers: `param2/1/{namespace}/{name}/{appKey}`. */
export function apiPath(api: Api, appKey: string): string {
  return `param2/1/${api.namespace}/${api.name}/${appKey}`;
}
