import type { ItemId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { LevelKey } from './ingest-level.ts';

/** A planned level with what a decision about its item needs. Decimal and JSON text. */
export interface DecisionSiteRow extends LevelKey {
  readonly sku: string;
  readonly kind: 'PHYSICAL' | 'MARKETPLACE_POOL';
  readonly supplierName: string | null;
  readonly unitDecimals: number;
  readonly unitCost: string | null;
  readonly unitPrice: string | null;
  readonly orderMultiple: string | null;
  readonly orderCap: string | null;
  readonly coverDaysMax: string | null;
  /** `LevelFacts` of the plan. */
  readonly inputs: string;
  readonly dataAsOf: Date;
  /** Of the forecast; null when there is none. */
  readonly firstOn: string | null;
  readonly stored: string | null;
  readonly historyDays: number | null;
  readonly sigmaUnitsPerDay: string | null;
}

/**
 * Loads every planned level of items with its facts, its forecast and its order limits by the nearest policy, in one
 * statement. Reads `level_plan`, `level_forecast`, `item`, `warehouse`, `stock_policy`.
 *
 * @returns in key order, so that the levels of an item stand together
 */
export async function loadDecisionSites(sql: Sql, itemIds: readonly ItemId[]): Promise<DecisionSiteRow[]> {
  if (itemIds.length === 0) return [];
  const nearest = (column: string) =>
    sql`coalesce(${['p1', 'p2', 'p3', 'p4', 'p5', 'p6']
      .map((alias) => sql`${sql(`${alias}.${column}`)}`)
      .reduce((list, one) => sql`${list}, ${one}`)})`;
  return await sql<DecisionSiteRow[]>`
    select p.item_id as "itemId", p.warehouse_id as "warehouseId", i.sku, w.kind, i.supplier_name as "supplierName",
      i.unit_decimals as "unitDecimals", i.unit_cost as "unitCost", i.unit_price as "unitPrice",
      ${nearest('order_multiple')} as "orderMultiple", ${nearest('order_cap')} as "orderCap",
      ${nearest('cover_days_max')} as "coverDaysMax", p.inputs::text as inputs, p.data_as_of as "dataAsOf",
      f.first_on as "firstOn", f.stored::text as stored, f.history_days as "historyDays",
      f.sigma_units_per_day as "sigmaUnitsPerDay"
    from level_plan p
    join item i on i.item_id = p.item_id
    join warehouse w on w.warehouse_id = p.warehouse_id
    left join level_forecast f on f.item_id = p.item_id and f.warehouse_id = p.warehouse_id
    left join stock_policy p1 on p1.item_id = p.item_id and p1.warehouse_id = p.warehouse_id
      and p1.category is null and p1.supplier_name is null
    left join stock_policy p2 on p2.item_id = p.item_id and p2.warehouse_id is null
      and p2.category is null and p2.supplier_name is null
    left join stock_policy p3 on p3.item_id is null and p3.warehouse_id = p.warehouse_id
      and p3.category is null and p3.supplier_name is null
    left join stock_policy p4 on p4.item_id is null and p4.warehouse_id is null
      and p4.category = i.category and p4.supplier_name is null
    left join stock_policy p5 on p5.item_id is null and p5.warehouse_id is null
      and p5.category is null and p5.supplier_name = i.supplier_name
    left join stock_policy p6 on p6.item_id is null and p6.warehouse_id is null
      and p6.category is null and p6.supplier_name is null
    where p.item_id = any (${[...itemIds]}::text[]::uuid[])
    order by p.item_id, p.warehouse_id`;
}

/** What stands at a level already. Decimal and JSON text. */
export interface StandingSuggestion extends LevelKey {
  readonly suggestionId: string;
  readonly state: 'OPEN' | 'HELD' | 'DISMISSED' | 'APPROVED';
  readonly quantity: string;
  readonly acceptedQuantity: string | null;
  readonly plannedOn: string;
  readonly computedAt: Date;
  readonly explanation: string;
  readonly previous: string | null;
  readonly inputs: string;
  readonly flags: string[];
  readonly holdCauses: string[];
  readonly isDue: boolean;
  readonly orderByOn: string | null;
  /** Of a decided one. */
  readonly silentUntilOn: string | null;
}

/** The open or held suggestion of each level of items, and decisions that keep it silent. Reads `replenishment_suggestion`. */
export async function loadStandingSuggestions(
  sql: Sql,
  itemIds: readonly ItemId[],
): Promise<StandingSuggestion[]> {
  if (itemIds.length === 0) return [];
  return await sql<StandingSuggestion[]>`
    select distinct on (item_id, warehouse_id, state in ('OPEN', 'HELD'))
      item_id as "itemId", warehouse_id as "warehouseId", suggestion_id as "suggestionId", state, quantity,
      accepted_quantity as "acceptedQuantity", planned_on as "plannedOn", computed_at as "computedAt", explanation::text as explanation,
      previous::text as previous, inputs::text as inputs, flags, hold_causes as "holdCauses", is_due as "isDue",
      order_by_on as "orderByOn", silent_until_on as "silentUntilOn"
    from replenishment_suggestion
    where item_id = any (${[...itemIds]}::text[]::uuid[])
      and (state in ('OPEN', 'HELD') or (state in ('DISMISSED', 'APPROVED') and silent_until_on is not null))
    order by item_id, warehouse_id, state in ('OPEN', 'HELD'), decided_at desc nulls first`;
}
