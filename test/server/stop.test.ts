import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { GraphqlContext } from '../../src/graphql/context.ts';
import { anonymousOptions, startTestServer, type TestServer } from '../support/app.ts';
import { post, record, socketClient } from '../support/graphql-client.ts';
import { openAcknowledged } from '../support/raw-socket.ts';
import { createStubSchema } from '../support/stub-schema.ts';

let running: TestServer;
afterEach(() => running[Symbol.asyncDispose]());

async function start(options: Parameters<typeof startTestServer>[0] | object = {}) {
  const stub = createStubSchema();
  running = await startTestServer({ ...anonymousOptions(stub.schema), ...options });
  return stub;
}

const openStream = () =>
  fetch(running.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { ticks }' }),
  });

describe('stopping', () => {
  test('ends streams with complete and sockets with 1001, lets a running query finish, then is gone', async () => {
    const stub = await start();
    const stream = await openStream();
    const client = socketClient(running.socketUrl);
    const seen = record(client, 'subscription { ticks }');
    await expect.poll(() => stub.openCount()).toBe(2);
    const query = post(running.graphqlUrl, '{ slow }');
    await stub.slowAsked;

    const stopped = running.server.stop();
    expect(await stream.text()).toContain('event: complete');
    expect(await seen.ended).toMatchObject({ code: 1001 });
    await expect.poll(() => stub.openCount()).toBe(0);
    stub.release();
    expect(await query).toMatchObject({ status: 200, data: { slow: 'done' } });
    await stopped;
    await expect(fetch(`${running.url}/health`)).rejects.toThrow();
    expect(running.server.counts()).toEqual({ sockets: 0, streams: 0, operations: 0 });
    await client.dispose();
  });

  test('lets a query on a socket finish before that socket is closed', async () => {
    const stub = await start();
    using raw = await openAcknowledged(running.socketUrl);
    raw.send({ id: 'q', type: 'subscribe', payload: { query: '{ slow }' } });
    await stub.slowAsked;
    const stopped = running.server.stop();
    stub.release();
    expect(await raw.next()).toMatchObject({ id: 'q', type: 'next', payload: { data: { slow: 'done' } } });
    expect(await raw.closed).toBe(1001);
    await stopped;
  });

  test('aborts what is not finished in time, with an answer', async () => {
    const stub = await start();
    const query = post(running.graphqlUrl, '{ slow }');
    await stub.slowAsked;
    await running.server.stop(10);
    expect((await query).errors?.[0]?.extensions?.code).toBe('TEMPORARILY_UNAVAILABLE');
  });

  test('does not wait for a client whose upgrade was refused and who keeps its side open', async () => {
    await start();
    const { hostname, port } = new URL(running.url);
    const client = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    client.on('error', () => {});
    client.write(
      `GET /elsewhere HTTP/1.1\r\nhost: ${hostname}:${port}\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
        'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    expect(String((await once(client, 'data'))[0])).toContain('404');
    await running.server.stop();
    client.destroy();
  });

  test('is said by /ready first, while everything is still served', async () => {
    await start();
    expect((await fetch(`${running.url}/ready`)).status).toBe(200);
    running.server.drain();
    const ready = await fetch(`${running.url}/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { status: 'not ready', checks: { process: 'stopping' } },
    ]);
    expect((await fetch(`${running.url}/health`)).status).toBe(200);
    expect(await post(running.graphqlUrl, '{ hello }')).toMatchObject({ status: 200 });
    using raw = await openAcknowledged(running.socketUrl);
    const stopped = running.server.stop();
    expect(await raw.closed).toBe(1001);
    await stopped;
  });

  test('twice is the same as once', async () => {
    await start();
    await Promise.all([running.server.stop(), running.server.stop()]);
    await running.server.stop();
  });
});

test('a query over its deadline gets an error, over HTTP and over a socket', async () => {
  await start({ limits: { operationMsMax: 30 } });
  const answer = await post(running.graphqlUrl, '{ hello slow }');
  expect(answer.errors?.[0]?.extensions?.code).toBe('DEADLINE_EXCEEDED');
  using raw = await openAcknowledged(running.socketUrl);
  raw.send({ id: 'q', type: 'subscribe', payload: { query: '{ slow }' } });
  expect(await raw.next()).toMatchObject({
    id: 'q',
    payload: { errors: [{ extensions: { code: 'DEADLINE_EXCEEDED' } }] },
  });
});

test('a query whose client left is aborted', async () => {
  const stub = await start();
  const sent = request(running.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
  });
  sent.on('error', () => {});
  sent.end('{"query":"{ slow }"}');
  await stub.slowAsked;
  expect(running.server.counts().operations).toBe(1);
  sent.destroy();
  await expect.poll(() => running.server.counts().operations).toBe(0);
});

test('a stream whose client left is ended at its source', async () => {
  const stub = await start();
  const abort = new AbortController();
  await fetch(running.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query: 'subscription { ticks }' }),
    signal: abort.signal,
  });
  await expect.poll(() => stub.openCount()).toBe(1);
  abort.abort();
  await expect.poll(() => stub.openCount()).toBe(0);
  expect(running.server.counts().streams).toBe(0);
});

test('a stream whose client left while it was opened is ended at its source, too', async () => {
  const stub = await start();
  const ticks = stub.schema.getSubscriptionType()!.getFields().ticks!;
  const open = ticks.subscribe!;
  const asked = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  ticks.subscribe = async (root, args, context: GraphqlContext, info) => {
    asked.resolve();
    await new Promise((resolve) => context.signal!.addEventListener('abort', resolve));
    const source = open(root, args, context, info);
    expect(stub.openCount()).toBe(1);
    opened.resolve();
    return source;
  };
  const sent = request(running.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
  });
  sent.on('error', () => {});
  sent.end('{"query":"subscription { ticks }"}');
  await asked.promise;
  sent.destroy();
  await opened.promise;
  await expect.poll(() => stub.openCount()).toBe(0);
  expect(running.server.counts().streams).toBe(0);
});

test('an address that is taken is said in plain words', async () => {
  await start();
  const other = createStubSchema();
  const { createServer } = await import('../../src/server/server.ts');
  const second = createServer({
    ...anonymousOptions(other.schema),
    createContext: () => ({}) as never,
    contextOfEvent: (context) => context,
    graphiql: null,
    log: { debug() {}, info() {}, warn() {}, error() {}, child: () => null as never },
  });
  const port = Number(new URL(running.url).port);
  await expect(second.listen('127.0.0.1', port)).rejects.toThrow(
    `cannot listen on 127.0.0.1:${port} (EADDRINUSE): set HOST and PORT to a free address of this machine`,
  );
  await second.stop();
});
