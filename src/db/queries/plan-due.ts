import type { ItemId, OrganizationId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import { compareLevelKeys, type LevelKey } from './ingest-level.ts';

/** A level to be planned. */
export interface DueLevel extends LevelKey {
  readonly isForecastDue: boolean;
}

/** Where planning stands in an organization. */
export interface PlanProgress {
  /** Newest event whose changed levels were planned. Whole number as text. */
  readonly eventNumber: string;
  /** The business day of the last daily round; null = none yet. */
  readonly dailyOn: string | null;
  /** True when that round could not wait for all of the day before: it runs again once its orders are read. */
  readonly isDailyLate: boolean;
  readonly calibratedOn: string | null;
  readonly economicOn: string | null;
  readonly summarizedAt: Date | null;
}

/**
 * Marks levels to be planned anew. Writes `plan_due` in the caller's transaction, in key order. Run twice: the same
 * marks.
 *
 * @param isForecastDue - true when demand may have changed
 */
export async function markPlanDue(
  sql: Sql,
  levels: readonly LevelKey[],
  isForecastDue: boolean,
  markedAt: Date,
): Promise<void> {
  await markPlansDue(
    sql,
    levels.map((level) => ({ ...level, isForecastDue })),
    [],
    markedAt,
  );
}

/**
 * Marks levels whose demand of a past day was counted anew: their forecast is due. Today's half day is no news yet.
 * Reads `warehouse`, writes `plan_due` in the caller's transaction. Run twice: the same marks.
 */
export async function markPastDemandDue(
  sql: Sql,
  days: readonly (LevelKey & { day: string })[],
  markedAt: Date,
): Promise<void> {
  if (days.length === 0) return;
  await sql`
    insert into plan_due as d (organization_id, item_id, warehouse_id, is_forecast_due, marked_at)
    select distinct l.organization_id, l.item_id, l.warehouse_id, true, ${markedAt}::timestamptz
    from unnest(${days.map((one) => one.itemId)}::text[]::uuid[],
                ${days.map((one) => one.warehouseId)}::text[]::uuid[],
                ${days.map((one) => one.day)}::text[]::date[]) as k(item_id, warehouse_id, day)
    join stock_level l using (item_id, warehouse_id)
    join warehouse w on w.warehouse_id = l.warehouse_id
    where k.day < (${markedAt}::timestamptz at time zone w.time_zone)::date
    order by 2, 3
    on conflict (organization_id, item_id, warehouse_id) do update
    set is_forecast_due = true, marked_at = excluded.marked_at`;
}

/**
 * Marks levels for the daily round, all of them unless told otherwise. A forecast is due where demand of a past day was
 * stored since it was made, where days without a sale have become news (a unit was expected meanwhile), or after a
 * week. Reads levels, forecasts and `demand_daily`, writes `plan_due`. Run twice: the same marks.
 *
 * @param at - business time
 * @param after - `item/warehouse` of the last level marked before; empty = begin at the first
 * @param levelsMax - how many at once; null = all
 * @returns the last level marked; null = there are no more
 */
export async function markAllPlanDue(
  sql: Sql,
  at: Date,
  after = '',
  levelsMax: number | null = null,
): Promise<string | null> {
  const [itemId, warehouseId] = after.split('/');
  const isAfter =
    warehouseId === undefined
      ? sql`true`
      : sql`(item_id, warehouse_id) > (${itemId!}::text::uuid, ${warehouseId}::text::uuid)`;
  const [row] = await sql<{ last: string | null; count: number }[]>`
    with level as materialized (
      select organization_id, item_id, warehouse_id from stock_level where ${isAfter}
      order by organization_id, item_id, warehouse_id limit ${levelsMax}
    ), marked as (
      insert into plan_due as d (organization_id, item_id, warehouse_id, is_forecast_due, marked_at)
      select l.organization_id, l.item_id, l.warehouse_id,
        f.item_id is null or f.stored is null
          or today.day - f.first_on >= 7
          or (today.day - f.first_on) * coalesce(f.units_per_day, 0) >= 1
          or exists (
            select from demand_daily n
            where n.item_id = l.item_id and n.warehouse_id = l.warehouse_id
              and n.day >= f.first_on and n.day < today.day
          ),
        ${at}::timestamptz
      from level l
      join warehouse w on w.warehouse_id = l.warehouse_id
      cross join lateral (select (${at}::timestamptz at time zone w.time_zone)::date as day) today
      left join level_forecast f on f.item_id = l.item_id and f.warehouse_id = l.warehouse_id
      order by l.item_id, l.warehouse_id
      on conflict (organization_id, item_id, warehouse_id) do update
      set is_forecast_due = d.is_forecast_due or excluded.is_forecast_due, marked_at = excluded.marked_at
    )
    select count(*)::int as count, (
        select item_id || '/' || warehouse_id from level order by item_id desc, warehouse_id desc limit 1
      ) as last
    from level`;
  return row === undefined || levelsMax === null || row.count < levelsMax ? null : row.last;
}

/** How far the daily round has come: factors of warehouses first, then marks of levels. */
export interface MarkedTo {
  readonly stage: 'WAREHOUSE' | 'LEVEL';
  /** The last one that is done; empty = none yet. */
  readonly last: string;
}

/** Where the daily round stands; null = it is over. Reads `plan_progress`. */
export async function loadMarkedTo(sql: Sql): Promise<MarkedTo | null> {
  const [row] = await sql<{ from: string | null }[]>`select daily_from as "from" from plan_progress`;
  if (row?.from == null) return null;
  const [stage, ...last] = row.from.split('/');
  return { stage: stage === 'LEVEL' ? 'LEVEL' : 'WAREHOUSE', last: last.join('/') };
}

/** Writes `plan_progress`, which must be there. Run twice: the same row. */
export async function saveMarkedTo(sql: Sql, marked: MarkedTo | null): Promise<void> {
  await sql`update plan_progress set daily_from = ${marked === null ? null : `${marked.stage}/${marked.last}`}`;
}

/** A marked level, and which mark it was. */
export interface MarkedLevel extends DueLevel {
  /** Changes whenever the level is marked again, also at the same business time. */
  readonly mark: string;
}

/** The first levels of the list, at most so many. Reads `plan_due` and locks nothing. */
export async function loadPlanDue(sql: Sql, levelsMax: number): Promise<MarkedLevel[]> {
  const rows = await sql<
    { item_id: ItemId; warehouse_id: WarehouseId; is_forecast_due: boolean; mark: string }[]
  >`
    select item_id, warehouse_id, is_forecast_due, xmin::text as mark from plan_due
    order by organization_id, item_id, warehouse_id limit ${levelsMax}`;
  return rows
    .map((row) => ({
      itemId: row.item_id,
      warehouseId: row.warehouse_id,
      isForecastDue: row.is_forecast_due,
      mark: row.mark,
    }))
    .sort(compareLevelKeys);
}

/**
 * Takes levels off the list whose mark is the one that was read: nothing about them was said to have changed since.
 * Deletes from `plan_due` in key order; when the transaction fails they are back.
 *
 * @returns the levels taken; the others were marked again, or another worker took them
 */
export async function takePlanDue(sql: Sql, levels: readonly MarkedLevel[]): Promise<LevelKey[]> {
  if (levels.length === 0) return [];
  return await sql<LevelKey[]>`
    with planned as (
      select d.item_id, d.warehouse_id from plan_due d
      join unnest(${levels.map((level) => level.itemId)}::text[]::uuid[],
                  ${levels.map((level) => level.warehouseId)}::text[]::uuid[],
                  ${levels.map((level) => level.mark)}::text[]) as k(item_id, warehouse_id, mark)
        on d.item_id = k.item_id and d.warehouse_id = k.warehouse_id and d.xmin::text = k.mark
      order by d.item_id, d.warehouse_id
      for update of d
    )
    delete from plan_due d using planned p where d.item_id = p.item_id and d.warehouse_id = p.warehouse_id
    returning d.item_id as "itemId", d.warehouse_id as "warehouseId"`;
}

/** Reads `plan_progress`; a new organization begins at the present end of its event log. */
export async function loadPlanProgress(sql: Sql): Promise<PlanProgress> {
  const [row] = await sql<PlanProgress[]>`
    select coalesce(p.event_number, h.last)::text as "eventNumber", p.daily_on as "dailyOn",
           coalesce(p.is_daily_late, false) as "isDailyLate",
           p.calibrated_on as "calibratedOn", p.economic_on as "economicOn", p.summarized_at as "summarizedAt"
    from event_head h left join plan_progress p on p.organization_id = h.organization_id`;
  return (
    row ?? {
      eventNumber: '0',
      dailyOn: null,
      isDailyLate: false,
      calibratedOn: null,
      economicOn: null,
      summarizedAt: null,
    }
  );
}

/** Writes `plan_progress`. Run twice: the same row. */
export async function savePlanProgress(
  sql: Sql,
  organizationId: OrganizationId,
  progress: PlanProgress,
  recordedAt: Date,
): Promise<void> {
  await sql`
    insert into plan_progress as p (
      organization_id, event_number, daily_on, is_daily_late, calibrated_on, economic_on, summarized_at,
      recorded_at)
    values (${organizationId}, ${progress.eventNumber}::text::bigint, ${progress.dailyOn}::text::date,
            ${progress.isDailyLate}, ${progress.calibratedOn}::text::date,
            ${progress.economicOn}::text::date, ${progress.summarizedAt}, ${recordedAt})
    on conflict (organization_id) do update
    set event_number = excluded.event_number, daily_on = excluded.daily_on,
        is_daily_late = excluded.is_daily_late, calibrated_on = excluded.calibrated_on,
        economic_on = excluded.economic_on,
        summarized_at = excluded.summarized_at,
        recorded_at = excluded.recorded_at`;
}

/**
 * Marks levels to be planned anew, and the watched levels of sources: what is to be done about them depends on whether
 * their source can be believed. All in one statement, in key order, so that nobody who marks some of them is waited for
 * in a circle. Reads `stock_level`, writes `plan_due` in the caller's transaction. Run twice: the same marks.
 */
export async function markPlansDue(
  sql: Sql,
  levels: readonly DueLevel[],
  shopIds: readonly string[],
  markedAt: Date,
): Promise<void> {
  if (levels.length === 0 && shopIds.length === 0) return;
  // A mark that the stage deletes just now must be made again after it, hence no "do nothing".
  await sql`
    insert into plan_due as d (organization_id, item_id, warehouse_id, is_forecast_due, marked_at)
    select organization_id, item_id, warehouse_id, bool_or(is_forecast_due), ${markedAt}::timestamptz
    from (
      select l.organization_id, l.item_id, l.warehouse_id, k.is_forecast_due
      from unnest(${levels.map((level) => level.itemId)}::text[]::uuid[],
                  ${levels.map((level) => level.warehouseId)}::text[]::uuid[],
                  ${levels.map((level) => String(level.isForecastDue))}::text[]::boolean[]) as k(item_id, warehouse_id, is_forecast_due)
      join stock_level l using (item_id, warehouse_id)
      union all
      select l.organization_id, l.item_id, l.warehouse_id, false from stock_level l
      where l.shop_id = any (${[...shopIds]}::text[]::uuid[]) and l.is_watched
    ) due
    group by 1, 2, 3 order by 2, 3
    on conflict (organization_id, item_id, warehouse_id) do update
    set is_forecast_due = d.is_forecast_due or excluded.is_forecast_due, marked_at = excluded.marked_at`;
}

/** What the event log says changed. */
export interface PlanChanges {
  readonly levels: readonly LevelKey[];
  /** Shops and feeds that began or ceased to be believed. */
  readonly shopIds: readonly string[];
  /** Number of the last event read. */
  readonly last: string;
}

/**
 * Levels whose quantities changed and sources that failed or recovered, by the event log: numbers have no gaps and
 * follow the order of commits, so nothing is missed. Reads `event_log`.
 *
 * @param after - number of the last event seen, whole number as text
 * @param eventsMax - how far to read at once
 */
export async function loadChangedLevels(sql: Sql, after: string, eventsMax: number): Promise<PlanChanges> {
  const rows = await sql<ChangeRow[]>`
    select number::text as number, case when topic = 'STOCK_LEVEL' then item_id end as item_id, warehouse_id,
      case when topic = 'STOCK_ALERT' and item_id is null
        and alert_kind in ('SOURCE_STALE', 'SYNC_FAILED', 'SOURCE_SUSPECT')
        and (alert_kind = 'SOURCE_SUSPECT' or state is distinct from previous_state) then shop_id end as shop_id
    from event_log where number > ${after}::text::bigint
    order by organization_id, number limit ${eventsMax}`;
  const byKey = new Map<string, LevelKey>();
  for (const { item_id: itemId, warehouse_id: warehouseId } of rows) {
    if (itemId !== null && warehouseId !== null)
      byKey.set(`${itemId}/${warehouseId}`, { itemId, warehouseId });
  }
  return {
    levels: [...byKey.values()].sort(compareLevelKeys),
    shopIds: [...new Set(rows.flatMap((row) => row.shop_id ?? []))],
    last: rows.at(-1)?.number ?? after,
  };
}

interface ChangeRow {
  readonly number: string;
  readonly item_id: ItemId | null;
  readonly warehouse_id: WarehouseId | null;
  readonly shop_id: string | null;
}
