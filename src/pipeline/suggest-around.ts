import { levelKeyText } from '../db/queries/ingest-level.ts';
import type { StandingSuggestion } from '../db/queries/suggestion-site.ts';
import type { StandingTransfer } from '../db/queries/transfer-save.ts';
import type { DecisionSite } from '../domain/plan/item-decision.ts';
import { withTransfers } from '../domain/plan/item-transfer.ts';
import type { ItemTransferPlan } from '../domain/plan/transfer.ts';
import type { DecidedItem, ItemStanding } from './suggest-item.ts';
import { type TransferGroup, withoutPromised } from './suggest-transfer.ts';

// What surrounds the decision of an item, the same when it is decided for good and under a scenario.

/** What stands at levels, sorted by whether it is still open. */
export function toItemStanding(
  known: readonly StandingSuggestion[],
  around: Pick<ItemStanding, 'causes' | 'isBatchHeld'>,
): ItemStanding {
  const isOpen = ({ state }: StandingSuggestion) => state === 'OPEN' || state === 'HELD';
  const byKey = (list: readonly StandingSuggestion[]) => new Map(list.map((one) => [levelKeyText(one), one]));
  const decided = known.filter((one) => !isOpen(one));
  return { ...around, standing: byKey(known.filter(isOpen)), decided: byKey(decided) };
}

/**
 * Whether transfers make an item be looked at although nothing is missing: an open one may have to end, and the donor of
 * an approved one must do without the goods.
 */
export function hasMoves(standing: readonly StandingTransfer[]): boolean {
  return standing.some(({ state }) => state !== 'DISMISSED');
}

/** How a warehouse looks once promised moves, and those that are suggested with this, are carried out. */
export function afterMoves(
  standing: readonly StandingTransfer[],
  plan: ItemTransferPlan | undefined,
): (site: DecisionSite) => DecisionSite {
  return (site) => {
    const after = withoutPromised(site, standing);
    return plan === undefined ? after : withTransfers(after, plan);
  };
}

/**
 * An item among whose physical warehouses goods may be moved; levels that the guard holds neither give nor take.
 *
 * @returns null where nothing can be moved and nothing stands
 */
export function toTransferGroup(
  { itemId, rows, sites }: DecidedItem,
  standing: readonly StandingTransfer[],
  causes: ItemStanding['causes'],
): TransferGroup | null {
  const physical = sites.filter(({ kind }) => kind === 'PHYSICAL');
  if (physical.length < 2 && standing.length === 0) return null;
  const doubted = rows.filter((row) => (causes.get(levelKeyText(row)) ?? []).length > 0);
  const doubtedIds = new Set(doubted.map(({ warehouseId }): string => warehouseId));
  return { itemId, sites: physical, standing, doubtedIds };
}

/** What each lane earns with items that are not decided now. */
export function toLaneGains(
  gains: readonly { fromWarehouseId: string; toWarehouseId: string; gain: string }[],
): (fromWarehouseId: string, toWarehouseId: string) => number {
  const byLane = new Map(
    gains.map((one) => [`${one.fromWarehouseId}/${one.toWarehouseId}`, Number(one.gain)]),
  );
  return (from, to) => byLane.get(`${from}/${to}`) ?? 0;
}
