import { GraphQLError } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maskError } from '../../src/graphql/errors.ts';
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
