import type { Sql } from '../connection.ts';
import type { LevelKey } from './ingest-level.ts';
import type { HistoryWanted } from './plan-history.ts';

/** A line of an order that was closed. Decimal text. */
export interface ClosedOrderLine extends LevelKey {
  /** The platform's own word. */
  readonly closeReason: string;
  /** In the item's unit. */
  readonly units: string;
  /** Quantity times price; 0 where the price is not known. */
  readonly amount: string;
}

/**
 * Loads the lines of closed orders of levels over the last days. Only a pool has orders: a warehouse's own shipments
 * are never cancelled for lack of goods. Few closed orders or few lines of the items: Postgres begins with what is less,
 * hence the days on both. Reads `sales_order`, `sales_order_line`, `warehouse`.
 *
 * @param days - window, counted back from each level's last known day, >= 1
 */
export async function loadClosedOrderLines(
  sql: Sql,
  levels: readonly HistoryWanted[],
  days: number,
): Promise<ClosedOrderLine[]> {
  if (levels.length === 0) return [];
  return await sql<ClosedOrderLine[]>`
    with wanted as (
      select k.item_id, k.warehouse_id, w.shop_id,
             (k.last_day - ${days - 1}::integer)::timestamp at time zone w.time_zone as from_at,
             (k.last_day + 1)::timestamp at time zone w.time_zone as to_at
      from unnest(${levels.map((key) => key.itemId)}::text[]::uuid[],
                  ${levels.map((key) => key.warehouseId)}::text[]::uuid[],
                  ${levels.map((key) => key.lastDay)}::text[]::date[]) as k(item_id, warehouse_id, last_day)
      join warehouse w on w.warehouse_id = k.warehouse_id and w.kind = 'MARKETPLACE_POOL'
    )
    select k.item_id as "itemId", k.warehouse_id as "warehouseId", o.close_reason as "closeReason",
           coalesce(line.item_units, line.quantity) as units,
           coalesce(line.quantity * line.unit_price, 0) as amount
    from wanted k
    join sales_order_line line on line.item_id = k.item_id and line.shop_id = k.shop_id
      and line.ordered_at >= k.from_at and line.ordered_at < k.to_at
    join sales_order o on o.organization_id = line.organization_id and o.shop_id = line.shop_id
      and o.order_id = line.order_id and o.close_reason is not null
      and o.ordered_at >= k.from_at and o.ordered_at < k.to_at
    order by 1, 2, o.order_id, line.line_id`;
}
