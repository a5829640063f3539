import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { LevelKey } from './ingest-level.ts';

/** A promotion as somebody enters it. Days `YYYY-MM-DD`, both included; factor as decimal text. */
export interface EnteredPromotion {
  /** Null = a new one. */
  readonly promotionId: string | null;
  readonly itemId: string;
  /** Null = in every warehouse. */
  readonly warehouseId: string | null;
  readonly name: string;
  readonly fromOn: string;
  readonly toOn: string;
  /** Null = learnt from the item's own past promotions. */
  readonly factor: string | null;
  readonly isCancelled: boolean;
}

/**
 * Makes or changes a promotion. Writes `promotion`; run twice with an id: the same row.
 *
 * @returns its id, and the item that it was for until now, the same one when it is new; null when there is none with
 * the given id
 */
export async function savePromotion(
  sql: Sql,
  organizationId: OrganizationId,
  entered: EnteredPromotion,
  at: Date,
): Promise<{ id: string; formerItemId: string } | null> {
  const { promotionId, itemId, warehouseId, name, fromOn, toOn, factor, isCancelled } = entered;
  const rows =
    promotionId === null
      ? await sql<{ id: string; formerItemId: string }[]>`
          insert into promotion (organization_id, promotion_id, item_id, warehouse_id, name, from_on, to_on, factor,
            is_cancelled, recorded_at)
          values (${organizationId}, gen_random_uuid(), ${itemId}, ${warehouseId}, ${name}, ${fromOn}::text::date,
                  ${toOn}::text::date, ${factor}::text::numeric, ${isCancelled}, ${at})
          returning promotion_id as id, item_id as "formerItemId"`
      : await sql<{ id: string; formerItemId: string }[]>`
          with former as (
            select promotion_id, item_id from promotion where promotion_id = ${promotionId} for update
          )
          update promotion p
          set item_id = ${itemId}, warehouse_id = ${warehouseId}, name = ${name}, from_on = ${fromOn}::text::date,
              to_on = ${toOn}::text::date, factor = ${factor}::text::numeric, is_cancelled = ${isCancelled},
              recorded_at = ${at}
          from former f where p.promotion_id = f.promotion_id
          returning p.promotion_id as id, f.item_id as "formerItemId"`;
  return rows[0] ?? null;
}

/** Sets a person's forecast of some days, or withdraws it (null). Writes `forecast_override`; run twice: the same row. */
export async function saveForecastOverride(
  sql: Sql,
  organizationId: OrganizationId,
  override: {
    readonly itemId: string;
    readonly warehouseId: string;
    readonly fromOn: string;
    readonly toOn: string;
    readonly unitsPerDay: string | null;
    readonly note: string | null;
    readonly setBy: string | null;
  },
  at: Date,
): Promise<void> {
  const { itemId, warehouseId, fromOn, toOn, unitsPerDay, note, setBy } = override;
  await sql`
    insert into forecast_override as o (
      organization_id, item_id, warehouse_id, from_on, to_on, units_per_day, note, set_by, recorded_at)
    values (${organizationId}, ${itemId}, ${warehouseId}, ${fromOn}::text::date, ${toOn}::text::date,
            ${unitsPerDay}::text::numeric, ${note}, ${setBy}, ${at})
    on conflict (organization_id, item_id, warehouse_id, from_on) do update
    set to_on = excluded.to_on, units_per_day = excluded.units_per_day, note = excluded.note,
        set_by = excluded.set_by, recorded_at = excluded.recorded_at`;
}

/** Stores an outside index by category and day, replacing what was there. Writes `market_index`; run twice: the same rows. */
export async function saveMarketIndex(
  sql: Sql,
  organizationId: OrganizationId,
  rows: readonly { readonly category: string; readonly day: string; readonly factor: string }[],
  { source, at }: { source: string; at: Date },
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into market_index as m (organization_id, category, day, factor, source, observed_at, recorded_at)
    select ${organizationId}::uuid, g.category, g.day, g.factor, ${source}, ${at}::timestamptz, ${at}::timestamptz
    from unnest(${rows.map((row) => row.category)}::text[], ${rows.map((row) => row.day)}::text[]::date[],
                ${rows.map((row) => row.factor)}::text[]::numeric[]) as g(category, day, factor)
    order by g.category, g.day
    on conflict (organization_id, category, day) do update
    set factor = excluded.factor, source = excluded.source, observed_at = excluded.observed_at,
        recorded_at = excluded.recorded_at`;
}

/** The levels of items, or of categories. Reads `stock_level`, `item`. */
export async function loadLevelsOf(
  sql: Sql,
  goods: { readonly itemIds: readonly string[] } | { readonly categories: readonly string[] },
): Promise<LevelKey[]> {
  const matches =
    'itemIds' in goods
      ? sql`i.item_id = any (${[...goods.itemIds]}::text[]::uuid[])`
      : sql`i.category = any (${[...new Set(goods.categories)]}::text[])`;
  return await sql<LevelKey[]>`
    select l.item_id as "itemId", l.warehouse_id as "warehouseId"
    from item i join stock_level l on l.organization_id = i.organization_id and l.item_id = i.item_id
    where ${matches} order by 1, 2`;
}
