import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import { createDatabase, type Database } from '../db/client.ts';
import { startEmbeddedPostgres } from '../db/embedded.ts';
import { migrateDatabase } from '../db/migrate.ts';
import type { Log } from '../shared/log.ts';
import { loadTokenKeys } from './token-keys.ts';

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
 * Opens the configured database, or starts the embedded one, and brings it to the newest migration.
 *
 * @throws AppError `invalid_configuration` saying which variable to look at when the database cannot be used
 */
export async function openDatabase(config: Config, log: Log): Promise<OpenDatabase> {
  const embedded =
    config.databaseUrl === null
      ? await startEmbeddedPostgres({ projectDir, dataDir: config.dataDir, log })
      : null;
  const ownerUrl = config.databaseUrl ?? embedded!.ownerUrl;
  try {
    await migrateDatabase({ ownerUrl, folder: migrationsDir, log });
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
        await db.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}
