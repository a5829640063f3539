import { AppError } from '../../shared/errors.ts';
import type { OrderCosts, PipelineState } from './panel/lost-sales-order.ts';

/** One item in one place, replayed over past periods. */
export interface ReplayInput {
  /** Demand of each period, units ≥ 0; recorded sales where nothing better is known. */
  readonly demand: ArrayLike<number>;
  /** 1 = demand known; 0 = the goods were out of stock then, so demand is only a lower bound. Null = all known. */
  readonly known: ArrayLike<number> | null;
  /** Stock before the first period; as many entries in transit as the lead time has periods. */
  readonly state: PipelineState;
  /** An order may be placed before period 0 and then every so many periods, ≥ 1. */
  readonly reviewPeriods: number;
  readonly costs: OrderCosts;
  /**
   * Whole periods, ≥ 0, until the k-th order (0, 1, …) can be sold; missing = as many for each as `state` has entries in
   * transit.
   */
  readonly leadOf?: (order: number) => number;
  /** Periods before this one are played but not counted: they were decided by the start state. */
  readonly scoredFrom: number;
  /**
   * The policy. Asked before `period` begins, knowing periods before it only.
   *
   * @returns units to order, ≥ 0; they can be sold from `period` + lead periods on
   */
  readonly decide: (period: number, state: PipelineState) => number;
}

/** What a policy would have brought. Counts only scored periods, but for the end state. */
export interface ReplayResult {
  /** Holding plus shortage cost. */
  readonly cost: number;
  readonly holdingCost: number;
  readonly shortageCost: number;
  readonly demandUnits: number;
  readonly lostUnits: number;
  /** Units left at the end of each period, summed: divide by `scoredPeriods` for the mean stock. */
  readonly stockUnitPeriods: number;
  /** Periods that ended with demand unmet. */
  readonly stockOutPeriods: number;
  readonly scoredPeriods: number;
  /** Scored periods whose demand is only a lower bound: the fill rate is then too rosy. */
  readonly censoredPeriods: number;
  /** Orders placed in all periods, scored or not. */
  readonly orderCount: number;
  readonly endState: PipelineState;
}

/**
 * Replays a policy on past demand: periodic review, lost sales, a lead time known for each order.
 *
 * Each period: the order due arrives, demand is met from stock, the rest is lost, what is left costs holding. The
 * policy is asked before a period and never sees it.
 *
 * @param input - see {@link ReplayInput}
 * @returns costs and counts; share of demand met = 1 − lost / demand
 * @throws AppError `invalid_input` if the policy answers a negative or endless order, or the review period is below 1
 * @see the rules of the VN2 challenge (order at the end of week X, sold from X+3 with two weeks' lead)
 * @example
 * // lead 1: start with 2, one arriving; demand 3, 1, 2; always order 1
 * replayPolicy({ demand: [3, 1, 2], known: null, state: { onHand: 2, inTransit: [1] }, reviewPeriods: 1,
 *   costs: { holding: 0.2, shortage: 1 }, scoredFrom: 0, decide: () => 1 }).cost // lost 1, left 0 0 0 → 2 lost: see test
 */
export function replayPolicy(input: ReplayInput): ReplayResult {
  if (!(input.reviewPeriods >= 1)) {
    throw new AppError('invalid_input', `review period must be at least 1, but is ${input.reviewPeriods}`);
  }
  let onHand = input.state.onHand;
  let inTransit: readonly number[] = input.state.inTransit;
  const leadPeriods = inTransit.length;
  let stockUnitPeriods = 0;
  let demandUnits = 0;
  let lostUnits = 0;
  let stockOutPeriods = 0;
  let censoredPeriods = 0;
  let orderCount = 0;
  for (let period = 0; period < input.demand.length; period++) {
    const isReview = period % input.reviewPeriods === 0;
    const order = isReview ? input.decide(period, { onHand, inTransit }) : 0;
    if (!(order >= 0) || !Number.isFinite(order)) {
      throw new AppError('invalid_input', `the policy ordered ${order} units before period ${period}`);
    }
    const [arrived = 0, ...later] = addOrder(inTransit, order, input.leadOf?.(orderCount) ?? leadPeriods);
    inTransit = later;
    if (order > 0) orderCount += 1;
    const demand = input.demand[period]!;
    const supply = onHand + arrived;
    const lost = Math.max(0, demand - supply);
    onHand = Math.max(0, supply - demand);
    if (period < input.scoredFrom) continue;
    stockUnitPeriods += onHand;
    demandUnits += demand;
    lostUnits += lost;
    if (lost > 0) stockOutPeriods += 1;
    if (input.known !== null && input.known[period] === 0) censoredPeriods += 1;
  }
  const holdingCost = stockUnitPeriods * input.costs.holding;
  const shortageCost = lostUnits * input.costs.shortage;
  const scoredPeriods = Math.max(0, input.demand.length - input.scoredFrom);
  return {
    cost: holdingCost + shortageCost,
    ...{ holdingCost, shortageCost, demandUnits, lostUnits, stockUnitPeriods, stockOutPeriods },
    ...{ scoredPeriods, censoredPeriods, orderCount, endState: { onHand, inTransit } },
  };
}

/** What arrives now, next period, …, once an order of so many periods is placed; an order of 0 makes room all the same. */
function addOrder(inTransit: readonly number[], order: number, leadPeriods: number): number[] {
  if (inTransit.length === leadPeriods) return [...inTransit, order];
  const arriving = [...inTransit];
  while (arriving.length <= leadPeriods) arriving.push(0);
  arriving[leadPeriods] = arriving[leadPeriods]! + order;
  return arriving;
}

/**
 * Adds up results of several items.
 *
 * @param results - any number
 * @returns sums; `scoredPeriods` counts item-periods; the end state is empty
 * @see {@link replayPolicy}
 * @example sumReplays([one, other]).cost // one.cost + other.cost
 */
export function sumReplays(results: readonly ReplayResult[]): ReplayResult {
  const sum = (pick: (result: ReplayResult) => number): number =>
    results.reduce((total, result) => total + pick(result), 0);
  return {
    cost: sum((r) => r.cost),
    holdingCost: sum((r) => r.holdingCost),
    shortageCost: sum((r) => r.shortageCost),
    demandUnits: sum((r) => r.demandUnits),
    lostUnits: sum((r) => r.lostUnits),
    stockUnitPeriods: sum((r) => r.stockUnitPeriods),
    stockOutPeriods: sum((r) => r.stockOutPeriods),
    scoredPeriods: sum((r) => r.scoredPeriods),
    censoredPeriods: sum((r) => r.censoredPeriods),
    orderCount: sum((r) => r.orderCount),
    endState: { onHand: 0, inTransit: [] },
  };
}
