import type { ItemId, OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { TransferState } from '../tables/transfer.ts';

/** A transfer suggestion to be stored as it is now. Decimal text, days `YYYY-MM-DD`. */
export interface TransferWrite {
  /** Of the standing one; a new one gets its own. */
  readonly suggestionId: string;
  readonly itemId: string;
  readonly fromWarehouseId: string;
  readonly toWarehouseId: string;
  readonly quantity: string;
  readonly arrivesOn: string;
  readonly donorRiskBefore: number;
  readonly donorRiskAfter: number;
  readonly receiverRiskBefore: number;
  readonly receiverRiskAfter: number;
  readonly lostUnitsAvoided: string;
  readonly cost: string;
  readonly gain: string;
  readonly flags: readonly string[];
  readonly explanation: unknown;
  readonly plannedOn: string;
  readonly dataAsOf: string;
  /** True when people would see a difference: a version of it is kept. */
  readonly isNews: boolean;
}

/** What stands on a lane for an item already. Decimal text. */
export interface StandingTransfer {
  readonly suggestionId: string;
  readonly itemId: ItemId;
  readonly fromWarehouseId: string;
  readonly toWarehouseId: string;
  readonly state: TransferState;
  readonly quantity: string;
  readonly decidedQuantity: string | null;
  readonly arrivesOn: string;
  readonly gain: string;
  readonly silentUntilOn: string | null;
}

/**
 * Loads open transfers of items, approved ones that have not left yet, and dismissals that still keep silent. Reads
 * `transfer_suggestion`.
 */
export async function loadStandingTransfers(
  sql: Sql,
  itemIds: readonly ItemId[],
): Promise<StandingTransfer[]> {
  if (itemIds.length === 0) return [];
  return await sql<StandingTransfer[]>`
    select suggestion_id as "suggestionId", item_id as "itemId", from_warehouse_id as "fromWarehouseId",
      to_warehouse_id as "toWarehouseId", state, quantity, decided_quantity as "decidedQuantity",
      arrives_on as "arrivesOn", gain, silent_until_on as "silentUntilOn"
    from transfer_suggestion
    where item_id = any (${[...itemIds]}::text[]::uuid[])
      and (state in ('OPEN', 'APPROVED') or (state = 'DISMISSED' and silent_until_on is not null))
    order by item_id, from_warehouse_id, to_warehouse_id, decided_at desc nulls first`;
}

/** What open transfers of other items earn on each lane: such items share the fixed cost of a trip. */
export async function loadLaneGains(
  sql: Sql,
  itemIds: readonly ItemId[],
): Promise<{ fromWarehouseId: string; toWarehouseId: string; gain: string }[]> {
  return await sql`
    select from_warehouse_id as "fromWarehouseId", to_warehouse_id as "toWarehouseId", sum(gain) as gain
    from transfer_suggestion
    where state = 'OPEN' and not item_id = any (${[...itemIds]}::text[]::uuid[])
    group by 1, 2`;
}

const written =
  'quantity, arrives_on, donor_risk_before, donor_risk_after, receiver_risk_before, receiver_risk_after, lost_units_avoided, cost, gain, flags, explanation, planned_on, data_as_of';
const versioned = `state, ${written}, computed_at, decided_by, decided_quantity`;

/**
 * Writes transfers as they are now, and a version of each that is news. What a person decided meanwhile stays as
 * decided.
 *
 * In the caller's transaction. Writes `transfer_suggestion` in key order, `transfer_version`. Run twice with the same
 * time: the same rows.
 */
export async function saveTransfers(
  sql: Sql,
  organizationId: OrganizationId,
  writes: readonly TransferWrite[],
  at: Date,
): Promise<void> {
  if (writes.length === 0) return;
  const names = sql.unsafe(written);
  await sql`
    insert into transfer_suggestion as s (organization_id, suggestion_id, item_id, from_warehouse_id, to_warehouse_id,
      state, ${names}, computed_at, opened_at, recorded_at)
    select ${organizationId}::uuid, g."suggestionId", g."itemId", g."fromWarehouseId", g."toWarehouseId", 'OPEN',
      g.quantity, g."arrivesOn", g."donorRiskBefore", g."donorRiskAfter", g."receiverRiskBefore",
      g."receiverRiskAfter", g."lostUnitsAvoided", g.cost, g.gain,
      coalesce(array(select json_array_elements_text(g.flags)), '{}'), g.explanation, g."plannedOn", g."dataAsOf",
      ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(writes)}::text::json) as g(
      "suggestionId" uuid, "itemId" uuid, "fromWarehouseId" uuid, "toWarehouseId" uuid, quantity numeric,
      "arrivesOn" date, "donorRiskBefore" float8, "donorRiskAfter" float8, "receiverRiskBefore" float8,
      "receiverRiskAfter" float8, "lostUnitsAvoided" numeric, cost numeric, gain numeric, flags json,
      explanation json, "plannedOn" date, "dataAsOf" timestamptz)
    order by g."itemId", g."fromWarehouseId", g."toWarehouseId"
    on conflict (organization_id, suggestion_id) do update
    set (${names}, computed_at, recorded_at) = (excluded.quantity, excluded.arrives_on,
      excluded.donor_risk_before, excluded.donor_risk_after, excluded.receiver_risk_before,
      excluded.receiver_risk_after, excluded.lost_units_avoided, excluded.cost, excluded.gain, excluded.flags,
      excluded.explanation, excluded.planned_on, excluded.data_as_of, excluded.computed_at, excluded.recorded_at)
    where s.state = 'OPEN'`;
  await saveTransferVersions(
    sql,
    writes.filter(({ isNews }) => isNews).map(({ suggestionId }) => suggestionId),
    at,
  );
}

/**
 * Ends open transfers that no longer pay, and keeps it as a version. Writes `transfer_suggestion`, `transfer_version`.
 * Run twice: the second time does nothing.
 */
export async function expireTransfers(sql: Sql, suggestionIds: readonly string[], at: Date): Promise<void> {
  if (suggestionIds.length === 0) return;
  await sql`
    update transfer_suggestion set state = 'EXPIRED', recorded_at = ${at}
    where suggestion_id = any (${[...suggestionIds]}::text[]::uuid[]) and state = 'OPEN'`;
  await saveTransferVersions(sql, suggestionIds, at);
}

/**
 * Keeps what transfers are now as versions of them. Reads `transfer_suggestion`, writes `transfer_version`. Run twice
 * at the same time: the first version of it stays.
 */
export async function saveTransferVersions(
  sql: Sql,
  suggestionIds: readonly string[],
  at: Date,
): Promise<void> {
  if (suggestionIds.length === 0) return;
  const names = sql.unsafe(versioned);
  await sql`
    insert into transfer_version (organization_id, suggestion_id, recorded_at, ${names})
    select organization_id, suggestion_id, ${at}::timestamptz, ${names} from transfer_suggestion
    where suggestion_id = any (${[...suggestionIds]}::text[]::uuid[])
    on conflict (organization_id, suggestion_id, recorded_at) do nothing`;
}
