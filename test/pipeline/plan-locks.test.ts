import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sql } from '../../src/db/connection.ts';
import { appendEvents } from '../../src/db/queries/event-append.ts';
import type { LevelKey } from '../../src/db/queries/ingest-level.ts';
import { markAllPlanDue, markPlanDue } from '../../src/db/queries/plan-due.ts';
import {
  lockSuggestion,
  lockSuggestionsOf,
  removePlannedLine,
} from '../../src/db/queries/suggestion-decide.ts';
import { markSuggestionsDue } from '../../src/db/queries/suggestion-due.ts';
import { releaseReadings } from '../../src/db/queries/suggestion-guard.ts';
import { runLevelJobs } from '../../src/domain/plan/level-job.ts';
import { planChangedLevels } from '../../src/pipeline/plan.ts';
import { planSteps } from '../../src/pipeline/plan-loop.ts';
import type { PlanThreads } from '../../src/pipeline/plan-threads.ts';
import { recordLevels } from '../../src/pipeline/record-levels.ts';
import { suggestSteps } from '../../src/pipeline/suggest.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { buildPlanWorld, type PlanWorld } from './plan-world.ts';
import { asWorker, reading } from './seed.ts';
import { createWorker, handClock, type Worker } from './worker.ts';

// Each test closes half of a circle: somebody holds what the stage wants next, and then wants what the stage must not
// have taken yet. In any other order of locks one of the two is given up, which is run again and so is seen nowhere.

const clock = handClock();
let test: TestDatabase;
let world: PlanWorld;
let worker: Worker;
const threads = threadsWith(async () => {});
beforeAll(async () => {
  test = await createTestDatabase();
  world = await buildPlanWorld(test, 24);
  worker = createWorker(test, () => ({}) as never, { clock });
  await act((sql) => markAllPlanDue(sql, clock.now()));
  await follow();
});
afterAll(() => test.drop());

const act = <T>(work: (sql: Sql) => Promise<T>) => asWorker(test, world.organizationId, work);
const keyOf = (i: number): LevelKey => ({ itemId: world.itemIds[i]!, warehouseId: world.northId });
const suggest = () => suggestSteps(worker.ports, world.organizationId, 50);
async function follow(): Promise<void> {
  await planSteps(worker.ports, world.organizationId, threads, 50);
  await suggest();
}

function threadsWith(meanwhile: () => Promise<void>): PlanThreads {
  return {
    async run(jobs) {
      await meanwhile();
      return runLevelJobs(jobs);
    },
    stop: async () => {},
  };
}

async function setStock(i: number, units: number): Promise<void> {
  const at = clock.now();
  await act(async (sql) => {
    const recorded = await recordLevels(sql, {
      ...{ organizationId: world.organizationId, recordedAt: at, syncRunId: null, isTrusted: true },
      readings: [reading(keyOf(i), units, at)],
    });
    await appendEvents(sql, world.organizationId, recorded.events, at);
  });
}

/** Waits until some transaction of the database waits for a lock. */
async function untilSomebodyWaits(): Promise<void> {
  await expect
    .poll(async () => {
      const [row] = await test.sql`
        select count(*)::int as count from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      return row!.count;
    })
    .toBeGreaterThan(0);
}

/** Runs a stage while somebody holds what it wants, who then takes what must still be free. */
async function crossing<T>(
  hold: (sql: Sql) => Promise<unknown>,
  stage: () => Promise<T>,
  take: (sql: Sql) => Promise<readonly unknown[]>,
): Promise<void> {
  let running: Promise<T> | undefined;
  const taken = await act(async (sql) => {
    await hold(sql);
    running = stage();
    await untilSomebodyWaits();
    return take(sql);
  });
  await running;
  expect(taken).toHaveLength(1);
}

const takeLevel = (i: number) => (sql: Sql) =>
  sql`
  select from stock_level where item_id = ${keyOf(i).itemId} and warehouse_id = ${world.northId}
  for update skip locked`;
const openOf = (i: number) => test.sql`
  select suggestion_id as id, state from replenishment_suggestion
  where item_id = ${keyOf(i).itemId} and warehouse_id = ${world.northId} and state in ('OPEN', 'HELD')`;
/** Items with an open purchase. */
async function wanting(): Promise<number[]> {
  const open =
    await test.sql`select item_id from replenishment_suggestion where state = 'OPEN' order by item_id`;
  return open.map(({ item_id }) => world.itemIds.indexOf(item_id));
}

it('planning marks what it leaves to others before it locks a level', async () => {
  const [skipped, changed] = [6, 9];
  await setStock(skipped, 31);
  await setStock(changed, 32);
  await test.sql`update stock_level set threshold = 999 where item_id = ${keyOf(changed).itemId}`;
  const overtaken = threadsWith(async () => {
    await test.sql`update level_plan set recorded_at = recorded_at where item_id = ${keyOf(skipped).itemId}`;
  });
  await crossing(
    (sql) => markPlanDue(sql, [keyOf(skipped)], false, clock.now()),
    () => planChangedLevels(worker.ports, world.organizationId, overtaken),
    takeLevel(changed),
  );
  await follow();
});

it('suggesting takes items off its list before it locks the levels of orders that are on record', async () => {
  const [index] = (await wanting()) as [number];
  const [open] = await openOf(index);
  const at = clock.now();
  const [shop] = await test.sql`select shop_id from shop`;
  const ship = async (status: string, shopId: string | null) => {
    const id = randomUUID();
    const base = { organization_id: world.organizationId, inbound_shipment_id: id };
    await test.sql`insert into inbound_shipment ${test.sql({
      ...{ ...base, external_id: id, warehouse_id: world.northId, status, shop_id: shopId },
      ...{ ordered_at: at, expected_at: at, modified_at: at, observed_at: at, recorded_at: at },
    } as never)}`;
    const line = { ...base, line_id: '1', item_id: keyOf(index).itemId, quantity: '40', recorded_at: at };
    await test.sql`insert into inbound_shipment_line ${test.sql(line as never)}`;
    return id;
  };
  const planned = await ship('PLANNED', null);
  await test.sql`
    update replenishment_suggestion set state = 'APPROVED', decided_quantity = 40, decided_at = ${at},
      inbound_shipment_id = ${planned} where suggestion_id = ${open!.id}`;
  await ship('ORDERED', shop!.shop_id);
  const mark = (sql: Sql) => markSuggestionsDue(sql, [keyOf(index).itemId], clock.now());
  await act(mark);
  await crossing(mark, suggest, takeLevel(index));
  const [settled] = await test.sql`
    select state from replenishment_suggestion where suggestion_id = ${open!.id}`;
  expect(settled).toEqual({ state: 'RECORDED' });
});

it('suggesting locks what the guard holds before its reading, as a person does who releases it', async () => {
  const [, index] = (await wanting()) as [number, number];
  await test.sql`insert into stock_policy ${test.sql({
    ...{ organization_id: world.organizationId, policy_id: randomUUID(), item_id: keyOf(index).itemId },
    ...{ safety_stock: '90000', recorded_at: clock.now() },
  } as never)}`;
  const touch = async () => {
    await act((sql) => markPlanDue(sql, [keyOf(index)], false, clock.now()));
    await planSteps(worker.ports, world.organizationId, threads, 50);
  };
  await touch();
  await suggest();
  const [held] = await openOf(index);
  expect(held).toMatchObject({ state: 'HELD' });
  clock.pass(24 * 60);
  await touch();
  await crossing(
    (sql) => lockSuggestion(sql, held!.id),
    suggest,
    async (sql) => {
      const free = await sql`
        select from guard_reading where item_id = ${keyOf(index).itemId} and held is not null
        for update skip locked`;
      await releaseReadings(sql, keyOf(index), 'anna', clock.now());
      return free;
    },
  );
});

it('a planned shipment whose last goods two people take off it at once is cancelled', async () => {
  const id = randomUUID();
  const at = clock.now();
  const base = { organization_id: world.organizationId, inbound_shipment_id: id };
  await test.sql`insert into inbound_shipment ${test.sql({
    ...{ ...base, external_id: id, warehouse_id: world.northId, status: 'PLANNED', shop_id: null },
    ...{ modified_at: at, observed_at: at, recorded_at: at },
  } as never)}`;
  const lines = [5, 6].map((i) => ({
    ...{ ...base, line_id: String(i), item_id: keyOf(i).itemId, quantity: '40', recorded_at: at },
  }));
  await test.sql`insert into inbound_shipment_line ${test.sql(lines as never)}`;
  const takeOff = (i: number) => (sql: Sql) => removePlannedLine(sql, id, keyOf(i).itemId, clock.now());
  let second: Promise<void> | undefined;
  await act(async (sql) => {
    await takeOff(5)(sql);
    second = act(takeOff(6));
    await Promise.race([second, untilSomebodyWaits()]);
  });
  await second;
  const [shipment] = await test.sql`select status from inbound_shipment where inbound_shipment_id = ${id}`;
  expect(shipment).toEqual({ status: 'CANCELLED' });
});

it('a supplier’s draft is locked in the order in which suggestions are written', async () => {
  await follow();
  const locked = await act((sql) => lockSuggestionsOf(sql, 'maker', 500));
  const keys = locked.map(({ itemId, warehouseId }) => `${itemId}/${warehouseId}`);
  expect(keys.length).toBeGreaterThan(3);
  expect(keys).toEqual(keys.toSorted());
});

it('two planners, two suggesters and people who decide never wait for each other in a circle', async () => {
  const decide = async (round: number) => {
    for (const index of await wanting()) {
      const [open] = await openOf(index);
      if (open === undefined) continue;
      await act(async (sql) => {
        await lockSuggestion(sql, open.id);
        await markPlanDue(sql, [keyOf(index)], round % 2 === 0, clock.now());
        await markSuggestionsDue(sql, [keyOf(index).itemId], clock.now());
        await takeLevel(index)(sql);
      });
    }
  };
  for (let round = 0; round < 4; round += 1) {
    for (let i = 5; i < 20; i += 1) await setStock(i, 5 + ((i * 11 + round * 17) % 50));
    await Promise.all([follow(), follow(), suggest(), decide(round), decide(round + 1)]);
  }
  const [row] = await test.sql`
    select deadlocks::int from pg_stat_database where datname = current_database()`;
  expect(row).toEqual({ deadlocks: 0 });
});
