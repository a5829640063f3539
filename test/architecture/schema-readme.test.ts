import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { requestErrorCodes } from '../../src/graphql/errors.ts';
import { limitsDefault } from '../../src/server/limits.ts';
import { scopes } from '../../src/shared/scopes.ts';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'schema/README.md'), 'utf8');

/** The names in the first column of the table with this head. */
function namesInTable(head: string): string[] {
  const table = readme.slice(readme.indexOf(head)).split('\n\n', 1)[0] ?? '';
  const cells = table.split('\n').slice(2);
  return cells.flatMap((row) =>
    [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
  );
}

/** Codes of requests that are answered before anything is resolved, as the server spells them. */
function codesOfServer(): string[] {
  const folder = join(root, 'src/server');
  const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  return texts.flatMap((text) => [...text.matchAll(/\bcode[:=] ?'([A-Z_]+)'/g)].map(([, code]) => code!));
}

/** Codes that GraphQL Yoga gives to requests it cannot make an operation of. */
const codesOfYoga = [
  ...['BAD_REQUEST', 'GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'OPERATION_RESOLUTION_FAILURE'],
  'REQUEST_ENTITY_TOO_LARGE',
];

it('the table of codes holds all there are, once', () => {
  const all = new Set<string>([...requestErrorCodes, ...codesOfServer(), ...codesOfYoga]);
  expect(namesInTable('| code | meaning |').toSorted()).toEqual([...all].toSorted());
});

it('the table of scopes holds all there are, once', () => {
  expect(namesInTable('| scope | lets you |').toSorted()).toEqual([...scopes].toSorted());
});

it('the limits of a document are those in force', () => {
  const { tokensMax, depthMax, aliasesMax, directivesMax } = limitsDefault;
  const text = readme.replaceAll(/\s+/g, ' ');
  expect(text).toContain(
    `hold ${tokensMax.toLocaleString('en')} tokens (words and signs), ${depthMax} levels`,
  );
  expect(text).toContain(`${aliasesMax} aliases and ${directivesMax} directives.`);
});
