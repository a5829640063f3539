import type { Sql } from '../connection.ts';
import type { WriteContext } from './ingest-place.ts';

/** A line of an order to be stored. Decimal texts; `specId` empty for an offer without variants. */
interface OrderLineWrite {
  readonly lineId: string;
  readonly productId: string;
  readonly specId: string;
  readonly cargoNumber: string | null;
  readonly title: string | null;
  readonly quantity: string;
  readonly unitPrice: string | null;
  readonly status: string | null;
  readonly refundStatus: string | null;
}

/** An order to be stored, whole. */
export interface OrderWrite {
  readonly orderId: string;
  readonly status: string;
  readonly orderedAt: Date;
  readonly paidAt: Date | null;
  readonly shippedAt: Date | null;
  readonly completedAt: Date | null;
  readonly modifiedAt: Date;
  readonly closeReason: string | null;
  readonly refundStatus: string | null;
  readonly totalAmount: string | null;
  readonly lines: readonly OrderLineWrite[];
}

/** What became of the orders of a page. */
export interface SavedOrders {
  /** Orders that were new or changed, lines included. */
  readonly changed: string[];
  /** Products in orders seen for the first time: their stock has just moved. */
  readonly soldProducts: string[];
  /** Products of lines that no listing explains yet. */
  readonly unknownProducts: string[];
}

/**
 * Stores orders and their lines. The newer modification wins; at the same modification time (the platform counts
 * whole seconds) what was read now wins. Lines get their item from the listing, where it is known.
 * Writes `sales_order` and `sales_order_line` where something differs. Run twice: the second time writes nothing.
 *
 * @param orders - each order once
 */
export async function saveOrders(
  sql: Sql,
  context: WriteContext,
  orders: readonly OrderWrite[],
): Promise<SavedOrders> {
  if (orders.length === 0) return { changed: [], soldProducts: [], unknownProducts: [] };
  const sorted = [...orders].sort((a, b) => (a.orderId < b.orderId ? -1 : 1));
  const saved = await saveHeads(sql, context, sorted);
  const lines = await saveLines(sql, context, sorted);
  const isNew = new Set(saved.filter((row) => row.is_new).map((row) => row.order_id));
  return {
    changed: [...new Set([...saved.map((row) => row.order_id), ...lines.map((row) => row.order_id)])],
    soldProducts: productsOf(lines.filter((row) => isNew.has(row.order_id))),
    unknownProducts: productsOf(lines.filter((row) => row.item_id === null)),
  };
}

interface LineRow {
  order_id: string;
  product_id: string;
  item_id: string | null;
}

function productsOf(rows: readonly LineRow[]): string[] {
  return [...new Set(rows.map((row) => row.product_id))];
}

async function saveHeads(
  sql: Sql,
  context: WriteContext,
  orders: readonly OrderWrite[],
): Promise<{ order_id: string; is_new: boolean }[]> {
  const text = (pick: (order: OrderWrite) => string | null): (string | null)[] => orders.map(pick);
  const instant = (pick: (order: OrderWrite) => Date | null): (string | null)[] =>
    orders.map((order) => pick(order)?.toISOString() ?? null);
  return await sql<{ order_id: string; is_new: boolean }[]>`
    insert into sales_order as o (
      organization_id, shop_id, order_id, status, ordered_at, paid_at, shipped_at, completed_at, modified_at,
      close_reason, refund_status, total_amount, observed_at, recorded_at)
    select ${context.organizationId}, ${context.shopId}, g.order_id, g.status, g.ordered_at, g.paid_at, g.shipped_at,
           g.completed_at, g.modified_at, g.close_reason, g.refund_status, g.total_amount, ${context.observedAt},
           ${context.recordedAt}
    from unnest(${text((o) => o.orderId)}::text[], ${text((o) => o.status)}::text[],
                ${instant((o) => o.orderedAt)}::text[]::timestamptz[], ${instant((o) => o.paidAt)}::text[]::timestamptz[],
                ${instant((o) => o.shippedAt)}::text[]::timestamptz[],
                ${instant((o) => o.completedAt)}::text[]::timestamptz[],
                ${instant((o) => o.modifiedAt)}::text[]::timestamptz[], ${text((o) => o.closeReason)}::text[],
                ${text((o) => o.refundStatus)}::text[], ${text((o) => o.totalAmount)}::text[]::numeric[])
      as g(order_id, status, ordered_at, paid_at, shipped_at, completed_at, modified_at, close_reason, refund_status,
           total_amount)
    on conflict (organization_id, shop_id, order_id) do update
    set status = excluded.status, ordered_at = excluded.ordered_at, paid_at = excluded.paid_at,
        shipped_at = excluded.shipped_at, completed_at = excluded.completed_at, modified_at = excluded.modified_at,
        close_reason = excluded.close_reason, refund_status = excluded.refund_status,
        total_amount = excluded.total_amount, observed_at = excluded.observed_at, recorded_at = excluded.recorded_at
    where o.modified_at < excluded.modified_at
      or (o.modified_at = excluded.modified_at and o.observed_at < excluded.observed_at
        and (o.status, o.paid_at, o.shipped_at, o.completed_at, o.close_reason, o.refund_status, o.total_amount)
          is distinct from
            (excluded.status, excluded.paid_at, excluded.shipped_at, excluded.completed_at, excluded.close_reason,
             excluded.refund_status, excluded.total_amount))
    returning order_id, xmax = 0 as is_new`;
}

async function saveLines(sql: Sql, context: WriteContext, orders: readonly OrderWrite[]): Promise<LineRow[]> {
  const lines = orders.flatMap((order) => uniqueLines(order).map((line) => ({ ...line, order })));
  if (lines.length === 0) return [];
  type Line = (typeof lines)[number];
  const text = (pick: (line: Line) => string | null): (string | null)[] => lines.map(pick);
  return await sql<LineRow[]>`
    insert into sales_order_line as l (
      organization_id, shop_id, order_id, line_id, product_id, spec_id, cargo_number, title, item_id, quantity,
      item_units, unit_price, status, refund_status, ordered_at, observed_at, recorded_at)
    select ${context.organizationId}, ${context.shopId}, g.order_id, g.line_id, g.product_id, g.spec_id,
           g.cargo_number, g.title, k.item_id, g.quantity, g.quantity * k.pack_factor, g.unit_price, g.status,
           g.refund_status, o.ordered_at, ${context.observedAt}, ${context.recordedAt}
    from unnest(${text((l) => l.order.orderId)}::text[],
                ${text((l) => l.order.modifiedAt.toISOString())}::text[]::timestamptz[], ${text((l) => l.lineId)}::text[],
                ${text((l) => l.productId)}::text[], ${text((l) => l.specId)}::text[],
                ${text((l) => l.cargoNumber)}::text[], ${text((l) => l.title)}::text[],
                ${text((l) => l.quantity)}::text[]::numeric[], ${text((l) => l.unitPrice)}::text[]::numeric[],
                ${text((l) => l.status)}::text[], ${text((l) => l.refundStatus)}::text[])
      as g(order_id, modified_at, line_id, product_id, spec_id, cargo_number, title, quantity, unit_price, status,
           refund_status)
    join sales_order o on o.shop_id = ${context.shopId} and o.order_id = g.order_id and o.modified_at <= g.modified_at
    left join listing k on k.shop_id = ${context.shopId} and k.product_id = g.product_id and k.spec_id = g.spec_id
    on conflict (organization_id, shop_id, order_id, line_id) do update
    set product_id = excluded.product_id, spec_id = excluded.spec_id, cargo_number = excluded.cargo_number,
        title = excluded.title, item_id = coalesce(excluded.item_id, l.item_id), quantity = excluded.quantity,
        item_units = coalesce(excluded.item_units, l.item_units), unit_price = excluded.unit_price,
        status = excluded.status, refund_status = excluded.refund_status, ordered_at = excluded.ordered_at,
        observed_at = excluded.observed_at, recorded_at = excluded.recorded_at
    where (l.product_id, l.spec_id, l.cargo_number, l.title, l.quantity, l.unit_price, l.status, l.refund_status,
           l.ordered_at, l.item_id, l.item_units)
      is distinct from
          (excluded.product_id, excluded.spec_id, excluded.cargo_number, excluded.title, excluded.quantity,
           excluded.unit_price, excluded.status, excluded.refund_status, excluded.ordered_at,
           coalesce(excluded.item_id, l.item_id), coalesce(excluded.item_units, l.item_units))
    returning order_id, product_id, item_id`;
}

/** A line that stands twice in an order would stop the whole statement; the later one wins. */
function uniqueLines(order: OrderWrite): OrderLineWrite[] {
  return [...new Map(order.lines.map((line) => [line.lineId, line])).values()];
}
