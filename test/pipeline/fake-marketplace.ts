import type {
  Capability,
  InboundShipmentObservation,
  ListingObservation,
  MarketplaceConnector,
  Observation,
  ObservationPage,
  PageRequest,
  SalesOrderObservation,
  ShopSession,
  StockLevelObservation,
  StockMovementObservation,
  Stream,
  WarehouseObservation,
} from '../../src/connectors/marketplace.ts';
import { AppError } from '../../src/shared/errors.ts';

/** One answer of the marketplace, as it was served. */
export interface Served {
  readonly call: string;
  readonly page: ObservationPage;
}

/**
 * A marketplace in memory that keeps the port's word: pages by an opaque cursor, half-open windows by modification
 * time, totals. Tests change its goods and script its faults.
 */
export class FakeMarketplace implements MarketplaceConnector {
  readonly platform = 'alibaba-1688' as const;
  streams: Stream[] = ['listings', 'sales_orders'];
  windowedStreams: ReadonlySet<Stream> = new Set<Stream>([
    'sales_orders',
    'purchase_orders',
    'stock_movements',
    'inbound_shipments',
  ]);
  pageSize = 2;
  /** True walks from the last page to the first, as an adapter must whose rows leave their window meanwhile. */
  walksBack = false;
  tellsTotals = true;
  readonly listings = new Map<string, ListingObservation>();
  readonly orders = new Map<string, SalesOrderObservation>();
  readonly warehouses: WarehouseObservation[] = [];
  levels: StockLevelObservation[] = [];
  readonly movements: { at: Date; row: StockMovementObservation }[] = [];
  readonly shipments: InboundShipmentObservation[] = [];
  capabilities: Capability[] = [];
  readonly served: Served[] = [];
  readonly requests: PageRequest[] = [];
  /** Called before every page; may throw, wait, or change the goods. */
  beforePage: (request: PageRequest, marketplace: this) => void | Promise<void> = () => {};
  /** Last word on a page. */
  changePage: (request: PageRequest, page: ObservationPage) => ObservationPage = (_request, page) => page;

  list(productId: string, available: number, more: Partial<ListingObservation> = {}): void {
    const listing: ListingObservation = {
      kind: 'listing',
      productId,
      specId: null,
      skuId: null,
      cargoNumber: null,
      title: `product ${productId}`,
      variantTitle: null,
      status: 'published',
      categoryId: null,
      categoryName: null,
      unit: '件',
      imageUrl: null,
      unitPriceYuan: '10',
      minOrderQuantity: '1',
      available: String(available),
      modifiedAt: null,
      ...more,
    };
    this.listings.set(`${productId}/${listing.specId ?? ''}`, listing);
  }

  order(
    orderId: string,
    at: Date,
    productId: string,
    quantity: number,
    more: Partial<SalesOrderObservation> = {},
  ): void {
    this.orders.set(orderId, {
      kind: 'sales_order',
      orderId,
      status: 'waitsellersend',
      createdAt: at,
      paidAt: at,
      modifiedAt: at,
      shippedAt: null,
      completedAt: null,
      closeReason: null,
      refundStatus: null,
      totalAmountYuan: null,
      lines: [
        {
          lineId: `${orderId}-1`,
          productId,
          specId: null,
          skuId: null,
          cargoNumber: null,
          title: null,
          quantity: String(quantity),
          unitPriceYuan: '10',
          status: null,
          refundStatus: null,
        },
      ],
      ...more,
    });
  }

  async fetchAccount(): Promise<{ memberId: string; name: string }> {
    return { memberId: 'member', name: 'shop' };
  }

  async probeCapabilities(): Promise<Capability[]> {
    return this.capabilities;
  }

  async fetchPage(session: ShopSession, request: PageRequest): Promise<ObservationPage> {
    await session.budget.take(session.signal);
    this.requests.push(request);
    await this.beforePage(request, this);
    const rows = this.rowsOf(request);
    const at = request.cursor === null ? null : Number(request.cursor.slice('at:'.length));
    if (Number.isNaN(at)) throw new AppError('permanent', 'not a cursor of ours');
    const start = this.walksBack ? Math.max((at ?? rows.length) - this.pageSize, 0) : (at ?? 0);
    const end = this.walksBack ? (at ?? rows.length) : start + this.pageSize;
    const next = this.walksBack ? start : end;
    const hasNext = this.walksBack ? start > 0 : end < rows.length;
    const page = this.changePage(request, {
      observations: rows.slice(start, end),
      rejected: [],
      nextCursor: hasNext ? `at:${next}` : null,
      totalRows: this.tellsTotals ? rows.length : null,
    });
    this.served.push({ call: request.stream, page });
    return page;
  }

  async fetchListings(session: ShopSession, productIds: readonly string[]): Promise<ObservationPage> {
    await session.budget.take(session.signal);
    const observations = [...this.listings.values()].filter((one) => productIds.includes(one.productId));
    const page = { observations, rejected: [], nextCursor: null, totalRows: null };
    this.served.push({ call: 'fetchListings', page });
    return page;
  }

  async fetchSalesOrder(session: ShopSession, orderId: string): Promise<ObservationPage> {
    await session.budget.take(session.signal);
    const order = this.orders.get(orderId);
    const page = {
      observations: order === undefined ? [] : [order],
      rejected: [],
      nextCursor: null,
      totalRows: null,
    };
    this.served.push({ call: 'fetchSalesOrder', page });
    return page;
  }

  private rowsOf(request: PageRequest): Observation[] {
    const isInWindow = (at: Date) =>
      (request.modifiedFrom === null || at >= request.modifiedFrom) && at < request.modifiedTo;
    switch (request.stream) {
      case 'listings':
        return [...this.listings.values()];
      case 'sales_orders':
        return [...this.orders.values()].filter((one) => isInWindow(one.modifiedAt));
      case 'warehouses':
        return this.warehouses;
      case 'stock_levels':
        return this.levels;
      case 'stock_movements':
        return this.movements.filter((one) => isInWindow(one.at)).map((one) => one.row);
      case 'inbound_shipments':
      case 'purchase_orders':
        return this.shipments.filter((one) => isInWindow(one.modifiedAt));
    }
  }
}
