import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test as it } from 'vitest';
import { saveAlertRule } from '../../src/db/queries/alert-rule.ts';
import { type AlertWrite, saveAlertSteps } from '../../src/db/queries/alert-step.ts';
import { markDemandOfOrders } from '../../src/db/queries/demand-mark.ts';
import type { LevelKey } from '../../src/db/queries/ingest-level.ts';
import { describeItems, type ListingWrite } from '../../src/db/queries/ingest-listing.ts';
import { withOrganization } from '../../src/db/tenant.ts';
import { reconcileAlerts } from '../../src/pipeline/alert.ts';
import { refreshDemand } from '../../src/pipeline/demand.ts';
import { evaluateAlerts } from '../../src/pipeline/evaluate-alerts.ts';
import { recordLevels } from '../../src/pipeline/record-levels.ts';
import {
  brandId,
  type ItemId,
  type OrganizationId,
  type ShopId,
  type StockAlertId,
} from '../../src/shared/ids.ts';
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

/** A page of levels, judged. */
function record(keys: readonly LevelKey[], available: number, at: Date): Promise<void> {
  return asWorker(test, organizationId, async (sql) => {
    const recorded = await recordLevels(sql, {
      ...{ organizationId, recordedAt: at, syncRunId: null, isTrusted: false },
      readings: keys.map((key) => reading(key, available, at)),
    });
    await evaluateAlerts(sql, { organizationId, levels: recorded.touched, at });
  });
}

/** Two levels in key order. */
async function seedTwoLevels(): Promise<[LevelKey, LevelKey]> {
  const ids = [await seedItem(test, organizationId, 'A'), await seedItem(test, organizationId, 'B')].sort();
  const warehouseId = await seedWarehouse(test, organizationId, 'HZ1');
  const [lesser, greater] = ids.map((itemId) => ({ itemId, warehouseId }));
  return [lesser!, greater!];
}

it('a page locks the pools that it may turn over together with its levels, in key order', async () => {
  const [first, second] = await seedTwoLevels();
  const [lesser, greater] = [first.itemId, second.itemId];
  const { warehouseId } = first;
  const poolId = await seedWarehouse(test, organizationId, 'POOL', shopId);
  await record([{ itemId: lesser, warehouseId: poolId }], 40, noon);
  await record([second], 40, noon);
  // The page brings the first level of the lesser item in a warehouse, which ends the watching of its pool.
  let waiting: Promise<void> | undefined;
  await test.sql.begin(async (sql) => {
    await sql`select from stock_level where item_id = ${lesser} and warehouse_id = ${poolId} for update`;
    waiting = record([first, second], 41, minutes(1));
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

it('the alert stage holds no level while it waits for one with a lesser key', async () => {
  const [lesser, greater] = await seedTwoLevels();
  await record([lesser], 4, noon);
  await record([greater], 40, noon);
  // The lesser one's alert is over, the greater one lacks a snapshot.
  await test.sql`update stock_level set threshold = 1 where item_id = ${lesser.itemId}`;
  await test.sql`update stock_level set available = 39 where item_id = ${greater.itemId}`;
  let waiting: Promise<void> | undefined;
  await test.sql.begin(async (sql) => {
    await sql`select from stock_level where item_id = ${lesser.itemId} for update`;
    waiting = reconcileAlerts(worker.ports, organizationId, new Map());
    await untilSomebodyWaits();
    const free = await sql`select from stock_level where item_id = ${greater.itemId} for update skip locked`;
    expect(free).toHaveLength(1);
  });
  await waiting;
  expect(await test.sql`select state from stock_alert where item_id = ${lesser.itemId}`).toEqual([
    { state: 'RESOLVED' },
  ]);
  expect(
    await test.sql`
    select available::int from stock_snapshot where item_id = ${greater.itemId} and source = 'SQL'`,
  ).toEqual([{ available: 39 }]);
});

const writers: Record<string, (levels: readonly LevelKey[]) => Promise<unknown>> = {
  'a page': (levels) => record(levels, 50, minutes(1)),
  'a rule that changes': () =>
    withOrganization(test.db, 'app', organizationId, (sql) => {
      const scope = { itemId: null, warehouseId: null, category: null };
      const rule = { kind: 'LOW_STOCK', name: null, scope } as const;
      return saveAlertRule(sql, organizationId, rule, { recoveryShare: '0.2' }, minutes(1));
    }),
};
it.each(Object.keys(writers))(
  '%s locks the alerts that it changes in the order of their ids',
  async (name) => {
    const levels = await seedTwoLevels();
    await record(levels, 4, noon);
    // Against the order in which they were made and of what they are about.
    const [least, greatest] = [randomUUID().replace(/^./, '0'), randomUUID().replace(/^./, 'f')];
    for (const [index, alertId] of [greatest, least].entries())
      await test.sql`
      update stock_alert set alert_id = ${alertId}
      where organization_id = ${organizationId} and item_id = ${levels[index]!.itemId}`;
    let waiting: Promise<unknown> | undefined;
    await test.sql.begin(async (sql) => {
      await sql`select from stock_alert where alert_id = ${least} for update`;
      waiting = writers[name]!(levels);
      await untilSomebodyWaits();
      const free = await sql`select from stock_alert where alert_id = ${greatest} for update skip locked`;
      expect(free).toHaveLength(1);
    });
    await waiting;
  },
);

it('alerts are opened in the order of what they are about, whatever order they come in', async () => {
  const levels = await seedTwoLevels();
  const [rule] = await test.sql`
    select rule_id from alert_rule where organization_id = ${organizationId} and kind = 'LOW_STOCK'`;
  const writeOf = (key: LevelKey): AlertWrite => ({
    ...{ ...key, alertId: brandId<StockAlertId>(randomUUID()), ruleId: rule!.rule_id, kind: 'LOW_STOCK' },
    ...{ shopId: null, previousState: null, isEvent: true, urgency: '0', available: '4', threshold: '10' },
    ...{ thresholdOrigin: 'DEFAULT', facts: { inputs: [], previous: null } },
    next: {
      ...{ state: 'FIRING', severity: 'WARNING', pendingSince: null, clearSince: null, firedAt: noon },
      ...{ resolvedAt: null, isAcknowledged: false, acknowledgedUntil: null, snoozedUntil: null },
      ...{ reopenCount: 0, dueAt: null },
    },
  });
  const open = (keys: readonly LevelKey[]) =>
    asWorker(test, organizationId, (sql) => saveAlertSteps(sql, organizationId, keys.map(writeOf), noon));
  let waiting: Promise<Set<StockAlertId>> | undefined;
  const opened = await asWorker(test, organizationId, async (sql) => {
    const [lesser, greater] = levels;
    const first = await saveAlertSteps(sql, organizationId, [writeOf(lesser)], noon);
    waiting = open([greater, lesser]);
    await untilSomebodyWaits();
    // Had the other one made this first, neither would get on.
    const second = await saveAlertSteps(sql, organizationId, [writeOf(greater)], noon);
    return first.size + second.size;
  });
  expect(opened).toBe(2);
  expect(await waiting).toEqual(new Set());
});
