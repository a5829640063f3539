import { isAppError } from '../../shared/errors.ts';
import { type Clock, hourMs } from '../../shared/time.ts';
import type { Capability, ShopSession, Stream } from '../marketplace.ts';
import { type Api, apis, describeApi } from './apis.ts';
import { type ApiParams, type Gateway, platformCodeOf } from './client.ts';
import { formatDate } from './dates.ts';
import { pickSellerApis } from './settings.ts';

interface Probe {
  api: Api;
  stream: Stream | null;
  params: ApiParams;
}

function listProbes(gateway: Gateway, now: Date): Probe[] {
  const seller = pickSellerApis(gateway.settings.sellerOrderApi);
  const window = {
    modifyStartTime: formatDate(new Date(now.getTime() - hourMs)),
    modifyEndTime: formatDate(now),
    page: '1',
    pageSize: '1',
    needBuyerAddressAndPhone: 'false',
  };
  // An order nobody has: a complaint about it shows that the API itself may be called.
  const noOrder = { orderId: '1', webSite: '1688' };
  return [
    { api: apis.account, stream: null, params: {} },
    { api: apis.productList, stream: 'listings', params: { pageNo: '1', pageSize: '1' } },
    { api: apis.productsById, stream: 'listings', params: { productIdList: '[1]' } },
    { api: seller.orders, stream: 'sales_orders', params: window },
    { api: seller.order, stream: 'sales_orders', params: noOrder },
    { api: seller.logistics, stream: 'sales_orders', params: noOrder },
    { api: apis.buyerOrders, stream: 'purchase_orders', params: window },
    { api: apis.buyerLogistics, stream: 'purchase_orders', params: noOrder },
    {
      api: apis.pushQuery,
      stream: null,
      params: {
        createStartTime: formatDate(new Date(now.getTime() - hourMs)),
        createEndTime: formatDate(now),
        page: '1',
        pageSize: '20',
      },
    },
  ];
}

/**
 * Calls every API once and says which the app may call for this shop. Rights are checked before parameters and
 * business rules, so any complaint of those counts as allowed.
 *
 * @param clock - business time
 * @throws AppError `authorization_expired` when the shop's token is refused everywhere; `throttled`
 */
export async function probeCapabilities(
  gateway: Gateway,
  clock: Clock,
  session: ShopSession,
): Promise<Capability[]> {
  const capabilities: Capability[] = [];
  for (const probe of listProbes(gateway, clock.now())) {
    const outcome = await probeOne(gateway, session, probe);
    capabilities.push({ api: describeApi(probe.api), stream: probe.stream, ...outcome });
  }
  return capabilities;
}

async function probeOne(
  gateway: Gateway,
  session: ShopSession,
  { api, params }: Probe,
): Promise<Pick<Capability, 'state' | 'code'>> {
  const needsToken = api !== apis.pushQuery;
  try {
    if (needsToken) await gateway.read(session, api, params, () => null);
    else await gateway.readAsApp(session, api, params, () => null);
    return { state: 'AVAILABLE', code: null };
  } catch (error) {
    if (!isAppError(error, 'permission_missing', 'permanent', 'transient', 'deadline_exceeded')) throw error;
    const code = platformCodeOf(error);
    if (error.code === 'permission_missing' || code === 'gw.APIUnsupported') return { state: 'DENIED', code };
    const isAnswered = error.code === 'permanent' && error.params.platformMessage !== undefined;
    // Other gateway codes are about key and signature: nothing was learned about this API.
    if (isAnswered && (code === 'gw.ParamMissing' || !code?.startsWith('gw.'))) {
      return { state: 'AVAILABLE', code: null };
    }
    return { state: 'UNKNOWN', code: code ?? error.code };
  }
}
