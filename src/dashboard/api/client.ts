import { cacheExchange } from '@urql/exchange-graphcache';
import { Client, fetchExchange, subscriptionExchange } from 'urql';
import { createLiveSocket, type LiveSocket } from '../live/live-socket.ts';

/** Parts of other objects: they have no id of their own and are kept with their owner. */
const ownedTypes = [
  'AlertRuleValue',
  'Capability',
  'DemandDay',
  'Explanation',
  'ExplanationCause',
  'ExplanationInput',
  'ExplanationStep',
  'ExternalId',
  'GeoPoint',
  'InboundShipmentLine',
  'HealthScore',
  'Forecast',
  'ForecastPoint',
  'Money',
  'NotificationChannelStatistics',
  'NotificationRecipient',
  'Organization',
  'OverviewDay',
  'PageInfo',
  'PlannedArrival',
  'PolicyValue',
  'PortfolioChange',
  'PortfolioFigures',
  'PortfolioPlan',
  'LevelPlan',
  'Quantiles',
  'RateBudget',
  'ShopStream',
  'Snapshot',
  'StockAlertEvent',
  'StockLevelEvent',
  'StockOverview',
  'StockSeriesPoint',
  'StreamGap',
  'StockOutProbabilityChange',
  'SuggestionGuard',
  'SuspectReading',
  'TotalCount',
  'TransferEnd',
  'Unit',
  'Urgency',
  'UserError',
  'Viewer',
];

const listTypes = [
  'AlertRule',
  'InboundShipment',
  'Item',
  'Listing',
  'NotificationChannel',
  'NotificationDelivery',
  'NotificationRoute',
  'QuarantinedRow',
  'ReplenishmentSuggestion',
  'Shop',
  'Snapshot',
  'StockAlert',
  'StockAlertEvent',
  'StockLevel',
  'SyncRun',
  'TransferSuggestion',
  'Warehouse',
];

const keys = Object.fromEntries(
  [...ownedTypes, ...listTypes.map((name) => `${name}Connection`)].map((name) => [name, () => null]),
);

/** The connection to the API in one language, with one key. */
export interface Api {
  readonly client: Client;
  readonly socket: LiveSocket;
}

/**
 * Makes the client: a normalized cache, plain requests for queries and mutations, one socket for what is live.
 *
 * @param locale - language of the server's texts
 * @param key - null = present none
 */
export function createApi(locale: string, key: string | null): Api {
  const socket = createLiveSocket(locale, key);
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    requestPolicy: 'cache-and-network',
    fetchOptions: () => ({
      headers: { 'accept-language': locale, ...(key === null ? {} : { authorization: `Bearer ${key}` }) },
    }),
    exchanges: [
      cacheExchange({ keys }),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: (sink) => ({
            unsubscribe: socket.client.subscribe(
              { query: query ?? '', variables: variables ?? {} },
              {
                next: (value) => sink.next(value as Parameters<typeof sink.next>[0]),
                error: (error) => sink.error(error),
                complete: () => sink.complete(),
              },
            ),
          }),
        }),
      }),
    ],
  });
  return { client, socket };
}
