import type { ItemId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { WriteContext } from './ingest-place.ts';

/** Goods that moved, to be stored. Decimal text, positive; the kind tells the direction. */
export interface MovementWrite {
  readonly movementId: string;
  readonly itemId: ItemId;
  readonly warehouseId: WarehouseId;
  readonly kind: string;
  readonly quantity: string;
  readonly reference: string | null;
  readonly observedAt: Date;
}

/**
 * Stores movements, which never change once written, and marks the demand days of what was shipped.
 * Writes `stock_movement` (conflict-ignored) and `demand_dirty`. Run twice: the second time writes nothing.
 *
 * @returns how many were new
 */
export async function saveMovements(
  sql: Sql,
  context: WriteContext,
  movements: readonly MovementWrite[],
): Promise<number> {
  if (movements.length === 0) return 0;
  const text = (pick: (one: MovementWrite) => string | null): (string | null)[] => movements.map(pick);
  const [row] = await sql<{ count: number }[]>`
    with stored as (
      insert into stock_movement (
        organization_id, shop_id, movement_id, item_id, warehouse_id, kind, quantity, reference, observed_at, recorded_at)
      select ${context.organizationId}, ${context.shopId}, g.movement_id, g.item_id, g.warehouse_id, g.kind, g.quantity,
             g.reference, g.observed_at, ${context.recordedAt}
      from unnest(${text((m) => m.movementId)}::text[], ${text((m) => m.itemId)}::text[]::uuid[],
                  ${text((m) => m.warehouseId)}::text[]::uuid[], ${text((m) => m.kind)}::text[],
                  ${text((m) => m.quantity)}::text[]::numeric[], ${text((m) => m.reference)}::text[],
                  ${text((m) => m.observedAt.toISOString())}::text[]::timestamptz[])
        as g(movement_id, item_id, warehouse_id, kind, quantity, reference, observed_at)
      on conflict (organization_id, shop_id, movement_id) do nothing
      returning item_id, warehouse_id, kind, observed_at
    ), marked as (
      insert into demand_dirty (organization_id, item_id, warehouse_id, day, marked_at)
      select distinct ${context.organizationId}::uuid, s.item_id, s.warehouse_id,
             (s.observed_at at time zone w.time_zone)::date, ${context.recordedAt}::timestamptz
      from stored s join warehouse w on w.warehouse_id = s.warehouse_id
      where s.kind = 'SHIPPED'
      order by 2, 3, 4
      on conflict (organization_id, item_id, warehouse_id, day) do update set marked_at = excluded.marked_at
    )
    select count(*)::integer as count from stored`;
  return row?.count ?? 0;
}
