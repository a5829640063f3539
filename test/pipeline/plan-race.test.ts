import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendEvents } from '../../src/db/queries/event-append.ts';
import type { LevelKey } from '../../src/db/queries/ingest-level.ts';
import { markAllPlanDue, markPlanDue } from '../../src/db/queries/plan-due.ts';
import { savePolicy } from '../../src/db/queries/policy.ts';
import { withOrganization } from '../../src/db/tenant.ts';
import { runLevelJobs } from '../../src/domain/plan/level-job.ts';
import { planChangedLevels, planDueLevels } from '../../src/pipeline/plan.ts';
import { planSteps } from '../../src/pipeline/plan-loop.ts';
import type { PlanThreads } from '../../src/pipeline/plan-threads.ts';
import { recordLevels } from '../../src/pipeline/record-levels.ts';
import { recomputeThresholds, refreshThresholds } from '../../src/pipeline/refresh-thresholds.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { buildPlanWorld, type PlanWorld } from './plan-world.ts';
import { asWorker, noon, reading } from './seed.ts';
import { createWorker, handClock, type Worker } from './worker.ts';

let test: TestDatabase;
let world: PlanWorld;
let worker: Worker;
const inline = threadsWith(async () => {});
beforeAll(async () => {
  test = await createTestDatabase();
  world = await buildPlanWorld(test, 12);
  worker = createWorker(test, () => ({}) as never, { clock: handClock() });
  await asWorker(test, world.organizationId, (sql) => markAllPlanDue(sql, noon));
  await planSteps(worker.ports, world.organizationId, inline, 50);
});
afterAll(() => test.drop());

/** Computes as usual, after something else has happened in the world. */
function threadsWith(meanwhile: () => Promise<void>): PlanThreads {
  return {
    async run(jobs) {
      await meanwhile();
      return runLevelJobs(jobs);
    },
    stop: async () => {},
  };
}

const keyOf = (i: number): LevelKey => ({ itemId: world.itemIds[i]!, warehouseId: world.northId });
const levelOf = async (i: number) => {
  const [row] = await test.sql`
    select l.threshold::float, l.threshold_origin, p.safety_stock::float, p.service_level, p.computed_at,
           p.stock_out_probability, p.inputs ->> 'available' as planned_with, l.available
    from stock_level l join level_plan p using (organization_id, item_id, warehouse_id)
    where l.organization_id = ${world.organizationId} and l.item_id = ${world.itemIds[i]!}
      and l.warehouse_id = ${world.northId}`;
  return row!;
};
const mark = (i: number) =>
  asWorker(test, world.organizationId, (sql) => markPlanDue(sql, [keyOf(i)], false, noon));
/** What the API does when somebody sets a policy. */
const setPolicy = (i: number, settings: Parameters<typeof savePolicy>[3]) =>
  withOrganization(test.db, 'app', world.organizationId, async (sql) => {
    const scope = { ...keyOf(i), category: null, supplierName: null };
    await savePolicy(sql, world.organizationId, scope, settings, noon);
    await refreshThresholds(sql, [keyOf(i)], noon);
  });
const isMarked = async (i: number) => {
  const rows = await test.sql`
    select from plan_due where organization_id = ${world.organizationId} and item_id = ${world.itemIds[i]!}`;
  return rows.length > 0;
};
const setStock = (i: number, units: number) =>
  asWorker(test, world.organizationId, async (sql) => {
    const recorded = await recordLevels(sql, {
      ...{ organizationId: world.organizationId, recordedAt: noon, syncRunId: null, isTrusted: true },
      readings: [reading(keyOf(i), units, noon)],
    });
    await appendEvents(sql, world.organizationId, recorded.events, noon);
  });

describe('what happens while levels are computed', () => {
  it('an override that is set meanwhile stays, and is planned with next', async () => {
    await mark(5);
    const step = await planDueLevels(
      worker.ports,
      world.organizationId,
      threadsWith(() => setPolicy(5, { safetyStock: '77' })),
    );
    // What was computed without it is written, but not over it.
    expect(step.plannedCount).toBe(1);
    expect(await levelOf(5)).toMatchObject({ threshold: 77, threshold_origin: 'OVERRIDE' });
    expect(await isMarked(5)).toBe(true);
    await planSteps(worker.ports, world.organizationId, inline, 50);
    expect(await levelOf(5)).toMatchObject({ threshold: 77, safety_stock: 77 });
    expect(await isMarked(5)).toBe(false);
  });

  it('a threshold that new demand gives meanwhile makes way for the plan’s, which explains it', async () => {
    await test.sql`
      delete from level_plan
      where organization_id = ${world.organizationId} and item_id = ${world.itemIds[10]!}`;
    await test.sql`
      update stock_level set threshold = 10, threshold_origin = 'DEFAULT'
      where organization_id = ${world.organizationId} and item_id = ${world.itemIds[10]!}`;
    await mark(10);
    await planDueLevels(
      worker.ports,
      world.organizationId,
      threadsWith(async () => {
        await asWorker(test, world.organizationId, (sql) => recomputeThresholds(sql, [keyOf(10)], noon));
      }),
    );
    const planned = await levelOf(10);
    expect(planned.threshold_origin).toBe('COMPUTED');
    expect(planned.threshold).toBe(planned.safety_stock);
    expect(await isMarked(10)).toBe(false);
  });

  it('a threshold stays as planned where planning found too little to compute from', async () => {
    await test.sql`
      update level_plan set safety_stock = 10, safety_stock_origin = 'DEFAULT'
      where organization_id = ${world.organizationId} and item_id = ${world.itemIds[10]!}`;
    await asWorker(test, world.organizationId, (sql) => recomputeThresholds(sql, [keyOf(10)], noon));
    expect(await levelOf(10)).toMatchObject({ threshold: 10, threshold_origin: 'DEFAULT' });
  });

  it('an override stays on the cheap path too, whose levels bear no mark', async () => {
    await setStock(6, 21);
    const step = await planChangedLevels(
      worker.ports,
      world.organizationId,
      threadsWith(() => setPolicy(6, { safetyStock: '78' })),
    );
    expect(step.plannedCount).toBe(1);
    expect(await levelOf(6)).toMatchObject({ threshold: 78, threshold_origin: 'OVERRIDE' });
    await planSteps(worker.ports, world.organizationId, inline, 50);
    expect(await levelOf(6)).toMatchObject({ threshold: 78, safety_stock: 78 });
  });

  it('a service level that is set meanwhile is planned with next', async () => {
    await mark(7);
    await planDueLevels(
      worker.ports,
      world.organizationId,
      threadsWith(() => setPolicy(7, { serviceLevel: '0.9' })),
    );
    expect((await levelOf(7)).service_level).not.toBe(0.9);
    await planSteps(worker.ports, world.organizationId, inline, 50);
    expect((await levelOf(7)).service_level).toBe(0.9);
  });

  it('a level that is marked again and again is planned all the same', async () => {
    await mark(11);
    const before = await levelOf(11);
    worker.clock.pass(1);
    const step = await planDueLevels(
      worker.ports,
      world.organizationId,
      threadsWith(() => mark(11)),
    );
    expect(step.plannedCount).toBe(1);
    expect((await levelOf(11)).computed_at > before.computed_at).toBe(true);
    expect(await isMarked(11)).toBe(true);
    await planSteps(worker.ports, world.organizationId, inline, 50);
    expect(await isMarked(11)).toBe(false);
  });

  it('stock that changes meanwhile is planned with next, by its event', async () => {
    await mark(8);
    await planDueLevels(
      worker.ports,
      world.organizationId,
      threadsWith(() => setStock(8, 3)),
    );
    expect((await levelOf(8)).planned_with).not.toBe('3');
    await planSteps(worker.ports, world.organizationId, inline, 50);
    expect(await levelOf(8)).toMatchObject({ available: '3', planned_with: '3' });
  });

  it('of two workers that compute the same, one writes', async () => {
    await mark(9);
    let inner = 0;
    const outer = await planDueLevels(
      worker.ports,
      world.organizationId,
      threadsWith(async () => {
        inner = (await planDueLevels(worker.ports, world.organizationId, inline)).plannedCount;
      }),
    );
    expect([inner, outer.plannedCount]).toEqual([1, 0]);
    await setStock(9, 17);
    const late = await planChangedLevels(
      worker.ports,
      world.organizationId,
      threadsWith(async () => {
        inner = (await planChangedLevels(worker.ports, world.organizationId, inline)).plannedCount;
      }),
    );
    expect([inner, late.plannedCount]).toEqual([1, 0]);
    expect((await levelOf(9)).planned_with).toBe('17');
  });

  it('a level that another worker planned from less meanwhile is planned once more', async () => {
    await asWorker(test, world.organizationId, (sql) => markPlanDue(sql, [keyOf(10)], true, noon));
    const step = await planDueLevels(
      worker.ports,
      world.organizationId,
      threadsWith(async () => {
        await setStock(10, 11);
        await planChangedLevels(worker.ports, world.organizationId, inline);
      }),
    );
    expect(step.plannedCount).toBe(0);
    const [mark] = await test.sql`
      select is_forecast_due from plan_due where organization_id = ${world.organizationId}
        and item_id = ${world.itemIds[10]!}`;
    expect(mark).toEqual({ is_forecast_due: true });
    await planSteps(worker.ports, world.organizationId, inline, 50);
    expect(await isMarked(10)).toBe(false);
    expect((await levelOf(10)).planned_with).toBe('11');
  });
});
