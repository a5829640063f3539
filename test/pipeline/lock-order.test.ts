import { afterAll, beforeAll, beforeEach, expect, test as it } from 'vitest';
import { markDemandOfOrders } from '../../src/db/queries/demand-mark.ts';
import type { LevelKey } from '../../src/db/queries/ingest-level.ts';
import { describeItems, type ListingWrite } from '../../src/db/queries/ingest-listing.ts';
import { refreshDemand } from '../../src/pipeline/demand.ts';
import { evaluateAlerts } from '../../src/pipeline/evaluate-alerts.ts';
import { recordLevels } from '../../src/pipeline/record-levels.ts';
import type { ItemId, OrganizationId, ShopId } from '../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { FakeMarketplace } from './fake-marketplace.ts';
import {
  asWorker,
  minutes,
  noon,
  reading,
  seedItem,
  seedOrganization,
  seedShop,
  seedWarehouse,
} from './seed.ts';
import { createWorker, type Worker } from './worker.ts';

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

/** Waits until some transaction of the database waits for a lock. */
async function untilSomebodyWaits(): Promise<void> {
  for (;;) {
    const [row] = await test.sql`
      select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    if (row!.count > 0) return;
  }
}

it('a page that renames goods and the demand stage do not wait for each other in a circle', async () => {
  shop.list('p1', 50);
  shop.order('o1', minutes(-60), 'p1', 3);
  await worker.pollAll();
  const [listing] = await test.sql`select item_id from listing where organization_id = ${organizationId}`;
  const renamed: ListingWrite = {
    ...{
      productId: 'p1',
      specId: '',
      skuId: null,
      cargoNumber: null,
      title: 'a new name',
      variantTitle: null,
    },
    ...{
      status: 'published',
      category: null,
      unit: null,
      imageUrl: null,
      itemId: listing!.item_id as ItemId,
    },
    ...{ minOrderQuantity: null, unitPrice: '10', available: '50', modifiedAt: null },
  };
  const context = { organizationId, shopId, observedAt: minutes(1), recordedAt: minutes(1) };
  await asWorker(test, organizationId, async (sql) => {
    await describeItems(sql, context, [renamed]);
    // The page still holds the item that it renamed. The stage holds the marks that the page wants next, and refers
    // to the item: were that to wait for the page, neither would get on.
    const stage = refreshDemand(worker.ports, organizationId);
    await Promise.race([stage, untilSomebodyWaits()]);
    await markDemandOfOrders(sql, organizationId, shopId, ['o1'], minutes(1));
    await stage;
  });
  const days = await test.sql`select units::int from demand_daily where organization_id = ${organizationId}`;
  expect(days).toEqual([{ units: 3 }]);
  const left = await test.sql`select from demand_dirty where organization_id = ${organizationId}`;
  expect(left).toHaveLength(1);
});

it('a page locks the pools that it may turn over together with its levels, in key order', async () => {
  const ids = [await seedItem(test, organizationId, 'A'), await seedItem(test, organizationId, 'B')].sort();
  const [lesser, greater] = ids as [ItemId, ItemId];
  const poolId = await seedWarehouse(test, organizationId, 'POOL', shopId);
  const warehouseId = await seedWarehouse(test, organizationId, 'HZ1');
  const record = (keys: LevelKey[], at: Date) =>
    asWorker(test, organizationId, async (sql) => {
      const recorded = await recordLevels(sql, {
        ...{ organizationId, recordedAt: at, syncRunId: null, isTrusted: false },
        readings: keys.map((key) => reading(key, 40 + at.getMinutes(), at)),
      });
      await evaluateAlerts(sql, { organizationId, levels: recorded.touched, at });
    });
  await record([{ itemId: lesser, warehouseId: poolId }], noon);
  await record([{ itemId: greater, warehouseId }], noon);
  // The page brings the first level of the lesser item in a warehouse, which ends the watching of its pool.
  const page = [
    { itemId: lesser, warehouseId },
    { itemId: greater, warehouseId },
  ];
  let waiting: Promise<void> | undefined;
  await test.sql.begin(async (sql) => {
    await sql`select from stock_level where item_id = ${lesser} and warehouse_id = ${poolId} for update`;
    waiting = record(page, minutes(1));
    await untilSomebodyWaits();
    // Whoever holds the lesser key, as we do, must be able to take the greater one next.
    const free = await sql`
      select from stock_level where item_id = ${greater} and warehouse_id = ${warehouseId} for update skip locked`;
    expect(free).toHaveLength(1);
  });
  await waiting;
  const pools = await test.sql`
    select is_watched from stock_level where organization_id = ${organizationId} and warehouse_id = ${poolId}`;
  expect(pools).toEqual([{ is_watched: false }]);
});
