import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actOnAlert } from '../../src/db/queries/alert-action.ts';
import { saveAlertRule } from '../../src/db/queries/alert-rule.ts';
import { appendEvents } from '../../src/db/queries/event-append.ts';
import type { LevelKey } from '../../src/db/queries/ingest-level.ts';
import { withOrganization } from '../../src/db/tenant.ts';
import { evaluateAlerts } from '../../src/pipeline/evaluate-alerts.ts';
import { evaluateSources } from '../../src/pipeline/evaluate-sources.ts';
import { type LevelReading, recordLevels } from '../../src/pipeline/record-levels.ts';
import type { OrganizationId } from '../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
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

let test: TestDatabase;
let organizationId: OrganizationId;
let level: LevelKey;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  organizationId = await seedOrganization(test);
  level = {
    itemId: await seedItem(test, organizationId, 'CUP'),
    warehouseId: await seedWarehouse(test, organizationId, 'HZ1'),
  };
});

/** A reading, judged as ingest does. */
function record(available: number, at: Date) {
  return asWorker(test, organizationId, async (sql) => {
    const recorded = await recordLevels(sql, {
      ...{ organizationId, recordedAt: at, syncRunId: null, isTrusted: true },
      readings: [reading(level, available, at)],
    });
    const events = await evaluateAlerts(sql, { organizationId, levels: recorded.touched, at });
    await appendEvents(sql, organizationId, [...recorded.events, ...events], at);
  });
}

/** What planning says of the level, judged as planning does. */
async function plan(position: number, reorderPoint: number, at: Date) {
  await test.sql`
    insert into level_plan (
      organization_id, item_id, warehouse_id, planned_on, inputs, lead_time_days, lead_time_sd_days, lead_time_origin,
      review_period_days, protection_days, service_level, service_level_origin, safety_stock_method, reorder_point,
      position_due, inbound_overdue, is_dead, health_weight, computed_at, data_as_of, recorded_at)
    values (
      ${organizationId}, ${level.itemId}, ${level.warehouseId}, '2026-03-10', '{}', 7, 0, 'DEFAULT', 1, 8, 0.95,
      'DEFAULT', 'CLASSIC', ${reorderPoint}, ${position}, 0, false, 0, ${at}, ${at}, ${at})
    on conflict (organization_id, item_id, warehouse_id) do update
    set position_due = excluded.position_due, reorder_point = excluded.reorder_point,
        computed_at = excluded.computed_at`;
  await asWorker(test, organizationId, async (sql) => {
    const judging = { organizationId, levels: [level], at, kinds: 'PLAN', locking: 'NONE' } as const;
    await appendEvents(sql, organizationId, await evaluateAlerts(sql, judging), at);
  });
}

const open = async () => {
  const rows = await test.sql`
    select kind from stock_alert where organization_id = ${organizationId} and state <> 'RESOLVED'`;
  return rows.map((row) => row.kind);
};
const steps = async () => {
  const rows = await test.sql`
    select alert_kind, reason from event_log
    where organization_id = ${organizationId} and topic = 'STOCK_ALERT' order by number`;
  return rows.map((row) => `${row.alert_kind} ${row.reason}`);
};

it('follows the narrowest rule: organization, category, warehouse, item, item in a warehouse', async () => {
  await test.sql`update item set category = 'cups' where item_id = ${level.itemId}`;
  await record(4, noon);
  const everywhere = { itemId: null, warehouseId: null, category: null };
  const { itemId, warehouseId } = level;
  const scopes = [
    everywhere,
    { ...everywhere, category: 'cups' },
    { ...everywhere, warehouseId },
    { ...everywhere, itemId },
    { ...everywhere, ...level },
  ];
  for (const [index, scope] of scopes.entries()) {
    const [isEnabled, at] = [index % 2 === 1, minutes(index + 1)];
    await withOrganization(test.db, 'app', organizationId, (sql) =>
      saveAlertRule(sql, organizationId, { kind: 'LOW_STOCK', name: null, scope }, { isEnabled }, at),
    );
    await asWorker(test, organizationId, (sql) =>
      evaluateAlerts(sql, { organizationId, levels: [{ itemId, warehouseId }], at, locking: 'LOOKED_AT' }),
    );
    // Where it is not low any more, it is near: that rule is as it was.
    expect(await open()).toEqual([isEnabled ? 'LOW_STOCK' : 'APPROACHING']);
  }
});

it('what comes back after its own window is another alert, however long the window of another rule is', async () => {
  await test.sql`
    update alert_rule set reopen_within_minutes = 1440 where organization_id = ${organizationId} and kind = 'OVERSTOCK'`;
  await record(4, noon);
  await record(50, minutes(1));
  await record(4, minutes(30));
  expect(await steps()).toEqual(['LOW_STOCK OPENED', 'LOW_STOCK RESOLVED', 'LOW_STOCK OPENED']);
  const rows = await test.sql`
    select state, opened_at from stock_alert where organization_id = ${organizationId} order by opened_at`;
  expect(rows).toEqual([
    { state: 'RESOLVED', opened_at: noon },
    { state: 'FIRING', opened_at: minutes(30) },
  ]);
});

it('an alert about a source that comes back the next day is another one', async () => {
  const shopId = await seedShop(test, organizationId);
  const read = async (failedCount: number, at: Date) => {
    await readSource(shopId, 'listings', failedCount, at);
    await asWorker(test, organizationId, (sql) => evaluateSources(sql, organizationId, at, false));
  };
  await read(3, noon);
  await read(0, minutes(1));
  await read(3, minutes(1_440));
  const rows = await test.sql`
    select kind, state, opened_at from stock_alert where organization_id = ${organizationId} order by opened_at`;
  expect(rows).toEqual([
    { kind: 'SYNC_FAILED', state: 'RESOLVED', opened_at: noon },
    { kind: 'SYNC_FAILED', state: 'FIRING', opened_at: minutes(1_440) },
  ]);
});

/** Readings of sources, judged together with other levels that stand by. */
function store(at: Date, readings: LevelReading[], others: LevelKey[] = []) {
  return asWorker(test, organizationId, async (sql) => {
    const page = { organizationId, recordedAt: at, syncRunId: null, isTrusted: true, readings };
    const { touched } = await recordLevels(sql, page);
    return evaluateAlerts(sql, { organizationId, levels: [...touched, ...others], at });
  });
}

/** A source that was read last at an instant; `failedCount` 0 = that reading worked. */
async function readSource(shopId: string, stream: string, failedCount: number, at: Date): Promise<void> {
  await test.sql`
    insert into sync_state (organization_id, shop_id, stream, failed_count, pass_finished_at, recorded_at)
    values (${organizationId}, ${shopId}, ${stream}, ${failedCount}, ${at}, ${at})
    on conflict (organization_id, shop_id, stream) do update
    set failed_count = excluded.failed_count, recorded_at = excluded.recorded_at,
        pass_finished_at = excluded.pass_finished_at`;
}

it('a stale source neither fires nor resolves, and is caught up with once it is read', async () => {
  const feed = await seedShop(test, organizationId);
  const other = { ...level, itemId: await seedItem(test, organizationId, 'MUG') };
  const of = (key: LevelKey, available: number, at: Date) =>
    reading(key, available, at, { source: 'FEED', shopId: feed });
  await readSource(feed, 'stock_levels', 0, noon);
  await store(noon, [of(level, 50, noon), of(other, 4, noon)]);
  // Nobody read the shelves for six hours; then safety stocks change, so that the low one is not and the other is.
  const late = minutes(361);
  await readSource(feed, 'stock_levels', 1, noon);
  await test.sql`
    update stock_level set threshold = case when item_id = ${level.itemId} then 60 else 2 end
    where organization_id = ${organizationId}`;
  expect(await store(late, [], [level, other])).toEqual([]);
  await readSource(feed, 'stock_levels', 0, late);
  const events = await store(late, [], [level, other]);
  expect(events.map(({ itemId, alertKind, reason }) => [itemId, alertKind, reason])).toEqual(
    expect.arrayContaining([
      [level.itemId, 'LOW_STOCK', 'OPENED'],
      [other.itemId, 'LOW_STOCK', 'RESOLVED'],
    ]),
  );
  expect(events).toHaveLength(2);
});

it('a pool is not compared with what a stale source said of the warehouses', async () => {
  const [channel, feed] = [await seedShop(test, organizationId), await seedShop(test, organizationId)];
  const pool = { ...level, warehouseId: await seedWarehouse(test, organizationId, 'POOL', channel) };
  const sold = (available: number, at: Date) => reading(pool, available, at, { shopId: channel });
  const lying = (available: number, at: Date) =>
    reading(level, available, at, { source: 'FEED', shopId: feed });
  await store(noon, [lying(100, noon), sold(100, noon)]);
  // Only the channel is read again after six hours: what it sold has left the warehouse, which nobody has seen.
  const [late, later] = [minutes(361), minutes(480)];
  await readSource(feed, 'stock_levels', 1, noon);
  await readSource(channel, 'listings', 0, late);
  expect(await store(late, [sold(40, late)])).toEqual([]);
  expect(await store(later, [sold(39, later)])).toEqual([]);
  await readSource(feed, 'stock_levels', 0, later);
  expect(await store(later, [lying(99, later)], [pool])).toMatchObject([
    { alertKind: 'LISTING_MISMATCH', reason: 'PENDING' },
  ]);
});

it('an event by which somebody acts keeps what the alert rested on then', async () => {
  await record(4, noon);
  const [alert] = await test.sql`select alert_id from stock_alert where organization_id = ${organizationId}`;
  await record(3, minutes(1));
  await withOrganization(test.db, 'app', organizationId, async (sql) => {
    const action = { kind: 'acknowledge', until: null } as const;
    const acting = {
      organizationId,
      alertId: alert!.alert_id,
      action,
      by: 'Wang',
      note: null,
      at: minutes(2),
    };
    const acted = await actOnAlert(sql, acting);
    if (acted.kind !== 'done') throw new Error(acted.kind);
    await appendEvents(sql, organizationId, [acted.event], acting.at);
  });
  await record(2, minutes(3));
  const [event] = await test.sql`
    select urgency::float, facts from event_log where organization_id = ${organizationId} and reason = 'ACKNOWLEDGED'`;
  expect(event!.urgency).toBe(35);
  expect(event!.facts.inputs[0]).toMatchObject({ name: 'available', value: '3' });
  expect(event!.facts.previous[0]).toMatchObject({ name: 'available', value: '4' });
  // The next change is measured against it.
  const [now] = await test.sql`select facts from stock_alert where organization_id = ${organizationId}`;
  expect(now!.facts.inputs[0]).toMatchObject({ name: 'available', value: '2' });
  expect(now!.facts.atEvent[0]).toMatchObject({ name: 'available', value: '3' });
});

it('an organization begins with a rule of each kind, named in its language', async () => {
  const names = await test.sql`
    select kind, name from alert_rule where organization_id = ${organizationId} order by kind`;
  expect(names).toHaveLength(10);
  expect(names).toContainEqual({ kind: 'LOW_STOCK', name: '低库存' });
  expect(names.filter(({ name }) => /[A-Za-z]/.test(name))).toEqual([]);
});

describe('a level has one alert about running out at the end of every run', () => {
  it('planning ends what its alert speaks for', async () => {
    await record(12, noon);
    expect(await open()).toEqual(['APPROACHING']);
    await plan(12, 30, minutes(1));
    expect(await open()).toEqual(['REORDER_DUE']);
    expect(await steps()).toEqual(['APPROACHING OPENED', 'REORDER_DUE OPENED', 'APPROACHING SUPERSEDED']);
  });

  it('a reading ends what rests on the plan, before planning has followed', async () => {
    await record(50, noon);
    await plan(12, 30, minutes(1));
    expect(await open()).toEqual(['REORDER_DUE']);
    await record(4, minutes(2));
    expect(await open()).toEqual(['LOW_STOCK']);
    expect(await steps()).toEqual(['REORDER_DUE OPENED', 'LOW_STOCK OPENED', 'REORDER_DUE SUPERSEDED']);
    await plan(4, 30, minutes(3));
    expect(await open()).toEqual(['LOW_STOCK']);
  });

  it('planning leaves alone what it was not asked for and does not speak for', async () => {
    await record(12, noon);
    // Nobody saw that it is clear: that is for those who lock the level.
    await test.sql`update stock_level set available = 40 where organization_id = ${organizationId}`;
    await plan(40, 30, minutes(1));
    expect(await open()).toEqual(['APPROACHING']);
    expect(await steps()).toEqual(['APPROACHING OPENED']);
  });

  it('a stronger alert that comes and goes makes no weaker one flap', async () => {
    const [near, low] = [12, 4];
    await record(near, noon);
    for (const round of [1, 2, 3]) {
      await record(low, minutes(2 * round));
      await record(near, minutes(2 * round + 1));
    }
    const rows = await test.sql`
      select kind, state, reopen_count from stock_alert where organization_id = ${organizationId} order by kind`;
    expect(rows).toEqual([
      { kind: 'APPROACHING', state: 'FIRING', reopen_count: 0 },
      { kind: 'LOW_STOCK', state: 'RESOLVED', reopen_count: 2 },
    ]);
  });
});
