import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { projectDir } from './planted.ts';
import { findUndocumented, listFiles, readText } from './project-files.ts';

/** What `npm run codegen` writes. */
const isGenerated = (path: string) => path.includes('/gql/');
const files = listFiles();
const sources = files.filter((path) => /^src\/.*\.tsx?$/.test(path) && !isGenerated(path));
const tests = files.filter((path) => /^test\/.*\.tsx?$/.test(path) && !isGenerated(path));

/** A source file longer than this should be split by meaning. */
const linesMax = 300;

/** Longer files, each with the reason: one line for every text of the dashboard is a dictionary, not code. */
const longFiles = ['src/dashboard/i18n/en.ts', 'src/dashboard/i18n/zh-cn.ts'];

/** Places of the text that match, as `path:line`. */
function findLines(paths: readonly string[], pattern: RegExp, read = readText): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  );
}

// Patterns are put together so that this file does not match itself.
const homes = ['root', 'home', 'work', 'Users', 'tmp', 'mnt'].join('|');
const machinePath = new RegExp(`(^|[\\s"'\`(=])/(${homes})/\\w`);
const registryHost = new RegExp(
  `https?://[^/\\s"']*(${['registry', 'verdaccio', 'nexus'].join('|')})[^/\\s"']*/`,
);
const secret = new RegExp(
  ['BEGIN [A-Z ]*PRIVATE KEY', 'ghp_\\w{36}', 'AKIA[A-Z0-9]{16}', 'npm_\\w{36}', `_auth${'Token'}`].join('|'),
);
const skipped = /\b(?:test|it|describe)(?:\.\w+)*\.(?:skip|only|todo|skipIf|runIf|fails)\b/;
const postponed = new RegExp(
  `\\b(${[`TO${'DO'}`, `FIX${'ME'}`].join('|')})\\b|@ts-${'(ignore|nocheck|expect-error)'}`,
);

test('the files of the project are seen', () => {
  expect(sources.length).toBeGreaterThan(300);
  expect(tests.length).toBeGreaterThan(80);
  expect(files).toEqual(
    expect.arrayContaining(['package.json', 'README.md', '.ci/run', '.dependency-cruiser.cjs']),
  );
});

test('no file names a place of one machine, a registry or a secret', () => {
  expect(findLines(files, machinePath)).toEqual([]);
  expect(findLines(files, registryHost)).toEqual([]);
  expect(findLines(files, secret)).toEqual([]);
  expect(readText('package-lock.json')).not.toContain('"resolved"');

  const planted = (text: string, pattern: RegExp) => findLines(['planted'], pattern, () => text);
  expect(planted(`fine\nconst dir = '/${'root'}/project';`, machinePath)).toEqual(['planted:2']);
  expect(planted(`"resolved": "https://${'registry'}.example.org/zod"`, registryHost)).toEqual(['planted:1']);
  expect(planted(`-----BEGIN RSA ${'PRIVATE'} KEY-----`, secret)).toEqual(['planted:1']);
});

test('no test is skipped, alone or postponed, and nothing is left for later', () => {
  expect(findLines(tests, skipped)).toEqual([]);
  expect(findLines([...sources, ...tests], postponed)).toEqual([]);
  const planted = (text: string) => findLines(['planted'], skipped, () => text);
  expect(planted(`${'it'}.skip('x')`)).toHaveLength(1);
  expect(planted(`${'test'}.concurrent.only('x')`)).toHaveLength(1);
  expect(planted('query.skip(3)')).toHaveLength(0);
});

test('no source file has grown beyond what one reads at a sitting', () => {
  const long = sources.filter((path) => readText(path).trimEnd().split('\n').length > linesMax);
  expect(long.filter((path) => !longFiles.includes(path))).toEqual([]);
});

test('file names are kebab-case', () => {
  const named = [...sources, ...tests].map((path) => path.split('/').at(-1) ?? '');
  expect(named.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.tsx?$/.test(name))).toEqual([]);
});

test('every exported name has a docstring', () => {
  const missing = sources.flatMap((path) =>
    findUndocumented(readText(path), path).map((name) => `${path}:${name}`),
  );
  expect(missing).toEqual([]);

  const planted = `
    /** Said. */
    export const said = 1;
    // Only a comment.
    export function unsaid() {}
    export interface Unsaid {}
    export type UnsaidType = string;
    export class UnsaidClass {}
    export const one = 1, two = 2;
    const own = 1;
    /** Said once. */
    export function overloaded(one: 1): 1;
    export function overloaded(one: 1, two?: 2): 1 { return one; }
    export function unsaidOverloaded(one: 1): 1;
    export function unsaidOverloaded(one: 1, two?: 2): 1 { return one; }
  `;
  expect(findUndocumented(planted)).toEqual([
    '5: unsaid',
    '6: Unsaid',
    '7: UnsaidType',
    '8: UnsaidClass',
    '9: one, two',
    '14: unsaidOverloaded',
  ]);
});

test('links between documents lead somewhere', () => {
  const broken = files
    .filter((path) => path.endsWith('.md'))
    .flatMap((path) =>
      [...readText(path).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !existsSync(join(projectDir, dirname(path), target)))
        .map((target) => `${path}: ${target}`),
    );
  expect(broken).toEqual([]);
});

// npm forgets the packages of other systems when it writes the lockfile on a machine that has packages already, and
// refuses such a lockfile on a machine that has none.
test('the lockfile names the optional packages of every system', () => {
  const missing = (packages: Lockfile['packages']) =>
    Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(packages, path, name)),
    );
  const { packages } = JSON.parse(readText('package-lock.json')) as Lockfile;
  expect(missing(packages)).toEqual([]);
  const { 'node_modules/@biomejs/cli-darwin-arm64': _forgotten, ...rest } = packages;
  expect(missing(rest)).toEqual(['@biomejs/cli-darwin-arm64']);
});

interface Lockfile {
  packages: Record<string, { optionalDependencies?: Record<string, string> }>;
}

/** Whether a package finds another one in its own folder or in one above it. */
function isLocked(packages: Lockfile['packages'], path: string, name: string): boolean {
  const above = path.split('/node_modules/').slice(0, -1).join('/node_modules/');
  if (packages[`${path === '' ? '' : `${path}/`}node_modules/${name}`] !== undefined) return true;
  return path !== '' && isLocked(packages, above, name);
}
