import type { ItemId, OrganizationId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';

/** An item and a warehouse that an import's rows may name. */
export interface ImportTargets {
  readonly itemIds: ReadonlyMap<string, ItemId>;
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
  const items = await sql<{ sku: string; itemId: ItemId }[]>`
    select sku, item_id as "itemId" from item where sku = any(${[...skus]}::text[])`;
  const warehouses = await sql<
    { code: string; warehouseId: WarehouseId; kind: 'PHYSICAL' | 'MARKETPLACE_POOL' }[]
  >`select code, warehouse_id as "warehouseId", kind from warehouse where code = any(${[...codes]}::text[])`;
  return {
    itemIds: new Map(items.map((row) => [row.sku, row.itemId])),
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
  items: readonly { readonly sku: string; readonly title: string }[],
  at: Date,
): Promise<Map<string, ItemId>> {
  const sorted = [...items].sort((one, other) => (one.sku < other.sku ? -1 : 1));
  const rows = await sql<{ sku: string; itemId: ItemId }[]>`
    with given as (
      select * from unnest(${sorted.map((item) => item.sku)}::text[], ${sorted.map((item) => item.title)}::text[])
        as g(sku, title)
    ), made as (
      insert into item (organization_id, item_id, sku, title, observed_at, recorded_at)
      select ${organizationId}, gen_random_uuid(), g.sku, g.title, ${at}, ${at} from given g
      on conflict (organization_id, sku) do nothing
      returning sku, item_id
    )
    select sku, item_id as "itemId" from made
    union all
    select i.sku, i.item_id from item i join given g on g.sku = i.sku`;
  return new Map(rows.map((row) => [row.sku, row.itemId]));
}

/** The newest reading of a level that is held back as implausible. Decimal text. */
export interface HeldReading {
  readonly available: string;
  readonly onHand: string | null;
  readonly reserved: string | null;
  readonly damaged: string | null;
  readonly incoming: string | null;
  readonly shopId: string | null;
}

/** Reads `stock_level` and `stock_snapshot`; null when the level has no such reading, or there is no such level. */
export async function loadHeldReading(
  sql: Sql,
  itemId: string,
  warehouseId: string,
): Promise<HeldReading | null> {
  const rows = await sql<HeldReading[]>`
    select coalesce(p.available, l.suspect_available) as available, p.on_hand as "onHand", p.reserved, p.damaged,
      case when l.is_incoming_reported then p.incoming end as incoming, l.shop_id as "shopId"
    from stock_level l
    left join lateral (
      select * from stock_snapshot p
      where p.organization_id = l.organization_id and p.item_id = l.item_id and p.warehouse_id = l.warehouse_id
        and p.is_suspect
      order by p.observed_at desc limit 1
    ) p on true
    where l.item_id = ${itemId} and l.warehouse_id = ${warehouseId} and l.data_state = 'SUSPECT'
      and l.suspect_available is not null`;
  return rows[0] ?? null;
}
