import type { OrganizationId, ShopId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';

/**
 * Marks the demand days of orders to be counted again, on the pool of their shop. Lines without an item wait until
 * their listing is known. Reads `sales_order_line` and `warehouse`, writes `demand_dirty`, in the transaction that
 * changed the orders. Run twice: the same marks.
 */
export async function markDemandOfOrders(
  sql: Sql,
  organizationId: OrganizationId,
  shopId: ShopId,
  orderIds: readonly string[],
  markedAt: Date,
): Promise<void> {
  if (orderIds.length === 0) return;
  // Not "do nothing": a mark that the demand stage deletes just now must be made again after it.
  await sql`
    insert into demand_dirty (organization_id, item_id, warehouse_id, day, marked_at)
    select distinct ${organizationId}::uuid, line.item_id, w.warehouse_id,
           (line.ordered_at at time zone w.time_zone)::date, ${markedAt}::timestamptz
    from sales_order_line line
    join warehouse w on w.shop_id = line.shop_id and w.kind = 'MARKETPLACE_POOL'
    where line.shop_id = ${shopId} and line.order_id = any (${[...orderIds]}::text[]) and line.item_id is not null
    order by 2, 3, 4
    on conflict (organization_id, item_id, warehouse_id, day) do update set marked_at = excluded.marked_at`;
}

/**
 * Marks every demand day of items to be counted again: after a listing was linked to another item. Reads
 * `sales_order_line` and `demand_daily`, writes `demand_dirty`.
 */
export async function markDemandOfItems(
  sql: Sql,
  organizationId: OrganizationId,
  itemIds: readonly string[],
  markedAt: Date,
): Promise<void> {
  if (itemIds.length === 0) return;
  await sql`
    insert into demand_dirty (organization_id, item_id, warehouse_id, day, marked_at)
    select ${organizationId}::uuid, item_id, warehouse_id, day, ${markedAt}::timestamptz
    from (
      select line.item_id, w.warehouse_id, (line.ordered_at at time zone w.time_zone)::date as day
      from sales_order_line line
      join warehouse w on w.shop_id = line.shop_id and w.kind = 'MARKETPLACE_POOL'
      where line.item_id = any (${[...itemIds]}::text[]::uuid[])
      union
      select d.item_id, d.warehouse_id, d.day from demand_daily d
      where d.item_id = any (${[...itemIds]}::text[]::uuid[]) and d.source = 'ORDERS'
    ) touched
    order by 2, 3, 4
    on conflict (organization_id, item_id, warehouse_id, day) do update set marked_at = excluded.marked_at`;
}
