import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDatabase } from '../../src/db/client.ts';
import type { Sql } from '../../src/db/connection.ts';
import { findPostmaster } from '../../src/db/embedded/postmaster.ts';
import { createServerUsers } from '../../src/db/embedded/users.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/db/embedded.ts';
import { migrateDatabase } from '../../src/db/migrate.ts';
import { asOwner, withOrganization, withoutOrganization } from '../../src/db/tenant.ts';
import { brandId, type OrganizationId } from '../../src/shared/ids.ts';
import { silentLog } from '../../src/shared/log.ts';

const isRoot = process.getuid?.() === 0;
const holderFile = fileURLToPath(new URL('../support/embedded-holder.ts', import.meta.url));
const migrations = fileURLToPath(new URL('../../drizzle', import.meta.url));
const organizationId = brandId<OrganizationId>('00000000-0000-4000-8000-000000000001');

let sharedDir: string;
let freshDirs: string[];
let dataDir: string;
let started: EmbeddedPostgres[];
let children: ChildProcess[];

/** A folder that the user who runs Postgres can reach. */
function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shuiwei-embedded-'));
  chmodSync(folder, 0o711);
  return folder;
}

/** From here on the test works on a folder without a cluster. Most tests share one, because making it takes longest. */
function useFreshFolder(): void {
  dataDir = makeFolder();
  freshDirs.push(dataDir);
}

beforeAll(() => {
  sharedDir = makeFolder();
});
afterAll(() => rmSync(sharedDir, { recursive: true }));
beforeEach(() => {
  dataDir = sharedDir;
  freshDirs = [];
  started = [];
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(
    children
      .filter((child) => child.exitCode === null && child.signalCode === null)
      .map((child) => once(child, 'exit')),
  );
  // Whatever a test left running is adopted once more, so that its end is seen.
  if ((await findPostmaster(clusterDir())) !== null) await start();
  await Promise.all(started.map((server) => server.stop()));
  for (const folder of freshDirs) rmSync(folder, { recursive: true });
});

const clusterDir = () => join(dataDir, 'postgres');

async function start(port = 0): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    projectDir: dataDir,
    dataDir,
    log: silentLog,
    port,
    isDurable: false,
  });
  started.push(server);
  return server;
}

interface Held {
  child: ChildProcess;
  answer: { ownerUrl?: string; isAdopted?: boolean; port?: number; error?: string };
}

async function startInChild(): Promise<Held> {
  const child = spawn(process.execPath, [holderFile, dataDir, dataDir], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  children.push(child);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, answer: JSON.parse(String(line)) as Held['answer'] };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end({ timeout: 0 });
  }
}

const pidOf = async () => (await findPostmaster(clusterDir()))?.pid;

describe('the embedded Postgres', () => {
  it('is made, started, stopped, and keeps its data', async () => {
    useFreshFolder();
    const server = await start();
    expect(server.isAdopted).toBe(false);
    await query(server.ownerUrl, 'create table kept as select 1 as one');
    const [facts] = await query(
      server.ownerUrl,
      `select current_setting('server_encoding') as encoding, current_setting('listen_addresses') as addresses,
              datlocprovider as provider, datlocale as locale from pg_database where datname = current_database()`,
    );
    expect(facts).toEqual({ encoding: 'UTF8', addresses: '127.0.0.1', provider: 'b', locale: 'C.UTF-8' });
    await server.stop();
    await server.stop();
    expect(await pidOf()).toBeUndefined();
    const again = await start();
    expect(await query(again.ownerUrl, 'select one from kept')).toEqual([{ one: 1 }]);
  });

  it('lets nobody in without the password, which nobody else can read', async () => {
    const server = await start();
    const url = new URL(server.ownerUrl);
    url.password = 'guess';
    await expect(query(url.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(join(clusterDir(), 'shuiwei.password')).mode & 0o777).toBe(0o600);
    expect(statSync(clusterDir()).mode & 0o777).toBe(0o700);
  });

  it('is not joined while somebody stops it who could not see who comes', async () => {
    const { child } = await startInChild();
    await kill(child);
    const pid = (await pidOf())!;
    // Somebody who is the last looks at the list …
    const leaver = createServerUsers(join(dataDir, 'postgres.users'));
    leaver.join();
    expect(leaver.leaveToStop(pid)).toBe(true);
    // … somebody else comes …
    const coming = start();
    await vi.waitUntil(() => readdirSync(join(dataDir, 'postgres.users')).length === 1, { interval: 1 });
    let isHere = false;
    coming.then(() => {
      isHere = true;
    });
    // Others get far enough to join, if they would.
    for (let turn = 0; turn < 3_000 && !isHere; turn += 1) {
      await findPostmaster(clusterDir());
      await setImmediate();
    }
    expect(isHere).toBe(false);
    // … and only now the server is told to stop.
    process.kill(pid, 'SIGINT');
    const server = await coming;
    expect(await query(server.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await pidOf()).not.toBe(pid);
  });

  it('goes on when somebody comes before the last one has looked', () => {
    const folder = join(dataDir, 'postgres.users');
    const [leaver, comer] = [createServerUsers(folder), createServerUsers(folder)];
    leaver.join();
    comer.join();
    expect(leaver.leaveToStop(4711)).toBe(false);
    expect(comer.isBeingLeft(4711)).toBe(false);
    expect(comer.leaveToStop(4711)).toBe(true);
    expect(leaver.isBeingLeft(4711)).toBe(true);
    comer.hasStopped();
    expect(leaver.isBeingLeft(4711)).toBe(false);
  });

  it('is shared by all who start it, and stopped by the last who leaves', async () => {
    const [one, two] = await Promise.all([start(), start()]);
    const { child, answer } = await startInChild();
    expect(answer).toEqual({ ownerUrl: one.ownerUrl, isAdopted: true, port: one.port });
    expect(two.ownerUrl).toBe(one.ownerUrl);
    expect([one.isAdopted, two.isAdopted].sort()).toEqual([false, true]);
    await one.stop();
    expect(await query(two.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    await two.stop();
    expect(await query(answer.ownerUrl ?? '', 'select 1 as one')).toEqual([{ one: 1 }]);
    child.stdin?.end();
    await once(child, 'exit');
    expect(await pidOf()).toBeUndefined();
  });

  it('is started once by four processes that begin at once on an empty folder', async () => {
    useFreshFolder();
    const held = await Promise.all([startInChild(), startInChild(), startInChild(), startInChild()]);
    expect(held.map(({ answer }) => answer.error)).toEqual([undefined, undefined, undefined, undefined]);
    expect(new Set(held.map(({ answer }) => answer.ownerUrl)).size).toBe(1);
    expect(held.filter(({ answer }) => answer.isAdopted === false)).toHaveLength(1);
    expect(readdirSync(dataDir).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  it('is adopted when its process was killed, and stopped by the adopter', async () => {
    const { child, answer } = await startInChild();
    const pid = await pidOf();
    await kill(child);
    expect(await pidOf()).toBe(pid);
    const adopted = await start();
    expect(adopted.isAdopted).toBe(true);
    expect(adopted.ownerUrl).toBe(answer.ownerUrl);
    expect(await pidOf()).toBe(pid);
    await adopted.stop();
    expect(await pidOf()).toBeUndefined();
  });

  it('stops when its only process ends by an error that nobody caught', async () => {
    const { child } = await startInChild();
    const pid = await pidOf();
    expect(pid).toBeDefined();
    child.stdin?.write('crash');
    await once(child, 'exit');
    await vi.waitFor(async () => expect(await pidOf()).toBeUndefined(), { timeout: 10_000 });
  });

  it('starts anew when the server itself was killed, also while a session works', async () => {
    const server = await start();
    const busy = query(server.ownerUrl, 'select pg_sleep(600)').catch((error: unknown) => error);
    await vi.waitFor(async () => {
      const rows = await query(
        server.ownerUrl,
        `select 1 from pg_stat_activity where query = 'select pg_sleep(600)'`,
      );
      expect(rows).toHaveLength(1);
    });
    process.kill((await pidOf()) ?? 0, 'SIGKILL');
    const again = await start();
    expect(again.isAdopted).toBe(false);
    expect(await busy).toBeInstanceOf(Error);
    expect(await query(again.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('is not taken in by a pid file whose process is gone, or is another program', async () => {
    const server = await start();
    const pidFile = readFileSync(join(clusterDir(), 'postmaster.pid'), 'utf8');
    await server.stop();
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    children.push(stranger);
    for (const pid of [4_194_303, stranger.pid ?? 0, process.pid]) {
      writeFileSync(join(clusterDir(), 'postmaster.pid'), pidFile.replace(/^\d+/, String(pid)));
      expect(await pidOf()).toBeUndefined();
      const again = await start();
      expect(again.isAdopted).toBe(false);
      expect(await query(again.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
      await again.stop();
    }
    expect(stranger.exitCode).toBeNull();
  });

  it('takes another port when the wished one is in use', async () => {
    const occupant = createServer();
    occupant.listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const taken = (occupant.address() as { port: number }).port;
    try {
      const server = await start(taken);
      expect(server.port).not.toBe(taken);
      expect(await query(server.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      occupant.close();
    }
  });

  it('takes the wished port when it is free', async () => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const free = (probe.address() as { port: number }).port;
    probe.close();
    await once(probe, 'close');
    expect((await start(free)).port).toBe(free);
  });

  it('names the folder and its log when the server does not start', async () => {
    useFreshFolder();
    await (await start()).stop();
    writeFileSync(join(clusterDir(), 'postgresql.conf'), 'no_such_setting = 1\n');
    await expect(start()).rejects.toThrow(/does not start.*postgres\.log[\s\S]*no_such_setting/);
  });

  it('refuses the data of another major version', async () => {
    await (await start()).stop();
    const file = join(clusterDir(), 'PG_VERSION');
    writeFileSync(file, '17\n');
    await expect(start()).rejects.toThrow('holds data of Postgres 17');
    writeFileSync(file, '18\n');
  });

  it('makes the roles once when two databases are migrated at once on a new server', async () => {
    useFreshFolder();
    const server = await start();
    await query(server.ownerUrl, 'create database one');
    await query(server.ownerUrl, 'create database two');
    const results = await Promise.all(
      ['one', 'two'].map((name) =>
        migrateDatabase({
          ownerUrl: server.ownerUrl.replace(/postgres$/, name),
          folder: migrations,
          log: silentLog,
        }),
      ),
    );
    expect(results[0]).toEqual(results[1]);
    const roles = await query(
      server.ownerUrl,
      `select count(*)::int as n from pg_roles where rolname like 'shuiwei%'`,
    );
    expect(roles).toEqual([{ n: 2 }]);
  });
});

describe('an owner who is no superuser', () => {
  it('migrates, takes the roles, and is held by row-level security itself', async () => {
    useFreshFolder();
    const server = await start();
    await query(server.ownerUrl, `create role plain login createrole password 'plain'`);
    await query(server.ownerUrl, 'create database plain owner plain');
    const url = new URL(server.ownerUrl);
    url.username = 'plain';
    url.password = 'plain';
    url.pathname = '/plain';
    await migrateDatabase({ ownerUrl: url.href, folder: migrations, log: silentLog });
    const db = createDatabase({ ownerUrl: url.href, log: silentLog });
    try {
      const add = (sql: Sql) =>
        sql`insert into organization (organization_id, name, recorded_at) values (${organizationId}, '义乌文具', now())`;
      await expect(asOwner(db, null, add)).rejects.toMatchObject({ code: '42501' });
      await asOwner(db, organizationId, add);
      expect(await asOwner(db, null, (sql) => sql`select name from organization`)).toEqual([]);
      for (const role of ['app', 'worker'] as const) {
        expect(
          await withOrganization(db, role, organizationId, (sql) => sql`select name from organization`),
        ).toEqual([{ name: '义乌文具' }]);
        expect(
          await withOrganization(
            db,
            role,
            organizationId,
            (sql) => sql`select stock_snapshot_ensure_partition('2026-03-01') as made`,
          ),
        ).toEqual([{ made: role === 'app' }]);
      }
      expect(
        await withoutOrganization(db, 'worker', (sql) => sql`select * from shop_lease_claim('a', 1, 60)`),
      ).toEqual([]);
    } finally {
      await db.close();
    }
  });
});

describe('a folder that the system user cannot reach', () => {
  it('is refused by name for root when it was wished for, and no matter for an ordinary user', async () => {
    useFreshFolder();
    const closed = join(dataDir, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const options = {
      projectDir: dataDir,
      dataDir: join(closed, 'data'),
      log: silentLog,
      port: 0,
      isDurable: false,
    };
    if (isRoot) {
      await expect(startEmbeddedPostgres(options)).rejects.toThrow(
        `SHUIWEI_DATA_DIR (${join(closed, 'data')})`,
      );
    } else {
      started.push(await startEmbeddedPostgres(options));
      expect(existsSync(join(closed, 'data', 'postgres', 'PG_VERSION'))).toBe(true);
    }
  });
});
