/** A string that only its own kind of function accepts: two kinds of id cannot be swapped by mistake. */
export type Branded<Kind extends string> = string & { readonly __kind: Kind };

/** An organization (tenant): uuid. */
export type OrganizationId = Branded<'organization'>;
/** A shop connected to a marketplace or a feed: uuid. */
export type ShopId = Branded<'shop'>;
/** An item, one SKU of one organization: uuid. */
export type ItemId = Branded<'item'>;
/** A warehouse or a marketplace pool: uuid. */
export type WarehouseId = Branded<'warehouse'>;
/** A stock alert: uuid. */
export type StockAlertId = Branded<'stock_alert'>;

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is a lower-case uuid, the form in which Postgres prints them. */
export function isUuid(text: string): boolean {
  return uuidPattern.test(text);
}

/**
 * Gives a checked uuid its kind.
 *
 * @throws Error if the text is no lower-case uuid: an id is checked at the edge, so this is a programming error
 */
export function brandId<Id extends Branded<string>>(text: string): Id {
  if (!isUuid(text)) throw new Error('not a uuid');
  return text as Id;
}
