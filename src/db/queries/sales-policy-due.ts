import type { ItemId, OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { LevelKey } from './ingest-level.ts';

/** Where the stage stands in the event log. Numbers as text. */
export interface SalesPolicyProgress {
  /** Newest event whose item was judged. */
  readonly eventNumber: string;
  /** Newest event whose change was handed on. */
  readonly toldNumber: string;
}

/** An item to be judged, and which mark it was; null = not marked. */
export interface DueSalesItem {
  readonly itemId: ItemId;
  readonly mark: string | null;
}

/**
 * Marks the items of levels that were planned anew where the plan may matter: the shelf is empty soon enough for a
 * rule, or a rule holds. Reads `level_plan`, rules, states; writes `sales_policy_due` in key order in the caller's
 * transaction. Run twice: the same marks.
 */
export async function markPlannedSalesItems(sql: Sql, levels: readonly LevelKey[], at: Date): Promise<void> {
  if (levels.length === 0) return;
  await sql`
    insert into sales_policy_due (organization_id, item_id, marked_at)
    select distinct p.organization_id, p.item_id, ${at}::timestamptz
    from unnest(${levels.map((key) => key.itemId)}::text[]::uuid[],
                ${levels.map((key) => key.warehouseId)}::text[]::uuid[]) as k(item_id, warehouse_id)
    join level_plan p using (item_id, warehouse_id)
    left join sales_policy_state s on s.organization_id = p.organization_id and s.item_id = p.item_id
    where s.active::text <> '[]' or p.days_to_stock_out_p50 <= (
      select max(leave_at) from sales_policy_rule where metric = 'DAYS_TO_STOCK_OUT' and is_enabled)
    order by p.item_id
    on conflict (organization_id, item_id) do update set marked_at = excluded.marked_at`;
}

/** Marks every item, since a rule changed. Reads `item`, writes `sales_policy_due`. Run twice: the same marks. */
export async function markAllSalesItems(sql: Sql, at: Date): Promise<void> {
  await sql`
    insert into sales_policy_due (organization_id, item_id, marked_at)
    select organization_id, item_id, ${at}::timestamptz from item order by item_id
    on conflict (organization_id, item_id) do update set marked_at = excluded.marked_at`;
}

/** Marked items and those whose time has come, at most so many of each. Reads `sales_policy_due` and states. */
export async function loadDueSalesItems(sql: Sql, at: Date, limit: number): Promise<DueSalesItem[]> {
  return [
    ...(await sql<DueSalesItem[]>`
      (select item_id as "itemId", xmin::text as mark from sales_policy_due
       order by organization_id, item_id limit ${limit})
      union all
      (select item_id, null from sales_policy_state where recheck_at <= ${at} order by recheck_at limit ${limit})`),
  ];
}

/** Takes items off the list, unless they were marked again since. Deletes from `sales_policy_due` in key order. */
export async function removeDueSalesItems(sql: Sql, items: readonly DueSalesItem[]): Promise<void> {
  const marked = items.filter((one) => one.mark !== null);
  if (marked.length === 0) return;
  await sql`
    with judged as (
      select d.item_id from sales_policy_due d
      join unnest(${marked.map((one) => one.itemId)}::text[]::uuid[],
                  ${marked.map((one) => one.mark)}::text[]) as k(item_id, mark)
        on d.item_id = k.item_id and d.xmin::text = k.mark
      order by d.item_id for update of d
    )
    delete from sales_policy_due d using judged j where d.item_id = j.item_id`;
}

/**
 * Items whose stock or alerts changed, by the event log: nothing is missed, since numbers follow the order of commits.
 *
 * @param after - number of the last event seen, as text
 * @returns each once, and the number of the last event read
 */
export async function loadChangedSalesItems(
  sql: Sql,
  after: string,
  limit: number,
): Promise<{ itemIds: ItemId[]; last: string }> {
  const rows = await sql<{ number: string; itemId: ItemId | null }[]>`
    select number::text as number, case when topic in ('STOCK_LEVEL', 'STOCK_ALERT') then item_id end as "itemId"
    from event_log where number > ${after}::text::bigint order by organization_id, number limit ${limit}`;
  const itemIds = new Set(rows.flatMap(({ itemId }) => (itemId === null ? [] : [itemId])));
  return { itemIds: [...itemIds], last: rows.at(-1)?.number ?? after };
}

/** Reads `sales_policy_progress`; null = the organization has none yet. */
export async function loadSalesPolicyProgress(sql: Sql): Promise<SalesPolicyProgress | null> {
  const [row] = await sql<SalesPolicyProgress[]>`
    select event_number::text as "eventNumber", told_number::text as "toldNumber" from sales_policy_progress`;
  return row ?? null;
}

/** The present end of the event log, as text; null = the organization has no log. Reads `event_head`. */
export async function loadLogEnd(sql: Sql): Promise<string | null> {
  const [row] = await sql<{ last: string }[]>`select last::text as last from event_head`;
  return row?.last ?? null;
}

/** Writes `sales_policy_progress`. Run twice: the same row. */
export async function saveSalesPolicyProgress(
  sql: Sql,
  organizationId: OrganizationId,
  progress: SalesPolicyProgress,
  recordedAt: Date,
): Promise<void> {
  await sql`
    insert into sales_policy_progress (organization_id, event_number, told_number, recorded_at)
    values (${organizationId}, ${progress.eventNumber}::text::bigint, ${progress.toldNumber}::text::bigint,
            ${recordedAt})
    on conflict (organization_id) do update
    set event_number = excluded.event_number, told_number = excluded.told_number, recorded_at = excluded.recorded_at`;
}
