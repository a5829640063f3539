import { z } from 'zod';
import { AppError, assertNever } from '../../shared/errors.ts';
import type { Log } from '../../shared/log.ts';
import { type Clock, systemClock } from '../../shared/time.ts';
import { createHttpClient, type HttpClient } from '../http.ts';
import type { ListingWriter } from '../listing-writer.ts';
import type { MarketplaceConnector, PushMessage, ShopSession, Stream, TokenSet } from '../marketplace.ts';
import { describeIssues, id, required, text } from '../wire-values.ts';
import { apis, describeApi } from './apis.ts';
import { probeCapabilities } from './capabilities.ts';
import { type AppSession, createGateway, type Gateway } from './client.ts';
import { fetchListingsById, fetchListingsPage } from './listings.ts';
import type { OrderPackage } from './logistics.ts';
import { buildAuthorizeUrl, exchangeCode, refreshTokens } from './oauth.ts';
import {
  fetchPurchaseOrdersPage,
  fetchSalesOrderById,
  fetchSalesOrderPackages,
  fetchSalesOrdersPage,
} from './orders.ts';
import { openPush } from './push.ts';
import { confirmPushes, fetchMissedPushes, type MissedPushes } from './push-replay.ts';
import { type Alibaba1688Settings, defaultAlibaba1688Settings } from './settings.ts';
import { changeListedQuantity } from './stock-write.ts';

/** What the connector needs from outside. */
export interface Alibaba1688Dependencies {
  /** Business time: rows from the future are refused by it. */
  clock: Clock;
  /** Real time: tokens, call timestamps. */
  realClock?: Clock;
  log: Log;
  /** Own client when absent; then `close` ends it. */
  http?: HttpClient;
}

/** The 1688 adapter: the port, and what only 1688 has. */
export interface Alibaba1688Connector extends MarketplaceConnector, ListingWriter {
  readonly platform: 'alibaba-1688';
  /** See `buildAuthorizeUrl`. */
  buildAuthorizeUrl(redirectUri: string, state: string): string;
  /** See `exchangeCode`. */
  exchangeCode(code: string, redirectUri: string, signal: AbortSignal): Promise<TokenSet>;
  /** See `refreshTokens`; the credential source of the composition root calls it, one process at a time. */
  refreshTokens(held: TokenSet, signal: AbortSignal): Promise<TokenSet>;
  /** See `openPush`. */
  openPush(body: Uint8Array): PushMessage;
  /** See `fetchMissedPushes`. */
  fetchMissedPushes(session: AppSession, from: Date, to: Date, pageNumber: number): Promise<MissedPushes>;
  /** See `confirmPushes`. */
  confirmPushes(session: AppSession, messageIds: readonly string[]): Promise<void>;
  /** Parcels of a customer's order and their way. */
  fetchSalesOrderPackages(session: ShopSession, orderId: string): Promise<OrderPackage[]>;
  /** Closes the connections. */
  close(): Promise<void>;
}

const streams = ['listings', 'sales_orders', 'purchase_orders'] as const satisfies readonly Stream[];

/**
 * Makes the 1688 adapter for one app; it serves all shops of that app.
 *
 * @param given - app key and secret, and what differs from `defaultAlibaba1688Settings`
 */
export function createAlibaba1688Connector(
  given: Pick<Alibaba1688Settings, 'appKey' | 'appSecret'> & Partial<Alibaba1688Settings>,
  deps: Alibaba1688Dependencies,
): Alibaba1688Connector {
  const settings: Alibaba1688Settings = { ...defaultAlibaba1688Settings, ...given };
  const { timeoutMs, maxBodyBytes } = settings;
  // A gateway is configured by the operator and may stand on the same machine.
  const http = deps.http ?? createHttpClient({ timeoutMs, maxBodyBytes, publicOnly: false });
  const { clock } = deps;
  const gatewayDeps = { http, realClock: deps.realClock ?? systemClock, log: deps.log };
  const gateway = createGateway(settings, gatewayDeps);
  return {
    platform: 'alibaba-1688',
    streams,
    windowedStreams: new Set<Stream>(['sales_orders', 'purchase_orders']),
    fetchAccount: (session) => fetchAccount(gateway, session),
    probeCapabilities: (session) => probeCapabilities(gateway, clock, session),
    fetchPage: (session, request) => {
      const stream = streams.find((known) => known === request.stream);
      switch (stream) {
        case 'listings':
          return fetchListingsPage(gateway, clock, session, request);
        case 'sales_orders':
          return fetchSalesOrdersPage(gateway, clock, session, request);
        case 'purchase_orders':
          return fetchPurchaseOrdersPage(gateway, clock, session, request);
        case undefined:
          return Promise.reject(new AppError('invalid_input', `1688 has no stream ${request.stream}`));
        default:
          return assertNever(stream);
      }
    },
    fetchListings: (session, productIds) => fetchListingsById(gateway, clock, session, productIds),
    fetchSalesOrder: (session, orderId) => fetchSalesOrderById(gateway, clock, session, orderId),
    changeListedQuantity: (session, change) => changeListedQuantity(gateway, session, change),
    buildAuthorizeUrl: (redirectUri, state) => buildAuthorizeUrl(settings, redirectUri, state),
    exchangeCode: (code, uri, signal) => exchangeCode(settings, gatewayDeps, code, uri, signal),
    refreshTokens: (held, signal) => refreshTokens(settings, gatewayDeps, held, signal),
    openPush: (body) => openPush(body, settings.appSecret),
    fetchMissedPushes: (session, from, to, pageNumber) =>
      fetchMissedPushes(gateway, session, from, to, pageNumber),
    confirmPushes: (session, messageIds) => confirmPushes(gateway, session, messageIds),
    fetchSalesOrderPackages: (session, orderId) => fetchSalesOrderPackages(gateway, session, orderId),
    close: async () => {
      if (deps.http === undefined) await http.close();
    },
  };
}

const account = z.object({ memberId: required(id), companyName: text, shopName: text, loginId: text });

function fetchAccount(gateway: Gateway, session: ShopSession): Promise<{ memberId: string; name: string }> {
  return gateway.read(session, apis.account, {}, (body) => {
    const parsed = account.safeParse(body.result);
    if (!parsed.success) {
      throw new AppError('permanent', `${describeApi(apis.account)}: ${describeIssues(parsed.error)}`);
    }
    const { memberId, companyName, shopName, loginId } = parsed.data;
    return { memberId, name: shopName ?? companyName ?? loginId ?? memberId };
  });
}
