import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ask, askWell, type JsonObject, viewerOf } from './ask.ts';
import { buildOrganization, type WorldOrganization } from './world.ts';

let database: TestDatabase;
let world: WorldOrganization;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await buildOrganization(database.sql, 'P', 12);
});
afterAll(() => database.drop());

const run = (source: string, variables?: Record<string, unknown>) =>
  ask(database.db, viewerOf(world.organizationId), source, variables);

/** Every list at the root with a field that names its rows. */
const lists = {
  items: 'id',
  warehouses: 'id',
  stockLevels: 'id',
  snapshots: 'observedAt available item { sku } warehouse { code }',
  stockAlerts: 'id',
  stockAlertEvents: 'eventId',
  shops: 'id',
  syncRuns: 'id',
  salesOrders: 'id',
  inboundShipments: 'id',
  quarantinedRows: 'id',
} as const;

async function walk(list: string, selection: string, size: number, extra = ''): Promise<string[]> {
  const found: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < 100; page += 1) {
    const source = `query ($after: String) { ${list}(first: ${size}, after: $after${extra}) { nodes { ${selection} } edges { cursor } pageInfo { hasNextPage endCursor } } }`;
    const data: JsonObject = await askWell(database.db, viewerOf(world.organizationId), source, { after });
    found.push(...data[list].nodes.map((node: object) => JSON.stringify(node)));
    if (!data[list].pageInfo.hasNextPage) return found;
    after = data[list].pageInfo.endCursor;
  }
  throw new Error(`${list} never ended`);
}

describe.each(Object.entries(lists))('%s', (list, selection) => {
  it('has the same rows without seams at any page size', async () => {
    const whole = await walk(list, selection, 250);
    expect(whole.length).toBeGreaterThan(0);
    expect(new Set(whole).size).toBe(whole.length);
    expect(await walk(list, selection, 1)).toEqual(whole);
    expect(await walk(list, selection, 3)).toEqual(whole);
  });

  it('refuses a page size out of range', async () => {
    for (const first of [-1, 251]) {
      const { errors } = await run(`{ ${list}(first: ${first}) { pageInfo { hasNextPage } } }`);
      expect(errors).toMatchObject([
        { code: 'PAGE_SIZE_OUT_OF_RANGE', params: { argument: 'first', max: '250', value: String(first) } },
      ]);
    }
  });

  it('asks the database once a page', async () => {
    const { statementCount } = await run(`{ ${list}(first: 2) { pageInfo { hasNextPage endCursor } } }`);
    expect(statementCount).toBe(1);
  });
});

describe('sorting', () => {
  const orders = [
    ['items', 'sku available', '[{ field: AVAILABLE, direction: DESC }]'],
    ['items', 'sku incoming', '[{ field: INCOMING, nulls: FIRST }, { field: TITLE, direction: DESC }]'],
    ['items', 'sku category', '[{ field: CATEGORY, direction: DESC, nulls: FIRST }]'],
    ['items', 'sku category', '[{ field: CATEGORY, nulls: LAST }]'],
    ['items', 'sku listingDifference', '[{ field: LISTING_DIFFERENCE }]'],
    ['stockLevels', 'id', '[{ field: GAP }, { field: DATA_AGE, direction: DESC }]'],
    ['stockLevels', 'id', '[{ field: THRESHOLD, direction: DESC }, { field: AVAILABLE }]'],
    ['stockAlerts', 'id', '[{ field: OPENED_AT }]'],
    ['warehouses', 'code', '[{ field: NAME, direction: DESC }]'],
  ] as const;

  it.each(orders)('of %s by %s has no seams forward or backward (%s)', async (list, selection, orderBy) => {
    const extra = `, orderBy: ${orderBy}`;
    const whole = await walk(list, selection, 250, extra);
    expect(await walk(list, selection, 2, extra)).toEqual(whole);
    const backward: string[] = [];
    let before: string | null = null;
    for (let hasPrevious = true; hasPrevious; ) {
      const source = `query ($before: String) { ${list}(last: 2, before: $before${extra}) { nodes { ${selection} } pageInfo { hasPreviousPage startCursor } } }`;
      const data: JsonObject = await askWell(database.db, viewerOf(world.organizationId), source, { before });
      backward.unshift(...data[list].nodes.map((node: object) => JSON.stringify(node)));
      hasPrevious = data[list].pageInfo.hasPreviousPage;
      before = data[list].pageInfo.startCursor;
    }
    expect(backward).toEqual(whole);
  });

  it('puts nulls where they are wished', async () => {
    const read = async (orderBy: string) => {
      const { data } = await run(`{ items(orderBy: ${orderBy}) { nodes { category } } }`);
      return data.items.nodes.map((node: { category: string | null }) => node.category);
    };
    expect((await read('[{ field: CATEGORY, direction: DESC }]')).at(-1)).toBeNull();
    expect((await read('[{ field: CATEGORY, nulls: FIRST }]'))[0]).toBeNull();
  });
});

describe('cursors', () => {
  const first = async (args: string) => {
    const { data } = await run(`{ items(first: 2${args}) { pageInfo { endCursor } } }`);
    return data.items.pageInfo.endCursor as string;
  };
  const codes = async (after: string, args = '') => {
    const { errors } = await run(`{ items(first: 2, after: "${after}"${args}) { nodes { sku } } }`);
    return errors.map((error) => error.code);
  };

  it('of another sort, filter or list are refused with their own code', async () => {
    const cursor = await first('');
    expect(await codes(cursor)).toEqual([]);
    expect(await codes(cursor, ', orderBy: [{ field: TITLE }]')).toEqual(['CURSOR_MISMATCH']);
    expect(await codes(cursor, ', filter: { isLow: { eq: true } }')).toEqual(['CURSOR_MISMATCH']);
    const { errors } = await run(`{ warehouses(after: "${cursor}") { nodes { code } } }`);
    expect(errors.map((error) => error.code)).toEqual(['CURSOR_MISMATCH']);
  });

  it('that are none are refused', async () => {
    expect(await codes('%%%')).toEqual(['CURSOR_INVALID']);
    const [print] = JSON.parse(Buffer.from(await first(''), 'base64url').toString()) as string[];
    const made = (...keys: string[]) => Buffer.from(JSON.stringify([print, ...keys])).toString('base64url');
    expect(await codes(made('P-001'))).toEqual(['CURSOR_INVALID']);
    expect(await codes(made('P-001', 'no uuid'))).toEqual(['CURSOR_INVALID']);
  });

  it('of both directions do not mix', async () => {
    const cursor = await first('');
    for (const args of [
      'first: 1, last: 1',
      `last: 1, after: "${cursor}"`,
      `first: 1, before: "${cursor}"`,
    ]) {
      const { errors } = await run(`{ items(${args}) { nodes { sku } } }`);
      expect(errors.map((error) => error.code)).toEqual(['PAGE_ARGUMENTS_CONFLICT']);
    }
  });
});

describe('nested lists', () => {
  it('have the same rows at any page size, for all parents in one statement', async () => {
    const whole = await run('{ warehouses { nodes { code stockLevels(first: 100) { nodes { id } } } } }');
    expect(whole.errors).toEqual([]);
    expect(whole.statementCount).toBe(2);
    for (const node of whole.data.warehouses.nodes) {
      const found: string[] = [];
      let after: string | null = null;
      for (let more = true; more; ) {
        const { data }: JsonObject = await run(
          'query ($code: String, $after: String) { warehouse(code: $code) { stockLevels(first: 4, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } } }',
          { code: node.code, after },
        );
        found.push(...data.warehouse.stockLevels.nodes.map((level: { id: string }) => level.id));
        more = data.warehouse.stockLevels.pageInfo.hasNextPage;
        after = data.warehouse.stockLevels.pageInfo.endCursor;
      }
      expect(found).toEqual(node.stockLevels.nodes.map((level: { id: string }) => level.id));
    }
  });

  it('refuse more than a hundred rows a parent', async () => {
    const { errors } = await run(
      '{ warehouses(first: 1) { nodes { stockLevels(first: 101) { nodes { id } } } } }',
    );
    expect(errors).toMatchObject([{ code: 'PAGE_SIZE_OUT_OF_RANGE', params: { max: '100' } }]);
  });
});

describe('filters', () => {
  it('nest four deep and no deeper', async () => {
    const nest = (depth: number): string =>
      depth === 1 ? '{ isLow: { eq: true } }' : `{ not: ${nest(depth - 1)} }`;
    expect((await run(`{ items(filter: ${nest(4)}) { nodes { sku } } }`)).errors).toEqual([]);
    const { errors } = await run(`{ items(filter: ${nest(5)}) { nodes { sku } } }`);
    expect(errors).toMatchObject([{ code: 'FILTER_TOO_DEEP', params: { max: '4' } }]);
  });

  it('hold at most five hundred values', async () => {
    const skus = Array.from({ length: 501 }, (_, index) => String(index));
    const { errors } = await run(
      'query ($skus: [String!]) { items(filter: { sku: { in: $skus } }) { nodes { sku } } }',
      {
        skus,
      },
    );
    expect(errors).toMatchObject([{ code: 'FILTER_TOO_LONG' }]);
  });

  it('take texts with every character as they are', async () => {
    for (const text of ["'; drop table item; --", '%', '\\', '水'.repeat(50)]) {
      const { data, errors } = await run(
        'query ($text: String) { items(filter: { title: { contains: $text } }) { nodes { sku } } }',
        { text },
      );
      expect(errors).toEqual([]);
      expect(data.items.nodes).toEqual([]);
    }
    const { data } = await run('{ items(filter: { title: { contains: "茶杯 1" } }) { nodes { sku } } }');
    expect(data.items.nodes.map((node: { sku: string }) => node.sku)).toEqual(['P-001', 'P-010', 'P-011']);
  });

  it('of ids refuse those of another type', async () => {
    const { data } = await run('{ warehouses(first: 1) { nodes { id } } }');
    const { errors } = await run(
      'query ($id: ID) { stockLevels(filter: { itemId: { eq: $id } }) { nodes { id } } }',
      {
        id: data.warehouses.nodes[0].id,
      },
    );
    expect(errors.map((error) => error.code)).toEqual(['ID_INVALID']);
  });
});
