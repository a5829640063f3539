/**
 * The port through which stock, orders and shipments come in: one adapter per platform
 * (`alibaba-1688`, `wms-feed`), each knowing its own wire and nothing of the database.
 * All ids are text, exact to the digit; all quantities and amounts are decimal text.
 */

/** The platforms that have an adapter. */
export type Platform = 'alibaba-1688' | 'wms-feed';

/**
 * What can be read page by page.
 * - `listings`: offers and their variants with the quantity for sale (1688: product list and detail)
 * - `sales_orders`: orders of the shop's customers, by modification time
 * - `purchase_orders`: orders the merchant placed as a buyer, with their logistics: inbound shipments
 * - `warehouses`, `stock_levels`, `stock_movements`, `inbound_shipments`: what a warehouse system offers
 */
export type Stream =
  | 'listings'
  | 'sales_orders'
  | 'purchase_orders'
  | 'warehouses'
  | 'stock_levels'
  | 'stock_movements'
  | 'inbound_shipments';

/** One API of a platform and whether this shop's app may call it; shown to the user as probed. */
export interface Capability {
  /** The platform's own name, such as `com.alibaba.product:alibaba.product.list.get-1`. */
  api: string;
  /** The stream that needs it; null when it serves something else (account, push replay). */
  stream: Stream | null;
  state: 'AVAILABLE' | 'DENIED' | 'UNKNOWN';
  /** The platform's own code when not available (`gw.APIACLDecline`); null when available. */
  code: string | null;
}

/** One variant of an offer as the channel shows it. An offer without variants has one listing with no `specId`. */
export interface ListingObservation {
  kind: 'listing';
  productId: string;
  /** Unique inside the product only; null for an offer without variants. */
  specId: string | null;
  skuId: string | null;
  /** The merchant's own article number: a label, may be null, may repeat. */
  cargoNumber: string | null;
  title: string;
  /** Text of the variant's attributes (`白色 / XL`); null when there is none. */
  variantTitle: string | null;
  /** The platform's own status word (`published`, `expired`, …). */
  status: string;
  categoryId: string | null;
  categoryName: string | null;
  unit: string | null;
  imageUrl: string | null;
  /** Price in yuan; null when the platform does not say. */
  unitPriceYuan: string | null;
  /** Least quantity a buyer must order; null when unknown. */
  minOrderQuantity: string | null;
  /** Quantity for sale now, in the listing's own unit (packs); null when the platform does not track it. */
  available: string | null;
  modifiedAt: Date | null;
}

/** A line of an order of a customer. */
export interface SalesOrderLineObservation {
  lineId: string;
  productId: string;
  specId: string | null;
  skuId: string | null;
  cargoNumber: string | null;
  title: string | null;
  quantity: string;
  unitPriceYuan: string | null;
  /** The platform's own words. */
  status: string | null;
  refundStatus: string | null;
}

/** An order of a customer, whole, as the platform shows it now. */
export interface SalesOrderObservation {
  kind: 'sales_order';
  orderId: string;
  /** The platform's own status word (`waitbuyerpay`, `waitsellersend`, …, `cancel`, `terminated`). */
  status: string;
  createdAt: Date;
  paidAt: Date | null;
  modifiedAt: Date;
  /** When everything was handed to the carrier. */
  shippedAt: Date | null;
  completedAt: Date | null;
  /** `buyerCancel`, `sellerGoodsLack` or `other` on 1688; null while open. */
  closeReason: string | null;
  refundStatus: string | null;
  totalAmountYuan: string | null;
  lines: SalesOrderLineObservation[];
}

/** A line of goods on their way to us. Goods are named by listing or by our own SKU, whichever the source knows. */
export interface InboundShipmentLineObservation {
  lineId: string;
  productId: string | null;
  specId: string | null;
  cargoNumber: string | null;
  sku: string | null;
  title: string | null;
  quantity: string;
  /** What of it has arrived; null when the source does not say. */
  receivedQuantity: string | null;
}

/** Goods on their way to the merchant. */
export interface InboundShipmentObservation {
  kind: 'inbound_shipment';
  shipmentId: string;
  /** Where they go; null when the source does not say. */
  warehouseCode: string | null;
  supplierName: string | null;
  status: 'ORDERED' | 'SHIPPED' | 'RECEIVED' | 'CANCELLED';
  orderedAt: Date | null;
  shippedAt: Date | null;
  expectedAt: Date | null;
  receivedAt: Date | null;
  modifiedAt: Date;
  lines: InboundShipmentLineObservation[];
}

/** A place with stock, as a warehouse system describes it. */
export interface WarehouseObservation {
  kind: 'warehouse';
  code: string;
  name: string;
  /** IANA name; null when the source does not say (then Asia/Shanghai). */
  timeZone: string | null;
  latitude: number | null;
  longitude: number | null;
}

/** The quantities of one item in one physical warehouse. Null = the source does not report it. */
export interface StockLevelObservation {
  kind: 'stock_level';
  warehouseCode: string;
  /** The merchant's own article number. */
  sku: string;
  title: string | null;
  onHand: string | null;
  reserved: string | null;
  damaged: string | null;
  incoming: string | null;
  /** Given, or onHand − reserved − damaged. */
  available: string;
  /** When it was true at the source. */
  observedAt: Date;
}

/** Goods that moved in one warehouse. `quantity` is positive; the kind tells the direction. */
export interface StockMovementObservation {
  kind: 'stock_movement';
  movementId: string;
  warehouseCode: string;
  sku: string;
  movement:
    | 'SHIPPED'
    | 'RECEIVED'
    | 'RETURNED'
    | 'TRANSFERRED_IN'
    | 'TRANSFERRED_OUT'
    | 'ADJUSTED_UP'
    | 'ADJUSTED_DOWN';
  quantity: string;
  occurredAt: Date;
  /** Order or shipment it belongs to; null when none. */
  reference: string | null;
}

/** Anything a page may hold. */
export type Observation =
  | ListingObservation
  | SalesOrderObservation
  | InboundShipmentObservation
  | WarehouseObservation
  | StockLevelObservation
  | StockMovementObservation;

/** A row that could not be understood: quarantined with its reason while the page goes on. */
export interface RejectedRow {
  /** The row's key as far as it could be read, for the person who looks for it. */
  rowKey: string | null;
  /** What was wrong and where (`skuInfos[2].amountOnSale: expected a number, got "many"`). */
  reason: string;
  /** The row as it came, at most 16 KiB of JSON text, without secrets. */
  raw: string;
}

/** A push message that could not be understood. `memberId` as in {@link PushMessage}; null = not understood either. */
export type RejectedPush = RejectedRow & { memberId: string | null };

/** Which page to read. */
export interface PageRequest {
  stream: Stream;
  /**
   * Rows modified inside [from, to); null `from` = from the beginning. Ignored by streams that are read
   * whole (`listings`, `warehouses`, `stock_levels`).
   */
  modifiedFrom: Date | null;
  modifiedTo: Date;
  /** Null for the first page, else the `nextCursor` of the page before; opaque outside the adapter. */
  cursor: string | null;
}

/** One page; an empty one with a `nextCursor` is possible. Meeting a row twice does no harm. */
export interface ObservationPage {
  observations: Observation[];
  rejected: RejectedRow[];
  /** Null when this was the last page of the pass. */
  nextCursor: string | null;
  /** How many rows the whole pass has, for progress; null when the platform does not say. */
  totalRows: number | null;
}

/** A push message reduced to what it says: "read this again". Order is not guaranteed, duplicates happen. */
export type PushHint =
  | { kind: 'product_changed'; productId: string }
  | { kind: 'order_changed'; orderId: string }
  | { kind: 'authorization_cancelled' };

/** A verified push message. */
export interface PushMessage {
  messageId: string;
  /** The platform's id of the shop owner, by which the shop is found. */
  memberId: string;
  topic: string;
  sentAt: Date | null;
  hints: PushHint[];
}

/** The tokens of one shop. Never logged. */
export interface TokenSet {
  accessToken: string;
  /** Null for fixed tokens of self-use apps. */
  refreshToken: string | null;
  /** Null = does not expire. Real time. */
  accessExpiresAt: Date | null;
  refreshExpiresAt: Date | null;
  /** The platform's id of the shop owner; null when the answer does not say. */
  memberId: string | null;
}

/** Port supplied by the composition root: the shop's tokens, refreshed by one process at a time. */
export interface CredentialSource {
  /** The tokens in force and their version. */
  current(): Promise<{ tokens: TokenSet; version: number }>;
  /**
   * Asks for newer tokens than `usedVersion`. Whoever comes second gets the first one's result.
   * @throws AppError `authorization_expired` when the platform refuses for good
   */
  refresh(usedVersion: number): Promise<{ tokens: TokenSet; version: number }>;
}

/** Port supplied by the composition root: the call budget of app and shop, shared by all workers. */
export interface CallBudget {
  /**
   * Waits until one call may be made.
   * @throws AppError `throttled` when the shop is paused for longer than a short wait
   */
  take(signal: AbortSignal): Promise<void>;
  /** Tells all workers to pause: the platform said so. Null = it did not say for how long. */
  pause(retryAfterMs: number | null): Promise<void>;
}

/** What an adapter needs to speak for one shop. */
export interface ShopSession {
  credentials: CredentialSource;
  budget: CallBudget;
  signal: AbortSignal;
}

/**
 * One platform. Every failure is an AppError: `authorization_expired`, `permission_missing`, `throttled`,
 * `transient` or `permanent`; a single bad row is no failure but a {@link RejectedRow}.
 */
export interface MarketplaceConnector {
  readonly platform: Platform;
  /** The streams this platform can ever offer, in the order in which a first load reads them. */
  readonly streams: readonly Stream[];
  /** Streams read by modification window; the others are read whole, pass after pass. */
  readonly windowedStreams: ReadonlySet<Stream>;
  /** Whose tokens these are. */
  fetchAccount(session: ShopSession): Promise<{ memberId: string; name: string }>;
  /** Calls every API once, cheaply, and says which are allowed. */
  probeCapabilities(session: ShopSession): Promise<Capability[]>;
  /**
   * One page of a pass. Rows that leave a window while it is walked must not hide others: where pages are counted
   * from the front, walk from the last one to the first. What a source's own cursor skips, the daily sweep finds.
   */
  fetchPage(session: ShopSession, request: PageRequest): Promise<ObservationPage>;
  /** Reads these products again, whole; ids unknown to the platform are left out. At most 20 at once. */
  fetchListings(session: ShopSession, productIds: readonly string[]): Promise<ObservationPage>;
  /** Reads one order again; no observation when the platform does not know it. */
  fetchSalesOrder(session: ShopSession, orderId: string): Promise<ObservationPage>;
}
