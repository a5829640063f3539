import { demandWindowDays, type ThresholdInputs } from '../../domain/alert/low-stock-threshold.ts';
import { Decimal } from '../../shared/decimal.ts';
import type { ItemId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { ThresholdOrigin } from '../tables/stock.ts';
import { compareLevelKeys, fromUnits, type LevelKey, toUnits } from './ingest-level.ts';

/** A level and what its threshold is computed from. */
export interface ThresholdSubject extends LevelKey {
  readonly inputs: ThresholdInputs;
}

/**
 * Locks levels in key order until the end of the transaction, in a statement of its own: what is loaded after it
 * shows everything that those who held the locks before have written. Locks rows of `stock_level`.
 */
export async function lockThresholds(sql: Sql, levels: readonly LevelKey[] | 'all'): Promise<void> {
  if (levels.length === 0) return;
  await sql`
    with locked as (
      select from ${wantedLevels(sql, levels)} order by l.item_id, l.warehouse_id for update of l
    )
    select count(*) from locked`;
}

function wantedLevels(sql: Sql, levels: readonly LevelKey[] | 'all') {
  if (levels === 'all') return sql`stock_level l`;
  return sql`unnest(${levels.map((key) => key.itemId)}::text[]::uuid[],
                    ${levels.map((key) => key.warehouseId)}::text[]::uuid[]) as k(item_id, warehouse_id)
             join stock_level l using (item_id, warehouse_id)`;
}

/**
 * Loads what thresholds are computed from: the nearest policy (item × warehouse, item, warehouse, category,
 * supplier, organization) and the demand of the 56 whole business days before today, in each warehouse's zone.
 * The newest plan's safety stock comes along.
 * Reads `stock_level`, `stock_policy`, `item`, `warehouse`, `demand_daily`, `level_plan`.
 *
 * @param levels - which levels; `all` = every level of the organization
 * @param at - business time: today is the day it falls on
 */
export async function loadThresholdSubjects(
  sql: Sql,
  levels: readonly LevelKey[] | 'all',
  at: Date,
): Promise<ThresholdSubject[]> {
  if (levels.length === 0) return [];
  const rows = await sql<SubjectRow[]>`
    with scope as (
      select l.item_id, l.warehouse_id, i.category, i.supplier_name,
             (${at}::timestamptz at time zone w.time_zone)::date as today
      from ${wantedLevels(sql, levels)}
      join item i on i.item_id = l.item_id
      join warehouse w on w.warehouse_id = l.warehouse_id
    )
    select s.item_id, s.warehouse_id,
           coalesce(p1.safety_stock, p2.safety_stock, p3.safety_stock, p4.safety_stock, p5.safety_stock,
                    p6.safety_stock) as safety_stock,
           coalesce(p1.lead_time_days, p2.lead_time_days, p3.lead_time_days, p4.lead_time_days, p5.lead_time_days,
                    p6.lead_time_days) as lead_time_days,
           -- Where planning found too little to compute from, so does this.
           case when first.day is not null and plan.safety_stock_origin is distinct from 'DEFAULT'
             then least(s.today - first.day, ${demandWindowDays}::integer) end as days,
           sums.sum, sums.square_sum,
           case when plan.safety_stock_origin = 'COMPUTED' then plan.safety_stock end as planned
    from scope s
    left join stock_policy p1 on p1.item_id = s.item_id and p1.warehouse_id = s.warehouse_id
      and p1.category is null and p1.supplier_name is null
    left join stock_policy p2 on p2.item_id = s.item_id and p2.warehouse_id is null
      and p2.category is null and p2.supplier_name is null
    left join stock_policy p3 on p3.item_id is null and p3.warehouse_id = s.warehouse_id
      and p3.category is null and p3.supplier_name is null
    left join stock_policy p4 on p4.item_id is null and p4.warehouse_id is null
      and p4.category = s.category and p4.supplier_name is null
    left join stock_policy p5 on p5.item_id is null and p5.warehouse_id is null
      and p5.category is null and p5.supplier_name = s.supplier_name
    left join stock_policy p6 on p6.item_id is null and p6.warehouse_id is null
      and p6.category is null and p6.supplier_name is null
    left join lateral (
      select d.day from demand_daily d
      where d.item_id = s.item_id and d.warehouse_id = s.warehouse_id
      order by d.organization_id, d.item_id, d.warehouse_id, d.day limit 1
    ) first on true
    left join lateral (
      select sum(d.units) as sum, sum(d.units * d.units) as square_sum from demand_daily d
      where d.item_id = s.item_id and d.warehouse_id = s.warehouse_id
        and d.day >= s.today - ${demandWindowDays}::integer and d.day < s.today
    ) sums on first.day is not null
    left join level_plan plan on plan.item_id = s.item_id and plan.warehouse_id = s.warehouse_id`;
  return rows.map((row) => ({
    itemId: row.item_id,
    warehouseId: row.warehouse_id,
    inputs: {
      override: fromUnits(row.safety_stock),
      leadTimeDays: fromUnits(row.lead_time_days),
      planned: fromUnits(row.planned),
      demandDays: Math.max(row.days ?? 0, 0),
      demandSum: fromUnits(row.sum) ?? new Decimal(0),
      demandSquareSum: fromUnits(row.square_sum) ?? new Decimal(0),
    },
  }));
}

/**
 * Stores thresholds on their levels, where they differ. Locks the changed levels in key order; writes `stock_level`.
 * Run twice: the second time writes nothing.
 *
 * @returns the levels whose threshold or origin changed
 */
export async function saveThresholds(
  sql: Sql,
  thresholds: readonly (LevelKey & { threshold: Decimal; origin: ThresholdOrigin })[],
  computedAt: Date,
): Promise<LevelKey[]> {
  if (thresholds.length === 0) return [];
  const sorted = [...thresholds].sort(compareLevelKeys);
  const rows = await sql<{ item_id: ItemId; warehouse_id: WarehouseId }[]>`
    with given as (
      select l.item_id, l.warehouse_id, g.threshold, g.origin
      from stock_level l
      join unnest(${sorted.map((one) => one.itemId)}::text[]::uuid[],
                  ${sorted.map((one) => one.warehouseId)}::text[]::uuid[],
                  ${sorted.map((one) => toUnits(one.threshold))}::text[]::numeric[],
                  ${sorted.map((one) => one.origin)}::text[])
        as g(item_id, warehouse_id, threshold, origin) using (item_id, warehouse_id)
      where l.threshold is distinct from g.threshold or l.threshold_origin is distinct from g.origin
      order by l.item_id, l.warehouse_id
      for update of l
    )
    update stock_level l
    set threshold = g.threshold, threshold_origin = g.origin, threshold_computed_at = ${computedAt}
    from given g
    where l.item_id = g.item_id and l.warehouse_id = g.warehouse_id
    returning l.item_id, l.warehouse_id`;
  return rows.map((row) => ({ itemId: row.item_id, warehouseId: row.warehouse_id }));
}

interface SubjectRow {
  item_id: ItemId;
  warehouse_id: WarehouseId;
  safety_stock: string | null;
  lead_time_days: string | null;
  days: number | null;
  sum: string | null;
  square_sum: string | null;
  planned: string | null;
}
