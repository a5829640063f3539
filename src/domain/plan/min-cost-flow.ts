import { AppError } from '../../shared/errors.ts';

/** A transport problem with rising costs of giving and falling gains of receiving, in whole units. */
export interface TransportProblem {
  /** Per giver: cost of its 1st, 2nd, … unit given; must not fall. As long as it may give. */
  readonly costs: readonly (readonly number[])[];
  /** Per taker: gain of its 1st, 2nd, … unit received; must not rise. As long as it may take. */
  readonly gains: readonly (readonly number[])[];
  /** Ways from a giver to a taker, by their position, with the cost per unit ≥ 0. */
  readonly lanes: readonly { readonly from: number; readonly to: number; readonly unitCost: number }[];
}

/** The best plan: units on each lane, and what it gains in all. */
export interface TransportPlan {
  readonly flows: readonly number[];
  readonly gain: number;
}

/** A path must gain more than this, so that rounding of binary numbers moves nothing for nothing. */
const gainMin = 1e-9;

/** The residual network while it is being solved; -1 = none. */
interface Network {
  readonly laneFrom: Int32Array;
  readonly laneTo: Int32Array;
  readonly laneCost: Float64Array;
  readonly flow: Int32Array;
  /** Distance from the source and lane used to come there: givers first, then takers. */
  readonly distance: Float64Array;
  readonly cameBy: Int32Array;
  readonly giverCount: number;
}

/**
 * Finds the plan with the largest gain: sum of gains received − costs of units given − lane costs.
 *
 * Exact and whole: units are sent one after the other, each along the cheapest path of the residual network, until
 * the next one would not pay. That is optimal because the costs rise and the gains fall. All givers and takers are
 * solved together, so no order of running and no chains.
 *
 * @param problem - see {@link TransportProblem}; up to some hundred places and some thousand units
 * @returns units per lane, in the order of `lanes`; a plan that moves nothing has gain 0
 * @throws AppError `invalid_input` if costs fall, gains rise, or a lane names an unknown place or a negative cost
 * @see successive shortest paths for convex minimum-cost flow (Ahuja, Magnanti and Orlin, Network Flows, chapters 9
 *   and 14: textbook method, own code); tested against an exact linear program
 * @example
 * // a gives units worth 1 and 4, b takes units worth 6 and 5, lane costs 2: one unit gains 6 − 1 − 2 = 3
 * solveTransport({ costs: [[1, 4]], gains: [[6, 5]], lanes: [{ from: 0, to: 0, unitCost: 2 }] }) // { flows: [1], gain: 3 }
 */
export function solveTransport(problem: TransportProblem): TransportPlan {
  requireProblem(problem);
  const giverCount = problem.costs.length;
  const placeCount = giverCount + problem.gains.length;
  const network: Network = {
    laneFrom: Int32Array.from(problem.lanes, ({ from }) => from),
    laneTo: Int32Array.from(problem.lanes, ({ to }) => giverCount + to),
    laneCost: Float64Array.from(problem.lanes, ({ unitCost }) => unitCost),
    flow: new Int32Array(problem.lanes.length),
    distance: new Float64Array(placeCount),
    cameBy: new Int32Array(placeCount),
    giverCount,
  };
  const given = new Int32Array(giverCount);
  const taken = new Int32Array(problem.gains.length);
  let gain = 0;
  for (;;) {
    for (let g = 0; g < giverCount; g++) {
      network.distance[g] = problem.costs[g]![given[g]!] ?? Number.POSITIVE_INFINITY;
    }
    network.distance.fill(Number.POSITIVE_INFINITY, giverCount);
    findShortestPaths(network);
    let best = -1;
    let bestGain = gainMin;
    for (let t = 0; t < taken.length; t++) {
      const net =
        (problem.gains[t]![taken[t]!] ?? Number.NEGATIVE_INFINITY) - network.distance[giverCount + t]!;
      if (net > bestGain) {
        best = t;
        bestGain = net;
      }
    }
    if (best < 0) return { flows: [...network.flow], gain };
    const start = sendOne(network, giverCount + best);
    given[start] = given[start]! + 1;
    taken[best] = taken[best]! + 1;
    gain += bestGain;
  }
}

/** Bellman and Ford over lanes, and back over lanes that carry something; costs back are negative. */
function findShortestPaths(network: Network): void {
  const { laneFrom, laneTo, laneCost, flow, distance, cameBy } = network;
  cameBy.fill(-1);
  // A shortest path passes each place once at most, so this many rounds suffice; rounding must not prolong them.
  for (let round = 0; round < distance.length; round++) {
    let isChanged = false;
    for (let lane = 0; lane < laneFrom.length; lane++) {
      const from = laneFrom[lane]!;
      const to = laneTo[lane]!;
      const cost = laneCost[lane]!;
      if (distance[from]! + cost < distance[to]! - 1e-12) {
        distance[to] = distance[from]! + cost;
        cameBy[to] = lane;
        isChanged = true;
      }
      if (flow[lane]! > 0 && distance[to]! - cost < distance[from]! - 1e-12) {
        distance[from] = distance[to]! - cost;
        cameBy[from] = lane;
        isChanged = true;
      }
    }
    if (!isChanged) return;
  }
}

/** Sends one unit along the path found to a taker; returns the giver it came from. */
function sendOne(network: Network, taker: number): number {
  let place = taker;
  for (;;) {
    const lane = network.cameBy[place]!;
    if (lane < 0) return place;
    if (place >= network.giverCount) {
      network.flow[lane] = network.flow[lane]! + 1;
      place = network.laneFrom[lane]!;
    } else {
      network.flow[lane] = network.flow[lane]! - 1;
      place = network.laneTo[lane]!;
    }
  }
}

function requireProblem(problem: TransportProblem): void {
  problem.costs.forEach((costs, giver) => {
    if (costs.every((cost, k) => k === 0 || cost >= costs[k - 1]! - 1e-9)) return;
    throw new AppError('invalid_input', `costs of giver ${giver} fall`);
  });
  problem.gains.forEach((gains, taker) => {
    if (gains.every((value, k) => k === 0 || value <= gains[k - 1]! + 1e-9)) return;
    throw new AppError('invalid_input', `gains of taker ${taker} rise`);
  });
  problem.lanes.forEach(({ from, to, unitCost }, lane) => {
    if (problem.costs[from] !== undefined && problem.gains[to] !== undefined && unitCost >= 0) return;
    throw new AppError('invalid_input', `lane ${lane} (${from} to ${to}, cost ${unitCost}) makes no sense`);
  });
}
