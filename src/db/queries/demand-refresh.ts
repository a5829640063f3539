import { shortageReasons } from '../../domain/kpi/availability.ts';
import type { ItemId, OrganizationId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { LevelKey } from './ingest-level.ts';

/** A demand day to be counted again. */
export interface DirtyDay extends LevelKey {
  /** `YYYY-MM-DD` in the warehouse's zone. */
  readonly day: string;
}

/**
 * Takes marked demand days off the list, at most so many. Deletes from `demand_dirty`; when the transaction fails
 * they are back. A day that is marked while it is counted is marked again afterwards.
 */
export async function takeDirtyDays(sql: Sql, daysMax: number): Promise<DirtyDay[]> {
  const rows = await sql<{ item_id: ItemId; warehouse_id: WarehouseId; day: string }[]>`
    with taken as (
      select item_id, warehouse_id, day from demand_dirty
      order by item_id, warehouse_id, day limit ${daysMax}
      for update
    )
    delete from demand_dirty d using taken t
    where d.item_id = t.item_id and d.warehouse_id = t.warehouse_id and d.day = t.day
    returning d.item_id, d.warehouse_id, d.day`;
  return rows.map((row) => ({ itemId: row.item_id, warehouseId: row.warehouse_id, day: row.day }));
}

/**
 * Counts the demand of days from scratch: on a pool the units of the shop's orders, cancelled ones left out
 * unless goods were missing, which their buyers wanted all the same; in a physical warehouse what was shipped. The two are never added, so demand counts once.
 *
 * Order lines are read day by day, in the order of their index by item and kept apart from the orders by `offset 0`:
 * joined freely, a planner without statistics goes over the whole shop for every single day.
 *
 * A day on which nothing is left keeps a row with 0: its start of history stays known. A day at zero stock from
 * beginning to end is marked as censored. Reads orders, movements and the hourly summary; writes `demand_daily`.
 * Run twice: the same rows.
 *
 * @returns the days whose demand is another than before, new ones included
 */
export async function countDemand(
  sql: Sql,
  organizationId: OrganizationId,
  days: readonly DirtyDay[],
  { observedAt, recordedAt }: { observedAt: Date; recordedAt: Date },
): Promise<DirtyDay[]> {
  if (days.length === 0) return [];
  return await sql<DirtyDay[]>`
    with touched as (
      select t.item_id, t.warehouse_id, t.day, w.kind, w.shop_id,
             t.day::timestamp at time zone w.time_zone as from_at,
             (t.day + 1)::timestamp at time zone w.time_zone as to_at
      from unnest(${days.map((one) => one.itemId)}::text[]::uuid[],
                  ${days.map((one) => one.warehouseId)}::text[]::uuid[],
                  ${days.map((one) => one.day)}::text[]::date[]) as t(item_id, warehouse_id, day)
      join warehouse w on w.warehouse_id = t.warehouse_id
    )
    insert into demand_daily as d (
      organization_id, item_id, warehouse_id, day, units, largest_order_units, source, is_censored, observed_at,
      recorded_at)
    select ${organizationId}, t.item_id, t.warehouse_id, t.day,
           case when t.kind = 'PHYSICAL' then shipped.units else ordered.units end,
           case when t.kind = 'PHYSICAL' then null else ordered.largest end,
           case when t.kind = 'PHYSICAL' then 'MOVEMENTS' else 'ORDERS' end,
           coalesce(empty.whole_day, false), ${observedAt}, ${recordedAt}
    from touched t
    cross join lateral (
      select coalesce(sum(one.units), 0) as units, max(one.units) as largest
      from (
        select sum(line.item_units) as units
        from (
          select line.organization_id, line.shop_id, line.order_id, line.item_units
          from sales_order_line line
          where t.kind = 'MARKETPLACE_POOL' and line.item_id = t.item_id
            and line.ordered_at >= t.from_at and line.ordered_at < t.to_at
          order by line.ordered_at
          offset 0
        ) line
        where line.shop_id = t.shop_id and (
          select lower(o.status) not in ('cancel', 'terminated')
            or lower(o.close_reason) = any (${[...shortageReasons]}::text[])
          from sales_order o
          where o.organization_id = line.organization_id and o.shop_id = line.shop_id and o.order_id = line.order_id
        )
        group by line.order_id
      ) one
    ) ordered
    cross join lateral (
      select coalesce(sum(m.quantity), 0) as units
      from stock_movement m
      where t.kind = 'PHYSICAL' and m.item_id = t.item_id and m.warehouse_id = t.warehouse_id
        and m.kind = 'SHIPPED' and m.observed_at >= t.from_at and m.observed_at < t.to_at
    ) shipped
    cross join lateral (
      select before.close <= 0 and coalesce(max(r.high), before.close) <= 0 as whole_day
      from (
        select r.close from stock_rollup_hourly r
        where r.item_id = t.item_id and r.warehouse_id = t.warehouse_id and r.hour_at < t.from_at
        order by r.hour_at desc limit 1
      ) before
      left join stock_rollup_hourly r
        on r.item_id = t.item_id and r.warehouse_id = t.warehouse_id and r.hour_at >= t.from_at and r.hour_at < t.to_at
      group by before.close
      union all select null limit 1
    ) empty
    order by t.item_id, t.warehouse_id, t.day
    on conflict (organization_id, item_id, warehouse_id, day) do update
    set units = excluded.units, largest_order_units = excluded.largest_order_units, source = excluded.source, is_censored = excluded.is_censored,
        observed_at = excluded.observed_at, recorded_at = excluded.recorded_at
    where (d.units, d.largest_order_units, d.source, d.is_censored) is distinct from
          (excluded.units, excluded.largest_order_units, excluded.source, excluded.is_censored)
    returning d.item_id as "itemId", d.warehouse_id as "warehouseId", d.day`;
}
