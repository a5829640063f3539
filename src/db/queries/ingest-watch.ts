import type { ItemId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { LevelKey } from './ingest-level.ts';

/** The platform's words for offers that are gone, as `goneStatuses` lists them. */
export type GoneStatuses = readonly string[];

/**
 * Decides anew which pool levels are watched: only where no physical level of the item exists, and while at least
 * one of the shop's listings of it is for sale. Works both ways.
 *
 * Call it when a level was made, a listing came, went or was linked. Locks the changed pool levels in key order,
 * writes `stock_level`. Run twice: the second time changes nothing.
 *
 * @param goneStatuses - lower case
 * @returns the levels whose flag changed
 */
export async function refreshWatched(
  sql: Sql,
  itemIds: readonly ItemId[],
  goneStatuses: GoneStatuses,
): Promise<LevelKey[]> {
  if (itemIds.length === 0) return [];
  const rows = await sql<{ item_id: ItemId; warehouse_id: WarehouseId }[]>`
    with wanted as (
      select l.item_id, l.warehouse_id,
             not exists (
               select from stock_level o join warehouse p on p.warehouse_id = o.warehouse_id
               where o.item_id = l.item_id and p.kind = 'PHYSICAL'
             ) and not exists (
               select from listing g
               where g.item_id = l.item_id and g.shop_id = w.shop_id
               having count(*) > 0
                 and bool_and(lower(trim(g.status)) = any (${[...goneStatuses]}::text[]))
             ) as is_watched
      from stock_level l
      join warehouse w on w.warehouse_id = l.warehouse_id and w.kind = 'MARKETPLACE_POOL'
      where l.item_id = any (${[...new Set(itemIds)]}::text[]::uuid[])
    ), changed as (
      select l.item_id, l.warehouse_id, n.is_watched
      from stock_level l join wanted n using (item_id, warehouse_id)
      where l.is_watched <> n.is_watched
      order by l.item_id, l.warehouse_id
      for update of l
    )
    update stock_level l set is_watched = c.is_watched
    from changed c
    where l.item_id = c.item_id and l.warehouse_id = c.warehouse_id
    returning l.item_id, l.warehouse_id`;
  return rows.map((row) => ({ itemId: row.item_id, warehouseId: row.warehouse_id }));
}
