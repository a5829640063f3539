import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { LevelKey } from './ingest-level.ts';

/**
 * Rebuilds the hourly summary of the hours in which snapshots were added, and of no other hour.
 *
 * The level is a step function: an hour opens with the value carried into it, and its last value is counted to the
 * end of the hour, also while the hour still runs; the next snapshot in that hour rebuilds it. Implausible
 * snapshots do not count. Hours without a snapshot have no row: readers carry the last close forward.
 * Reads `stock_snapshot`, writes `stock_rollup_hourly`. Run twice: the same rows.
 *
 * @param touched - level and instant of each snapshot that was added
 */
export async function rebuildRollups(
  sql: Sql,
  organizationId: OrganizationId,
  touched: readonly (LevelKey & { observedAt: Date })[],
  recordedAt: Date,
): Promise<void> {
  if (touched.length === 0) return;
  await sql`
    with hour as (
      select distinct item_id, warehouse_id, date_trunc('hour', observed_at, 'UTC') as hour_at
      from unnest(${touched.map((one) => one.itemId)}::text[]::uuid[],
                  ${touched.map((one) => one.warehouseId)}::text[]::uuid[],
                  ${touched.map((one) => one.observedAt.toISOString())}::text[]::timestamptz[])
        as t(item_id, warehouse_id, observed_at)
    ), point as (
      select h.item_id, h.warehouse_id, h.hour_at, p.observed_at, p.available
      from hour h cross join lateral (
        (select h.hour_at as observed_at, s.available from stock_snapshot s
         where s.item_id = h.item_id and s.warehouse_id = h.warehouse_id and s.observed_at <= h.hour_at
           and not s.is_suspect
         order by s.observed_at desc limit 1)
        union all
        (select s.observed_at, s.available from stock_snapshot s
         where s.item_id = h.item_id and s.warehouse_id = h.warehouse_id and s.observed_at > h.hour_at
           and s.observed_at < h.hour_at + interval '1 hour' and not s.is_suspect)
      ) p
    ), span as (
      select *, lead(observed_at, 1, hour_at + interval '1 hour')
                  over (partition by item_id, warehouse_id, hour_at order by observed_at) as until_at
      from point
    )
    insert into stock_rollup_hourly as r (
      organization_id, item_id, warehouse_id, hour_at, open, low, high, close, out_of_stock_minutes, recorded_at)
    select ${organizationId}, item_id, warehouse_id, hour_at,
           (array_agg(available order by observed_at))[1], min(available), max(available),
           (array_agg(available order by observed_at desc))[1],
           round(coalesce(sum(extract(epoch from until_at - observed_at)) filter (where available <= 0), 0) / 60)::integer,
           ${recordedAt}
    from span
    group by item_id, warehouse_id, hour_at
    order by item_id, warehouse_id, hour_at
    on conflict (organization_id, item_id, warehouse_id, hour_at) do update
    set open = excluded.open, low = excluded.low, high = excluded.high, close = excluded.close,
        out_of_stock_minutes = excluded.out_of_stock_minutes, recorded_at = excluded.recorded_at`;
}
