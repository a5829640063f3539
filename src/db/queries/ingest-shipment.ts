import { randomUUID } from 'node:crypto';
import type { ItemId, ShopId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { LevelKey } from './ingest-level.ts';
import type { WriteContext } from './ingest-place.ts';

/** Who reports shipments, and when; no shop = recorded by a person. Business time. */
export interface ShipmentWriter extends Omit<WriteContext, 'shopId'> {
  readonly shopId: ShopId | null;
}

/** A line of goods on their way, to be stored. Decimal texts. */
interface ShipmentLineWrite {
  readonly lineId: string;
  readonly productId: string | null;
  readonly specId: string | null;
  /** Own article number, or what the source gives in its place. */
  readonly sku: string | null;
  readonly title: string | null;
  readonly quantity: string;
  readonly receivedQuantity: string | null;
}

/** Goods on their way, to be stored whole. */
export interface ShipmentWrite {
  readonly externalId: string;
  readonly warehouseId: WarehouseId | null;
  readonly supplierName: string | null;
  readonly status: 'PLANNED' | 'ORDERED' | 'SHIPPED' | 'RECEIVED' | 'CANCELLED';
  readonly orderedAt: Date | null;
  readonly shippedAt: Date | null;
  readonly expectedAt: Date | null;
  readonly receivedAt: Date | null;
  readonly modifiedAt: Date;
  readonly lines: readonly ShipmentLineWrite[];
}

/**
 * Stores inbound shipments and their lines; the newer modification wins. Lines find their item by article number,
 * else by listing. Writes `inbound_shipment` and `inbound_shipment_line`. Run twice: the second time writes nothing.
 *
 * @param shipments - each shipment once
 * @returns how many shipments were written, and the levels whose incoming quantity may differ now
 */
export async function saveShipments(
  sql: Sql,
  context: ShipmentWriter,
  shipments: readonly ShipmentWrite[],
): Promise<{ changedCount: number; levels: LevelKey[] }> {
  if (shipments.length === 0) return { changedCount: 0, levels: [] };
  const sorted = [...shipments].sort((a, b) => (a.externalId < b.externalId ? -1 : 1));
  const written = await saveHeads(sql, context, sorted);
  const ids = new Map(written.map((row) => [row.external_id, row.inbound_shipment_id]));
  const lines = sorted.flatMap((shipment) => {
    const shipmentId = ids.get(shipment.externalId);
    const unique = new Map(shipment.lines.map((line) => [line.lineId, line]));
    return shipmentId === undefined ? [] : [...unique.values()].map((line) => ({ ...line, shipmentId }));
  });
  await saveLines(sql, context, lines);
  const levels = await sql<{ item_id: ItemId; warehouse_id: WarehouseId }[]>`
    select distinct line.item_id, s.warehouse_id
    from inbound_shipment s join inbound_shipment_line line using (organization_id, inbound_shipment_id)
    where s.inbound_shipment_id = any (${[...ids.values()]}::text[]::uuid[])
      and line.item_id is not null and s.warehouse_id is not null`;
  return {
    changedCount: written.length,
    levels: levels.map((row) => ({ itemId: row.item_id, warehouseId: row.warehouse_id })),
  };
}

async function saveHeads(
  sql: Sql,
  context: ShipmentWriter,
  shipments: readonly ShipmentWrite[],
): Promise<{ external_id: string; inbound_shipment_id: string }[]> {
  const text = (pick: (one: ShipmentWrite) => string | null): (string | null)[] => shipments.map(pick);
  const instant = (pick: (one: ShipmentWrite) => Date | null): (string | null)[] =>
    shipments.map((one) => pick(one)?.toISOString() ?? null);
  return await sql<{ external_id: string; inbound_shipment_id: string }[]>`
    insert into inbound_shipment as s (
      organization_id, inbound_shipment_id, shop_id, external_id, warehouse_id, supplier_name, status, ordered_at,
      shipped_at, expected_at, received_at, modified_at, observed_at, recorded_at)
    select ${context.organizationId}, g.inbound_shipment_id, ${context.shopId}, g.external_id, g.warehouse_id,
           g.supplier_name, g.status, g.ordered_at, g.shipped_at, g.expected_at, g.received_at, g.modified_at,
           ${context.observedAt}, ${context.recordedAt}
    from unnest(${text(() => randomUUID())}::text[]::uuid[], ${text((s) => s.externalId)}::text[],
                ${text((s) => s.warehouseId)}::text[]::uuid[], ${text((s) => s.supplierName)}::text[],
                ${text((s) => s.status)}::text[], ${instant((s) => s.orderedAt)}::text[]::timestamptz[],
                ${instant((s) => s.shippedAt)}::text[]::timestamptz[],
                ${instant((s) => s.expectedAt)}::text[]::timestamptz[],
                ${instant((s) => s.receivedAt)}::text[]::timestamptz[],
                ${instant((s) => s.modifiedAt)}::text[]::timestamptz[])
      as g(inbound_shipment_id, external_id, warehouse_id, supplier_name, status, ordered_at, shipped_at, expected_at,
           received_at, modified_at)
    on conflict (organization_id, shop_id, external_id) do update
    set warehouse_id = excluded.warehouse_id, supplier_name = excluded.supplier_name, status = excluded.status,
        ordered_at = excluded.ordered_at, shipped_at = excluded.shipped_at, expected_at = excluded.expected_at,
        received_at = excluded.received_at, modified_at = excluded.modified_at, observed_at = excluded.observed_at,
        recorded_at = excluded.recorded_at
    where s.modified_at < excluded.modified_at
      or (s.modified_at = excluded.modified_at and s.observed_at < excluded.observed_at
        and (s.warehouse_id, s.supplier_name, s.status, s.ordered_at, s.shipped_at, s.expected_at, s.received_at)
          is distinct from
            (excluded.warehouse_id, excluded.supplier_name, excluded.status, excluded.ordered_at, excluded.shipped_at,
             excluded.expected_at, excluded.received_at))
    returning external_id, inbound_shipment_id`;
}

async function saveLines(
  sql: Sql,
  context: ShipmentWriter,
  lines: readonly (ShipmentLineWrite & { shipmentId: string })[],
): Promise<void> {
  if (lines.length === 0) return;
  type Line = (typeof lines)[number];
  const text = (pick: (line: Line) => string | null): (string | null)[] => lines.map(pick);
  await sql`
    insert into inbound_shipment_line as l (
      organization_id, inbound_shipment_id, line_id, item_id, product_id, spec_id, sku, title, quantity,
      received_quantity, recorded_at)
    select ${context.organizationId}, g.inbound_shipment_id, g.line_id, coalesce(i.item_id, k.item_id), g.product_id,
           g.spec_id, g.sku, g.title, g.quantity, g.received_quantity, ${context.recordedAt}
    from unnest(${text((l) => l.shipmentId)}::text[]::uuid[], ${text((l) => l.lineId)}::text[],
                ${text((l) => l.productId)}::text[], ${text((l) => l.specId)}::text[], ${text((l) => l.sku)}::text[],
                ${text((l) => l.title)}::text[], ${text((l) => l.quantity)}::text[]::numeric[],
                ${text((l) => l.receivedQuantity)}::text[]::numeric[])
      as g(inbound_shipment_id, line_id, product_id, spec_id, sku, title, quantity, received_quantity)
    left join item i on i.sku = g.sku
    left join lateral (
      select item_id from listing
      where product_id = g.product_id and spec_id = coalesce(g.spec_id, '')
      order by shop_id limit 1
    ) k on true
    order by 2, 3
    on conflict (organization_id, inbound_shipment_id, line_id) do update
    set item_id = coalesce(excluded.item_id, l.item_id), product_id = excluded.product_id, spec_id = excluded.spec_id,
        sku = excluded.sku, title = excluded.title, quantity = excluded.quantity,
        received_quantity = excluded.received_quantity, recorded_at = excluded.recorded_at`;
}
