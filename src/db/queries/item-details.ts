import type { ItemId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';

/** Finds items by article number. Reads `item`. */
export async function findItemIds(sql: Sql, skus: readonly string[]): Promise<ReadonlyMap<string, ItemId>> {
  const rows = await sql<{ sku: string; itemId: ItemId }[]>`
    select sku, item_id as "itemId" from item where sku = any (${[...skus]}::text[])`;
  return new Map(rows.map(({ sku, itemId }) => [sku, itemId]));
}

/** What somebody says about an item. Decimal text; absent = as it was, null = no longer known. */
export interface ItemDetails {
  readonly itemId: ItemId;
  readonly unitCost?: string | null | undefined;
  readonly supplierName?: string | null | undefined;
  /** Null as absent. */
  readonly unitDecimals?: number | null | undefined;
}

/**
 * Sets what people say about items. Locks the changed items in key order, but not their keys: rows that refer to them
 * are written meanwhile. Writes `item` where something differs. Run twice: the second time writes nothing.
 *
 * @param details - each item once
 * @returns the items that differ by it
 */
export async function saveItemDetails(
  sql: Sql,
  details: readonly ItemDetails[],
  at: Date,
): Promise<ItemId[]> {
  if (details.length === 0) return [];
  const rows = details.map(({ itemId, unitCost, supplierName, unitDecimals }) => ({
    ...{
      item_id: itemId,
      unit_decimals: unitDecimals ?? null,
      is_cost: unitCost !== undefined,
      unit_cost: unitCost ?? null,
    },
    ...{ is_supplier: supplierName !== undefined, supplier_name: supplierName ?? null },
  }));
  const saved = await sql<{ itemId: ItemId }[]>`
    with changed as (
      select i.item_id, case when g.is_cost then g.unit_cost else i.unit_cost end as unit_cost,
        case when g.is_supplier then g.supplier_name else i.supplier_name end as supplier_name,
        coalesce(g.unit_decimals, i.unit_decimals) as unit_decimals
      from json_to_recordset(${JSON.stringify(rows)}::text::json) as g(
        item_id uuid, is_cost boolean, unit_cost numeric, is_supplier boolean, supplier_name text,
        unit_decimals integer)
      join item i on i.item_id = g.item_id
      where g.is_cost and i.unit_cost is distinct from g.unit_cost
        or g.is_supplier and i.supplier_name is distinct from g.supplier_name
        or i.unit_decimals <> g.unit_decimals
      order by i.item_id
      for no key update of i
    )
    update item i set unit_cost = c.unit_cost, supplier_name = c.supplier_name, unit_decimals = c.unit_decimals,
      recorded_at = ${at}
    from changed c where i.item_id = c.item_id
    returning i.item_id as "itemId"`;
  return saved.map(({ itemId }) => itemId);
}

/** An item with what its cost and supplier may be guessed from. Decimal text. */
export interface BareItem {
  readonly itemId: ItemId;
  readonly unitPrice: string | null;
  /** Who sent its latest shipment; null = nobody is known. */
  readonly senderName: string | null;
}

/** All items by article number, and whether the cost of any is known. Reads `item`, `inbound_shipment` and its lines. */
export async function loadBareItems(sql: Sql): Promise<{ isCostKnown: boolean; items: BareItem[] }> {
  const [known] = await sql<{ isCostKnown: boolean }[]>`
    select exists (select from item where unit_cost is not null) as "isCostKnown"`;
  const items = await sql<BareItem[]>`
    select i.item_id as "itemId", i.unit_price as "unitPrice", latest.supplier_name as "senderName"
    from item i left join lateral (
      select s.supplier_name from inbound_shipment_line l
      join inbound_shipment s using (organization_id, inbound_shipment_id)
      where l.item_id = i.item_id and s.supplier_name is not null
      order by coalesce(s.ordered_at, s.observed_at) desc, s.inbound_shipment_id limit 1
    ) latest on true
    order by i.sku`;
  return { isCostKnown: known?.isCostKnown === true, items };
}
