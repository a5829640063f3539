import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAuthenticator } from '../../src/server/auth.ts';
import { createMemoryKeys, startTestServer, type TestServer } from '../support/app.ts';
import { openAcknowledged, openRaw } from '../support/raw-socket.ts';
import { createStubSchema, type StubSchema } from '../support/stub-schema.ts';

/** The rules of the graphql-transport-ws protocol, one by one, on raw sockets. */
let running: TestServer;
let stub: StubSchema;
let init: { type: string; payload: { authorization: string } };

beforeAll(async () => {
  stub = createStubSchema();
  const keys = createMemoryKeys();
  init = { type: 'connection_init', payload: { authorization: `Bearer ${keys.add()}` } };
  running = await startTestServer({
    schema: stub.schema,
    authenticator: createAuthenticator(keys, null),
    limits: { socketInitMsMax: 200 },
  });
});
afterAll(() => running[Symbol.asyncDispose]());

const acknowledged = () => openAcknowledged(running.socketUrl, init.payload);
const subscribe = (id: string, query: string) => ({ id, type: 'subscribe', payload: { query } });

describe('connecting', () => {
  test('negotiates the subprotocol', async () => {
    using raw = await openRaw(running.socketUrl);
    expect(raw.socket.protocol).toBe('graphql-transport-ws');
  });

  test('closes a socket that offers no subprotocol with 4406', async () => {
    using raw = await openRaw(running.socketUrl, []);
    expect(await raw.closed).toBe(4406);
  });

  test('refuses the name of the older protocol', async () => {
    using raw = await openRaw(running.socketUrl, 'graphql-ws');
    expect(raw.socket.protocol).toBe('');
    expect([1006, 4406]).toContain(await raw.closed);
  });

  test('acknowledges connection_init', async () => {
    using raw = await openRaw(running.socketUrl);
    raw.send(init);
    expect(await raw.next()).toEqual({ type: 'connection_ack' });
  });

  test('closes with 4408 when connection_init does not come', async () => {
    using raw = await openRaw(running.socketUrl);
    expect(await raw.closed).toBe(4408);
  });

  test('closes with 4429 on a second connection_init', async () => {
    using raw = await acknowledged();
    raw.send(init);
    expect(await raw.closed).toBe(4429);
  });

  test('closes with 4403 when the credentials are refused', async () => {
    using raw = await openRaw(running.socketUrl);
    raw.send({ type: 'connection_init' });
    expect(await raw.closed).toBe(4403);
  });

  test('closes with 4401 on subscribe before the acknowledgement', async () => {
    using raw = await openRaw(running.socketUrl);
    raw.send(subscribe('1', '{ hello }'));
    expect(await raw.closed).toBe(4401);
  });
});

describe('messages', () => {
  test.each([
    ['what is not JSON', 'hello'],
    ['an unknown type', '{"type":"start","id":"1"}'],
    ['a subscribe without id', '{"type":"subscribe","payload":{"query":"{ hello }"}}'],
  ])('closes with 4400 on %s', async (_what, text) => {
    using raw = await acknowledged();
    raw.send(text);
    expect(await raw.closed).toBe(4400);
  });

  test('closes with 4400 on a binary frame of no meaning', async () => {
    using raw = await acknowledged();
    raw.socket.send(Buffer.from([0, 255, 1]));
    expect(await raw.closed).toBe(4400);
  });

  test('echoes the payload of a ping', async () => {
    using raw = await acknowledged();
    raw.send({ type: 'ping', payload: { marker: 'x' } });
    expect(await raw.next()).toEqual({ type: 'pong', payload: { marker: 'x' } });
  });

  test('closes with 1009 on a frame over the limit', async () => {
    using raw = await acknowledged();
    raw.send({ type: 'ping', payload: { filler: 'x'.repeat(65 * 1024) } });
    expect(await raw.closed).toBe(1009);
  });
});

describe('operations', () => {
  test('answers a query with next and complete', async () => {
    using raw = await acknowledged();
    raw.send(subscribe('q', '{ hello }'));
    expect(await raw.next()).toMatchObject({
      ...{ id: 'q', type: 'next' },
      payload: { data: { hello: 'hello world' }, extensions: { cost: { requested: 1 } } },
    });
    expect(await raw.next()).toEqual({ id: 'q', type: 'complete' });
  });

  test('answers an invalid query with one error and no complete', async () => {
    using raw = await acknowledged();
    raw.send(subscribe('q', '{ nope }'));
    expect(await raw.next()).toMatchObject({
      id: 'q',
      type: 'error',
      payload: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    raw.send({ type: 'ping' });
    expect(await raw.next()).toEqual({ type: 'pong' });
  });

  test('answers a syntax error with error and keeps the socket', async () => {
    using raw = await acknowledged();
    raw.send(subscribe('q', '{ hello'));
    expect(await raw.next()).toMatchObject({ id: 'q', type: 'error' });
    raw.send({ type: 'ping' });
    expect(await raw.next()).toEqual({ type: 'pong' });
  });

  test('closes with 4409 when a live id is used again', async () => {
    using raw = await acknowledged();
    raw.send(subscribe('s', 'subscription { ticks }'));
    raw.send(subscribe('s', 'subscription { ticks }'));
    expect(await raw.closed).toBe(4409);
  });

  test('lets an id be used again after its complete', async () => {
    using raw = await acknowledged();
    for (let round = 0; round < 2; round += 1) {
      raw.send(subscribe('same', '{ hello }'));
      expect((await raw.next()).type).toBe('next');
      expect((await raw.next()).type).toBe('complete');
    }
  });

  test('stops a subscription on complete from the client', async () => {
    using raw = await acknowledged();
    raw.send(subscribe('s', 'subscription { ticks }'));
    await expect.poll(() => stub.openCount()).toBe(1);
    stub.tick(1);
    expect(await raw.next()).toEqual({ id: 's', type: 'next', payload: { data: { ticks: 1 } } });
    raw.send({ id: 's', type: 'complete' });
    await expect.poll(() => stub.openCount()).toBe(0);
    stub.tick(2);
    raw.send({ type: 'ping' });
    expect(await raw.next()).toEqual({ type: 'pong' });
  });

  test('ignores complete of an id that it does not know', async () => {
    using raw = await acknowledged();
    raw.send({ id: 'never', type: 'complete' });
    raw.send({ type: 'ping' });
    expect(await raw.next()).toEqual({ type: 'pong' });
  });
});
