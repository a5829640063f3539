import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../../src/db/client.ts';
import { organization } from '../../src/db/tables/access.ts';
import {
  asOwner,
  queryOrganization,
  withOrganization,
  withOrganizationOrm,
  withoutOrganization,
} from '../../src/db/tenant.ts';
import { brandId, type OrganizationId } from '../../src/shared/ids.ts';
import { silentLog } from '../../src/shared/log.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const first = brandId<OrganizationId>('00000000-0000-4000-8000-000000000001');
const second = brandId<OrganizationId>('00000000-0000-4000-8000-000000000002');
const item = (organizationId: string) => ({
  organization_id: organizationId,
  item_id: randomUUID(),
  sku: `sku ${organizationId}`,
  title: '晨光按动中性笔',
  observed_at: new Date('2026-03-01T00:00:00Z'),
  recorded_at: new Date('2026-03-01T00:00:00Z'),
});

let test: TestDatabase;
beforeAll(async () => {
  // One connection per role, so that whatever stayed on it would meet the next transaction.
  test = await createTestDatabase({ poolMax: 1 });
  for (const id of [first, second]) {
    await test.sql`insert into organization (organization_id, name, recorded_at) values (${id}, ${id}, now())`;
    await test.sql`insert into item ${test.sql(item(id))}`;
  }
});
afterAll(() => test.drop());

describe.each(['app', 'worker'] as const)('as %s', (role) => {
  it('a transaction sees the rows of its organization only, as no superuser', async () => {
    const seen = await withOrganization(test.db, role, first, async (sql) => ({
      organizations: await sql`select organization_id from organization`,
      items: await sql`select sku from item`,
      roles: await sql`
        select rolname, rolsuper, rolbypassrls, rolcanlogin,
               exists (select from pg_class where relowner = r.oid) as is_owner
        from pg_roles r where rolname = current_user`,
    }));
    expect(seen).toEqual({
      organizations: [{ organization_id: first }],
      items: [{ sku: `sku ${first}` }],
      roles: [
        {
          rolname: `shuiwei_${role}`,
          rolsuper: false,
          rolbypassrls: false,
          rolcanlogin: false,
          is_owner: false,
        },
      ],
    });
  });

  it('a single statement is under the same locks, also when it fails', async () => {
    const query = (id: OrganizationId) =>
      queryOrganization(test.db, role, id, (sql) => sql`select sku from item`);
    const answers = await Promise.all([query(first), query(second), query(first)]);
    expect(answers).toEqual([first, second, first].map((id) => [{ sku: `sku ${id}` }]));
    const failing = queryOrganization(test.db, role, first, (sql) => sql`select ${0}::int / 0 as impossible`);
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    const [inside] = await query(second);
    expect(inside).toEqual({ sku: `sku ${second}` });
    const [state] = await test.db.transaction(
      role,
      'reset role;',
      (sql) => sql`select nullif(current_setting('app.organization', true), '') as organization`,
    );
    expect(state).toEqual({ organization: null });
  });

  it('a single statement writes too, or nothing at all', async () => {
    const title = `笔 ${role}`;
    const change = (text: string | null) =>
      queryOrganization(test.db, role, first, (sql) => sql`update item set title = ${text} returning title`);
    expect(await change(title)).toEqual([{ title }]);
    await expect(change(null)).rejects.toMatchObject({ code: '23502' });
    expect(await test.sql`select title from item where organization_id = ${first}`).toEqual([{ title }]);
  });

  it('role and organization are gone after the transaction, also after a failed one', async () => {
    await withOrganization(test.db, role, first, (sql) => sql`select 1`);
    await expect(withOrganization(test.db, role, first, (sql) => sql`select 1/0`)).rejects.toThrow('zero');
    const [pid] = await withOrganization(test.db, role, first, (sql) => sql`select pg_backend_pid() as pid`);
    const next = await test.db.transaction(role, 'reset role;', async (sql) => ({
      settings: await sql`
        select nullif(current_setting('app.organization', true), '') as organization, pg_backend_pid() as pid`,
    }));
    expect(next.settings).toEqual([{ organization: null, pid: pid?.pid }]);
    expect(await withoutOrganization(test.db, role, (sql) => sql`select organization_id from item`)).toEqual(
      [],
    );
    expect(await withOrganization(test.db, role, second, (sql) => sql`select sku from item`)).toEqual([
      { sku: `sku ${second}` },
    ]);
  });

  it('rows of another organization can be neither written, changed nor removed', async () => {
    const insert = withOrganization(
      test.db,
      role,
      first,
      (sql) => sql`insert into item ${sql(item(second))}`,
    );
    await expect(insert).rejects.toMatchObject({ code: '42501' });
    const steal = withOrganization(
      test.db,
      role,
      first,
      (sql) => sql`update item set organization_id = ${second}`,
    );
    await expect(steal).rejects.toMatchObject({ code: '42501' });
    const changed = await withOrganization(
      test.db,
      role,
      first,
      (sql) => sql`update item set title = 'taken' where organization_id = ${second}`,
    );
    expect(changed.count).toBe(0);
  });

  it('without an organization every business table looks empty', async () => {
    const rows = await withoutOrganization(test.db, role, (sql) => sql`select sku from item`);
    expect(rows).toEqual([]);
  });

  it('coordination tables are reached by their functions only', async () => {
    for (const table of ['api_key', 'shop_lease', 'call_budget', 'business_clock']) {
      const read = withoutOrganization(test.db, role, (sql) => sql`select * from ${sql(table)}`);
      await expect(read).rejects.toMatchObject({ code: '42501' });
    }
    expect(
      await withoutOrganization(test.db, role, (sql) => sql`select * from business_clock_read()`),
    ).toHaveLength(0);
  });

  it('partitions are made by their function, and only reached through their table', async () => {
    const ensure = () =>
      withOrganization(
        test.db,
        role,
        first,
        (sql) => sql`select stock_snapshot_ensure_partition('2026-03-15')`,
      );
    await Promise.all([ensure(), ensure()]);
    const direct = withOrganization(
      test.db,
      role,
      first,
      (sql) => sql`select * from stock_snapshot_y2026m03`,
    );
    await expect(direct).rejects.toMatchObject({ code: '42501' });
    expect(await withOrganization(test.db, role, first, (sql) => sql`select * from stock_snapshot`)).toEqual(
      [],
    );
  });

  it('drizzle works under the same locks', async () => {
    const rows = await withOrganizationOrm(test.db, role, second, (orm) =>
      orm.select({ id: organization.organizationId }).from(organization),
    );
    expect(rows).toEqual([{ id: second }]);
  });
});

describe('the owner', () => {
  it('sees everything only where it is a superuser', async () => {
    expect(await asOwner(test.db, null, (sql) => sql`select sku from item`)).toHaveLength(2);
  });
});

describe('an id that is none', () => {
  it('never becomes SQL', () => {
    const id = `' ; drop table item; --` as OrganizationId;
    expect(() => withOrganization(test.db, 'app', id, (sql) => sql`select 1`)).toThrow(
      'not an organization id',
    );
  });
});

describe('a login of its own for a role', () => {
  it('is used as it is', async () => {
    await test.sql`create role ${test.sql(`login_${test.name}`)} login password 'x' in role shuiwei_app`;
    const url = new URL(test.ownerUrl);
    url.username = `login_${test.name}`;
    url.password = 'x';
    const db = createDatabase({ ownerUrl: test.ownerUrl, appUrl: url.href, log: silentLog });
    try {
      const seen = await withOrganization(db, 'app', first, async (sql) => ({
        user: await sql`select session_user::text as login`,
        items: await sql`select sku from item`,
      }));
      expect(seen).toEqual({ user: [{ login: `login_${test.name}` }], items: [{ sku: `sku ${first}` }] });
    } finally {
      await db.close();
      await test.sql`drop role ${test.sql(`login_${test.name}`)}`;
    }
  });
});
