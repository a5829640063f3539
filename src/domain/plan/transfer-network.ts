import {
  type ItemTransferPlan,
  planItemTransfers,
  type TransferLane,
  type TransferSite,
} from './transfer.ts';

/** A lane whose opening costs something, whatever is sent. */
export interface FixedCostLane extends TransferLane {
  /** Money for using the lane at all, shared by all items, ≥ 0. */
  readonly fixedCost: number;
}

/** One item with its warehouses. */
export interface TransferItem {
  readonly itemId: string;
  readonly sites: readonly TransferSite[];
  readonly packUnits: number;
}

/** Plans of many items that share lanes. */
export interface NetworkTransferPlan {
  readonly plans: ReadonlyMap<string, ItemTransferPlan>;
  /** Lanes left out because all items together did not earn their fixed cost. */
  readonly unpaidLanes: readonly FixedCostLane[];
  /** Gain of all items less the fixed costs of the lanes used. */
  readonly gain: number;
}

/**
 * Plans the transfers of many items over lanes with fixed costs, in steps: it pauses after each item that it has
 * solved, so that whoever computes a large network can let others have their turn.
 *
 * Solves every item, drops the lane that misses its fixed cost by most, solves the items that used it again, until
 * every lane used earns its cost. Exact when no lane has a fixed cost; otherwise a plan that pays, not proven best.
 *
 * @param items - any number
 * @param lanes - shared by all items
 * @param elsewhere - what a lane earns with items that are not looked at now; 0 unless given
 * @returns plan by item, lanes dropped, total gain ≥ 0
 * @throws AppError from `planItemTransfers`
 * @see drop heuristic for fixed-charge networks
 * @example planNetworkTransfers([item], [{ ...lane, fixedCost: 1e9 }]).next() // a pause: the first item is solved
 */
export function* planNetworkTransfers(
  items: readonly TransferItem[],
  lanes: readonly FixedCostLane[],
  elsewhere: (lane: FixedCostLane) => number = () => 0,
): Generator<void, NetworkTransferPlan> {
  let open = [...lanes];
  const unpaidLanes: FixedCostLane[] = [];
  const plans = new Map<string, ItemTransferPlan>();
  let unsolved: readonly TransferItem[] = items;
  for (;;) {
    for (const { itemId, sites, packUnits } of unsolved) {
      plans.set(itemId, planItemTransfers(sites, open, packUnits));
      yield;
    }
    const earned = new Map<TransferLane, number>();
    for (const { flows } of plans.values()) {
      for (const { lane, gain } of flows) earned.set(lane, (earned.get(lane) ?? 0) + gain);
    }
    const missing = (lane: FixedCostLane): number => {
      const own = earned.get(lane);
      return own === undefined ? 0 : lane.fixedCost - own - elsewhere(lane);
    };
    const worst = open.reduce<FixedCostLane | null>(
      (most, lane) => (missing(lane) > (most === null ? 1e-9 : missing(most)) ? lane : most),
      null,
    );
    if (worst === null) {
      const gain = open.reduce((sum, lane) => sum + Math.max(0, (earned.get(lane) ?? 0) - lane.fixedCost), 0);
      return { plans, unpaidLanes, gain };
    }
    unpaidLanes.push(worst);
    open = open.filter((lane) => lane !== worst);
    unsolved = items.filter(({ itemId }) => plans.get(itemId)!.flows.some(({ lane }) => lane === worst));
  }
}
