import { afterAll, beforeAll, expect, it } from 'vitest';
import { markSumsDue, takeSumsDue } from '../../../src/db/queries/plan-sum-due.ts';
import { withOrganization } from '../../../src/db/tenant.ts';
import { noon, seedItem, seedOrganization } from '../../pipeline/seed.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it('takes every item that is due before those summed up long ago, and loses none', async () => {
  const organizationId = await seedOrganization(test);
  const skus = ['due-1', 'due-2', 'due-3', 'old-1', 'old-2', 'both'];
  const idOf = new Map<string, string>();
  for (const sku of skus) idOf.set(sku, await seedItem(test, organizationId, sku));
  const ids = (...some: string[]) => some.map((sku) => idOf.get(sku)!).sort();
  await test.sql`
    insert into item_plan (
      organization_id, item_id, level_count, scored_count, health_weight, units_sold_90, computed_at, data_as_of, recorded_at)
    select ${organizationId}, item_id, 0, 0, 0, 0, ${noon}, ${noon}, ${noon} from item where item_id = any (${ids('old-1', 'old-2', 'both')}::uuid[])`;
  const inOrganization = <T>(work: Parameters<typeof withOrganization<T>>[3]) =>
    withOrganization(test.db, 'worker', organizationId, work);
  const take = async () => (await inOrganization((sql) => takeSumsDue(sql, 2))).sort();
  await inOrganization((sql) => markSumsDue(sql, ids('due-1', 'due-2', 'due-3', 'both'), noon));
  const due = [...(await take()), ...(await take())].sort();
  expect(due).toEqual(ids('due-1', 'due-2', 'due-3', 'both'));
  expect(await test.sql`select 1 from plan_sum_due`).toHaveLength(0);
  await inOrganization((sql) => markSumsDue(sql, ids('due-1'), noon));
  const mixed = await take();
  expect(mixed).toHaveLength(2);
  expect(mixed).toContain(idOf.get('due-1'));
});
