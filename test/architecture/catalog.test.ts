import { readdirSync } from 'node:fs';
import { is } from 'drizzle-orm';
import { type AnyPgTable, PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  coordinationTables,
  findKeysWithoutOrganization,
  findTablesWithoutRecordedAt,
  findUndistributable,
  findUnlockedTables,
  findUnsafeFunctions,
  findWrongGrants,
  shapeOfCatalog,
  shapeOfTables,
} from '../support/catalog-rules.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/** Business tables that do not say when a row was stored, and why. */
const withoutRecordedAt: Readonly<Record<string, string>> = {
  demand_dirty: 'a mark to count a day again, removed when done; `marked_at` says since when',
  event_head: 'a counter, not a fact',
  idempotency_key: 'kept for 24 hours of real time from `created_at`',
  plan_due: 'a mark to plan a level again, removed when done; `marked_at` says since when',
  plan_sum_due: 'a mark to sum an item up again, removed when done; `marked_at` says since when',
  sales_policy_due: 'a mark to judge an item again, removed when done; `marked_at` says since when',
  read_hint: 'a wish to read, removed when done; `created_at` says since when',
  suggestion_due: 'a mark to decide suggestions again, removed when done; `marked_at` says since when',
  shop_credential: 'tokens live in real time; `updated_at` says since when',
};

let test: TestDatabase;
let planted: TestDatabase;
beforeAll(async () => {
  [test, planted] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  for (const database of [test, planted]) {
    await database.sql`select stock_snapshot_ensure_partition('2026-03-01')`;
  }
});
afterAll(() => Promise.all([test.drop(), planted.drop()]));

describe('the catalog of the migrated database', () => {
  it('has row-level security, forced, with one policy on every business table', async () => {
    expect(await findUnlockedTables(test.sql)).toEqual([]);
  });

  it('begins every unique and foreign key of a business table with the organization', async () => {
    expect(await findKeysWithoutOrganization(test.sql)).toEqual([]);
  });

  it('gives the roles of API and workers no more than they need', async () => {
    expect(await findWrongGrants(test.sql)).toEqual([]);
  });

  it('reaches coordination tables through guarded functions only', async () => {
    expect(await findUnsafeFunctions(test.sql)).toEqual([]);
  });

  it('can be spread over nodes by organization', async () => {
    expect(await findUndistributable(test.sql)).toEqual([]);
  });

  it('says when each business row was stored', async () => {
    expect(await findTablesWithoutRecordedAt(test.sql)).toEqual(Object.keys(withoutRecordedAt).sort());
  });

  it('has every table that is excepted', async () => {
    expect(Object.keys(await shapeOfCatalog(test.sql))).toEqual(
      expect.arrayContaining(Object.keys(coordinationTables)),
    );
  });

  it('is what the code believes', async () => {
    expect(shapeOfTables(await loadDeclaredTables())).toEqual(await shapeOfCatalog(test.sql));
  });
});

describe('each rule finds what is planted', () => {
  it('tables without a lock, views', async () => {
    await planted.sql.unsafe(`
      create table open_table (organization_id uuid not null, id integer, primary key (organization_id, id));
      alter table item no force row level security;
      create policy second on warehouse using (true);
      alter policy organization_only on listing using (organization_id is not null);
      alter table stock_snapshot_y2026m03 disable row level security;
      create view every_item as select * from item;
      create view own_item with (security_invoker = true) as select * from item;`);
    expect(await findUnlockedTables(planted.sql)).toEqual([
      'every_item: view shows every organization',
      'item: row-level security is not enabled and forced',
      'listing: does not have exactly the one policy',
      'open_table: does not have exactly the one policy',
      'open_table: row-level security is not enabled and forced',
      'stock_snapshot_y2026m03: partition is not locked',
      'warehouse: does not have exactly the one policy',
    ]);
  });

  it('keys without the organization', async () => {
    await planted.sql.unsafe(`
      create table keyless (organization_id uuid not null);
      create table global_key (organization_id uuid, id integer primary key, body text);
      create unique index by_body on global_key (lower(body));
      alter table keyless add column id integer references global_key (id);`);
    expect(await findKeysWithoutOrganization(planted.sql)).toEqual([
      'global_key: unique index by_body begins with an expression',
      'global_key: unique index global_key_pkey begins with id',
      'keyless: foreign key keyless_id_fkey does not join by organization first',
      'keyless: has no primary key',
    ]);
    expect(await findUnlockedTables(planted.sql)).toContain(
      'global_key: organization_id is no uuid that is never null',
    );
  });

  it('grants too many', async () => {
    await planted.sql.unsafe(`
      grant select on api_key to shuiwei_app;
      grant insert on stock_snapshot_y2026m03 to shuiwei_worker;
      grant truncate on item to shuiwei_worker;
      grant update on event_log to shuiwei_app;
      grant select on shop_credential to public;
      grant create on schema public to shuiwei_app;`);
    expect(await findWrongGrants(planted.sql)).toEqual([
      'api_key: coordination table with a grant',
      'event_log: append-only, yet can be changed',
      'item: may be truncated, referenced or given triggers',
      'shop_credential: the API can read secrets',
      'shuiwei_app: may make objects in the schema',
      'stock_snapshot_y2026m03: partition can be reached directly',
    ]);
  });

  it('functions that can be led astray', async () => {
    await planted.sql.unsafe(`
      create function astray() returns integer language sql security definer as 'select 1';
      create function plain() returns integer language sql as 'select 1';
      revoke execute on function plain() from public;`);
    expect(await findUnsafeFunctions(planted.sql)).toEqual([
      'astray: SECURITY DEFINER without a fixed search_path that ends with pg_temp',
      'astray: everybody may call it',
      'plain: not SECURITY DEFINER, so it has no place among the guards',
    ]);
  });

  it('what cannot be distributed', async () => {
    await planted.sql.unsafe(`
      alter table item alter column recorded_at set default now();
      create function noted() returns trigger language plpgsql as 'begin return new; end';
      create trigger note before insert on item for each row execute function noted();
      alter table shop add constraint leased foreign key (shop_id) references shop_lease (shop_id);`);
    expect(await findUndistributable(planted.sql)).toEqual([
      'item.recorded_at: default now() depends on when or where it runs',
      'item: trigger note',
      'shop: foreign key leased joins a coordination table',
    ]);
  });

  it('a column that only one side knows', async () => {
    await planted.sql.unsafe(
      'alter table outbox add column extra text; alter table outbox drop column recorded_at',
    );
    const catalog = (await shapeOfCatalog(planted.sql)).outbox;
    const declared = shapeOfTables(await loadDeclaredTables()).outbox;
    expect(catalog?.columns).toContain('extra text');
    expect(catalog?.columns).not.toEqual(declared?.columns);
    expect(await findTablesWithoutRecordedAt(planted.sql)).toContain('outbox');
  });
});

async function loadDeclaredTables(): Promise<AnyPgTable[]> {
  const folder = new URL('../../src/db/tables/', import.meta.url);
  const modules = await Promise.all(
    readdirSync(folder).map(
      async (name) => (await import(new URL(name, folder).href)) as Record<string, unknown>,
    ),
  );
  return modules.flatMap((module) => Object.values(module).filter((value) => is(value, PgTable)));
}
