/** A listing that no item stands behind yet. */
export interface UnlinkedListing {
  readonly productId: string;
  /** Empty for an offer without variants. */
  readonly specId: string;
  /** The merchant's own article number; a label, may be null, may repeat. */
  readonly cargoNumber: string | null;
}

/**
 * The article number under which a new listing looks for its item, or makes it.
 *
 * The merchant's own number where it is unique in the shop: an item of that number is then taken as the same goods,
 * which is only a suggestion until somebody links it. A number that another listing of the shop bears already says
 * nothing about the goods, so the platform's ids are used instead.
 *
 * @param isNumberTaken - whether another listing of the same shop sells under this article number
 * @returns never empty
 * @example chooseSku({ productId: '584', specId: 'b26', cargoNumber: ' 666-WHITE ' }, () => false) // '666-WHITE'
 * @example chooseSku({ productId: '584', specId: 'b26', cargoNumber: null }, () => false) // '584-b26'
 */
export function chooseSku(listing: UnlinkedListing, isNumberTaken: (sku: string) => boolean): string {
  const number = listing.cargoNumber?.trim() ?? '';
  if (number !== '' && !isNumberTaken(number)) return number;
  return listing.specId === '' ? listing.productId : `${listing.productId}-${listing.specId}`;
}
