import type { Sql } from '../connection.ts';

/** Marks items whose sums are due. Writes `plan_sum_due` in the caller's transaction, in key order. Run twice: the same marks. */
export async function markSumsDue(sql: Sql, itemIds: readonly string[], markedAt: Date): Promise<void> {
  if (itemIds.length === 0) return;
  await sql`
    insert into plan_sum_due as d (organization_id, item_id, marked_at)
    select i.organization_id, i.item_id, ${markedAt}::timestamptz
    from item i where i.item_id = any (${[...new Set(itemIds)]}::text[]::uuid[])
    order by 2
    on conflict (organization_id, item_id) do update set marked_at = excluded.marked_at`;
}

/**
 * Takes the first items off the list, at most so many; those summed up before their parts were kept come after them.
 * Deletes from `plan_sum_due`; when the transaction fails they are back.
 */
export async function takeSumsDue(sql: Sql, itemsMax: number): Promise<string[]> {
  const rows = await sql<{ item_id: string }[]>`
    with first as (
      select item_id from plan_sum_due order by organization_id, item_id limit ${itemsMax} for update
    ), taken as (
      delete from plan_sum_due d using first f where d.item_id = f.item_id returning d.item_id
    ), old as (
      select item_id from item_plan where recorded_count is null and item_id not in (select item_id from first)
      order by organization_id, item_id limit ${itemsMax}::integer - (select count(*) from first)
    )
    select item_id from taken union all select item_id from old`;
  return rows.map((row) => row.item_id);
}
