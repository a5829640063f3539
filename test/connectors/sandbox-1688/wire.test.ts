import { afterEach, describe, expect, it } from 'vitest';
import { createFaultScript, createRandomFaults } from '../../../src/connectors/sandbox-1688/wire/faults.ts';
import { parseIdList, parseWireDate, wireDate } from '../../../src/connectors/sandbox-1688/wire/format.ts';
import { dayMs } from '../../../src/shared/time.ts';
import { at, call, rowsAt, startAt, startTestGateway } from './support.ts';

const list = 'com.alibaba.product:alibaba.product.list.get';
const byIds = 'com.alibaba.product:alibaba.product.getByIdList';
const modify = 'com.alibaba.product:alibaba.product.modifyStock';
const sellerOrders = 'com.alibaba.trade:alibaba.trade.getSellerOrderList';
const buyerOrders = 'com.alibaba.trade:alibaba.trade.getBuyerOrderList';
const sellerLogistics = 'com.alibaba.logistics:alibaba.trade.getLogisticsInfos.sellerView';

const open: { close(): Promise<void> }[] = [];
async function start(settings: Parameters<typeof startTestGateway>[0] = {}) {
  const started = await startTestGateway(settings);
  open.push(started.gateway);
  const { gatewayUrl, tokens } = started.gateway;
  const ask = (api: string, params: Record<string, string> = {}) =>
    call(gatewayUrl, api, params, { token: tokens.accessToken });
  return { ...started, ask };
}
afterEach(async () => {
  for (const gateway of open.splice(0)) await gateway.close();
});

type Ask = Awaited<ReturnType<typeof start>>['ask'];

async function allOrders(ask: Ask, params: Record<string, string> = {}, api = sellerOrders) {
  const rows: Record<string, unknown>[] = [];
  for (let page = 1; ; page++) {
    const { body } = await ask(api, { ...params, page: String(page), pageSize: '20' });
    rows.push(...rowsAt(body, 'result'));
    if (page * 20 >= (body.totalRecord as unknown as number)) return rows;
  }
}

const orderId = (row: Record<string, unknown>) => at(row, 'baseInfo', 'idOfStr') as string;

describe('dates and ids on the wire', () => {
  it('writes China time with milliseconds and offset, and reads any offset', () => {
    expect(wireDate(Date.UTC(2018, 6, 21, 9, 26, 8))).toBe('20180721172608000+0800');
    expect(parseWireDate('20180721172608000+0800')).toBe(Date.UTC(2018, 6, 21, 9, 26, 8));
    expect(parseWireDate('20180721022608000-0700')).toBe(Date.UTC(2018, 6, 21, 9, 26, 8));
    expect(parseWireDate('2018-07-21')).toBeNull();
  });

  it('reads lists of ids digit by digit', () => {
    expect(parseIdList('[2938624554509662976, "193441303243969811"]')).toEqual([
      '2938624554509662976',
      '193441303243969811',
    ]);
    expect(parseIdList('2938624554509662976')).toBeNull();
    expect(parseIdList('[1,x]')).toBeNull();
  });
});

describe('products', () => {
  it('come in pages of twenty at most, with variants only in detail', async () => {
    const { ask, gateway } = await start();
    const { body } = await ask(list, { pageNo: '1', pageSize: '500', needDetail: 'true' });
    const rows = rowsAt(body, 'result', 'pageResult', 'resultList');
    expect(at(body, 'result', 'pageResult', 'sizePerPage')).toBe(20);
    const variants = rows.flatMap((row) => (row.skuInfos as Record<string, unknown>[] | undefined) ?? []);
    expect(variants.length).toBeGreaterThan(0);
    const pools = new Map(
      gateway.truth(startAt).pools.map((pool) => [`${pool.productId} ${pool.specId}`, pool.available]),
    );
    for (const row of rows) {
      const skus = row.skuInfos as Record<string, unknown>[] | undefined;
      const shown = skus ?? [{ specId: null, amountOnSale: at(row, 'saleInfo', 'amountOnSale') }];
      for (const sku of shown) {
        expect(sku.amountOnSale).toBe(pools.get(`${row.productID} ${sku.specId}`));
      }
    }
    const bare = await ask(list, { pageNo: '1', pageSize: '20' });
    const bareRows = rowsAt(bare.body, 'result', 'pageResult', 'resultList');
    expect(bareRows.every((row) => ((row.skuInfos as unknown[]) ?? []).length === 0)).toBe(true);
  });

  it('are read again by their ids, unknown ones left out', async () => {
    const { ask, gateway } = await start();
    const [first] = gateway.truth(startAt).pools;
    const { body } = await ask(byIds, { productIdList: `[1,${first?.productId}]` });
    expect(rowsAt(body, 'productList').map(({ productID }) => String(productID))).toEqual([first?.productId]);
  });

  it('may keep their modified time while their stock moves', async () => {
    const { ask, clock } = await start({ options: { modifiedMovesWithStock: 'never' } });
    const moments = async () => {
      const { body } = await ask(list, { pageNo: '1', needDetail: 'true' });
      const rows = rowsAt(body, 'result', 'pageResult', 'resultList').filter(
        (row) => row.status === 'published',
      );
      return new Map(
        rows.map((row) => [String(row.productID), [row.lastUpdateTime, at(row, 'saleInfo', 'amountOnSale')]]),
      );
    };
    const before = await moments();
    clock.advance(dayMs);
    const moved = [...(await moments())].filter(([id, [, amount]]) => before.get(id)?.[1] !== amount);
    expect(moved.length).toBeGreaterThan(0);
    for (const [id, [modified]] of moved) {
      if (before.has(id)) expect(modified).toBe(before.get(id)?.[0]);
    }
  });
});

describe('changing stock', () => {
  async function twoOffers() {
    const started = await start();
    const pools = started.gateway.truth(startAt).pools.filter(({ isListed }) => isListed);
    const withSpec = pools.find(({ specId, available }) => specId !== null && available > 5);
    const plain = pools.find(({ specId, available }) => specId === null && available > 5);
    if (withSpec === undefined || plain === undefined) throw new Error('the small world lacks an offer');
    const now = () => {
      const { pools: current } = started.gateway.truth(startAt);
      const find = (pool: typeof plain) =>
        current.find((other) => other.productId === pool.productId && other.specId === pool.specId)
          ?.available;
      return [find(withSpec), find(plain)];
    };
    return { ...started, withSpec, plain, now };
  }

  it('adds by default, by specId, and answers each product for itself', async () => {
    const { ask, withSpec, plain, now } = await twoOffers();
    const productStockChange = JSON.stringify([
      { productId: Number(withSpec.productId), skuStocks: [{ skuId: withSpec.specId, stockChange: -2 }] },
      { productId: Number(plain.productId), productAmountChange: 3 },
      { productId: 12, productAmountChange: 3 },
      { productId: Number(withSpec.productId), skuStocks: [{ skuId: 'no-such-spec', stockChange: 1 }] },
    ]);
    const { body } = await ask(modify, { productStockChange, webSite: '1688' });
    expect(rowsAt(body, 'result').map(({ result, code }) => [result, code])).toEqual([
      [true, null],
      [true, null],
      [false, 'PRODUCT_NOT_EXIST'],
      [false, 'SKU_NOT_EXIST'],
    ]);
    expect(now()).toEqual([withSpec.available - 2, plain.available + 3]);
  });

  it('sets absolutely when told so, and refuses nonsense whole', async () => {
    const { ask, withSpec, plain, now } = await twoOffers();
    const change = [{ productId: Number(plain.productId), productAmountChange: 7 }];
    await ask(modify, { productStockChange: JSON.stringify(change), increaceModify: 'false' });
    expect(now()).toEqual([withSpec.available, 7]);
    expect((await ask(modify, { productStockChange: '{"a":1}' })).body.success).toBe(false);
    expect((await ask(modify, { productStockChange: 'no json' })).body.success).toBe(false);
    expect(now()).toEqual([withSpec.available, 7]);
  });
});

describe('orders', () => {
  it('carry int64 ids as bare numbers with exactly the digits of their text twins', async () => {
    const { ask, gateway } = await start();
    const { text, body } = await ask(sellerOrders, { page: '1', pageSize: '20' });
    const truth = new Set(gateway.truth(startAt).orders.map((order) => order.orderId));
    for (const row of rowsAt(body, 'result')) {
      expect(truth.has(orderId(row))).toBe(true);
      expect(text).toContain(`"id":${orderId(row)},"idOfStr":"${orderId(row)}"`);
      for (const { subItemIDString } of rowsAt(row, 'productItems')) {
        expect(text).toContain(`"subItemID":${subItemIDString},"subItemIDString":"${subItemIDString}"`);
      }
    }
  });

  it('are all there, once each, and the newer twin shows the same', async () => {
    const { ask, gateway } = await start();
    const rows = await allOrders(ask);
    const truth = gateway.truth(startAt).orders;
    expect(rows.map(orderId)).toEqual(truth.map((order) => order.orderId));
    expect(rows.map((row) => at(row, 'baseInfo', 'status'))).toEqual(truth.map(({ status }) => status));
    const twin = await allOrders(ask, {}, 'com.alibaba.trade:alibaba.trade.ec.getOrderList.sellerView');
    expect(twin).toEqual(rows);
  });

  it('are found by when they changed, and leave the window when they change again', async () => {
    const { ask, clock } = await start();
    const window = {
      modifyStartTime: wireDate(startAt.getTime() - dayMs),
      modifyEndTime: wireDate(startAt.getTime()),
    };
    const before = await allOrders(ask, window);
    expect(before.length).toBeGreaterThan(3);
    clock.advance(dayMs);
    const after = new Set((await allOrders(ask, window)).map(orderId));
    const gone = before.map(orderId).filter((id) => !after.has(id));
    expect(gone.length).toBeGreaterThan(0);
    const next = await allOrders(ask, {
      modifyStartTime: wireDate(startAt.getTime()),
      modifyEndTime: wireDate(startAt.getTime() + dayMs),
    });
    const seen = new Set(next.map(orderId));
    for (const id of gone) expect(seen.has(id)).toBe(true);
  });

  it('can be asked by status, newest first, and from the history table', async () => {
    const { ask } = await start({ options: { orderSort: 'newest_first', historyTableAfterDays: 10 } });
    const paid = await allOrders(ask, { orderStatus: 'waitsellersend' });
    expect(new Set(paid.map((row) => at(row, 'baseInfo', 'status')))).toEqual(new Set(['waitsellersend']));
    const current = await allOrders(ask);
    const old = await allOrders(ask, { isHis: 'true' });
    const border = wireDate(startAt.getTime() - 10 * dayMs);
    const created = (row: Record<string, unknown>) => at(row, 'baseInfo', 'createTime') as string;
    expect(old.length).toBeGreaterThan(0);
    expect(current.every((row) => created(row) >= border)).toBe(true);
    expect(old.every((row) => created(row) < border)).toBe(true);
    expect(current.map(created)).toEqual(current.map(created).toSorted().toReversed());
  });

  it('show parcels once they are shipped, and a code before', async () => {
    const { ask } = await start();
    const [waiting] = await allOrders(ask, { orderStatus: 'waitsellersend' });
    const [shipped] = await allOrders(ask, { orderStatus: 'waitbuyerreceive' });
    if (waiting === undefined || shipped === undefined) throw new Error('the small world lacks an order');
    expect((await ask(sellerLogistics, { orderId: orderId(waiting) })).body.errorCode).toBe('500_2');
    const { body } = await ask(sellerLogistics, { orderId: orderId(shipped) });
    const [parcel] = rowsAt(body, 'result');
    const lines = rowsAt(shipped, 'productItems').map(({ subItemIDString }) => subItemIDString);
    expect(parcel?.orderEntryIds).toBe(lines.join(','));
    const trace = await ask('com.alibaba.logistics:alibaba.trade.getLogisticsTraceInfo.sellerView', {
      orderId: orderId(shipped),
    });
    const steps = rowsAt(trace.body, 'logisticsTrace', 0, 'logisticsSteps');
    expect(steps[0]?.acceptTime).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    const detail = await ask('com.alibaba.trade:alibaba.trade.get.sellerView', { orderId: orderId(shipped) });
    expect(rowsAt(detail.body, 'result', 'nativeLogistics', 'logisticsItems')).toHaveLength(1);
    const unknown = await ask('com.alibaba.trade:alibaba.trade.get.sellerView', { orderId: '5' });
    expect(unknown.body.success).toBe(false);
  });
});

describe('purchases', () => {
  it('are orders of a buyer, on their way before they arrive', async () => {
    const { ask, clock } = await start();
    const rows = await allOrders(ask, {}, buyerOrders);
    const isOpen = (row: Record<string, unknown>) => at(row, 'baseInfo', 'status') !== 'success';
    const under = rows.filter(isOpen).map(orderId);
    expect(under.length).toBeGreaterThan(0);
    clock.advance(40 * dayMs);
    const later = new Map(
      (await allOrders(ask, {}, buyerOrders)).map((row) => [
        orderId(row),
        at(row, 'baseInfo', 'receivingTime'),
      ]),
    );
    for (const id of under) expect(later.get(id)).toMatch(/^\d{17}\+0800$/);
    const { body } = await ask('com.alibaba.logistics:alibaba.trade.getLogisticsInfos.buyerView', {
      orderId: under[0] ?? '',
    });
    expect(at(body, 'result', 0, 'status')).toBe('SIGN');
  });
});

describe('faults', () => {
  it('strike the calls they are meant for, in their number, and pass', async () => {
    const faults = createFaultScript();
    const { ask, gateway } = await start({
      faults,
      options: { journal: { entriesMax: 100, withBodies: true } },
    });
    const api = `${list}-1`;
    const params = { pageNo: '1', needDetail: 'true' };
    faults.add({ api, skip: 1 }, { kind: 'bad_gateway' });
    expect((await ask(list, params)).status).toBe(200);
    const bad = await ask(list, params);
    expect([bad.status, bad.text.startsWith('<html>')]).toEqual([502, true]);
    const whole = await ask(list, params);
    faults.add({ api }, { kind: 'truncated' });
    const cut = await ask(list, params);
    expect(whole.text.startsWith(cut.text)).toBe(true);
    expect(cut.text.length).toBeLessThan(whole.text.length);
    faults.add({ api: /product/ }, { kind: 'zero_stock' });
    const zero = rowsAt((await ask(list, params)).body, 'result', 'pageResult', 'resultList');
    expect(new Set(zero.map((row) => at(row, 'saleInfo', 'amountOnSale')))).toEqual(new Set([0]));
    faults.add({ api }, { kind: 'empty_page' });
    const none = await ask(list, params);
    expect(rowsAt(none.body, 'result', 'pageResult', 'resultList')).toEqual([]);
    expect(at(none.body, 'result', 'pageResult', 'totalRecords')).toBeGreaterThan(0);
    faults.add({ api }, { kind: 'throttle' });
    expect((await ask(list, params)).body.error_code).toBe('gw.QosAppFrequencyLimit');
    faults.add({ api }, { kind: 'reset' });
    await expect(ask(list, params)).rejects.toThrow();
    faults.add({ api }, { kind: 'answer', status: 503, headers: { 'retry-after': '9' }, body: '' });
    expect((await ask(list, params)).status).toBe(503);
    faults.add({ api }, { kind: 'slow', delayMs: 30 });
    expect((await ask(list, params)).text).toBe(whole.text);
    const outcomes = gateway.journal().map(({ outcome }) => outcome);
    expect(outcomes).toEqual([
      'ok',
      'bad_gateway',
      'ok',
      'truncated',
      'zero_stock',
      'empty_page',
      'gw.QosAppFrequencyLimit',
      'reset',
      'answer',
      'slow',
    ]);
    expect(gateway.journal().every(({ params: kept }) => !('access_token' in kept))).toBe(true);
  });
});

describe('random faults', () => {
  it('are the same for the same seed, and about as many as asked for', () => {
    const draw = (seed: number) => {
      const plan = createRandomFaults({
        seed,
        probability: 0.2,
        faults: [{ kind: 'reset' }, { kind: 'bad_gateway' }],
      });
      return Array.from(
        { length: 1_000 },
        () => plan.pick({ api: 'x', memberId: null, params: new Map() })?.kind,
      );
    };
    expect(draw(3)).toEqual(draw(3));
    expect(draw(3)).not.toEqual(draw(4));
    const count = draw(3).filter((kind) => kind !== undefined).length;
    expect(count).toBeGreaterThan(140);
    expect(count).toBeLessThan(260);
  });
});

describe('the authorization page', () => {
  it('sends the browser back with a code and the state', async () => {
    const { gateway } = await start();
    const target = encodeURIComponent('http://127.0.0.1:1/back?x=1');
    const page = `${gateway.gatewayUrl}/oauth/authorize?client_id=1000000&site=1688&redirect_uri=${target}&state=s%201`;
    const answer = await fetch(page, { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    expect([answer.status, back.searchParams.get('state'), back.searchParams.get('x')]).toEqual([
      302,
      's 1',
      '1',
    ]);
    const token = await fetch(`${gateway.gatewayUrl}/openapi/http/1/system.oauth2/getToken/1000000`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: '1000000',
        client_secret: 'test123',
        code: back.searchParams.get('code') ?? '',
      }),
    });
    // Without need_refresh_token there is none.
    expect(await token.json()).toMatchObject({ memberId: gateway.memberId, expires_in: '36000' });
    const missing = await fetch(`${gateway.gatewayUrl}/oauth/authorize?client_id=1000000`);
    expect(await missing.text()).toBe('缺少必要参数');
  });
});
