import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { appendEvents } from '../../src/db/queries/event-append.ts';
import { withOrganization } from '../../src/db/tenant.ts';
import { decodeEventCursor } from '../../src/events/cursor.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { makeViewer } from '../support/app.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  alertEvent,
  createEventWorld,
  type EventWorld,
  levelEvent,
  worldTime,
} from '../support/event-world.ts';
import { seededRandom } from '../support/random.ts';

/** The short form runs with every test run; `RESUME=full` is the form of the promise in docs/api.md. */
const size =
  process.env.RESUME === 'full'
    ? { events: 20_000, writers: 16, subscribers: 50, cuts: 500 }
    : { events: 2_000, writers: 16, subscribers: 12, cuts: 60 };
const seed = Number(process.env.RESUME_SEED ?? 20_260_310);

let database: TestDatabase;
let world: EventWorld;
let api: TestApi;

beforeAll(async () => {
  database = await createTestDatabase({ poolMax: 24 });
  world = await createEventWorld(database);
  api = await start();
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await database.drop();
});

const start = () => startApi(database.db, makeViewer({ organizationId: world.organizationId }));

/** Commits batches of alert and level events, each transaction as slow as chance will have it. */
async function write(random: () => number, takeSize: () => number): Promise<void> {
  for (let length = takeSize(); length > 0; length = takeSize()) {
    const events = Array.from({ length }, () => (random() < 0.75 ? alertEvent(world) : levelEvent(world)));
    await withOrganization(database.db, 'worker', world.organizationId, async (sql) => {
      await sql`select pg_sleep(${random() * 0.01})`;
      await appendEvents(sql, world.organizationId, events, worldTime);
      // Between the numbering and the commit: a reader that trusts what it sees would lose the slow one's events.
      await sql`select pg_sleep(${random() < 0.2 ? random() * 0.006 : 0})`;
    });
    api.wakeup.announce();
  }
}

/** Follows the alerts from the beginning to the last, through every cut, and notes the numbers it got. */
async function follow(
  last: Promise<bigint>,
  isCut: () => boolean,
  onCut: () => void,
): Promise<{ numbers: bigint[]; refusals: unknown[] }> {
  const numbers: bigint[] = [];
  const refusals: unknown[] = [];
  let end: bigint | null = null;
  void last.then((number) => {
    end = number;
  });
  let cursor = 'begin';
  while (end === null || numbers.at(-1) !== end) {
    const open = new Set<WebSocket>();
    class TrackedSocket extends WebSocket {
      constructor(url: string, protocols: string) {
        super(url, protocols);
        open.add(this);
      }
    }
    const client = createClient({ url: api.socketUrl, webSocketImpl: TrackedSocket, retryAttempts: 0 });
    try {
      const events = client.iterate<{ stockAlertChanged: { cursor: string } }>({
        query: 'subscription ($after: String) { stockAlertChanged(after: $after) { cursor } }',
        variables: { after: cursor },
      });
      for await (const { data, errors } of events) {
        if (errors !== undefined || data == null) {
          refusals.push(errors);
          break;
        }
        cursor = data.stockAlertChanged.cursor;
        numbers.push(decodeEventCursor(cursor)?.number ?? -1n);
        if (end !== null && numbers.at(-1) === end) break;
        if (isCut()) {
          onCut();
          for (const socket of open) socket.terminate();
        }
      }
    } catch (error) {
      // A cut or a restart; errors of GraphQL come as an array.
      if (Array.isArray(error)) refusals.push(error);
    }
    await client.dispose();
  }
  return { numbers, refusals };
}

test(`${size.subscribers} subscribers, cut ${size.cuts} times, get every event of ${size.writers} writers once and in order`, async () => {
  const random = seededRandom(seed);
  let left = size.events;
  let cuts = 0;
  const takeSize = () => {
    const length = Math.min(left, 1 + Math.floor(random() * 8));
    left -= length;
    return length;
  };
  const last = Promise.withResolvers<bigint>();
  // Half as many again as promised, because chance may leave some out.
  const cutChance = (1.5 * size.cuts) / (size.events * 0.75 * size.subscribers);
  const followers = Array.from({ length: size.subscribers }, () =>
    follow(
      last.promise,
      () => random() < cutChance,
      () => {
        cuts += 1;
      },
    ),
  );
  const writers = Array.from({ length: size.writers }, () => write(random, takeSize));
  // A restart in the middle: every subscriber is cut at once and goes on at the new server.
  await expect.poll(() => left, { timeout: 200_000 }).toBeLessThan(size.events / 2);
  const old = api;
  api = await start();
  await old[Symbol.asyncDispose]();
  await Promise.all(writers);
  const final = await withOrganization(database.db, 'worker', world.organizationId, (sql) =>
    appendEvents(sql, world.organizationId, [alertEvent(world, { state: 'RESOLVED' })], worldTime),
  );
  api.wakeup.announce();
  last.resolve(final ?? 0n);

  const followed = await Promise.all(followers);
  const logged = await database.sql<{ number: string; topic: string }[]>`
      select number, topic from event_log where organization_id = ${world.organizationId} order by number`;
  const expected = logged.flatMap(({ number, topic }) => (topic === 'STOCK_ALERT' ? [BigInt(number)] : []));

  expect(logged.length).toBe(size.events + 1);
  expect(logged.map(({ number }) => number)).toEqual(logged.map((_event, index) => String(index + 1)));
  for (const { numbers, refusals } of followed) {
    expect(refusals).toEqual([]);
    expect(compare(expected, numbers)).toEqual({ lost: 0, repeated: 0, isInOrder: true });
  }
  expect(cuts).toBeGreaterThanOrEqual(size.cuts);
  console.info(
    `seed ${seed}: ${logged.length} events, ${expected.length} alert events to each of ${size.subscribers} subscribers, ${cuts} cuts and a restart: 0 lost, 0 repeated`,
  );
}, 280_000);

function compare(expected: readonly bigint[], numbers: readonly bigint[]) {
  const got = new Set(numbers);
  return {
    lost: expected.filter((number) => !got.has(number)).length,
    repeated: numbers.length - got.size,
    isInOrder: numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0n)),
  };
}
