import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/db/embedded.ts';
import { migrateDatabase } from '../../src/db/migrate.ts';
import { silentLog } from '../../src/shared/log.ts';
import { hourMs } from '../../src/shared/time.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The owner's URL of the server that this run's databases live on. */
    databaseServerUrl: string;
    /** The migrated database that test databases are cloned from. */
    databaseTemplate: string;
  }
}

const folderPrefix = 'shuiwei-test-';

/**
 * Starts one Postgres for the whole run, in a folder of its own without safety against crashes, and migrates the
 * template that every test database is cloned from. TEST_DATABASE_URL, the owner's URL of another server, is used
 * instead when set.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const server = await startServer(process.env.TEST_DATABASE_URL);
  const template = `shuiwei_template_${process.pid}_${Date.now()}`;
  try {
    await runOn(server.ownerUrl, `create database ${template}`);
    await migrateDatabase({
      ownerUrl: urlOf(server.ownerUrl, template),
      folder: fileURLToPath(new URL('../../drizzle', import.meta.url)),
      log: silentLog,
    });
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('databaseServerUrl', server.ownerUrl);
  project.provide('databaseTemplate', template);
  return async () => {
    if (server.isForeign) await runOn(server.ownerUrl, `drop database ${template}`);
    await server.stop();
  };
}

interface Server {
  ownerUrl: string;
  isForeign: boolean;
  stop(): Promise<void>;
}

async function startServer(foreignUrl: string | undefined): Promise<Server> {
  if (foreignUrl !== undefined) return { ownerUrl: foreignUrl, isForeign: true, stop: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), folderPrefix));
  // The system user that runs Postgres for root must get through.
  await chmod(folder, 0o711);
  const embedded = await startEmbeddedPostgres({
    projectDir: folder,
    dataDir: folder,
    log: silentLog,
    port: 0,
    isDurable: false,
  });
  return {
    ownerUrl: embedded.ownerUrl,
    isForeign: false,
    async stop() {
      await embedded.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Stops and removes what killed runs left behind; runs that still go on are younger or have living users. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(folderPrefix)) continue;
    const folder = join(tmpdir(), name);
    const age = Date.now() - ((await stat(folder).catch(() => null))?.mtimeMs ?? Date.now());
    if (age < hourMs) continue;
    const { isAdopted, stop } = await startEmbeddedPostgres({
      ...{ projectDir: folder, dataDir: folder, log: silentLog, port: 0, isDurable: false },
    }).catch(() => ({ isAdopted: false, stop: async () => {} }));
    await stop();
    if (!isAdopted) await rm(folder, { recursive: true, force: true });
  }
}

async function runOn(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
