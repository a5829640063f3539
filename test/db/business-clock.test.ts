import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BusinessClock, openBusinessClock, setBusinessClock } from '../../src/db/business-clock.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
const opened: BusinessClock[] = [];
const open = async () => {
  const clock = await openBusinessClock(database.db);
  opened.push(clock);
  return clock;
};

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const clock of opened.splice(0)) clock.stop();
  await database.drop();
});

const dayMs = 86_400_000;

test('refuses to guess while nobody has set it', async () => {
  await expect(open()).rejects.toThrow('business time is not set');
});

test('real time runs with the database clock at speed 1', async () => {
  await setBusinessClock(database.db, { speed: 1, startAt: null });
  const clock = await open();
  const [row] = await database.sql<{ now: Date }[]>`select clock_timestamp() as now`;
  expect(clock.speed).toBe(1);
  expect(Math.abs(clock.now().getTime() - row!.now.getTime())).toBeLessThan(1000);
});

test('two processes read the same fast time, starting where they are told', async () => {
  const startAt = new Date('2011-11-11T00:00:00Z');
  await setBusinessClock(database.db, { speed: 720, startAt });
  const [one, two] = [await open(), await open()];
  expect(one.now().getTime()).toBeGreaterThanOrEqual(startAt.getTime());
  expect(one.now().getTime() - startAt.getTime()).toBeLessThan(dayMs / 2);
  // 720 s of business time are a second: both were read within the same seconds.
  expect(Math.abs(one.now().getTime() - two.now().getTime())).toBeLessThan(720_000);
});

test('goes on after a stop from where it was last seen, whatever real time passed', async () => {
  const startAt = new Date('2011-11-11T00:00:00Z');
  await setBusinessClock(database.db, { speed: 720, startAt });
  const lastSeenAt = new Date('2011-11-20T12:00:00Z');
  await database.sql`update business_clock set last_seen_at = ${lastSeenAt}, anchored_at = anchored_at - interval '3 days'`;
  await setBusinessClock(database.db, { speed: 360, startAt });
  const clock = await open();
  expect(clock.speed).toBe(360);
  expect(clock.now().getTime() - lastSeenAt.getTime()).toBeGreaterThanOrEqual(0);
  expect(clock.now().getTime() - lastSeenAt.getTime()).toBeLessThan(dayMs / 4);
});

test('a replay moves a standing clock by hand', async () => {
  await setBusinessClock(database.db, { speed: 0, startAt: new Date('2011-11-11T00:00:00Z') });
  const clock = await open();
  expect(clock.now()).toEqual(new Date('2011-11-11T00:00:00Z'));
  const moveTo = new Date('2011-11-11T06:00:00Z');
  await setBusinessClock(database.db, { speed: 0, startAt: null, moveTo });
  await clock.refresh();
  expect(clock.now()).toEqual(moveTo);
});
