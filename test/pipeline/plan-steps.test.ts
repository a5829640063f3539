import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markAllPlanDue, saveMarkedTo } from '../../src/db/queries/plan-due.ts';
import { beginPlanDay } from '../../src/pipeline/plan-day.ts';
import { planSteps } from '../../src/pipeline/plan-loop.ts';
import { summarizePlans } from '../../src/pipeline/plan-summary.ts';
import { createPlanThreads } from '../../src/pipeline/plan-threads.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { buildPlanWorld, type PlanWorld } from './plan-world.ts';
import { asWorker, noon } from './seed.ts';
import { createWorker, handClock, type Worker } from './worker.ts';

let test: TestDatabase;
let world: PlanWorld;
let worker: Worker;
const clock = handClock();
const threads = createPlanThreads(0);
beforeAll(async () => {
  test = await createTestDatabase();
  world = await buildPlanWorld(test, 6);
  worker = createWorker(test, () => ({}) as never, { clock });
});
afterAll(() => test.drop());

const due = async () =>
  (
    await test.sql`
      select item_id || '/' || warehouse_id as key from plan_due
      where organization_id = ${world.organizationId} order by item_id, warehouse_id`
  ).map((row) => row.key as string);
const levels = async () =>
  (
    await test.sql`
      select item_id || '/' || warehouse_id as key from stock_level
      where organization_id = ${world.organizationId} order by item_id, warehouse_id`
  ).map((row) => row.key as string);
const forget = () => test.sql`delete from plan_due where organization_id = ${world.organizationId}`;

describe('the daily round', () => {
  it('marks some levels after the others, each once', async () => {
    const all = await levels();
    const mark = (after: string) =>
      asWorker(test, world.organizationId, (sql) => markAllPlanDue(sql, noon, after, 5));
    const first = await mark('');
    expect(first).toBe(all[4]);
    expect(await due()).toEqual(all.slice(0, 5));
    const second = await mark(first!);
    expect(second).toBe(all[9]);
    expect(await mark(second!)).toBeNull();
    expect(await due()).toEqual(all);
    await forget();
  });

  it('goes on where it was interrupted', async () => {
    await beginPlanDay(worker.ports, world.organizationId);
    const all = await levels();
    expect(await due()).toEqual(all);
    const groups = () => test.sql`
      select warehouse_id, computed_at from group_factor where organization_id = ${world.organizationId}
      order by warehouse_id, category`;
    const factors = await groups();
    expect(new Set(factors.map((row) => row.warehouse_id)).size).toBe(2);
    await forget();
    await asWorker(test, world.organizationId, (sql) => saveMarkedTo(sql, { stage: 'LEVEL', last: all[7]! }));
    await beginPlanDay(worker.ports, world.organizationId);
    expect(await due()).toEqual(all.slice(8));
    expect(await groups()).toEqual(factors);
    await forget();
    await beginPlanDay(worker.ports, world.organizationId);
    expect(await due()).toEqual([]);
  });
});

describe('a summary', () => {
  const computed = async () =>
    new Map(
      (
        await test.sql`select item_id, computed_at from item_plan where organization_id = ${world.organizationId}`
      ).map((row) => [row.item_id as string, (row.computed_at as Date).getTime()]),
    );
  const waiting = () => test.sql`select 1 from plan_sum_due where organization_id = ${world.organizationId}`;
  const falsify = () => test.sql`
    update item_plan set stock_value = 1 where organization_id = ${world.organizationId}`;

  it('sums up only items of which a plan was written, and those from before their parts were kept', async () => {
    await asWorker(test, world.organizationId, (sql) => markAllPlanDue(sql, noon));
    await planSteps(worker.ports, world.organizationId, threads, 50);
    expect(await waiting()).toHaveLength(6);
    expect(await summarizePlans(worker.ports, world.organizationId)).toBe(true);
    expect(await waiting()).toHaveLength(0);
    const before = await computed();
    expect(before.size).toBe(6);
    await falsify();
    await test.sql`
      update item_plan set recorded_count = null
      where organization_id = ${world.organizationId} and item_id = ${world.itemIds[1]!}`;
    await test.sql`
      insert into plan_due (organization_id, item_id, warehouse_id, is_forecast_due, marked_at)
      values (${world.organizationId}, ${world.itemIds[4]!}, ${world.northId}, false, ${noon})`;
    clock.pass(1);
    await planSteps(worker.ports, world.organizationId, threads, 50);
    await summarizePlans(worker.ports, world.organizationId);
    const after = await computed();
    const changed = [...after].filter(([itemId, at]) => before.get(itemId) !== at).map(([itemId]) => itemId);
    expect(changed.sort()).toEqual([world.itemIds[1], world.itemIds[4]]);
  });

  it('ranks again after an interruption', async () => {
    await test.sql`
      update item_plan set abc_class = null where organization_id = ${world.organizationId}`;
    await test.sql`
      update plan_progress set summarized_at = null where organization_id = ${world.organizationId}`;
    await summarizePlans(worker.ports, world.organizationId);
    const rows = await test.sql`
      select abc_class from item_plan where organization_id = ${world.organizationId} and ranked_value > 0`;
    expect(rows.length).toBeGreaterThan(3);
    for (const row of rows) expect(row.abc_class).not.toBeNull();
  });
});
