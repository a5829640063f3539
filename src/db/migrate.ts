import { setTimeout as delay } from 'node:timers/promises';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { AppError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { secondMs } from '../shared/time.ts';
import type { Database } from './client.ts';
import { type Connection, type ConnectionSettings, openConnection, type Sql } from './connection.ts';
import { withDeadline } from './deadline.ts';
import { codeOf } from './transaction.ts';

/** How the database is brought up to date. */
export interface MigrateOptions {
  /** A direct connection as the owner: through a transaction pooler the lock would stay behind. */
  readonly ownerUrl: string;
  /** Folder with the numbered SQL files and `meta/_journal.json`. */
  readonly folder: string;
  readonly log: Log;
  /** Waiting for other migrators and migrating together, ms. */
  readonly deadlineMs?: number;
}

/** What a run did. */
export interface MigrateResult {
  /** Migrations applied by this very run. */
  readonly applied: number;
  /** Migrations that the database has now; more than the folder when a newer version migrated it. */
  readonly total: number;
}

/** Any fixed number, the same in every process: the lock is per database. The ASCII letters "shui". */
const migrationLock = 0x73687569;
/** A migration that waits longer for a table holds back every later query on it, so it steps aside and tries again. */
const lockTimeoutMs = 3 * secondMs;
const attemptsMax = 10;
const pauseMs = 200;
const deadlineMsDefault = 10 * 60 * secondMs;

/**
 * Applies the migrations that the database does not have yet, in one transaction.
 *
 * Six processes at once: one applies, the others wait for its lock and find nothing to do. Running it again does
 * nothing. Writes the schema and `drizzle.__drizzle_migrations`. A database that is newer than this program is left
 * alone: during an update both versions run beside each other.
 *
 * @throws AppError `invalid_configuration` when an applied migration was changed since, or a file was skipped because
 *   it is dated before the newest applied one; `deadline_exceeded`; errors of Postgres as they are
 */
export async function migrateDatabase(options: MigrateOptions): Promise<MigrateResult> {
  const files = readMigrationFiles({ migrationsFolder: options.folder });
  const connection = openConnection(settingsFor(options.ownerUrl));
  try {
    return await withDeadline('migrating the database', options.deadlineMs ?? deadlineMsDefault, async () => {
      await lockMigrations(connection);
      const before = await loadAppliedHashes(connection);
      await migrateWithRetries(connection, options);
      const after = await loadAppliedHashes(connection);
      checkApplied(files, after);
      const applied = after.length - before.length;
      if (applied > 0) options.log.info({ applied, total: after.length }, 'database migrated');
      return { applied, total: after.length };
    });
  } finally {
    connection.destroy();
  }
}

/** How many migrations this program expects a database to have at least. */
export function countExpectedMigrations(folder: string): number {
  return readMigrationFiles({ migrationsFolder: folder }).length;
}

/**
 * How many migrations the database has: for readiness. 0 when it has never been migrated.
 *
 * Reads `drizzle.__drizzle_migrations` as the owner, in a transaction of its own.
 */
export function countAppliedMigrations(db: Database, deadlineMs: number): Promise<number> {
  return db.transaction('owner', '', async (sql) => (await loadHashes(sql)).length, {
    deadlineMs,
    isReadOnly: true,
  });
}

function settingsFor(url: string): ConnectionSettings {
  return {
    url,
    applicationName: 'shuiwei migrate',
    connectTimeoutMs: 5 * secondMs,
    statementTimeoutMs: 0,
    lockTimeoutMs,
    idleInTransactionTimeoutMs: 0,
  };
}

/** A lock of the session that migrates, so that it ends with it, whatever happens. Waits as long as it takes. */
async function lockMigrations({ sql }: Connection): Promise<void> {
  await sql.unsafe(`begin;set local lock_timeout = 0;select pg_advisory_lock(${migrationLock});commit`);
}

async function migrateWithRetries(connection: Connection, options: MigrateOptions): Promise<void> {
  const orm = drizzle(connection.client);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await migrate(orm, { migrationsFolder: options.folder });
    } catch (error) {
      if (attempt >= attemptsMax || !isPassing(error)) throw error;
      options.log.warn({ attempt, code: codeOf(error) }, 'a migration had to step aside and is tried again');
      await delay(pauseMs * attempt);
    }
  }
}

/**
 * A lock that was not free, a deadlock, or the roles, which all databases of a server share, being changed by the
 * migration of another database at this moment.
 */
function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  if (code === '55P03' || code === '40P01') return true;
  const text = messagesOf(error);
  return (
    (code === 'XX000' && text.includes('tuple concurrently updated')) ||
    (code === '23505' && /pg_authid|pg_auth_members/.test(text))
  );
}

function messagesOf(error: unknown): string {
  return error instanceof Error ? `${error.message} ${messagesOf(error.cause)}` : '';
}

function loadAppliedHashes({ sql }: Connection): Promise<string[]> {
  return loadHashes(sql);
}

async function loadHashes(sql: Sql): Promise<string[]> {
  const [table] = await sql<{ exists: boolean }[]>`
    select to_regclass('drizzle.__drizzle_migrations') is not null as exists`;
  if (table?.exists !== true) return [];
  const rows = await sql<
    { hash: string }[]
  >`select hash from drizzle.__drizzle_migrations order by created_at, id`;
  return rows.map((row) => row.hash);
}

/** Drizzle skips a file dated before the newest applied one without a word, and never looks at applied ones again. */
function checkApplied(files: readonly MigrationMeta[], applied: readonly string[]): void {
  if (applied.length < files.length) {
    throw new AppError(
      'invalid_configuration',
      `only ${applied.length} of ${files.length} migrations are applied: one is dated before the newest applied one; give it a later \`when\` in meta/_journal.json`,
    );
  }
  const changed = files.findIndex((file, index) => file.hash !== applied[index]);
  if (changed >= 0) {
    throw new AppError(
      'invalid_configuration',
      `migration ${changed} was changed after this database applied it; undo the change and write a new migration (or, if the data may go, begin with an empty database)`,
    );
  }
}
