import type { AbcClass } from '../../domain/kpi/item-class.ts';
import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import {
  levelsOfItems,
  levelsOfWarehouse,
  partsOfLevels,
  partsOfSums,
  ratiosOfParts,
  replacedSums,
  sumColumns,
  sumsOf,
} from './plan-sum-sql.ts';

/**
 * Sums the plans of some items up: what they are ranked by, health weighted by expected margin, the soonest stock-out,
 * stock and excess. What an item brought counts once: from its pools' orders where there are any, else from what its
 * warehouses shipped; as gross margin, as revenue where the cost is unknown, in units where the price is too. Reads
 * `level_plan`, `level_forecast`, `item`, `warehouse`; writes `item_plan`, only rows that differ. Run twice: the same
 * rows.
 *
 * @returns true when the rank of any of them may have changed
 */
export async function summarizeItems(
  sql: Sql,
  organizationId: OrganizationId,
  itemIds: readonly string[],
  at: Date,
): Promise<boolean> {
  const rows = await sql<{ is_ranked_anew: boolean }[]>`
    with ${levelsOfItems(sql, itemIds)}, forecast as (
      select f.item_id, f.warehouse_id, f.xyz_class, f.demand_class, f.units_sold_365,
             w.kind = 'MARKETPLACE_POOL' as is_pool
      from level_forecast f join warehouse w on w.warehouse_id = f.warehouse_id
      where f.item_id = any (${[...itemIds]}::text[]::uuid[])
    ), brought as (
      select f.item_id,
        coalesce(nullif(sum(f.units_sold_365) filter (where f.is_pool), 0),
                 sum(f.units_sold_365) filter (where not f.is_pool), 0)
        * coalesce(max(i.unit_price - i.unit_cost), max(i.unit_price), 1) as ranked_value
      from forecast f join item i on i.item_id = f.item_id group by 1
    ), chosen as (
      -- The level that sells most of an item tells its pattern: pools by orders, else warehouses by what they ship.
      select distinct on (item_id) item_id, xyz_class, demand_class from forecast
      order by item_id, (is_pool and units_sold_365 > 0) desc, units_sold_365 desc, warehouse_id
    ), soonest as (
      select distinct on (item_id) item_id, days_to_stock_out_p10 as p10, days_to_stock_out_p50 as p50,
             days_to_stock_out_p90 as p90
      from level where sells
      order by item_id, days_to_stock_out_p50 nulls last, days_to_stock_out_p10 nulls last, warehouse_id
    ), most as (
      select distinct on (item_id) item_id, urgency_tier, urgency_score from level
      where (sells or counts) and urgency_tier is not null
      order by item_id, urgency_score desc, warehouse_id
    ), part as (
      select item_id, max(stock_out_probability) filter (where sells) as stock_out_probability, ${partsOfLevels(sql)}
      from level group by item_id
    ), figure as (
      select *, ${ratiosOfParts(sql)} from part
    ), written as (
      insert into item_plan as o (
        organization_id, item_id, xyz_class, demand_class, ranked_value, days_to_stock_out_p10,
        days_to_stock_out_p50, days_to_stock_out_p90, stock_out_probability, urgency_tier, urgency_score,
        ${sumColumns(sql)}, computed_at, recorded_at)
      select ${organizationId}::uuid, f.item_id, chosen.xyz_class, chosen.demand_class,
             brought.ranked_value, soonest.p10, soonest.p50, soonest.p90, f.stock_out_probability, most.urgency_tier,
             most.urgency_score, ${sumsOf(sql, 'f')}, ${at}::timestamptz, ${at}::timestamptz
      from figure f
      left join brought using (item_id) left join chosen using (item_id) left join soonest using (item_id)
      left join most using (item_id)
      order by f.item_id
      on conflict (organization_id, item_id) do update
      set xyz_class = excluded.xyz_class, demand_class = excluded.demand_class,
          ranked_value = excluded.ranked_value, days_to_stock_out_p10 = excluded.days_to_stock_out_p10,
          days_to_stock_out_p50 = excluded.days_to_stock_out_p50,
          days_to_stock_out_p90 = excluded.days_to_stock_out_p90,
          stock_out_probability = excluded.stock_out_probability, urgency_tier = excluded.urgency_tier,
          urgency_score = excluded.urgency_score, ${replacedSums(sql)}, computed_at = excluded.computed_at,
          recorded_at = excluded.recorded_at
      where (o.xyz_class, o.demand_class, o.ranked_value, o.days_to_stock_out_p10, o.days_to_stock_out_p50,
             o.days_to_stock_out_p90, o.stock_out_probability, o.urgency_tier, o.urgency_score, ${sumsOf(sql, 'o')})
        is distinct from
            (excluded.xyz_class, excluded.demand_class, excluded.ranked_value, excluded.days_to_stock_out_p10,
             excluded.days_to_stock_out_p50, excluded.days_to_stock_out_p90, excluded.stock_out_probability,
             excluded.urgency_tier, excluded.urgency_score, ${sumsOf(sql, 'excluded')})
    )
    select coalesce(bool_or(b.ranked_value is distinct from o.ranked_value), false) as is_ranked_anew
    from brought b left join item_plan o on o.item_id = b.item_id`;
  return rows[0]?.is_ranked_anew === true;
}

/** What an item is ranked by, and its class as it stands; null = not ranked yet. Decimal text. */
export interface RankedItem {
  readonly itemId: string;
  readonly value: string;
  readonly abcClass: AbcClass | null;
}

/** Loads all items that can be ranked. Reads `item_plan`. */
export async function loadRankedItems(sql: Sql): Promise<RankedItem[]> {
  return await sql<RankedItem[]>`
    select item_id as "itemId", trim_scale(ranked_value)::text as value, abc_class as "abcClass"
    from item_plan where ranked_value is not null order by organization_id, item_id`;
}

/** Writes value classes. Writes `item_plan`. Run twice: the same rows. */
export async function saveClasses(
  sql: Sql,
  classes: readonly { readonly itemId: string; readonly abcClass: AbcClass | null }[],
): Promise<void> {
  if (classes.length === 0) return;
  await sql`
    update item_plan o set abc_class = c.abc_class
    from unnest(${classes.map((one) => one.itemId)}::text[]::uuid[],
                ${classes.map((one) => one.abcClass)}::text[]) as c(item_id, abc_class)
    where o.item_id = c.item_id`;
}

/** The warehouses that have plans. Reads `warehouse`, `level_plan`. */
export async function loadPlannedWarehouses(sql: Sql): Promise<string[]> {
  const rows = await sql<{ warehouse_id: string }[]>`
    select w.warehouse_id from warehouse w
    where exists (
      select from level_plan p where p.organization_id = w.organization_id and p.warehouse_id = w.warehouse_id)
    order by 1`;
  return rows.map((row) => row.warehouse_id);
}

/** The warehouses that some items have plans in. Reads `level_plan`. */
export async function loadWarehousesOf(sql: Sql, itemIds: readonly string[]): Promise<string[]> {
  const rows = await sql<{ warehouse_id: string }[]>`
    select distinct warehouse_id from level_plan where item_id = any (${[...itemIds]}::text[]::uuid[])`;
  return rows.map((row) => row.warehouse_id);
}

/** Sums the plans of a warehouse up. Reads `level_plan`, `item`; writes `plan_summary`. Run twice: the same row. */
export async function summarizeWarehouse(
  sql: Sql,
  organizationId: OrganizationId,
  warehouseId: string,
  at: Date,
): Promise<void> {
  await sql`
    with ${levelsOfWarehouse(sql, warehouseId)}, part as (
      select 'WAREHOUSE' as scope, ${warehouseId}::text as scope_key, ${partsOfLevels(sql)}
      from level having count(*) > 0
    )
    ${saveSums(sql, organizationId, at)}`;
}

/**
 * Sums items up by category and for the organization, from the sums of the items alone. Reads `item_plan`, `item`;
 * writes `plan_summary`, and takes out categories that no item is in any more. Run twice: the same rows.
 */
export async function summarizeScopes(sql: Sql, organizationId: OrganizationId, at: Date): Promise<void> {
  await sql`
    with part as (
      select case when grouping(i.category) = 1 then 'ORGANIZATION' else 'CATEGORY' end as scope,
             coalesce(i.category, '') as scope_key, ${partsOfSums(sql, 'o')}
      from item_plan o join item i on i.item_id = o.item_id
      group by grouping sets ((), (i.category))
      having count(*) > 0 and (grouping(i.category) = 1 or i.category is not null)
    )
    ${saveSums(sql, organizationId, at)}`;
  await sql`
    delete from plan_summary s
    where s.scope = 'CATEGORY' and not exists (
      select from item_plan o join item i on i.item_id = o.item_id where i.category = s.scope_key)`;
}

function saveSums(sql: Sql, organizationId: OrganizationId, at: Date) {
  return sql`
    insert into plan_summary as o (
      organization_id, scope, scope_key, ${sumColumns(sql)}, computed_at, recorded_at)
    select ${organizationId}::uuid, scope, scope_key, ${sumsOf(sql, 'f')}, ${at}::timestamptz, ${at}::timestamptz
    from (select *, ${ratiosOfParts(sql)} from part) f
    order by scope, scope_key
    on conflict (organization_id, scope, scope_key) do update
    set ${replacedSums(sql)}, computed_at = excluded.computed_at, recorded_at = excluded.recorded_at`;
}
