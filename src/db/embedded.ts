import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { locateBinaries, type PostgresBinaries } from './embedded/binaries.ts';
import { ensureCluster, ownerName } from './embedded/initialise.ts';
import {
  clearStalePidFile,
  findFreePort,
  findPostmaster,
  type Postmaster,
  spawnPostgres,
  waitUntilGone,
  waitUntilReady,
} from './embedded/postmaster.ts';
import { prepareLog, serverArguments } from './embedded/settings.ts';
import { canEnter, findSystemUser, type SystemUser } from './embedded/system-user.ts';
import { createServerUsers, type ServerUsers } from './embedded/users.ts';

/** How the embedded Postgres is wished for. */
export interface EmbeddedPostgresOptions {
  /** Folder of the project: its `.shuiwei` holds the data unless something speaks against it. */
  readonly projectDir: string;
  /** SHUIWEI_DATA_DIR: holds data, programs and secrets instead; null = choose. */
  readonly dataDir: string | null;
  readonly log: Log;
  /** Port to use when it is free, else any; 0 = any. A server that is already running keeps its own. */
  readonly port?: number;
  /** False lets a crash of the machine lose data: for tests. Default true. */
  readonly isDurable?: boolean;
  /** How long a start may take, recovery after a crash included, ms. */
  readonly readyWithinMs?: number;
}

/** A running embedded Postgres. */
export interface EmbeddedPostgres {
  /** URL of the owner, with the password. */
  readonly ownerUrl: string;
  /** The folder that also holds this installation's other files. */
  readonly dataDir: string;
  /** The folder of Postgres itself. */
  readonly clusterDir: string;
  readonly port: number;
  /** True when the server was running already: started by another process, perhaps one that was killed. */
  readonly isAdopted: boolean;
  /**
   * Ends this process's use; the last one to end it stops the server and waits for that. Running it again does
   * nothing.
   */
  stop(): Promise<void>;
}

/** A port outside the usual ephemeral range, so that it is the same after a restart, and not a system Postgres's. */
const preferredPort = 25_432;
/** Recovery after a power loss replays at most max_wal_size; 60 s is far beyond that on a slow disk. */
const readyWithinMsDefault = 60_000;
/** Ports and servers come and go while we look; after this many rounds something is wrong for good. */
const startRoundsMax = 5;

/**
 * Starts the Postgres that comes with Shuiwei, or joins the one that already runs on the same data folder.
 *
 * Loopback only, entered by a generated password. When the current user is root the server runs as the system
 * user `postgres`; if that one cannot reach the project, data and programs go to `/var/lib/shuiwei/<hash>`.
 * A server that outlived a killed process is adopted after its process id and folder were checked.
 * Safe to run twice and in several processes at once: all get the same server.
 *
 * @throws AppError `invalid_configuration` naming the folder and what to do; `deadline_exceeded` if not ready in time
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const user = await findSystemUser();
  const dataDir = await chooseDataDir(options, user);
  const clusterDir = join(dataDir, 'postgres');
  const users = createServerUsers(join(dataDir, 'postgres.users'));
  users.join();
  try {
    await waitForLeavers(users, clusterDir);
    const binaries = await locateBinaries(dataDir, user);
    const password = await ensureCluster({
      binaries,
      clusterDir,
      user,
      isDurable: options.isDurable ?? true,
    });
    const { server, isAdopted } = await startOrAdopt(options, { binaries, clusterDir, dataDir, user });
    options.log.info(
      { port: server.port, pid: server.pid, folder: clusterDir },
      isAdopted ? 'embedded Postgres was already running' : 'embedded Postgres started',
    );
    return {
      ownerUrl: `postgres://${ownerName}:${password}@127.0.0.1:${server.port}/postgres`,
      dataDir,
      clusterDir,
      port: server.port,
      isAdopted,
      stop: createStop(users, clusterDir, server, options.log),
    };
  } catch (error) {
    users.leave();
    throw error;
  }
}

interface Place {
  readonly binaries: PostgresBinaries;
  readonly clusterDir: string;
  readonly dataDir: string;
  readonly user: SystemUser | null;
}

async function startOrAdopt(
  options: EmbeddedPostgresOptions,
  place: Place,
): Promise<{ server: Postmaster; isAdopted: boolean }> {
  const { clusterDir } = place;
  const readyWithinMs = options.readyWithinMs ?? readyWithinMsDefault;
  for (let round = 1; round <= startRoundsMax; round += 1) {
    const running = await findPostmaster(clusterDir);
    if (running?.status === 'stopping') {
      await waitUntilGone(clusterDir, readyWithinMs);
    } else if (running !== null) {
      const server = await waitUntilReady(clusterDir, () => true, readyWithinMs);
      if (server !== null) return { server, isAdopted: true };
    } else {
      await clearStalePidFile(clusterDir);
      const port = await findFreePort(options.port ?? preferredPort);
      const logFile = await prepareLog(place.dataDir);
      const args = serverArguments(clusterDir, port, options.isDurable ?? true);
      const spawned = spawnPostgres(place.binaries.postgres, args, logFile, place.user);
      const server = await waitUntilReady(clusterDir, spawned.hasEnded, readyWithinMs);
      // Null: the port was taken in the meantime, or another process started the server first.
      if (server !== null) return { server, isAdopted: server.pid !== spawned.process.pid };
    }
  }
  const said = await readFile(join(place.dataDir, 'postgres.log'), 'utf8').catch(() => '');
  throw new AppError(
    'invalid_configuration',
    `the embedded Postgres in ${clusterDir} does not start; its log ${join(place.dataDir, 'postgres.log')} ends with:\n${said.trim().split('\n').slice(-8).join('\n')}`,
  );
}

/** A server that was told to stop says so within milliseconds; whoever has not told it by now was killed before, ms. */
const leaverPatienceMs = 10_000;
const leaverLookEveryMs = 15;

/** Waits while somebody who did not see this process on the list of users stops the server: it must not be joined. */
async function waitForLeavers(users: ServerUsers, clusterDir: string): Promise<void> {
  const giveUpAt = performance.now() + leaverPatienceMs;
  for (;;) {
    const running = await findPostmaster(clusterDir);
    if (running === null || running.status === 'stopping') return;
    if (!users.isBeingLeft(running.pid)) return users.forgetLeavers(running.pid);
    if (performance.now() > giveUpAt) return users.forgetLeavers(null);
    await delay(leaverLookEveryMs);
  }
}

function createStop(
  users: ServerUsers,
  clusterDir: string,
  server: Postmaster,
  log: Log,
): () => Promise<void> {
  // Fast shutdown: open sessions are ended, committed data is written.
  const leaveAndSignal = (): boolean => {
    if (!users.leaveToStop(server.pid)) return false;
    try {
      process.kill(server.pid, 'SIGINT');
    } catch {
      // Gone already.
    }
    return true;
  };
  process.once('exit', leaveAndSignal);
  let stopping: Promise<void> | null = null;
  const stop = async () => {
    process.removeListener('exit', leaveAndSignal);
    // Only a server that is still this folder's: its process id may belong to something else by now.
    if ((await findPostmaster(clusterDir))?.pid !== server.pid) {
      users.leave();
      return;
    }
    if (!leaveAndSignal()) {
      log.info({ others: users.count() }, 'embedded Postgres goes on for other processes');
      return;
    }
    await waitUntilGone(clusterDir, 30_000).finally(() => users.hasStopped());
    log.info({ folder: clusterDir }, 'embedded Postgres stopped');
  };
  return () => {
    stopping ??= stop();
    return stopping;
  };
}

/**
 * The project's own folder if the user who runs Postgres can reach it, else a folder of the system: a root-only
 * home directory lets nobody else through.
 */
async function chooseDataDir(options: EmbeddedPostgresOptions, user: SystemUser | null): Promise<string> {
  const inProject = resolve(options.projectDir, '.shuiwei');
  const wished = options.dataDir === null ? inProject : resolve(options.dataDir);
  await makeDataDir(wished);
  if (user === null || (await canEnter(wished, user))) return wished;
  if (options.dataDir !== null) {
    throw new AppError(
      'invalid_configuration',
      `SHUIWEI_DATA_DIR (${wished}) cannot be entered by the system user postgres, as which Postgres runs because Shuiwei was started as root; give the folders on the way mode 755, or choose a folder such as /var/lib/shuiwei`,
    );
  }
  const hash = createHash('sha256').update(resolve(options.projectDir)).digest('hex').slice(0, 12);
  const elsewhere = join('/var/lib/shuiwei', hash);
  await makeDataDir(elsewhere);
  if (await canEnter(elsewhere, user)) return elsewhere;
  throw new AppError(
    'invalid_configuration',
    `neither ${inProject} nor ${elsewhere} can be entered by the system user postgres; set SHUIWEI_DATA_DIR to a folder it can reach, or DATABASE_URL`,
  );
}

/** Others may pass through, for the system user's sake, but neither list nor read: secrets lie here. */
async function makeDataDir(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o711 });
  } catch (cause) {
    throw new AppError(
      'invalid_configuration',
      `the data folder ${folder} cannot be made; set SHUIWEI_DATA_DIR to a folder that you may write in, or DATABASE_URL`,
      {
        cause,
      },
    );
  }
}
