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
 * are never cancelled for lack of goods. Reads `sales_order`, `sales_order_line`, `warehouse`.
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
    ), closed as materialized (
      select o.organization_id, o.shop_id, o.order_id, o.ordered_at, o.close_reason
      from (select shop_id, min(from_at) as from_at, max(to_at) as to_at from wanted group by 1) span
      join sales_order o on o.shop_id = span.shop_id and o.close_reason is not null
        and o.ordered_at >= span.from_at and o.ordered_at < span.to_at
    )
    select k.item_id as "itemId", k.warehouse_id as "warehouseId", o.close_reason as "closeReason",
           coalesce(line.item_units, line.quantity) as units,
           coalesce(line.quantity * line.unit_price, 0) as amount
    from closed o
    join sales_order_line line on line.organization_id = o.organization_id and line.shop_id = o.shop_id
      and line.order_id = o.order_id
    join wanted k on k.item_id = line.item_id and k.shop_id = line.shop_id
      and o.ordered_at >= k.from_at and o.ordered_at < k.to_at
    order by 1, 2, o.order_id, line.line_id`;
}
