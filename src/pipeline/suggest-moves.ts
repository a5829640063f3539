import type { Sql } from '../db/connection.ts';
import { levelKeyText } from '../db/queries/ingest-level.ts';
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
import { withTransfers } from '../domain/plan/item-transfer.ts';
import type { ItemId, OrganizationId } from '../shared/ids.ts';
import type { PipelinePorts } from './ports.ts';
import { type ItemStanding, toDecisionSite } from './suggest-item.ts';
import { suggestTransfers, type TransferGroup, withoutPromised } from './suggest-transfer.ts';

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
  const moved = standing.filter(({ state }) => state !== 'DISMISSED');
  return {
    lanes,
    standing: Map.groupBy(standing, ({ itemId }) => itemId),
    movedItemIds: new Set(moved.map(({ itemId }) => itemId)),
  };
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
  const promised = (itemId: ItemId) => (site: DecisionSite) =>
    withoutPromised(site, standing.get(itemId) ?? []);
  if (around.isBatchHeld || (lanes.length === 0 && standing.size === 0)) return promised;
  const groups = [...Map.groupBy(around.rows, ({ itemId }) => itemId)].flatMap(([itemId, rows]) => {
    const physical = rows.filter(({ kind }) => kind === 'PHYSICAL');
    const own = standing.get(itemId) ?? [];
    if (physical.length < 2 && own.length === 0) return [];
    return readGroup(ports, itemId, physical, own, around.causes) ?? [];
  });
  const gains = new Map(
    (await loadLaneGains(sql, itemIds)).map((one) => [
      `${one.fromWarehouseId}/${one.toWarehouseId}`,
      Number(one.gain),
    ]),
  );
  const outcome = suggestTransfers(groups, lanes, (from, to) => gains.get(`${from}/${to}`) ?? 0);
  await expireTransfers(sql, outcome.expiredIds, at);
  await saveTransfers(sql, organizationId, outcome.writes, at);
  return (itemId) => (site) => {
    const plan = outcome.plans.get(itemId);
    const after = promised(itemId)(site);
    return plan === undefined ? after : withTransfers(after, plan);
  };
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
    const doubted = rows.filter((row) => (causes.get(levelKeyText(row)) ?? []).length > 0);
    const doubtedIds = new Set(doubted.map(({ warehouseId }): string => warehouseId));
    return { itemId, rows, sites: rows.map(toDecisionSite), standing, doubtedIds };
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    ports.log.warn({ itemId, fault }, 'transfers of an item could not be decided');
    return null;
  }
}
