import type { CalendarDate } from '../../shared/time.ts';
import type { QueryScope } from './collection.ts';

/** How wide the buckets of a series are. */
export type SeriesInterval = 'HOUR' | 'DAY' | 'WEEK';

/** A level whose series is wanted, with the zone of its business days. */
export interface SeriesLevel {
  readonly itemId: string;
  readonly warehouseId: string;
  readonly timeZone: string;
}

/** One observed hour of a level; decimal text. */
export interface RollupRow {
  hourAt: Date;
  open: string;
  low: string;
  high: string;
  close: string;
  outOfStockMinutes: number;
}

/** What a level did, as far as it was observed. */
export interface RollupRows {
  /** The last observed hour before the first bucket; null = nothing was known then. */
  before: RollupRow | null;
  hours: RollupRow[];
}

/**
 * The instants that bound the buckets of a span, per zone: whole hours, local midnights, or local Mondays. The
 * first bucket holds `from`, the last ends at or after `to`. Reads no table.
 */
export async function loadBucketEdges(
  { sql }: QueryScope,
  timeZones: readonly string[],
  interval: SeriesInterval,
  from: Date,
  to: Date,
): Promise<Map<string, Date[]>> {
  const unit = interval.toLowerCase();
  const rows = await sql<{ zone: string; edge: Date }[]>`
    select zone, edge at time zone zone as edge
    from unnest(${[...timeZones]}::text[]) zone
    cross join lateral generate_series(
      date_trunc(${unit}, ${from}::timestamptz at time zone zone),
      date_trunc(${unit}, (${to}::timestamptz - interval '1 microsecond') at time zone zone)
        + ('1 ' || ${unit}::text)::interval,
      ('1 ' || ${unit}::text)::interval) edge
    order by 1, 2`;
  const edges = new Map<string, Date[]>(timeZones.map((zone) => [zone, []]));
  for (const row of rows) edges.get(row.zone)?.push(row.edge);
  return edges;
}

/**
 * The observed hours of some levels in one statement. Reads `stock_rollup_hourly`.
 *
 * @param spans - per level from which instant to which, in the order of the levels
 */
export async function loadRollups(
  { sql }: QueryScope,
  levels: readonly SeriesLevel[],
  spans: readonly { readonly from: Date; readonly to: Date }[],
): Promise<RollupRows[]> {
  const rows = await sql<(RollupRow & { parentIndex: number; isBefore: boolean })[]>`
    select (parent.position - 1)::int as "parentIndex", hour.*
    from unnest(${levels.map((level) => level.itemId)}::text[]::uuid[],
                ${levels.map((level) => level.warehouseId)}::text[]::uuid[],
                ${spans.map((span) => span.from.toISOString())}::text[]::timestamptz[],
                ${spans.map((span) => span.to.toISOString())}::text[]::timestamptz[])
      with ordinality as parent(item_id, warehouse_id, starts_at, ends_at, position)
    cross join lateral (
      (select r.hour_at as "hourAt", r.open, r.low, r.high, r.close,
              r.out_of_stock_minutes as "outOfStockMinutes", true as "isBefore"
       from stock_rollup_hourly r
       where r.item_id = parent.item_id and r.warehouse_id = parent.warehouse_id and r.hour_at < parent.starts_at
       order by r.hour_at desc limit 1)
      union all
      (select r.hour_at, r.open, r.low, r.high, r.close, r.out_of_stock_minutes, false
       from stock_rollup_hourly r
       where r.item_id = parent.item_id and r.warehouse_id = parent.warehouse_id
         and r.hour_at >= parent.starts_at and r.hour_at < parent.ends_at)
    ) hour
    order by parent.position, hour."hourAt"`;
  const found: RollupRows[] = levels.map(() => ({ before: null, hours: [] }));
  for (const { parentIndex, isBefore, ...row } of rows) {
    const level = found[parentIndex];
    if (level === undefined) continue;
    if (isBefore) level.before = row;
    else level.hours.push(row);
  }
  return found;
}

/** Units customers wanted on a business day; decimal text. */
export interface DemandDayRow {
  date: CalendarDate;
  units: string;
  isCensored: boolean;
  source: 'ORDERS' | 'MOVEMENTS' | null;
}

/**
 * The demand of some levels by business day, in one statement: from the first day with demand on, days without any
 * as 0, without today. Reads `demand_daily`.
 *
 * @param from - first day
 * @param to - day after the last
 */
export async function loadDemandDays(
  { sql, now }: QueryScope,
  levels: readonly SeriesLevel[],
  from: string,
  to: string,
): Promise<DemandDayRow[][]> {
  const rows = await sql<(DemandDayRow & { parentIndex: number })[]>`
    select (parent.position - 1)::int as "parentIndex", span.day as date, coalesce(d.units, 0) as units,
      coalesce(d.is_censored, false) as "isCensored", d.source
    from unnest(${levels.map((level) => level.itemId)}::text[]::uuid[],
                ${levels.map((level) => level.warehouseId)}::text[]::uuid[],
                ${levels.map((level) => level.timeZone)}::text[])
      with ordinality as parent(item_id, warehouse_id, zone, position)
    cross join lateral (
      select min(day) as day from demand_daily f
      where f.item_id = parent.item_id and f.warehouse_id = parent.warehouse_id
    ) first
    cross join lateral (
      select day::date from generate_series(
        greatest(${from}::date, first.day)::timestamp,
        least(${to}::date, (${now}::timestamptz at time zone parent.zone)::date)::timestamp - interval '1 day',
        interval '1 day') day
    ) span
    left join demand_daily d on d.item_id = parent.item_id and d.warehouse_id = parent.warehouse_id
      and d.day = span.day
    where first.day is not null
    order by parent.position, span.day`;
  const groups: DemandDayRow[][] = levels.map(() => []);
  for (const { parentIndex, ...row } of rows) groups[parentIndex]?.push(row);
  return groups;
}
