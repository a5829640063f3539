import {
  type Alibaba1688Connector,
  createAlibaba1688Connector,
} from '../../../src/connectors/alibaba-1688/connector.ts';
import type { Alibaba1688Settings } from '../../../src/connectors/alibaba-1688/settings.ts';
import type { PageRequest, Stream } from '../../../src/connectors/marketplace.ts';
import { silentLog } from '../../../src/shared/log.ts';
import { json, type ScriptedServer, startScriptedServer } from '../scripted-server.ts';

/** Business time in these tests. */
const businessNow = new Date('2026-09-01T00:00:00Z');

/** A connector in front of a scripted gateway. */
export interface Rig {
  server: ScriptedServer;
  connector: Alibaba1688Connector;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startRig(settings: Partial<Alibaba1688Settings> = {}): Promise<Rig> {
  const server = await startScriptedServer();
  const connector = createAlibaba1688Connector(
    {
      gatewayUrl: server.url,
      appKey: '1000000',
      appSecret: 'test123',
      retry: { attempts: 3, baseDelayMs: 1, capDelayMs: 2 },
      timeoutMs: 5_000,
      ...settings,
    },
    { clock: { now: () => businessNow }, log: silentLog },
  );
  return {
    server,
    connector,
    async [Symbol.asyncDispose]() {
      await connector.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

export function pageOf(stream: Stream, overrides: Partial<PageRequest> = {}): PageRequest {
  return {
    stream,
    modifiedFrom: new Date('2026-08-31T00:00:00Z'),
    modifiedTo: new Date('2026-09-01T00:00:00Z'),
    cursor: null,
    ...overrides,
  };
}

/** An answer of the product list. */
export function productPage(rows: readonly unknown[], total: number) {
  return json(
    JSON.stringify({
      success: true,
      code: '',
      message: '',
      result: { pageResult: { pageIndex: 1, sizePerPage: 20, totalRecords: total, resultList: rows } },
    }),
  );
}

/** An offer with one variant. */
export function offer(productID: number | string, more: Record<string, unknown> = {}) {
  return {
    productID,
    subject: `货品 ${productID}`,
    status: 'published',
    skuInfos: [{ skuId: 1, specId: 'b265340beb52182c6bcfbff1fad02f0b', amountOnSale: 5 }],
    ...more,
  };
}

/** An answer of an order list. */
export function orderPage(rows: readonly unknown[], total: number) {
  return json(
    JSON.stringify({ success: true, totalRecord: total, errorCode: null, errorMessage: null, result: rows }),
  );
}

/** An order with one line, as seller or buyer see it. */
export function order(id: string, head: Record<string, unknown> = {}, lines?: unknown[]) {
  return {
    baseInfo: {
      idOfStr: id,
      status: 'waitsellersend',
      createTime: '20260830172607000+0800',
      payTime: '20260830172700000+0800',
      modifyTime: '20260831172608000+0800',
      ...head,
    },
    productItems: lines ?? [line(`${id}1`)],
  };
}

export function line(id: string, more: Record<string, unknown> = {}) {
  return { subItemIDString: id, productID: 570959966604, quantity: 11, price: 9, ...more };
}
