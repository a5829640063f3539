import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import { type Collection, column } from './collection.ts';

/** A physical stock location, or the marketplace pool of one shop. */
export interface WarehouseRow {
  warehouseId: string;
  code: string;
  name: string;
  timeZone: string;
  kind: 'PHYSICAL' | 'MARKETPLACE_POOL';
  shopId: string | null;
  latitude: number | null;
  longitude: number | null;
  observedAt: Date;
  recordedAt: Date;
}

/** What warehouses can be filtered and sorted by. */
export type WarehouseField = 'warehouseId' | 'code' | 'name' | 'kind' | 'shopId';

/** All warehouses of the organization. */
export const warehouses: Collection<WarehouseRow, WarehouseField> = {
  name: 'warehouses',
  columns: ({ sql }) => sql`
    w.warehouse_id as "warehouseId", w.code, w.name, w.time_zone as "timeZone", w.kind, w.shop_id as "shopId",
    w.latitude, w.longitude, w.observed_at as "observedAt", w.recorded_at as "recordedAt"`,
  from: ({ sql }) => sql`warehouse w`,
  fields: {
    warehouseId: column('w', 'warehouse_id', 'uuid'),
    code: column('w', 'code', 'text'),
    name: column('w', 'name', 'text'),
    kind: column('w', 'kind', 'text'),
    shopId: column('w', 'shop_id', 'uuid', true),
  },
  key: ['warehouseId'],
};

/** A physical warehouse as somebody describes it. */
export interface EnteredWarehouse {
  readonly organizationId: OrganizationId;
  readonly code: string;
  readonly name: string;
  /** IANA name; null = a known one keeps its own, a new one gets Asia/Shanghai. */
  readonly timeZone: string | null;
  /** Both or neither; null = a known one keeps its own. */
  readonly location: { readonly latitude: number; readonly longitude: number } | null;
  /** Business time. */
  readonly at: Date;
}

/**
 * Makes a physical warehouse or changes it. Writes `warehouse`. Run twice: the same row.
 *
 * @returns its id; null when the code belongs to a marketplace pool, which is left alone
 */
export async function saveWarehouse(sql: Sql, entered: EnteredWarehouse): Promise<string | null> {
  const { organizationId, code, name, timeZone, location, at } = entered;
  const [latitude, longitude] = [location?.latitude ?? null, location?.longitude ?? null];
  const rows = await sql<{ warehouseId: string }[]>`
    insert into warehouse as w (
      organization_id, warehouse_id, code, name, time_zone, kind, latitude, longitude, observed_at, recorded_at)
    values (${organizationId}, gen_random_uuid(), ${code}, ${name}, coalesce(${timeZone}, 'Asia/Shanghai'), 'PHYSICAL',
            ${latitude}, ${longitude}, ${at}, ${at})
    on conflict (organization_id, code) do update
    set name = excluded.name, time_zone = coalesce(${timeZone}, w.time_zone),
        latitude = coalesce(excluded.latitude, w.latitude), longitude = coalesce(excluded.longitude, w.longitude),
        observed_at = excluded.observed_at, recorded_at = excluded.recorded_at
    where w.kind = 'PHYSICAL'
    returning w.warehouse_id as "warehouseId"`;
  return rows[0]?.warehouseId ?? null;
}
