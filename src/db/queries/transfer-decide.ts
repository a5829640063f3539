import type { ItemId, WarehouseId } from '../../shared/ids.ts';
import type { CalendarDate } from '../../shared/time.ts';
import type { Sql } from '../connection.ts';
import type { TransferState } from '../tables/transfer.ts';

/** A transfer about which a person decides. Decimal text. */
export interface DecidedTransfer {
  readonly suggestionId: string;
  readonly itemId: ItemId;
  readonly fromWarehouseId: WarehouseId;
  readonly toWarehouseId: WarehouseId;
  readonly state: TransferState;
  readonly quantity: string;
  readonly decidedQuantity: string | null;
  readonly sku: string;
  readonly fromCode: string;
  readonly plannedOn: CalendarDate;
  readonly arrivesOn: CalendarDate;
  readonly inboundShipmentId: string | null;
}

/** Locks one transfer; null when there is none. Locks the `transfer_suggestion` row. */
export async function lockTransfer(sql: Sql, suggestionId: string): Promise<DecidedTransfer | null> {
  const rows = await sql<DecidedTransfer[]>`
    select s.suggestion_id as "suggestionId", s.item_id as "itemId", s.from_warehouse_id as "fromWarehouseId",
      s.to_warehouse_id as "toWarehouseId", s.state, s.quantity, s.decided_quantity as "decidedQuantity", i.sku,
      w.code as "fromCode", s.planned_on as "plannedOn", s.arrives_on as "arrivesOn",
      s.inbound_shipment_id as "inboundShipmentId"
    from transfer_suggestion s
    join item i on i.item_id = s.item_id
    join warehouse w on w.warehouse_id = s.from_warehouse_id
    where s.suggestion_id = ${suggestionId} for update of s`;
  return rows[0] ?? null;
}

/** What a person decided about a transfer. */
interface TransferDecision {
  readonly state: Extract<TransferState, 'APPROVED' | 'DISMISSED' | 'CANCELLED'>;
  readonly by: string;
  readonly reason: string | null;
  /** Decimal text; null = none was decided. */
  readonly quantity: string | null;
  readonly silentUntilOn: string | null;
  readonly inboundShipmentId: string | null;
  /** Business time. */
  readonly at: Date;
}

/** Writes what was decided about a locked transfer. Writes `transfer_suggestion`. */
export async function saveTransferDecision(
  sql: Sql,
  suggestionId: string,
  decision: TransferDecision,
): Promise<void> {
  await sql`
    update transfer_suggestion
    set state = ${decision.state}, decided_by = ${decision.by}, decided_at = ${decision.at},
        decision_reason = ${decision.reason}, decided_quantity = ${decision.quantity}::text::numeric,
        silent_until_on = ${decision.silentUntilOn}::text::date,
        inbound_shipment_id = coalesce(${decision.inboundShipmentId}::text::uuid, inbound_shipment_id),
        recorded_at = ${decision.at}
    where suggestion_id = ${suggestionId}`;
}

/**
 * Ends approvals whose goods are on record: the planned shipment at the receiver was recorded or cancelled. Reads
 * `inbound_shipment`, writes `transfer_suggestion`. Run twice: the second time finds nothing.
 *
 * @returns ids of those that ended
 */
export async function settleTransfers(sql: Sql, itemIds: readonly ItemId[], at: Date): Promise<string[]> {
  if (itemIds.length === 0) return [];
  const rows = await sql<{ suggestionId: string }[]>`
    update transfer_suggestion s
    set state = case when b.status = 'CANCELLED' then 'CANCELLED' else 'RECORDED' end, recorded_at = ${at}
    from inbound_shipment b
    where b.inbound_shipment_id = s.inbound_shipment_id and s.state = 'APPROVED' and b.status <> 'PLANNED'
      and s.item_id = any (${[...itemIds]}::text[]::uuid[])
    returning s.suggestion_id as "suggestionId"`;
  return rows.map(({ suggestionId }) => suggestionId);
}
