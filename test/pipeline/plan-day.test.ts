import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { markDemandOfItems } from '../../src/db/queries/demand-mark.ts';
import { linkListing } from '../../src/db/queries/listing-link.ts';
import { markPlanDue } from '../../src/db/queries/plan-due.ts';
import { loadLevelsOf } from '../../src/db/queries/plan-known-save.ts';
import { withOrganization } from '../../src/db/tenant.ts';
import { collectLevelFlags } from '../../src/domain/plan/level-flags.ts';
import { refreshDemand } from '../../src/pipeline/demand.ts';
import { planSteps } from '../../src/pipeline/plan-loop.ts';
import { createPlanThreads } from '../../src/pipeline/plan-threads.ts';
import type { ItemId, OrganizationId } from '../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { FakeMarketplace } from './fake-marketplace.ts';
import { asWorker, minutes, noon, seedOrganization, seedShop } from './seed.ts';
import { createWorker, type Worker } from './worker.ts';

const dayMinutes = 24 * 60;
/** Minutes from {@link noon} to the next midnight in Shanghai. */
const toMidnight = 12 * 60;
const threads = createPlanThreads(0);
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
  shop.list('p1', 500);
  for (let ago = 60; ago >= 1; ago -= 1) shop.order(`o${ago}`, minutes(-ago * dayMinutes), 'p1', 4);
  await read();
  await plan();
});

async function read(): Promise<void> {
  await worker.pollAll();
  while (await refreshDemand(worker.ports, organizationId));
}
const plan = () => planSteps(worker.ports, organizationId, threads, 50);
const level = async () => {
  const [row] = await test.sql`
    select p.inputs, to_char(p.planned_on, 'YYYY-MM-DD') as day, to_char(f.first_on, 'YYYY-MM-DD') as first_on,
           f.flags, f.units_per_day::float, r.is_daily_late
    from level_plan p join level_forecast f using (organization_id, item_id, warehouse_id)
    join plan_progress r using (organization_id) where p.organization_id = ${organizationId}`;
  return row!;
};
const flags = async () => collectLevelFlags((await level()).inputs, 'SELLING', []);
const due = () => test.sql`select is_forecast_due from plan_due where organization_id = ${organizationId}`;

describe('the daily round', () => {
  it('waits until the orders of the day before are read', async () => {
    expect(await level()).toMatchObject({ day: '2026-03-10', first_on: '2026-03-10' });
    worker.clock.pass(toMidnight + 5);
    expect(await plan()).toBe(false);
    expect(await level()).toMatchObject({ day: '2026-03-10' });
    shop.order('last', minutes(toMidnight - 1), 'p1', 9);
    await read();
    expect(await plan()).toBe(true);
    expect(await level()).toMatchObject({ day: '2026-03-11', first_on: '2026-03-11', is_daily_late: false });
    expect(await flags()).not.toContain('DEMAND_STALE');
    expect(await plan()).toBe(false);
  });

  it('goes on without them after an hour, says so, and comes again when they are read', async () => {
    worker.clock.pass(toMidnight + 61);
    expect(await plan()).toBe(true);
    expect(await level()).toMatchObject({ day: '2026-03-11', first_on: '2026-03-10', is_daily_late: true });
    expect(await flags()).toContain('DEMAND_STALE');
    expect(await plan()).toBe(false);
    await read();
    expect(await plan()).toBe(true);
    expect(await level()).toMatchObject({ day: '2026-03-11', first_on: '2026-03-11', is_daily_late: false });
    expect(await flags()).not.toContain('DEMAND_STALE');
    expect(await plan()).toBe(false);
  });

  it('does not take a day that was not read for one on which everybody stood still', async () => {
    await test.sql`update demand_daily set units = 40 where organization_id = ${organizationId}`;
    worker.clock.pass(3 * dayMinutes);
    await plan();
    const [group] = await test.sql`
      select factors -> 'closedDays' as closed from group_factor where organization_id = ${organizationId}`;
    expect(group!.closed).toEqual([]);
  });

  it('does not wait for a shop that is not connected', async () => {
    await test.sql`update shop set state = 'DISCONNECTED' where organization_id = ${organizationId}`;
    worker.clock.pass(toMidnight + 5);
    expect(await plan()).toBe(true);
    expect(await level()).toMatchObject({ day: '2026-03-11', is_daily_late: true });
  });
});

describe('a market index', () => {
  it('that came some days ago holds, whatever else is planned with it', async () => {
    await test.sql`update item set category = 'cups' where organization_id = ${organizationId}`;
    await test.sql`
      insert into market_index (organization_id, category, day, factor, source, observed_at, recorded_at)
      values (${organizationId}, 'cups', '2026-02-28', 1.5, 'somebody', ${noon}, ${noon})`;
    const before = await level();
    await asWorker(test, organizationId, async (sql) => {
      await markPlanDue(sql, await loadLevelsOf(sql, { categories: ['cups'] }), true, noon);
    });
    await plan();
    expect((await level()).flags).toContain('MARKET_INDEX');
    expect((await level()).units_per_day).toBeCloseTo(1.5 * before.units_per_day, 1);
  });
});

describe('goods that are no longer offered', () => {
  it('are said to be, and the days since then do not count as days without demand', async () => {
    const before = await level();
    expect(await flags()).not.toContain('DELISTED');
    shop.order('o0', minutes(1), 'p1', 4, { modifiedAt: minutes(1) });
    shop.list('p1', 500, { status: 'member deleted', modifiedAt: minutes(1) });
    for (let day = 0; day < 3; day += 1) {
      worker.clock.pass(dayMinutes);
      await read();
      await plan();
    }
    expect(await flags()).toContain('DELISTED');
    const after = await level();
    expect(after.inputs.available).toBe('0');
    expect(after.units_per_day).toBeCloseTo(before.units_per_day, 1);
    shop.list('p1', 300, { modifiedAt: minutes(4 * dayMinutes) });
    worker.clock.pass(dayMinutes);
    await read();
    await plan();
    expect(await flags()).not.toContain('DELISTED');
  });
});

describe('goods on their way', () => {
  it('that nobody dated come a day nearer every day', async () => {
    const dueDays: number[] = [];
    for (let day = 0; day < 3; day += 1) {
      worker.clock.pass(dayMinutes);
      await read();
      await test.sql`
        update stock_level set incoming = 30, is_incoming_reported = true
        where organization_id = ${organizationId}`;
      await plan();
      const { shipments } = (await level()).inputs;
      expect(shipments).toHaveLength(1);
      dueDays.push(shipments[0].dueDay);
    }
    expect(dueDays).toEqual([15, 14, 13]);
  });

  it('are due on the warehouse’s own day, also where the clocks change', async () => {
    await test.sql`
      update warehouse set time_zone = 'America/New_York' where organization_id = ${organizationId}`;
    const [pool] = await test.sql`
      select item_id, warehouse_id from stock_level where organization_id = ${organizationId}`;
    await test.sql`
      insert into inbound_shipment (organization_id, inbound_shipment_id, external_id, warehouse_id, status,
        ordered_at, expected_at, modified_at, observed_at, recorded_at)
      select ${organizationId}, gen_random_uuid(), n::text, ${pool!.warehouse_id}, 'ORDERED', ${noon}, at,
        ${noon}, ${noon}, ${noon}
      from unnest(array['2026-03-10 23:30', '2026-11-04 23:30', '2026-11-05 00:30']) with ordinality as t(local, n),
        lateral (select local::timestamp at time zone 'America/New_York' as at) a`;
    await test.sql`
      insert into inbound_shipment_line (organization_id, inbound_shipment_id, line_id, item_id, quantity, recorded_at)
      select organization_id, inbound_shipment_id, '1', ${pool!.item_id}, external_id::numeric, ${noon}
      from inbound_shipment where organization_id = ${organizationId}`;
    // 2026-03-10 in New York still, after its clocks went forward and before they go back.
    worker.clock.pass(dayMinutes);
    await read();
    await plan();
    const { shipments, plannedDay } = (await level()).inputs;
    const days = (shipments as { units: number; dueDay: number }[]).toSorted((a, b) => a.units - b.units);
    const of = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000 - plannedDay + 1;
    expect(days.map(({ dueDay }) => dueDay)).toEqual(['2026-03-10', '2026-11-04', '2026-11-05'].map(of));
  });
});

describe('demand of past days', () => {
  it('that comes late is forecast from, and a day counted again without a change is not', async () => {
    const before = await level();
    shop.order('late', minutes(-2 * dayMinutes), 'p1', 40, { modifiedAt: minutes(1) });
    worker.clock.pass(6);
    await read();
    expect(await due()).toEqual([{ is_forecast_due: true }]);
    expect(await plan()).toBe(true);
    expect((await level()).units_per_day).toBeGreaterThan(before.units_per_day);
    // Somebody pays: the order changed, the demand did not.
    shop.order('late', minutes(-2 * dayMinutes), 'p1', 40, { status: 'success', modifiedAt: minutes(7) });
    worker.clock.pass(6);
    await worker.pollAll();
    expect(
      await test.sql`select from demand_dirty where organization_id = ${organizationId}`,
    ).not.toHaveLength(0);
    await read();
    expect(await due()).toEqual([]);
  });

  it('is counted and forecast anew when a pack turns out to hold three pieces', async () => {
    const before = await level();
    await withOrganization(test.db, 'app', organizationId, async (sql) => {
      const [offer] = await sql<{ listing_id: string; item_id: ItemId }[]>`select * from listing`;
      await linkListing(sql, offer!.listing_id, offer!.item_id, '3', minutes(1));
      await markDemandOfItems(sql, organizationId, [offer!.item_id], minutes(1));
    });
    while (await refreshDemand(worker.ports, organizationId));
    await plan();
    expect((await level()).units_per_day).toBeCloseTo(3 * before.units_per_day, 2);
  });

  it('of one customer, many times a usual day, is cut for the level', async () => {
    const bulkOn = minutes(-20 * dayMinutes);
    for (let ago = 61; ago <= 150; ago += 1) {
      shop.order(`o${ago}`, minutes(-ago * dayMinutes), 'p1', 4, { modifiedAt: minutes(1) });
    }
    for (let k = 0; k < 4; k += 1) shop.order(`b${k}`, bulkOn, 'p1', 500, { modifiedAt: minutes(1) });
    worker.clock.pass(6);
    await read();
    await plan();
    const many = await level();
    expect(many.flags).not.toContain('OUTLIER_CLIPPED');
    for (let k = 1; k < 4; k += 1) {
      shop.order(`b${k}`, bulkOn, 'p1', 500, { status: 'cancel', modifiedAt: minutes(7) });
    }
    shop.order('b0', bulkOn, 'p1', 2_000, { modifiedAt: minutes(7) });
    worker.clock.pass(6);
    await read();
    await plan();
    const one = await level();
    expect(one.flags).toContain('OUTLIER_CLIPPED');
    expect(one.units_per_day).toBeLessThan(many.units_per_day);
    expect(
      await test.sql`
        select units::float, largest_order_units::float from demand_daily
        where organization_id = ${organizationId} and units > 100`,
    ).toEqual([{ units: 2_004, largest_order_units: 2_000 }]);
  });
});
