import { isAppError } from '../../shared/errors.ts';
import type { ShopSession } from '../marketplace.ts';
import { list } from '../wire-values.ts';
import type { Api } from './apis.ts';
import { type Gateway, platformCodeOf } from './client.ts';
import { logisticsPackage, logisticsTrace } from './wire.ts';

/** One parcel of an order. */
export interface OrderPackage {
  packageId: string | null;
  /** Number on the waybill; null before pickup. */
  waybill: string | null;
  carrier: string | null;
  /** The platform's own word: WAITACCEPT, CANCEL, ACCEPT, TRANSPORT, NOGET, SIGN, UNSIGN. */
  status: string | null;
  /** First and last step on its way; null when the platform has no trace (yet). */
  shippedAt: Date | null;
  lastStepAt: Date | null;
  isDelivered: boolean;
}

/** Codes that mean "nothing to show", not "failed": not shipped yet; no trace. */
const nothingYetCodes: ReadonlySet<string> = new Set(['500_2', '404']);

/**
 * Reads the parcels of one order and their way.
 *
 * @param which - the seller's or the buyer's pair of APIs
 * @param wantsTrace - says from the parcels whether their way is worth a second call
 * @returns no parcel when nothing was shipped yet
 * @throws AppError as `Gateway.read`
 */
export async function fetchPackages(
  gateway: Gateway,
  session: ShopSession,
  which: { logistics: Api; trace: Api },
  orderId: string,
  wantsTrace: (packages: readonly OrderPackage[]) => boolean,
): Promise<OrderPackage[]> {
  const params = { orderId, webSite: '1688' };
  const packages = await orNothing(() =>
    gateway.read(session, which.logistics, { ...params, fields: 'company,name,sendgood' }, readPackages),
  );
  if (packages.length === 0 || !wantsTrace(packages)) return packages;
  const traces = await orNothing(() => gateway.read(session, which.trace, params, readTraces));
  return packages.map((parcel) => {
    const own = traces.filter((trace) => trace.logisticsId === parcel.packageId || packages.length === 1);
    const times = own.flatMap((trace) => trace.times);
    if (times.length === 0) return parcel;
    return { ...parcel, shippedAt: new Date(Math.min(...times)), lastStepAt: new Date(Math.max(...times)) };
  });
}

async function orNothing<T>(read: () => Promise<T[]>): Promise<T[]> {
  try {
    return await read();
  } catch (error) {
    if (isAppError(error, 'permanent') && nothingYetCodes.has(platformCodeOf(error) ?? '')) return [];
    throw error;
  }
}

function readPackages(body: Record<string, unknown>): OrderPackage[] {
  const rows = list(logisticsPackage).safeParse(body.result).data ?? [];
  return rows.map((row) => ({
    packageId: row.logisticsId,
    waybill: row.logisticsBillNo,
    carrier: row.logisticsCompanyName,
    status: row.status,
    shippedAt: null,
    lastStepAt: null,
    isDelivered: row.status === 'SIGN',
  }));
}

function readTraces(body: Record<string, unknown>): { logisticsId: string | null; times: number[] }[] {
  const rows = list(logisticsTrace).safeParse(body.logisticsTrace).data ?? [];
  return rows.map((row) => ({
    logisticsId: row.logisticsId,
    times: row.logisticsSteps.flatMap((step) => step.acceptTime?.getTime() ?? []),
  }));
}
