import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, type Database } from '../../src/db/client.ts';
import { takeCall } from '../../src/db/queries/budget.ts';
import { createCallBudget, type PauseMemory } from '../../src/pipeline/call-budget.ts';
import { silentLog } from '../../src/shared/log.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let test: TestDatabase;
let second: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  second = createDatabase({ ownerUrl: test.ownerUrl, log: silentLog });
});
afterAll(async () => {
  await second.close();
  await test.drop();
});

/** So slow that nothing is filled up while a test runs. */
const trickle = 0.0001;
const never = new AbortController().signal;

describe('call budgets', () => {
  it('are shared by all workers: of forty calls at once exactly the burst gets through', async () => {
    const buckets = [{ key: 'app:shared', perSecond: trickle, burst: 10 }];
    const waits = await Promise.all(
      Array.from({ length: 40 }, (_, index) => takeCall(index % 2 === 0 ? test.db : second, buckets)),
    );
    expect(waits.filter((wait) => wait === 0)).toHaveLength(10);
  });

  it('take from app and shop together, or from neither', async () => {
    const app = { key: 'app:both', perSecond: trickle, burst: 3 };
    const shop = { key: 'shop:both', perSecond: trickle, burst: 1 };
    expect(await takeCall(test.db, [app, shop])).toBe(0);
    expect(await takeCall(test.db, [app, shop])).toBeGreaterThan(0);
    expect(await takeCall(test.db, [app])).toBe(0);
    expect(await takeCall(test.db, [app])).toBe(0);
    expect(await takeCall(test.db, [app])).toBeGreaterThan(0);
  });

  it('fill up again', async () => {
    const bucket = { key: 'app:fills', perSecond: 1000, burst: 1 };
    const budget = createCallBudget({ db: test.db, buckets: [bucket] });
    for (let call = 0; call < 5; call += 1) await budget.take(never);
    const [row] = await test.sql`select tokens from call_budget where budget_key = 'app:fills'`;
    expect(row!.tokens).toBeLessThanOrEqual(1);
  });

  it('let nobody call during a pause, in no process, and give the shop back instead of waiting', async () => {
    const buckets = [
      { key: 'app:paused', perSecond: 1000, burst: 1000 },
      { key: 'shop:paused', perSecond: 1000, burst: 1000 },
    ];
    const mine = createCallBudget({ db: test.db, buckets, random: () => 0 });
    await mine.pause(60_000);
    const other = createCallBudget({ db: second, buckets: [{ ...buckets[0]!, key: 'app:paused' }] });
    await expect(other.take(never)).rejects.toMatchObject({ code: 'throttled' });
    expect(await takeCall(second, [buckets[0]!])).toBeGreaterThan(55_000);
  });

  it('bound what the platform asks for, and double an unsaid pause from poll to poll', async () => {
    const pausedFor = async (retryAfterMs: (number | null)[], restMs = 121_000) => {
      const key = `app:${retryAfterMs.join()} ${restMs}`;
      const pauses: PauseMemory = new Map();
      let nowMs = 0;
      for (const ms of retryAfterMs) {
        // Every poll makes a budget of its own.
        const buckets = [{ key, perSecond: 1, burst: 1 }];
        await createCallBudget({ db: test.db, buckets, pauses, nowMs: () => nowMs, random: () => 0 }).pause(
          ms,
        );
        nowMs += restMs;
      }
      const [row] = await test.sql`
        select round(extract(epoch from paused_until - clock_timestamp()))::int as s from call_budget where budget_key = ${key}`;
      return row!.s as number;
    };
    expect(await pausedFor([0])).toBeLessThanOrEqual(1);
    expect(await pausedFor([10 * 86_400_000])).toBe(3600);
    expect(await pausedFor([null])).toBe(10);
    expect(await pausedFor([null, null, null])).toBe(40);
    // Refusals of calls that were under way already, and one long after the platform recovered.
    expect(await pausedFor([null, null, null], 1_000)).toBe(10);
    expect(await pausedFor([null, null, null], 600_000)).toBe(10);
    expect(await pausedFor([60_000, 1000])).toBe(60);
  });

  it('end a wait when the call is no longer wanted', async () => {
    const buckets = [{ key: 'app:abort', perSecond: 0.9, burst: 1 }];
    const budget = createCallBudget({ db: test.db, buckets, waitMsMax: 60_000 });
    await budget.take(never);
    const abort = new AbortController();
    const waiting = budget.take(abort.signal);
    abort.abort(new Error('no longer'));
    await expect(waiting).rejects.toThrow('no longer');
  });
});
