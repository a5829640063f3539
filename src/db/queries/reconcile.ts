import type { ItemId, OrganizationId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { LevelKey } from './ingest-level.ts';

/** A level whose snapshot was missing, and the snapshot that was made. */
export interface MendedLevel extends LevelKey {
  readonly snapshotObservedAt: Date;
  /** False = only its old snapshot was gone, with the partition of a month long past: nobody changed anything. */
  readonly isChanged: boolean;
}

/**
 * Levels that look wrong at a glance: low without an open LOW_STOCK alert (or OUT_OF_STOCK, which speaks for it), or
 * with one and no longer low. Both ways, from the partial indexes; none while the rule is off. Reads `stock_level`,
 * `alert_rule` and `stock_alert`.
 */
export async function findDisagreeing(sql: Sql, levelsMax: number): Promise<LevelKey[]> {
  const rows = await sql<KeyRow[]>`
    (select l.item_id, l.warehouse_id from stock_level l
    where l.is_low and not exists (
      select from stock_alert a
      where a.item_id = l.item_id and a.warehouse_id = l.warehouse_id and a.state <> 'RESOLVED'
        and a.kind in ('LOW_STOCK', 'OUT_OF_STOCK')
    ) and exists (
      select from alert_rule r
      where r.kind = 'LOW_STOCK' and r.item_id is null and r.warehouse_id is null and r.category is null
        and r.is_enabled is not false
    ) limit ${levelsMax})
    union
    (select l.item_id, l.warehouse_id from stock_alert a
    join stock_level l using (item_id, warehouse_id)
    where a.state <> 'RESOLVED' and a.item_id is not null and a.kind = 'LOW_STOCK' and not l.is_low
    limit ${levelsMax})`;
  return rows.map((row) => ({ itemId: row.item_id, warehouseId: row.warehouse_id }));
}

/** Levels with an alert that time alone may change now, the longest due first. Reads `stock_alert`. */
export async function findDueLevels(sql: Sql, at: Date, levelsMax: number): Promise<LevelKey[]> {
  const rows = await sql<KeyRow[]>`
    select item_id, warehouse_id from stock_alert
    where due_at <= ${at} and item_id is not null and warehouse_id is not null
    order by due_at limit ${levelsMax}`;
  return rows.map((row) => ({ itemId: row.item_id, warehouseId: row.warehouse_id }));
}

/** How many levels there are. Reads `stock_level`. */
export async function countLevels(sql: Sql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(*)::integer as count from stock_level`;
  return row?.count ?? 0;
}

/** Pools to be looked at, and how far the event log was read. */
export interface PoolsOfChanged {
  readonly pools: readonly LevelKey[];
  /** Whole number as text. */
  readonly last: string;
}

/**
 * Marketplace pools of goods of which some level changed since an event: what the pool is compared with may have
 * changed, and whoever changed it judged its own level only. Reads `event_log`, `stock_level`, `warehouse`.
 *
 * @param after - number of the last event seen; null = from now on
 * @param eventsMax - how far to read at once
 */
export async function findPoolsOfChanged(
  sql: Sql,
  after: string | null,
  eventsMax: number,
): Promise<PoolsOfChanged> {
  const rows = await sql<(Partial<KeyRow> & { last: string })[]>`
    with reach as (
      select least(h.last, coalesce(${after}::text::bigint, h.last) + ${eventsMax}::integer) as last from event_head h
    ), moved as (
      select distinct e.item_id from event_log e, reach
      where e.number > ${after}::text::bigint and e.number <= reach.last and e.topic = 'STOCK_LEVEL'
    ), pools as (
      select p.item_id, p.warehouse_id
      from moved m join stock_level p on p.item_id = m.item_id
      join warehouse w on w.warehouse_id = p.warehouse_id and w.kind = 'MARKETPLACE_POOL'
    )
    select reach.last::text as last, pools.item_id, pools.warehouse_id from reach left join pools on true`;
  const pools = rows.flatMap(({ item_id: itemId, warehouse_id: warehouseId }) =>
    itemId == null || warehouseId == null ? [] : [{ itemId, warehouseId }],
  );
  return { pools, last: rows[0]?.last ?? '0' };
}

/** The next levels in key order after one, for a scan that goes round. Reads `stock_level`. */
export async function scanLevels(sql: Sql, after: LevelKey | null, levelsMax: number): Promise<LevelKey[]> {
  const rows = await sql<KeyRow[]>`
    select item_id, warehouse_id from stock_level
    where ${after === null ? sql`true` : sql`(item_id, warehouse_id) > (${after.itemId}, ${after.warehouseId})`}
    order by item_id, warehouse_id
    limit ${levelsMax}`;
  return rows.map((row) => ({ itemId: row.item_id, warehouseId: row.warehouse_id }));
}

/**
 * Finds levels that differ from the snapshot they point to (somebody changed them by plain SQL) and records the
 * missing snapshot with source SQL, now. A level whose snapshot went with its partition gets a new one that says the
 * same, under its own source: nobody changed that level, so what was computed from it stays current. The version of a
 * level does not move, so a reading under way still wins. Locks these levels in key order; writes `stock_snapshot` and
 * `stock_level`. Run twice: the second time writes nothing.
 *
 * @param recordedAt - business time; the partition of its month must exist, those of the levels' old months need not
 */
export async function mendSnapshots(
  sql: Sql,
  organizationId: OrganizationId,
  levels: readonly LevelKey[],
  recordedAt: Date,
): Promise<MendedLevel[]> {
  if (levels.length === 0) return [];
  const rows = await sql<(KeyRow & { snapshot_observed_at: Date; is_changed: boolean })[]>`
    with strayed as (
      select l.item_id, l.warehouse_id, l.available, l.on_hand, l.reserved, l.damaged, l.incoming, l.source,
             greatest(l.observed_at + interval '1 millisecond', l.snapshot_observed_at + interval '1 millisecond',
                      ${recordedAt}::timestamptz) as next_at,
             s.item_id is not null or to_regclass('public.stock_snapshot_y'
               || to_char(l.snapshot_observed_at at time zone 'UTC', 'YYYY"m"MM')) is not null as is_changed
      from unnest(${levels.map((key) => key.itemId)}::text[]::uuid[],
                  ${levels.map((key) => key.warehouseId)}::text[]::uuid[]) as k(item_id, warehouse_id)
      join stock_level l using (item_id, warehouse_id)
      left join stock_snapshot s on s.item_id = l.item_id and s.warehouse_id = l.warehouse_id
        and s.observed_at = l.snapshot_observed_at
      where s.item_id is null
        or (s.available, s.on_hand, s.reserved, s.damaged, s.incoming)
          is distinct from (l.available, l.on_hand, l.reserved, l.damaged, l.incoming)
      order by l.item_id, l.warehouse_id
      for update of l
    ), recorded as (
      insert into stock_snapshot (
        organization_id, item_id, warehouse_id, observed_at, recorded_at, available, on_hand, reserved, damaged,
        incoming, source)
      select ${organizationId}, t.item_id, t.warehouse_id, t.next_at, ${recordedAt}, t.available, t.on_hand,
             t.reserved, t.damaged, t.incoming, case when t.is_changed then 'SQL' else t.source end
      from strayed t
      on conflict (organization_id, item_id, warehouse_id, observed_at) do nothing
    )
    update stock_level l
    set snapshot_observed_at = t.next_at,
        recorded_at = case when t.is_changed then ${recordedAt}::timestamptz else l.recorded_at end,
        source = case when t.is_changed then 'SQL' else l.source end
    from strayed t
    where l.item_id = t.item_id and l.warehouse_id = t.warehouse_id
    returning l.item_id, l.warehouse_id, l.snapshot_observed_at, t.is_changed`;
  return rows.map((row) => ({
    itemId: row.item_id,
    warehouseId: row.warehouse_id,
    snapshotObservedAt: row.snapshot_observed_at,
    isChanged: row.is_changed,
  }));
}

interface KeyRow {
  item_id: ItemId;
  warehouse_id: WarehouseId;
}
