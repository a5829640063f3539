import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/db/client.ts';
import { startPlanner } from '../../src/pipeline/plan-loop.ts';
import { startStages } from '../../src/pipeline/stages.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { buildPlanWorld, type PlanWorld } from './plan-world.ts';
import { noon } from './seed.ts';
import { createWorker } from './worker.ts';

/** Levels of which the thresholds' round takes three steps. */
const levelCount = 4_500;

let test: TestDatabase;
let world: PlanWorld;
beforeAll(async () => {
  test = await createTestDatabase();
  world = await buildPlanWorld(test, 6);
});
afterAll(() => test.drop());

/** Stops a loop when it begins its transaction of that number; how many it began until it had stopped. */
async function countBegun(
  stopAt: number,
  start: (db: Database) => { stop(): Promise<void> },
): Promise<number> {
  let begun = 0;
  const stopped = Promise.withResolvers<void>();
  const db: Database = {
    ...test.db,
    transaction(...given) {
      begun += 1;
      if (begun === stopAt) running.stop().then(stopped.resolve, stopped.reject);
      return test.db.transaction(...given);
    },
  };
  const running = start(db);
  await stopped.promise;
  return begun;
}

it('ends planning with the step under way', async () => {
  for (let stopAt = 2; stopAt <= 16; stopAt += 1) {
    await test.sql`update plan_progress set daily_on = null where organization_id = ${world.organizationId}`;
    const begun = await countBegun(stopAt, (db) =>
      startPlanner(
        createWorker({ ...test, db }, () => ({}) as never, { settings: { stageEveryMs: 10 } }).ports,
        0,
      ),
    );
    // What was read and computed is written, too.
    expect(begun - stopAt).toBeLessThanOrEqual(1);
  }
});

it('ends the other stages with the step under way', async () => {
  await test.sql`
    with made as (
      insert into item (organization_id, item_id, sku, title, observed_at, recorded_at)
      select ${world.organizationId}::uuid, gen_random_uuid(), 'more ' || n, 'more', ${noon}, ${noon}
      from generate_series(1, ${levelCount}::integer) n
      returning organization_id, item_id
    )
    insert into stock_level (organization_id, item_id, warehouse_id, available, source, observed_at, recorded_at,
                             checked_at, snapshot_observed_at)
    select organization_id, item_id, ${world.northId}, 5, 'POLL', ${noon}, ${noon}, ${noon}, ${noon} from made`;
  // Four transactions turn partitions and one lists organizations; the sixth counts demand, three take thresholds.
  for (const stopAt of [6, 7]) {
    const begun = await countBegun(stopAt, (db) =>
      startStages(
        createWorker({ ...test, db }, () => ({}) as never, { settings: { stageEveryMs: 10 } }).ports,
      ),
    );
    expect(begun - stopAt).toBeLessThanOrEqual(1);
  }
});
