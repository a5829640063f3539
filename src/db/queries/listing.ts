import { type Collection, column } from './collection.ts';
import { everything } from './filter.ts';
import { type PageRows, type Read, readPagesByParent } from './keyset.ts';

/** One offer variant on one channel, mapped to an item. Quantities are in the listing's own unit. */
export interface ListingRow {
  listingId: string;
  shopId: string;
  platform: string;
  productId: string;
  /** Empty for an offer without variants. */
  specId: string;
  skuId: string | null;
  cargoNumber: string | null;
  title: string;
  variantTitle: string | null;
  status: string;
  category: string | null;
  itemId: string;
  packFactor: string;
  isLinked: boolean;
  minOrderQuantity: string | null;
  unitPrice: string | null;
  available: string | null;
  modifiedAt: Date | null;
  observedAt: Date;
  recordedAt: Date;
}

/** What listings can be filtered and sorted by. */
export type ListingField =
  | 'listingId'
  | 'shopId'
  | 'itemId'
  | 'productId'
  | 'specId'
  | 'cargoNumber'
  | 'title'
  | 'status'
  | 'isLinked'
  | 'available';

/** All listings of the organization. */
export const listings: Collection<ListingRow, ListingField> = {
  name: 'listings',
  columns: ({ sql }) => sql`
    g.listing_id as "listingId", g.shop_id as "shopId", h.platform, g.product_id as "productId",
    g.spec_id as "specId", g.sku_id as "skuId", g.cargo_number as "cargoNumber", g.title,
    g.variant_title as "variantTitle", g.status, g.category, g.item_id as "itemId",
    g.pack_factor as "packFactor", g.is_linked as "isLinked", g.min_order_quantity as "minOrderQuantity",
    g.unit_price as "unitPrice", g.available, g.modified_at as "modifiedAt",
    g.observed_at as "observedAt", g.recorded_at as "recordedAt"`,
  from: ({ sql }) => sql`listing g
    join shop h on h.organization_id = g.organization_id and h.shop_id = g.shop_id`,
  fields: {
    listingId: column('g', 'listing_id', 'uuid'),
    shopId: column('g', 'shop_id', 'uuid'),
    itemId: column('g', 'item_id', 'uuid'),
    productId: column('g', 'product_id', 'text'),
    specId: column('g', 'spec_id', 'text'),
    cargoNumber: column('g', 'cargo_number', 'text', true),
    title: column('g', 'title', 'text'),
    status: column('g', 'status', 'text'),
    isLinked: column('g', 'is_linked', 'boolean'),
    available: column('g', 'available', 'numeric', true),
  },
  key: ['listingId'],
};

/** The first listings of some items in one statement, at most 100 each, by product. Reads `listing` and `shop`. */
export function readListingsOfItems(itemIds: readonly string[]): Read<PageRows<ListingRow>[]> {
  return readPagesByParent(
    listings,
    { fields: ['itemId'], tuples: itemIds.map((itemId) => [itemId]) },
    {
      condition: everything,
      sort: [{ field: 'productId', isDescending: false, areNullsFirst: false }],
      limit: 100,
      isBackward: false,
      boundary: null,
    },
  );
}
