import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appendEvents } from '../../src/db/queries/event-append.ts';
import type { LevelKey } from '../../src/db/queries/ingest-level.ts';
import { ensureSnapshotPartitions } from '../../src/db/queries/ingest-partition.ts';
import { acceptSuspects } from '../../src/pipeline/accept-suspect.ts';
import { evaluateAlerts } from '../../src/pipeline/evaluate-alerts.ts';
import { type LevelReading, recordLevels } from '../../src/pipeline/record-levels.ts';
import { refreshIncoming } from '../../src/pipeline/refresh-incoming.ts';
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

/** The whole way of a change, as ingest and mutations go it. */
function record(readings: LevelReading[], more: { isTrusted?: boolean; zeroedBefore?: number } = {}) {
  return asWorker(test, organizationId, async (sql) => {
    const at = new Date(Math.max(...readings.map((one) => one.observedAt.getTime())));
    const recorded = await recordLevels(sql, {
      organizationId,
      readings,
      recordedAt: at,
      syncRunId: null,
      isTrusted: false,
      ...more,
    });
    const alertEvents = await evaluateAlerts(sql, { organizationId, levels: recorded.touched, at });
    const last = await appendEvents(sql, organizationId, [...recorded.events, ...alertEvents], at);
    return { ...recorded, alertEvents, last };
  });
}

const levels = () => test.sql`
  select available::float, data_state, suspect_available::float, threshold::float, threshold_origin, is_low, is_watched,
         observed_at, snapshot_observed_at
  from stock_level where organization_id = ${organizationId} order by item_id, warehouse_id`;
const snapshots = () => test.sql`
  select available::float, is_suspect, observed_at from stock_snapshot
  where organization_id = ${organizationId} order by observed_at`;
const events = () => test.sql`
  select number::int, topic, alert_kind, reason, state, previous_state, severity from event_log
  where organization_id = ${organizationId} order by number`;

describe('recordLevels', () => {
  it('stores a first reading with its snapshot, its default threshold and its event', async () => {
    await record([reading(level, '12.50', noon)]);
    expect(await levels()).toMatchObject([
      { available: 12.5, data_state: 'FRESH', threshold: 10, threshold_origin: 'DEFAULT', is_low: false },
    ]);
    expect(await snapshots()).toEqual([{ available: 12.5, is_suspect: false, observed_at: noon }]);
    expect(await events()).toMatchObject([{ number: 1, topic: 'STOCK_LEVEL' }]);
  });

  it('writes nothing the second time', async () => {
    const readings = [reading(level, 5, noon)];
    await record(readings);
    const before = [await levels(), await snapshots(), await events()];
    expect(await record(readings)).toMatchObject({ touched: [], events: [], last: null });
    expect([await levels(), await snapshots(), await events()]).toEqual(before);
  });

  it('adds no snapshot for an unchanged quantity, but moves the age', async () => {
    await record([reading(level, 50, noon)]);
    await record([reading(level, '50.0', minutes(5))]);
    expect(await snapshots()).toHaveLength(1);
    expect(await levels()).toMatchObject([{ observed_at: minutes(5), snapshot_observed_at: noon }]);
  });

  it('ignores an older reading', async () => {
    await record([reading(level, 50, minutes(5))]);
    await record([reading(level, 7, noon)]);
    expect(await levels()).toMatchObject([{ available: 50 }]);
    expect(await snapshots()).toHaveLength(1);
  });

  it('fires at the threshold, keeps until above 1.1 times it, and lets the strongest speak', async () => {
    for (const [index, available] of [11, 10, 11, 0, 12].entries()) {
      await record([reading(level, available, minutes(index))]);
    }
    const transitions = (await events()).filter((event) => event.topic === 'STOCK_ALERT');
    expect(transitions).toMatchObject([
      { alert_kind: 'APPROACHING', reason: 'OPENED', severity: 'INFO' },
      {
        alert_kind: 'LOW_STOCK',
        reason: 'OPENED',
        state: 'FIRING',
        previous_state: null,
        severity: 'WARNING',
      },
      { alert_kind: 'APPROACHING', reason: 'SUPERSEDED', state: 'RESOLVED' },
      { alert_kind: 'OUT_OF_STOCK', reason: 'OPENED', state: 'FIRING', severity: 'CRITICAL' },
      { alert_kind: 'LOW_STOCK', reason: 'SUPERSEDED', previous_state: 'FIRING', state: 'RESOLVED' },
      { alert_kind: 'OUT_OF_STOCK', reason: 'RESOLVED' },
      { alert_kind: 'APPROACHING', reason: 'REOPENED', state: 'FIRING' },
    ]);
    expect(
      await test.sql`
        select state, resolved_at from stock_alert
        where organization_id = ${organizationId} and kind = 'LOW_STOCK'`,
    ).toEqual([{ state: 'RESOLVED', resolved_at: minutes(3) }]);
    const told = await test.sql`
      select o.event_number::int from outbox o join event_log e
        on e.organization_id = o.organization_id and e.number = o.event_number and e.topic = 'STOCK_ALERT'
      where o.organization_id = ${organizationId} order by 1`;
    expect(told.map((row) => row.event_number)).toEqual(transitions.map((event) => event.number));
  });

  it('opens an alert once when sixteen transactions see the same low level', async () => {
    await record([reading(level, 50, noon)]);
    await Promise.all(
      Array.from({ length: 16 }, (_, index) => record([reading(level, 3, minutes(1 + index))])),
    );
    expect(
      await test.sql`select state from stock_alert where organization_id = ${organizationId}`,
    ).toHaveLength(1);
    expect((await events()).filter((event) => event.topic === 'STOCK_ALERT')).toHaveLength(1);
    const numbers = (await events()).map((event) => event.number);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  it('stops watching a pool once the item lies in a warehouse, and ends its alert', async () => {
    const shopId = await seedShop(test, organizationId);
    const pool = {
      itemId: level.itemId,
      warehouseId: await seedWarehouse(test, organizationId, 'POOL', shopId),
    };
    await record([reading(pool, 3, noon)]);
    expect(await levels()).toMatchObject([{ is_watched: true, is_low: true }]);
    const { alertEvents } = await record([reading(level, 80, minutes(1))]);
    expect(alertEvents).toMatchObject([
      { alertKind: 'LOW_STOCK', reason: 'RESOLVED', warehouseId: pool.warehouseId },
      // The channel offers less than lies there: told when it lasts.
      { alertKind: 'LISTING_MISMATCH', reason: 'PENDING', warehouseId: pool.warehouseId },
    ]);
    const later = await record([reading(pool, 2, minutes(2))]);
    expect(later.alertEvents).toEqual([]);
  });

  it('rebuilds the touched hours', async () => {
    await record([reading(level, 10, noon)]);
    await record([reading(level, 0, minutes(30))]);
    await record([reading(level, 7, minutes(45))]);
    expect(
      await test.sql`
        select hour_at, open::int, low::int, high::int, close::int, out_of_stock_minutes from stock_rollup_hourly
        where organization_id = ${organizationId}`,
    ).toEqual([{ hour_at: noon, open: 10, low: 0, high: 10, close: 7, out_of_stock_minutes: 15 }]);
  });
});

describe('implausible readings', () => {
  let three: LevelKey[];
  beforeEach(async () => {
    const others = await Promise.all(['B', 'C'].map((sku) => seedItem(test, organizationId, sku)));
    three = [level, ...others.map((itemId) => ({ itemId, warehouseId: level.warehouseId }))];
    await record(three.map((key) => reading(key, 40, noon)));
  });

  it('keeps a page of zeros aside: nothing fires', async () => {
    const { suspects, alertEvents, zeroedCount } = await record(
      three.map((key) => reading(key, 0, minutes(5))),
    );
    expect(suspects).toHaveLength(3);
    expect(zeroedCount).toBe(3);
    expect(alertEvents).toEqual([]);
    expect(await levels()).toMatchObject(
      three.map(() => ({
        available: 40,
        data_state: 'SUSPECT',
        suspect_available: 0,
        snapshot_observed_at: noon,
      })),
    );
  });

  it('does not believe a second zero that no order explains, alone or together', async () => {
    await record(three.map((key) => reading(key, 0, minutes(5))));
    const { suspects, alertEvents } = await record([reading(level, 0, minutes(6))]);
    expect({ suspects: suspects.length, alertEvents }).toEqual({ suspects: 1, alertEvents: [] });
    expect((await levels()).every((row) => row.data_state === 'SUSPECT')).toBe(true);
  });

  it('believes a second zero that orders explain', async () => {
    await record(three.map((key) => reading(key, 0, minutes(5))));
    const shopId = await seedShop(test, organizationId);
    await test.sql`
      insert into sales_order (organization_id, shop_id, order_id, status, ordered_at, modified_at, observed_at, recorded_at)
      values (${organizationId}, ${shopId}, '1', 'waitsellersend', ${minutes(4)}, ${minutes(4)}, ${minutes(4)}, ${minutes(4)})`;
    await test.sql`
      insert into sales_order_line (organization_id, shop_id, order_id, line_id, product_id, spec_id, item_id, quantity,
        item_units, ordered_at, observed_at, recorded_at)
      values (${organizationId}, ${shopId}, '1', '1', 'p', '', ${level.itemId}, 38, 38, ${minutes(4)}, ${minutes(4)}, ${minutes(4)})`;
    const { alertEvents } = await record([reading(level, 0, minutes(6))]);
    expect(alertEvents).toMatchObject([{ reason: 'OPENED', severity: 'CRITICAL' }]);
    expect((await levels()).filter((row) => row.data_state === 'SUSPECT')).toHaveLength(2);
  });

  it('goes back to normal with a plausible reading', async () => {
    await record(three.map((key) => reading(key, 0, minutes(5))));
    await record(three.map((key) => reading(key, 38, minutes(6))));
    expect(await levels()).toMatchObject(
      three.map(() => ({ available: 38, data_state: 'FRESH', suspect_available: null })),
    );
  });

  it('holds back a level 20 times above its 90-day maximum, not one at it', async () => {
    const later = (count: number) => minutes(10 * 24 * 60 + count);
    await ensureSnapshotPartitions(test.db, 'worker', [later(0)]);
    expect(await record([reading(level, 800, later(1))])).toMatchObject({ suspects: [] });
    expect(await record([reading(level, 16_001, later(2))])).toMatchObject({ suspects: [level] });
  });

  it('lets a shelf that was nearly empty at the first look be filled', async () => {
    const fresh = { ...level, itemId: await seedItem(test, organizationId, 'FRESH') };
    await record([reading(fresh, 2, noon)]);
    expect(await record([reading(fresh, 900, minutes(1))])).toMatchObject({ suspects: [] });
    expect(await record([reading(three[1]!, 1001, minutes(1))])).toMatchObject({ suspects: [three[1]] });
  });

  it('counts what fell to zero earlier in the pass', async () => {
    expect(await record([reading(level, 0, minutes(1))], { zeroedBefore: 20 })).toMatchObject({
      suspects: [level],
    });
    expect(await record([reading(three[1]!, 0, minutes(1))], { zeroedBefore: 19 })).toMatchObject({
      suspects: [],
    });
  });

  it('takes the doubted value when an operator accepts it, once', async () => {
    await record(three.map((key) => reading(key, 0, minutes(5))));
    const accept = () =>
      asWorker(test, organizationId, async (sql) => {
        const recordedAt = minutes(20);
        const accepted = await acceptSuspects(sql, { organizationId, levels: three, recordedAt });
        const alerts = await evaluateAlerts(sql, {
          organizationId,
          levels: accepted.touched,
          at: recordedAt,
        });
        await appendEvents(sql, organizationId, [...accepted.events, ...alerts], recordedAt);
        return alerts.length;
      });
    expect(await accept()).toBe(3);
    expect(await levels()).toMatchObject(
      three.map(() => ({ available: 0, data_state: 'FRESH', is_low: true })),
    );
    expect(await accept()).toBe(0);
    // The source's own next reading still counts.
    await record([reading(level, 33, minutes(6))]);
    expect((await levels()).filter((row) => row.available === 33)).toHaveLength(1);
  });

  it('notes what is on its way now, though the month of the last snapshot is gone', async () => {
    const old = new Date('2021-04-15T00:00:00Z');
    await test.sql`
      update stock_level set incoming = 5, observed_at = ${old}, snapshot_observed_at = ${old}
      where organization_id = ${organizationId} and item_id = ${level.itemId}`;
    const events = await asWorker(test, organizationId, (sql) =>
      refreshIncoming(sql, { organizationId, levels: [level], recordedAt: minutes(9), syncRunId: null }),
    );
    expect(events).toMatchObject([{ snapshotObservedAt: minutes(9) }]);
    // A reading that was under way meanwhile still counts.
    await record([reading(level, 33, minutes(8))]);
    expect((await levels()).filter((row) => row.available === 33)).toHaveLength(1);
  });

  it('trusts a person, who also ends a doubt', async () => {
    await record(three.map((key) => reading(key, 0, minutes(5))));
    const { alertEvents } = await record(
      three.map((key) => reading(key, 0, minutes(6), { source: 'MUTATION' })),
      { isTrusted: true },
    );
    expect(alertEvents).toHaveLength(3);
  });
});
