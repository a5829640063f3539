import { defaultRetryPolicy, type RetryPolicy } from '../retry-read.ts';
import { type Api, apis } from './apis.ts';

/** What an operator sets for all shops of one app. */
export interface Alibaba1688Settings {
  /** Origin of the gateway, without path. */
  gatewayUrl: string;
  /** Page on which a merchant allows the app; the platform's own, unless a test gateway stands in. */
  authorizeUrl: string;
  appKey: string;
  /** Never logged. */
  appSecret: string;
  /** `alibaba.trade.getSellerOrderList` or its encrypted twin, whichever the app was granted. */
  sellerOrderApi: string;
  /** Deadline of one call, ms. */
  timeoutMs: number;
  /** Largest answer after decompression, bytes. */
  maxBodyBytes: number;
  retry: RetryPolicy;
}

/** All settings but key and secret, which have no default. */
export const defaultAlibaba1688Settings = {
  gatewayUrl: 'https://gw.open.1688.com',
  authorizeUrl: 'https://auth.1688.com/oauth/authorize',
  sellerOrderApi: apis.sellerOrders.name,
  timeoutMs: 30_000,
  maxBodyBytes: 8 * 1024 * 1024,
  retry: defaultRetryPolicy,
} as const satisfies Omit<Alibaba1688Settings, 'appKey' | 'appSecret'>;

/** The seller APIs in the kind (plain or encrypted) that belongs to the configured order list. */
export interface SellerApis {
  orders: Api;
  order: Api;
  logistics: Api;
}

/** Chooses the twins of order detail and logistics that go with the configured order list. */
export function pickSellerApis(sellerOrderApi: string): SellerApis {
  const isEncrypted = sellerOrderApi.includes('.ec.');
  const { sellerOrder, sellerLogistics } = apis;
  return {
    orders: { namespace: apis.sellerOrders.namespace, name: sellerOrderApi },
    order: isEncrypted ? { ...sellerOrder, name: 'alibaba.trade.ec.getOrder.sellerView' } : sellerOrder,
    logistics: isEncrypted
      ? { ...sellerLogistics, name: 'alibaba.trade.ec.getLogisticsInfos.sellerView' }
      : sellerLogistics,
  };
}
