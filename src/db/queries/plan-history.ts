import type { DayLists } from '../../domain/plan/recorded-days.ts';
import type { Sql } from '../connection.ts';
import type { LevelKey } from './ingest-level.ts';
import type { Read } from './keyset.ts';

/** Which days of a level to load. */
export interface HistoryWanted extends LevelKey {
  /** Last day, and how many days back from it. `YYYY-MM-DD`. */
  readonly lastDay: string;
}

/** What is on record of a level's days. */
export interface RecordedDays extends LevelKey, DayLists {}

/** How far back forecasts look. */
const historyDays = 730;

/**
 * Loads demand and stock of levels day by day, two years back from each level's last known day; one row per level.
 * Reads `demand_daily`, `stock_daily`.
 *
 * @returns in the order of the levels asked for
 */
export async function loadRecordedDays(sql: Sql, levels: readonly HistoryWanted[]): Promise<RecordedDays[]> {
  return levels.length === 0 ? [] : await recordedDays<RecordedDays>(sql, levels, historyDays);
}

/**
 * The same over a shorter window, for whoever asks about a few levels. One row per level, in the order asked for.
 *
 * @param days - window, counted back from each level's last day, >= 1
 */
export function readRecordedDays(levels: readonly HistoryWanted[], days: number): Read<RecordedDays[]> {
  return {
    build: ({ sql }) => recordedDays<object>(sql, levels, days),
    parse: (rows) => rows as RecordedDays[],
  };
}

function recordedDays<Row extends object>(sql: Sql, levels: readonly HistoryWanted[], days: number) {
  return sql<Row[]>`
    with wanted as (
      select k.*, k.last_day - ${days - 1}::integer as from_day
      from unnest(${levels.map((key) => key.itemId)}::text[]::uuid[],
                  ${levels.map((key) => key.warehouseId)}::text[]::uuid[],
                  ${levels.map((key) => key.lastDay)}::text[]::date[]) with ordinality
        as k(item_id, warehouse_id, last_day, position)
    )
    select k.item_id as "itemId", k.warehouse_id as "warehouseId", k.from_day as "fromDay", k.last_day as "lastDay",
           first.day as "firstDemandOn", d.offsets as "demandOffsets", d.units as "demandUnits", d.largest as "demandLargest",
           d.censored as "demandCensored", s.offsets as "stockOffsets", s.means as "stockMeans",
           s.closes as "stockCloses", s.outs as "stockOutShares", before.close as "closeBefore"
    from wanted k
    left join lateral (
      select n.day from demand_daily n where n.item_id = k.item_id and n.warehouse_id = k.warehouse_id
      order by n.organization_id, n.item_id, n.warehouse_id, n.day limit 1
    ) first on true
    left join lateral (
      select string_agg((n.day - k.from_day)::text, ',' order by n.day) as offsets,
             string_agg(trim_scale(n.units)::text, ',' order by n.day) as units,
             string_agg(coalesce(trim_scale(n.largest_order_units), 0)::text, ',' order by n.day) as largest,
             string_agg(n.is_censored::integer::text, ',' order by n.day) as censored
      from demand_daily n
      where n.item_id = k.item_id and n.warehouse_id = k.warehouse_id and n.day between k.from_day and k.last_day
    ) d on true
    left join lateral (
      select string_agg((n.day - k.from_day)::text, ',' order by n.day) as offsets,
             string_agg(trim_scale(n.mean_units)::text, ',' order by n.day) as means,
             string_agg(trim_scale(n.close)::text, ',' order by n.day) as closes,
             string_agg(n.out_share::text, ',' order by n.day) as outs
      from stock_daily n
      where n.item_id = k.item_id and n.warehouse_id = k.warehouse_id and n.day between k.from_day and k.last_day
    ) s on true
    left join lateral (
      select n.close from stock_daily n
      where n.item_id = k.item_id and n.warehouse_id = k.warehouse_id and n.day < k.from_day
      order by n.organization_id desc, n.item_id desc, n.warehouse_id desc, n.day desc limit 1
    ) before on true
    order by k.position`;
}

/** One observation within a business day. */
export interface DayObservation extends LevelKey {
  /** `YYYY-MM-DD` in the warehouse's zone. */
  readonly day: string;
  /** How much of the day had passed, 0 to 1. */
  readonly passedShare: number;
  readonly available: string;
}

/** Where the daily stock of a level stands. */
export interface StockDailyState extends LevelKey {
  readonly close: string | null;
}

/** Snapshots older than this are not summed up any more. */
const snapshotDays = 400;

/**
 * Loads what was observed of levels on whole days that are not summed up yet. Reads `stock_daily`, `stock_snapshot`.
 *
 * @param levels - with the last whole day; later observations wait
 * @returns observations in order of level and time, and the close before the first of them
 */
export async function loadNewObservations(
  sql: Sql,
  levels: readonly HistoryWanted[],
): Promise<{ observations: DayObservation[]; states: StockDailyState[] }> {
  if (levels.length === 0) return { observations: [], states: [] };
  const wanted = sql`
    select k.item_id, k.warehouse_id, w.time_zone, k.last_day, last.close,
           coalesce(last.day, k.last_day - ${snapshotDays}::integer) as summed_on
    from unnest(${levels.map((key) => key.itemId)}::text[]::uuid[],
                ${levels.map((key) => key.warehouseId)}::text[]::uuid[],
                ${levels.map((key) => key.lastDay)}::text[]::date[]) as k(item_id, warehouse_id, last_day)
    join warehouse w on w.warehouse_id = k.warehouse_id
    left join lateral (
      select n.day, n.close from stock_daily n
      where n.item_id = k.item_id and n.warehouse_id = k.warehouse_id
      order by n.organization_id desc, n.item_id desc, n.warehouse_id desc, n.day desc limit 1
    ) last on true`;
  const states = await sql<StockDailyState[]>`
    select k.item_id as "itemId", k.warehouse_id as "warehouseId", k.close from (${wanted}) k`;
  const observations = await sql<DayObservation[]>`
    select k.item_id as "itemId", k.warehouse_id as "warehouseId", at.day,
           extract(epoch from at.local - at.day::timestamp)::float8 / 86400 as "passedShare", s.available
    from (${wanted}) k
    join stock_snapshot s on s.item_id = k.item_id and s.warehouse_id = k.warehouse_id and not s.is_suspect
      and s.observed_at >= (k.summed_on + 1)::timestamp at time zone k.time_zone
      and s.observed_at < (k.last_day + 1)::timestamp at time zone k.time_zone
    cross join lateral (
      select s.observed_at at time zone k.time_zone as local, (s.observed_at at time zone k.time_zone)::date as day
    ) at
    order by 1, 2, s.observed_at`;
  return { observations: [...observations], states: [...states] };
}

/** A whole day of a level's stock. */
export interface StockDayWrite extends LevelKey {
  readonly day: string;
  readonly meanUnits: string;
  readonly close: string;
  readonly outShare: number;
}

/** Writes whole days of stock. Writes `stock_daily`; run twice: the same rows. */
export async function saveStockDays(
  sql: Sql,
  organizationId: string,
  days: readonly StockDayWrite[],
  recordedAt: Date,
): Promise<void> {
  if (days.length === 0) return;
  await sql`
    insert into stock_daily as d (
      organization_id, item_id, warehouse_id, day, mean_units, close, out_share, recorded_at)
    select ${organizationId}::uuid, g.item_id, g.warehouse_id, g.day, g.mean_units, g.close, g.out_share,
           ${recordedAt}::timestamptz
    from unnest(${days.map((one) => one.itemId)}::text[]::uuid[],
                ${days.map((one) => one.warehouseId)}::text[]::uuid[],
                ${days.map((one) => one.day)}::text[]::date[],
                ${days.map((one) => one.meanUnits)}::text[]::numeric[],
                ${days.map((one) => one.close)}::text[]::numeric[],
                ${days.map((one) => String(one.outShare))}::text[]::float8[])
      as g(item_id, warehouse_id, day, mean_units, close, out_share)
    order by g.item_id, g.warehouse_id, g.day
    on conflict (organization_id, item_id, warehouse_id, day) do update
    set mean_units = excluded.mean_units, close = excluded.close, out_share = excluded.out_share,
        recorded_at = excluded.recorded_at
    where (d.mean_units, d.close, d.out_share) is distinct from
          (excluded.mean_units, excluded.close, excluded.out_share)`;
}
