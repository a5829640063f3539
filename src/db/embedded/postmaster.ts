import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { AppError } from '../../shared/errors.ts';
import type { SystemUser } from './system-user.ts';
import { isAlive } from './users.ts';

/** How often the state of a starting or stopping server is looked at, ms. */
const lookEveryMs = 15;

/** What `postmaster.pid` says about a server of one data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Postgres' own word: `starting`, `ready`, `stopping`, `standby`. */
  readonly status: string;
}

/**
 * Reads `postmaster.pid` and checks that the process is alive and is a Postgres of this very folder.
 *
 * @returns null when there is no such server; a file left by a killed server, or whose process id now belongs
 *   to something else, counts as none
 */
export async function findPostmaster(clusterDir: string): Promise<Postmaster | null> {
  const lines = readPidFile(clusterDir);
  if (lines === null) return null;
  const [pid, folder, , port, , , , status] = lines;
  const found = {
    pid: Number.parseInt(pid ?? '', 10),
    port: Number.parseInt(port ?? '', 10),
    status: (status ?? 'starting').trim(),
  };
  if (!Number.isSafeInteger(found.pid) || !isAlive(found.pid)) return null;
  return (await isPostgresOf(found.pid, clusterDir, folder ?? '')) ? found : null;
}

function readPidFile(clusterDir: string): string[] | null {
  try {
    return readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return null;
  }
}

/** A server works inside its data folder: on Linux its working directory proves whose it is. */
async function isPostgresOf(pid: number, clusterDir: string, folderInFile: string): Promise<boolean> {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(clusterDir);
  } catch {
    // Another user's process is not ours to adopt, and one that has ended is none.
    if (process.platform === 'linux') return false;
  }
  if (process.platform === 'win32') return true;
  const { stdout } = await promisify(execFile)('ps', ['-p', String(pid), '-o', 'command=']).catch(() => ({
    stdout: '',
  }));
  return stdout.includes('postgres') && stdout.includes(folderInFile);
}

/**
 * Removes a stale `postmaster.pid` once no process works in the folder any more. Postgres itself would refuse
 * to start when the process id in the file has been reused by another process of the same user, which is the
 * normal case in a restarted container.
 *
 * @throws AppError `transient` when server processes of a killed postmaster do not end within 10 s
 */
export async function clearStalePidFile(clusterDir: string): Promise<void> {
  const giveUpAt = performance.now() + 10_000;
  while (processesIn(clusterDir).length > 0) {
    if (performance.now() > giveUpAt) {
      throw new AppError(
        'transient',
        `processes of a killed Postgres still work in ${clusterDir} (${processesIn(clusterDir).join(', ')}); wait for their end or end them, then start again`,
      );
    }
    if ((await findPostmaster(clusterDir)) !== null) return;
    await delay(lookEveryMs);
  }
  if ((await findPostmaster(clusterDir)) === null)
    rmSync(join(clusterDir, 'postmaster.pid'), { force: true });
}

function processesIn(clusterDir: string): string[] {
  if (process.platform !== 'linux') return [];
  const wanted = realpathSync(clusterDir);
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return (
        readlinkSync(`/proc/${name}/cwd`) === wanted &&
        readFileSync(`/proc/${name}/comm`, 'utf8').trim() === 'postgres'
      );
    } catch {
      return false;
    }
  });
}

/** A server process that was just spawned, and what became of it. */
export interface SpawnedServer {
  readonly process: ChildProcess;
  /** True once the process has ended. */
  hasEnded(): boolean;
}

/**
 * Starts the server process in its own process group, so that neither Ctrl-C in the terminal nor the death of
 * this process stops it before its users have finished. Output goes to a file: a pipe would die with us.
 */
export function spawnPostgres(
  program: string,
  args: readonly string[],
  logFile: string,
  user: SystemUser | null,
): SpawnedServer {
  const output = openSync(logFile, 'a', 0o600);
  try {
    const child = spawn(program, [...args], {
      detached: true,
      stdio: ['ignore', output, output],
      cwd: '/',
      env: { LC_ALL: 'C', TZ: 'UTC' },
      ...(user ?? {}),
    });
    let ended = false;
    child.on('exit', () => {
      ended = true;
    });
    child.on('error', () => {
      ended = true;
    });
    child.unref();
    return { process: child, hasEnded: () => ended };
  } finally {
    closeSync(output);
  }
}

/**
 * Waits until the server of a folder accepts connections.
 *
 * @param hasEnded - whether the process that was spawned for it has ended
 * @returns null when it ended instead
 * @throws AppError `deadline_exceeded` when it is not ready in time
 */
export async function waitUntilReady(
  clusterDir: string,
  hasEnded: () => boolean,
  readyWithinMs: number,
): Promise<Postmaster | null> {
  const giveUpAt = performance.now() + readyWithinMs;
  for (;;) {
    const found = await findPostmaster(clusterDir);
    if (found?.status === 'ready') return found;
    if (found === null && hasEnded()) return null;
    if (performance.now() > giveUpAt) {
      throw new AppError(
        'deadline_exceeded',
        `the embedded Postgres in ${clusterDir} was not ready within ${readyWithinMs / 1000} s`,
      );
    }
    await delay(lookEveryMs);
  }
}

/** Waits until no server of the folder is left. @throws AppError `deadline_exceeded` */
export async function waitUntilGone(clusterDir: string, goneWithinMs: number): Promise<void> {
  const giveUpAt = performance.now() + goneWithinMs;
  while ((await findPostmaster(clusterDir)) !== null) {
    if (performance.now() > giveUpAt) {
      throw new AppError(
        'deadline_exceeded',
        `the embedded Postgres in ${clusterDir} did not stop within ${goneWithinMs / 1000} s`,
      );
    }
    await delay(lookEveryMs);
  }
}

/** The wished port when it is free, else any free one; loopback only. Somebody may still be faster: callers retry. */
export async function findFreePort(wishedPort: number): Promise<number> {
  const tryPort = (port: number) =>
    new Promise<number | null>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(null));
      probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
        const address = probe.address();
        probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null));
      });
    });
  const free = (await tryPort(wishedPort)) ?? (await tryPort(0));
  if (free === null) throw new AppError('transient', 'no free port on 127.0.0.1 for the embedded Postgres');
  return free;
}
