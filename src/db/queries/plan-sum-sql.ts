import type { Sql } from '../connection.ts';

/** Figures that add up, and what the others are made of; the same in `item_plan` and `plan_summary`. */
const partNames = [
  ...['level_count', 'scored_count', 'score_weighted', 'scored_weight', 'score_sum', 'health_weight'],
  ...['stock_value', 'excess_value', 'dead_value', 'units_sold_90', 'turned_90', 'held_90', 'turned_365'],
  ...['held_365', 'sold_through_90', 'in_stock_sum_90', 'in_stock_count_90', 'lost_sales_units_90'],
  ...['stock_out_days_90', 'covered_value', 'demand_value', 'units_per_day', 'recorded_count'],
  ...['shortage_lines_90', 'shortage_units_90', 'shortage_value_90', 'data_as_of'],
] as const;

/** Figures that are worked out of the parts. */
const ratioNames = [
  ...['health_score', 'turnover_90', 'turnover_365', 'in_stock_rate_90', 'sell_through_90', 'days_of_stock'],
] as const;

const names = [...partNames, ...ratioNames];

/** The columns of all sums. */
export function sumColumns(sql: Sql) {
  return sql.unsafe(names.join(', '));
}

/** The same, of an alias. */
export function sumsOf(sql: Sql, alias: string) {
  return sql.unsafe(names.map((name) => `${alias}.${name}`).join(', '));
}

/** Assignments that take the sums of the row that was to be inserted. */
export function replacedSums(sql: Sql) {
  return sql.unsafe(names.map((name) => `${name} = excluded.${name}`).join(', '));
}

/**
 * Levels with their value in money, and how they count beside the item's other levels: `counts` for stock, `sells` for
 * demand and everything that follows from it. An item's demand counts once, and none of it is lost: what warehouses
 * shipped where they shipped any of it within a year, else what its pools sold. Stock is what lies in warehouses; where
 * none holds the item, what is sold on each pool adds up, but the pools are views of the same goods: only the largest
 * counts as stock. `judges` are the levels that stock is held against demand by.
 *
 * @param itemIds - all levels of these items
 */
export function levelsOfItems(sql: Sql, itemIds: readonly string[]) {
  return sql`level as (
    select given.*, is_physical = is_shipped as sells, is_physical or is_largest and not is_stored as counts,
           is_physical = is_shipped and (is_physical or is_largest) as judges,
           bool_or(is_physical = is_shipped and units_per_day is not null) over (partition by item_id) as is_forecast
    from (
      select p.*, ${unitValue(sql)} as unit_value,
             w.kind = 'PHYSICAL' as is_physical, bool_or(w.kind = 'PHYSICAL') over item as is_stored,
             -- With nothing sold anywhere the warehouses speak.
             bool_or(w.kind = 'PHYSICAL') over item and (
               bool_or(w.kind = 'PHYSICAL' and p.units_sold_365 > 0) over item
               or not bool_or(w.kind <> 'PHYSICAL' and p.units_sold_365 > 0) over item) as is_shipped,
             row_number() over (
               partition by p.item_id, w.kind order by p.available desc, p.warehouse_id
             ) = 1 as is_largest
      from level_plan p
      join item i on i.item_id = p.item_id
      join warehouse w on w.warehouse_id = p.warehouse_id
      where p.item_id = any (${[...itemIds]}::text[]::uuid[])
      window item as (partition by p.item_id)
    ) given
  )`;
}

/** The levels of a warehouse: in its own warehouse every level counts, whatever lies elsewhere. */
export function levelsOfWarehouse(sql: Sql, warehouseId: string) {
  return sql`level as (
    select p.health_score, p.health_weight, p.stock_value, p.excess_value, p.is_dead, p.available, p.units_per_day,
           p.units_sold_90, p.counted_units_90, p.mean_units_90, p.mean_units_365, p.turnover_90, p.turnover_365,
           p.in_stock_rate_90, p.lost_sales_units_90, p.stock_out_days_90, p.shortage_lines_90, p.shortage_units_90,
           p.shortage_value_90, p.data_as_of, ${unitValue(sql)} as unit_value,
           true as sells, true as counts, true as judges, p.units_per_day is not null as is_forecast
    from level_plan p join item i on i.item_id = p.item_id
    where p.warehouse_id = ${warehouseId}::uuid
  )`;
}

/** What is free weighs like what has no price: nothing else would be left of a shop that gives no costs. */
function unitValue(sql: Sql) {
  return sql`coalesce(nullif(i.unit_cost, 0), nullif(i.unit_price, 0), 1)`;
}

/** The parts of some levels. Shortage cancellations are those of all pools, since orders are nowhere else. */
export function partsOfLevels(sql: Sql) {
  return sql`
    count(*) filter (where sells)::int as level_count, count(health_score) filter (where sells)::int as scored_count,
    sum(health_score * health_weight) filter (where sells) as score_weighted,
    sum(health_weight) filter (where sells and health_score is not null) as scored_weight,
    sum(health_score) filter (where sells) as score_sum,
    coalesce(sum(health_weight) filter (where sells), 0) as health_weight,
    sum(stock_value) filter (where counts) as stock_value, sum(excess_value) filter (where judges) as excess_value,
    coalesce(sum(stock_value) filter (where judges and is_dead), 0) as dead_value,
    coalesce(sum(units_sold_90) filter (where sells), 0) as units_sold_90,
    sum(turnover_90 * mean_units_90 * unit_value) filter (where sells) as turned_90,
    sum(mean_units_90 * unit_value) filter (where counts and turnover_90 is not null) as held_90,
    sum(turnover_365 * mean_units_365 * unit_value) filter (where sells) as turned_365,
    sum(mean_units_365 * unit_value) filter (where counts and turnover_365 is not null) as held_365,
    sum(counted_units_90 * unit_value) filter (where sells and turnover_90 is not null) as sold_through_90,
    sum(in_stock_rate_90::numeric) filter (where sells) as in_stock_sum_90,
    count(in_stock_rate_90) filter (where sells)::int as in_stock_count_90,
    sum(lost_sales_units_90) filter (where sells) as lost_sales_units_90,
    coalesce(sum(stock_out_days_90) filter (where sells), 0)::int as stock_out_days_90,
    sum(greatest(available, 0) * unit_value) filter (where counts and is_forecast) as covered_value,
    sum(units_per_day * unit_value) filter (where sells) as demand_value,
    sum(units_per_day) filter (where sells) as units_per_day,
    count(mean_units_90) filter (where counts)::int as recorded_count,
    coalesce(sum(shortage_lines_90), 0)::int as shortage_lines_90,
    coalesce(sum(shortage_units_90), 0) as shortage_units_90,
    coalesce(sum(shortage_value_90), 0) as shortage_value_90, max(data_as_of) as data_as_of`;
}

const counts: ReadonlySet<string> = new Set([
  ...['level_count', 'scored_count', 'in_stock_count_90', 'stock_out_days_90', 'recorded_count'],
  'shortage_lines_90',
]);

/** The parts of several sums together. */
export function partsOfSums(sql: Sql, alias: string) {
  return sql.unsafe(
    partNames
      .map((name) => {
        if (name === 'data_as_of') return `max(${alias}.data_as_of) as data_as_of`;
        return `sum(${alias}.${name})${counts.has(name) ? '::int' : ''} as ${name}`;
      })
      .join(', '),
  );
}

/**
 * The ratios of parts: health as `rollUpHealth` weighs it, turnover and sell-through as what was sold over what was
 * held, both in money, and so on.
 */
export function ratiosOfParts(sql: Sql) {
  return sql`
    round(coalesce(score_weighted / nullif(scored_weight, 0), score_sum / nullif(scored_count, 0)), 6) as health_score,
    round(turned_90 / nullif(held_90, 0), 6) as turnover_90,
    round(turned_365 / nullif(held_365, 0), 6) as turnover_365,
    round(in_stock_sum_90 / nullif(in_stock_count_90, 0), 6)::float8 as in_stock_rate_90,
    round(sold_through_90 / nullif(held_90, 0), 6) as sell_through_90,
    round(covered_value / nullif(demand_value, 0), 6) as days_of_stock`;
}
