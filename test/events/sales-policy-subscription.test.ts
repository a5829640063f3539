import { randomUUID } from 'node:crypto';
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
  worldTime,
} from '../support/event-world.ts';
import { record, socketClient } from '../support/graphql-client.ts';

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

const source = /* GraphQL */ `
  subscription Policies($after: String) {
    salesPolicyChanged(after: $after) {
      cursor sku state previousState available daysToStockOut item { sku salesPolicy } gap { fromCursor }
    }
  }
`;

async function change(state: string, previousState: string): Promise<void> {
  const changeId = randomUUID();
  const { organizationId, itemId } = world;
  await database.sql`
    insert into sales_policy_change (
      organization_id, change_id, item_id, state, previous_state, available, days_to_stock_out, occurred_at, recorded_at)
    values (${organizationId}, ${changeId}, ${itemId}, ${state}, ${previousState}, 5, 2, ${worldTime}, ${worldTime})`;
  await commitEvents(database, world, [
    { topic: 'SALES_POLICY', itemId, salesPolicyChangeId: changeId, occurredAt: worldTime },
  ]);
  api.wakeup.announce();
}

const cursor = async (number: bigint) => {
  const [row] = await database.sql<{ epoch: string }[]>`
    select epoch from event_head where organization_id = ${world.organizationId}`;
  return encodeEventCursor(row?.epoch ?? '', number);
};

describe('salesPolicyChanged', () => {
  test('goes on behind a cursor, past events of other topics, and live', async () => {
    await change('LIMIT_PROMOTION', 'NORMAL');
    await commitEvents(database, world, [alertEvent(world)]);
    await change('STOP_PROMOTION', 'LIMIT_PROMOTION');
    const client = socketClient(api.socketUrl);
    const seen = record(client, source, { after: await cursor(1n) });
    await seen.until(1);
    await change('NORMAL', 'STOP_PROMOTION');
    await seen.until(2);
    const item = { sku: 'A-1', salesPolicy: 'NORMAL' };
    const facts = { sku: 'A-1', available: '5', daysToStockOut: 2, item, gap: null };
    expect(seen.values).toEqual([
      {
        salesPolicyChanged: {
          ...{
            ...facts,
            cursor: await cursor(3n),
            state: 'STOP_PROMOTION',
            previousState: 'LIMIT_PROMOTION',
          },
        },
      },
      {
        salesPolicyChanged: {
          ...{ ...facts, cursor: await cursor(4n), state: 'NORMAL', previousState: 'STOP_PROMOTION' },
        },
      },
    ]);
    await client.dispose();
  });
});

describe('salesPolicies over HTTP', () => {
  const get = (query: string) => fetch(`${api.graphqlUrl}?query=${encodeURIComponent(query)}`);

  test('may be kept for some seconds, by the caller alone', async () => {
    const response = await get('{ salesPolicies(skus: ["A-1"]) { sku state maxAgeSeconds } }');
    expect(await response.json()).toEqual({
      data: { salesPolicies: [{ sku: 'A-1', state: 'NORMAL', maxAgeSeconds: 5 }] },
    });
    expect(response.headers.get('cache-control')).toBe('private, max-age=5');
    expect(response.headers.get('vary')).toContain('authorization');
  });

  test.each([
    ['other fields beside it', '{ salesPolicies(skus: ["A-1"]) { sku } viewer { locale } }'],
    ['a fragment in its place', '{ ...F } fragment F on Query { salesPolicies(skus: []) { sku } }'],
    ['an error', '{ salesPolicies(skus: ["A-1"]) { sku nothing } }'],
  ])('may not with %s', async (_, query) => {
    const response = await get(query);
    expect(response.headers.get('cache-control')).toBeNull();
    await response.text();
  });
});
