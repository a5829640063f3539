import { marketHoldDays } from '../../domain/forecast/market-factors.ts';
import type { ItemId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { LevelKey } from './ingest-level.ts';

/** A promotion of an item. Days as `YYYY-MM-DD`, factor as decimal text. */
export interface PromotionRow {
  readonly itemId: ItemId;
  /** Null = everywhere. */
  readonly warehouseId: WarehouseId | null;
  readonly fromOn: string;
  readonly toOn: string;
  readonly factor: string | null;
}

/** A person's forecast for some days. */
export interface OverrideRow extends LevelKey {
  readonly fromOn: string;
  readonly toOn: string;
  readonly unitsPerDay: string;
}

/** Loads promotions of items that are not cancelled, in order of their days. Reads `promotion`. */
export async function loadPromotions(sql: Sql, itemIds: readonly ItemId[]): Promise<PromotionRow[]> {
  if (itemIds.length === 0) return [];
  return await sql<PromotionRow[]>`
    select item_id as "itemId", warehouse_id as "warehouseId", from_on as "fromOn", to_on as "toOn", factor
    from promotion
    where item_id = any (${[...itemIds]}::text[]::uuid[]) and not is_cancelled
    order by from_on, promotion_id`;
}

/** Loads people's own forecasts of levels that are not withdrawn. Reads `forecast_override`. */
export async function loadOverrides(sql: Sql, itemIds: readonly ItemId[]): Promise<OverrideRow[]> {
  if (itemIds.length === 0) return [];
  return await sql<OverrideRow[]>`
    select item_id as "itemId", warehouse_id as "warehouseId", from_on as "fromOn", to_on as "toOn",
           units_per_day as "unitsPerDay"
    from forecast_override
    where item_id = any (${[...itemIds]}::text[]::uuid[]) and units_per_day is not null
    order by recorded_at, from_on`;
}

/**
 * Loads the market index of categories in order of days, from as far before a day as an entry holds. Reads
 * `market_index`.
 */
export async function loadMarketIndex(
  sql: Sql,
  categories: readonly string[],
  fromOn: string,
): Promise<{ category: string; day: string; factor: string }[]> {
  if (categories.length === 0) return [];
  return await sql<{ category: string; day: string; factor: string }[]>`
    select category, day, factor from market_index
    where category = any (${[...categories]}::text[]) and day >= ${fromOn}::text::date - ${marketHoldDays}::integer
    order by category, day`;
}
