import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '../../shared/errors.ts';
import type { PostgresBinaries } from './binaries.ts';
import type { SystemUser } from './system-user.ts';

/** The owner of everything in the embedded server; a superuser, so the migration makes lesser roles for the rest. */
export const ownerName = 'postgres';

/** The major version whose files the installed programs can read. */
const majorVersion = '18';

/** What a cluster needs to be made. */
export interface ClusterOptions {
  readonly binaries: PostgresBinaries;
  readonly clusterDir: string;
  readonly user: SystemUser | null;
  /** False only for data that may be lost, such as a test's. */
  readonly isDurable: boolean;
}

/**
 * Makes the data folder of a Postgres server if there is none yet, and reads its password.
 *
 * The folder is made beside its place and renamed when complete: a process killed in the middle leaves no half
 * of a cluster, and of two processes that begin together one wins and both use its result. The password is
 * random, lies inside the folder with mode 0600 and so can never belong to another cluster.
 *
 * UTF-8 with Postgres' own C.UTF-8 rules: order by code point, the same on every machine and after every update
 * of its system libraries.
 *
 * @returns the password of the owner
 * @throws AppError `invalid_configuration` when the folder belongs to another major version or has no password
 */
export async function ensureCluster(options: ClusterOptions): Promise<string> {
  const { clusterDir } = options;
  if ((await stat(join(clusterDir, 'PG_VERSION')).catch(() => null)) === null) await makeCluster(options);
  const version = (await readFile(join(clusterDir, 'PG_VERSION'), 'utf8')).trim();
  if (version !== majorVersion) {
    throw new AppError(
      'invalid_configuration',
      `${clusterDir} holds data of Postgres ${version}, the embedded one is ${majorVersion}; dump it with the old version and load it into a new folder, or set DATABASE_URL`,
    );
  }
  try {
    return (await readFile(passwordFileOf(clusterDir), 'utf8')).trim();
  } catch (cause) {
    throw new AppError(
      'invalid_configuration',
      `${passwordFileOf(clusterDir)} cannot be read, so the embedded Postgres cannot be entered; start as the user who made it, or move ${clusterDir} away to begin anew`,
      { cause },
    );
  }
}

function passwordFileOf(clusterDir: string): string {
  return join(clusterDir, 'shuiwei.password');
}

async function makeCluster({ binaries, clusterDir, user, isDurable }: ClusterOptions): Promise<void> {
  const unfinished = `${clusterDir}.${process.pid}.${randomBytes(4).toString('hex')}.unfinished`;
  const passwordFile = `${unfinished}.password`;
  const giveAway = async (path: string) => {
    if (user !== null) await chown(path, user.uid, user.gid);
  };
  try {
    await mkdir(unfinished, { mode: 0o700 });
    await giveAway(unfinished);
    await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
    await giveAway(passwordFile);
    await runInitdb(binaries.initdb, unfinished, passwordFile, user, isDurable);
    await rename(passwordFile, passwordFileOf(unfinished));
    await rename(unfinished, clusterDir).catch(async (cause: unknown) => {
      // A folder that is not empty cannot be replaced: another process was first.
      if ((await stat(join(clusterDir, 'PG_VERSION')).catch(() => null)) === null) throw cause;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
    await rm(passwordFile, { force: true });
  }
}

async function runInitdb(
  initdb: string,
  folder: string,
  passwordFile: string,
  user: SystemUser | null,
  isDurable: boolean,
): Promise<void> {
  const args = [
    `--pgdata=${folder}`,
    `--username=${ownerName}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(isDurable ? [] : ['--no-sync']),
  ];
  try {
    await promisify(execFile)(initdb, args, { cwd: '/', env: { LC_ALL: 'C', TZ: 'UTC' }, ...(user ?? {}) });
  } catch (cause) {
    const said = String((cause as { stderr?: unknown }).stderr ?? cause).trim();
    throw new AppError(
      'invalid_configuration',
      `a Postgres data folder could not be made in ${folder}: ${said}`,
      {
        cause,
      },
    );
  }
}
