import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';
import { brandId } from '../../src/shared/ids.ts';
import { buildOrganization } from '../graphql/world.ts';
import { startApi, type TestApi } from '../support/api.ts';
import { makeViewer } from '../support/app.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { post } from '../support/graphql-client.ts';

let database: TestDatabase;
let api: TestApi;

beforeAll(async () => {
  database = await createTestDatabase();
  const world = await buildOrganization(database.sql, 'F', 4);
  api = await startApi(database.db, makeViewer({ organizationId: brandId(world.organizationId) }));
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await database.drop();
});

/** Values that something in the way may trip over. */
const nastyTexts = [
  '',
  'begin',
  "'; drop table item; --",
  '%_\\',
  '\u0000',
  '\ud800',
  '😀',
  '-1',
  '1e400',
  'NaN',
  '99999999999999999999.999',
  '0.1',
  '2026-03-10',
  '2026-02-30',
  '2026-03-10T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '00000000-0000-0000-0000-000000000000',
  'W10',
  Buffer.from('["x",null]').toString('base64url'),
  'x'.repeat(5_000),
];
const nastyInts = [0, 1, -1, 50, 250, 251, 100_000, 2_147_483_647, -2_147_483_648];

const quoted = (text: string) => JSON.stringify(text);

function literal(type: GraphQLInputType, depth: number): fc.Arbitrary<string> {
  if (isNonNullType(type)) return literal(type.ofType, depth);
  if (isListType(type)) {
    return fc.array(literal(type.ofType, depth), { maxLength: 3 }).map((items) => `[${items.join(',')}]`);
  }
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    if (depth <= 0) return fc.constant('{}');
    return fc
      .subarray(fields, { maxLength: Math.min(2, fields.length) })
      .chain((chosen) =>
        fc
          .tuple(...chosen.map(({ type: of }) => literal(of, depth - 1)))
          .map((values) => `{${chosen.map(({ name }, n) => `${name}: ${values[n]}`).join(', ')}}`),
      );
  }
  switch (type.name) {
    case 'Int':
      return fc.constantFrom(...nastyInts.map(String));
    case 'Float':
      return fc.constantFrom('0', '-1', '1e308', '0.5');
    case 'Boolean':
      return fc.constantFrom('true', 'false');
    default:
      return fc.oneof(
        fc.constantFrom(...nastyTexts.map(quoted)),
        fc.constantFrom('"0"', '"5"', '"1.5"', '"2026-03-10T00:00:00Z"'),
      );
  }
}

/** Required arguments always, others now and then, null now and then. */
function argumentList(args: readonly GraphQLArgument[]): fc.Arbitrary<string> {
  const parts = args.map((arg) => {
    const value = literal(arg.type, 3);
    const given = value.map((text) => `${arg.name}: ${text}`);
    if (isNonNullType(arg.type) && arg.defaultValue === undefined) return given;
    return fc.oneof(
      { weight: 5, arbitrary: fc.constant('') },
      { weight: 2, arbitrary: given },
      { weight: 1, arbitrary: fc.constant(isNonNullType(arg.type) ? '' : `${arg.name}: null`) },
    );
  });
  return fc.tuple(...parts).map((texts) => {
    const given = texts.filter((text) => text !== '');
    return given.length === 0 ? '' : `(${given.join(', ')})`;
  });
}

function selection(type: GraphQLOutputType, depth: number): fc.Arbitrary<string> {
  const named = getNamedType(type);
  if (isLeafType(named)) return fc.constant('');
  if (!isObjectType(named)) return fc.constant('{ __typename }');
  const fields = Object.values(named.getFields()).filter(
    (field) => depth > 1 || isLeafType(getNamedType(field.type)),
  );
  if (fields.length === 0) return fc.constant('{ __typename }');
  return fc
    .subarray(fields, { minLength: 1, maxLength: Math.min(3, fields.length) })
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map((field) =>
          fc
            .tuple(argumentList(field.args), selection(field.type, depth - 1))
            .map(([args, inner]) => `${field.name}${args} ${inner}`),
        ),
      ),
    )
    .map((parts) => `{ ${parts.join(' ')} }`);
}

const queryType = schema.getQueryType();
if (queryType == null) throw new Error('no queries');

test('no query that the schema allows ends in an internal error', async () => {
  await fc.assert(
    fc.asyncProperty(selection(queryType, 5), async (query) => {
      const answer = await post(api.graphqlUrl, query);
      const codes = (answer.errors ?? []).map(({ extensions }) => extensions?.code);
      expect([answer.status < 500, codes.includes('INTERNAL')]).toEqual([true, false]);
      // One that is refused without a code leaves clients with nothing to decide by.
      expect(codes).not.toContain(undefined);
      expect(api.logged.splice(0)).toEqual([]);
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 200) },
  );
}, 120_000);
