import type { ItemId, WarehouseId } from '../../shared/ids.ts';
import type { CalendarDate } from '../../shared/time.ts';
import type { Sql } from '../connection.ts';
import type { SuggestionKind, SuggestionState } from '../tables/suggestion.ts';
import type { LevelKey } from './ingest-level.ts';

/** A suggestion about which a person decides. Decimal text. */
export interface DecidedSuggestion extends LevelKey {
  readonly suggestionId: string;
  readonly kind: SuggestionKind;
  readonly state: SuggestionState;
  readonly quantity: string;
  readonly decidedQuantity: string | null;
  readonly supplierName: string | null;
  readonly sku: string;
  readonly plannedOn: CalendarDate;
  readonly leadTimeDays: number;
  readonly isDue: boolean;
  readonly inboundShipmentId: string | null;
}

const columns = (sql: Sql) => sql`
  s.suggestion_id as "suggestionId", s.item_id as "itemId", s.warehouse_id as "warehouseId", s.kind, s.state,
  s.quantity, s.decided_quantity as "decidedQuantity", s.supplier_name as "supplierName", i.sku,
  s.planned_on as "plannedOn", (s.inputs -> 'leadTime' ->> 'meanDays')::float8 as "leadTimeDays",
  s.is_due as "isDue", s.inbound_shipment_id as "inboundShipmentId"`;

/** Locks one suggestion; null when there is none. Locks the `replenishment_suggestion` row. */
export async function lockSuggestion(sql: Sql, suggestionId: string): Promise<DecidedSuggestion | null> {
  const rows = await sql<DecidedSuggestion[]>`
    select ${columns(sql)} from replenishment_suggestion s join item i on i.item_id = s.item_id
    where s.suggestion_id = ${suggestionId} for update of s`;
  return rows[0] ?? null;
}

/**
 * Locks the purchases that are suggested from one supplier, at most so many, in the order in which the stage writes
 * suggestions.
 */
export async function lockSuggestionsOf(
  sql: Sql,
  supplierName: string | null,
  linesMax: number,
): Promise<DecidedSuggestion[]> {
  return await sql<DecidedSuggestion[]>`
    select ${columns(sql)} from replenishment_suggestion s join item i on i.item_id = s.item_id
    where s.state = 'OPEN' and s.kind = 'PURCHASE' and s.quantity > 0
      and s.supplier_name is not distinct from ${supplierName}::text
    order by s.item_id, s.warehouse_id limit ${linesMax} for update of s`;
}

/**
 * Locks what the guard holds of items, in key order: whoever releases a suggestion has it locked before its reading, and
 * so must whoever writes readings. Locks `replenishment_suggestion` rows.
 */
export async function lockHeldSuggestions(sql: Sql, itemIds: readonly ItemId[]): Promise<void> {
  await sql`
    select from replenishment_suggestion
    where state = 'HELD' and item_id = any (${[...itemIds]}::text[]::uuid[])
    order by item_id, warehouse_id for update`;
}

/** Those of some suggestions that exist, in whatever state. Reads `replenishment_suggestion`. */
export async function findSuggestions(
  sql: Sql,
  suggestionIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (suggestionIds.length === 0) return new Set();
  const rows = await sql<{ suggestionId: string }[]>`
    select suggestion_id as "suggestionId" from replenishment_suggestion
    where suggestion_id = any (${[...suggestionIds]}::text[]::uuid[])`;
  return new Set(rows.map(({ suggestionId }) => suggestionId));
}

/** What a person decided. */
export interface SuggestionDecision {
  readonly state: Extract<SuggestionState, 'OPEN' | 'APPROVED' | 'DISMISSED' | 'CANCELLED'>;
  readonly by: string;
  readonly reason: string | null;
  /** Decimal text; null = none was decided. */
  readonly quantity: string | null;
  /** Nothing is suggested here before this day; null = at once. */
  readonly silentUntilOn: string | null;
  readonly inboundShipmentId: string | null;
  /** Business time. */
  readonly at: Date;
}

/** Writes what was decided about a locked suggestion. Writes `replenishment_suggestion`. */
export async function saveDecision(
  sql: Sql,
  suggestionId: string,
  decision: SuggestionDecision,
): Promise<void> {
  await sql`
    update replenishment_suggestion
    set state = ${decision.state}, decided_by = ${decision.by}, decided_at = ${decision.at},
        decision_reason = ${decision.reason}, decided_quantity = ${decision.quantity}::text::numeric,
        silent_until_on = ${decision.silentUntilOn}::text::date,
        inbound_shipment_id = coalesce(${decision.inboundShipmentId}::text::uuid, inbound_shipment_id),
        hold_causes = case when ${decision.state} = 'OPEN' then '{}' else hold_causes end,
        accepted_quantity = case when ${decision.state} = 'OPEN' then null else accepted_quantity end,
        recorded_at = ${decision.at}
    where suggestion_id = ${suggestionId}`;
}

/**
 * Takes an item off a planned shipment; a shipment that is left without goods is cancelled. Goods that are on record
 * as ordered stay. Locks the shipment before its line, as whoever records it does: of two who take the last goods off it,
 * the second sees that nothing is left. Writes `inbound_shipment` and its lines. Run twice: the second time nothing is left.
 */
export async function removePlannedLine(
  sql: Sql,
  inboundShipmentId: string,
  itemId: string,
  at: Date,
): Promise<void> {
  await sql`
    with planned as materialized (
      select inbound_shipment_id from inbound_shipment
      where inbound_shipment_id = ${inboundShipmentId}::text::uuid and status = 'PLANNED' for no key update
    )
    update inbound_shipment_line l set quantity = 0, recorded_at = ${at}
    from planned s where l.inbound_shipment_id = s.inbound_shipment_id and l.item_id = ${itemId}::text::uuid`;
  await sql`
    update inbound_shipment s
    set status = 'CANCELLED', modified_at = ${at}, observed_at = ${at}, recorded_at = ${at}
    where s.inbound_shipment_id = ${inboundShipmentId}::text::uuid and s.status = 'PLANNED'
      and not exists (
        select from inbound_shipment_line l where l.inbound_shipment_id = s.inbound_shipment_id and l.quantity > 0)`;
}

/** A suggestion that was approved and is no longer only planned. */
export interface SettledSuggestion {
  readonly suggestionId: string;
  readonly itemId: ItemId;
  readonly warehouseId: WarehouseId;
  readonly inboundShipmentId: string | null;
  /** True when goods of a shop's own record took its place: the planned ones must go. */
  readonly isReplaced: boolean;
}

/**
 * Ends approvals that are on record by now: the planned shipment was recorded or cancelled, or a shop or feed reports
 * an order of the same goods to the same warehouse, placed after the approval, of at least half the quantity; each
 * such line stands for one approval.
 *
 * Reads shipments; writes `replenishment_suggestion`. Run twice: the second time finds nothing.
 */
export async function settleApproved(
  sql: Sql,
  itemIds: readonly ItemId[],
  at: Date,
): Promise<SettledSuggestion[]> {
  if (itemIds.length === 0) return [];
  return await sql<SettledSuggestion[]>`
    with approved as (
      select s.suggestion_id, s.item_id, s.warehouse_id, s.decided_at, s.inbound_shipment_id, b.status,
        coalesce(s.decided_quantity, s.quantity) as quantity,
        row_number() over (partition by s.item_id, s.warehouse_id order by s.decided_at, s.suggestion_id) as place
      from replenishment_suggestion s
      left join inbound_shipment b on b.inbound_shipment_id = s.inbound_shipment_id
      where s.state = 'APPROVED' and s.kind = 'PURCHASE' and s.item_id = any (${[...itemIds]}::text[]::uuid[])
    ), reported as (
      select a.suggestion_id, min(r.inbound_shipment_id::text)::uuid as shipment_id
      from approved a
      join inbound_shipment_line n on n.item_id = a.item_id and n.quantity >= a.quantity / 2
      join inbound_shipment r on r.organization_id = n.organization_id
        and r.inbound_shipment_id = n.inbound_shipment_id and r.warehouse_id = a.warehouse_id
        and r.shop_id is not null and r.status <> 'CANCELLED' and r.ordered_at >= a.decided_at
      where a.status = 'PLANNED' and a.place = 1 and not exists (
        select from replenishment_suggestion u
        where u.item_id = a.item_id and u.warehouse_id = a.warehouse_id
          and u.recorded_shipment_id = r.inbound_shipment_id)
      group by a.suggestion_id
    )
    update replenishment_suggestion s
    set state = case when a.status = 'CANCELLED' then 'CANCELLED' else 'RECORDED' end,
        recorded_shipment_id = coalesce(o.shipment_id, s.inbound_shipment_id), recorded_at = ${at}
    from approved a left join reported o on o.suggestion_id = a.suggestion_id
    where s.suggestion_id = a.suggestion_id and (a.status <> 'PLANNED' or o.shipment_id is not null)
    returning s.suggestion_id as "suggestionId", s.item_id as "itemId", s.warehouse_id as "warehouseId",
      s.inbound_shipment_id as "inboundShipmentId", o.shipment_id is not null as "isReplaced"`;
}
