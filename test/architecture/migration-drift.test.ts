import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';

const run = promisify(execFile);
const projectDir = resolve(import.meta.dirname, '../..');
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'shuiwei-drift-'));
  await cp(join(projectDir, 'drizzle'), join(dir, 'drizzle'), { recursive: true });
  await cp(join(projectDir, 'src/db/tables'), join(dir, 'src/db/tables'), { recursive: true });
  await cp(join(projectDir, 'drizzle.config.ts'), join(dir, 'drizzle.config.ts'));
  await writeFile(join(dir, 'package.json'), '{"type":"module"}');
  await symlink(join(projectDir, 'node_modules'), join(dir, 'node_modules'));
});
afterEach(() => rm(dir, { recursive: true }));

/** The migrations that drizzle-kit would still want to add. */
async function missingMigrations(): Promise<string[]> {
  const before = new Set(await readdir(join(dir, 'drizzle')));
  const drizzleKit = join(projectDir, 'node_modules/drizzle-kit/bin.cjs');
  await run(process.execPath, [drizzleKit, 'generate', '--name', 'drift'], { cwd: dir });
  return (await readdir(join(dir, 'drizzle'))).filter((name) => !before.has(name));
}

test('the migrations make exactly the tables of src/db/tables', async () => {
  expect(await missingMigrations()).toEqual([]);
}, 60_000);

test('a column without a migration is noticed', async () => {
  const path = join(dir, 'src/db/tables/access.ts');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace("name: text('name').notNull(),", "$& motto: text('motto'),"));
  expect(await missingMigrations()).toHaveLength(1);
}, 60_000);
