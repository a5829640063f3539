import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabase, type Database } from '../db/client.ts';
import { startEmbeddedPostgres } from '../db/embedded.ts';
import { migrateDatabase } from '../db/migrate.ts';
import { saveOrganization } from '../db/queries/organization.ts';
import { asOwner } from '../db/tenant.ts';
import { brandId, type OrganizationId } from '../shared/ids.ts';
import { silentLog } from '../shared/log.ts';

/** The only organization of a bench's database. */
export const benchOrganizationId = brandId<OrganizationId>('00000000-0000-4000-8000-00000000be9c');
/** Business time of a bench. */
export const benchAt = new Date('2026-03-10T04:00:00.000Z');
/** Warehouses that every item of a bench lies in. */
export const benchWarehouses = 4;

/** Runs work on a database of its own, made for it and thrown away after it. Nothing is flushed to disk. */
export async function withBenchDatabase(work: (db: Database) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'shuiwei-bench-'));
  await chmod(folder, 0o711);
  const server = await startEmbeddedPostgres({
    ...{ projectDir: folder, dataDir: folder, log: silentLog, port: 0, isDurable: false },
  });
  try {
    const migrations = fileURLToPath(new URL('../../drizzle', import.meta.url));
    await migrateDatabase({ ownerUrl: server.ownerUrl, folder: migrations, log: silentLog });
    const db = createDatabase({ ownerUrl: server.ownerUrl, log: silentLog });
    try {
      await work(db);
    } finally {
      await db.close();
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Fills a bench's database: items with demand on two days of five, a level in each warehouse, and goods on their way
 * to every third level; made by the database itself.
 */
export async function fillBenchDatabase(db: Database, itemCount: number, days: number): Promise<void> {
  await asOwner(
    db,
    benchOrganizationId,
    async (sql) => {
      await saveOrganization(sql, {
        organizationId: benchOrganizationId,
        name: 'bench',
        locale: 'en',
        recordedAt: benchAt,
      });
      await sql`
        insert into item (organization_id, item_id, sku, title, category, unit_cost, unit_price, observed_at, recorded_at)
        select ${benchOrganizationId}::uuid, md5('i' || i)::uuid, 'B-' || i, 'item ' || i, 'c' || i % 20, 3, 9,
               ${benchAt}::timestamptz, ${benchAt}::timestamptz
        from generate_series(1, ${itemCount}::int) i`;
      await sql`
        insert into warehouse (organization_id, warehouse_id, code, name, kind, observed_at, recorded_at)
        select ${benchOrganizationId}::uuid, md5('w' || w)::uuid, 'W' || w, 'W' || w, 'PHYSICAL', ${benchAt}::timestamptz,
               ${benchAt}::timestamptz
        from generate_series(1, ${benchWarehouses}::int) w`;
      await sql`
        insert into stock_level (organization_id, item_id, warehouse_id, available, source, observed_at, recorded_at,
          checked_at, snapshot_observed_at)
        select organization_id, item_id, warehouse_id, hashtext(item_id::text || warehouse_id)::bigint & 63, 'FEED',
               ${benchAt}::timestamptz, ${benchAt}::timestamptz, ${benchAt}::timestamptz, ${benchAt}::timestamptz
        from item cross join (select warehouse_id from warehouse) w`;
      await sql`
        insert into demand_daily (organization_id, item_id, warehouse_id, day, units, source, observed_at, recorded_at)
        select organization_id, item_id, warehouse_id, ${benchAt}::timestamptz::date - d,
               1 + (hashtext(item_id::text || warehouse_id || d)::bigint & 7) / 2, 'MOVEMENTS', ${benchAt}::timestamptz,
               ${benchAt}::timestamptz
        from stock_level cross join generate_series(1, ${days}::int) d
        where (hashtext(warehouse_id || item_id::text || d)::bigint & 255) < 102`;
      await sql`
        insert into inbound_shipment (organization_id, inbound_shipment_id, external_id, warehouse_id, status, ordered_at,
          expected_at, modified_at, observed_at, recorded_at)
        select organization_id, md5('s' || warehouse_id)::uuid, 'S-' || code, warehouse_id, 'SHIPPED',
               ${benchAt}::timestamptz - interval '5 days', ${benchAt}::timestamptz + interval '6 days',
               ${benchAt}::timestamptz, ${benchAt}::timestamptz, ${benchAt}::timestamptz
        from warehouse`;
      await sql`
        insert into inbound_shipment_line (organization_id, inbound_shipment_id, line_id, item_id, quantity, recorded_at)
        select organization_id, md5('s' || warehouse_id)::uuid, item_id::text, item_id, 20, ${benchAt}::timestamptz
        from stock_level where (hashtext('in' || item_id::text || warehouse_id)::bigint & 2) = 0
          and (hashtext('on' || item_id::text || warehouse_id)::bigint & 1) = 0`;
      await sql`analyze`;
    },
    { deadlineMs: 600_000 },
  );
}
