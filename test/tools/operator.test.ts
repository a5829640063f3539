import { execFile } from 'node:child_process';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { setBusinessClock } from '../../src/db/business-clock.ts';
import { createDatabase, type Database } from '../../src/db/client.ts';
import { asOwner } from '../../src/db/tenant.ts';
import type { OrganizationId } from '../../src/shared/ids.ts';
import { silentLog } from '../../src/shared/log.ts';
import { appKey, appSecret, startTestGateway } from '../connectors/sandbox-1688/support.ts';

const cli = new URL('../../src/tools/cli.ts', import.meta.url).pathname;
const name = `operator_${crypto.randomUUID().replaceAll('-', '')}`;
let server: postgres.Sql;
let ownerUrl: string;
let db: Database;

// A server that somebody else runs: the owner of the database is neither superuser nor past row-level security.
beforeAll(async () => {
  const serverUrl = new URL(inject('databaseServerUrl'));
  server = postgres(serverUrl.href, { max: 1, onnotice: () => {} });
  await server.unsafe(`create role ${name} login password 'x' nosuperuser nobypassrls`);
  await server.unsafe(`grant shuiwei_app, shuiwei_worker to ${name}`);
  await server.unsafe(`create database ${name} owner ${name} template template0`);
  serverUrl.pathname = `/${name}`;
  serverUrl.username = name;
  serverUrl.password = 'x';
  ownerUrl = serverUrl.href;
  db = createDatabase({ ownerUrl, log: silentLog });
});
afterAll(async () => {
  await db.close();
  await server.unsafe(`drop database ${name} with (force)`);
  await server.unsafe(`drop role ${name}`);
  await server.end();
});

function shuiwei(args: string[], settings: Record<string, string> = {}) {
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: ownerUrl,
    TOKEN_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    ...settings,
  };
  return new Promise<{ exitCode: number; said: string; complaint: string }>((done) => {
    execFile(process.execPath, [cli, ...args], { env }, (failure, said, complaint) => {
      done({ exitCode: failure === null ? 0 : Number(failure.code), said: said.trim(), complaint });
    });
  });
}

it('sets up an organization with a key and a shop on a database that somebody else runs', async () => {
  expect(await shuiwei(['events', 'new-epoch'])).toMatchObject({
    exitCode: 1,
    complaint: expect.stringContaining('no event log'),
  });
  const { said: organizationId } = await shuiwei(['organization', 'create', '--name', 'My company']);
  expect(organizationId).toMatch(/^[0-9a-f-]{36}$/);
  const forOrganization = ['--organization', organizationId];

  const key = await shuiwei(['key', 'create', ...forOrganization, '--name', 'dashboard']);
  expect(key).toMatchObject({
    exitCode: 0,
    said: expect.stringMatching(/^sw_[0-9a-f]{12}_\S{43}_[0-9a-f]{8}$/),
  });

  const { gateway } = await startTestGateway();
  try {
    const connect = (settings: Record<string, string>, accessToken: string) =>
      shuiwei(
        ['shop', 'connect', ...forOrganization, '--platform', 'alibaba-1688', '--access-token', accessToken],
        settings,
      );
    const settings = {
      ALIBABA_1688_GATEWAY_URL: gateway.gatewayUrl,
      ALIBABA_1688_APP_KEY: appKey,
      ALIBABA_1688_APP_SECRET: appSecret,
    };
    expect(await connect(settings, gateway.tokens.accessToken)).toMatchObject({
      exitCode: 0,
      said: expect.stringContaining('connected as shop'),
    });
    const unset = await connect({}, gateway.tokens.accessToken);
    expect(unset).toMatchObject({ exitCode: 2, complaint: expect.stringContaining('ALIBABA_1688_APP_KEY') });
    const page = await shuiwei(
      ['shop', 'authorize-url', '--redirect-uri', 'https://shop.example.com/back', '--state', 'x7'],
      settings,
    );
    expect(Object.fromEntries(new URL(page.said).searchParams)).toEqual({
      client_id: appKey,
      site: '1688',
      redirect_uri: 'https://shop.example.com/back',
      state: 'x7',
    });
  } finally {
    await gateway.close();
  }

  const epoch = () =>
    asOwner(db, organizationId as OrganizationId, async (sql) => {
      const [head] = await sql<{ epoch: string }[]>`select epoch from event_head`;
      return head?.epoch;
    });
  const before = await epoch();
  expect(before).toBeDefined();
  // Another one, which has neither key nor shop yet: its log may have been read before the restore, too.
  await shuiwei(['organization', 'create', '--name', 'Her company']);
  expect(await shuiwei(['events', 'new-epoch'])).toMatchObject({ said: '2 event logs have a new epoch' });
  expect(await epoch()).not.toBe(before);
  // The lock that was lifted for it is back.
  expect(await asOwner(db, null, (sql) => sql`select from event_head`)).toHaveLength(0);

  const prefix = key.said.split('_').slice(0, 2).join('_');
  expect((await shuiwei(['key', 'revoke', prefix])).exitCode).toBe(0);
}, 120_000);

it('leaves a running sandbox its time when a shop or feed is connected, and takes it for what is recorded', async () => {
  const moveTo = new Date('2026-03-03T01:00:00Z');
  await setBusinessClock(db, { speed: 720, startAt: moveTo, moveTo });
  const { exitCode, complaint } = await shuiwei([
    ...['shop', 'connect', '--organization', crypto.randomUUID(), '--platform', 'wms-feed'],
    ...['--access-token', 'feed-token', '--feed-url', 'http://feed.example.com/'],
  ]);
  expect({ exitCode, complaint }).toMatchObject({
    exitCode: 1,
    complaint: expect.stringContaining('https://'),
  });
  const ownApp = {
    ALIBABA_1688_GATEWAY_URL: 'http://127.0.0.1:9',
    ALIBABA_1688_APP_KEY: appKey,
    ALIBABA_1688_APP_SECRET: appSecret,
  };
  const shop = [
    '--organization',
    crypto.randomUUID(),
    '--platform',
    'alibaba-1688',
    '--access-token',
    'token',
  ];
  expect((await shuiwei(['shop', 'connect', ...shop], ownApp)).exitCode).toBe(1);
  const { said: organizationId } = await shuiwei(['organization', 'create', '--name', 'Their company']);
  const [organization] = await asOwner(
    db,
    organizationId as OrganizationId,
    (sql) => sql<{ recorded_at: Date }[]>`select recorded_at from organization`,
  );
  expect(organization?.recorded_at.toISOString()).toMatch(/^2026-03-0/);
  const [clock] = await asOwner(
    db,
    null,
    (sql) => sql<{ speed: string }[]>`select speed from business_clock`,
  );
  expect(Number(clock?.speed)).toBe(720);
}, 120_000);
