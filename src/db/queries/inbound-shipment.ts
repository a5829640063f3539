import type { Sql } from '../connection.ts';
import { type Collection, column, type QueryScope } from './collection.ts';

/** Goods on their way to the merchant. */
export interface InboundShipmentRow {
  inboundShipmentId: string;
  shopId: string | null;
  externalId: string;
  warehouseId: string | null;
  supplierName: string | null;
  status: 'PLANNED' | 'ORDERED' | 'SHIPPED' | 'RECEIVED' | 'CANCELLED';
  orderedAt: Date | null;
  shippedAt: Date | null;
  expectedAt: Date | null;
  receivedAt: Date | null;
  modifiedAt: Date;
  observedAt: Date;
  recordedAt: Date;
}

/** What shipments can be filtered and sorted by. */
export type InboundShipmentField =
  | 'inboundShipmentId'
  | 'shopId'
  | 'externalId'
  | 'warehouseId'
  | 'supplierName'
  | 'status'
  | 'expectedAt'
  | 'modifiedAt';

/** All inbound shipments of the organization. */
export const inboundShipments: Collection<InboundShipmentRow, InboundShipmentField> = {
  name: 'inboundShipments',
  columns: ({ sql }) => sql`
    b.inbound_shipment_id as "inboundShipmentId", b.shop_id as "shopId", b.external_id as "externalId",
    b.warehouse_id as "warehouseId", b.supplier_name as "supplierName", b.status,
    b.ordered_at as "orderedAt", b.shipped_at as "shippedAt", b.expected_at as "expectedAt",
    b.received_at as "receivedAt", b.modified_at as "modifiedAt", b.observed_at as "observedAt",
    b.recorded_at as "recordedAt"`,
  from: ({ sql }) => sql`inbound_shipment b`,
  fields: {
    inboundShipmentId: column('b', 'inbound_shipment_id', 'uuid'),
    shopId: column('b', 'shop_id', 'uuid', true),
    externalId: column('b', 'external_id', 'text'),
    warehouseId: column('b', 'warehouse_id', 'uuid', true),
    supplierName: column('b', 'supplier_name', 'text', true),
    status: column('b', 'status', 'text'),
    expectedAt: column('b', 'expected_at', 'timestamptz', true),
    modifiedAt: column('b', 'modified_at', 'timestamptz'),
  },
  key: ['inboundShipmentId'],
};

/** A line of goods on their way. Quantities are decimal text. */
export interface InboundShipmentLineRow {
  inboundShipmentId: string;
  lineId: string;
  itemId: string | null;
  productId: string | null;
  specId: string | null;
  sku: string | null;
  title: string | null;
  quantity: string;
  receivedQuantity: string | null;
}

/** A shipment has at most so many lines in an answer, and as many when it is recorded by hand. */
export const inboundShipmentLinesMax = 500;

/** The lines of some shipments in one statement, one list per shipment. Reads `inbound_shipment_line`. */
export async function loadInboundShipmentLines(
  { sql }: QueryScope,
  shipmentIds: readonly string[],
): Promise<InboundShipmentLineRow[][]> {
  const rows = await sql<(InboundShipmentLineRow & { parentIndex: number })[]>`
    select (parent.position - 1)::int as "parentIndex", line.*
    from unnest(${shipmentIds as string[]}::uuid[]) with ordinality as parent(inbound_shipment_id, position)
    cross join lateral (
      select n.inbound_shipment_id as "inboundShipmentId", n.line_id as "lineId", n.item_id as "itemId",
        n.product_id as "productId", n.spec_id as "specId", n.sku, n.title, n.quantity,
        n.received_quantity as "receivedQuantity"
      from inbound_shipment_line n
      where n.inbound_shipment_id = parent.inbound_shipment_id
      order by n.line_id limit ${inboundShipmentLinesMax}::int
    ) line
    order by parent.position, line."lineId"
  `;
  const groups: InboundShipmentLineRow[][] = shipmentIds.map(() => []);
  for (const row of rows) groups[row.parentIndex]?.push(row);
  return groups;
}

/** Lines of an item that one answer shows at most. */
const inboundLinesOfItemMax = 100;

/**
 * The lines that bring some items, one list per item: what is still expected first, the soonest at the top, then what
 * came or was cancelled, the last at the top. Reads `inbound_shipment_line`, `inbound_shipment`.
 */
export async function loadInboundLinesOfItems(
  { sql }: QueryScope,
  itemIds: readonly string[],
): Promise<InboundShipmentLineRow[][]> {
  const rows = await sql<(InboundShipmentLineRow & { parentIndex: number })[]>`
    select (parent.position - 1)::int as "parentIndex", line.*
    from unnest(${itemIds as string[]}::uuid[]) with ordinality as parent(item_id, position)
    cross join lateral (
      select n.inbound_shipment_id as "inboundShipmentId", n.line_id as "lineId", n.item_id as "itemId",
        n.product_id as "productId", n.spec_id as "specId", n.sku, n.title, n.quantity,
        n.received_quantity as "receivedQuantity", row_number() over (
          order by b.status in ('ORDERED', 'SHIPPED') desc,
            case when b.status in ('ORDERED', 'SHIPPED') then b.expected_at end nulls last,
            coalesce(b.received_at, b.expected_at, b.observed_at) desc, n.inbound_shipment_id, n.line_id) as place
      from inbound_shipment_line n
      join inbound_shipment b
        on b.organization_id = n.organization_id and b.inbound_shipment_id = n.inbound_shipment_id
      where n.item_id = parent.item_id
      order by place limit ${inboundLinesOfItemMax}::int
    ) line
    order by parent.position, line.place`;
  const groups: InboundShipmentLineRow[][] = itemIds.map(() => []);
  for (const row of rows) groups[row.parentIndex]?.push(row);
  return groups;
}

/** Id of a shipment that a person recorded. Reads `inbound_shipment`; @throws Error when there is none */
export async function findRecordedShipment(sql: Sql, externalId: string): Promise<string> {
  const rows = await sql<{ id: string }[]>`
    select inbound_shipment_id as id from inbound_shipment
    where external_id = ${externalId} and shop_id is null`;
  if (rows[0] === undefined) throw new Error('a recorded shipment is not there');
  return rows[0].id;
}
