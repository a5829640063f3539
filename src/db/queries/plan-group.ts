import type { GroupFactors } from '../../domain/forecast/group-factors.ts';
import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';

/** Demand of a warehouse's category summed over its items. Lists are comma-separated text. */
export interface GroupTotals {
  readonly warehouseId: string;
  /** Empty = items without a category. */
  readonly category: string;
  readonly fromDay: string;
  /** Offsets of the days with demand from `fromDay`, and their units. */
  readonly offsets: string;
  readonly units: string;
  readonly today: string;
}

/** Three years, so that past years can be compared. */
const groupDays = 1_120;

/** The warehouse after another one by id; null = that was the last. Reads `warehouse`. */
export async function loadNextWarehouse(sql: Sql, after: string): Promise<string | null> {
  const [row] = await sql<{ warehouse_id: string }[]>`
    select warehouse_id from warehouse
    where ${after === '' ? sql`true` : sql`warehouse_id > ${after}::text::uuid`}
    order by organization_id, warehouse_id limit 1`;
  return row?.warehouse_id ?? null;
}

/**
 * Sums demand by warehouse, category and day, today left out, and so are days whose orders or movements were not read
 * yet: they are not days without demand. Reads `demand_daily`, `item`, `warehouse`, `sync_state`.
 *
 * @param at - business time
 * @param warehouseId - null = all
 */
export async function loadGroupTotals(
  sql: Sql,
  at: Date,
  warehouseId: string | null,
): Promise<GroupTotals[]> {
  return await sql<GroupTotals[]>`
    with day as (
      select d.warehouse_id, coalesce(i.category, '') as category, today.day as today, d.day, sum(d.units) as units
      from demand_daily d
      join item i on i.item_id = d.item_id
      join warehouse w on w.warehouse_id = d.warehouse_id
      cross join lateral (
        select (least(${at}::timestamptz, min(s.watermark_at)) at time zone w.time_zone)::date as day
        from sync_state s
        where s.shop_id = w.shop_id
          and s.stream = case when w.kind = 'PHYSICAL' then 'stock_movements' else 'sales_orders' end
      ) today
      where d.day < today.day and d.day >= today.day - ${groupDays}::integer
        and ${warehouseId === null ? sql`true` : sql`d.warehouse_id = ${warehouseId}::uuid`}
      group by 1, 2, 3, 4
    )
    select warehouse_id as "warehouseId", category, min(day) as "fromDay", today,
           string_agg((day - first)::text, ',' order by day) as offsets,
           string_agg(trim_scale(units)::text, ',' order by day) as units
    from (select *, min(day) over (partition by warehouse_id, category) as first from day) numbered
    group by 1, 2, 4
    order by 1, 2`;
}

/** Factors of a group, to be stored. */
export interface GroupFactorWrite {
  readonly warehouseId: string;
  readonly category: string;
  readonly plannedOn: string;
  readonly factors: GroupFactors;
}

/**
 * Writes the factors of groups, with what their items' newest forecasts and receipts say: median level of new items,
 * median dispersion, median lead time. Reads `level_forecast`, `inbound_shipment`; writes `group_factor`. Run twice:
 * the same rows.
 */
export async function saveGroupFactors(
  sql: Sql,
  organizationId: OrganizationId,
  writes: readonly GroupFactorWrite[],
  at: Date,
): Promise<void> {
  if (writes.length === 0) return;
  const warehouseIds = [...new Set(writes.map((one) => one.warehouseId))];
  const isWanted = (alias: string) =>
    sql`${sql(`${alias}.warehouse_id`)} = any (${warehouseIds}::text[]::uuid[])`;
  await sql`
    with typical as (
      select f.warehouse_id, coalesce(i.category, '') as category,
             percentile_cont(0.5) within group (order by f.units_per_day::float8)
               filter (where f.history_days between 14 and 56 and f.units_per_day > 0) as new_level,
             percentile_cont(0.5) within group (order by f.dispersion) filter (where f.history_days >= 56) as dispersion
      from level_forecast f join item i on i.item_id = f.item_id
      where ${isWanted('f')}
      group by 1, 2
    ), lead as (
      select s.warehouse_id, coalesce(i.category, '') as category,
             percentile_cont(0.5) within group (
               order by extract(epoch from s.received_at - s.ordered_at)::float8 / 86400) as days
      from inbound_shipment s
      join inbound_shipment_line line on line.organization_id = s.organization_id
        and line.inbound_shipment_id = s.inbound_shipment_id
      join item i on i.item_id = line.item_id
      where ${isWanted('s')} and s.status = 'RECEIVED' and s.ordered_at is not null and s.received_at > s.ordered_at
        and s.received_at <= ${at}::timestamptz and s.received_at > ${at}::timestamptz - interval '2 years'
      group by 1, 2
    )
    insert into group_factor (
      organization_id, warehouse_id, category, planned_on, factors, new_item_level, prior_dispersion, lead_time_days,
      computed_at, recorded_at)
    select ${organizationId}::uuid, g.warehouse_id, g.category, g.planned_on, g.factors, typical.new_level,
           typical.dispersion, round(lead.days::numeric, 6)::float8, ${at}::timestamptz, ${at}::timestamptz
    from unnest(${writes.map((one) => one.warehouseId)}::text[]::uuid[], ${writes.map((one) => one.category)}::text[],
                ${writes.map((one) => one.plannedOn)}::text[]::date[],
                ${writes.map((one) => JSON.stringify(one.factors))}::text[]::json[])
      as g(warehouse_id, category, planned_on, factors)
    left join typical using (warehouse_id, category)
    left join lead using (warehouse_id, category)
    on conflict (organization_id, warehouse_id, category) do update
    set planned_on = excluded.planned_on, factors = excluded.factors, new_item_level = excluded.new_item_level,
        prior_dispersion = excluded.prior_dispersion, lead_time_days = excluded.lead_time_days,
        computed_at = excluded.computed_at, recorded_at = excluded.recorded_at`;
}

/** A group's factors as stored; JSON text. */
export interface GroupFactorRow {
  readonly warehouseId: string;
  readonly category: string;
  readonly factors: string;
  readonly newItemLevel: number | null;
  readonly priorDispersion: number | null;
}

/** Loads the factors of groups; groups without any are missing. Reads `group_factor`. */
export async function loadGroupFactors(
  sql: Sql,
  groups: readonly { warehouseId: string; category: string }[],
): Promise<GroupFactorRow[]> {
  if (groups.length === 0) return [];
  return await sql<GroupFactorRow[]>`
    select g.warehouse_id as "warehouseId", g.category, g.factors::text as factors,
           g.new_item_level as "newItemLevel", g.prior_dispersion as "priorDispersion"
    from group_factor g
    join unnest(${groups.map((one) => one.warehouseId)}::text[]::uuid[], ${groups.map((one) => one.category)}::text[])
      as k(warehouse_id, category) using (warehouse_id, category)`;
}
