import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLoopback } from '../../src/server/local-guard.ts';
import { anonymousOptions, startTestServer, type TestServer } from '../support/app.ts';
import { openAcknowledged, openRaw } from '../support/raw-socket.ts';
import { createStubSchema } from '../support/stub-schema.ts';

let running: TestServer;
let port: string;

beforeAll(async () => {
  running = await startTestServer({
    ...anonymousOptions(createStubSchema().schema),
    graphiql: [],
    receivePush: async () => ({ status: 200, body: 'success' }),
  });
  port = new URL(running.url).port;
});
afterAll(() => running[Symbol.asyncDispose]());

/** Asks with exactly these headers; fetch would not let Host and Origin be set. */
function ask(headers: Record<string, string>, method = 'POST', path = '/graphql'): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${running.url}${path}`, { method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end(method === 'POST' ? '{"query":"{ hello }"}' : undefined);
  });
}

const json = { 'content-type': 'application/json' };

describe('the demo without keys', () => {
  test('serves the person at this machine, under its names', async () => {
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`]) {
      expect(await ask({ ...json, host })).toBe(200);
      expect(await ask({ ...json, host, origin: `http://${host.toLowerCase()}` })).toBe(200);
    }
  });

  test.each([
    ['a foreign Host', { host: 'evil.example' }],
    ['another port in the Host', { host: 'localhost:1' }],
    ['a Host that only begins like ours', { host: 'localhost.evil.example' }],
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['the Origin of another local server', { origin: 'http://localhost:1' }],
    ['an opaque Origin', { origin: 'null' }],
    ['a Forwarded header', { forwarded: 'for=10.0.0.1' }],
    ['an X-Forwarded-For header', { 'x-forwarded-for': '10.0.0.1' }],
    ['an X-Forwarded-Host header', { 'x-forwarded-host': 'a.example' }],
    ['an X-Real-IP header', { 'x-real-ip': '10.0.0.1' }],
    ['a Via header', { via: '1.1 proxy' }],
    ['a request made by another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['a request made by another local server', { 'sec-fetch-site': 'same-site' }],
  ])('refuses %s', async (_what, headers) => {
    expect(await ask({ ...json, ...headers })).toBe(403);
    expect(await ask(headers, 'GET', '/graphql?query=%7Bhello%7D')).toBe(403);
    expect(await ask(headers, 'GET', '/metrics')).toBe(403);
    expect(await ask(headers, 'POST', '/hooks/1688')).toBe(403);
    using raw = await openRaw(running.socketUrl, 'graphql-transport-ws', { headers });
    expect(raw.refusedStatus()).toBe(403);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
    'refuses a POST of %j',
    async (type) => {
      expect(await ask(type === '' ? {} : { 'content-type': type })).toBe(415);
    },
  );

  test('lets a person follow a link to the explorer, but no image of another site run a query', async () => {
    const linked = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      accept: 'text/html',
    };
    expect(await ask(linked, 'GET')).toBe(200);
    expect(await ask({ ...linked, accept: 'image/*' }, 'GET', '/graphql?query=%7Bhello%7D')).toBe(403);
  });

  test('opens sockets for its own pages and for clients that are no browsers', async () => {
    using own = await openAcknowledged(running.socketUrl, {}, { origin: running.url });
    using client = await openAcknowledged(running.socketUrl);
    expect([own.socket.readyState, client.socket.readyState]).toEqual([1, 1]);
  });
});

test.each([
  ['127.0.0.1', true],
  ['127.8.9.1', true],
  ['::1', true],
  ['::ffff:127.0.0.1', true],
  ['::ffff:10.0.0.1', false],
  ['192.168.1.1', false],
  ['localhost', false],
  ['', false],
])('isLoopback(%j) is %j', (address, expected) => {
  expect(isLoopback(address)).toBe(expected);
});
