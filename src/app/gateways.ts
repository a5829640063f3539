import type { Config } from '../config.ts';
import {
  type Alibaba1688Connector,
  createAlibaba1688Connector,
} from '../connectors/alibaba-1688/connector.ts';
import { createHttpClient, type HttpClient } from '../connectors/http.ts';
import type { MarketplaceConnector, TokenSet } from '../connectors/marketplace.ts';
import { createWmsFeedConnector } from '../connectors/wms-feed/connector.ts';
import { defaultWmsFeedSettings } from '../connectors/wms-feed/settings.ts';
import { AppError } from '../shared/errors.ts';
import type { OrganizationId } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import type { Clock } from '../shared/time.ts';
import { demoOrganizationId, sandboxApp } from './demo.ts';

/** What decides which adapter speaks for a shop. */
interface ShopAddress {
  readonly organizationId: OrganizationId;
  readonly platform: string;
  /** Null = the platform's address from the configuration. */
  readonly endpointUrl: string | null;
}

/** The adapters of this process, made when first needed. */
export interface Gateways {
  /** @throws AppError `invalid_configuration` when the platform is not set up here */
  connectorFor(shop: ShopAddress): MarketplaceConnector;
  /** The 1688 adapter for a shop. @throws AppError `invalid_configuration` */
  alibaba1688For(shop: Omit<ShopAddress, 'platform'>): Alibaba1688Connector;
  /** New tokens for old ones. @throws AppError `authorization_expired` when the platform refuses for good */
  refreshTokens(shop: ShopAddress, held: TokenSet): Promise<TokenSet>;
  /** Key of the call budget that all shops of one app share; for feeds, all of one organization at one host. */
  budgetKeyOf(shop: ShopAddress): string;
  close(): Promise<void>;
}

/** A refresh that takes longer is given up, ms; the platform usually answers within one second. */
const refreshMsMax = 30_000;

/** Makes the adapters that the configuration allows. */
export function createGateways(
  config: Pick<Config, 'alibaba1688' | 'wmsFeed'>,
  clock: Clock,
  log: Log,
): Gateways {
  /** Of apps there are as many as the configuration names, and the sandbox's. */
  const apps = new Map<string, Alibaba1688Connector>();
  /**
   * Addresses of feeds come from users, who may connect another one every day: their adapters are made anew each time
   * and share connections, which end when nobody uses them.
   */
  const feedClients = new Map<boolean, HttpClient>();
  const isDemo = (shop: { organizationId: OrganizationId }) => shop.organizationId === demoOrganizationId;

  const alibaba1688For = (shop: Omit<ShopAddress, 'platform'>): Alibaba1688Connector => {
    const app = appOf(shop);
    const key = `${app.gatewayUrl} ${app.appKey}`;
    const known = apps.get(key);
    if (known !== undefined) return known;
    const connector = createAlibaba1688Connector(
      { ...app, sellerOrderApi: config.alibaba1688.sellerOrderApi },
      { clock, log },
    );
    apps.set(key, connector);
    return connector;
  };
  const feedClientFor = (publicOnly: boolean): HttpClient => {
    const { timeoutMs, maxBodyBytes } = defaultWmsFeedSettings;
    const http = feedClients.get(publicOnly) ?? createHttpClient({ timeoutMs, maxBodyBytes, publicOnly });
    feedClients.set(publicOnly, http);
    return http;
  };
  const assertSandbox = () => {
    if (config.alibaba1688.appKey === null) return;
    throw new AppError(
      'invalid_configuration',
      'this shop was played by the sandbox, which is off while a 1688 gateway is set up',
    );
  };
  const appOf = (shop: Omit<ShopAddress, 'platform'>) => {
    if (isDemo(shop) && shop.endpointUrl !== null) {
      assertSandbox();
      return { gatewayUrl: shop.endpointUrl, ...sandboxApp };
    }
    const { gatewayUrl, appKey, appSecret } = config.alibaba1688;
    if (appKey === null || appSecret === null) {
      throw new AppError(
        'invalid_configuration',
        'set ALIBABA_1688_APP_KEY and ALIBABA_1688_APP_SECRET to read 1688 shops',
      );
    }
    return { gatewayUrl, appKey, appSecret };
  };
  const feedFor = (shop: ShopAddress): MarketplaceConnector => {
    if (isDemo(shop) && shop.endpointUrl !== null) assertSandbox();
    const baseUrl = shop.endpointUrl ?? config.wmsFeed?.url;
    if (baseUrl === undefined) {
      throw new AppError(
        'invalid_configuration',
        'the feed has no address: connect it with one, or set WMS_FEED_URL',
      );
    }
    // An address that a user typed may only lead to the public internet.
    const isUserChosen = shop.endpointUrl !== null && !isDemo(shop);
    return createWmsFeedConnector(
      { baseUrl, isUserChosen },
      { clock, log, http: feedClientFor(isUserChosen) },
    );
  };

  return {
    alibaba1688For,
    connectorFor(shop) {
      if (shop.platform === 'alibaba-1688') return alibaba1688For(shop);
      if (shop.platform === 'wms-feed') return feedFor(shop);
      throw new AppError('invalid_configuration', `there is no adapter for the platform ${shop.platform}`);
    },
    refreshTokens(shop, held) {
      if (shop.platform !== 'alibaba-1688') {
        return Promise.reject(
          new AppError(
            'authorization_expired',
            'the token of the feed was refused; connect it again with a new one',
          ),
        );
      }
      return alibaba1688For(shop).refreshTokens(held, AbortSignal.timeout(refreshMsMax));
    },
    budgetKeyOf(shop) {
      if (shop.platform === 'alibaba-1688') return `app:alibaba-1688:${appOf(shop).appKey}`;
      // A feed that asks for a pause speaks for itself: feeds of others, elsewhere, go on.
      const host = URL.parse(shop.endpointUrl ?? config.wmsFeed?.url ?? '')?.host ?? '';
      return `app:${shop.platform}:${shop.organizationId}:${host}`;
    },
    async close() {
      await Promise.all([...apps.values(), ...feedClients.values()].map((each) => each.close()));
    },
  };
}
