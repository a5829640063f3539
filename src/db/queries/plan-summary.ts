import type { AbcClass } from '../../domain/kpi/item-class.ts';
import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';

/** What an item brought in the last 365 days. */
export interface ItemValue {
  readonly itemId: string;
  /** Gross margin; revenue where the cost is unknown, units where the price is too. Decimal text. */
  readonly value: string;
}

/**
 * Loads what items brought. An item's demand counts once: from its pools' orders where there are any, else from what
 * its warehouses shipped. Reads `level_forecast`, `item`, `warehouse`.
 */
export async function loadItemValues(sql: Sql): Promise<ItemValue[]> {
  return await sql<ItemValue[]>`
    select i.item_id as "itemId",
      trim_scale(coalesce(nullif(sum(f.units_sold_365) filter (where w.kind = 'MARKETPLACE_POOL'), 0),
                          sum(f.units_sold_365) filter (where w.kind = 'PHYSICAL'), 0)
        * coalesce(max(i.unit_price - i.unit_cost), max(i.unit_price), 1))::text as value
    from level_forecast f
    join item i on i.item_id = f.item_id
    join warehouse w on w.warehouse_id = f.warehouse_id
    group by 1 order by 1`;
}

/**
 * Sums plans up by item: classes, health weighted by expected margin, the soonest stock-out, stock and excess. Pools
 * count only where the item lies in no warehouse. Reads `level_plan`, `level_forecast`, `item`, `warehouse`; writes
 * `item_plan`, only rows that differ. Run twice: the same rows.
 *
 * @param classes - value class of every item with a forecast, and what it was ranked by
 */
export async function summarizeItems(
  sql: Sql,
  organizationId: OrganizationId,
  classes: readonly (ItemValue & { abcClass: AbcClass | null })[],
  at: Date,
): Promise<void> {
  await sql`
    with ${levelRows(sql)}, chosen as (
      -- The level that sells most of an item tells its pattern: pools by orders, else warehouses by what they ship.
      select distinct on (f.item_id) f.item_id, f.xyz_class, f.demand_class
      from level_forecast f join warehouse w on w.warehouse_id = f.warehouse_id
      order by f.item_id, (w.kind = 'MARKETPLACE_POOL' and f.units_sold_365 > 0) desc, f.units_sold_365 desc,
               f.warehouse_id
    ), soonest as (
      select distinct on (item_id) item_id, days_to_stock_out_p10 as p10, days_to_stock_out_p50 as p50,
             days_to_stock_out_p90 as p90
      from level where sells
      order by item_id, days_to_stock_out_p50 nulls last, days_to_stock_out_p10 nulls last, warehouse_id
    ), most as (
      select distinct on (item_id) item_id, urgency_tier, urgency_score from level
      where (sells or counts) and urgency_tier is not null
      order by item_id, urgency_score desc, warehouse_id
    ), figure as (
      select item_id, max(stock_out_probability) filter (where sells) as stock_out_probability, ${sums(sql)}
      from level group by item_id
    ), class as (
      select * from unnest(${classes.map((one) => one.itemId)}::text[]::uuid[],
                           ${classes.map((one) => one.abcClass)}::text[],
                           ${classes.map((one) => one.value)}::text[]::numeric[])
        as c(item_id, abc_class, ranked_value)
    )
    insert into item_plan as o (
      organization_id, item_id, abc_class, xyz_class, demand_class, ranked_value, days_to_stock_out_p10,
      days_to_stock_out_p50, days_to_stock_out_p90, stock_out_probability, urgency_tier, urgency_score,
      ${sumColumns(sql)}, computed_at, recorded_at)
    select ${organizationId}::uuid, f.item_id, class.abc_class, chosen.xyz_class, chosen.demand_class,
           class.ranked_value, soonest.p10, soonest.p50, soonest.p90, f.stock_out_probability, most.urgency_tier,
           most.urgency_score, ${prefixed(sql, 'f')}, ${at}::timestamptz, ${at}::timestamptz
    from figure f
    left join class using (item_id) left join chosen using (item_id) left join soonest using (item_id)
    left join most using (item_id)
    order by f.item_id
    on conflict (organization_id, item_id) do update
    set abc_class = excluded.abc_class, xyz_class = excluded.xyz_class, demand_class = excluded.demand_class,
        ranked_value = excluded.ranked_value, days_to_stock_out_p10 = excluded.days_to_stock_out_p10,
        days_to_stock_out_p50 = excluded.days_to_stock_out_p50,
        days_to_stock_out_p90 = excluded.days_to_stock_out_p90,
        stock_out_probability = excluded.stock_out_probability, urgency_tier = excluded.urgency_tier,
        urgency_score = excluded.urgency_score, ${replaced(sql)}, computed_at = excluded.computed_at,
        recorded_at = excluded.recorded_at
    where (o.abc_class, o.xyz_class, o.demand_class, o.days_to_stock_out_p10, o.days_to_stock_out_p50,
           o.days_to_stock_out_p90, o.stock_out_probability, o.urgency_tier, o.urgency_score, ${prefixed(sql, 'o')})
      is distinct from
          (excluded.abc_class, excluded.xyz_class, excluded.demand_class, excluded.days_to_stock_out_p10,
           excluded.days_to_stock_out_p50, excluded.days_to_stock_out_p90, excluded.stock_out_probability,
           excluded.urgency_tier, excluded.urgency_score, ${prefixed(sql, 'excluded')})`;
}

/**
 * Sums plans up by warehouse, category and organization. Categories and the organization count pools only where the
 * item lies in no warehouse, and of several pools the largest as stock. Reads `level_plan`, `item`, `warehouse`; writes `plan_summary`. Run twice: the same rows.
 */
export async function summarizeScopes(sql: Sql, organizationId: OrganizationId, at: Date): Promise<void> {
  await sql`
    with ${levelRows(sql)}, figure as (
      -- In its own warehouse every level counts, whatever lies elsewhere.
      select 'WAREHOUSE' as scope, warehouse_id::text as scope_key, ${sums(sql)}
      from (
        select ${sql.unsafe(ownColumns.join(', '))}, true as sells, true as counts, true as judges,
               units_per_day is not null as is_forecast
        from level
      ) own group by 2
      union all
      select 'CATEGORY', category, ${sums(sql)} from level where category is not null group by 2
      union all
      select 'ORGANIZATION', '', ${sums(sql)} from level having count(*) > 0
    )
    insert into plan_summary as o (
      organization_id, scope, scope_key, ${sumColumns(sql)}, computed_at, recorded_at)
    select ${organizationId}::uuid, scope, scope_key, ${prefixed(sql, 'f')}, ${at}::timestamptz, ${at}::timestamptz
    from figure f
    order by scope, scope_key
    on conflict (organization_id, scope, scope_key) do update
    set ${replaced(sql)}, computed_at = excluded.computed_at, recorded_at = excluded.recorded_at`;
}

/** The 90th percentile of what is at stake; null when nothing is. Reads `level_plan`. */
export async function loadReferenceStake(sql: Sql): Promise<string | null> {
  const [row] = await sql<{ stake: number | null }[]>`
    select percentile_cont(0.9) within group (order by urgency_stake::float8) as stake
    from level_plan where urgency_stake > 0`;
  return row?.stake == null ? null : row.stake.toFixed(6);
}

/**
 * Levels with their value in money, and how they count beside the item's other levels: `counts` for stock, `sells` for
 * demand and everything that follows from it. An item's demand counts once, and none of it is lost: what warehouses
 * shipped where they shipped any of it within a year, else what its pools sold. Stock is what lies in warehouses; where
 * none holds the item, what is sold on each pool adds up, but the pools are views of the same goods: only the largest
 * counts as stock. `judges` are the levels that stock is held against demand by.
 */
function levelRows(sql: Sql) {
  return sql`level as (
    select given.*, is_physical = is_shipped as sells, is_physical or is_largest and not is_stored as counts,
           is_physical = is_shipped and (is_physical or is_largest) as judges,
           bool_or(is_physical = is_shipped and units_per_day is not null) over (partition by item_id) as is_forecast
    from (
      select p.*, i.category, coalesce(i.unit_cost, i.unit_price, 1) as unit_value, facts.available,
             figures."meanUnits90" as mean_units_90, figures."meanUnits365" as mean_units_365,
             figures."unitsSold90" as own_units_sold_90, figures."countedUnits90" as counted_units_90,
             w.kind = 'PHYSICAL' as is_physical, bool_or(w.kind = 'PHYSICAL') over item as is_stored,
             -- With nothing sold anywhere the warehouses speak.
             bool_or(w.kind = 'PHYSICAL') over item and (
               bool_or(w.kind = 'PHYSICAL' and figures."unitsSold365" > 0) over item
               or not bool_or(w.kind <> 'PHYSICAL' and figures."unitsSold365" > 0) over item) as is_shipped,
             row_number() over (
               partition by p.item_id, w.kind order by facts.available desc, p.warehouse_id
             ) = 1 as is_largest
      from level_plan p
      join item i on i.item_id = p.item_id
      join warehouse w on w.warehouse_id = p.warehouse_id
      cross join lateral json_to_record(p.inputs) as facts(available numeric, history json)
      cross join lateral json_to_record(facts.history) as figures(
        "meanUnits90" numeric, "meanUnits365" numeric, "unitsSold90" numeric, "unitsSold365" numeric,
        "countedUnits90" numeric)
      window item as (partition by p.item_id)
    ) given
  )`;
}

/** What the sums of a warehouse are made of. */
const ownColumns = [
  ...[
    'warehouse_id',
    'health_score',
    'health_weight',
    'stock_value',
    'excess_value',
    'is_dead',
    'unit_value',
  ],
  ...[
    'own_units_sold_90',
    'counted_units_90',
    'mean_units_90',
    'mean_units_365',
    'turnover_90',
    'turnover_365',
  ],
  ...['in_stock_rate_90', 'lost_sales_units_90', 'stock_out_days_90', 'available', 'units_per_day'],
  ...['shortage_lines_90', 'shortage_units_90', 'shortage_value_90', 'data_as_of'],
] as const;

const names = [
  'level_count',
  'scored_count',
  'health_score',
  'health_weight',
  'stock_value',
  'excess_value',
  'dead_value',
  'units_sold_90',
  'turnover_90',
  'turnover_365',
  'in_stock_rate_90',
  'lost_sales_units_90',
  'sell_through_90',
  'stock_out_days_90',
  'days_of_stock',
  'shortage_lines_90',
  'shortage_units_90',
  'shortage_value_90',
  'data_as_of',
] as const;

function sumColumns(sql: Sql) {
  return sql.unsafe(names.join(', '));
}

function prefixed(sql: Sql, alias: string) {
  return sql.unsafe(names.map((name) => `${alias}.${name}`).join(', '));
}

function replaced(sql: Sql) {
  return sql.unsafe(names.map((name) => `${name} = excluded.${name}`).join(', '));
}

/**
 * The same definitions as `rollUpHealth` and, for ratios, what the levels sold over what they held, both in money:
 * the levels' own ratios weighted by the value of their stock. Shortage cancellations are those of all pools, since
 * orders are nowhere else.
 */
function sums(sql: Sql) {
  const held = (days: '90' | '365') => `nullif(sum(mean_units_${days} * unit_value)
    filter (where counts and turnover_${days} is not null), 0)`;
  const turns = (days: '90' | '365') =>
    sql.unsafe(`round(sum(turnover_${days} * mean_units_${days} * unit_value) filter (where sells)
      / ${held(days)}, 6)`);
  return sql`
    count(*) filter (where sells)::int as level_count, count(health_score) filter (where sells)::int as scored_count,
    round(coalesce(
      sum(health_score * health_weight) filter (where sells)
        / nullif(sum(health_weight) filter (where sells and health_score is not null), 0),
      avg(health_score) filter (where sells)), 6) as health_score,
    coalesce(sum(health_weight) filter (where sells), 0) as health_weight,
    sum(stock_value) filter (where counts) as stock_value, sum(excess_value) filter (where judges) as excess_value,
    coalesce(sum(stock_value) filter (where judges and is_dead), 0) as dead_value,
    coalesce(sum(own_units_sold_90) filter (where sells), 0) as units_sold_90,
    ${turns('90')} as turnover_90, ${turns('365')} as turnover_365,
    round(avg(in_stock_rate_90) filter (where sells)::numeric, 6)::float8 as in_stock_rate_90,
    sum(lost_sales_units_90) filter (where sells) as lost_sales_units_90,
    round(sum(counted_units_90 * unit_value) filter (where sells and turnover_90 is not null)
      / ${sql.unsafe(held('90'))}, 6) as sell_through_90,
    coalesce(sum(stock_out_days_90) filter (where sells), 0)::int as stock_out_days_90,
    round(sum(greatest(available, 0) * unit_value) filter (where counts and is_forecast)
      / nullif(sum(units_per_day * unit_value) filter (where sells), 0), 6) as days_of_stock,
    coalesce(sum(shortage_lines_90), 0)::int as shortage_lines_90,
    coalesce(sum(shortage_units_90), 0) as shortage_units_90,
    coalesce(sum(shortage_value_90), 0) as shortage_value_90, max(data_as_of) as data_as_of`;
}
