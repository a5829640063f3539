import type {
  MarketplaceConnector,
  Observation,
  ObservationPage,
  PageRequest,
  ShopSession,
  Stream,
} from '../../src/connectors/marketplace.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { GatewayOrder } from './gateway.ts';

interface Answer {
  rows: unknown[];
  next: number | null;
  total: number;
}

/** The adapter of the fault gateway for one shop. */
export function createGatewayConnector(baseUrl: string, shopId: string): MarketplaceConnector {
  const ask = async (session: ShopSession, what: string, query: Record<string, string>): Promise<Answer> => {
    await session.budget.take(session.signal);
    try {
      const answer = await fetch(`${baseUrl}/${shopId}/${what}?${new URLSearchParams(query)}`, {
        signal: session.signal,
      });
      return (await answer.json()) as Answer;
    } catch (cause) {
      throw new AppError('transient', 'the gateway did not answer', { cause });
    }
  };
  const toPage = (answer: Answer, toObservation: (row: never) => Observation): ObservationPage => ({
    observations: (answer.rows as never[]).map(toObservation),
    rejected: [],
    nextCursor: answer.next === null ? null : String(answer.next),
    totalRows: answer.total,
  });
  return {
    platform: 'alibaba-1688',
    streams: ['listings', 'sales_orders'],
    windowedStreams: new Set<Stream>(['sales_orders']),
    fetchAccount: async () => ({ memberId: shopId, name: shopId }),
    probeCapabilities: async () => [],
    async fetchPage(session, request) {
      const query = queryOf(request);
      return request.stream === 'listings'
        ? toPage(await ask(session, 'listings', query), toListing)
        : toPage(await ask(session, 'orders', query), toOrder);
    },
    async fetchListings(session, productIds) {
      return toPage(await ask(session, 'listings', { ids: productIds.join() }), toListing);
    },
    async fetchSalesOrder() {
      return { observations: [], rejected: [], nextCursor: null, totalRows: null };
    },
  };
}

function queryOf(request: PageRequest): Record<string, string> {
  return {
    ...(request.cursor === null ? {} : { cursor: request.cursor }),
    ...(request.modifiedFrom === null ? {} : { from: String(request.modifiedFrom.getTime()) }),
    to: String(request.modifiedTo.getTime()),
  };
}

function toListing(row: { productId: string; available: number }): Observation {
  return {
    kind: 'listing',
    productId: row.productId,
    specId: null,
    skuId: null,
    cargoNumber: null,
    title: row.productId,
    variantTitle: null,
    status: 'published',
    categoryId: null,
    categoryName: null,
    unit: null,
    imageUrl: null,
    unitPriceYuan: null,
    minOrderQuantity: null,
    available: String(row.available),
    modifiedAt: null,
  };
}

function toOrder(row: GatewayOrder): Observation {
  return {
    kind: 'sales_order',
    orderId: row.orderId,
    status: row.status,
    createdAt: new Date(row.createdAt),
    paidAt: null,
    modifiedAt: new Date(row.modifiedAt),
    shippedAt: null,
    completedAt: null,
    closeReason: null,
    refundStatus: null,
    totalAmountYuan: null,
    lines: [
      {
        lineId: `${row.orderId}-1`,
        productId: row.productId,
        specId: null,
        skuId: null,
        cargoNumber: null,
        title: null,
        quantity: String(row.quantity),
        unitPriceYuan: null,
        status: null,
        refundStatus: null,
      },
    ],
  };
}
