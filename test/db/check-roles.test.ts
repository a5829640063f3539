import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkDatabaseRoles } from '../../src/db/check-roles.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const prefix = `login_${randomUUID().slice(0, 8)}`;
const kinds = {
  app: 'in role shuiwei_app',
  worker: 'in role shuiwei_worker',
  super: 'superuser in role shuiwei_app',
  bypassing: 'bypassrls in role shuiwei_app',
  stranger: '',
  heirless: 'noinherit',
  owner: 'in role shuiwei_app',
} as const;
let database: TestDatabase;
let urls: Record<keyof typeof kinds, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  const made = await Promise.all(
    Object.entries(kinds).map(async ([kind, rights]) => {
      await database.sql.unsafe(`create role ${prefix}_${kind} login password 'x' ${rights}`);
      const url = new URL(database.ownerUrl);
      url.username = `${prefix}_${kind}`;
      url.password = 'x';
      return [kind, url.href];
    }),
  );
  urls = Object.fromEntries(made);
  await database.sql.unsafe(`grant shuiwei_app to ${prefix}_heirless`);
  await database.sql.unsafe(`alter table organization owner to ${prefix}_owner`);
});
afterAll(async () => {
  await database.sql.unsafe('alter table organization owner to current_user');
  for (const kind of Object.keys(kinds)) await database.sql.unsafe(`drop role ${prefix}_${kind}`);
  await database.drop();
});

const check = (logins: { owner?: string; app?: string; worker?: string }) =>
  checkDatabaseRoles({
    ownerUrl: logins.owner ?? database.ownerUrl,
    appUrl: logins.app ?? null,
    workerUrl: logins.worker ?? null,
  });

test('plain members of their roles may work, and an owner who can take both', async () => {
  await check({ app: urls.app, worker: urls.worker });
  await check({ app: urls.app });
  await check({});
});

test.each([
  ['super', 'is a superuser'],
  ['bypassing', 'has BYPASSRLS'],
  ['owner', 'owns the tables'],
  ['stranger', 'has not the rights of shuiwei_app'],
  ['heirless', 'has not the rights of shuiwei_app'],
  ['worker', 'has not the rights of shuiwei_app'],
] as const)('a login for the API that is %s is refused', async (kind, fault) => {
  await expect(check({ app: urls[kind] })).rejects.toMatchObject({
    code: 'invalid_configuration',
    message: expect.stringMatching(new RegExp(`^DATABASE_APP_URL: .*${fault}.*in role shuiwei_app$`)),
  });
});

test('each variable is looked at, and one that leads nowhere is named', async () => {
  await expect(check({ app: urls.app, worker: urls.app })).rejects.toThrow(/^DATABASE_WORKER_URL: /);
  const wrong = urls.app.replace(':x@', ':wrong@');
  await expect(check({ app: wrong })).rejects.toThrow(
    'DATABASE_APP_URL: the database cannot be reached (28P01)',
  );
});

test('an owner who may not take the roles is told the statements', async () => {
  await expect(check({ owner: urls.stranger })).rejects.toMatchObject({
    code: 'invalid_configuration',
    message: expect.stringMatching(
      /^DATABASE_URL: .*grant shuiwei_app to login_\w+; grant shuiwei_worker to login_\w+;$/,
    ),
  });
  // It need not take them where the others have logins of their own.
  await check({ owner: urls.stranger, app: urls.app, worker: urls.worker });
});
