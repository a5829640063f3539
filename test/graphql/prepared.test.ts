import { expect, it } from 'vitest';
import { createTestDatabase } from '../support/database.ts';
import { ask, viewerOf } from './ask.ts';
import { buildOrganization } from './world.ts';

it('keeps the statements of a session bounded, whatever clients ask', async () => {
  await using database = await createTestDatabase({ poolMax: 1 });
  const world = await buildOrganization(database.sql, 'B', 2);
  const viewer = viewerOf(world.organizationId);
  const fields = ['AVAILABLE', 'SKU', 'TITLE', 'CATEGORY', 'INCOMING', 'LISTED_AVAILABLE', 'RECORDED_AT'];
  const operators = ['eq', 'gt', 'gte', 'lt', 'lte'];
  let asked = 0;
  for (const first of fields) {
    for (const second of fields) {
      const selections = operators.flatMap((operator) =>
        ['ASC', 'DESC'].map(
          (direction) =>
            `${operator}${direction}: items(first: 1, filter: { available: { ${operator}: 1 } },
              orderBy: [{ field: ${first}, direction: ${direction} }, { field: ${second} }]) { nodes { sku } }`,
        ),
      );
      const { errors, statementCount } = await ask(database.db, viewer, `{ ${selections.join(' ')} }`);
      expect(errors).toEqual([]);
      asked += statementCount;
    }
  }
  expect(asked).toBe(490);
  const more = operators.flatMap((one) =>
    operators.flatMap((other) =>
      fields.map(
        (field) => `a${one}${other}${field}: items(first: 1, orderBy: [{ field: ${field} }],
          filter: { available: { ${one}: 1, ${other === one ? 'in: [1]' : `${other}: 2`} } }) { nodes { sku } }`,
      ),
    ),
  );
  for (let start = 0; start < more.length; start += 25) {
    const { errors } = await ask(database.db, viewer, `{ ${more.slice(start, start + 25).join(' ')} }`);
    expect(errors).toEqual([]);
  }
  const prepared = await database.db.transaction(
    'app',
    '',
    (sql) => sql<{ count: number }[]>`select count(*)::int as count from pg_prepared_statements`,
  );
  // 490 + 175 different ones were asked; what else a session prepares is a handful.
  expect(prepared[0]?.count).toBeGreaterThan(400);
  expect(prepared[0]?.count).toBeLessThan(520);
});
