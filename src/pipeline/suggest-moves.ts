import type { Sql } from '../db/connection.ts';
import type { DecisionSiteRow } from '../db/queries/suggestion-site.ts';
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
import type { PipelinePorts } from './ports.ts';
import { afterMoves, hasMoves, toLaneGains, toTransferGroup } from './suggest-around.ts';
import { type ItemStanding, toDecisionSite } from './suggest-item.ts';
import { suggestTransfers, type TransferGroup } from './suggest-transfer.ts';

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
  ports: PipelinePorts,
  sql: Sql,
  { organizationId, itemIds, at, moves }: MoveInput,
  around: Pick<ItemStanding, 'causes' | 'isBatchHeld'> & { readonly rows: readonly DecisionSiteRow[] },
): Promise<(itemId: ItemId) => (site: DecisionSite) => DecisionSite> {
  const { lanes, standing } = moves;
  const movesOf = (itemId: ItemId) => standing.get(itemId) ?? [];
  if (around.isBatchHeld || (lanes.length === 0 && standing.size === 0)) {
    return (itemId) => afterMoves(movesOf(itemId), undefined);
  }
  const groups = [...Map.groupBy(around.rows, ({ itemId }) => itemId)].flatMap(
    ([itemId, rows]) => readGroup(ports, itemId, rows, movesOf(itemId), around.causes) ?? [],
  );
  const outcome = suggestTransfers(groups, lanes, toLaneGains(await loadLaneGains(sql, itemIds)));
  await expireTransfers(sql, outcome.expiredIds, at);
  await saveTransfers(sql, organizationId, outcome.writes, at);
  return (itemId) => afterMoves(movesOf(itemId), outcome.plans.get(itemId));
}

/** One item that cannot be read does not stop the others. */
function readGroup(
  ports: PipelinePorts,
  itemId: ItemId,
  rows: readonly DecisionSiteRow[],
  standing: readonly StandingTransfer[],
  causes: ItemStanding['causes'],
): TransferGroup | null {
  try {
    return toTransferGroup(itemId, rows, standing, causes, toDecisionSite);
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    ports.log.warn({ itemId, fault }, 'transfers of an item could not be decided');
    return null;
  }
}
