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
