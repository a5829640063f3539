import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const projectDir = resolve(import.meta.dirname, '../..');
let dir: string;

/** One file per place of the house; `victim` gets the planted import. */
const places: Record<string, string> = {
  shared: 'src/shared/probe.ts',
  domain: 'src/domain/probe.ts',
  connectors: 'src/connectors/probe.ts',
  'alibaba-1688': 'src/connectors/alibaba-1688/probe.ts',
  'sandbox-1688': 'src/connectors/sandbox-1688/probe.ts',
  port: 'src/connectors/marketplace.ts',
  db: 'src/db/probe.ts',
  tables: 'src/db/tables/probe.ts',
  pipeline: 'src/pipeline/probe.ts',
  events: 'src/events/probe.ts',
  graphql: 'src/graphql/probe.ts',
  server: 'src/server/probe.ts',
  dashboard: 'src/dashboard/probe.ts',
  tools: 'src/tools/probe.ts',
  app: 'src/app.ts',
  'app-room': 'src/app/probe.ts',
  main: 'src/main.ts',
  config: 'src/config.ts',
  test: 'test/probe.ts',
};

/** What each place may import; every other pair must be reported. */
const allowed: Record<string, string[]> = {
  shared: [],
  domain: ['shared'],
  connectors: ['alibaba-1688', 'sandbox-1688', 'port', 'domain', 'shared'],
  'alibaba-1688': ['connectors', 'port', 'domain', 'shared'],
  'sandbox-1688': ['connectors', 'port', 'domain', 'shared'],
  db: ['tables', 'domain', 'shared'],
  pipeline: ['port', 'db', 'domain', 'shared'],
  events: ['db', 'domain', 'shared'],
  graphql: ['events', 'db', 'domain', 'shared'],
  server: ['graphql', 'events', 'db', 'shared'],
  dashboard: [],
  tools: Object.keys(places).filter((place) => !['dashboard', 'main', 'test', 'tables'].includes(place)),
  app: Object.keys(places).filter((place) => !['dashboard', 'main', 'test', 'tables'].includes(place)),
  'app-room': Object.keys(places).filter((place) => !['dashboard', 'main', 'test', 'tables'].includes(place)),
  main: ['app', 'app-room', 'config', 'shared'],
  config: ['shared'],
};

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'shuiwei-rules-'));
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
    await writeFile(join(dir, name), await readFile(join(projectDir, name)));
  }
  await symlink(join(projectDir, 'node_modules'), join(dir, 'node_modules'));
});
afterAll(() => rm(dir, { recursive: true }));

async function report(files: Record<string, string>): Promise<{ rule: string; from: string; to: string }[]> {
  await rm(join(dir, 'src'), { recursive: true, force: true });
  await rm(join(dir, 'test'), { recursive: true, force: true });
  await mkdir(join(dir, 'test'), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
  }
  const depcruise = join(projectDir, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const output = await run(process.execPath, [depcruise, '--output-type', 'json', 'src', 'test'], {
    cwd: dir,
    maxBuffer: 64 << 20,
  }).catch((failure: { stdout: string }) => failure);
  const result = JSON.parse(output.stdout) as {
    summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] };
  };
  // A cruise that silently reads nothing must never pass for a clean one.
  expect(result.summary.totalCruised).toBeGreaterThanOrEqual(Object.keys(files).length);
  return result.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

const numbered = (path: string, number: number) => path.replace(/probe\.ts$/, `probe-${number}.ts`);

test('every forbidden import between two places is reported, every allowed one is not', async () => {
  const files: Record<string, string> = {};
  const planted: { from: string; to: string; forbidden: boolean }[] = [];
  for (const path of Object.values(places)) files[path] = 'export const probe = 1;\n';
  let number = 0;
  for (const [from, fromPath] of Object.entries(places)) {
    if (from === 'test' || from === 'port' || from === 'tables') continue;
    for (const [to, toPath] of Object.entries(places)) {
      if (from === to) continue;
      const importer = fromPath.includes('probe') ? numbered(fromPath, ++number) : fromPath;
      const target = `${'../'.repeat(importer.split('/').length - 1)}${toPath}`;
      const line = `export { probe as probe${++number} } from '${target}';\n`;
      files[importer] = `${files[importer] ?? ''}${line}`;
      planted.push({ from: importer, to: toPath, forbidden: !allowed[from]?.includes(to) });
    }
  }
  const violations = await report(files);
  const isReported = (from: string, to: string) =>
    violations.some((each) => each.from === from && each.to === to && each.rule !== 'no-cycles');
  for (const { from, to, forbidden } of planted) {
    expect({ from, to, reported: isReported(from, to) }).toEqual({ from, to, reported: forbidden });
  }
  expect(planted.filter((plant) => plant.forbidden).length).toBeGreaterThan(100);
}, 60_000);

test('impure domain, SQL outside db, cycles, development packages, orphans and dead imports are reported', async () => {
  const violations = await report({
    'src/domain/clock.ts': "import { readFileSync } from 'node:fs';\nexport const now = readFileSync;\n",
    'src/domain/pure.ts': "import { Decimal } from 'decimal.js';\nexport const one = new Decimal(1);\n",
    'src/domain/library.ts': "import { z } from 'zod';\nexport const model = z;\n",
    'src/pipeline/sql.ts': "import postgres from 'postgres';\nexport const sql = postgres;\n",
    'src/server/orm.ts': "import { sql } from 'drizzle-orm';\nexport const query = sql;\n",
    'src/db/sql.ts': "import postgres from 'postgres';\nexport const sql = postgres;\n",
    'src/db/one.ts': "import { two } from './two.ts';\nexport const one = () => two;\n",
    'src/db/two.ts': "import { one } from './one.ts';\nexport const two = () => one;\n",
    'src/server/handy.ts': "import fc from 'fast-check';\nexport const handy = fc;\n",
    'src/events/lonely.ts': 'export const lonely = 1;\n',
    'src/events/broken.ts': "import { x } from './nowhere.ts';\nexport const broken = x;\n",
  });
  const rulesOf = (from: string) => [
    ...new Set(violations.filter((each) => each.from === from).map((each) => each.rule)),
  ];
  expect(rulesOf('src/domain/clock.ts')).toEqual(['domain-is-pure']);
  expect(rulesOf('src/domain/library.ts')).toEqual(['domain-is-pure']);
  expect(rulesOf('src/domain/pure.ts')).toEqual([]);
  expect(rulesOf('src/pipeline/sql.ts')).toEqual(['sql-only-in-db']);
  expect(rulesOf('src/server/orm.ts')).toEqual(['sql-only-in-db']);
  expect(rulesOf('src/db/sql.ts')).toEqual([]);
  expect(rulesOf('src/db/one.ts')).toEqual(['no-cycles']);
  expect(rulesOf('src/server/handy.ts')).toEqual(['no-development-packages']);
  expect(rulesOf('src/events/lonely.ts')).toEqual(['no-orphans']);
  expect(rulesOf('src/events/broken.ts')).toEqual(['no-unresolvable']);
}, 60_000);
