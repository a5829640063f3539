import { isAppError } from '../../shared/errors.ts';
import type { Clock } from '../../shared/time.ts';
import type { ObservationPage, PageRequest, ShopSession } from '../marketplace.ts';
import { apis } from './apis.ts';
import { type Gateway, platformCodeOf } from './client.ts';
import { fetchPackages, type OrderPackage } from './logistics.ts';
import { fetchOrderRows } from './order-pages.ts';
import { pickSellerApis } from './settings.ts';
import { readPurchases, toInboundShipment } from './to-inbound-shipment.ts';
import { isShipped, toSalesOrder } from './to-sales-order.ts';

/**
 * Reads one page of the customers' orders modified in the window.
 *
 * @param clock - business time
 * @throws AppError as `fetchOrderRows`
 */
export async function fetchSalesOrdersPage(
  gateway: Gateway,
  clock: Clock,
  session: ShopSession,
  request: PageRequest,
): Promise<ObservationPage> {
  const { orders } = pickSellerApis(gateway.settings.sellerOrderApi);
  const { rows, ...place } = await fetchOrderRows(gateway, session, orders, request);
  const page: ObservationPage = { observations: [], rejected: [], ...place };
  for (const row of rows) {
    const converted = toSalesOrder(row, clock.now());
    page.observations.push(...converted.observations);
    page.rejected.push(...converted.rejected);
  }
  return page;
}

/**
 * Reads one order of a customer again. Where the order is shipped but says not when, its parcels are asked.
 *
 * @returns no observation when the platform does not know the order
 */
export async function fetchSalesOrderById(
  gateway: Gateway,
  clock: Clock,
  session: ShopSession,
  orderId: string,
): Promise<ObservationPage> {
  const { order } = pickSellerApis(gateway.settings.sellerOrderApi);
  const row = await readOrNull(() =>
    gateway.read(session, order, { orderId, webSite: '1688' }, (body) => body.result ?? null),
  );
  if (row === null) return { observations: [], rejected: [], nextCursor: null, totalRows: 0 };
  const { observations, rejected } = toSalesOrder(row, clock.now());
  for (const observation of observations) {
    if (observation.shippedAt !== null || !isShipped(observation.status)) continue;
    const packages = await fetchSalesOrderPackages(gateway, session, orderId);
    const times = packages.flatMap((parcel) => parcel.shippedAt?.getTime() ?? []);
    if (times.length > 0) observation.shippedAt = new Date(Math.max(...times));
  }
  return { observations, rejected, nextCursor: null, totalRows: 1 };
}

/** Reads the parcels of a customer's order and their way. */
export function fetchSalesOrderPackages(
  gateway: Gateway,
  session: ShopSession,
  orderId: string,
): Promise<OrderPackage[]> {
  const { logistics } = pickSellerApis(gateway.settings.sellerOrderApi);
  return fetchPackages(gateway, session, { logistics, trace: apis.sellerTrace }, orderId, () => true);
}

/**
 * Reads one page of the orders that the merchant placed, modified in the window, as inbound shipments. Each
 * order under way costs one call more for its parcels, and one for their way once all are delivered.
 */
export async function fetchPurchaseOrdersPage(
  gateway: Gateway,
  clock: Clock,
  session: ShopSession,
  request: PageRequest,
): Promise<ObservationPage> {
  const { rows, ...place } = await fetchOrderRows(gateway, session, apis.buyerOrders, request);
  const { observations: purchases, rejected } = readPurchases(rows, clock.now());
  const page: ObservationPage = { observations: [], rejected, ...place };
  const which = { logistics: apis.buyerLogistics, trace: apis.buyerTrace };
  for (const { order, isUnderWay } of purchases) {
    const packages = isUnderWay
      ? await orWithoutPackages(() =>
          fetchPackages(gateway, session, which, order.orderId, (parcels) =>
            parcels.every((parcel) => parcel.isDelivered),
          ),
        )
      : [];
    page.observations.push(toInboundShipment(order, packages));
  }
  return page;
}

/** An app may read orders and not parcels: the order alone still tells most. */
async function orWithoutPackages(read: () => Promise<OrderPackage[]>): Promise<OrderPackage[]> {
  try {
    return await read();
  } catch (error) {
    if (isAppError(error, 'permission_missing', 'permanent')) return [];
    throw error;
  }
}

/** How the platform says that an order or offer does not exist; its codes are not documented. */
const unknownPattern = /not.?(exist|found)|不存在|no.?permission|nopermission/i;

async function readOrNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!isAppError(error, 'permanent')) throw error;
    const words = `${platformCodeOf(error) ?? ''} ${error.params.platformMessage ?? ''}`;
    if (platformCodeOf(error) === '404' || unknownPattern.test(words)) return null;
    throw error;
  }
}
