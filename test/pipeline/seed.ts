import { randomUUID } from 'node:crypto';
import type { Sql } from '../../src/db/connection.ts';
import type { LevelKey } from '../../src/db/queries/ingest-level.ts';
import { ensureSnapshotPartitions } from '../../src/db/queries/ingest-partition.ts';
import { saveOrganization } from '../../src/db/queries/organization.ts';
import { asOwner, withOrganization } from '../../src/db/tenant.ts';
import type { LevelReading } from '../../src/pipeline/record-levels.ts';
import { Decimal } from '../../src/shared/decimal.ts';
import {
  brandId,
  type ItemId,
  type OrganizationId,
  type ShopId,
  type WarehouseId,
} from '../../src/shared/ids.ts';
import type { TestDatabase } from '../support/database.ts';

/** Noon of a business day in Shanghai, so that minutes around it stay on that day. */
export const noon = new Date('2026-03-10T04:00:00.000Z');

/** Business time some minutes after {@link noon}. */
export function minutes(count: number): Date {
  return new Date(noon.getTime() + count * 60_000);
}

export async function seedOrganization(test: TestDatabase): Promise<OrganizationId> {
  const organizationId = brandId<OrganizationId>(randomUUID());
  await asOwner(test.db, organizationId, (sql) =>
    saveOrganization(sql, { organizationId, name: 'shop', locale: 'zh-CN', recordedAt: noon }),
  );
  await ensureSnapshotPartitions(test.db, 'worker', [noon]);
  return organizationId;
}

export async function seedShop(
  test: TestDatabase,
  organizationId: OrganizationId,
  platform = 'alibaba-1688',
): Promise<ShopId> {
  const shopId = brandId<ShopId>(randomUUID());
  await test.sql`
    insert into shop (organization_id, shop_id, platform, member_id, name, state, observed_at, recorded_at)
    values (${organizationId}, ${shopId}, ${platform}, ${shopId}, 'shop', 'ACTIVE', ${noon}, ${noon})`;
  await asOwner(
    test.db,
    organizationId,
    (sql) => sql`select shop_register(${shopId}, ${organizationId}, ${platform}, ${shopId})`,
  );
  return shopId;
}

export async function seedItem(
  test: TestDatabase,
  organizationId: OrganizationId,
  sku: string,
): Promise<ItemId> {
  const itemId = brandId<ItemId>(randomUUID());
  await test.sql`
    insert into item (organization_id, item_id, sku, title, observed_at, recorded_at)
    values (${organizationId}, ${itemId}, ${sku}, ${sku}, ${noon}, ${noon})`;
  return itemId;
}

export async function seedWarehouse(
  test: TestDatabase,
  organizationId: OrganizationId,
  code: string,
  pool?: ShopId,
): Promise<WarehouseId> {
  const warehouseId = brandId<WarehouseId>(randomUUID());
  const kind = pool === undefined ? 'PHYSICAL' : 'MARKETPLACE_POOL';
  await test.sql`
    insert into warehouse (organization_id, warehouse_id, code, name, kind, shop_id, observed_at, recorded_at)
    values (${organizationId}, ${warehouseId}, ${code}, ${code}, ${kind}, ${pool ?? null}, ${noon}, ${noon})`;
  return warehouseId;
}

/** A reading with nothing but what is available. */
export function reading(
  key: LevelKey,
  available: number | string,
  observedAt: Date,
  more: Partial<LevelReading> = {},
): LevelReading {
  return {
    ...key,
    quantities: {
      available: new Decimal(available),
      onHand: null,
      reserved: null,
      damaged: null,
      incoming: null,
    },
    observedAt,
    checkedAt: observedAt,
    source: 'POLL',
    shopId: null,
    ...more,
  };
}

/** One transaction of a worker. */
export function asWorker<T>(
  test: TestDatabase,
  organizationId: OrganizationId,
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  return withOrganization(test.db, 'worker', organizationId, work);
}
