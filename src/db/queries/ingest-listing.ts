import { randomUUID } from 'node:crypto';
import { Decimal } from '../../shared/decimal.ts';
import type { ItemId, ShopId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { WriteContext } from './ingest-place.ts';

/** A listing that is stored already. */
export interface KnownListing {
  readonly productId: string;
  readonly specId: string;
  readonly itemId: ItemId;
  readonly status: string;
}

/** An item that a new listing may be linked to, found by its article number. */
export interface SkuHolder {
  readonly itemId: ItemId;
  /** True when another listing of the same shop sells it already. */
  readonly isSoldByShop: boolean;
}

/** A listing to be stored. Decimal texts; `specId` empty for an offer without variants. */
export interface ListingWrite {
  readonly productId: string;
  readonly specId: string;
  readonly skuId: string | null;
  readonly cargoNumber: string | null;
  readonly title: string;
  readonly variantTitle: string | null;
  readonly status: string;
  readonly category: string | null;
  readonly unit: string | null;
  readonly imageUrl: string | null;
  readonly itemId: ItemId;
  readonly minOrderQuantity: string | null;
  readonly unitPrice: string | null;
  readonly available: string | null;
  readonly modifiedAt: Date | null;
}

/** The stored listings among these. Reads `listing`. */
export async function findListings(
  sql: Sql,
  shopId: ShopId,
  keys: readonly { readonly productId: string; readonly specId: string }[],
): Promise<KnownListing[]> {
  return await sql<KnownListing[]>`
    select g.product_id as "productId", g.spec_id as "specId", g.item_id as "itemId", g.status
    from unnest(${keys.map((key) => key.productId)}::text[], ${keys.map((key) => key.specId)}::text[])
      as k(product_id, spec_id)
    join listing g on g.shop_id = ${shopId} and g.product_id = k.product_id and g.spec_id = k.spec_id`;
}

/** Items that bear one of these article numbers. Reads `item` and `listing`. */
export async function findSkuHolders(
  sql: Sql,
  shopId: ShopId,
  skus: readonly string[],
): Promise<Map<string, SkuHolder>> {
  const rows = await sql<(SkuHolder & { sku: string })[]>`
    select i.sku, i.item_id as "itemId",
           exists (select from listing g where g.item_id = i.item_id and g.shop_id = ${shopId}) as "isSoldByShop"
    from item i where i.sku = any (${[...skus]}::text[])`;
  return new Map(rows.map((row) => [row.sku, row]));
}

/**
 * Stores listings as the channel shows them now. An older reading never overwrites a newer one; the item of a known
 * listing stays. Writes `listing` where something differs, or once an hour to show that it was seen. Run twice: the
 * second time writes nothing.
 *
 * @returns how many rows were written
 */
export async function saveListings(
  sql: Sql,
  context: WriteContext,
  listings: readonly ListingWrite[],
): Promise<number> {
  const text = (pick: (listing: ListingWrite) => string | null): (string | null)[] => listings.map(pick);
  const result = await sql`
    insert into listing as l (
      organization_id, listing_id, shop_id, product_id, spec_id, sku_id, cargo_number, title, variant_title, status,
      category, item_id, min_order_quantity, unit_price, available, modified_at, observed_at, recorded_at)
    select ${context.organizationId}, g.listing_id, ${context.shopId}, g.product_id, g.spec_id, g.sku_id,
           g.cargo_number, g.title, g.variant_title, g.status, g.category, g.item_id, g.min_order_quantity,
           g.unit_price, g.available, g.modified_at, ${context.observedAt}, ${context.recordedAt}
    from unnest(${text(() => randomUUID())}::text[]::uuid[], ${text((l) => l.productId)}::text[],
                ${text((l) => l.specId)}::text[], ${text((l) => l.skuId)}::text[],
                ${text((l) => l.cargoNumber)}::text[], ${text((l) => l.title)}::text[],
                ${text((l) => l.variantTitle)}::text[], ${text((l) => l.status)}::text[],
                ${text((l) => l.category)}::text[], ${text((l) => l.itemId)}::text[]::uuid[],
                ${text((l) => l.minOrderQuantity)}::text[]::numeric[], ${text((l) => l.unitPrice)}::text[]::numeric[],
                ${text((l) => l.available)}::text[]::numeric[],
                ${text((l) => l.modifiedAt?.toISOString() ?? null)}::text[]::timestamptz[])
      as g(listing_id, product_id, spec_id, sku_id, cargo_number, title, variant_title, status, category, item_id,
           min_order_quantity, unit_price, available, modified_at)
    on conflict (organization_id, shop_id, product_id, spec_id) do update
    set sku_id = excluded.sku_id, cargo_number = excluded.cargo_number, title = excluded.title,
        variant_title = excluded.variant_title, status = excluded.status, category = excluded.category,
        min_order_quantity = excluded.min_order_quantity, unit_price = excluded.unit_price,
        available = excluded.available, modified_at = excluded.modified_at, observed_at = excluded.observed_at,
        recorded_at = excluded.recorded_at
    where l.observed_at < excluded.observed_at
      and (l.observed_at < excluded.observed_at - interval '1 hour'
        or (l.sku_id, l.cargo_number, l.title, l.variant_title, l.status, l.category, l.min_order_quantity,
            l.unit_price, l.available, l.modified_at)
          is distinct from
           (excluded.sku_id, excluded.cargo_number, excluded.title, excluded.variant_title, excluded.status,
            excluded.category, excluded.min_order_quantity, excluded.unit_price, excluded.available,
            excluded.modified_at))`;
  return result.count;
}

/**
 * Lets items show what their listing shows: title, picture, category, unit, price of one unit. Of several listings
 * the first by shop, product and variant speaks for the item, so that it does not change with the order of reading.
 * Locks the changed items in key order, but not their keys: rows that refer to them are written meanwhile. Writes
 * `item` where something differs.
 */
export async function describeItems(
  sql: Sql,
  context: WriteContext,
  listings: readonly ListingWrite[],
): Promise<void> {
  const text = (pick: (listing: ListingWrite) => string | null): (string | null)[] => listings.map(pick);
  await sql`
    with given as (
      select k.*, first.unit_price / first.pack_factor as item_price
      from unnest(${text((l) => l.productId)}::text[], ${text((l) => l.specId)}::text[],
                  ${text((l) => l.itemId)}::text[]::uuid[],
                  ${text((l) => (l.variantTitle === null ? l.title : `${l.title} ${l.variantTitle}`))}::text[],
                  ${text((l) => l.imageUrl)}::text[], ${text((l) => l.category)}::text[], ${text((l) => l.unit)}::text[])
        as k(product_id, spec_id, item_id, title, image_url, category, unit)
      cross join lateral (
        select g.shop_id, g.product_id, g.spec_id, g.unit_price, g.pack_factor from listing g
        where g.item_id = k.item_id order by g.shop_id, g.product_id, g.spec_id limit 1
      ) first
      where first.shop_id = ${context.shopId} and first.product_id = k.product_id and first.spec_id = k.spec_id
    ), changed as (
      select i.item_id, g.title, g.image_url, g.category, g.unit, g.item_price
      from item i join given g using (item_id)
      where (i.title, i.image_url, i.category, i.unit_code, i.unit_price) is distinct from
            (g.title, coalesce(g.image_url, i.image_url), coalesce(g.category, i.category),
             coalesce(g.unit, i.unit_code), coalesce(g.item_price, i.unit_price))
      order by i.item_id
      for no key update of i
    )
    update item i
    set title = c.title, image_url = coalesce(c.image_url, i.image_url), category = coalesce(c.category, i.category),
        unit_code = coalesce(c.unit, i.unit_code), unit_price = coalesce(c.item_price, i.unit_price),
        observed_at = ${context.observedAt}, recorded_at = ${context.recordedAt}
    from changed c where i.item_id = c.item_id`;
}

/**
 * What the pool of a shop holds of items: the sum over the shop's listings of available × pack factor. Offers that
 * are gone count zero; an item none of whose listings is tracked is missing. Reads `listing`.
 */
export async function loadPoolQuantities(
  sql: Sql,
  shopId: ShopId,
  itemIds: readonly ItemId[],
  goneStatuses: readonly string[],
): Promise<Map<ItemId, Decimal>> {
  const rows = await sql<{ item_id: ItemId; available: string }[]>`
    select g.item_id, sum(case when gone.yes then 0 else g.available * g.pack_factor end) as available
    from listing g
    cross join lateral (select lower(trim(g.status)) = any (${[...goneStatuses]}::text[]) as yes) gone
    where g.shop_id = ${shopId} and g.item_id = any (${[...new Set(itemIds)]}::text[]::uuid[])
      and (g.available is not null or gone.yes)
    group by g.item_id`;
  return new Map(rows.map((row) => [row.item_id, new Decimal(row.available)]));
}

/**
 * Gives order lines and inbound lines their item, now that listings or items are known. Writes `sales_order_line`
 * and `inbound_shipment_line` where the item was missing. Run twice: the second time writes nothing.
 *
 * @returns the orders whose lines got an item: their demand must be counted
 */
export async function resolveLines(
  sql: Sql,
  shopId: ShopId,
  keys: readonly { readonly productId: string; readonly specId: string }[],
): Promise<string[]> {
  if (keys.length === 0) return [];
  const wanted = sql`unnest(${keys.map((key) => key.productId)}::text[], ${keys.map((key) => key.specId)}::text[])
      as k(product_id, spec_id)
    join listing g on g.product_id = k.product_id and g.spec_id = k.spec_id`;
  const rows = await sql<{ order_id: string }[]>`
    update sales_order_line line
    set item_id = g.item_id, item_units = line.quantity * g.pack_factor
    from ${wanted} and g.shop_id = ${shopId}
    where line.shop_id = ${shopId} and line.product_id = g.product_id and line.spec_id = g.spec_id
      and line.item_id is null
    returning line.order_id`;
  // In key order, as a page of shipments writes them: they belong to no shop, so its lease does not part the two.
  await sql`
    with waiting as (
      select line.organization_id, line.inbound_shipment_id, line.line_id, g.item_id
      from ${wanted}
      join inbound_shipment_line line
        on line.product_id = g.product_id and coalesce(line.spec_id, '') = g.spec_id and line.item_id is null
      order by line.inbound_shipment_id, line.line_id
      for no key update of line
    )
    update inbound_shipment_line line set item_id = w.item_id
    from waiting w
    where line.organization_id = w.organization_id and line.inbound_shipment_id = w.inbound_shipment_id
      and line.line_id = w.line_id`;
  return [...new Set(rows.map((row) => row.order_id))];
}
