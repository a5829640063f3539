import type { ItemId, OrganizationId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { LevelKey } from './ingest-level.ts';

/** A level as the guard and the first look at its need see it. Decimal text. */
export interface JudgedLevel extends LevelKey {
  readonly kind: 'PHYSICAL' | 'MARKETPLACE_POOL';
  readonly plannedOn: string;
  readonly available: string;
  /** Null = nothing is known of demand: there is nothing to judge. */
  readonly targetLevel: string | null;
  readonly positionDue: string;
  /** The reading last accepted; null = none yet. */
  readonly acceptedOn: string | null;
  readonly acceptedTarget: string | null;
  readonly acceptedAvailable: string | null;
  /** JSON of the readings held since; null = none. */
  readonly held: string | null;
  /** Demand of the day of the plan that is known by now. */
  readonly demandToday: string;
  /** True while the source's history is being read for the first time, and a day after: targets move for that alone. */
  readonly isSettling: boolean;
  /** Units issued and come in since the accepted reading. */
  readonly issuedUnits: string;
  readonly addedUnits: string;
  /** False when neither movements nor demand of the level were ever recorded. */
  readonly areIssuesKnown: boolean;
  readonly areMovementsKnown: boolean;
  readonly doubledUnits: string;
  /** True when a suggestion is open or held here. */
  readonly isOpen: boolean;
}

/**
 * Loads all planned levels of items with what the guard compares, in one statement. Where a warehouse system reports
 * movements they tell what went out and came in; elsewhere demand does.
 *
 * Reads `level_plan`, `stock_level`, `warehouse`, `guard_reading`, `demand_daily`, `stock_movement`,
 * `inbound_shipment` and its lines, `sync_run`, `replenishment_suggestion`.
 *
 * @returns in key order
 */
export async function loadJudgedLevels(sql: Sql, itemIds: readonly ItemId[]): Promise<JudgedLevel[]> {
  if (itemIds.length === 0) return [];
  return await sql<JudgedLevel[]>`
    with settling as materialized (
      select shop_id, max(case when state = 'RUNNING' then 'infinity' else finished_at + interval '1 day' end) as until_at
      from sync_run where kind = 'INITIAL' group by shop_id
    )
    select p.item_id as "itemId", p.warehouse_id as "warehouseId", w.kind, p.planned_on as "plannedOn", l.available,
      p.target_level as "targetLevel", p.position_due as "positionDue",
      g.accepted_on as "acceptedOn", g.accepted_target as "acceptedTarget",
      g.accepted_available as "acceptedAvailable", g.held::text as held,
      coalesce(demand.today, 0) as "demandToday",
      coalesce(settling.until_at >= coalesce(g.accepted_at, 'infinity'), false) as "isSettling",
      case when moved.is_known then moved.issued
           else coalesce(demand.since, 0) - coalesce(g.accepted_demand, 0) end as "issuedUnits",
      case when moved.is_known then moved.added else 0 end as "addedUnits",
      moved.is_known or exists (
        select from demand_daily d where d.item_id = p.item_id and d.warehouse_id = p.warehouse_id
      ) as "areIssuesKnown",
      moved.is_known as "areMovementsKnown", coalesce(doubled.units, 0) as "doubledUnits",
      exists (
        select from replenishment_suggestion s
        where s.item_id = p.item_id and s.warehouse_id = p.warehouse_id and s.state in ('OPEN', 'HELD')
      ) as "isOpen"
    from level_plan p
    join stock_level l on l.item_id = p.item_id and l.warehouse_id = p.warehouse_id
    join warehouse w on w.warehouse_id = p.warehouse_id
    left join settling on settling.shop_id = w.shop_id
    left join guard_reading g on g.item_id = p.item_id and g.warehouse_id = p.warehouse_id
    left join lateral (
      select sum(d.units) as since, sum(d.units) filter (where d.day = p.planned_on) as today
      from demand_daily d
      where d.item_id = p.item_id and d.warehouse_id = p.warehouse_id
        and d.day >= coalesce(g.accepted_on, p.planned_on)
    ) demand on true
    cross join lateral (
      select
        w.kind = 'PHYSICAL' and exists (
          select from stock_movement m where m.item_id = p.item_id and m.warehouse_id = p.warehouse_id
        ) as is_known,
        coalesce(sum(m.quantity) filter (where m.kind in ('SHIPPED', 'TRANSFERRED_OUT', 'ADJUSTED_DOWN')), 0) as issued,
        coalesce(sum(m.quantity) filter (
          where m.kind in ('RECEIVED', 'RETURNED', 'TRANSFERRED_IN', 'ADJUSTED_UP')), 0) as added
      from stock_movement m
      where m.item_id = p.item_id and m.warehouse_id = p.warehouse_id
        and m.observed_at > coalesce(g.accepted_at, p.computed_at)
    ) moved
    left join lateral (
      select sum(same.quantity * (same.times - 1)) as units
      from (
        select line.quantity, count(*) as times
        from inbound_shipment_line line
        join inbound_shipment s on s.organization_id = line.organization_id
          and s.inbound_shipment_id = line.inbound_shipment_id
        where line.item_id = p.item_id and s.warehouse_id = p.warehouse_id and s.status in ('ORDERED', 'SHIPPED')
        group by line.quantity, s.supplier_name, date_trunc('day', coalesce(s.ordered_at, s.observed_at))
        having count(*) > 1 and max(s.recorded_at) > g.accepted_at
      ) same
    ) doubled on true
    where p.item_id = any (${[...itemIds]}::text[]::uuid[])
    order by p.item_id, p.warehouse_id`;
}

/** A level's readings to be kept. Decimal text. */
export interface ReadingWrite extends LevelKey {
  readonly acceptedOn: string;
  /** Null = the accepted reading stays, only what is held changes. */
  readonly accepted: { readonly target: string; readonly available: string; readonly demand: string } | null;
  /** Readings held since, oldest first; null = none. */
  readonly held:
    | readonly { readonly on: string; readonly target: number; readonly available: number }[]
    | null;
  readonly causes: readonly string[];
}

/** Writes readings. Writes `guard_reading` in one statement, in key order. Run twice: the same rows. */
export async function saveReadings(
  sql: Sql,
  organizationId: OrganizationId,
  writes: readonly ReadingWrite[],
  at: Date,
): Promise<void> {
  if (writes.length === 0) return;
  const rows = writes.map(({ itemId, warehouseId, acceptedOn, accepted, held, causes }) => ({
    ...{ item_id: itemId, warehouse_id: warehouseId, accepted_on: acceptedOn, held, causes },
    ...{ target: accepted?.target ?? null, available: accepted?.available ?? null },
    demand: accepted?.demand ?? null,
  }));
  await sql`
    insert into guard_reading as g (organization_id, item_id, warehouse_id, accepted_on, accepted_at, accepted_target,
      accepted_available, accepted_demand, held, held_causes, recorded_at)
    select ${organizationId}::uuid, k.item_id, k.warehouse_id, k.accepted_on, ${at}::timestamptz,
      coalesce(k.target, 0), coalesce(k.available, 0), coalesce(k.demand, 0), nullif(k.held::text, 'null')::json,
      nullif(array(select json_array_elements_text(k.causes)), '{}'), ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as k(
      item_id uuid, warehouse_id uuid, accepted_on date, target numeric, available numeric, demand numeric, held json,
      causes json)
    order by k.item_id, k.warehouse_id
    on conflict (organization_id, item_id, warehouse_id) do update
    set held = excluded.held, held_causes = excluded.held_causes, recorded_at = excluded.recorded_at,
        accepted_on = case when excluded.held is null then excluded.accepted_on else g.accepted_on end,
        accepted_at = case when excluded.held is null then excluded.accepted_at else g.accepted_at end,
        accepted_target = case when excluded.held is null then excluded.accepted_target else g.accepted_target end,
        accepted_available =
          case when excluded.held is null then excluded.accepted_available else g.accepted_available end,
        accepted_demand = case when excluded.held is null then excluded.accepted_demand else g.accepted_demand end`;
}

/** How many levels the guard knows, and how many of them are held. Reads `guard_reading`. */
export async function countReadings(sql: Sql): Promise<{ heldCount: number; judgedCount: number }> {
  const [row] = await sql<{ heldCount: number; judgedCount: number }[]>`
    select count(*) filter (where held is not null)::int as "heldCount", count(*)::int as "judgedCount"
    from guard_reading`;
  return row ?? { heldCount: 0, judgedCount: 0 };
}

/** Whether the organization's suggestions are held as a whole. Reads `suggestion_progress`. */
export async function loadBatchHold(sql: Sql): Promise<boolean> {
  const [row] = await sql<{ isHeld: boolean }[]>`select is_held as "isHeld" from suggestion_progress`;
  return row?.isHeld === true;
}

/** Writes where suggestions stand. Writes `suggestion_progress`. Run twice: the same row. */
export async function saveBatchHold(
  sql: Sql,
  organizationId: OrganizationId,
  state: { readonly isHeld: boolean; readonly heldCount: number; readonly judgedCount: number },
  at: Date,
): Promise<void> {
  await sql`
    insert into suggestion_progress as p (
      organization_id, is_held, held_count, judged_count, held_since_at, recorded_at)
    values (${organizationId}, ${state.isHeld}, ${state.heldCount}, ${state.judgedCount},
            ${state.isHeld ? at : null}::timestamptz, ${at})
    on conflict (organization_id) do update
    set is_held = excluded.is_held, held_count = excluded.held_count, judged_count = excluded.judged_count,
        held_since_at = case when excluded.is_held then coalesce(p.held_since_at, excluded.held_since_at) end,
        recorded_at = excluded.recorded_at`;
}

/**
 * Accepts what is held: the newest held reading becomes the one that later runs are compared with. Writes
 * `guard_reading` in key order, and with all levels `suggestion_progress`. Run twice: the second time nothing is held.
 *
 * @param level - null = every level of the organization
 * @returns the items whose levels were released
 */
export async function releaseReadings(
  sql: Sql,
  level: { readonly itemId: string; readonly warehouseId: string } | null,
  by: string,
  at: Date,
): Promise<string[]> {
  const wanted =
    level === null
      ? sql`true`
      : sql`g.item_id = ${level.itemId}::text::uuid and g.warehouse_id = ${level.warehouseId}::text::uuid`;
  const rows = await sql<{ itemId: string; warehouseId: WarehouseId }[]>`
    with held as (
      select g.item_id, g.warehouse_id from guard_reading g where g.held is not null and ${wanted}
      order by g.item_id, g.warehouse_id for no key update
    )
    update guard_reading g
    set accepted_on = (g.held -> -1 ->> 'on')::date, accepted_at = ${at}::timestamptz,
        accepted_target = (g.held -> -1 ->> 'target')::numeric,
        accepted_available = (g.held -> -1 ->> 'available')::numeric,
        accepted_demand = coalesce((
          select sum(d.units) from demand_daily d
          where d.item_id = g.item_id and d.warehouse_id = g.warehouse_id and d.day >= (g.held -> -1 ->> 'on')::date), 0),
        held = null, held_causes = null, recorded_at = ${at}::timestamptz
    from held h where g.item_id = h.item_id and g.warehouse_id = h.warehouse_id
    returning g.item_id as "itemId", g.warehouse_id as "warehouseId"`;
  if (level === null) {
    await sql`
      update suggestion_progress
      set is_held = false, held_count = 0, held_since_at = null, released_at = ${at}, released_by = ${by},
          recorded_at = ${at}`;
  }
  return rows.map(({ itemId }) => itemId);
}
