import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sql } from '../../../src/db/connection.ts';
import { countDemand, type DirtyDay } from '../../../src/db/queries/demand-refresh.ts';
import { withOrganization } from '../../../src/db/tenant.ts';
import type { ItemId, OrganizationId, WarehouseId } from '../../../src/shared/ids.ts';
import { dayMs } from '../../../src/shared/time.ts';
import { noon, seedItem, seedOrganization, seedShop, seedWarehouse } from '../../pipeline/seed.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  for (const table of ['sales_order', 'sales_order_line', 'stock_movement'])
    await test.sql`alter table ${test.sql(table)} set (autovacuum_enabled = false)`;
});
afterAll(() => test.drop());

// 400 orders or movements, one a day of the item that is counted: to go over all of them for every day shows at once.
const rowCount = 400;
const dayCount = 40;
const daysOf = (itemId: ItemId, warehouseId: WarehouseId): DirtyDay[] =>
  Array.from({ length: dayCount }, (_, at) => ({
    itemId,
    warehouseId,
    day: new Date(noon.getTime() + at * dayMs).toISOString().slice(0, 10),
  }));

/** Rows that this connection has looked at, by table of evidence. */
async function rowsLookedAt(sql: Sql): Promise<Map<string, number>> {
  const rows = await sql<{ name: string; rows: number }[]>`
    select relname as name, (seq_tup_read + idx_tup_fetch)::integer as rows from pg_stat_xact_user_tables
    where relname in ('sales_order', 'sales_order_line', 'stock_movement')`;
  return new Map(rows.map((row) => [row.name, row.rows]));
}

/** Counts, and tells how many rows were looked at for it. */
async function countAndWatch(organizationId: OrganizationId, days: readonly DirtyDay[]) {
  return await withOrganization(test.db, 'worker', organizationId, async (sql) => {
    const before = await rowsLookedAt(sql);
    const changed = await countDemand(sql, organizationId, days, { observedAt: noon, recordedAt: noon });
    const after = await rowsLookedAt(sql);
    const lookedAt = Object.fromEntries(
      [...after].map(([name, rows]) => [name, rows - (before.get(name) ?? 0)]),
    );
    return { changed, lookedAt };
  });
}

it('reads the lines of the days asked for and their orders, also before Postgres has statistics', async () => {
  const organizationId = await seedOrganization(test);
  const shopId = await seedShop(test, organizationId);
  const itemId = await seedItem(test, organizationId, 'counted');
  const otherId = await seedItem(test, organizationId, 'other');
  const warehouseId = await seedWarehouse(test, organizationId, 'POOL', shopId);
  // Every tenth order wants the counted item, one a day; every order wants the other.
  await test.sql`
    insert into sales_order (organization_id, shop_id, order_id, status, ordered_at, modified_at, observed_at, recorded_at)
    select ${organizationId}, ${shopId}, n, 'success', ${noon}::timestamptz + (n / 10) * interval '1 day', ${noon}, ${noon}, ${noon}
    from generate_series(0, ${rowCount - 1}::integer) n`;
  await test.sql`
    insert into sales_order_line (organization_id, shop_id, order_id, line_id, item_id, product_id, spec_id, quantity, item_units, ordered_at, observed_at, recorded_at)
    select o.organization_id, o.shop_id, o.order_id, line.id, line.item_id, 'p', 's', 2, 2, o.ordered_at, ${noon}, ${noon}
    from sales_order o
    join (values ('a', ${itemId}::uuid), ('b', ${otherId}::uuid)) as line(id, item_id)
      on line.id = 'b' or o.order_id like '%0'`;
  const { changed, lookedAt } = await countAndWatch(organizationId, daysOf(itemId, warehouseId));
  expect(changed).toHaveLength(dayCount);
  expect(await test.sql`select distinct units::integer as units from demand_daily`).toEqual([{ units: 2 }]);
  expect(lookedAt).toEqual({ sales_order: dayCount, sales_order_line: dayCount, stock_movement: 0 });
});

it('reads the movements of the days asked for, also before Postgres has statistics', async () => {
  const organizationId = await seedOrganization(test);
  const shopId = await seedShop(test, organizationId);
  const itemId = await seedItem(test, organizationId, 'counted');
  const otherId = await seedItem(test, organizationId, 'other');
  const warehouseId = await seedWarehouse(test, organizationId, 'MAIN');
  await test.sql`
    insert into stock_movement (organization_id, shop_id, movement_id, item_id, warehouse_id, kind, quantity, observed_at, recorded_at)
    select ${organizationId}, ${shopId}, n, case when n % 10 = 0 then ${itemId}::uuid else ${otherId}::uuid end,
           ${warehouseId}, 'SHIPPED', 2, ${noon}::timestamptz + (n / 10) * interval '1 day', ${noon}
    from generate_series(0, ${rowCount - 1}::integer) n`;
  const { changed, lookedAt } = await countAndWatch(organizationId, daysOf(itemId, warehouseId));
  expect(changed).toHaveLength(dayCount);
  expect(lookedAt).toEqual({ sales_order: 0, sales_order_line: 0, stock_movement: dayCount });
});
