import type { QueryScope } from './collection.ts';

/** What an organization's business day brought. */
export interface OverviewDayRow {
  date: string;
  /** Units customers wanted, decimal text; null for today, which is not over, and for days not read to their end. */
  demandUnits: string | null;
  openedAlertCount: number;
  resolvedAlertCount: number;
  /** Alerts not resolved when the day ended, now for today. */
  openAlertCount: number;
}

/**
 * The last days of the organization up to today, oldest first. An item's demand counts once: from its orders where
 * there are any in these days, else from what its warehouses shipped. A day counts once every connected shop that
 * demand comes from was read past its end: before that its sum would only look like a bad day. Reads `warehouse` (the
 * zone of days is the first physical one's), `demand_daily`, `sync_state`, `shop`, `stock_alert`.
 *
 * @param days - how many, today among them
 */
export async function loadOverviewDays({ sql, now }: QueryScope, days: number): Promise<OverviewDayRow[]> {
  return await sql<OverviewDayRow[]>`
    with zone as (
      select coalesce((select time_zone from warehouse where kind = 'PHYSICAL' order by code limit 1),
                      (select time_zone from warehouse order by code limit 1), 'Asia/Shanghai') as name
    ), today as (
      select (${now}::timestamptz at time zone zone.name)::date as on_day, zone.name from zone
    ), span as (
      select generate_series(today.on_day - (${days}::int - 1), today.on_day, interval '1 day')::date as day, today.name
      from today
    ), item_day as (
      select d.item_id, d.day, sum(d.units) filter (where d.source = 'ORDERS') as ordered,
        sum(d.units) filter (where d.source = 'MOVEMENTS') as shipped,
        bool_or(bool_or(d.source = 'ORDERS')) over (partition by d.item_id) as has_orders
      from demand_daily d, today
      where d.day > today.on_day - ${days}::int and d.day < today.on_day
      group by d.item_id, d.day
    ), demand as (
      select day, sum(case when has_orders then ordered else shipped end) as units from item_day group by day
    ), read as (
      select (min(s.watermark_at) at time zone today.name)::date as until_day
      from today left join (
        select y.watermark_at from sync_state y join shop h on h.shop_id = y.shop_id and h.state = 'ACTIVE'
        where y.stream = 'sales_orders' and exists (select from item_day where has_orders)
          or y.stream = 'stock_movements' and exists (select from item_day where not has_orders)
      ) s on true
      group by today.name
    ), opened as (
      select (a.opened_at at time zone today.name)::date as day, count(*)::int as count
      from stock_alert a, today
      where a.changed_at >= (today.on_day - (${days}::int - 1))::timestamp at time zone today.name
        and a.opened_at >= (today.on_day - (${days}::int - 1))::timestamp at time zone today.name
      group by 1
    ), resolved as (
      select (a.resolved_at at time zone today.name)::date as day, count(*)::int as count
      from stock_alert a, today
      where a.state = 'RESOLVED'
        and a.changed_at >= (today.on_day - (${days}::int - 1))::timestamp at time zone today.name
        and a.resolved_at >= (today.on_day - (${days}::int - 1))::timestamp at time zone today.name
      group by 1
    ), alert as (
      select span.day, coalesce(opened.count, 0) as opened, coalesce(resolved.count, 0) as resolved
      from span left join opened using (day) left join resolved using (day)
    )
    select to_char(alert.day, 'YYYY-MM-DD') as date,
      case when alert.day < least(today.on_day, read.until_day) then trim_scale(coalesce(demand.units, 0))::text end
        as "demandUnits",
      alert.opened as "openedAlertCount", alert.resolved as "resolvedAlertCount",
      -- Counted back from what is open now: what was opened later was not yet, what was resolved later still was.
      ((select count(*) from stock_alert where state <> 'RESOLVED')
        - coalesce(sum(alert.opened - alert.resolved) over (order by alert.day desc
            rows between unbounded preceding and 1 preceding), 0))::int as "openAlertCount"
    from alert cross join today cross join read left join demand using (day)
    order by alert.day`;
}

/** How many items are out or will run out before an order could arrive. Reads `item_plan`. */
export async function countItemsAtRisk({ sql }: QueryScope): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from item_plan where urgency_tier in ('OUT', 'WILL_RUN_OUT')`;
  return row?.count ?? 0;
}
