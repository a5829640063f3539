import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countAppliedMigrations, countExpectedMigrations, migrateDatabase } from '../../src/db/migrate.ts';
import { silentLog } from '../../src/shared/log.ts';
import { createEmptyDatabase, type TestDatabase } from '../support/database.ts';

const realFolder = fileURLToPath(new URL('../../drizzle', import.meta.url));

interface JournalEntry {
  idx: number;
  version: string;
  when: number;
  tag: string;
  breakpoints: boolean;
}

let folder: string;
let test: TestDatabase;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shuiwei-migrations-'));
  cpSync(realFolder, folder, { recursive: true });
  test = await createEmptyDatabase();
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await test.drop();
});

const migrateIt = (url = test.ownerUrl) => migrateDatabase({ ownerUrl: url, folder, log: silentLog });

/** Appends a migration to the folder; `when` null = after all others. */
function addMigration(tag: string, sql: string, when: number | null = null): void {
  const file = join(folder, 'meta', '_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: JournalEntry[] };
  const newest = Math.max(...journal.entries.map((entry) => entry.when));
  journal.entries.push({
    idx: journal.entries.length,
    version: '7',
    when: when ?? newest + 1,
    tag,
    breakpoints: true,
  });
  writeFileSync(file, JSON.stringify(journal));
  writeFileSync(join(folder, `${tag}.sql`), sql);
}

describe('migrateDatabase', () => {
  it('lets six processes begin at once: one applies, all succeed', async () => {
    const total = countExpectedMigrations(folder);
    expect(await countAppliedMigrations(test.db, 5_000)).toBe(0);
    const results = await Promise.all(Array.from({ length: 6 }, () => migrateIt()));
    expect(results.map((result) => result.applied).sort()).toEqual([0, 0, 0, 0, 0, total]);
    expect(results.every((result) => result.total === total)).toBe(true);
    expect(await countAppliedMigrations(test.db, 5_000)).toBe(total);
  });

  it('does nothing the second time and only the new ones later', async () => {
    await migrateIt();
    expect((await migrateIt()).applied).toBe(0);
    addMigration('9000_more', 'create table more (id integer);');
    expect((await migrateIt()).applied).toBe(1);
    expect(await test.sql`select * from more`).toEqual([]);
  });

  it('migrates several databases of one server at once, although they share the roles', async () => {
    const others = await Promise.all([createEmptyDatabase(), createEmptyDatabase(), createEmptyDatabase()]);
    try {
      const results = await Promise.all([test, ...others].map((database) => migrateIt(database.ownerUrl)));
      expect(new Set(results.map((result) => result.applied))).toEqual(
        new Set([countExpectedMigrations(folder)]),
      );
    } finally {
      await Promise.all(others.map((database) => database.drop()));
    }
  });

  it('leaves nothing of a migration that fails', async () => {
    await migrateIt();
    addMigration('9000_half', 'create table half (id integer);\n--> statement-breakpoint\nselect 1/0;');
    await expect(migrateIt()).rejects.toThrow();
    const [row] = await test.sql`select to_regclass('half') as half`;
    expect(row?.half).toBeNull();
  });

  it('steps aside for a lock and tries again', async () => {
    await migrateIt();
    addMigration('9000_lock', 'alter table organization add column extra integer;');
    const holder = postgres(test.ownerUrl, { max: 1, onnotice: () => {} });
    let warnings = 0;
    const released = Promise.withResolvers<void>();
    const log = {
      ...silentLog,
      warn() {
        warnings += 1;
        released.resolve();
      },
    };
    const locked = Promise.withResolvers<void>();
    const held = holder.begin(async (sql) => {
      await sql`lock table organization in access share mode`;
      locked.resolve();
      await released.promise;
    });
    await locked.promise;
    const result = await migrateDatabase({ ownerUrl: test.ownerUrl, folder, log });
    await held;
    await holder.end();
    expect(result.applied).toBe(1);
    expect(warnings).toBe(1);
  });

  it('refuses a migration that the database would skip for its date', async () => {
    await migrateIt();
    addMigration('9000_late', 'create table late (id integer);', 1);
    await expect(migrateIt()).rejects.toThrow('dated before the newest applied one');
  });

  it('refuses a migration that was changed after it was applied', async () => {
    addMigration('9000_first', 'create table first (id integer);');
    await migrateIt();
    writeFileSync(join(folder, '9000_first.sql'), 'create table first (id bigint);');
    await expect(migrateIt()).rejects.toThrow('was changed after this database applied it');
  });

  it('leaves a newer database alone', async () => {
    addMigration('9000_newer', 'create table newer (id integer);');
    await migrateIt();
    const older = await migrateDatabase({ ownerUrl: test.ownerUrl, folder: realFolder, log: silentLog });
    expect(older).toEqual({ applied: 0, total: countExpectedMigrations(folder) });
  });
});
