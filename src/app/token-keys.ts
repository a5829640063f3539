import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

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
  try {
    // `wx` lets only one of several first processes make the file; the others read it.
    await writeFile(path, `generated:${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return (await readFile(path, 'utf8')).trim();
}
