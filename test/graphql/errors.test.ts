import { GraphQLError, graphql } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maskError } from '../../src/graphql/errors.ts';
import { schema } from '../../src/graphql/schema.ts';
import { AppError } from '../../src/shared/errors.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ask, viewerOf } from './ask.ts';
import { buildOrganization, type WorldOrganization } from './world.ts';

let database: TestDatabase;
let world: WorldOrganization;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await buildOrganization(database.sql, 'E', 1);
});
afterAll(() => database.drop());

describe('errors', () => {
  it('speak the language of the request', async () => {
    const chinese = viewerOf(world.organizationId, { locale: 'zh-CN' });
    const { errors } = await ask(database.db, chinese, '{ items(first: 999) { nodes { sku } } }');
    expect(errors.map((error) => error.message)).toEqual(['first 必须在 0 到 250 之间，收到的是 999']);
  });

  it('that are ours go out as they are', () => {
    const ours = new GraphQLError('no', { extensions: { code: 'FORBIDDEN' } });
    expect(maskError(ours, 'en')).toBe(ours);
  });

  it('of variables that do not fit have a code as all others', async () => {
    const { errors } = await graphql({
      schema,
      source: 'query ($d: Decimal) { items(filter: { available: { lte: $d } }) { nodes { sku } } }',
      variableValues: { d: 1.5 },
    });
    const shown = maskError(errors?.[0], 'en');
    expect(shown.extensions.code).toBe('INPUT_INVALID');
    expect(shown.message).toContain('Decimal must be a string or a whole number');
    expect(shown.locations).toEqual(errors?.[0]?.locations);
  });

  it('say which of two arguments, how long a text, what is missing', async () => {
    const viewer = (locale: 'en' | 'zh-CN') => viewerOf(world.organizationId, { locale });
    const { errors } = await ask(database.db, viewer('en'), '{ item { sku } }');
    expect(errors).toMatchObject([{ code: 'ARGUMENT_OUT_OF_RANGE', message: 'Give exactly one of id, sku' }]);
    const source = `mutation {
      long: alertRuleUpsert(input: { kind: LOW_STOCK, name: " ", settings: { probability: 0 } }) {
        userErrors { code message } }
      none: stockPolicySet(input: { scope: {}, values: {} }) { userErrors { code message } } }`;
    const said = async (locale: 'en' | 'zh-CN') => {
      const { data } = await ask(database.db, viewer(locale), source);
      return [data.long.userErrors[0], data.none.userErrors[0]] as { code: string; message: string }[];
    };
    const english = await said('en');
    expect(english.map(({ code }) => code)).toEqual(['INVALID', 'REQUIRED']);
    expect(english[0]?.message).toContain('input.name: should be a text of 1–100 characters');
    expect(english[1]?.message).toMatch(/^input\.values is needed \(safetyStock \/ .*serviceLevelBasis/);
    expect((await said('zh-CN')).map(({ message }) => message)).toEqual([
      expect.stringContaining('长度应为 1–100 个字符'),
      expect.stringContaining('必须提供（safetyStock'),
    ]);
  });

  it('say what a filter may ask for, where that is a closed list', async () => {
    const asked = async (filter: string) => {
      const viewer = viewerOf(world.organizationId);
      return (await ask(database.db, viewer, `{ items(filter: ${filter}) { nodes { sku } } }`)).errors;
    };
    expect(await asked('{ abcClass: { eq: "banana" } }')).toMatchObject([
      { code: 'ARGUMENT_OUT_OF_RANGE', params: { argument: 'filter.abcClass.eq', bound: 'A, B, C' } },
    ]);
    expect(await asked('{ or: [{ xyzClass: { in: ["X", "x"] } }] }')).toMatchObject([
      { message: 'The argument filter.xyzClass.in is out of range: X, Y, Z' },
    ]);
    expect(await asked('{ abcClass: { in: ["A", "C"] }, xyzClass: { contains: "x" } }')).toEqual([]);
  });

  it('say bounds in the language of the request', async () => {
    const receipt = '{ sku: "none", warehouseCode: "E-N", quantity: 1, arrivesOn: "2026-03-12" }';
    const source = `{ stockLevel(sku: "E-000", warehouseCode: "E-P") { plan(scenario: { assumedReceipts: [${receipt}] }) { available } } }`;
    const said = async (locale: 'en' | 'zh-CN') =>
      (await ask(database.db, viewerOf(world.organizationId, { locale }), source)).errors[0];
    expect((await said('en'))?.message).toMatch(/must be: an existing item$/);
    const chinese = await said('zh-CN');
    expect(chinese?.message).toMatch(/应为：已有的商品$/);
    expect(chinese?.params).toMatchObject({ bound: 'an existing item' });
  });

  it('leave nothing of a message open', async () => {
    const twice = '{ class: A, serviceLevel: "0.9" }';
    const { data } = await ask(
      database.db,
      viewerOf(world.organizationId),
      `mutation { stockPolicySet(input: { scope: {}, values: { classServiceLevels: [${twice}, ${twice}] } }) {
        userErrors { message params { name value } } } }`,
    );
    expect(data.stockPolicySet.userErrors).toEqual([
      {
        message: 'input.values.classServiceLevels.1.class: names the same as row 0',
        params: [{ name: 'other', value: '0' }],
      },
    ]);
  });

  it('that are not say nothing of what happened', () => {
    const cases: [Error, string][] = [
      [new Error('relation "secret" does not exist'), 'INTERNAL'],
      [new TypeError('undefined is not a function'), 'INTERNAL'],
      [Object.assign(new Error('select 1'), { code: '42P01' }), 'INTERNAL'],
      [Object.assign(new Error('select 1'), { code: '57014' }), 'DEADLINE_EXCEEDED'],
      [Object.assign(new Error('select 1'), { code: 'CONNECTION_CLOSED' }), 'TEMPORARILY_UNAVAILABLE'],
      [Object.assign(new Error('invalid byte sequence'), { code: '22021' }), 'INPUT_INVALID'],
      [new AppError('deadline_exceeded', 'the transaction'), 'DEADLINE_EXCEEDED'],
      [new AppError('secret_unreadable', 'key 7'), 'INTERNAL'],
    ];
    for (const [error, code] of cases) {
      const located = new GraphQLError(error.message, { originalError: error, path: ['items'] });
      const shown = maskError(located, 'en');
      expect(shown.extensions.code).toBe(code);
      expect(shown.path).toEqual(['items']);
      expect(JSON.stringify(shown)).not.toContain(error.message);
      expect(maskError(error, 'en').extensions.code).toBe(code);
    }
  });

  it('of texts that Postgres cannot hold are the client’s', async () => {
    const { errors } = await ask(
      database.db,
      viewerOf(world.organizationId),
      'query ($sku: String) { item(sku: $sku) { id } }',
      { sku: 'a\u0000b' },
    );
    expect(errors).toHaveLength(1);
  });

  it('of a query that costs too much name the cost before anything is read', async () => {
    const { errors, statementCount } = await ask(
      database.db,
      viewerOf(world.organizationId, { locale: 'zh-CN' }),
      '{ items(first: 250) { nodes { stockLevels(first: 100) { nodes { id available onHand alerts { nodes { id } } } } } } }',
    );
    expect(errors).toMatchObject([
      { code: 'COST_LIMIT_EXCEEDED', params: { max: '60000' }, message: expect.stringContaining('查询代价') },
    ]);
    expect(statementCount).toBe(0);
  });
});
