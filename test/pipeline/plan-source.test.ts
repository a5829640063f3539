import { afterAll, beforeAll, expect, it } from 'vitest';
import { markAllPlanDue } from '../../src/db/queries/plan-due.ts';
import { reconcileAlerts } from '../../src/pipeline/alert.ts';
import { planSteps } from '../../src/pipeline/plan-loop.ts';
import { createPlanThreads } from '../../src/pipeline/plan-threads.ts';
import type { ShopId } from '../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { buildPlanWorld, type PlanWorld } from './plan-world.ts';
import { asWorker, noon, seedShop } from './seed.ts';
import { createWorker, handClock, type Worker } from './worker.ts';

let test: TestDatabase;
let world: PlanWorld;
let worker: Worker;
let feedId: ShopId;
const clock = handClock();
const threads = createPlanThreads(0);
beforeAll(async () => {
  test = await createTestDatabase();
  world = await buildPlanWorld(test, 8);
  feedId = await seedShop(test, world.organizationId, 'wms-feed');
  await test.sql`
    update stock_level set shop_id = ${feedId}
    where organization_id = ${world.organizationId} and warehouse_id = ${world.northId}`;
  await test.sql`insert into sync_state ${test.sql({
    ...{ organization_id: world.organizationId, shop_id: feedId, stream: 'stock_levels', failed_count: 0 },
    recorded_at: noon,
  } as never)}`;
  worker = createWorker(test, () => ({}) as never, { clock });
  await asWorker(test, world.organizationId, (sql) => markAllPlanDue(sql, noon));
  await plan();
});
afterAll(() => test.drop());

const plan = () => planSteps(worker.ports, world.organizationId, threads, 50);
const judge = () => reconcileAlerts(worker.ports, world.organizationId, new Map());
const tiersOf = async () => {
  const rows = await test.sql`
    select distinct urgency_tier from level_plan
    where organization_id = ${world.organizationId} and warehouse_id = ${world.northId}`;
  return rows.map((row) => row.urgency_tier as string);
};

it('puts the levels of a source that was not read for hours above all, and back at once when it is read', async () => {
  expect(await tiersOf()).not.toContain('SOURCE');
  clock.pass(7 * 60);
  await judge();
  await plan();
  expect(await tiersOf()).toEqual(['SOURCE']);
  await test.sql`update sync_state set recorded_at = ${clock.now()} where shop_id = ${feedId}`;
  clock.pass(5);
  await judge();
  await plan();
  expect(await tiersOf()).not.toContain('SOURCE');
});

it('and those of a source that is cut off', async () => {
  await test.sql`update shop set state = 'AUTHORIZATION_EXPIRED' where shop_id = ${feedId}`;
  clock.pass(1);
  await judge();
  await plan();
  expect(await tiersOf()).toEqual(['SOURCE']);
  await test.sql`update shop set state = 'ACTIVE' where shop_id = ${feedId}`;
  await test.sql`update sync_state set recorded_at = ${clock.now()} where shop_id = ${feedId}`;
  clock.pass(1);
  await judge();
  await plan();
  expect(await tiersOf()).not.toContain('SOURCE');
});

it('and a level that its source stopped confirming', async () => {
  await test.sql`
    update stock_level set checked_at = ${new Date(clock.at.getTime() - 31 * 3_600_000)}
    where organization_id = ${world.organizationId} and warehouse_id = ${world.northId}
      and item_id = ${world.itemIds[0]!}`;
  await asWorker(test, world.organizationId, (sql) => markAllPlanDue(sql, clock.at));
  await plan();
  const rows = await test.sql`
    select item_id from level_plan
    where organization_id = ${world.organizationId} and urgency_tier = 'SOURCE'`;
  expect(rows.map((row) => row.item_id)).toEqual([world.itemIds[0]]);
});
