import type { SalesOrderObservation } from '../connectors/marketplace.ts';
import type { Sql } from '../db/connection.ts';
import { markDemandOfOrders } from '../db/queries/demand-mark.ts';
import { saveOrders } from '../db/queries/ingest-order.ts';
import { resolvePool, type WriteContext } from '../db/queries/ingest-place.ts';
import { toOrderWrite } from './to-writes.ts';

/** What a page of orders asks for. */
export interface OrdersResult {
  readonly changedCount: number;
  /** Products of orders seen for the first time: their stock has moved. */
  readonly soldProducts: string[];
  /** Products that no listing explains yet. */
  readonly unknownProducts: string[];
}

/**
 * Takes in orders and marks the demand of the changed ones. Part of the page's transaction. Writes `sales_order`,
 * `sales_order_line`, `demand_dirty`, and the shop's pool in `warehouse`. Run twice: the second time writes nothing.
 */
export async function ingestOrders(
  sql: Sql,
  context: WriteContext,
  shop: { readonly memberId: string; readonly name: string },
  observations: readonly SalesOrderObservation[],
): Promise<OrdersResult> {
  if (observations.length === 0) return { changedCount: 0, soldProducts: [], unknownProducts: [] };
  await resolvePool(sql, context, shop);
  const newest = new Map<string, SalesOrderObservation>();
  for (const order of observations) {
    const other = newest.get(order.orderId);
    if (other === undefined || other.modifiedAt <= order.modifiedAt) newest.set(order.orderId, order);
  }
  const saved = await saveOrders(sql, context, [...newest.values()].map(toOrderWrite));
  const { organizationId, shopId, recordedAt } = context;
  await markDemandOfOrders(sql, organizationId, shopId, saved.changed, recordedAt);
  return {
    changedCount: saved.changed.length,
    soldProducts: saved.soldProducts,
    unknownProducts: saved.unknownProducts,
  };
}
