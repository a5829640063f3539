import type { Decimal } from '../../shared/decimal.ts';
import type { ItemId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { ThresholdOrigin } from '../tables/stock.ts';
import { compareLevelKeys, type LevelKey, toUnits } from './ingest-level.ts';

/** A planned threshold, and the one it was planned beside. */
export interface PlannedThreshold extends LevelKey {
  readonly threshold: Decimal;
  readonly origin: ThresholdOrigin;
  /** As it stood when the plan's settings were read. */
  readonly seen: {
    readonly threshold: string | null;
    readonly origin: string | null;
    readonly computedAt: Date | null;
  };
}

/**
 * Stores planned thresholds on their levels where they differ, unless somebody set or withdrew one since the plan's
 * settings were read: that one knows more, and whoever did it has marked the level to be planned again. What was only
 * computed meanwhile, from new demand and no plan, gives way. The comparison is part of the statement that writes, on the
 * row as it is once it is locked, so nothing can come between.
 *
 * Locks the changed levels in key order; writes `stock_level`. Run twice: the second time writes nothing.
 *
 * @returns the levels whose threshold or origin changed
 */
export async function savePlannedThresholds(
  sql: Sql,
  thresholds: readonly PlannedThreshold[],
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
                  ${sorted.map((one) => one.origin)}::text[],
                  ${sorted.map((one) => one.seen.threshold)}::text[]::numeric[],
                  ${sorted.map((one) => one.seen.origin)}::text[],
                  ${sorted.map((one) => one.seen.computedAt?.toISOString() ?? null)}::text[]::timestamptz[])
        as g(item_id, warehouse_id, threshold, origin, seen_threshold, seen_origin, seen_at)
        using (item_id, warehouse_id)
      where (l.threshold is distinct from g.threshold or l.threshold_origin is distinct from g.origin)
        and (l.threshold_origin is distinct from 'OVERRIDE' and g.seen_origin is distinct from 'OVERRIDE'
          or l.threshold is not distinct from g.seen_threshold
          and l.threshold_origin is not distinct from g.seen_origin
          and date_trunc('milliseconds', l.threshold_computed_at) is not distinct from g.seen_at)
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
