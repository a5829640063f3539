/**
 * What a simulated shop's world holds. Every fact carries the instant from which it is true, so that any
 * question "as of t" has one answer; readers never look past the instant they ask for. All instants are
 * milliseconds since 1970 of business time.
 */

/** A warehouse of the merchant. */
export interface WorldWarehouse {
  code: string;
  name: string;
  timeZone: string;
  latitude: number | null;
  longitude: number | null;
}

/** A quantity that changes at instants: `value[i]` holds from `at[i]` on. */
export interface StepSeries {
  at: number[];
  value: number[];
}

/** One variant of an offer: one SKU of the merchant. */
export interface WorldVariant {
  /** The merchant's own article number; the warehouse system's SKU. */
  sku: string;
  /** Null for an offer without variants. */
  specId: string | null;
  skuId: string | null;
  attributes: { name: string; value: string }[];
  priceYuan: number;
  /** Quantity for sale on the channel. */
  pool: StepSeries;
}

/** An offer of the shop. */
export interface WorldOffer {
  productId: string;
  subject: string;
  categoryId: number;
  categoryName: string;
  unit: string;
  minOrderQuantity: number;
  cargoNumber: string;
  listedAt: number;
  /** Null = still listed as far as the world is known. */
  delistedAt: number | null;
  /** False: the platform leaves the modified time alone when only the stock moves. */
  modifiedMovesWithStock: boolean;
  variants: WorldVariant[];
}

/** Stock of one SKU in one warehouse over time. `available` = onHand − reserved − damaged, never below 0. */
export interface WorldCell {
  warehouse: number;
  sku: string;
  title: string;
  at: number[];
  onHand: number[];
  reserved: number[];
  damaged: number[];
  /** Units of shipments that the warehouse system itself knows to be under way. */
  incoming: number[];
}

/** Goods that moved. The list of a world is in order of time. */
export interface WorldMovement {
  id: string;
  at: number;
  warehouse: number;
  sku: string;
  kind: 'SHIPPED' | 'RECEIVED' | 'RETURNED' | 'ADJUSTED_UP' | 'ADJUSTED_DOWN';
  quantity: number;
  reference: string | null;
}

/** A line of a customer's order. */
export interface WorldOrderLine {
  id: string;
  /** Null for a line that is not about goods of the catalog: it travels without a product id. */
  offer: number | null;
  variant: number;
  quantity: number;
  /** Null: the line travels without a price. */
  priceYuan: number | null;
  name: string;
  cargoNumber: string;
  /** From which warehouse it ships; null when it never does. */
  warehouse: number | null;
}

/** A step in the life of an order. */
export type WorldOrderChange =
  | { at: number; kind: 'created' | 'paid' | 'shipped' | 'signed' | 'completed' | 'refund_requested' }
  | { at: number; kind: 'closed'; reason: 'buyerCancel' | 'sellerGoodsLack' | 'other' }
  | { at: number; kind: 'refunded'; line: number | null; amountYuan: number };

/** A customer's order; `changes` in order of time, the first one is `created`. */
export interface WorldOrder {
  id: string;
  number: number;
  createdAt: number;
  buyer: number;
  lines: WorldOrderLine[];
  changes: WorldOrderChange[];
}

/** A line of a purchase. */
export interface WorldShipmentLine {
  id: string;
  sku: string;
  title: string;
  quantity: number;
  /** Units that will have arrived at `receivedAt`; sometimes short. */
  receivedQuantity: number;
  priceYuan: number;
}

/** Goods that the merchant bought, on their way to one warehouse. */
export interface WorldShipment {
  id: string;
  /** Which of the two sources shows it: never both, so that nothing counts twice. */
  shownBy: 'wms-feed' | '1688';
  warehouse: number;
  supplierName: string;
  orderedAt: number;
  shippedAt: number;
  /** What the supplier promised; the truth is `receivedAt`. */
  expectedAt: number;
  receivedAt: number;
  lines: WorldShipmentLine[];
}

/** Where an order's change happened, for push messages; the list of a world is in order of time. */
export interface WorldHappening {
  at: number;
  order: WorldOrder;
  change: WorldOrderChange;
}

/**
 * One merchant's world. Lists only grow; after `advanceTo(t)` everything up to t is there, and nothing that
 * was there changes.
 */
export interface World {
  /** First instant of history. */
  readonly historyFrom: number;
  /** First instant that is played live. */
  readonly startAt: number;
  /** After this instant nothing happens any more; null = never ends. */
  readonly endsAt: number | null;
  readonly warehouses: readonly WorldWarehouse[];
  readonly offers: readonly WorldOffer[];
  readonly cells: readonly WorldCell[];
  readonly movements: readonly WorldMovement[];
  readonly orders: readonly WorldOrder[];
  readonly shipments: readonly WorldShipment[];
  readonly happenings: readonly WorldHappening[];
  /** Makes sure that everything up to this instant has happened. Cheap when it has. */
  advanceTo(at: number): void;
}
