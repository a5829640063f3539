import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import { checkDatabaseRoles } from '../db/check-roles.ts';
import { createDatabase, type Database } from '../db/client.ts';
import { startEmbeddedPostgres } from '../db/embedded.ts';
import { ensureDatabase } from '../db/ensure-database.ts';
import { migrateDatabase } from '../db/migrate.ts';
import { codeOf } from '../db/transaction.ts';
import { AppError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { secondMs } from '../shared/time.ts';
import { loadTokenKeys } from './token-keys.ts';
import { identifyTrace } from './trace-identity.ts';

/** The root folder of the project, where migrations and documents lie. */
export const projectDir = resolve(import.meta.dirname, '../..');
/** The folder of the migrations. */
export const migrationsDir = resolve(projectDir, 'drizzle');

/** A database that is migrated and ready. */
export interface OpenDatabase {
  readonly db: Database;
  readonly ownerUrl: string;
  /** Folder of the embedded server; null with DATABASE_URL. */
  readonly embeddedDir: string | null;
  /** The key ring that seals shop tokens. */
  readonly tokenKeys: string;
  close(): Promise<void>;
}

/**
 * Opens the configured database, or one of the embedded server, and brings it to the newest migration.
 *
 * On the embedded server every trace has a database of its own, so that the built-in world and recorded sales never
 * mix. Safe to run in several processes at once.
 *
 * @throws AppError `invalid_configuration` saying which setting to look at when the database cannot be used
 */
export async function openDatabase(
  config: Pick<
    Config,
    'databaseUrl' | 'databaseAppUrl' | 'databaseWorkerUrl' | 'dataDir' | 'tokenKeys' | 'traceFile'
  >,
  log: Log,
): Promise<OpenDatabase> {
  const embedded =
    config.databaseUrl === null
      ? await startEmbeddedPostgres({ projectDir, dataDir: config.dataDir, log })
      : null;
  try {
    const ownerUrl =
      config.databaseUrl ??
      (await ensureDatabase(embedded!.ownerUrl, await databaseNameOf(config.traceFile)));
    await migrateDatabase({ ownerUrl, folder: migrationsDir, log }).catch((error: unknown) => {
      if (error instanceof AppError || embedded !== null) throw error;
      throw new AppError('invalid_configuration', explainUnreachable(error), { cause: error });
    });
    await checkDatabaseRoles({
      ownerUrl,
      appUrl: config.databaseAppUrl,
      workerUrl: config.databaseWorkerUrl,
    });
    const tokenKeys = await loadTokenKeys(config.tokenKeys, embedded?.dataDir ?? projectDir);
    const db = createDatabase({
      ownerUrl,
      appUrl: config.databaseAppUrl,
      workerUrl: config.databaseWorkerUrl,
      log,
    });
    return {
      db,
      ownerUrl,
      embeddedDir: embedded?.dataDir ?? null,
      tokenKeys,
      async close() {
        // Whatever had time to end has ended by now.
        await db.close(secondMs);
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

async function databaseNameOf(traceFile: string | null): Promise<string> {
  return traceFile === null ? 'shuiwei' : (await identifyTrace(traceFile)).databaseName;
}

function explainUnreachable(error: unknown): string {
  const code = codeOf(error);
  if (code === '42501') {
    return 'DATABASE_URL: the user lacks a privilege that the migrations need (42501); it must own the database, and where it may not make roles a superuser runs before: create role shuiwei_app nologin; create role shuiwei_worker nologin; grant shuiwei_app, shuiwei_worker to OWNER;';
  }
  return `DATABASE_URL: the database cannot be reached or migrated${code === null ? '' : ` (${code})`}; check address, name, user and password, and that the user owns the database`;
}
