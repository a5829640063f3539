import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { encodeEventCursor } from '../../src/events/cursor.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { makeViewer } from '../support/app.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import {
  alertEvent,
  commitEvents,
  createEventWorld,
  type EventWorld,
  levelEvent,
  runEvent,
} from '../support/event-world.ts';
import { post, record, socketClient } from '../support/graphql-client.ts';

let database: TestDatabase;
let world: EventWorld;
let api: TestApi;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

beforeEach(async () => {
  world = await createEventWorld(database);
  // A poll that never comes: whatever arrives was woken.
  api = await startApi(database.db, makeViewer({ organizationId: world.organizationId }), {
    pollEveryMs: 3_600_000,
  });
  return () => api[Symbol.asyncDispose]();
});

const alerts = /* GraphQL */ `
  subscription Alerts($after: String, $filter: StockAlertFilter) {
    stockAlertChanged(after: $after, filter: $filter) {
      eventId cursor reason state previousState severity available threshold
      alert { kind state item { sku } warehouse { code } }
      gap { fromCursor toCursor resyncRequired }
    }
  }
`;
const levels = /* GraphQL */ `
  subscription Levels($after: String, $filter: StockLevelFilter) {
    stockLevelChanged(after: $after, filter: $filter) {
      cursor stockLevel { available isLow safetyStock { value } item { sku } } gap { fromCursor }
    }
  }
`;

interface AlertData {
  stockAlertChanged: {
    cursor: string;
    state: string;
    severity: string;
    gap: { fromCursor: string; toCursor: string; resyncRequired: boolean } | null;
  };
}

async function epochOf(): Promise<string> {
  const [row] = await database.sql<{ epoch: string }[]>`
    select epoch from event_head where organization_id = ${world.organizationId}`;
  return row?.epoch ?? '';
}

async function commit(...events: Parameters<typeof commitEvents>[2]): Promise<void> {
  await commitEvents(database, world, events);
  api.wakeup.announce();
}

describe('stockAlertChanged', () => {
  test('delivers a transition with the alert as it was', async () => {
    await commit(alertEvent(world));
    const client = socketClient(api.socketUrl);
    const seen = record(client, alerts, { after: 'begin' });
    await seen.until(1);
    const cursor = encodeEventCursor(await epochOf(), 1n);
    expect(seen.values[0]).toEqual({
      stockAlertChanged: {
        eventId: cursor,
        cursor,
        reason: 'OPENED',
        state: 'FIRING',
        previousState: null,
        severity: 'WARNING',
        available: '5',
        threshold: '10',
        // The alert itself is resolved by now.
        alert: { kind: 'LOW_STOCK', state: 'FIRING', item: { sku: 'A-1' }, warehouse: { code: 'NB' } },
        gap: null,
      },
    });
    await client.dispose();
  });

  test('goes on right behind a cursor, and live from there', async () => {
    await commit(alertEvent(world), levelEvent(world), alertEvent(world, { state: 'ACKNOWLEDGED' }));
    const client = socketClient(api.socketUrl);
    const seen = record<AlertData>(client, alerts, { after: encodeEventCursor(await epochOf(), 1n) });
    await seen.until(1);
    await commit(alertEvent(world, { state: 'SNOOZED' }));
    await seen.until(2);
    expect(seen.values.map((each) => each.stockAlertChanged.state)).toEqual(['ACKNOWLEDGED', 'SNOOZED']);
    await client.dispose();
  });

  test('applies the same filter as the query', async () => {
    await commit(
      alertEvent(world, { severity: 'CRITICAL' } as never),
      alertEvent(world),
      alertEvent(world, { severity: 'CRITICAL', state: 'RESOLVED' } as never),
    );
    const filter = { severity: { in: ['CRITICAL'] }, state: { eq: 'RESOLVED' } };
    const client = socketClient(api.socketUrl);
    const seen = record<AlertData>(client, alerts, { after: 'begin', filter });
    await seen.until(1);
    const asked = await post<{ stockAlertEvents: { nodes: { cursor: string }[] } }>(
      api.graphqlUrl,
      'query ($filter: StockAlertFilter) { stockAlertEvents(filter: $filter) { nodes { cursor } } }',
      { filter },
    );
    expect(asked.data?.stockAlertEvents.nodes.map(({ cursor }) => cursor)).toEqual(
      seen.values.map((each) => each.stockAlertChanged.cursor),
    );
    await client.dispose();
  });

  test.each([
    ['a word', async () => 'not a cursor'],
    ['another epoch', async () => encodeEventCursor('00000000-0000-4000-8000-000000000000', 1n)],
    ['a number beyond the head', async () => encodeEventCursor(await epochOf(), 99n)],
  ])('refuses %s as CURSOR_UNKNOWN with the oldest cursor, and ends', async (_what, makeCursor) => {
    await commit(alertEvent(world));
    const client = socketClient(api.socketUrl);
    const seen = record(client, alerts, { after: await makeCursor() });
    const oldestCursor = encodeEventCursor(await epochOf(), 0n);
    expect(await seen.ended).toMatchObject([
      { extensions: { code: 'CURSOR_UNKNOWN', oldestCursor, params: { oldestCursor } } },
    ]);
    expect(seen.values).toEqual([]);
    expect(api.hub.readerCount()).toBe(0);
    await client.dispose();
  });

  test('refuses a cursor older than what is kept as CURSOR_EXPIRED', async () => {
    await commit(alertEvent(world), alertEvent(world), alertEvent(world));
    await retain(3n);
    const epoch = await epochOf();
    const client = socketClient(api.socketUrl);
    const seen = record(client, alerts, { after: encodeEventCursor(epoch, 1n) });
    expect(await seen.ended).toMatchObject([
      { extensions: { code: 'CURSOR_EXPIRED', oldestCursor: encodeEventCursor(epoch, 2n) } },
    ]);
    const resumed = record<AlertData>(client, alerts, { after: encodeEventCursor(epoch, 2n) });
    await resumed.until(1);
    expect(resumed.values[0]?.stockAlertChanged).toMatchObject({
      cursor: encodeEventCursor(epoch, 3n),
      gap: null,
    });
    await client.dispose();
  });

  test('reports numbers that are missing as a gap, on the next event that passes the filter', async () => {
    await commit(
      alertEvent(world),
      alertEvent(world),
      alertEvent(world, { severity: 'INFO' } as never),
      alertEvent(world),
    );
    await database.sql`
      delete from event_log where organization_id = ${world.organizationId} and number = 2`;
    const epoch = await epochOf();
    const client = socketClient(api.socketUrl);
    const seen = record<AlertData>(client, alerts, {
      after: 'begin',
      filter: { severity: { eq: 'WARNING' } },
    });
    await seen.until(2);
    expect(seen.values.map((each) => each.stockAlertChanged.gap)).toEqual([
      null,
      {
        fromCursor: encodeEventCursor(epoch, 1n),
        toCursor: encodeEventCursor(epoch, 2n),
        resyncRequired: true,
      },
    ]);
    await client.dispose();
  });

  test('ends with CURSOR_UNKNOWN when the log gets a new epoch', async () => {
    const client = socketClient(api.socketUrl);
    const seen = record(client, alerts, { after: 'begin' });
    await commit(alertEvent(world));
    await seen.until(1);
    await database.sql`
      update event_head set epoch = gen_random_uuid() where organization_id = ${world.organizationId}`;
    api.wakeup.announce();
    expect(await seen.ended).toMatchObject([{ extensions: { code: 'CURSOR_UNKNOWN' } }]);
    await client.dispose();
  });

  test('comes over server-sent events too', async () => {
    await commit(alertEvent(world));
    const abort = new AbortController();
    const response = await fetch(api.graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({
        query: 'subscription { stockAlertChanged(after: "begin") { reason } }',
      }),
      signal: abort.signal,
    });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('OPENED')) text += (await reader.read()).value ?? '';
    expect(text).toContain('event: next\ndata: {"data":{"stockAlertChanged":{"reason":"OPENED"}}}\n\n');
    abort.abort();
  });
});

test('stockLevelChanged delivers the level as of the event, filtered like the query', async () => {
  await commit(levelEvent(world));
  await database.sql`
    update stock_level set available = 70 where organization_id = ${world.organizationId}`;
  const client = socketClient(api.socketUrl);
  const seen = record(client, levels, { after: 'begin', filter: { isLow: { eq: true } } });
  const none = record(client, levels, { after: 'begin', filter: { available: { gt: '5' } } });
  await seen.until(1);
  expect(seen.values[0]).toMatchObject({
    stockLevelChanged: {
      stockLevel: { available: '5', isLow: true, safetyStock: { value: '10' }, item: { sku: 'A-1' } },
      gap: null,
    },
  });
  expect(none.values).toEqual([]);
  await client.dispose();
});

test('syncRunChanged delivers the newest state of a run', async () => {
  const client = socketClient(api.socketUrl);
  const seen = record(client, 'subscription { syncRunChanged { state pageCount } }');
  // From now on: events before the subscription was armed are not its business.
  await expect.poll(() => api.hub.readerCount()).toBe(1);
  await commit(runEvent(world));
  await seen.until(1);
  await database.sql`
    update sync_run set state = 'SUCCEEDED', page_count = 3 where organization_id = ${world.organizationId}`;
  await commit(runEvent(world));
  await seen.until(2);
  expect(seen.values).toEqual([
    { syncRunChanged: { state: 'RUNNING', pageCount: 0 } },
    { syncRunChanged: { state: 'SUCCEEDED', pageCount: 3 } },
  ]);
  await client.dispose();
});

test('answers every event afresh, never from what was loaded for an earlier one', async () => {
  const client = socketClient(api.socketUrl);
  const seen = record(
    client,
    'subscription { stockAlertChanged(after: "begin") { alert { item { title } } } }',
  );
  await commit(alertEvent(world));
  await seen.until(1);
  await database.sql`update item set title = 'renamed' where organization_id = ${world.organizationId}`;
  await commit(alertEvent(world));
  await seen.until(2);
  expect(seen.values.map((each) => JSON.stringify(each))).toEqual([
    '{"stockAlertChanged":{"alert":{"item":{"title":"thing"}}}}',
    '{"stockAlertChanged":{"alert":{"item":{"title":"renamed"}}}}',
  ]);
  await client.dispose();
});

test('another organization sees none of it', async () => {
  const other = await createEventWorld(database);
  const otherApi = await startApi(database.db, makeViewer({ organizationId: other.organizationId }));
  const client = socketClient(otherApi.socketUrl);
  const seen = record<AlertData>(client, alerts, { after: 'begin' });
  await commit(alertEvent(world), alertEvent(world));
  await commitEvents(database, other, [alertEvent(other, { state: 'RESOLVED' })]);
  await seen.until(1);
  expect(seen.values.map((each) => each.stockAlertChanged.state)).toEqual(['RESOLVED']);
  await client.dispose();
  await otherApi[Symbol.asyncDispose]();
});

test('a snapshot continued by a subscription has no gap', async () => {
  const cursor = await post<{ eventCursor: string }>(api.graphqlUrl, '{ eventCursor }');
  await commit(alertEvent(world));
  const snapshot = await post<{ stockAlertEvents: { nodes: unknown[] } }>(
    api.graphqlUrl,
    '{ stockAlertEvents { nodes { cursor } } }',
  );
  await commit(alertEvent(world));
  const client = socketClient(api.socketUrl);
  const seen = record<AlertData>(client, alerts, { after: cursor.data?.eventCursor });
  await seen.until(2);
  expect(snapshot.data?.stockAlertEvents.nodes).toHaveLength(1);
  await client.dispose();
});

/** Removes events before a number, as retention does. */
async function retain(oldest: bigint): Promise<void> {
  await database.sql.begin(async (sql) => {
    await sql`delete from event_log
      where organization_id = ${world.organizationId} and number < ${oldest.toString()}`;
    await sql`update event_head set oldest = ${oldest.toString()}
      where organization_id = ${world.organizationId}`;
  });
}

test('each subscription needs the scope of what it shows', async () => {
  const poor = await startApi(
    database.db,
    makeViewer({ organizationId: world.organizationId, scopes: new Set(['read:orders']) }),
  );
  const client = socketClient(poor.socketUrl);
  for (const field of [
    'stockAlertChanged { reason }',
    'stockLevelChanged { cursor }',
    'syncRunChanged { id }',
  ]) {
    const seen = record(client, `subscription { ${field} }`);
    expect(await seen.ended).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
  expect(poor.hub.readerCount()).toBe(0);
  await client.dispose();
  await poor[Symbol.asyncDispose]();
});
