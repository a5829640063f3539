import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAuthenticator } from '../../src/server/auth.ts';
import { createMemoryKeys, startTestServer, type TestServer } from '../support/app.ts';
import { post } from '../support/graphql-client.ts';
import { openAcknowledged } from '../support/raw-socket.ts';
import { createStubSchema } from '../support/stub-schema.ts';
import { hostileDocuments } from './documents.ts';

let running: TestServer;
let authorization: string;

beforeAll(async () => {
  const keys = createMemoryKeys();
  authorization = `Bearer ${keys.add()}`;
  running = await startTestServer({
    schema: createStubSchema().schema,
    authenticator: createAuthenticator(keys, null),
  });
});
afterAll(() => running[Symbol.asyncDispose]());

describe.each(hostileDocuments)('%s', (_what, query) => {
  test('is refused over HTTP', async () => {
    const answer = await post(running.graphqlUrl, query, {}, authorization);
    expect(answer.data ?? null).toBeNull();
    expect(answer.errors?.length).toBeGreaterThan(0);
    expect(answer.errors?.length).toBeLessThanOrEqual(21);
    expect(answer.status).toBeLessThan(500);
    expect(running.logged).toEqual([]);
  });

  test('is refused over a websocket, which stays open unless the frame is too big', async () => {
    using raw = await openAcknowledged(running.socketUrl, { authorization });
    raw.send({ id: '1', type: 'subscribe', payload: { query } });
    if (query.length > 64 * 1024) {
      expect(await raw.closed).toBe(1009);
      return;
    }
    expect(await raw.next()).toMatchObject({ id: '1', type: 'error' });
    raw.send({ id: '2', type: 'subscribe', payload: { query: '{ hello }' } });
    expect(await raw.next()).toMatchObject({ id: '2', type: 'next' });
  });
});

test('the introspection query of tools passes', async () => {
  const { getIntrospectionQuery } = await import('graphql');
  const query = getIntrospectionQuery({
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    inputValueDeprecation: true,
    schemaDescription: true,
    oneOf: true,
  });
  const answer = await post(running.graphqlUrl, query, {}, authorization);
  expect(answer.errors).toBeUndefined();
});

test('a batch is refused', async () => {
  const response = await fetch(running.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify(Array.from({ length: 10 }, () => ({ query: '{ hello }' }))),
  });
  expect(response.status).toBe(400);
  expect(await response.text()).not.toContain('hello world');
});
