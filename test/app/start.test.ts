import { afterEach, beforeEach, expect, test } from 'vitest';
import { type App, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { setBusinessClock } from '../../src/db/business-clock.ts';
import { saveOrganization } from '../../src/db/queries/organization.ts';
import { asOwner } from '../../src/db/tenant.ts';
import { createApiKey } from '../../src/server/key-store.ts';
import { brandId, type OrganizationId } from '../../src/shared/ids.ts';
import { silentLog } from '../../src/shared/log.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let running: App | null = null;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await running?.stop();
  running = null;
  await database.drop();
});

async function start(commandLine: string[], settings: Record<string, string> = {}): Promise<App> {
  const config = readConfig(commandLine, {
    PORT: '0',
    DATABASE_URL: database.ownerUrl,
    TOKEN_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
    ...settings,
  });
  running = await startApp(config, silentLog);
  return running;
}

async function clockSpeed(): Promise<number | undefined> {
  const [row] = await database.sql<{ speed: number }[]>`select speed from business_clock`;
  return row?.speed;
}

const real = {
  ALIBABA_1688_APP_KEY: '1234567',
  ALIBABA_1688_APP_SECRET: 'secret-of-the-app',
  ALIBABA_1688_GATEWAY_URL: 'http://127.0.0.1:9',
};

test('a warehouse feed alone is a deployment: a new database runs in real time', async () => {
  const feed = { WMS_FEED_URL: 'https://wms.example.com/feed', WMS_FEED_TOKEN: 'feed-token' };
  const app = await start(['--roles', 'api,worker'], feed);
  expect((await fetch(`${app.url}/ready`)).status).toBe(200);
  expect(await clockSpeed()).toBe(1);
});

test('a process without the sandbox leaves the time of a sandbox elsewhere alone', async () => {
  await setBusinessClock(database.db, { speed: 720, startAt: new Date('2026-03-03T01:00:00Z') });
  await start(['--roles', 'api']);
  expect(await clockSpeed()).toBe(720);
});

test('the sandbox plays in a database of its own, and again after a restart', async () => {
  await (await start(['--roles', 'sandbox'])).stop();
  await start(['--roles', 'sandbox']);
  expect(await clockSpeed()).toBe(720);
});

test('the sandbox refuses a database that runs in real time', async () => {
  await (await start(['--roles', 'api'])).stop();
  await expect(start([])).rejects.toMatchObject({
    code: 'invalid_configuration',
    message: expect.stringMatching(/^--roles: .*runs in real time.*ALIBABA_1688_APP_KEY.*another database/),
  });
  expect(await clockSpeed()).toBe(1);
});

test('the sandbox refuses a database with another organization', async () => {
  const organizationId = brandId<OrganizationId>(crypto.randomUUID());
  await asOwner(database.db, organizationId, (sql) =>
    saveOrganization(sql, { organizationId, name: 'Somebody', locale: 'en', recordedAt: new Date() }),
  );
  await createApiKey(database.db, { organizationId, name: 'key', scopes: [], expiresAt: null });
  await expect(start(['--roles', 'sandbox'])).rejects.toThrow('holds another organization');
  expect(await clockSpeed()).toBeUndefined();
});

test('a real gateway refuses a database in which the sandbox plays', async () => {
  await (await start(['--roles', 'sandbox'])).stop();
  await expect(start([], real)).rejects.toMatchObject({
    code: 'invalid_configuration',
    message: expect.stringMatching(/^DATABASE_URL: the sandbox plays/),
  });
  expect(await clockSpeed()).toBe(720);
});

test('off loopback a stopping process says so first and goes on serving while the balancer looks', async () => {
  const app = await start(['--roles', 'api'], { HOST: '0.0.0.0' });
  const url = app.url?.replace('0.0.0.0', '127.0.0.1');
  const stopping = app.stop();
  const ready = await fetch(`${url}/ready`);
  expect([ready.status, await ready.json()]).toEqual([
    503,
    { status: 'not ready', checks: { process: 'stopping', database: 'ok' } },
  ]);
  expect((await fetch(`${url}/health`)).status).toBe(200);
  await stopping;
  await expect(fetch(`${url}/health`)).rejects.toThrow();
});
