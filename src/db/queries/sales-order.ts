import { type Collection, column, type QueryScope } from './collection.ts';

/** An order of a customer. Amounts are decimal text in yuan. */
export interface SalesOrderRow {
  shopId: string;
  orderId: string;
  status: string;
  orderedAt: Date;
  paidAt: Date | null;
  shippedAt: Date | null;
  completedAt: Date | null;
  modifiedAt: Date;
  closeReason: string | null;
  refundStatus: string | null;
  totalAmount: string | null;
  observedAt: Date;
  recordedAt: Date;
}

/** What orders can be filtered and sorted by. */
export type SalesOrderField = 'shopId' | 'orderId' | 'status' | 'orderedAt' | 'modifiedAt';

/** All orders of the organization. */
export const salesOrders: Collection<SalesOrderRow, SalesOrderField> = {
  name: 'salesOrders',
  columns: ({ sql }) => sql`
    o.shop_id as "shopId", o.order_id as "orderId", o.status, o.ordered_at as "orderedAt",
    o.paid_at as "paidAt", o.shipped_at as "shippedAt", o.completed_at as "completedAt",
    o.modified_at as "modifiedAt", o.close_reason as "closeReason", o.refund_status as "refundStatus",
    o.total_amount as "totalAmount", o.observed_at as "observedAt", o.recorded_at as "recordedAt"`,
  from: ({ sql }) => sql`sales_order o`,
  fields: {
    shopId: column('o', 'shop_id', 'uuid'),
    orderId: column('o', 'order_id', 'text'),
    status: column('o', 'status', 'text'),
    orderedAt: column('o', 'ordered_at', 'timestamptz'),
    modifiedAt: column('o', 'modified_at', 'timestamptz'),
  },
  key: ['shopId', 'orderId'],
};

/** A line of an order. */
export interface SalesOrderLineRow {
  shopId: string;
  orderId: string;
  lineId: string;
  productId: string;
  specId: string;
  cargoNumber: string | null;
  title: string | null;
  itemId: string | null;
  quantity: string;
  itemUnits: string | null;
  unitPrice: string | null;
  status: string | null;
  refundStatus: string | null;
}

/** An order has at most so many lines in an answer; marketplaces allow far fewer. */
const salesOrderLinesMax = 500;

/** The lines of some orders in one statement, one list per order in their order. Reads `sales_order_line`. */
export async function loadSalesOrderLines(
  { sql }: QueryScope,
  orders: readonly (readonly [shopId: string, orderId: string])[],
): Promise<SalesOrderLineRow[][]> {
  const rows = await sql<(SalesOrderLineRow & { parentIndex: number })[]>`
    select (parent.position - 1)::int as "parentIndex", line.*
    from unnest(${orders.map(([shopId]) => shopId)}::uuid[], ${orders.map(([, orderId]) => orderId)}::text[])
      with ordinality as parent(shop_id, order_id, position)
    cross join lateral (
      select n.shop_id as "shopId", n.order_id as "orderId", n.line_id as "lineId",
        n.product_id as "productId", n.spec_id as "specId", n.cargo_number as "cargoNumber", n.title,
        n.item_id as "itemId", n.quantity, n.item_units as "itemUnits", n.unit_price as "unitPrice",
        n.status, n.refund_status as "refundStatus"
      from sales_order_line n
      where n.shop_id = parent.shop_id and n.order_id = parent.order_id
      order by n.line_id limit ${salesOrderLinesMax}::int
    ) line
    order by parent.position, line."lineId"
  `;
  const groups: SalesOrderLineRow[][] = orders.map(() => []);
  for (const row of rows) groups[row.parentIndex]?.push(row);
  return groups;
}
