import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateTokenKey } from '../connectors/token-vault.ts';

/**
 * The keys that seal shop tokens: TOKEN_KEYS, or for the embedded database a key that is made once and kept in its
 * folder, readable by its owner only. Losing the file means connecting the shops again.
 *
 * @param configured - TOKEN_KEYS; null = none set
 * @param dataDir - folder of the embedded database
 */
export async function loadTokenKeys(configured: string | null, dataDir: string): Promise<string> {
  if (configured !== null) return configured;
  const path = join(dataDir, 'token-keys');
  return (await readKeys(path)) ?? (await makeKeys(path));
}

/** Written beside its place and linked when complete: of several first processes one wins, and none reads half a key. */
async function makeKeys(path: string): Promise<string> {
  const unfinished = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(unfinished, `${generateTokenKey('generated')}\n`, { mode: 0o600, flag: 'wx' });
    await link(unfinished, path).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  } finally {
    await rm(unfinished, { force: true });
  }
  return (await readFile(path, 'utf8')).trim();
}

async function readKeys(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
