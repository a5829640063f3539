import { Decimal } from '../../shared/decimal.ts';
import type { ItemId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import { type LevelKey, levelKeyText } from './ingest-level.ts';

/**
 * What is on its way to levels by the open inbound shipments (PLANNED, ORDERED, SHIPPED), less what has arrived of them.
 * Reads `inbound_shipment` and its lines.
 *
 * @returns units by `levelKeyText`; a level without open shipments is missing
 */
export async function loadOpenIncoming(sql: Sql, keys: readonly LevelKey[]): Promise<Map<string, Decimal>> {
  if (keys.length === 0) return new Map();
  const rows = await sql<{ item_id: ItemId; warehouse_id: WarehouseId; units: string }[]>`
    select line.item_id, s.warehouse_id, sum(greatest(line.quantity - coalesce(line.received_quantity, 0), 0)) as units
    from unnest(${keys.map((key) => key.itemId)}::text[]::uuid[],
                ${keys.map((key) => key.warehouseId)}::text[]::uuid[]) as k(item_id, warehouse_id)
    join inbound_shipment_line line on line.item_id = k.item_id
    join inbound_shipment s on s.organization_id = line.organization_id
      and s.inbound_shipment_id = line.inbound_shipment_id and s.warehouse_id = k.warehouse_id
      and s.status in ('PLANNED', 'ORDERED', 'SHIPPED')
    group by line.item_id, s.warehouse_id`;
  return new Map(
    rows.map((row) => [
      levelKeyText({ itemId: row.item_id, warehouseId: row.warehouse_id }),
      new Decimal(row.units),
    ]),
  );
}
