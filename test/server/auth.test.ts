import { afterEach, describe, expect, test } from 'vitest';
import { revokeApiKey } from '../../src/db/queries/api-key.ts';
import { asOwner } from '../../src/db/tenant.ts';
import { generateKeyText } from '../../src/server/api-key.ts';
import { createAuthenticator } from '../../src/server/auth.ts';
import { createApiKey, createKeyStore } from '../../src/server/key-store.ts';
import { createMemoryKeys, makeViewer, startTestServer, type TestServer } from '../support/app.ts';
import { createTestDatabase } from '../support/database.ts';
import { createEventWorld } from '../support/event-world.ts';
import { post, record, socketClient } from '../support/graphql-client.ts';
import { openAcknowledged, openRaw } from '../support/raw-socket.ts';
import { createStubSchema } from '../support/stub-schema.ts';

let running: TestServer | null = null;
afterEach(async () => {
  await running?.[Symbol.asyncDispose]();
  running = null;
});

async function start(recheckEveryMs = 3_600_000) {
  const keys = createMemoryKeys();
  const stub = createStubSchema();
  running = await startTestServer({
    schema: stub.schema,
    authenticator: createAuthenticator(keys, null),
    recheckEveryMs,
  });
  return { keys, stub, running };
}

describe('over HTTP', () => {
  test('a key lets in; its absence, a wrong, an expired and a revoked one do not', async () => {
    const { keys, running } = await start();
    const good = keys.add();
    const revoked = keys.add();
    keys.revoke(revoked);
    const expired = keys.add({ expiresAt: new Date(Date.now() - 1) });
    const status = async (authorization?: string) =>
      (await post(running.graphqlUrl, '{ viewerName }', {}, authorization)).status;
    expect(await status(`Bearer ${good}`)).toBe(200);
    const refused = [
      undefined,
      'Bearer ',
      'Bearer sw_x',
      `Basic ${good}`,
      `Bearer ${good}x`,
      `Bearer ${generateKeyText().text}`,
      `Bearer ${revoked}`,
      `Bearer ${expired}`,
    ];
    expect(await Promise.all(refused.map(status))).toEqual(refused.map(() => 401));
  });

  test('says how to authenticate, and nothing about which part was wrong', async () => {
    const { running } = await start();
    const response = await fetch(`${running.graphqlUrl}?query={hello}`, {
      headers: { authorization: `Bearer ${generateKeyText().text}` },
    });
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="shuiwei"');
    expect(await response.json()).toEqual({
      errors: [
        {
          message: 'The API key is unknown, expired or revoked.',
          extensions: { code: 'UNAUTHENTICATED' },
        },
      ],
    });
    const chinese = await fetch(`${running.graphqlUrl}?query={hello}`, {
      headers: { 'accept-language': 'zh-CN,zh;q=0.9' },
    });
    expect(await chinese.text()).toContain('需要 API 密钥');
  });

  test('the use of a key is noted once a minute', async () => {
    const { keys, running } = await start();
    const authorization = `Bearer ${keys.add()}`;
    await post(running.graphqlUrl, '{ hello }', {}, authorization);
    await post(running.graphqlUrl, '{ hello }', {}, authorization);
    expect(keys.touchedIds).toHaveLength(1);
  });
});

describe('over websockets', () => {
  test('takes the key from connectionParams or the upgrade, never from the address', async () => {
    const { keys, running } = await start();
    const authorization = `Bearer ${keys.add()}`;
    using first = await openAcknowledged(running.socketUrl, { authorization });
    using second = await openAcknowledged(running.socketUrl, {}, { headers: { authorization } });
    using third = await openRaw(`${running.socketUrl}?authorization=${encodeURIComponent(authorization)}`);
    third.send({ type: 'connection_init' });
    expect(await third.closed).toBe(4403);
    expect([first.socket.readyState, second.socket.readyState]).toEqual([1, 1]);
  });

  test('closes with 4403 when the key is revoked during a subscription; others go on', async () => {
    const { keys, stub, running } = await start(20);
    const [revoked, kept] = [keys.add(), keys.add()];
    const clients = [revoked, kept].map((key) =>
      socketClient(running.socketUrl, { connectionParams: { authorization: `Bearer ${key}` } }),
    );
    const [first, second] = clients.map((client) => record(client, 'subscription { ticks }'));
    await expect.poll(() => stub.openCount()).toBe(2);
    keys.revoke(revoked);
    expect(await first?.ended).toMatchObject({ code: 4403 });
    await expect.poll(() => stub.openCount()).toBe(1);
    stub.tick(7);
    await second?.until(1);
    for (const client of clients) await client.dispose();
  });

  test('a stream of server-sent events ends when the key expires', async () => {
    const { keys, stub, running } = await start(20);
    const key = keys.add({ expiresAt: new Date(Date.now() + 400) });
    const response = await fetch(running.graphqlUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: `Bearer ${key}`,
      },
      body: JSON.stringify({ query: 'subscription { ticks }' }),
    });
    expect(await response.text()).toContain('event: complete');
    await expect.poll(() => stub.openCount()).toBe(0);
  });
});

test('without a key nobody learns anything of the schema', async () => {
  const { running } = await start();
  for (const query of ['{ __schema { types { name } } }', '{ helo }', '{ hello', 'mutation { change }']) {
    const answer = await post(running.graphqlUrl, query);
    expect([answer.status, answer.errors?.[0]?.extensions?.code]).toEqual([401, 'UNAUTHENTICATED']);
  }
});

test('keys live in the database: made by the owner, found by the API, ended by the owner', async () => {
  await using database = await createTestDatabase();
  const world = await createEventWorld(database);
  const authenticator = createAuthenticator(createKeyStore(database.db), null);
  const text = await createApiKey(database.db, {
    organizationId: world.organizationId,
    name: 'for the test',
    scopes: ['read:stock'],
    expiresAt: null,
  });
  const authorization = `Bearer ${text}`;
  const session = await authenticator.authenticate({ authorization, locale: null });
  if (!('viewer' in session)) throw new Error('refused');
  expect(session.viewer).toEqual({
    organizationId: world.organizationId,
    scopes: new Set(['read:stock']),
    locale: 'en',
    keyName: 'for the test',
    isAnonymous: false,
  });
  await expect
    .poll(async () => (await database.sql`select last_used_at from api_key`)[0]?.last_used_at)
    .toBeInstanceOf(Date);
  const stored = await database.sql`select * from api_key`;
  // After the prefix: 43 letters of secret, which may hold an underscore themselves.
  expect(JSON.stringify(stored)).not.toContain(text.slice('sw_0123456789ab_'.length).slice(0, 43));
  expect(await authenticator.isStillValid(session)).toBe(true);
  const prefix = text.split('_').slice(0, 2).join('_');
  await asOwner(database.db, null, (sql) => revokeApiKey(sql, prefix));
  expect(await authenticator.isStillValid(session)).toBe(false);
  expect(await authenticator.authenticate({ authorization, locale: null })).toMatchObject({ status: 401 });
});

test('the anonymous viewer speaks the language of the request', async () => {
  const authenticator = createAuthenticator(createMemoryKeys(), makeViewer({ locale: 'zh-CN' }));
  const locales = await Promise.all(
    [null, 'en' as const].map((locale) => authenticator.authenticate({ authorization: undefined, locale })),
  );
  expect(locales.map((session) => 'viewer' in session && session.viewer.locale)).toEqual(['zh-CN', 'en']);
});
