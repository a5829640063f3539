import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadTokenKeys } from '../../src/app/token-keys.ts';
import { parseKeyRing } from '../../src/connectors/token-vault.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shuiwei-keys-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('are those of the configuration, and nothing is written', async () => {
  expect(await loadTokenKeys('a:b', folder)).toBe('a:b');
  expect(await readdir(folder)).toEqual([]);
});

it('are made once, whole, for all who start at the same time, and only their owner can read them', async () => {
  const made = await Promise.all(Array.from({ length: 20 }, () => loadTokenKeys(null, folder)));
  expect(new Set(made).size).toBe(1);
  expect(parseKeyRing(made[0]!).keys).toHaveLength(1);
  expect(await loadTokenKeys(null, folder)).toBe(made[0]);
  expect(await readdir(folder)).toEqual(['token-keys']);
  expect((await stat(join(folder, 'token-keys'))).mode & 0o777).toBe(0o600);
});

it('that are there are never replaced', async () => {
  await writeFile(join(folder, 'token-keys'), 'mine:key\n');
  expect(await loadTokenKeys(null, folder)).toBe('mine:key');
});
