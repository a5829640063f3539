import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appendEvents } from '../../src/db/queries/event-append.ts';
import { dropSnapshotPartitions, ensureSnapshotPartitions } from '../../src/db/queries/ingest-partition.ts';
import { removeEvents, removeRecords } from '../../src/db/queries/retention.ts';
import { reconcileAlerts, type ScanPosition } from '../../src/pipeline/alert.ts';
import { refreshAllThresholds, refreshDemand } from '../../src/pipeline/demand.ts';
import { recordLevels } from '../../src/pipeline/record-levels.ts';
import { refreshThresholds } from '../../src/pipeline/refresh-thresholds.ts';
import { startStages } from '../../src/pipeline/stages.ts';
import { brandId, type OrganizationId } from '../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { FakeMarketplace } from './fake-marketplace.ts';
import { asWorker, minutes, noon, reading, seedOrganization, seedShop, seedWarehouse } from './seed.ts';
import { createWorker, type Worker } from './worker.ts';

const day = 24 * 60;
let test: TestDatabase;
let organizationId: OrganizationId;
let shop: FakeMarketplace;
let worker: Worker;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.sql`update shop_lease set is_enabled = false`;
  organizationId = await seedOrganization(test);
  await seedShop(test, organizationId);
  shop = new FakeMarketplace();
  shop.pageSize = 100;
  worker = createWorker(test, () => shop);
});

/** Waits for a condition of the database. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setImmediate(resolve));
}

const demand = () => test.sql`
  select to_char(day, 'YYYY-MM-DD') as day, units::float, source from demand_daily
  where organization_id = ${organizationId} order by day`;
const thresholds = () => test.sql`
  select round(threshold, 3)::float as threshold, threshold_origin, is_low from stock_level
  where organization_id = ${organizationId}`;
const events = () => test.sql`
  select topic, reason, state from event_log where organization_id = ${organizationId} order by number`;

describe('demand', () => {
  it('counts orders by business day, cancelled ones left out, and follows changes', async () => {
    shop.list('p1', 500);
    shop.order('o1', new Date('2026-03-08T15:59:59Z'), 'p1', 3);
    shop.order('o2', new Date('2026-03-08T16:00:00Z'), 'p1', 4);
    shop.order('o3', new Date('2026-03-09T03:00:00Z'), 'p1', 5, { status: 'cancel' });
    await worker.pollAll();
    expect(await refreshDemand(worker.ports, organizationId)).toBe(false);
    expect(await demand()).toEqual([
      { day: '2026-03-08', units: 3, source: 'ORDERS' },
      { day: '2026-03-09', units: 4, source: 'ORDERS' },
    ]);
    shop.order('o2', new Date('2026-03-08T16:00:00Z'), 'p1', 4, { status: 'cancel', modifiedAt: minutes(1) });
    worker.clock.pass(6);
    await worker.pollAll();
    await refreshDemand(worker.ports, organizationId);
    expect(await demand()).toMatchObject([{ units: 3 }, { units: 0 }]);
    expect(await test.sql`select from demand_dirty where organization_id = ${organizationId}`).toHaveLength(
      0,
    );
  });

  it('computes the threshold from 28 days on, without today, and evaluates at once', async () => {
    shop.list('p1', 20);
    // 28 whole days with 8 units on every second one, and a big half day today.
    for (let ago = 28; ago >= 1; ago -= 1) {
      shop.order(`o${ago}`, minutes(-ago * day), 'p1', ago % 2 === 0 ? 8 : 0.0001);
    }
    shop.order('today', minutes(-1), 'p1', 400);
    await worker.pollAll();
    expect(await thresholds()).toEqual([{ threshold: 10, threshold_origin: 'DEFAULT', is_low: false }]);
    await refreshDemand(worker.ports, organizationId);
    expect(await thresholds()).toEqual([{ threshold: 25.072, threshold_origin: 'COMPUTED', is_low: true }]);
    expect((await events()).at(-1)).toMatchObject({ topic: 'STOCK_ALERT', reason: 'OPENED' });
  });

  it('uses the nearest policy, and lets go of it again', async () => {
    shop.list('p1', 20, { categoryName: 'cups' });
    await worker.pollAll();
    const policy = (scope: string, value: number) => test.sql`
      insert into stock_policy (organization_id, policy_id, item_id, warehouse_id, category, safety_stock, recorded_at)
      select ${organizationId}, gen_random_uuid(), ${scope.includes('item') ? test.sql`item_id` : null},
             ${scope.includes('warehouse') ? test.sql`warehouse_id` : null}, ${scope === 'category' ? 'cups' : null},
             ${value}, now()
      from stock_level where organization_id = ${organizationId}`;
    const refresh = () => refreshAllThresholds(worker.ports, organizationId);
    const scopes = ['organization', 'category', 'warehouse', 'item', 'item warehouse'];
    for (const [index, scope] of scopes.entries()) {
      await policy(scope, index + 1);
      await refresh();
      expect(await thresholds()).toMatchObject([{ threshold: index + 1, threshold_origin: 'OVERRIDE' }]);
    }
    await test.sql`delete from stock_policy where organization_id = ${organizationId}`;
    await refresh();
    expect(await thresholds()).toMatchObject([{ threshold: 10, threshold_origin: 'DEFAULT' }]);
    expect(await asWorker(test, organizationId, (sql) => refreshThresholds(sql, 'all', noon))).toEqual([]);
  });
});

describe('the daily round of thresholds', () => {
  it('is gone again when it failed', async () => {
    shop.list('p1', 20);
    await worker.pollAll();
    await test.sql`update stock_level set threshold = 99 where organization_id = ${organizationId}`;
    await test.sql`
      create function refuse_thresholds() returns trigger language plpgsql
      as $$ begin raise exception 'refused'; end $$`;
    await test.sql`
      create trigger refuse before update of threshold on stock_level
      for each row execute function refuse_thresholds()`;
    const { ports } = createWorker(test, () => shop, { settings: { stageEveryMs: 3_600_000 } });
    const stages = startStages(ports);
    try {
      await stages.runOnce();
      await test.sql`drop function refuse_thresholds cascade`;
      await stages.runOnce();
    } finally {
      await stages.stop();
      await test.sql`drop function if exists refuse_thresholds cascade`;
    }
    expect(await thresholds()).toMatchObject([{ threshold: 10 }]);
  });
});

describe('thresholds under two hands', () => {
  it('keep an override that was set while they were computed', async () => {
    shop.list('p1', 20);
    for (let ago = 28; ago >= 1; ago -= 1) shop.order(`o${ago}`, minutes(-ago * day), 'p1', 8 + (ago % 3));
    await worker.pollAll();
    let refreshing: Promise<boolean> | null = null;
    await asWorker(test, organizationId, async (sql) => {
      await sql`
        update stock_level set threshold = 3, threshold_origin = 'OVERRIDE' where organization_id = ${organizationId}`;
      refreshing = refreshDemand(worker.ports, organizationId);
      await until(async () => {
        const waiting = await test.sql`
          select from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock' and query like '%stock_level%'`;
        return waiting.length > 0;
      });
      await test.sql`
        insert into stock_policy (organization_id, policy_id, safety_stock, recorded_at)
        values (${organizationId}, gen_random_uuid(), 3, now())`;
    });
    await refreshing;
    expect(await thresholds()).toMatchObject([{ threshold: 3, threshold_origin: 'OVERRIDE' }]);
  });
});

describe('the alert stage', () => {
  const scan: ScanPosition = new Map();
  const tick = () => reconcileAlerts(worker.ports, organizationId, scan);
  beforeEach(async () => {
    scan.clear();
    shop.list('p1', 50);
    await worker.pollAll();
  });
  const snapshots = () => test.sql`
    select available::float, source from stock_snapshot where organization_id = ${organizationId} order by observed_at`;

  it('catches a change by plain SQL, both ways, and records the missing snapshot', async () => {
    await test.sql`update stock_level set available = 4 where organization_id = ${organizationId}`;
    await tick();
    expect(await snapshots()).toEqual([
      { available: 50, source: 'POLL' },
      { available: 4, source: 'SQL' },
    ]);
    expect((await events()).slice(-2)).toMatchObject([{ topic: 'STOCK_LEVEL' }, { reason: 'OPENED' }]);
    await test.sql`update stock_level set available = 80 where organization_id = ${organizationId}`;
    await tick();
    expect((await events()).at(-1)).toMatchObject({ reason: 'RESOLVED' });
    const before = await events();
    await tick();
    expect(await events()).toEqual(before);
  });

  it('follows the stock that a pool is compared with, wherever the round stands', async () => {
    await tick();
    const [pool] = await test.sql`
      select item_id from stock_level where organization_id = ${organizationId}`;
    const warehouseId = await seedWarehouse(test, organizationId, 'HZ');
    worker.clock.pass(1);
    const at = worker.clock.now();
    await asWorker(test, organizationId, async (sql) => {
      const readings = [reading({ itemId: pool!.item_id, warehouseId }, 20, at)];
      const recorded = await recordLevels(sql, {
        ...{ organizationId, recordedAt: at, syncRunId: null, isTrusted: true, readings },
      });
      await appendEvents(sql, organizationId, recorded.events, at);
    });
    // The round has just passed all levels and begins anew with a later tick.
    const last = 'ffffffff-ffff-4fff-bfff-ffffffffffff';
    scan.set(organizationId, {
      ...scan.get(organizationId)!,
      after: { itemId: brandId(last), warehouseId: brandId(last) },
    });
    await tick();
    expect(
      await test.sql`select kind, state, available::float from stock_alert where organization_id = ${organizationId}`,
    ).toEqual([{ kind: 'LISTING_MISMATCH', state: 'PENDING', available: 50 }]);
  });

  it('mends a level whose old snapshot went with its partition: the same quantities are no news', async () => {
    const old = new Date('2021-01-15T00:00:00Z');
    await test.sql`
      update stock_level set observed_at = ${old}, snapshot_observed_at = ${old}
      where organization_id = ${organizationId}`;
    const before = await events();
    const recordedAt = () =>
      test.sql`select recorded_at from stock_level where organization_id = ${organizationId}`;
    const recordedBefore = await recordedAt();
    await tick();
    expect(await snapshots()).toEqual([
      { available: 50, source: 'POLL' },
      { available: 50, source: 'POLL' },
    ]);
    expect(await events()).toEqual(before);
    // A plan that is newer than its level stays so.
    expect(await recordedAt()).toEqual(recordedBefore);
    await tick();
    expect(await snapshots()).toHaveLength(2);
    await test.sql`
      update stock_level set available = 3, observed_at = ${old} where organization_id = ${organizationId}`;
    await tick();
    expect((await snapshots()).at(-1)).toEqual({ available: 3, source: 'SQL' });
    expect((await events()).at(-1)).toMatchObject({ reason: 'OPENED' });
  });

  it('records a change by plain SQL that no alert depends on', async () => {
    await test.sql`update stock_level set available = 49 where organization_id = ${organizationId}`;
    await tick();
    expect(await snapshots()).toHaveLength(2);
  });

  it('opens what a raised threshold makes low', async () => {
    await test.sql`update stock_level set threshold = 60 where organization_id = ${organizationId}`;
    await tick();
    expect((await events()).at(-1)).toMatchObject({ reason: 'OPENED' });
  });

  it('brings a snoozed alert back when its time has come, to the state it had', async () => {
    await test.sql`update stock_level set available = 4 where organization_id = ${organizationId}`;
    await tick();
    await test.sql`
      update stock_alert set state = 'SNOOZED', acknowledged_by = 'buyer', snoozed_until = ${minutes(60)}
      where organization_id = ${organizationId}`;
    await tick();
    expect((await events()).at(-1)).toMatchObject({ reason: 'OPENED' });
    worker.clock.pass(60);
    await tick();
    expect((await events()).at(-1)).toMatchObject({ reason: 'UNSNOOZED', state: 'ACKNOWLEDGED' });
    await tick();
    expect((await events()).filter((event) => event.reason === 'UNSNOOZED')).toHaveLength(1);
  });

  it('is done once by many workers at the same time', async () => {
    await test.sql`update stock_level set available = 4 where organization_id = ${organizationId}`;
    await Promise.all(Array.from({ length: 6 }, tick));
    expect((await events()).filter((event) => event.reason === 'OPENED')).toHaveLength(1);
  });
});

describe('retention', () => {
  it('removes old events and moves the oldest number behind them', async () => {
    for (let index = 0; index < 5; index += 1) {
      shop.list('p1', 50 + index);
      await worker.pollAll();
      worker.clock.pass(day);
    }
    const head = () =>
      test.sql`select oldest::int, last::int from event_head where organization_id = ${organizationId}`;
    const [before] = await head();
    const removed = await asWorker(test, organizationId, (sql) => removeEvents(sql, minutes(2 * day)));
    expect(removed).toBeGreaterThan(0);
    expect(await head()).toEqual([{ oldest: removed + 1, last: before!.last }]);
    const [left] =
      await test.sql`select min(number)::int as first from event_log where organization_id = ${organizationId}`;
    expect(left!.first).toBe(removed + 1);
    expect(await asWorker(test, organizationId, (sql) => removeEvents(sql, minutes(2 * day)))).toBe(0);
  });

  it('removes old readings but none that goes on', async () => {
    shop.list('p1', 50);
    await worker.pollAll();
    await test.sql`update sync_run set state = 'RUNNING' where organization_id = ${organizationId} and stream = 'listings'`;
    await asWorker(test, organizationId, (sql) => removeRecords(sql, minutes(9 * day)));
    expect(await test.sql`select stream from sync_run where organization_id = ${organizationId}`).toEqual([
      { stream: 'listings' },
    ]);
  });

  it('removes idempotency keys after a day, used again or not', async () => {
    const use = (key: string, hours: number) => test.sql`
      insert into idempotency_key (organization_id, key, mutation, input_sha256, answer, created_at)
      values (${organizationId}, ${key}, 'm', 'x', '{}', now() - make_interval(hours => ${hours}))`;
    await use('old', 25);
    await use('new', 23);
    expect(await asWorker(test, organizationId, (sql) => removeRecords(sql, minutes(-9 * day)))).toBe(1);
    expect(await test.sql`select key from idempotency_key where organization_id = ${organizationId}`).toEqual(
      [{ key: 'new' }],
    );
  });

  it('drops snapshot partitions that are wholly too old, and makes past ones again when needed', async () => {
    const months = ['2021-01-15', '2021-02-15'].map((text) => new Date(`${text}T00:00:00Z`));
    await ensureSnapshotPartitions(test.db, 'worker', months);
    expect(await dropSnapshotPartitions(test.db, new Date('2021-02-20T00:00:00Z'))).toBe(1);
    const exists = async () =>
      (
        await test.sql`select to_regclass('stock_snapshot_y2021m01') is not null as january, to_regclass('stock_snapshot_y2021m02') is not null as february`
      )[0];
    expect(await exists()).toEqual({ january: false, february: true });
    await ensureSnapshotPartitions(test.db, 'worker', months);
    expect(await exists()).toEqual({ january: true, february: true });
  });
});
