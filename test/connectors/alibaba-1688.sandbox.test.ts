import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Alibaba1688Connector,
  createAlibaba1688Connector,
} from '../../src/connectors/alibaba-1688/connector.ts';
import type {
  MarketplaceConnector,
  Observation,
  PushMessage,
  ShopSession,
  Stream,
  TokenSet,
} from '../../src/connectors/marketplace.ts';
import { createFaultScript, type Fault } from '../../src/connectors/sandbox-1688/wire/faults.ts';
import { createWmsFeedConnector } from '../../src/connectors/wms-feed/connector.ts';
import { silentLog } from '../../src/shared/log.ts';
import { dayMs } from '../../src/shared/time.ts';
import { appKey, appSecret, startAt, startTestGateway } from './sandbox-1688/support.ts';

type Started = Awaited<ReturnType<typeof startTestGateway>>;
type Settings = Parameters<typeof startTestGateway>[0];

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

async function start(settings: Settings = {}) {
  const started = await startTestGateway(settings);
  endings.push(() => started.gateway.close());
  const connector = createAlibaba1688Connector(
    {
      gatewayUrl: started.gateway.gatewayUrl,
      appKey,
      appSecret,
      retry: { attempts: 3, baseDelayMs: 1, capDelayMs: 2 },
    },
    { clock: started.clock, realClock: started.realClock, log: silentLog },
  );
  endings.push(() => connector.close());
  return { ...started, connector, session: sessionFor(started, connector) };
}

/** A session that renews its tokens by the connector, as the composition root does. */
function sessionFor({ gateway }: Started, connector: Alibaba1688Connector) {
  const signal = new AbortController().signal;
  const { accessToken, refreshToken, accessExpiresAt } = gateway.tokens;
  let tokens: TokenSet = {
    accessToken,
    refreshToken,
    accessExpiresAt,
    refreshExpiresAt: null,
    memberId: null,
  };
  let version = 1;
  const session = {
    signal,
    pauses: [] as (number | null)[],
    credentials: {
      current: async () => ({ tokens, version }),
      refresh: async (used: number) => {
        if (used === version) {
          tokens = await connector.refreshTokens(tokens, signal);
          version++;
        }
        return { tokens, version };
      },
    },
    budget: {
      take: async () => {},
      pause: async (retryAfterMs: number | null) => {
        session.pauses.push(retryAfterMs);
      },
    },
  };
  return session;
}

/** Reads a stream to its end; each row once, the newest reading of it. */
async function readAll(
  connector: MarketplaceConnector,
  session: ShopSession,
  stream: Stream,
  window: { from: Date | null; to: Date },
  betweenPages: () => void = () => {},
) {
  const rows = new Map<string, Observation>();
  const rejected = new Map<string | null, string>();
  let cursor: string | null = null;
  let pages = 0;
  do {
    const page = await connector.fetchPage(session, {
      stream,
      modifiedFrom: window.from,
      modifiedTo: window.to,
      cursor,
    });
    for (const row of page.observations) rows.set(keyOf(row), row);
    for (const row of page.rejected) rejected.set(row.rowKey, row.reason);
    cursor = page.nextCursor;
    pages++;
    betweenPages();
  } while (cursor !== null);
  return { rows: [...rows.values()], rejected, pages };
}

function keyOf(row: Observation): string {
  switch (row.kind) {
    case 'listing':
      return `${row.productId}/${row.specId}`;
    case 'sales_order':
      return row.orderId;
    case 'inbound_shipment':
      return row.shipmentId;
    case 'warehouse':
      return row.code;
    case 'stock_level':
      return `${row.warehouseCode}/${row.sku}`;
    case 'stock_movement':
      return row.movementId;
  }
}

const whole = { from: null, to: startAt };

function poolsOf(rows: readonly Observation[]) {
  return rows
    .flatMap((row) => (row.kind === 'listing' ? [`${row.productId}/${row.specId} ${row.available}`] : []))
    .sort();
}

function ordersOf(rows: readonly Observation[]) {
  return rows
    .flatMap((row) =>
      row.kind === 'sales_order'
        ? [
            `${row.orderId} ${row.status} ${row.lines.map((line) => `${line.lineId}:${line.cargoNumber}x${line.quantity}`)}`,
          ]
        : [],
    )
    .sort();
}

function truthOf({ gateway }: Started, at: Date) {
  const truth = gateway.truth(at);
  return {
    pools: truth.pools.map((pool) => `${pool.productId}/${pool.specId} ${pool.available}`).sort(),
    orders: truth.orders
      .map(
        (order) =>
          `${order.orderId} ${order.status} ${order.lines.map((line) => `${line.lineId}:${line.sku}x${line.quantity}`)}`,
      )
      .sort(),
    levels: truth.levels
      .map((level) => `${level.warehouseCode}/${level.sku} ${level.onHand} ${level.available}`)
      .sort(),
  };
}

describe('the 1688 adapter against the sandbox gateway', () => {
  it('reads every listing and every order as they truly are', async () => {
    const shop = await start();
    const truth = truthOf(shop, startAt);
    const listings = await readAll(shop.connector, shop.session, 'listings', whole);
    expect(poolsOf(listings.rows)).toEqual(truth.pools);
    const orders = await readAll(shop.connector, shop.session, 'sales_orders', whole);
    expect(truth.orders.length).toBeGreaterThan(100);
    expect(ordersOf(orders.rows)).toEqual(truth.orders);
    expect([listings.rejected.size, orders.rejected.size]).toEqual([0, 0]);
    expect(BigInt(ordersOf(orders.rows)[0]?.split(' ')[0] ?? 0)).toBeGreaterThan(2n ** 53n);
  });

  it.each(['oldest_first', 'newest_first'] as const)(
    'misses no order of a window while orders are modified, %s',
    async (orderSort) => {
      const shop = await start({ options: { orderSort, historyTableAfterDays: 10 } });
      const from = new Date(startAt.getTime() - 8 * dayMs);
      const inWindow = await readAll(shop.connector, shop.session, 'sales_orders', { from, to: startAt });
      // The same window read while the world goes on: what left it was modified, and comes with the next window.
      const moving = await readAll(shop.connector, shop.session, 'sales_orders', { from, to: startAt }, () =>
        shop.clock.advance(3_600_000),
      );
      const now = shop.clock.now();
      const later = await readAll(shop.connector, shop.session, 'sales_orders', { from: startAt, to: now });
      const seen = new Set([...moving.rows, ...later.rows].map(keyOf));
      expect(inWindow.pages).toBeGreaterThan(3);
      for (const row of inWindow.rows) expect(seen).toContain(keyOf(row));
    },
  );

  it('reads the table of old orders too when a window reaches back for months', async () => {
    const shop = await start({ options: { historyTableAfterDays: 5 } });
    const orders = await readAll(shop.connector, shop.session, 'sales_orders', whole);
    expect(ordersOf(orders.rows)).toEqual(truthOf(shop, startAt).orders);
  });

  it('reads one product and one order again', async () => {
    const shop = await start();
    const truth = truthOf(shop, startAt);
    const productIds = [...new Set(truth.pools.map((pool) => pool.split('/')[0] ?? ''))].slice(0, 20);
    const products = await shop.connector.fetchListings(shop.session, [...productIds.slice(1), '1']);
    expect(poolsOf(products.observations)).toEqual(
      truth.pools.filter((pool) => productIds.slice(1).includes(pool.split('/')[0] ?? '')),
    );
    const [orderId = ''] = truth.orders.find((order) => order.includes(' success '))?.split(' ') ?? [];
    const order = await shop.connector.fetchSalesOrder(shop.session, orderId);
    expect(order.observations).toMatchObject([{ orderId, status: 'success', shippedAt: expect.any(Date) }]);
    expect(await shop.connector.fetchSalesOrderPackages(shop.session, orderId)).toMatchObject([
      {
        isDelivered: true,
        waybill: expect.any(String),
        shippedAt: expect.any(Date),
        lastStepAt: expect.any(Date),
      },
    ]);
    expect((await shop.connector.fetchSalesOrder(shop.session, '1')).observations).toEqual([]);
  });

  it('sees purchases on their way, and that they arrive', async () => {
    const shop = await start();
    const before = await readAll(shop.connector, shop.session, 'purchase_orders', whole);
    expect(before.rows.length).toBeGreaterThan(0);
    shop.clock.advance(5 * dayMs);
    const to = shop.clock.now();
    const after = await readAll(shop.connector, shop.session, 'purchase_orders', { from: null, to });
    const inbound = after.rows.flatMap((row) => (row.kind === 'inbound_shipment' ? [row] : []));
    expect(new Set(inbound.map((row) => row.status))).toContain('RECEIVED');
    for (const row of inbound) {
      expect(row.lines.length).toBeGreaterThan(0);
      expect(row.receivedAt !== null).toBe(row.status === 'RECEIVED');
      if (row.status !== 'ORDERED') expect(row.shippedAt).toBeInstanceOf(Date);
    }
  });

  it('exchanges a code, and goes on with renewed tokens when the old ones end', async () => {
    const shop = await start({ options: { accessTokenLifeMs: 600_000, rotateRefreshTokens: true } });
    const tokens = await shop.connector.exchangeCode(
      shop.gateway.issueCode(),
      'https://x.example/',
      shop.session.signal,
    );
    expect(tokens).toMatchObject({ memberId: shop.gateway.memberId, refreshToken: expect.any(String) });
    expect(tokens.refreshExpiresAt?.getTime()).toBeGreaterThan(shop.realClock.now().getTime());
    for (let round = 0; round < 3; round++) {
      expect(await shop.connector.fetchAccount(shop.session)).toMatchObject({
        memberId: shop.gateway.memberId,
      });
      shop.realClock.advance(601_000);
    }
    shop.gateway.revokeTokens();
    await expect(shop.connector.fetchAccount(shop.session)).rejects.toMatchObject({
      code: 'authorization_expired',
    });
  });

  it('obeys the limit of the app', async () => {
    const shop = await start({ options: { callsPerSecond: 1 } });
    await shop.connector.fetchAccount(shop.session);
    await expect(shop.connector.fetchAccount(shop.session)).rejects.toMatchObject({ code: 'throttled' });
    await expect(shop.connector.fetchAccount(shop.session)).rejects.toMatchObject({ code: 'throttled' });
    expect(shop.session.pauses).toEqual([null, null]);
  });

  it('shows what the app may not call', async () => {
    const denied = 'com.alibaba.trade:alibaba.trade.getBuyerOrderList-1';
    const shop = await start({ options: { deniedApis: [denied] } });
    const capabilities = await shop.connector.probeCapabilities(shop.session);
    expect(capabilities.filter(({ state }) => state !== 'AVAILABLE')).toEqual([
      { api: denied, stream: 'purchase_orders', state: 'DENIED', code: 'gw.APIACLDecline' },
    ]);
  });

  it('says so when key or secret are wrong', async () => {
    const shop = await start();
    const wrong = createAlibaba1688Connector(
      { gatewayUrl: shop.gateway.gatewayUrl, appKey, appSecret: 'another secret' },
      { clock: shop.clock, log: silentLog },
    );
    endings.push(() => wrong.close());
    await expect(wrong.fetchAccount(shop.session)).rejects.toMatchObject({
      code: 'permanent',
      params: { platformCode: 'gw.SignatureInvalid' },
    });
  });
});

describe('when the gateway has a bad day', () => {
  const passing: Fault[] = [
    { kind: 'bad_gateway' },
    { kind: 'truncated' },
    { kind: 'reset' },
    { kind: 'half_page' },
    { kind: 'empty_page' },
    {
      kind: 'answer',
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<html>maintenance</html>',
    },
  ];

  it.each(passing)('the adapter reads the same after %j', async (fault) => {
    const faults = createFaultScript();
    const shop = await start({ faults });
    for (const skip of [0, 3]) faults.add({ api: /getSellerOrderList|product\.list/, skip, times: 1 }, fault);
    const listings = await readAll(shop.connector, shop.session, 'listings', whole);
    const orders = await readAll(shop.connector, shop.session, 'sales_orders', whole);
    const truth = truthOf(shop, startAt);
    expect(poolsOf(listings.rows)).toEqual(truth.pools);
    expect(ordersOf(orders.rows)).toEqual(truth.orders);
  });

  it.each<[Fault['kind'], string]>([
    ['bad_gateway', 'transient'],
    ['truncated', 'transient'],
    ['reset', 'transient'],
    ['half_page', 'transient'],
    ['empty_page', 'transient'],
    ['wrong_type', 'permanent'],
    ['throttle', 'throttled'],
  ])('a lasting %s is a visible failure, %s', async (kind, code) => {
    const faults = createFaultScript();
    const shop = await start({ faults });
    faults.add({ times: Number.POSITIVE_INFINITY }, { kind } as Fault);
    for (const stream of shop.connector.streams) {
      await expect(readAll(shop.connector, shop.session, stream, whole)).rejects.toMatchObject({ code });
    }
  });

  it('a damaged row is put aside, the others stay', async () => {
    const faults = createFaultScript();
    const shop = await start({ faults });
    faults.add({ api: /product\.list/, times: 1 }, { kind: 'bad_rows' });
    const page = await shop.connector.fetchPage(shop.session, {
      stream: 'listings',
      modifiedFrom: null,
      modifiedTo: startAt,
      cursor: null,
    });
    expect(page.rejected).toMatchObject([
      { rowKey: null, reason: expect.stringContaining('productID: expected the digits of an id') },
    ]);
    expect(page.observations.length).toBeGreaterThanOrEqual(19);
  });
});

describe('messages', () => {
  it('arrive signed, forged ones are refused, and missed ones are replayed until confirmed', async () => {
    const received: PushMessage[] = [];
    const refused: string[] = [];
    const opener: { connector: Alibaba1688Connector | null } = { connector: null };
    const receiver = createServer((request, response) => {
      void buffer(request).then((body) => {
        try {
          const message = opener.connector?.openPush(body);
          if (message !== undefined) received.push(message);
          // The first ten are taken; the rest meets a receiver that is down and waits for replay.
          response.writeHead(received.length <= 10 ? 200 : 503).end('success');
        } catch (error) {
          refused.push((error as { code: string }).code);
          response.writeHead(401).end();
        }
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    endings.push(async () => {
      receiver.closeAllConnections();
      await new Promise((resolve) => receiver.close(resolve));
    });
    const pushUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks/1688`;
    const shop = await start({
      pushUrl,
      options: { followedFromStart: true, push: { badSignatureEvery: 7 } },
    });
    opener.connector = shop.connector;
    shop.clock.advance(dayMs / 4);
    await shop.gateway.pushNow();
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused)).toEqual(new Set(['forbidden']));
    expect(received.length).toBeGreaterThan(10);
    const { memberId } = shop.gateway;
    for (const message of received) expect(message).toMatchObject({ memberId, sentAt: expect.any(Date) });
    expect(new Set(received.flatMap((message) => message.hints.map((hint) => hint.kind)))).toEqual(
      new Set(['order_changed', 'product_changed']),
    );

    const from = new Date(startAt.getTime() - dayMs);
    const replayed: string[] = [];
    for (;;) {
      const missed = await shop.connector.fetchMissedPushes(shop.session, from, shop.clock.now(), 1);
      if (missed.messageIds.length === 0) break;
      expect(missed.rejected).toEqual([]);
      replayed.push(...missed.messageIds);
      await shop.connector.confirmPushes(shop.session, missed.messageIds);
    }
    expect(replayed.length).toBeGreaterThan(0);
    expect(new Set(replayed).size).toBe(replayed.length);
    const taken = new Set(received.slice(0, 10).map((message) => message.messageId));
    expect(replayed.filter((id) => taken.has(id))).toEqual([]);
  });
});

describe('the warehouse feed of the sandbox', () => {
  it.each([500, 7])('is read as it truly is, in pages of %i', async (pageLimit) => {
    const { gateway, clock } = await start();
    const feed = createWmsFeedConnector({ baseUrl: gateway.feedUrl, pageLimit }, { clock, log: silentLog });
    endings.push(() => feed.close());
    const tokens: TokenSet = {
      accessToken: gateway.feedToken,
      refreshToken: null,
      accessExpiresAt: null,
      refreshExpiresAt: null,
      memberId: null,
    };
    const session: ShopSession = {
      signal: new AbortController().signal,
      credentials: {
        current: async () => ({ tokens, version: 1 }),
        refresh: async () => ({ tokens, version: 1 }),
      },
      budget: { take: async () => {}, pause: async () => {} },
    };
    expect(await feed.fetchAccount(session)).toMatchObject({ memberId: `wms-${gateway.memberId}` });
    expect((await feed.probeCapabilities(session)).map(({ state }) => state)).toEqual(
      feed.streams.map(() => 'AVAILABLE'),
    );
    const read = (stream: Stream, from: Date | null) => readAll(feed, session, stream, { from, to: startAt });
    const truth = gateway.truth(startAt);
    const levels = await read('stock_levels', null);
    expect(
      levels.rows
        .map((row) => row.kind === 'stock_level' && `${keyOf(row)} ${row.onHand} ${row.available}`)
        .sort(),
    ).toEqual(
      truth.levels
        .map((level) => `${level.warehouseCode}/${level.sku} ${level.onHand} ${level.available}`)
        .sort(),
    );
    const warehouses = await read('warehouses', null);
    expect(new Set(truth.levels.map((level) => level.warehouseCode))).toEqual(
      new Set(warehouses.rows.map(keyOf)),
    );
    const movements = await read('stock_movements', new Date(startAt.getTime() - 3 * dayMs));
    expect(movements.rows.length).toBeGreaterThan(10);
    const shipments = await read('inbound_shipments', null);
    expect(shipments.rows.length).toBeGreaterThan(0);
    for (const { rejected } of [levels, warehouses, movements, shipments]) expect(rejected.size).toBe(0);
  });
});
