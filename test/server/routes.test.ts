import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAuthenticator } from '../../src/server/auth.ts';
import type { PushReceiver } from '../../src/server/routes.ts';
import { anonymousOptions, createMemoryKeys, startTestServer, type TestServer } from '../support/app.ts';
import { post } from '../support/graphql-client.ts';
import { createStubSchema } from '../support/stub-schema.ts';

let running: TestServer;
let databaseAnswer: () => Promise<void> = async () => {};
const pushed: { body: Buffer; contentType: string | undefined }[] = [];
const receivePush: PushReceiver = async (body, contentType) => {
  pushed.push({ body, contentType });
  return { status: body.includes('bad') ? 400 : 200, body: 'success' };
};

beforeAll(async () => {
  running = await startTestServer({
    ...anonymousOptions(createStubSchema().schema),
    graphiql: [{ query: '# what is low · 缺货\n{ hello }' }],
    receivePush,
    readinessChecks: [{ name: 'database', check: () => databaseAnswer() }],
    corsOrigins: ['https://shop.example.com'],
  });
});
afterAll(() => running[Symbol.asyncDispose]());

describe('health', () => {
  test('/health looks at the process only', async () => {
    databaseAnswer = () => Promise.reject(new Error('canary-7f3a'));
    const response = await fetch(`${running.url}/health`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  test.each([
    ['answers', async () => {}, 200, 'ok'],
    ['refuses', () => Promise.reject(new Error('canary-7f3a')), 503, 'failed'],
    ['says nothing for a second', () => new Promise<void>(() => {}), 503, 'late'],
  ])('/ready when the database %s', async (_what, answer, status, shown) => {
    databaseAnswer = answer;
    const response = await fetch(`${running.url}/ready`);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ checks: { process: 'ok', database: shown } });
  });

  test('/metrics counts what was asked', async () => {
    await post(running.graphqlUrl, '{ hello }');
    const text = await (await fetch(`${running.url}/metrics`)).text();
    expect(text).toMatch(/shuiwei_graphql_operation_seconds_count\{kind="query",outcome="ok"\} [1-9]/);
    expect(text).toContain('shuiwei_websockets 0');
    expect(text).toContain('process_cpu_seconds_total');
  });

  test('/metrics needs a key that is meant for it when the request came through a proxy', async () => {
    const keys = createMemoryKeys();
    await using closed = await startTestServer({
      schema: createStubSchema().schema,
      authenticator: createAuthenticator(keys, null),
    });
    const ask = async (headers: Record<string, string>) =>
      (await fetch(`${closed.url}/metrics`, { headers: { 'x-forwarded-for': '10.0.0.1', ...headers } }))
        .status;
    expect(await ask({})).toBe(401);
    expect(await ask({ authorization: `Bearer ${keys.add({ scopes: ['read:shops'] })}` })).toBe(403);
    expect(await ask({ authorization: `Bearer ${keys.add({ scopes: ['read:metrics'] })}` })).toBe(200);
    expect((await fetch(`${closed.url}/metrics`)).status).toBe(200);
  });
});

describe('push messages', () => {
  test('are handed over exactly as their bytes came', async () => {
    const body = Buffer.from([0x7b, 0x22, 0xe5, 0xba, 0x93, 0x22, 0x3a, 0x00, 0xff, 0x7d]);
    const response = await fetch(`${running.url}/hooks/1688`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body,
    });
    expect([response.status, await response.text()]).toEqual([200, 'success']);
    expect(pushed.at(-1)).toEqual({
      body,
      contentType: 'application/x-www-form-urlencoded; charset=utf-8',
    });
  });

  test('get the status that the receiver decides on', async () => {
    const response = await fetch(`${running.url}/hooks/1688`, { method: 'POST', body: 'bad' });
    expect(response.status).toBe(400);
  });

  test('over 256 KiB and other methods are refused', async () => {
    const count = pushed.length;
    const big = await fetch(`${running.url}/hooks/1688`, { method: 'POST', body: Buffer.alloc(262_145) });
    expect([big.status, (await fetch(`${running.url}/hooks/1688`)).status]).toEqual([413, 405]);
    expect(pushed).toHaveLength(count);
  });
});

describe('pages', () => {
  test('/ leads to the explorer', async () => {
    const response = await fetch(running.url);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).toContain('<a href="/graphql">');
    expect((await fetch(`${running.url}/nothing`)).status).toBe(404);
  });

  test('GraphiQL holds its starter queries and loads nothing from anywhere else', async () => {
    const response = await fetch(running.graphqlUrl, { headers: { accept: 'text/html' } });
    const html = await response.text();
    expect(html).toContain('what is low · 缺货');
    expect(html).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'sha256-[^']+' blob:;/);
  });
});

describe('browsers elsewhere', () => {
  const preflight = async (origin: string) => {
    const response = await fetch(running.graphqlUrl, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    return [
      response.headers.get('access-control-allow-origin'),
      response.headers.get('access-control-allow-credentials'),
    ];
  };

  test('only listed origins pass the preflight, never with credentials of the browser', async () => {
    const [allowed, credentials] = await preflight('https://shop.example.com');
    expect([allowed, credentials]).toEqual(['https://shop.example.com', null]);
    expect(await preflight('https://evil.example')).toEqual([null, null]);
  });
});

describe('bodies', () => {
  const send = (body: BodyInit, headers: Record<string, string> = {}) =>
    fetch(running.graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
    });

  test('over 256 KiB are refused, announced or not', async () => {
    const big = JSON.stringify({ query: `{ hello } # ${'x'.repeat(300_000)}` });
    expect((await send(big)).status).toBe(413);
    const streamed = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(big));
        controller.close();
      },
    });
    expect((await send(streamed)).status).toBe(413);
  });

  test('that are no JSON, compressed or empty are refused as the fault of the sender', async () => {
    const statuses = await Promise.all([
      send('{"query":'),
      send('[]'),
      send('null'),
      send('"x"'),
      send(''),
      send(Buffer.from([0x1f, 0x8b, 8, 0]), { 'content-encoding': 'gzip' }),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400]);
  });

  test('of 100 MB are cut off', async () => {
    const { hostname, port } = new URL(running.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => {});
    const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.write(
      'POST /graphql HTTP/1.1\r\nhost: ' +
        `${hostname}:${port}\r\ncontent-type: application/json\r\ncontent-length: 100000000\r\n\r\n`,
    );
    expect(await answer).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close/i);
    await closed;
  });
});

test('errors of the inside are not shown, and logged without their text', async () => {
  const answer = await post(running.graphqlUrl, '{ fails hello }');
  expect(answer).toMatchObject({
    data: { fails: null, hello: 'hello world' },
    errors: [{ path: ['fails'], extensions: { code: 'INTERNAL' } }],
  });
  expect(running.logged.at(-1)?.fields).toMatchObject({ error: 'Error', path: 'fails' });
  expect(JSON.stringify([answer, running.logged])).not.toContain('canary-7f3a');
});

test('a mutation over GET is refused', async () => {
  const response = await fetch(`${running.graphqlUrl}?query=${encodeURIComponent('mutation { change }')}`);
  expect(response.status).toBe(405);
});
