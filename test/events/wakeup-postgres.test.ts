import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPostgresWakeup } from '../../src/events/wakeup-postgres.ts';
import { silentLog } from '../../src/shared/log.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** A wake-up of one process, with a count of what it heard. */
async function join() {
  const wakeup = createPostgresWakeup(database.db, silentLog);
  const heard = { count: 0 };
  wakeup.subscribe(() => {
    heard.count += 1;
  });
  // The connection that stands now is a hint too.
  await expect.poll(() => heard.count).toBe(1);
  return { wakeup, heard };
}

test('every process hears of news, and a thousand announcements at once are few messages', async () => {
  const [one, other] = await Promise.all([join(), join()]);
  for (let n = 0; n < 1_000; n += 1) one.wakeup.announce();
  await expect.poll(() => Math.min(one.heard.count, other.heard.count)).toBeGreaterThanOrEqual(2);
  one.wakeup.stop();
  other.wakeup.stop();
  expect(other.heard.count).toBeLessThanOrEqual(3);
});

test('a connection that was lost is opened again, and that is a hint', async () => {
  const { wakeup, heard } = await join();
  await database.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen %'`;
  await expect.poll(() => heard.count, { timeout: 10_000 }).toBeGreaterThanOrEqual(2);
  const before = heard.count;
  wakeup.announce();
  await expect.poll(() => heard.count).toBeGreaterThan(before);
  wakeup.stop();
});

test('after its end it says and hears nothing, without an error', async () => {
  const { wakeup, heard } = await join();
  wakeup.stop();
  wakeup.announce();
  const other = await join();
  other.wakeup.announce();
  await expect.poll(() => other.heard.count).toBeGreaterThanOrEqual(2);
  expect(heard.count).toBe(1);
  other.wakeup.stop();
});
