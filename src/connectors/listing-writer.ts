import type { MarketplaceConnector, ShopSession } from './marketplace.ts';

/**
 * One change of the quantity that a listing offers. INCREMENT adds to what is there and may be negative; ABSOLUTE
 * replaces it, and with it a sale that happened since it was read.
 */
export interface ListedQuantityChange {
  productId: string;
  /** Null for an offer without variants. */
  specId: string | null;
  kind: 'INCREMENT' | 'ABSOLUTE';
  /** Whole units of the listing; an ABSOLUTE one is 0 or more. */
  units: number;
}

/** What an adapter has besides {@link MarketplaceConnector} when its platform takes writes. */
export interface ListingWriter {
  /**
   * Changes the quantity that a listing offers: **one call, never repeated**.
   *
   * @throws AppError `write_uncertain` = nobody knows whether it took effect: read again before anything else. Every
   *   other code = it did not: `throttled`, `authorization_expired`, `permission_missing`, `invalid_input`, `permanent`
   *   with the platform's own code
   */
  changeListedQuantity(session: ShopSession, change: ListedQuantityChange): Promise<void>;
}

/** The writing side of an adapter; null where the platform takes no writes. */
export function toListingWriter(
  connector: MarketplaceConnector & Partial<ListingWriter>,
): ListingWriter | null {
  const { changeListedQuantity } = connector;
  return changeListedQuantity === undefined ? null : { changeListedQuantity };
}
