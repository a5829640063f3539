import { beforeEach, expect, test } from 'vitest';
import { createGraphqlContext } from '../../src/graphql/context.ts';
import { schema } from '../../src/graphql/schema.ts';
import { createAuthenticator } from '../../src/server/auth.ts';
import { systemClock } from '../../src/shared/time.ts';
import { createMemoryKeys, makeViewer, startTestServer, type TestServer } from '../support/app.ts';
import { post, record, socketClient } from '../support/graphql-client.ts';

const pointsPerSecond = 6_000;
const capacity = 10 * pointsPerSecond;
const keys = createMemoryKeys();
let running: TestServer;
let key: string;

beforeEach(async () => {
  const dependencies = { db: {}, clock: systemClock, clockSpeed: () => 1, ports: {}, events: {} } as never;
  running = await startTestServer({
    schema,
    createContext: (viewer, request) => createGraphqlContext(viewer, dependencies, request),
    authenticator: createAuthenticator(keys, makeViewer()),
    isAnonymousAllowed: true,
    limits: { pointsPerSecondMax: pointsPerSecond },
  });
  key = `Bearer ${keys.add()}`;
  return () => running[Symbol.asyncDispose]();
});

const budget = '{ viewer { rateBudget { capacity remaining restorePerSecond } } }';

test('every answer to a key tells its cost and what is left', async () => {
  // Five fields, a point each.
  const left = (remaining: number) => ({ capacity, remaining, restorePerSecond: pointsPerSecond });
  for (const remaining of [capacity - 5, capacity - 10]) {
    expect(await post(running.graphqlUrl, budget, {}, key)).toEqual({
      status: 200,
      data: { viewer: { rateBudget: left(remaining) } },
      extensions: { cost: { requested: 5, ...left(remaining) } },
    });
  }
});

/** Half of what a key has at most, and a little more. */
const rows = '{ items(first: 250) { nodes { stockLevels(first: 100) { nodes { available observedAt } } } } }';

test('an operation beyond the budget is refused without being run, until the budget is filled up', async () => {
  const first = await post(running.graphqlUrl, rows, {}, key);
  expect(first).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL' } }] });
  const second = await post(running.graphqlUrl, rows, {}, key);
  expect(second).not.toHaveProperty('data');
  expect(second.errors).toMatchObject([
    { message: expect.stringContaining('used up'), extensions: { code: 'RATE_LIMITED' } },
  ]);
  const retryAfterMs = Number(second.errors?.[0]?.extensions?.retryAfterMs);
  expect(retryAfterMs).toBeGreaterThan(0);
  expect(retryAfterMs).toBeLessThanOrEqual(10_000);

  // Neither another key nor the visitor of the demo pays for it.
  const other = `Bearer ${keys.add()}`;
  expect((await post(running.graphqlUrl, budget, {}, other)).errors).toBeUndefined();
  const visitor = { status: 200, data: { viewer: { rateBudget: null } } };
  expect(await post(running.graphqlUrl, budget)).toEqual(visitor);
});

test('a socket spends from the same budget, and stays open when it is used up', async () => {
  await post(running.graphqlUrl, rows, {}, key);
  const connectionParams = { authorization: key };
  let closedCount = 0;
  const client = socketClient(running.socketUrl, {
    connectionParams,
    lazy: false,
    on: { closed: () => (closedCount += 1) },
  });
  expect(await record(client, rows).ended).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
  expect(await record(client, 'subscription { syncRunChanged { id } }').ended).toMatchObject([
    { extensions: { code: 'RATE_LIMITED' } },
  ]);
  expect(closedCount).toBe(0);
  await client.dispose();
});

test('of several operations in a document the one that runs is charged', async () => {
  const document = `query Dear { items(first: 250) { nodes { sku } } } query Cheap ${budget}`;
  const response = await fetch(running.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: key },
    body: JSON.stringify({ query: document, operationName: 'Cheap' }),
  });
  expect(await response.json()).toMatchObject({ extensions: { cost: { requested: 5 } } });
});
