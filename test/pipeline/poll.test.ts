import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { saveHints } from '../../src/db/queries/hint.ts';
import { holdLease } from '../../src/db/queries/lease.ts';
import { saveShopState } from '../../src/db/queries/lease-shop.ts';
import { wakeShop } from '../../src/db/queries/shop.ts';
import { saveConnectedShop } from '../../src/db/queries/shop-connect.ts';
import { withOrganization } from '../../src/db/tenant.ts';
import { ingestPage } from '../../src/pipeline/ingest.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { OrganizationId, ShopId } from '../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { FakeMarketplace } from './fake-marketplace.ts';
import { asWorker, minutes, noon, seedOrganization, seedShop } from './seed.ts';
import { createWorker, handClock, type Worker } from './worker.ts';

let test: TestDatabase;
let organizationId: OrganizationId;
let shopId: ShopId;
let shop: FakeMarketplace;
let worker: Worker;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.sql`update shop_lease set is_enabled = false`;
  organizationId = await seedOrganization(test);
  shopId = await seedShop(test, organizationId);
  shop = new FakeMarketplace();
  worker = createWorker(test, () => shop);
});

const levels = () => test.sql`
  select i.sku, l.available::float, l.data_state, l.is_watched from stock_level l
  join item i using (organization_id, item_id) where l.organization_id = ${organizationId} order by i.sku`;
const orders = () => test.sql`
  select l.order_id, l.line_id, l.quantity::float, l.item_id is not null as is_resolved from sales_order_line l
  where l.organization_id = ${organizationId} order by l.order_id, l.line_id`;
const runs = () => test.sql`
  select stream, kind, state, page_count, row_count, row_count_expected, changed_count, error_code from sync_run
  where organization_id = ${organizationId} order by started_at, recorded_at`;
const count = async (table: string) =>
  Number(
    (await test.sql`select count(*) from ${test.sql(table)} where organization_id = ${organizationId}`)[0]!
      .count,
  );

describe('a first poll', () => {
  it('reads every listing and order, and makes item, pool, level and demand of them', async () => {
    for (let index = 1; index <= 5; index += 1) shop.list(`p${index}`, index * 10);
    for (let index = 1; index <= 7; index += 1) {
      shop.order(`o${index}`, minutes(-index * 60 * 24 * 9), `p${(index % 5) + 1}`, index);
    }
    await worker.pollAll();
    await worker.pollAll();
    expect((await levels()).map((row) => [row.sku, row.available])).toEqual([
      ['p1', 10],
      ['p2', 20],
      ['p3', 30],
      ['p4', 40],
      ['p5', 50],
    ]);
    expect(await orders()).toHaveLength(7);
    expect((await orders()).every((row) => row.is_resolved)).toBe(true);
    expect((await runs()).filter((run) => run.kind === 'INITIAL')).toMatchObject([
      {
        stream: 'listings',
        kind: 'INITIAL',
        state: 'SUCCEEDED',
        page_count: 3,
        row_count: 5,
        row_count_expected: 5,
      },
      { stream: 'sales_orders', kind: 'INITIAL', state: 'SUCCEEDED', row_count: 7, row_count_expected: 7 },
    ]);
    expect(
      await test.sql`select code, kind from warehouse where organization_id = ${organizationId}`,
    ).toEqual([{ code: `POOL-${shopId}`, kind: 'MARKETPLACE_POOL' }]);
    expect(worker.woken).toContain(organizationId);
  });

  it('gives the same rows when it is run again from the start', async () => {
    shop.list('p1', 10);
    shop.list('p2', 5);
    shop.order('o1', minutes(-5), 'p1', 3);
    await worker.pollAll();
    const tables = [
      'item',
      'listing',
      'stock_level',
      'stock_snapshot',
      'sales_order',
      'sales_order_line',
      'stock_alert',
    ];
    const before = await Promise.all(tables.map(count));
    await test.sql`delete from sync_state where organization_id = ${organizationId}`;
    await worker.pollAll();
    await worker.pollAll();
    expect(await Promise.all(tables.map(count))).toEqual(before);
  });

  it('reads live events before the history is through', async () => {
    worker = createWorker(test, () => shop, { settings: { stepBudgetMs: 0 } });
    for (let index = 0; index < 30; index += 1) shop.order(`h${index}`, minutes(-60 - index), 'p1', 1);
    await worker.pollAll();
    shop.order('live', minutes(1), 'p1', 2);
    worker.clock.pass(6);
    const [outcome] = await worker.pollAll();
    expect(outcome).toMatchObject({ dueInSeconds: 0 });
    const ids = (await orders()).map((row) => row.order_id);
    expect(ids).toContain('live');
    expect(ids.length).toBeLessThan(31);
    for (let round = 0; round < 40; round += 1) await worker.pollAll();
    expect(await orders()).toHaveLength(31);
  });
});

describe('a month whose snapshots another worker dropped', () => {
  it('is made again for a level that its feed saw last in it; nothing is quarantined', async () => {
    shop.streams = ['warehouses', 'stock_levels'];
    const place = { timeZone: null, latitude: null, longitude: null };
    shop.warehouses.push({ kind: 'warehouse', code: 'W1', name: 'one', ...place });
    const see = (sku: string, observedAt: Date) =>
      shop.levels.push({
        ...{ kind: 'stock_level', warehouseCode: 'W1', sku, title: null, available: '5', observedAt },
        ...{ onHand: null, reserved: null, damaged: null, incoming: null },
      });
    see('s1', new Date('2025-12-05T00:00:00Z'));
    await worker.pollAll();
    await test.sql`select stock_snapshot_drop_partitions('2026-02-01')`;
    see('s2', new Date('2025-12-06T00:00:00Z'));
    worker.clock.pass(6);
    await worker.pollAll();
    expect((await levels()).map((row) => row.sku)).toEqual(['s1', 's2']);
    expect(await count('quarantined_row')).toBe(0);
  });

  it('is not made for levels that did not change for longer than snapshots are kept', async () => {
    shop.streams = ['warehouses', 'stock_levels'];
    shop.pageSize = 100;
    shop.warehouses.push({
      ...{ kind: 'warehouse', code: 'W1', name: 'one', timeZone: null, latitude: null, longitude: null },
    });
    for (let year = 2000; year < 2025; year += 1) {
      shop.levels.push({
        ...{ kind: 'stock_level', warehouseCode: 'W1', sku: `s${year}`, title: null, available: '5' },
        ...{ onHand: null, reserved: null, damaged: null, incoming: null },
        observedAt: new Date(Date.UTC(year, 6, 1)),
      });
    }
    const partitions = () => test.sql`
      select relname from pg_class where relname ~ '^stock_snapshot_y[0-9]+m' order by relname`;
    await worker.pollAll();
    expect(await levels()).toHaveLength(25);
    expect((await partitions())[0]!.relname).toBe('stock_snapshot_y2025m02');
    // What the feed says now still counts, though it says it of long ago.
    shop.levels = shop.levels.map((level) => ({ ...level, available: '4' }));
    worker.clock.pass(6);
    await worker.pollAll();
    expect((await levels()).every((row) => row.available === 4)).toBe(true);
  });
});

describe('a history whose orders are modified all the time', () => {
  it('is read once, slice by slice, and misses none', async () => {
    shop.walksBack = true;
    for (let index = 0; index < 12; index += 1) shop.order(`h${index}`, minutes(-60 - index), 'p1', 1);
    let modified = 0;
    shop.beforePage = (request) => {
      if (request.stream !== 'sales_orders' || request.cursor === null || modified >= 10) return;
      // Each page of the slice sees one more order leave it.
      const order = shop.orders.get(`h${modified}`)!;
      modified += 1;
      shop.orders.set(order.orderId, { ...order, modifiedAt: minutes(5 + modified) });
    };
    await worker.pollAll();
    const firstPages = shop.requests.filter(
      (one) => one.stream === 'sales_orders' && one.cursor === null && one.modifiedFrom !== null,
    );
    const windows = firstPages.map(
      (one) => `${one.modifiedFrom?.toISOString()} ${one.modifiedTo.toISOString()}`,
    );
    expect(modified).toBeGreaterThan(2);
    expect(new Set(windows).size).toBe(windows.length);
    worker.clock.pass(30);
    await worker.pollAll();
    expect(await orders()).toHaveLength(12);
  });
});

describe('windows', () => {
  beforeEach(async () => {
    shop.list('p1', 100);
    await worker.pollAll();
    await worker.pollAll();
    shop.requests.length = 0;
  });
  const windows = () =>
    shop.requests
      .filter((request) => request.stream === 'sales_orders')
      .map((request) => [request.modifiedFrom, request.modifiedTo]);

  it('reach back over the overlap', async () => {
    worker.clock.pass(6);
    await worker.pollAll();
    const [[from, to] = []] = windows();
    expect(to!.getTime() - from!.getTime()).toBeGreaterThanOrEqual(16 * 60_000 - 1000);
  });

  it('find an order that the platform shows late, inside the overlap', async () => {
    worker.clock.pass(6);
    await worker.pollAll();
    shop.order('late', minutes(4), 'p1', 1);
    worker.clock.pass(5);
    await worker.pollAll();
    expect(await orders()).toHaveLength(1);
  });

  it('are swept once a day over two days', async () => {
    shop.order('missed', minutes(-30), 'p1', 1);
    worker.clock.pass(6);
    await worker.pollAll();
    expect(await orders()).toHaveLength(0);
    worker.clock.pass(24 * 60);
    await worker.pollAll();
    expect(await orders()).toHaveLength(1);
    expect((await runs()).filter((run) => run.kind === 'SWEEP')).toHaveLength(1);
  });

  it('bring what is new before a sweep is through', async () => {
    for (let index = 0; index < 9; index += 1) shop.order(`old${index}`, minutes(-60), 'p1', 1);
    worker = createWorker(test, () => shop, { clock: worker.clock, settings: { stepBudgetMs: 0 } });
    worker.clock.pass(24 * 60 + 6);
    const swept = async () => (await runs()).filter((run) => run.kind === 'SWEEP').length;
    expect(await worker.pollAll()).toMatchObject([{ dueInSeconds: 0 }]);
    expect(await swept()).toBe(1);
    shop.order('new', minutes(24 * 60 + 7), 'p1', 1);
    worker.clock.pass(6);
    await worker.pollAll();
    expect((await orders()).map((row) => row.order_id)).toContain('new');
    expect((await orders()).length).toBeLessThan(10);
    for (let more = 0; more < 5; more += 1) await worker.pollAll();
    expect(await orders()).toHaveLength(10);
  });

  it('come to their end though rows leave them all the time', async () => {
    const count = 7;
    for (let index = 0; index < count; index += 1) shop.order(`o${index}`, minutes(1), 'p1', 1);
    shop.walksBack = true;
    let touched = 0;
    // With every page another order is modified: it leaves the window, the rest moves up.
    shop.beforePage = (request) => {
      const order = shop.orders.get(`o${touched}`);
      if (request.stream !== 'sales_orders' || request.cursor === null || order === undefined) return;
      touched += 1;
      shop.orders.set(order.orderId, { ...order, modifiedAt: minutes(6.5) });
    };
    worker.clock.pass(6);
    await worker.pollAll();
    expect(touched).toBeGreaterThan(1);
    const [state] = await test.sql<{ watermark_at: Date; window_to: Date | null }[]>`
      select watermark_at, window_to from sync_state where shop_id = ${shopId} and stream = 'sales_orders'`;
    expect(state?.watermark_at.getTime()).toBeGreaterThanOrEqual(minutes(6).getTime());
    expect(state?.window_to).toBeNull();
    worker.clock.pass(6);
    await worker.pollAll();
    expect(await orders()).toHaveLength(count);
  });
});

describe('orders', () => {
  beforeEach(() => shop.list('p1', 100));

  it('keep the newer modification, whatever comes last', async () => {
    shop.order('o1', minutes(-1), 'p1', 3, { modifiedAt: minutes(2), status: 'success' });
    await worker.pollAll();
    worker.clock.pass(6);
    await worker.pollAll();
    shop.order('o1', minutes(-1), 'p1', 9, { modifiedAt: minutes(1), status: 'waitbuyerpay' });
    worker.clock.pass(6);
    await worker.pollAll();
    expect(await test.sql`select status from sales_order where organization_id = ${organizationId}`).toEqual([
      { status: 'success' },
    ]);
    expect(await orders()).toMatchObject([{ quantity: 3 }]);
  });

  it('wait for their listing and get their item when it appears', async () => {
    shop.order('o1', minutes(-1), 'p9', 3);
    await worker.pollAll();
    expect(await orders()).toMatchObject([{ is_resolved: false }]);
    shop.list('p9', 5);
    worker.clock.pass(6);
    await worker.pollAll();
    expect(await orders()).toMatchObject([{ is_resolved: true }]);
  });

  it('get the item of their listing also when nothing else differs', async () => {
    shop.order('o1', minutes(-1), 'p1', 3);
    await worker.pollAll();
    await test.sql`
      update sales_order_line set item_id = null, item_units = null where organization_id = ${organizationId}`;
    worker.clock.pass(6);
    await worker.pollAll();
    expect(await orders()).toMatchObject([{ is_resolved: true }]);
  });

  it('let their products be read first', async () => {
    for (let index = 2; index < 40; index += 1) shop.list(`p${index}`, 100);
    await worker.pollAll();
    worker.clock.pass(6);
    shop.order('o1', minutes(1), 'p39', 60);
    shop.list('p39', 40);
    shop.beforePage = (request) => {
      if (request.stream === 'listings') throw new AppError('transient', 'the list is slow today');
    };
    await worker.pollAll();
    expect((await levels()).find((row) => row.sku === 'p39')).toMatchObject({ available: 40 });
  });
});

describe('what is asked for while a poll is under way', () => {
  it('is not forgotten when the shop is given back', async () => {
    shop.list('p1', 5);
    await worker.pollAll();
    await worker.pollAll();
    worker.clock.pass(6);
    shop.beforePage = () =>
      asWorker(test, organizationId, (sql) =>
        saveHints(
          sql,
          { organizationId, shopId },
          [{ kind: 'SYNC_NOW', externalId: '' }],
          30,
          worker.clock.now(),
        ),
      );
    expect(await worker.pollAll()).toMatchObject([{ dueInSeconds: 0 }]);
    shop.beforePage = () => {};
    const [next] = await worker.pollAll();
    expect(next!.dueInSeconds).toBeGreaterThan(60);
    expect(await count('read_hint')).toBe(0);
  });

  it('is not forgotten either when it comes while hints are read for the last time', async () => {
    for (const id of ['p1', 'p2']) shop.list(id, 5);
    await worker.pollAll();
    await worker.pollAll();
    const push = async (externalId: string) => {
      await asWorker(test, organizationId, (sql) =>
        saveHints(sql, { organizationId, shopId }, [{ kind: 'PRODUCT', externalId }], 20, worker.clock.now()),
      );
      await withOrganization(test.db, 'app', organizationId, (sql) => wakeShop(sql, organizationId, shopId));
    };
    // The list is read before the last look at hints, and so brings one; reading that one, another comes.
    shop.beforePage = () => push('p1');
    const read = shop.fetchListings.bind(shop);
    shop.fetchListings = async (session, ids) => {
      if (ids.includes('p1')) await push('p2');
      return read(session, ids);
    };
    worker.clock.pass(6);
    await worker.pollAll();
    const [lease] = await test.sql`
      select next_due_at <= clock_timestamp() as "isDue" from shop_lease where shop_id = ${shopId}`;
    expect(lease).toEqual({ isDue: true });
  });

  const hintAtOrders = (orderCount: number) => {
    const hints = Array.from({ length: orderCount }, (_, index) => ({
      kind: 'ORDER' as const,
      externalId: `${index + 1}`,
    }));
    return asWorker(test, organizationId, (sql) =>
      saveHints(sql, { organizationId, shopId }, hints, 20, worker.clock.now()),
    );
  };

  it('is forgotten where the app may not read it, instead of bringing poll after poll', async () => {
    const about = (stream: 'listings' | 'sales_orders') => ({ api: stream, stream, code: null });
    shop.capabilities = [
      { ...about('listings'), state: 'AVAILABLE' },
      { ...about('sales_orders'), state: 'DENIED' },
    ];
    shop.list('p1', 5);
    await worker.pollAll();
    await hintAtOrders(250);
    const outcomes = [...(await worker.pollAll()), ...(await worker.pollAll())];
    expect(outcomes.at(-1)!.dueInSeconds).toBeGreaterThan(60);
    expect(await count('read_hint')).toBe(0);
  });

  it('is put aside when the platform refuses it for good, and the rest is read', async () => {
    for (const id of ['p1', 'p2', 'p3']) shop.list(id, 5);
    await worker.pollAll();
    await worker.pollAll();
    for (const id of ['p1', 'p2', 'p3']) shop.list(id, 4);
    const read = shop.fetchListings.bind(shop);
    shop.fetchListings = async (session, ids) => {
      if (ids.includes('p2')) throw new AppError('permanent', 'an offer of another kind');
      return read(session, ids);
    };
    shop.fetchSalesOrder = async () => {
      throw new AppError('permanent', 'an order of another kind');
    };
    const hints = ['p1', 'p2', 'p3'].map((externalId) => ({ kind: 'PRODUCT' as const, externalId }));
    await asWorker(test, organizationId, (sql) =>
      saveHints(sql, { organizationId, shopId }, hints, 20, worker.clock.now()),
    );
    await hintAtOrders(1);
    await worker.pollAll();
    expect(await levels()).toMatchObject([{ available: 4 }, { available: 5 }, { available: 4 }]);
    expect(await count('read_hint')).toBe(0);
    expect(
      await test.sql`
        select stream, row_key, reason from quarantined_row where organization_id = ${organizationId} order by stream`,
    ).toEqual([
      { stream: 'listings', row_key: 'p2', reason: 'an offer of another kind' },
      { stream: 'sales_orders', row_key: '1', reason: 'an order of another kind' },
    ]);
  });

  it('is read with its list where the app may not read it one by one, which is no failure', async () => {
    const lists = (['listings', 'sales_orders'] as const).map((stream) => ({
      ...{ api: `list of ${stream}`, stream, state: 'AVAILABLE' as const, code: null },
    }));
    shop.capabilities = lists;
    shop.list('p1', 5);
    shop.order('1', minutes(-60), 'p1', 1);
    await worker.pollAll();
    await worker.pollAll();
    const refuse = (api: string) => async () => {
      throw new AppError('permission_missing', 'no', { params: { api, platformCode: 'gw.APIACLDecline' } });
    };
    shop.fetchListings = refuse('product-1');
    shop.fetchSalesOrder = refuse('order-1');
    shop.order('1', minutes(-60), 'p1', 2, { modifiedAt: worker.clock.now() });
    await asWorker(test, organizationId, (sql) =>
      saveHints(
        sql,
        { organizationId, shopId },
        [{ kind: 'PRODUCT', externalId: 'p1' }],
        20,
        worker.clock.now(),
      ),
    );
    await hintAtOrders(1);
    expect(await worker.pollAll()).toMatchObject([{ dueInSeconds: 0 }]);
    expect(await orders()).toMatchObject([{ quantity: 1 }]);
    await worker.pollAll();
    expect(await orders()).toMatchObject([{ quantity: 2 }]);
    expect(await count('read_hint')).toBe(0);
    expect((await runs()).filter((run) => run.state !== 'SUCCEEDED')).toEqual([]);
    const [row] = await test.sql`select state, capabilities from shop where shop_id = ${shopId}`;
    expect(row).toEqual({
      state: 'ACTIVE',
      capabilities: [
        ...lists,
        { api: 'order-1', stream: 'sales_orders', state: 'DENIED', code: 'gw.APIACLDecline' },
        { api: 'product-1', stream: 'listings', state: 'DENIED', code: 'gw.APIACLDecline' },
      ],
    });
  });

  it.each(['passes', 'stands still'])(
    'waits while its stream is in trouble, without bringing poll after poll, when time %s',
    async (time) => {
      await worker.pollAll();
      await worker.pollAll();
      if (time === 'stands still') {
        const clock = handClock(worker.clock.now());
        clock.now = () => clock.at;
        worker = createWorker(test, () => shop, { clock });
      }
      await hintAtOrders(250);
      worker.memory.retryAtMs.set(`${shopId}/sales_orders`, performance.now() + 60_000);
      const [outcome] = await worker.pollAll();
      expect(outcome!.dueInSeconds).toBeGreaterThan(60);
      expect(await count('read_hint')).toBe(250);
      worker.memory.retryAtMs.clear();
      await worker.pollAll();
      expect(await count('read_hint')).toBe(0);
    },
  );
});

describe('listings', () => {
  it('share an item by its article number, but not inside one shop', async () => {
    const other = new FakeMarketplace();
    const otherId = await seedShop(test, organizationId);
    worker = createWorker(test, (id) => (id === otherId ? other : shop));
    shop.list('p1', 10, { cargoNumber: 'CUP' });
    shop.list('p2', 20, { cargoNumber: 'CUP' });
    other.list('q1', 5, { cargoNumber: 'CUP' });
    await worker.pollAll();
    const rows = await test.sql`
      select g.product_id, i.sku, g.is_linked from listing g join item i using (organization_id, item_id)
      where g.organization_id = ${organizationId} order by 1`;
    expect(rows).toEqual([
      { product_id: 'p1', sku: 'CUP', is_linked: false },
      { product_id: 'p2', sku: 'p2', is_linked: false },
      { product_id: 'q1', sku: 'CUP', is_linked: false },
    ]);
  });

  it('that are gone leave an unwatched pool', async () => {
    shop.list('p1', 4);
    await worker.pollAll();
    expect(await count('stock_alert')).toBe(1);
    shop.list('p1', 4, { status: 'expired' });
    worker.clock.pass(6);
    await worker.pollAll();
    expect(await levels()).toMatchObject([{ available: 0, is_watched: false }]);
    expect(await test.sql`select state from stock_alert where organization_id = ${organizationId}`).toEqual([
      { state: 'RESOLVED' },
    ]);
  });

  it('sum up to the pool of their item, times their pack factor', async () => {
    shop.list('p1', 4, { specId: 'a' });
    shop.list('p2', 3, { specId: 'b' });
    await worker.pollAll();
    await test.sql`
      update listing set pack_factor = 6, is_linked = true,
        item_id = (select item_id from listing where product_id = 'p1' and organization_id = ${organizationId})
      where product_id = 'p2' and organization_id = ${organizationId}`;
    worker.clock.pass(6);
    await worker.pollAll();
    expect((await levels()).find((row) => row.sku === 'p1-a')).toMatchObject({ available: 22 });
  });
});

describe('faults', () => {
  it('never let the cursor pass an unread page', async () => {
    for (let index = 1; index <= 6; index += 1) shop.list(`p${index}`, 50);
    let failures = 2;
    shop.beforePage = (request) => {
      if (request.cursor === 'at:2' && failures > 0) {
        failures -= 1;
        throw new AppError('transient', 'half a page');
      }
    };
    await worker.pollAll();
    expect(await levels()).toHaveLength(2);
    expect((await runs()).find((run) => run.state === 'FAILED')).toMatchObject({ error_code: 'transient' });
    worker.memory.retryAtMs.clear();
    await worker.pollAll();
    worker.memory.retryAtMs.clear();
    await worker.pollAll();
    expect(await levels()).toHaveLength(6);
  });

  it('of one stream do not stop another', async () => {
    shop.list('p1', 50);
    shop.order('o1', minutes(-1), 'p1', 1);
    shop.beforePage = (request) => {
      if (request.stream === 'listings') throw new AppError('permanent', 'a broken page');
    };
    await worker.pollAll();
    expect(await orders()).toHaveLength(1);
  });

  it('show a missing permission and leave the stream out', async () => {
    shop.list('p1', 50);
    shop.beforePage = (request) => {
      if (request.stream === 'sales_orders') {
        throw new AppError('permission_missing', 'no', {
          params: { api: 'orders-1', platformCode: 'gw.APIACLDecline' },
        });
      }
    };
    await worker.pollAll();
    worker.clock.pass(6);
    await worker.pollAll();
    const [row] = await test.sql`select state, capabilities from shop where shop_id = ${shopId}`;
    expect(row).toEqual({
      state: 'ACTIVE',
      capabilities: [{ api: 'orders-1', stream: 'sales_orders', state: 'DENIED', code: 'gw.APIACLDecline' }],
    });
    expect(shop.requests.filter((request) => request.stream === 'sales_orders')).toHaveLength(1);
    expect(await levels()).toHaveLength(1);
  });

  it('of the authorization stop this shop and no other', async () => {
    const other = new FakeMarketplace();
    const otherId = await seedShop(test, organizationId);
    other.list('q1', 5);
    worker = createWorker(test, (id) => (id === otherId ? other : shop));
    shop.beforePage = () => {
      throw new AppError('authorization_expired', 'sign in again');
    };
    await worker.pollAll();
    expect(await test.sql`select state, state_reason from shop where shop_id = ${shopId}`).toEqual([
      { state: 'AUTHORIZATION_EXPIRED', state_reason: 'sign in again' },
    ]);
    expect(await test.sql`select is_enabled from shop_lease where shop_id = ${shopId}`).toEqual([
      { is_enabled: false },
    ]);
    expect(await levels()).toHaveLength(1);
  });

  it('of our own set-up keep the shop, which says why and is tried again', async () => {
    shop.list('p1', 50);
    const state = async () => {
      const [row] = await test.sql`
        select s.state, s.state_reason, l.is_enabled from shop s join shop_lease l using (shop_id)
        where s.shop_id = ${shopId}`;
      return row!;
    };
    shop.beforePage = () => {
      throw new AppError('secret_unreadable', 'a stored secret cannot be opened: no such key');
    };
    expect(await worker.pollAll()).toEqual([{ dueInSeconds: 60, isEnabled: true }]);
    expect(await state()).toMatchObject({ state: 'DISCONNECTED', is_enabled: true });
    expect((await state()).state_reason).toContain('TOKEN_KEYS');
    const unready = createWorker(test, () => {
      throw new AppError('invalid_configuration', 'set ALIBABA_1688_APP_KEY');
    });
    expect(await unready.pollAll()).toEqual([{ dueInSeconds: 60, isEnabled: true }]);
    expect(await state()).toMatchObject({ state_reason: 'set ALIBABA_1688_APP_KEY', is_enabled: true });
    shop.beforePage = () => {};
    await worker.pollAll();
    expect(await state()).toEqual({ state: 'ACTIVE', state_reason: null, is_enabled: true });
    expect(await levels()).toHaveLength(1);
  });

  it('of locks do not happen between a poll and a shop that is connected anew', async () => {
    const [lease] = await worker.claim();
    let connecting: Promise<void> | null = null;
    await asWorker(test, organizationId, async (sql) => {
      expect(await holdLease(sql, lease!, 30, 20_000)).toBe(true);
      const [bounds] = await sql`
        select current_setting('idle_in_transaction_session_timeout') as idle,
               current_setting('transaction_timeout', true) as whole,
               current_setting('server_version_num')::integer as version`;
      // Postgres knows the setting from 17 on; older servers are not asked for it.
      expect(bounds).toMatchObject({ idle: '5s', whole: bounds!.version >= 170_000 ? '21s' : null });
      connecting = withOrganization(test.db, 'app', organizationId, (other) =>
        saveConnectedShop(other, {
          ...{ organizationId, shopId, platform: 'alibaba-1688', memberId: shopId, name: 'again' },
          ...{ endpointUrl: null, sealed: 'x', accessExpiresAt: null, refreshExpiresAt: null, at: noon },
        }),
      );
      for (let isWaiting = false; !isWaiting; ) {
        const waiting = await test.sql`
          select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        isWaiting = waiting.length > 0;
      }
      await saveShopState(sql, shopId, 'PERMISSION_MISSING', 'none', noon);
    });
    await connecting;
    expect(await test.sql`select name, state from shop where shop_id = ${shopId}`).toEqual([
      { name: 'again', state: 'ACTIVE' },
    ]);
  });

  it('of a worker that stands still in the middle of a page end it on the server, from Postgres 17 on', async () => {
    const [lease] = await worker.claim();
    const [server] = await test.sql`
      select current_setting('server_version_num')::integer >= 170000 as "knowsTimeout"`;
    const page = asWorker(test, organizationId, async (sql) => {
      await holdLease(sql, lease!, 30, 100);
      await sql`select pg_sleep(2)`;
      return 'went on';
    });
    expect(await page.catch(() => 'ended')).toBe(server!.knowsTimeout ? 'ended' : 'went on');
  });

  it('notice pages that run in a circle', async () => {
    for (let index = 1; index <= 6; index += 1) shop.list(`p${index}`, 50);
    shop.changePage = (_request, page) => ({ ...page, nextCursor: 'at:2' });
    await worker.pollAll();
    expect((await runs()).find((run) => run.state === 'FAILED')).toMatchObject({ error_code: 'permanent' });
  });

  it('of many levels at zero are noticed over all polls of a pass', async () => {
    worker = createWorker(test, () => shop, { settings: { stepBudgetMs: 0 } });
    shop.pageSize = 10;
    const name = (index: number) => `p${String(index).padStart(2, '0')}`;
    for (let index = 0; index < 50; index += 1) shop.list(name(index), 50);
    for (let poll = 0; poll < 5; poll += 1) await worker.pollAll();
    for (let index = 0; index < 50; index += 2) shop.list(name(index), 0);
    worker.clock.pass(6);
    for (let poll = 0; poll < 5; poll += 1) await worker.pollAll();
    const doubted = (await levels()).filter((row) => row.data_state === 'SUSPECT');
    expect(doubted).toHaveLength(5);
  });

  it('of a row put it aside, and the page counts', async () => {
    shop.list('p1', 50);
    shop.list('p2', 50);
    shop.order('o1', minutes(60), 'p1', 1);
    shop.changePage = (request, page) =>
      request.stream === 'listings'
        ? { ...page, rejected: [{ rowKey: 'p3', reason: 'amountOnSale: expected a number', raw: '{}' }] }
        : page;
    worker.clock.pass(6);
    await worker.pollAll();
    worker.clock.pass(6);
    await worker.pollAll();
    expect(await levels()).toHaveLength(2);
    expect(
      await test.sql`select stream, row_key, times_seen from quarantined_row where organization_id = ${organizationId}`,
    ).toEqual([{ stream: 'listings', row_key: 'p3', times_seen: 2 }]);
  });

  it('of a row that only the database notices put it aside too', async () => {
    shop.list('p1', 50);
    shop.list('p2', 50, { title: 'nul \u0000' });
    await worker.pollAll();
    expect(await levels()).toHaveLength(1);
    expect(
      (await test.sql`select reason from quarantined_row where organization_id = ${organizationId}`)[0],
    ).toEqual({ reason: 'the database refuses the row (22021)' });
    expect(await runs()).toContainEqual(
      expect.objectContaining({ stream: 'listings', state: 'SUCCEEDED', row_count: 2 }),
    );
  });

  it('of a row do not make the zeros of its page believable', async () => {
    const productIds = ['p1', 'p2', 'p3', 'p4'];
    shop.pageSize = 10;
    for (const productId of productIds) shop.list(productId, 50);
    await worker.pollAll();
    for (const productId of productIds) shop.list(productId, 0);
    shop.list('p5', 0, { title: 'nul \u0000' });
    worker.clock.pass(6);
    await worker.pollAll();
    expect(
      await test.sql`
        select available::integer, suspect_reason from stock_level where organization_id = ${organizationId}`,
    ).toEqual(productIds.map(() => ({ available: 50, suspect_reason: 'PAGE_OF_ZEROS' })));
  });

  describe('of a database that takes its time', () => {
    /** Every listing that is stored takes so long. */
    const slowDown = (seconds: number) =>
      test.sql.unsafe(`
        create function take_time() returns trigger language plpgsql
        as $$ begin perform pg_sleep(${seconds}); return new; end $$;
        create trigger slow before insert on listing for each row execute function take_time()`);
    afterEach(() => test.sql`drop function if exists take_time cascade`);

    it('let a page through in parts that is too much for one transaction', async () => {
      await slowDown(0.15);
      worker = createWorker(test, () => shop, { settings: { pageDeadlineMs: 1_000 } });
      shop.pageSize = 10;
      for (let index = 0; index < 10; index += 1) shop.list(`p${index}`, 50);
      await worker.pollAll();
      expect(await levels()).toHaveLength(10);
      expect(await runs()).toContainEqual(
        expect.objectContaining({ stream: 'listings', state: 'SUCCEEDED', row_count: 10, changed_count: 20 }),
      );
      expect(await count('quarantined_row')).toBe(0);
    });

    it('count as failures of the stream, which waits before it is tried again', async () => {
      await slowDown(3);
      worker = createWorker(test, () => shop, { settings: { pageDeadlineMs: 1_000 } });
      shop.list('p1', 50);
      await worker.pollAll();
      expect((await runs()).filter((run) => run.state === 'FAILED')).toMatchObject([
        { stream: 'listings', error_code: 'deadline_exceeded' },
      ]);
      expect(worker.memory.retryAtMs.get(`${shopId}/listings`)).toBeGreaterThan(0);
    });
  });

  it('of time put the row aside', async () => {
    shop.list('p1', 50);
    shop.streams = ['stock_levels'];
    shop.levels = ['2026-03-10T05:00:00Z', noon.toISOString()].map((at, index) => ({
      kind: 'stock_level',
      warehouseCode: 'HZ1',
      sku: `s${index}`,
      title: null,
      onHand: null,
      reserved: null,
      damaged: null,
      incoming: null,
      available: '5',
      observedAt: new Date(at),
    }));
    await worker.pollAll();
    expect((await levels()).map((row) => row.sku)).toEqual(['s1']);
    expect(
      (
        await test.sql`select row_key, reason from quarantined_row where organization_id = ${organizationId}`
      )[0],
    ).toEqual({ row_key: 'HZ1/s0', reason: 'observedAt: 2026-03-10T05:00:00.000Z lies in the future' });
  });
});

describe('two workers', () => {
  it('never claim the same shop', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => seedShop(test, organizationId)));
    const claims = await Promise.all(Array.from({ length: 4 }, () => worker.claim()));
    const claimed = claims.flat().map((lease) => lease.shopId);
    expect(new Set(claimed).size).toBe(claimed.length);
    expect(claimed.sort()).toEqual([...ids, shopId].sort());
  });

  it('fence off the one that lost its lease: its page writes nothing', async () => {
    shop.list('p1', 50);
    const [lost] = await worker.claim();
    await test.sql`update shop_lease set lease_until = clock_timestamp() where shop_id = ${shopId}`;
    const [held] = await worker.claim();
    expect(held!.fence).toBe(lost!.fence + 1n);
    const page = { observations: [...shop.listings.values()], rejected: [], nextCursor: null, totalRows: 1 };
    const input = {
      shop: {
        organizationId,
        shopId,
        platform: 'alibaba-1688',
        memberId: 'm',
        name: 'shop',
        endpointUrl: null,
      },
      stream: 'listings',
      page,
      observedAt: noon,
      isHistory: false,
      zeroedBefore: 0,
      nextState: null,
      run: null,
      announcesRun: false,
      answeredHints: [],
    } as const;
    await expect(ingestPage(worker.ports, { ...input, lease: lost! })).rejects.toMatchObject({
      code: 'lease_lost',
    });
    expect(await levels()).toHaveLength(0);
    await ingestPage(worker.ports, { ...input, lease: held! });
    expect(await levels()).toHaveLength(1);
  });
});

describe('a warehouse feed', () => {
  it('brings warehouses, levels, movements and shipments together with the pool', async () => {
    const feed = new FakeMarketplace();
    const feedId = await seedShop(test, organizationId, 'wms-feed');
    worker = createWorker(test, (id) => (id === feedId ? feed : shop), { clock: handClock() });
    shop.list('p1', 200, { cargoNumber: 'CUP' });
    feed.streams = ['warehouses', 'stock_levels', 'stock_movements', 'inbound_shipments'];
    feed.warehouses.push({
      kind: 'warehouse',
      code: 'UR1',
      name: '乌鲁木齐',
      timeZone: 'Asia/Urumqi',
      latitude: null,
      longitude: null,
    });
    feed.levels = [
      {
        kind: 'stock_level',
        warehouseCode: 'UR1',
        sku: 'CUP',
        title: null,
        onHand: '120',
        reserved: '20',
        damaged: '0',
        incoming: null,
        available: '100',
        observedAt: minutes(-1),
      },
    ];
    feed.movements.push({
      at: minutes(-60),
      row: {
        kind: 'stock_movement',
        movementId: 'm1',
        warehouseCode: 'UR1',
        sku: 'CUP',
        movement: 'SHIPPED',
        quantity: '3',
        occurredAt: minutes(-60),
        reference: null,
      },
    });
    feed.shipments.push({
      kind: 'inbound_shipment',
      shipmentId: 's1',
      warehouseCode: 'UR1',
      supplierName: null,
      status: 'SHIPPED',
      orderedAt: null,
      shippedAt: null,
      expectedAt: null,
      receivedAt: null,
      modifiedAt: minutes(-30),
      lines: [
        {
          lineId: '1',
          productId: null,
          specId: null,
          cargoNumber: null,
          sku: 'CUP',
          title: null,
          quantity: '300',
          receivedQuantity: '50',
        },
      ],
    });
    await worker.pollAll();
    await worker.pollAll();
    const rows = await test.sql`
      select w.code, w.time_zone, l.available::float, l.incoming::float, l.is_watched
      from stock_level l join warehouse w using (organization_id, warehouse_id)
      where l.organization_id = ${organizationId} order by w.kind desc`;
    expect(rows).toEqual([
      { code: 'UR1', time_zone: 'Asia/Urumqi', available: 100, incoming: 250, is_watched: true },
      {
        code: `POOL-${shopId}`,
        time_zone: 'Asia/Shanghai',
        available: 200,
        incoming: null,
        is_watched: false,
      },
    ]);
    expect(await count('item')).toBe(1);
    expect(await count('demand_dirty')).toBe(1);
    feed.shipments[0] = { ...feed.shipments[0]!, status: 'RECEIVED', modifiedAt: minutes(2) };
    worker.clock.pass(6);
    await worker.pollAll();
    expect(
      await test.sql`select incoming::float from stock_level where organization_id = ${organizationId} and incoming is not null`,
    ).toEqual([{ incoming: 0 }]);
  });
});
