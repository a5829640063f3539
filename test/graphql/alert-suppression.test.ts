import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { askWell, viewerOf } from './ask.ts';
import { buildOrganization, hoursAgo, type WorldOrganization } from './world.ts';

let database: TestDatabase;
let world: WorldOrganization;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await buildOrganization(database.sql, 'S', 6);
  const { organizationId: organization_id, shopId: shop_id, ruleId: rule_id } = world;
  // Two of the three alerts about stock hang on the shop: one fires, one is over.
  await database.sql`
    update stock_level set shop_id = ${shop_id} where warehouse_id = ${world.poolId} or item_id = ${world.itemIds[2] ?? ''}`;
  await database.sql`insert into stock_alert ${database.sql({
    ...{ organization_id, alert_id: randomUUID(), rule_id, shop_id, kind: 'SOURCE_STALE', state: 'FIRING' },
    ...{ severity: 'WARNING', urgency: '97', opened_at: hoursAgo(1), changed_at: hoursAgo(1) },
    recorded_at: hoursAgo(1),
  } as never)}`;
});
afterAll(() => database.drop());

const board = async (filter: string) => {
  const { stockAlerts } = await askWell(
    database.db,
    viewerOf(world.organizationId),
    `{ stockAlerts(filter: ${filter}) { nodes { kind item { sku } suppressedCount suppressedBy { kind } } } }`,
  );
  return stockAlerts.nodes;
};

it('tells of an alert about a source for how many about stock it speaks, which can be left out', async () => {
  const source = { kind: 'SOURCE_STALE', item: null, suppressedCount: 1, suppressedBy: null };
  const heldOne = {
    ...{ kind: 'LOW_STOCK', item: { sku: 'S-000' } },
    ...{ suppressedCount: null, suppressedBy: { kind: 'SOURCE_STALE' } },
  };
  const freeOne = { ...heldOne, item: { sku: 'S-001' }, suppressedBy: null };
  expect(await board('{ isOpen: { eq: true }, isSuppressedBySource: { eq: false } }')).toEqual([
    source,
    freeOne,
  ]);
  expect(await board('{ isSuppressedBySource: { eq: true } }')).toEqual([heldOne]);
  expect(await board('{ isSuppressed: { eq: true } }')).toEqual([heldOne]);
  await database.sql`update stock_alert set state = 'RESOLVED' where kind = 'SOURCE_STALE'`;
  expect(await board('{ kind: { eq: SOURCE_STALE } }')).toEqual([{ ...source, suppressedCount: 0 }]);
  expect(await board('{ isSuppressedBySource: { eq: true } }')).toEqual([]);
});
