import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { reconcileAlerts } from '../../src/pipeline/alert.ts';
import { createPushReceiver } from '../../src/pipeline/receive-push.ts';
import { brandId, type OrganizationId, type ShopId } from '../../src/shared/ids.ts';
import { askWell, viewerOf } from '../graphql/ask.ts';
import { pipelinePorts } from '../graphql/ports.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { FakeMarketplace } from './fake-marketplace.ts';
import { noon, seedOrganization, seedShop } from './seed.ts';
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
  worker = createWorker(test, () => shop, { clock: handClock(new Date(noon.getTime() - 3_600_000)) });
});

const tick = () => reconcileAlerts(worker.ports, organizationId, new Map());
const alerts = () => test.sql`
  select kind, state, severity, available::float, threshold::float from stock_alert
  where organization_id = ${organizationId}`;
const alertEvents = () => test.sql`
  select alert_kind, reason, state, severity, threshold::float, urgency::float from event_log
  where organization_id = ${organizationId} and topic = 'STOCK_ALERT'`;

/** Puts the first 50 there, as the marketplace or a feed tells them. */
async function startWithFifty(isFeed: boolean): Promise<void> {
  if (isFeed) {
    shop.streams = ['warehouses', 'stock_levels'];
    const place = { timeZone: null, latitude: null, longitude: null };
    shop.warehouses.push({ kind: 'warehouse', code: 'HZ1', name: 'one', ...place });
    feed(50);
  } else {
    shop.list('p1', 50);
  }
  await worker.pollAll();
  worker.clock.pass(1);
}

function feed(available: number): void {
  shop.levels = [
    {
      ...{ kind: 'stock_level', warehouseCode: 'HZ1', sku: 'CUP', title: null, available: String(available) },
      ...{ onHand: null, reserved: null, damaged: null, incoming: null, observedAt: worker.clock.now() },
    },
  ];
}

const routes: Record<string, { isFeed: boolean; change: () => Promise<unknown> }> = {
  poll: {
    isFeed: false,
    async change() {
      worker.clock.pass(10);
      shop.list('p1', 4);
      await worker.pollAll();
    },
  },
  push: {
    isFeed: false,
    async change() {
      shop.list('p1', 4);
      const receive = createPushReceiver({ ...worker.ports }, () => ({
        ...{
          messageId: organizationId,
          memberId: shopId,
          topic: 'PRODUCT_CHANGE',
          sentAt: worker.clock.now(),
        },
        hints: [{ kind: 'product_changed', productId: 'p1' }],
      }));
      expect(await receive(Buffer.from('x'))).toMatchObject({ status: 200 });
      await worker.pollAll();
      // Read again by the hint alone: the next pass over everything is not due yet.
      expect(shop.served.at(-1)?.call).not.toBe('fetchPage');
    },
  },
  feed: {
    isFeed: true,
    async change() {
      worker.clock.pass(10);
      feed(4);
      await worker.pollAll();
    },
  },
  import: {
    isFeed: true,
    async change() {
      const rows = [{ sku: 'CUP', warehouseCode: 'HZ1', available: '4' }];
      const { stockLevelsImport } = await askWell(
        test.db,
        viewerOf(brandId(organizationId)),
        'mutation ($input: StockLevelsImportInput!) { stockLevelsImport(input: $input) { changedCount } }',
        { input: { rows } },
        pipelinePorts(),
      );
      expect(stockLevelsImport).toEqual({ changedCount: 1 });
    },
  },
  'plain SQL': {
    isFeed: false,
    change: () => test.sql`update stock_level set available = 4 where organization_id = ${organizationId}`,
  },
};

it.each(Object.keys(routes))('a change by %s makes the same alert, once', async (name) => {
  const { isFeed, change } = routes[name]!;
  await startWithFifty(isFeed);
  expect(await alerts()).toEqual([]);
  await change();
  await tick();
  await tick();
  expect(await alerts()).toEqual([
    { kind: 'LOW_STOCK', state: 'FIRING', severity: 'WARNING', available: 4, threshold: 10 },
  ]);
  expect(await alertEvents()).toEqual([
    {
      ...{ alert_kind: 'LOW_STOCK', reason: 'OPENED', state: 'FIRING', severity: 'WARNING' },
      ...{ threshold: 10, urgency: 30 },
    },
  ]);
});
