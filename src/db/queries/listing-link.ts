import type { ItemId, ShopId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { LevelKey } from './ingest-level.ts';

/** A listing as it was before it was linked anew. */
export interface LinkedListing {
  readonly shopId: ShopId;
  /** The item it sold before. */
  readonly formerItemId: ItemId;
  /** The pool of its shop; null = no level was ever read for it. */
  readonly poolId: WarehouseId | null;
}

/**
 * Links a listing to an item, for good. Locks and writes `listing`, gives the lines of its orders the new item and
 * units. Run twice: the same rows.
 *
 * @param packFactor - units of the item in one unit of the listing, decimal text above 0
 * @returns null when there is no such listing
 */
export async function linkListing(
  sql: Sql,
  listingId: string,
  itemId: ItemId,
  packFactor: string,
  at: Date,
): Promise<LinkedListing | null> {
  const rows = await sql<LinkedListing[]>`
    with former as (
      select g.organization_id, g.listing_id, g.shop_id, g.item_id from listing g
      where g.listing_id = ${listingId} for update
    ), linked as (
      update listing g set item_id = ${itemId}, pack_factor = ${packFactor}::text::numeric, is_linked = true,
        recorded_at = ${at}
      from former f where g.organization_id = f.organization_id and g.listing_id = f.listing_id
      returning g.product_id, g.spec_id, g.shop_id
    ), lines as (
      update sales_order_line line set item_id = ${itemId}, item_units = line.quantity * ${packFactor}::text::numeric,
        recorded_at = ${at}
      from linked k
      where line.shop_id = k.shop_id and line.product_id = k.product_id and line.spec_id = k.spec_id
    )
    select f.shop_id as "shopId", f.item_id as "formerItemId", w.warehouse_id as "poolId"
    from former f
    left join warehouse w on w.organization_id = f.organization_id and w.shop_id = f.shop_id
      and w.kind = 'MARKETPLACE_POOL'`;
  return rows[0] ?? null;
}

/**
 * Stops watching the pool level of an item that a shop no longer sells: no alert may stand on a listing that moved
 * away. Writes `stock_level`. Run twice: the second time changes nothing.
 *
 * @returns the levels whose watching ended
 */
export async function forgetUnsold(
  sql: Sql,
  shopId: ShopId,
  poolId: WarehouseId,
  itemId: ItemId,
): Promise<LevelKey[]> {
  return await sql<LevelKey[]>`
    update stock_level l set is_watched = false
    where l.item_id = ${itemId} and l.warehouse_id = ${poolId} and l.is_watched
      and not exists (select from listing g where g.item_id = l.item_id and g.shop_id = ${shopId})
    returning l.item_id as "itemId", l.warehouse_id as "warehouseId"`;
}
