import type { ItemId, OrganizationId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { ItemUnit } from './item.ts';

/** An item that an import's rows may name. */
export interface ImportItem extends ItemUnit {
  readonly sku: string;
  readonly itemId: ItemId;
}

/** Items by article number and warehouses by code that an import's rows may name. */
export interface ImportTargets {
  readonly items: ReadonlyMap<string, ImportItem>;
  readonly warehouses: ReadonlyMap<
    string,
    { warehouseId: WarehouseId; kind: 'PHYSICAL' | 'MARKETPLACE_POOL' }
  >;
}

/** Finds items by article number and warehouses by code, in one statement each. Reads `item`, `warehouse`. */
export async function loadImportTargets(
  sql: Sql,
  skus: readonly string[],
  codes: readonly string[],
): Promise<ImportTargets> {
  const items = await sql<ImportItem[]>`
    select sku, item_id as "itemId", unit_code as "unitCode", unit_decimals as "unitDecimals"
    from item where sku = any(${[...skus]}::text[])`;
  const warehouses = await sql<
    { code: string; warehouseId: WarehouseId; kind: 'PHYSICAL' | 'MARKETPLACE_POOL' }[]
  >`select code, warehouse_id as "warehouseId", kind from warehouse where code = any(${[...codes]}::text[])`;
  return {
    items: new Map(items.map((row) => [row.sku, row])),
    warehouses: new Map(warehouses.map((row) => [row.code, row])),
  };
}

/**
 * Makes items that an import names and nobody knows yet. Writes `item`; one that came meanwhile is left alone.
 *
 * @param items - each article number once
 */
export async function saveImportedItems(
  sql: Sql,
  organizationId: OrganizationId,
  items: readonly { readonly sku: string; readonly title: string; readonly unitDecimals: number }[],
  at: Date,
): Promise<ImportItem[]> {
  const sorted = [...items].sort((one, other) => (one.sku < other.sku ? -1 : 1));
  return await sql<ImportItem[]>`
    with given as (
      select * from unnest(${sorted.map((item) => item.sku)}::text[], ${sorted.map((item) => item.title)}::text[],
        ${sorted.map((item) => item.unitDecimals)}::integer[]) as g(sku, title, unit_decimals)
    ), made as (
      insert into item (organization_id, item_id, sku, title, unit_decimals, observed_at, recorded_at)
      select ${organizationId}, gen_random_uuid(), g.sku, g.title, g.unit_decimals, ${at}, ${at} from given g
      on conflict (organization_id, sku) do nothing
      returning sku, item_id, unit_code, unit_decimals
    )
    select sku, item_id as "itemId", unit_code as "unitCode", unit_decimals as "unitDecimals" from made
    union all
    select i.sku, i.item_id, i.unit_code, i.unit_decimals from item i join given g on g.sku = i.sku`;
}
