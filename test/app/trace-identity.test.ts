import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { identifyTrace } from '../../src/app/trace-identity.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shuiwei-trace-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a trace is known again by name and content, not by where it lies', async () => {
  const path = join(folder, 'sales.csv');
  await writeFile(path, 'time,order\n1,2\n');
  const first = await identifyTrace(path);
  expect(first.name).toMatch(/^回放 sales\.csv #[0-9a-f]{8}$/);
  expect(first.databaseName).toMatch(/^shuiwei_trace_[0-9a-f]{12}$/);

  const moved = join(folder, 'moved', 'sales.csv');
  await mkdir(join(folder, 'moved'));
  await writeFile(moved, 'time,order\n1,2\n');
  expect(await identifyTrace(moved)).toEqual(first);

  await writeFile(path, 'time,order\n1,3\n');
  const changed = await identifyTrace(path);
  expect([changed.name, changed.databaseName]).not.toContain(first.name);
  expect(changed.databaseName).not.toBe(first.databaseName);
});

test.each(['missing.csv', '.'])('%s is no file that can be read', async (name) => {
  await expect(identifyTrace(join(folder, name))).rejects.toMatchObject({
    code: 'invalid_configuration',
    message: expect.stringContaining('--trace: there is no readable file'),
  });
});
