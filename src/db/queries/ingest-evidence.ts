import type { Quantities } from '../../domain/stock.ts';
import { Decimal } from '../../shared/decimal.ts';
import type { ItemId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import { fromUnits, type LevelKey, levelKeyText } from './ingest-level.ts';

/** What happened to the goods of a level since an instant. */
export interface LevelEvidence {
  /** Ordered by customers or shipped out, units; the greater of the two, never their sum. */
  readonly leftUnits: Decimal;
  /** Received, or lying in the warehouses behind a pool, units; the greatest of what is known. */
  readonly arrivedUnits: Decimal;
}

/** History of a level that says what is plausible, days. */
const maximumDays = 90;

/**
 * With less history than this the maximum says little: a shelf that was nearly empty when we first looked is simply
 * filled again. Then at least {@link youngMaximumMin} units count as seen.
 */
const youngDays = 7;
/** See {@link youngDays}; units. */
const youngMaximumMin = 50;

/**
 * Greatest believed quantity of levels in the 90 days before an instant. Reads `stock_snapshot`.
 *
 * @returns by `levelKeyText`; a level without snapshots in that time is missing
 */
export async function loadMaxima(
  sql: Sql,
  keys: readonly LevelKey[],
  at: Date,
): Promise<Map<string, Decimal>> {
  if (keys.length === 0) return new Map();
  const rows = await sql<{ item_id: ItemId; warehouse_id: WarehouseId; maximum: string | null }[]>`
    select k.item_id, k.warehouse_id, m.maximum
    from unnest(${keys.map((key) => key.itemId)}::text[]::uuid[],
                ${keys.map((key) => key.warehouseId)}::text[]::uuid[]) as k(item_id, warehouse_id)
    cross join lateral (
      select case
               when min(s.observed_at) > ${at}::timestamptz - make_interval(days => ${youngDays}) and max(s.available) > 0
                 then greatest(max(s.available), ${youngMaximumMin}::numeric)
               else max(s.available)
             end as maximum
      from stock_snapshot s
      where s.item_id = k.item_id and s.warehouse_id = k.warehouse_id and not s.is_suspect
        and s.observed_at > ${at}::timestamptz - make_interval(days => ${maximumDays}) and s.observed_at <= ${at}
    ) m`;
  return new Map(
    rows.flatMap((row) =>
      row.maximum === null
        ? []
        : [
            [
              levelKeyText({ itemId: row.item_id, warehouseId: row.warehouse_id }),
              new Decimal(row.maximum),
            ] as const,
          ],
    ),
  );
}

/**
 * What orders, movements and shipments say about levels since their last believed value.
 *
 * Reads `sales_order_line` and `sales_order` (cancelled ones left out), `stock_movement`, `inbound_shipment` and
 * its lines, and the physical levels behind a pool.
 *
 * @param levels - with the instant of the last believed value
 * @returns by `levelKeyText`
 */
export async function loadEvidence(
  sql: Sql,
  levels: readonly (LevelKey & { observedAt: Date })[],
): Promise<Map<string, LevelEvidence>> {
  if (levels.length === 0) return new Map();
  const rows = await sql<EvidenceRow[]>`
    select k.item_id, k.warehouse_id,
           greatest(ordered.units, moved.out_units) as left_units,
           greatest(moved.in_units, inbound.units, case when w.kind = 'MARKETPLACE_POOL' then behind.units end)
             as arrived_units
    from unnest(${levels.map((level) => level.itemId)}::text[]::uuid[],
                ${levels.map((level) => level.warehouseId)}::text[]::uuid[],
                ${levels.map((level) => level.observedAt.toISOString())}::text[]::timestamptz[])
      as k(item_id, warehouse_id, since_at)
    join warehouse w on w.warehouse_id = k.warehouse_id
    cross join lateral (
      select coalesce(sum(line.item_units), 0) as units
      from sales_order_line line
      join sales_order o using (organization_id, shop_id, order_id)
      where line.item_id = k.item_id and line.ordered_at >= k.since_at
        and lower(o.status) not in ('cancel', 'terminated')
        and (w.kind = 'PHYSICAL' or line.shop_id = w.shop_id)
    ) ordered
    cross join lateral (
      select coalesce(sum(m.quantity) filter (where m.kind in ('SHIPPED', 'TRANSFERRED_OUT', 'ADJUSTED_DOWN')), 0)
               as out_units,
             coalesce(sum(m.quantity) filter (where m.kind in ('RECEIVED', 'RETURNED', 'TRANSFERRED_IN', 'ADJUSTED_UP')), 0)
               as in_units
      from stock_movement m
      where m.item_id = k.item_id and m.observed_at >= k.since_at
        and (w.kind = 'MARKETPLACE_POOL' or m.warehouse_id = k.warehouse_id)
    ) moved
    cross join lateral (
      select coalesce(sum(coalesce(line.received_quantity, line.quantity)), 0) as units
      from inbound_shipment_line line
      join inbound_shipment s using (organization_id, inbound_shipment_id)
      where line.item_id = k.item_id and s.status = 'RECEIVED' and s.received_at >= k.since_at
        and (w.kind = 'MARKETPLACE_POOL' or s.warehouse_id is null or s.warehouse_id = k.warehouse_id)
    ) inbound
    cross join lateral (
      select coalesce(sum(l.available), 0) as units
      from stock_level l join warehouse p on p.warehouse_id = l.warehouse_id and p.kind = 'PHYSICAL'
      where l.item_id = k.item_id
    ) behind`;
  return new Map(
    rows.map((row) => [
      levelKeyText({ itemId: row.item_id, warehouseId: row.warehouse_id }),
      {
        leftUnits: new Decimal(row.left_units ?? 0),
        arrivedUnits: new Decimal(row.arrived_units ?? 0),
      },
    ]),
  );
}

/** A reading that is not believed yet. */
export interface SuspectReading extends LevelKey {
  readonly quantities: Quantities;
  /** Null = its snapshot is gone, with the partition of a month long past. */
  readonly observedAt: Date | null;
  readonly shopId: string | null;
}

/** The doubted readings of levels, locked; levels without a doubt are missing. Reads `stock_level`, `stock_snapshot`. */
export async function loadSuspects(sql: Sql, keys: readonly LevelKey[]): Promise<SuspectReading[]> {
  if (keys.length === 0) return [];
  const rows = await sql<SuspectRow[]>`
    select l.item_id, l.warehouse_id, l.shop_id, s.observed_at, coalesce(s.available, l.suspect_available) as available,
           s.on_hand, s.reserved, s.damaged,
           case when l.is_incoming_reported then s.incoming end as incoming
    from unnest(${keys.map((key) => key.itemId)}::text[]::uuid[],
                ${keys.map((key) => key.warehouseId)}::text[]::uuid[]) as k(item_id, warehouse_id)
    join stock_level l using (item_id, warehouse_id)
    left join stock_snapshot s on s.item_id = l.item_id and s.warehouse_id = l.warehouse_id
      and s.observed_at = l.suspect_since_at and s.is_suspect
    where l.data_state = 'SUSPECT' and l.suspect_available is not null
    order by l.item_id, l.warehouse_id
    for update of l`;
  return rows.map((row) => ({
    itemId: row.item_id,
    warehouseId: row.warehouse_id,
    shopId: row.shop_id,
    observedAt: row.observed_at,
    quantities: {
      available: new Decimal(row.available),
      onHand: fromUnits(row.on_hand),
      reserved: fromUnits(row.reserved),
      damaged: fromUnits(row.damaged),
      incoming: fromUnits(row.incoming),
    },
  }));
}

interface SuspectRow {
  item_id: ItemId;
  warehouse_id: WarehouseId;
  shop_id: string | null;
  observed_at: Date | null;
  available: string;
  on_hand: string | null;
  reserved: string | null;
  damaged: string | null;
  incoming: string | null;
}

interface EvidenceRow {
  item_id: ItemId;
  warehouse_id: WarehouseId;
  left_units: string | null;
  arrived_units: string | null;
}
