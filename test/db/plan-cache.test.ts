import { expect, it } from 'vitest';
import { mendSnapshots } from '../../src/db/queries/reconcile.ts';
import { withOrganization } from '../../src/db/tenant.ts';
import type { ItemId, WarehouseId } from '../../src/shared/ids.ts';
import { noon, seedItem, seedOrganization, seedWarehouse } from '../pipeline/seed.ts';
import { createTestDatabase } from '../support/database.ts';

it('plans the statements of a worker for the tables as they are, not as they were when it began', async () => {
  await using test = await createTestDatabase({ poolMax: 1 });
  const organizationId = await seedOrganization(test);
  // Autovacuum would mend a plan by chance: what is wanted holds before it has looked.
  for (const table of ['item', 'stock_level', 'stock_snapshot_y2026m03'])
    await test.sql`alter table ${test.sql(table)} set (autovacuum_enabled = false)`;
  /** Snapshots that are looked at to compare these levels with theirs. */
  const countLookedAt = (keys: readonly { itemId: ItemId; warehouseId: WarehouseId }[]) =>
    withOrganization(test.db, 'worker', organizationId, async (sql) => {
      const count = async () => {
        const [row] = await sql<{ count: number }[]>`
          select coalesce(sum(seq_tup_read + idx_tup_fetch), 0)::integer as count from pg_stat_xact_user_tables
          where relname = 'stock_snapshot_y2026m03'`;
        return row!.count;
      };
      const before = await count();
      await mendSnapshots(sql, organizationId, keys, noon);
      return (await count()) - before;
    });
  const warehouseId = await seedWarehouse(test, organizationId, 'MAIN');
  const itemId = await seedItem(test, organizationId, 'first');
  // More often than Postgres asks for before it keeps a plan.
  for (let run = 0; run < 8; run += 1) expect(await countLookedAt([{ itemId, warehouseId }])).toBe(0);
  await test.sql`
    insert into item (organization_id, item_id, sku, title, observed_at, recorded_at)
    select ${organizationId}::uuid, gen_random_uuid(), n, n, ${noon}, ${noon} from generate_series(1, 1000) n`;
  await test.sql`
    insert into stock_level (organization_id, item_id, warehouse_id, available, source, observed_at, recorded_at,
                             checked_at, snapshot_observed_at)
    select organization_id, item_id, ${warehouseId}, 5, 'POLL', ${noon}, ${noon}, ${noon}, ${noon} from item`;
  await test.sql`
    insert into stock_snapshot (organization_id, item_id, warehouse_id, observed_at, recorded_at, available, source)
    select organization_id, item_id, warehouse_id, ${noon}, ${noon}, 5, 'POLL' from stock_level`;
  const keys = await test.sql<{ itemId: ItemId; warehouseId: WarehouseId }[]>`
    select item_id as "itemId", warehouse_id as "warehouseId" from stock_level limit 300`;
  expect(await countLookedAt(keys)).toBe(keys.length);
});
