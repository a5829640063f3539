import type { Sql } from '../db/connection.ts';
import { settleTransfers } from '../db/queries/transfer-decide.ts';
import { loadTransferLanes, type TransferLaneRow } from '../db/queries/transfer-lane.ts';
import {
  expireTransfers,
  loadLaneGains,
  loadStandingTransfers,
  type StandingTransfer,
  saveTransfers,
  saveTransferVersions,
} from '../db/queries/transfer-save.ts';
import type { DecisionSite } from '../domain/plan/item-decision.ts';
import type { ItemId, OrganizationId } from '../shared/ids.ts';
import { afterMoves, hasMoves, toLaneGains, toTransferGroup } from './suggest-around.ts';
import type { DecidedItem, ItemStanding } from './suggest-item.ts';
import { suggestTransfers } from './suggest-transfer.ts';
import { inTurns, startTurns } from './turns.ts';

/** Lanes, and what stands on them for the items of a run. */
interface TransferScene {
  readonly lanes: readonly TransferLaneRow[];
  readonly standing: ReadonlyMap<ItemId, readonly StandingTransfer[]>;
  /** Items with an open transfer, which may have to end, or an approved one, which its donor must do without. */
  readonly movedItemIds: ReadonlySet<ItemId>;
}

/** Which items to decide, and among which lanes. */
export interface MoveInput {
  readonly organizationId: OrganizationId;
  readonly itemIds: readonly ItemId[];
  readonly at: Date;
  readonly moves: TransferScene;
}

/**
 * Ends approvals whose goods are on record, and loads lanes and what stands on them. Reads `transfer_lane`; writes
 * `transfer_suggestion`, `transfer_version`. Run twice: the second time nothing ends.
 */
export async function loadTransferScene(
  sql: Sql,
  itemIds: readonly ItemId[],
  at: Date,
): Promise<TransferScene> {
  await saveTransferVersions(sql, await settleTransfers(sql, itemIds, at), at);
  const lanes = await loadTransferLanes(sql);
  const standing = await loadStandingTransfers(sql, itemIds);
  const byItem = Map.groupBy(standing, ({ itemId }) => itemId);
  const moved = [...byItem].flatMap(([itemId, own]) => (hasMoves(own) ? [itemId] : []));
  return { lanes, standing: byItem, movedItemIds: new Set(moved) };
}

/**
 * Decides what to move for items, all warehouses of each at once, and writes what changed. While the run is in doubt
 * nothing is written and nothing moved; a level that the guard holds neither gives nor takes.
 *
 * In the caller's transaction. Writes `transfer_suggestion`, `transfer_version`. Run twice with the same time: the
 * same rows.
 *
 * @returns for each item how its warehouses look once promised and suggested moves are carried out
 */
export async function decideTransfers(
  sql: Sql,
  { organizationId, itemIds, at, moves }: MoveInput,
  around: Pick<ItemStanding, 'causes' | 'isBatchHeld'> & { readonly items: readonly DecidedItem[] },
): Promise<(itemId: ItemId) => (site: DecisionSite) => DecisionSite> {
  const { lanes, standing } = moves;
  const movesOf = (itemId: ItemId) => standing.get(itemId) ?? [];
  if (around.isBatchHeld || (lanes.length === 0 && standing.size === 0)) {
    return (itemId) => afterMoves(movesOf(itemId), undefined);
  }
  const groups = around.items.flatMap(
    (item) => toTransferGroup(item, movesOf(item.itemId), around.causes) ?? [],
  );
  const elsewhere = toLaneGains(await loadLaneGains(sql, itemIds));
  const outcome = await inTurns(suggestTransfers(groups, lanes, elsewhere), startTurns());
  await expireTransfers(sql, outcome.expiredIds, at);
  await saveTransfers(sql, organizationId, outcome.writes, at);
  return (itemId) => afterMoves(movesOf(itemId), outcome.plans.get(itemId));
}
