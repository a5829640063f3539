import type { Quantities } from '../../domain/stock.ts';
import { Decimal, formatDecimal } from '../../shared/decimal.ts';
import type { ItemId, OrganizationId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { StockSource } from '../tables/stock.ts';

/** Names a level: an item in a warehouse. */
export interface LevelKey {
  readonly itemId: ItemId;
  readonly warehouseId: WarehouseId;
}

/** A level as it is stored, locked by the transaction that read it. */
export interface StoredLevel extends LevelKey {
  readonly quantities: Quantities;
  readonly isIncomingReported: boolean;
  readonly observedAt: Date;
  readonly snapshotObservedAt: Date;
  readonly source: StockSource;
  readonly shopId: string | null;
  readonly suspectAvailable: Decimal | null;
  readonly suspectSinceAt: Date | null;
  readonly suspectReason: string | null;
}

/** A level to be written, with the snapshot that records it. */
export interface LevelWrite extends LevelKey {
  /** What the level holds from now on. */
  readonly quantities: Quantities;
  readonly isIncomingReported: boolean;
  /** Version of the level: an older one in the table is replaced, an equal or newer one stays. */
  readonly observedAt: Date;
  readonly checkedAt: Date;
  /** Key of the snapshot that holds these quantities: the new one, or the one before while that one is suspect. */
  readonly snapshotObservedAt: Date;
  /** What is not believed yet; null = the level is FRESH. */
  readonly suspect: { readonly available: Decimal; readonly since: Date; readonly reason: string } | null;
  /** The snapshot to add. Its quantities differ from the level's while the reading is suspect. */
  readonly snapshot: {
    readonly observedAt: Date;
    readonly quantities: Quantities;
    readonly isSuspect: boolean;
  };
  readonly source: StockSource;
  readonly shopId: string | null;
}

/** Text by which a level is found in a Map. */
export function levelKeyText(key: LevelKey): string {
  return `${key.itemId}/${key.warehouseId}`;
}

/** Sorts keys as Postgres sorts them, so that all transactions lock in the same order. */
export function compareLevelKeys(one: LevelKey, other: LevelKey): number {
  const [left, right] = [levelKeyText(one), levelKeyText(other)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * Locks levels in key order until the end of the transaction and reads them. Reads `stock_level`.
 *
 * With them, in the same order, the pools whose watching may turn over: those of items that get a level here, and
 * those of `movedItems`. Locked later they would come out of order.
 *
 * @param movedItems - items of which a listing came, went or was linked. Default none
 * @returns by {@link levelKeyText}; keys without a row are missing
 */
export async function lockLevels(
  sql: Sql,
  keys: readonly LevelKey[],
  movedItems: readonly ItemId[] = [],
): Promise<Map<string, StoredLevel>> {
  if (keys.length === 0 && movedItems.length === 0) return new Map();
  const rows = await sql<LevelRow[]>`
    with given as (
      select item_id, warehouse_id
      from unnest(${keys.map((key) => key.itemId)}::text[]::uuid[],
                  ${keys.map((key) => key.warehouseId)}::text[]::uuid[]) as g(item_id, warehouse_id)
    ), moved as (
      select unnest(${[...movedItems]}::text[]::uuid[]) as item_id
      union
      select g.item_id from given g
      where not exists (
        select from stock_level k where k.item_id = g.item_id and k.warehouse_id = g.warehouse_id)
    ), wanted as (
      select item_id, warehouse_id from given
      union
      select p.item_id, p.warehouse_id
      from moved m
      join stock_level p on p.item_id = m.item_id
      join warehouse w on w.warehouse_id = p.warehouse_id and w.kind = 'MARKETPLACE_POOL'
    )
    select l.item_id, l.warehouse_id, l.available, l.on_hand, l.reserved, l.damaged, l.incoming,
           l.is_incoming_reported, l.observed_at, l.snapshot_observed_at, l.suspect_available, l.suspect_since_at,
           l.suspect_reason, l.source, l.shop_id
    from stock_level l join wanted using (item_id, warehouse_id)
    order by l.item_id, l.warehouse_id
    for update of l`;
  return new Map(
    rows.map((row) => {
      const level = toStoredLevel(row);
      return [levelKeyText(level), level];
    }),
  );
}

/**
 * Writes levels and their snapshots in one statement.
 *
 * Writes `stock_level` (only where the version is newer) and `stock_snapshot` (conflict-ignored, only for levels
 * really written). The partitions of the snapshots' months must exist. Run twice: the second time writes nothing.
 *
 * @returns the keys that were written; true = the level was made here, and not by another transaction meanwhile
 */
export async function saveLevels(
  sql: Sql,
  organizationId: OrganizationId,
  writes: readonly LevelWrite[],
  { recordedAt, syncRunId }: { recordedAt: Date; syncRunId: string | null },
): Promise<Map<string, boolean>> {
  if (writes.length === 0) return new Map();
  const sorted = [...writes].sort(compareLevelKeys);
  const text = (pick: (write: LevelWrite) => string | null): (string | null)[] => sorted.map(pick);
  const units = (pick: (write: LevelWrite) => Decimal | null): (string | null)[] =>
    sorted.map((write) => toUnits(pick(write)));
  const instant = (pick: (write: LevelWrite) => Date | null): (string | null)[] =>
    sorted.map((write) => pick(write)?.toISOString() ?? null);
  const rows = await sql<{ item_id: string; warehouse_id: string; is_new: boolean }[]>`
    with given as (
      select * from unnest(
        ${text((w) => w.itemId)}::text[]::uuid[], ${text((w) => w.warehouseId)}::text[]::uuid[],
        ${units((w) => w.quantities.available)}::text[]::numeric[], ${units((w) => w.quantities.onHand)}::text[]::numeric[],
        ${units((w) => w.quantities.reserved)}::text[]::numeric[], ${units((w) => w.quantities.damaged)}::text[]::numeric[],
        ${units((w) => w.quantities.incoming)}::text[]::numeric[], ${text((w) => String(w.isIncomingReported))}::text[]::boolean[],
        ${instant((w) => w.observedAt)}::text[]::timestamptz[], ${instant((w) => w.checkedAt)}::text[]::timestamptz[],
        ${units((w) => w.suspect?.available ?? null)}::text[]::numeric[],
        ${instant((w) => w.suspect?.since ?? null)}::text[]::timestamptz[],
        ${text((w) => w.suspect?.reason ?? null)}::text[],
        ${instant((w) => w.snapshot.observedAt)}::text[]::timestamptz[],
        ${units((w) => w.snapshot.quantities.available)}::text[]::numeric[],
        ${units((w) => w.snapshot.quantities.onHand)}::text[]::numeric[],
        ${units((w) => w.snapshot.quantities.reserved)}::text[]::numeric[],
        ${units((w) => w.snapshot.quantities.damaged)}::text[]::numeric[],
        ${units((w) => w.snapshot.quantities.incoming)}::text[]::numeric[],
        ${text((w) => String(w.snapshot.isSuspect))}::text[]::boolean[],
        ${text((w) => w.source)}::text[], ${text((w) => w.shopId)}::text[]::uuid[],
        ${instant((w) => w.snapshotObservedAt)}::text[]::timestamptz[]
      ) as g(item_id, warehouse_id, available, on_hand, reserved, damaged, incoming, is_incoming_reported, observed_at,
             checked_at, suspect_available, suspect_since_at, suspect_reason, s_observed_at, s_available,
             s_on_hand, s_reserved, s_damaged, s_incoming, is_suspect, source, shop_id, snapshot_observed_at)
    ), written as (
      insert into stock_level as l (
        organization_id, item_id, warehouse_id, available, on_hand, reserved, damaged, incoming, is_incoming_reported,
        source, shop_id, observed_at, recorded_at, checked_at, snapshot_observed_at, data_state, suspect_available,
        suspect_since_at, suspect_reason)
      select ${organizationId}, item_id, warehouse_id, available, on_hand, reserved, damaged, incoming,
             is_incoming_reported, source, shop_id, observed_at, ${recordedAt}, checked_at, snapshot_observed_at,
             case when suspect_since_at is null then 'FRESH' else 'SUSPECT' end, suspect_available, suspect_since_at,
             suspect_reason
      from given
      on conflict (organization_id, item_id, warehouse_id) do update
      set available = excluded.available, on_hand = excluded.on_hand, reserved = excluded.reserved,
          damaged = excluded.damaged, incoming = excluded.incoming, is_incoming_reported = excluded.is_incoming_reported,
          source = excluded.source, shop_id = excluded.shop_id, observed_at = excluded.observed_at,
          recorded_at = excluded.recorded_at, checked_at = greatest(l.checked_at, excluded.checked_at),
          snapshot_observed_at = excluded.snapshot_observed_at,
          data_state = excluded.data_state, suspect_available = excluded.suspect_available,
          suspect_since_at = excluded.suspect_since_at, suspect_reason = excluded.suspect_reason
      where l.observed_at <= excluded.observed_at
        and (l.snapshot_observed_at < excluded.snapshot_observed_at
          or l.suspect_since_at is distinct from excluded.suspect_since_at)
      returning item_id, warehouse_id, xmax = 0 as is_new
    ), recorded as (
      insert into stock_snapshot (
        organization_id, item_id, warehouse_id, observed_at, recorded_at, available, on_hand, reserved, damaged,
        incoming, source, is_suspect, sync_run_id)
      select ${organizationId}, item_id, warehouse_id, s_observed_at, ${recordedAt}, s_available, s_on_hand,
             s_reserved, s_damaged, s_incoming, source, is_suspect, ${syncRunId}
      from given join written using (item_id, warehouse_id)
      on conflict (organization_id, item_id, warehouse_id, observed_at) do nothing
    )
    select item_id, warehouse_id, is_new from written`;
  return new Map(rows.map((row) => [`${row.item_id}/${row.warehouse_id}`, row.is_new]));
}

/**
 * Notes that the source confirmed levels: version and age move on, quantities stay. Writes `stock_level`.
 * Run twice: nothing more changes.
 */
export async function confirmLevels(
  sql: Sql,
  confirmed: readonly (LevelKey & { observedAt: Date; checkedAt: Date })[],
): Promise<void> {
  if (confirmed.length === 0) return;
  const sorted = [...confirmed].sort(compareLevelKeys);
  await sql`
    update stock_level l
    set observed_at = greatest(l.observed_at, c.observed_at), checked_at = greatest(l.checked_at, c.checked_at)
    from unnest(${sorted.map((one) => one.itemId)}::text[]::uuid[],
                ${sorted.map((one) => one.warehouseId)}::text[]::uuid[],
                ${sorted.map((one) => one.observedAt.toISOString())}::text[]::timestamptz[],
                ${sorted.map((one) => one.checkedAt.toISOString())}::text[]::timestamptz[])
      as c(item_id, warehouse_id, observed_at, checked_at)
    where l.item_id = c.item_id and l.warehouse_id = c.warehouse_id`;
}

/** Canonical text of a quantity for a `numeric` parameter; null stays null. */
export function toUnits(quantity: Decimal | null): string | null {
  return quantity === null ? null : formatDecimal(quantity);
}

/** A quantity as Postgres prints it; null stays null. */
export function fromUnits(text: string | null): Decimal | null {
  return text === null ? null : new Decimal(text);
}

interface LevelRow {
  item_id: ItemId;
  warehouse_id: WarehouseId;
  available: string;
  on_hand: string | null;
  reserved: string | null;
  damaged: string | null;
  incoming: string | null;
  is_incoming_reported: boolean;
  observed_at: Date;
  snapshot_observed_at: Date;
  suspect_available: string | null;
  suspect_since_at: Date | null;
  suspect_reason: string | null;
  source: StockSource;
  shop_id: string | null;
}

function toStoredLevel(row: LevelRow): StoredLevel {
  return {
    itemId: row.item_id,
    warehouseId: row.warehouse_id,
    quantities: {
      available: new Decimal(row.available),
      onHand: fromUnits(row.on_hand),
      reserved: fromUnits(row.reserved),
      damaged: fromUnits(row.damaged),
      incoming: fromUnits(row.incoming),
    },
    isIncomingReported: row.is_incoming_reported,
    observedAt: row.observed_at,
    snapshotObservedAt: row.snapshot_observed_at,
    suspectAvailable: fromUnits(row.suspect_available),
    suspectSinceAt: row.suspect_since_at,
    suspectReason: row.suspect_reason,
    source: row.source,
    shopId: row.shop_id,
  };
}
