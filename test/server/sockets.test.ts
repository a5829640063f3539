import { afterEach, describe, expect, test } from 'vitest';
import { createAuthenticator } from '../../src/server/auth.ts';
import type { Limits } from '../../src/server/limits.ts';
import { createMemoryKeys, startTestServer, type TestServer } from '../support/app.ts';
import { record, socketClient } from '../support/graphql-client.ts';
import { openAcknowledged, openRaw } from '../support/raw-socket.ts';
import { createStubSchema } from '../support/stub-schema.ts';

let running: TestServer;
let payload: { authorization: string };
afterEach(() => running[Symbol.asyncDispose]());

async function start(limits: Partial<Limits> = {}, sweepEveryMs?: number) {
  const keys = createMemoryKeys();
  payload = { authorization: `Bearer ${keys.add()}` };
  const stub = createStubSchema();
  running = await startTestServer({
    schema: stub.schema,
    authenticator: createAuthenticator(keys, null),
    limits,
    ...(sweepEveryMs === undefined ? {} : { sweepEveryMs }),
  });
  return { stub, keys };
}

const subscription = (id: string) => ({
  id,
  type: 'subscribe',
  payload: { query: 'subscription { ticks }' },
});

describe('bounds of a socket', () => {
  test('50 subscriptions at once; the next is refused, and allowed again after a complete', async () => {
    const { stub } = await start();
    using raw = await openAcknowledged(running.socketUrl, payload);
    for (let n = 1; n <= 50; n += 1) raw.send(subscription(`s${n}`));
    await expect.poll(() => stub.openCount()).toBe(50);
    raw.send(subscription('one more'));
    expect(await raw.next()).toMatchObject({
      id: 'one more',
      type: 'error',
      payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS', params: { max: '50' } } }],
    });
    raw.send({ id: 's1', type: 'complete' });
    await expect.poll(() => stub.openCount()).toBe(49);
    raw.send(subscription('one more'));
    await expect.poll(() => stub.openCount()).toBe(50);
  });

  test('sockets of one key are counted; another key is not affected, and a closed one makes room', async () => {
    const { keys } = await start({ socketsPerKeyMax: 2 });
    using first = await openAcknowledged(running.socketUrl, payload);
    using second = await openAcknowledged(running.socketUrl, payload);
    using third = await openRaw(running.socketUrl);
    third.send({ type: 'connection_init', payload });
    expect(await third.closed).toBe(1013);
    using other = await openAcknowledged(running.socketUrl, { authorization: `Bearer ${keys.add()}` });
    expect([second.socket.readyState, other.socket.readyState]).toEqual([1, 1]);
    first.socket.close();
    await first.closed;
    await expect.poll(() => running.server.counts().sockets).toBe(2);
    using again = await openAcknowledged(running.socketUrl, payload);
    expect(again.socket.readyState).toBe(1);
  });

  test('sockets of the server are counted, also those that never say who they are', async () => {
    await start({ socketsMax: 2 });
    using first = await openRaw(running.socketUrl);
    using second = await openRaw(running.socketUrl);
    using third = await openRaw(running.socketUrl);
    expect(third.refusedStatus()).toBe(503);
    expect([first.socket.readyState, second.socket.readyState]).toEqual([1, 1]);
  });

  test('a flood of messages closes the socket with 1008, and no other', async () => {
    await start({ messagesBurstMax: 20, messagesPerSecondMax: 1 });
    using quiet = await openAcknowledged(running.socketUrl, payload);
    using flooding = await openAcknowledged(running.socketUrl, payload);
    for (let n = 0; n < 30; n += 1) flooding.send({ type: 'pong' });
    expect(await flooding.closed).toBe(1008);
    quiet.send({ type: 'ping' });
    expect(await quiet.next()).toEqual({ type: 'pong' });
  });

  test('many tiny fragments of one message do not pass the frame limit', async () => {
    await start();
    using raw = await openAcknowledged(running.socketUrl, payload);
    for (let n = 0; n < 70; n += 1) raw.socket.send('x'.repeat(1024), { fin: false });
    expect([1009, 1008, 1006]).toContain(await raw.closed);
  });
});

describe('a client that takes nothing', () => {
  test('harms nobody else, and is cut with everything of its kept', async () => {
    const { stub } = await start({ socketStallMsMax: 200 }, 50);
    using stalled = await openAcknowledged(running.socketUrl, payload);
    // A long name makes big messages, so that the kernel's buffers between the two are full soon.
    const query = `subscription { ${'x'.repeat(20_000)}: ticks }`;
    stalled.send({ id: 's', type: 'subscribe', payload: { query } });
    const client = socketClient(running.socketUrl, { connectionParams: payload });
    const lively = record<{ ticks: number }>(client, 'subscription { ticks }');
    await expect.poll(() => stub.openCount()).toBe(2);
    stalled.socket.pause();
    let sent = 0;
    while (running.server.counts().sockets === 2) {
      for (let n = 0; n < 50; n += 1) stub.tick(sent + n + 1);
      sent += 50;
      await lively.until(sent);
    }
    expect(lively.values.map(({ ticks }) => ticks)).toEqual(Array.from({ length: sent }, (_, n) => n + 1));
    await expect.poll(() => stub.openCount()).toBe(1);
    await client.dispose();
  });

  test('and answers no pings is cut', async () => {
    await start({ socketPingEveryMs: 500 }, 50);
    using dead = await openAcknowledged(running.socketUrl, payload);
    using alive = await openAcknowledged(running.socketUrl, payload);
    dead.socket.pause();
    await expect.poll(() => running.server.counts().sockets).toBe(1);
    alive.send({ type: 'ping' });
    expect(await alive.next()).toEqual({ type: 'pong' });
  });
});

test('an upgrade from a page of another site is refused before a socket exists', async () => {
  await start();
  using raw = await openRaw(running.socketUrl, 'graphql-transport-ws', { origin: 'https://evil.example' });
  expect(raw.refusedStatus()).toBe(403);
  using other = await openRaw(running.socketUrl.replace('/graphql', '/other'));
  expect(other.refusedStatus()).toBe(404);
  expect(running.server.counts().sockets).toBe(0);
});

test('a socket that is torn during the upgrade or an operation leaves nothing behind', async () => {
  const { stub } = await start();
  const raw = await openAcknowledged(running.socketUrl, payload);
  raw.send(subscription('s'));
  raw.send({ id: 'q', type: 'subscribe', payload: { query: '{ slow }' } });
  await stub.slowAsked;
  raw.socket.terminate();
  await expect.poll(() => stub.openCount()).toBe(0);
  await expect.poll(() => running.server.counts()).toEqual({ sockets: 0, streams: 0, operations: 0 });
  expect(running.logged).toEqual([]);
});

test('an error while a subscription starts is an error message without the inside text', async () => {
  await start();
  using raw = await openAcknowledged(running.socketUrl, payload);
  raw.send({ id: 's', type: 'subscribe', payload: { query: 'subscription { refused }' } });
  const answer = await raw.next();
  expect(answer).toMatchObject({ id: 's', type: 'error', payload: [{ extensions: { code: 'INTERNAL' } }] });
  expect(JSON.stringify([answer, running.logged])).not.toContain('canary-7f3a');
});
