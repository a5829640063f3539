import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import { type Collection, column } from './collection.ts';

/** A way to move goods between two physical warehouses. Decimal text. */
export interface TransferLaneRow {
  fromWarehouseId: string;
  toWarehouseId: string;
  unitCost: string;
  fixedCost: string;
  unitsMin: string;
  packUnits: string;
  transferDays: number;
  recordedAt: Date;
}

const laneColumns = (sql: Sql) => sql`
  t.from_warehouse_id as "fromWarehouseId", t.to_warehouse_id as "toWarehouseId", t.unit_cost as "unitCost",
  t.fixed_cost as "fixedCost", t.units_min as "unitsMin", t.pack_units as "packUnits",
  t.transfer_days as "transferDays", t.recorded_at as "recordedAt"`;

/** All lanes of the organization. */
export const transferLanes: Collection<
  TransferLaneRow,
  'fromWarehouseId' | 'toWarehouseId' | 'fromCode' | 'toCode'
> = {
  name: 'transferLanes',
  columns: ({ sql }) => laneColumns(sql),
  from: ({ sql }) => sql`transfer_lane t
    join warehouse a on a.organization_id = t.organization_id and a.warehouse_id = t.from_warehouse_id
    join warehouse b on b.organization_id = t.organization_id and b.warehouse_id = t.to_warehouse_id`,
  fields: {
    fromWarehouseId: column('t', 'from_warehouse_id', 'uuid'),
    toWarehouseId: column('t', 'to_warehouse_id', 'uuid'),
    fromCode: column('a', 'code', 'text'),
    toCode: column('b', 'code', 'text'),
  },
  key: ['fromWarehouseId', 'toWarehouseId'],
};

/** Loads every lane, in key order. Reads `transfer_lane`. */
export async function loadTransferLanes(sql: Sql): Promise<TransferLaneRow[]> {
  return await sql<TransferLaneRow[]>`
    select ${laneColumns(sql)} from transfer_lane t order by t.from_warehouse_id, t.to_warehouse_id`;
}

/** A lane as somebody describes it. Decimal text. */
export type EnteredLane = Omit<TransferLaneRow, 'recordedAt'>;

/** Writes lanes, replacing those of the same ends. Writes `transfer_lane` in key order. Run twice: the same rows. */
export async function saveTransferLanes(
  sql: Sql,
  organizationId: OrganizationId,
  lanes: readonly EnteredLane[],
  at: Date,
): Promise<void> {
  if (lanes.length === 0) return;
  await sql`
    insert into transfer_lane (organization_id, from_warehouse_id, to_warehouse_id, unit_cost, fixed_cost, units_min,
      pack_units, transfer_days, recorded_at)
    select ${organizationId}::uuid, g."fromWarehouseId", g."toWarehouseId", g."unitCost", g."fixedCost", g."unitsMin",
      g."packUnits", g."transferDays", ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(lanes)}::text::json) as g(
      "fromWarehouseId" uuid, "toWarehouseId" uuid, "unitCost" numeric, "fixedCost" numeric, "unitsMin" numeric,
      "packUnits" numeric, "transferDays" integer)
    order by 2, 3
    on conflict (organization_id, from_warehouse_id, to_warehouse_id) do update
    set unit_cost = excluded.unit_cost, fixed_cost = excluded.fixed_cost, units_min = excluded.units_min,
        pack_units = excluded.pack_units, transfer_days = excluded.transfer_days, recorded_at = excluded.recorded_at`;
}

/** Removes lanes by their ends; unknown ones are ignored. Deletes from `transfer_lane`. */
export async function removeTransferLanes(
  sql: Sql,
  ends: readonly Pick<EnteredLane, 'fromWarehouseId' | 'toWarehouseId'>[],
): Promise<void> {
  if (ends.length === 0) return;
  await sql`
    delete from transfer_lane t
    using unnest(${ends.map(({ fromWarehouseId }) => fromWarehouseId)}::text[]::uuid[],
                 ${ends.map(({ toWarehouseId }) => toWarehouseId)}::text[]::uuid[]) as k(from_id, to_id)
    where t.from_warehouse_id = k.from_id and t.to_warehouse_id = k.to_id`;
}

/** How many physical warehouses there are, and whether there is any lane. Reads `warehouse`, `transfer_lane`. */
export async function countPlaces(sql: Sql): Promise<{ warehouseCount: number; hasLanes: boolean }> {
  const [row] = await sql<{ warehouseCount: number; hasLanes: boolean }[]>`
    select count(*)::int as "warehouseCount", exists (select from transfer_lane) as "hasLanes"
    from warehouse where kind = 'PHYSICAL'`;
  return row!;
}

/**
 * Writes lanes between all physical warehouses of an organization that has none: what a demo begins with, half a yuan a
 * unit and two days. Reads `warehouse`, writes `transfer_lane`. Run twice: the second time does nothing.
 */
export async function saveDemoLanes(sql: Sql, organizationId: OrganizationId, at: Date): Promise<void> {
  await sql`
    insert into transfer_lane (organization_id, from_warehouse_id, to_warehouse_id, unit_cost, fixed_cost, units_min,
      pack_units, transfer_days, recorded_at)
    select ${organizationId}::uuid, a.warehouse_id, b.warehouse_id, 0.5, 0, 2, 1, 2, ${at}::timestamptz
    from warehouse a join warehouse b on a.warehouse_id <> b.warehouse_id
    where a.kind = 'PHYSICAL' and b.kind = 'PHYSICAL' and not exists (select from transfer_lane)
    order by 2, 3
    on conflict do nothing`;
}
