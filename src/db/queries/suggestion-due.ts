import type { ItemId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';

/** An item whose suggestions are to be decided anew, and which mark it was. */
export interface DueItem {
  readonly itemId: ItemId;
  /** Changes whenever the item is marked again, also at the same business time. */
  readonly mark: string;
}

/**
 * Marks items whose suggestions are to be decided anew. Writes `suggestion_due` in the caller's transaction, in key
 * order. Run twice: the same marks.
 *
 * @param itemIds - `'all'` marks every item that has a plan
 */
export async function markSuggestionsDue(
  sql: Sql,
  itemIds: readonly string[] | 'all',
  markedAt: Date,
): Promise<void> {
  if (itemIds.length === 0) return;
  const wanted =
    itemIds === 'all' ? sql`true` : sql`p.item_id = any (${[...new Set(itemIds)]}::text[]::uuid[])`;
  await sql`
    insert into suggestion_due as d (organization_id, item_id, marked_at)
    select distinct p.organization_id, p.item_id, ${markedAt}::timestamptz from level_plan p where ${wanted}
    order by 2
    on conflict (organization_id, item_id) do update set marked_at = excluded.marked_at`;
}

/**
 * The first items of the list that no plan is due for, at most so many: what is about to be planned anew would be
 * decided on old facts. Reads `suggestion_due`, `plan_due` and locks nothing.
 */
export async function loadSuggestionsDue(sql: Sql, itemsMax: number): Promise<DueItem[]> {
  return await sql<DueItem[]>`
    select d.item_id as "itemId", d.xmin::text as mark from suggestion_due d
    where not exists (select from plan_due p where p.item_id = d.item_id)
    order by d.organization_id, d.item_id limit ${itemsMax}`;
}

/**
 * Takes items off the list, unless they were marked again since. Deletes from `suggestion_due` in key order; when the
 * transaction fails they are back.
 */
export async function removeSuggestionsDue(sql: Sql, items: readonly DueItem[]): Promise<void> {
  if (items.length === 0) return;
  await sql`
    with decided as (
      select d.item_id from suggestion_due d
      join unnest(${items.map(({ itemId }) => itemId)}::text[]::uuid[],
                  ${items.map(({ mark }) => mark)}::text[]) as k(item_id, mark)
        on d.item_id = k.item_id and d.xmin::text = k.mark
      order by d.item_id
      for update of d
    )
    delete from suggestion_due d using decided k where d.item_id = k.item_id`;
}
