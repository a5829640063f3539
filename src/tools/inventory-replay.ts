/** How one item's shelf did under a rule. */
export interface ShelfResult {
  demand: number;
  sold: number;
  /** Units on hand at the end of each counted day, added up. */
  stockDays: number;
  days: number;
}

/** Days of the replayed shop: review every `review` days, delivery after `lead` days. */
export interface ReplayRules {
  readonly lead: number;
  readonly review: number;
  /** First days whose result does not count: the start stock is not the rule's doing. */
  readonly warmUp: number;
}

/**
 * Replays an order-up-to rule on real daily sales with lost sales: what is not there is not sold and not asked
 * for again.
 *
 * On a review day, before sales, the rule orders up to its level, counting what is on hand and under way. What
 * was ordered `lead` days ago arrives before sales.
 *
 * @param demand - units per day of the replayed time
 * @param levels - order-up-to level at each review, units; one per started review period
 * @example
 * // 2 a day, up to 40 every 7 days: everything is sold
 * replayOrderUpTo(new Float64Array(70).fill(2), new Float64Array(10).fill(40), rules).sold
 */
export function replayOrderUpTo(demand: Float64Array, levels: Float64Array, rules: ReplayRules): ShelfResult {
  const { lead, review, warmUp } = rules;
  const arriving = new Float64Array(demand.length + lead + 1);
  const result: ShelfResult = { demand: 0, sold: 0, stockDays: 0, days: 0 };
  let onHand = levels[0]!;
  let underWay = 0;
  for (let t = 0; t < demand.length; t++) {
    onHand += arriving[t]!;
    underWay -= arriving[t]!;
    if (t % review === 0) {
      const order = Math.max(0, levels[t / review]! - onHand - underWay);
      arriving[t + lead]! += order;
      underWay += order;
    }
    const sold = Math.min(onHand, demand[t]!);
    onHand -= sold;
    if (t < warmUp) continue;
    result.demand += demand[t]!;
    result.sold += sold;
    result.stockDays += onHand;
    result.days += 1;
  }
  return result;
}

/** Fill rate and mean stock of all items at one target level. */
export interface SweepPoint {
  readonly target: number;
  /** Units sold over units asked for. */
  readonly fill: number;
  /** Mean units on hand per item and day. */
  readonly stock: number;
}

/**
 * Mean stock at which a rule reaches a fill rate, between the two targets that enclose it.
 *
 * @param sweep - by rising target
 * @returns units per item, or null when no target reaches the fill rate or all exceed it
 * @example stockAtFill([{ target: 0.9, fill: 0.96, stock: 20 }, { target: 0.95, fill: 0.98, stock: 24 }], 0.97) // 22
 */
export function stockAtFill(sweep: readonly SweepPoint[], fill: number): number | null {
  for (let i = 1; i < sweep.length; i++) {
    const low = sweep[i - 1]!;
    const high = sweep[i]!;
    if (low.fill > fill || high.fill < fill) continue;
    if (high.fill === low.fill) return low.stock;
    return low.stock + ((fill - low.fill) / (high.fill - low.fill)) * (high.stock - low.stock);
  }
  return null;
}
