import type { QueryScope } from './collection.ts';

/** A line of an order draft. Decimal text, days `YYYY-MM-DD`. */
export interface DraftLineRow {
  suggestionId: string;
  itemId: string;
  warehouseId: string;
  sku: string;
  title: string;
  unit: string;
  warehouseCode: string;
  warehouseName: string;
  supplierName: string | null;
  quantity: string;
  /** What one costs the merchant; null = unknown. A supplier is never shown what it sells for. */
  unitCost: string | null;
  currencyCode: string;
  isDue: boolean;
  orderByOn: string | null;
  arrivesOn: string | null;
  decidedBy: string | null;
  /** Id of the planned shipment; null = not approved yet. */
  externalId: string | null;
}

/** Which drafts. */
export interface DraftWanted {
  /** OPEN: what is suggested; APPROVED: what is expected and not on record yet. */
  readonly state: 'OPEN' | 'APPROVED';
  /** Absent = all suppliers; null = lines without one. */
  readonly supplierName?: string | null;
}

/**
 * Loads the purchases that make up order drafts, by supplier, warehouse and article number. Reads
 * `replenishment_suggestion`, `item`, `warehouse`, `inbound_shipment`.
 *
 * @param linesMax - at most so many
 */
export async function loadDraftLines(
  { sql }: Pick<QueryScope, 'sql'>,
  { state, supplierName }: DraftWanted,
  linesMax: number,
): Promise<DraftLineRow[]> {
  const isWanted =
    supplierName === undefined ? sql`true` : sql`s.supplier_name is not distinct from ${supplierName}::text`;
  return await sql<DraftLineRow[]>`
    select s.suggestion_id as "suggestionId", s.item_id as "itemId", s.warehouse_id as "warehouseId", i.sku, i.title,
      i.unit_code as unit, w.code as "warehouseCode", w.name as "warehouseName",
      s.supplier_name as "supplierName", trim_scale(coalesce(s.decided_quantity, s.quantity)) as quantity,
      trim_scale(i.unit_cost) as "unitCost", i.currency_code as "currencyCode", s.is_due as "isDue",
      s.order_by_on as "orderByOn", s.arrives_on as "arrivesOn", s.decided_by as "decidedBy",
      b.external_id as "externalId"
    from replenishment_suggestion s
    join item i on i.item_id = s.item_id
    join warehouse w on w.warehouse_id = s.warehouse_id
    left join inbound_shipment b on b.inbound_shipment_id = s.inbound_shipment_id
    where s.kind = 'PURCHASE' and s.state = ${state} and coalesce(s.decided_quantity, s.quantity) > 0
      and ${isWanted}
    order by s.supplier_name, w.code, i.sku, s.suggestion_id limit ${linesMax}`;
}

/** Least order value by supplier; the key '' is the whole organization's. Reads `stock_policy`. */
export async function loadMinOrderValues({ sql }: QueryScope): Promise<Map<string, string>> {
  const rows = await sql<{ name: string; value: string }[]>`
    select coalesce(supplier_name, '') as name, min_order_value as value from stock_policy
    where min_order_value is not null and item_id is null and warehouse_id is null and category is null`;
  return new Map(rows.map(({ name, value }) => [name, value]));
}
