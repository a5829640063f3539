import { AppError } from '../../shared/errors.ts';
import type { DemandDistribution } from '../forecast/demand-distribution.ts';
import { findCheckpoints, type RiskForecast } from './checkpoints.ts';
import type { Arrival } from './inbound.ts';
import { solveTransport, type TransportPlan } from './min-cost-flow.ts';

/** One item in one physical warehouse, as the transfer plan sees it. Marketplace pools take no part. */
export interface TransferSite {
  readonly warehouseId: string;
  readonly forecast: RiskForecast;
  /** Units that can be sent now, may be negative. */
  readonly available: number;
  readonly arrivals: readonly Arrival[];
  /** Lead time of the warehouse's own supplier, days. */
  readonly leadTimeDays: number;
  /** Whole days, ≥ 1. */
  readonly protectionDays: number;
  readonly serviceLevel: number;
  /** Units that it must keep or expect in any case, such as its target level; absent = its own quantile alone. */
  readonly needUnits?: number;
  /** Margin of one unit sold here, money > 0; 1 when unknown, so that units count. */
  readonly unitMargin: number;
}

/** A way to move goods between two warehouses. */
export interface TransferLane {
  readonly fromWarehouseId: string;
  readonly toWarehouseId: string;
  /** Days until the goods can be sold there, ≥ 0. */
  readonly transferDays: number;
  /** Money per unit, ≥ 0. */
  readonly unitCost: number;
  /** Least units of one item worth sending, ≥ 0. */
  readonly unitsMin: number;
}

/** Units of one item to move on one lane. */
export interface TransferFlow {
  readonly lane: TransferLane;
  readonly quantity: number;
  /** Gain of this lane's units after costs, in money; the flows' gains add up to the item's. */
  readonly gain: number;
}

/** The plan for one item. */
export interface ItemTransferPlan {
  readonly flows: readonly TransferFlow[];
  readonly gain: number;
  /** Lanes left out because they carried less than their minimum. */
  readonly droppedLanes: readonly TransferLane[];
  /** Lanes that could be used in the end. */
  readonly openLanes: readonly TransferLane[];
}

/** Shortest stretch of days that a unit's worth is judged over. */
const valuedDaysMin = 14;
/** Units a place may give or take at most in one plan; above, they are moved in lots. */
const unitsMax = 400;

/**
 * Which units of an item to move between its warehouses, all warehouses at once.
 *
 * The k-th unit in a warehouse is worth margin × P(demand ≥ k) over max(own lead time, 14 days), net of what is
 * coming. A warehouse with more than it must keep (on every day of its protection period its own demand quantile until
 * then, less what has arrived by then) may give the rest; the others may take. What a giver loses is judged where it
 * would run out soonest, what a taker gains by the demand after the goods arrive. Lanes that take as long as the receiver's own supplier are not used. Then the exact plan of
 * `solveTransport`; lanes carrying less than their minimum are dropped, the least first, and the rest solved again:
 * not exact any more, and the plan says which lanes.
 *
 * @param sites - the item's warehouses
 * @param lanes - between any of them; lanes to unknown warehouses are left out
 * @param packUnits - units are moved in multiples of this, ≥ 1
 * @returns flows ordered by gain per cost, best first
 * @throws AppError `invalid_input` if the pack is below 1 or a lane has a negative cost or time
 * @see section "lateral transshipment" of the literature: marginal values instead of target covers; own formulation
 * @example
 * // a has 50 and sells 1 in 14 days, b has 0 and sells 2 a day: units move from a to b
 */
export function planItemTransfers(
  sites: readonly TransferSite[],
  lanes: readonly TransferLane[],
  packUnits = 1,
): ItemTransferPlan {
  if (!(packUnits >= 1)) throw new AppError('invalid_input', `pack must be 1 or more, but is ${packUnits}`);
  const spare = sites.map(computeSpareUnits);
  const givers = sites.filter((_, i) => spare[i]! >= packUnits);
  const takers = sites.filter((_, i) => spare[i]! < 1);
  const lot = Math.max(1, Math.ceil(Math.max(0, ...spare) / (unitsMax * packUnits))) * packUnits;
  const costs = givers.map((site) => lotCosts(site, computeSpareUnits(site), lot));
  let open = lanes.filter((lane) => isUsable(lane, givers, takers));
  const droppedLanes: TransferLane[] = [];
  for (;;) {
    const gains = takers.map((site) => lotGains(site, open, lot));
    const problem = {
      ...{ costs, gains },
      lanes: open.map((lane) => ({
        from: givers.findIndex(({ warehouseId }) => warehouseId === lane.fromWarehouseId),
        to: takers.findIndex(({ warehouseId }) => warehouseId === lane.toWarehouseId),
        unitCost: lane.unitCost * lot,
      })),
    };
    const plan = solveTransport(problem);
    const weak = open
      .map((lane, k) => ({ lane, quantity: plan.flows[k]! * lot }))
      .filter(({ lane, quantity }) => quantity > 0 && quantity < lane.unitsMin)
      .sort((a, b) => a.quantity - b.quantity)[0];
    if (weak === undefined) {
      return { flows: toFlows(open, plan, problem, lot), gain: plan.gain, droppedLanes, openLanes: open };
    }
    droppedLanes.push(weak.lane);
    open = open.filter((lane) => lane !== weak.lane);
  }
}

/**
 * Units a warehouse can give without falling below its own need.
 *
 * @param site - see {@link TransferSite}
 * @returns whole units ≥ 0: never more than are there, and what stays, with what has arrived by then, covers the demand
 *   until the day before each arrival and until the end of the protection period with the site's service level
 * @see {@link planItemTransfers}, `findCheckpoints`
 * @example computeSpareUnits({ ...site, available: 5 }) // 0 when the 95 % quantile of its own demand is above 5
 */
export function computeSpareUnits(site: TransferSite): number {
  const { forecast, available, protectionDays, serviceLevel } = site;
  const checkpoints = findCheckpoints(available, site.arrivals, protectionDays);
  const excess = checkpoints.map(
    ({ day, supply }) => supply - forecast.demandOver(day, 'order').quantile(serviceLevel),
  );
  const aboveTarget = checkpoints.at(-1)!.supply - (site.needUnits ?? 0);
  return Math.max(0, Math.floor(Math.min(available, aboveTarget, ...excess) + 1e-9));
}

function isUsable(
  lane: TransferLane,
  givers: readonly TransferSite[],
  takers: readonly TransferSite[],
): boolean {
  if (!(lane.unitCost >= 0 && lane.transferDays >= 0)) {
    throw new AppError(
      'invalid_input',
      `lane ${lane.fromWarehouseId} to ${lane.toWarehouseId} has cost ${lane.unitCost}, ${lane.transferDays} days`,
    );
  }
  const taker = takers.find(({ warehouseId }) => warehouseId === lane.toWarehouseId);
  const hasGiver = givers.some(({ warehouseId }) => warehouseId === lane.fromWarehouseId);
  return hasGiver && taker !== undefined && lane.transferDays < taker.leadTimeDays;
}

/** Cost of giving the 1st, 2nd, … lot: the worth of the unit it would have been, which rises as stock falls. */
function lotCosts(site: TransferSite, spare: number, lot: number): number[] {
  const { demand, supply } = valueAtDonor(site);
  const costs: number[] = [];
  for (let given = 0; given + lot <= spare; given += lot) {
    let worth = 0;
    for (let k = 0; k < lot; k++) worth += 1 - demand.cdf(supply - given - k - 1);
    // Lots may differ in rounding by a hair; the flow needs costs that never fall.
    costs.push(Math.max(worth * site.unitMargin, costs.at(-1) ?? 0));
  }
  return costs;
}

/** Gain of receiving the 1st, 2nd, … lot, by the demand after the slowest usable lane. */
function lotGains(site: TransferSite, lanes: readonly TransferLane[], lot: number): number[] {
  if (!lanes.some(({ toWarehouseId }) => toWarehouseId === site.warehouseId)) return [];
  const { demand, supply: left } = valueAtReceiver(site, lanes);
  const gains: number[] = [];
  for (let taken = 0; taken < unitsMax * lot; taken += lot) {
    let worth = 0;
    for (let k = 0; k < lot; k++) worth += 1 - demand.cdf(left + taken + k);
    if (worth * site.unitMargin < 1e-6) break;
    gains.push(Math.min(worth * site.unitMargin, gains.at(-1) ?? Number.POSITIVE_INFINITY));
  }
  return gains;
}

/** What a place's units are judged by: its k-th unit is worth margin × P(demand ≥ k). */
interface UnitValue {
  readonly demand: DemandDistribution;
  /** Units that meet this demand before any is given or taken. */
  readonly supply: number;
}

/**
 * What the units of a warehouse that gives are judged by: of max(own lead time, 14 days), the days until that arrival,
 * or until the end, by which it would most likely have run out had it given all it can spare.
 *
 * @param site - see {@link TransferSite}
 * @returns demand of these days, and what is there or arrives in them
 * @throws AppError as its forecast
 * @see {@link planItemTransfers}, `findCheckpoints`
 * @example valueAtDonor({ ...site, available: 50, arrivals: [] }).supply // 50
 */
export function valueAtDonor(site: TransferSite): UnitValue {
  const spare = computeSpareUnits(site);
  const covered = ({ demand, supply }: UnitValue): number => demand.cdf(supply - spare);
  return findCheckpoints(site.available, site.arrivals, valuedDays(site))
    .map(({ day, supply }): UnitValue => ({ demand: site.forecast.demandOver(day), supply }))
    .reduce((weakest, one) => (covered(one) < covered(weakest) ? one : weakest));
}

/**
 * What the units of a warehouse that takes are judged by: the demand after the slowest lane in use has arrived. What
 * is sold or lost while waiting does not compete with the goods that arrive later.
 *
 * @param site - see {@link TransferSite}
 * @param lanes - those in use; others are ignored; without any the demand of all days counts
 * @returns demand of the days after the wait, and what is expected to be left for them
 * @throws AppError as its forecast
 * @see {@link planItemTransfers}
 * @example valueAtReceiver({ ...site, available: 0, arrivals: [] }, lanes).supply // 0
 */
export function valueAtReceiver(site: TransferSite, lanes: readonly TransferLane[]): UnitValue {
  const days = valuedDays(site);
  const own = lanes.filter(({ toWarehouseId }) => toWarehouseId === site.warehouseId);
  const slowest = Math.max(0, ...own.map(({ transferDays }) => transferDays));
  const waitDays = Math.min(days - 1, Math.ceil(slowest));
  const early = site.available + arrivedBy(site.arrivals, waitDays);
  const left = Math.max(0, early - site.forecast.meanOver(waitDays));
  const later = arrivedBy(site.arrivals, days) - arrivedBy(site.arrivals, waitDays);
  return { demand: site.forecast.demandBetween(waitDays, days), supply: left + later };
}

function toFlows(
  lanes: readonly TransferLane[],
  plan: TransportPlan,
  problem: Parameters<typeof solveTransport>[0],
  lot: number,
): TransferFlow[] {
  const total = (values: readonly number[] | undefined, count: number): number =>
    (values ?? []).slice(0, count).reduce((sum, value) => sum + value, 0);
  const through = (key: 'from' | 'to', place: number): number =>
    problem.lanes.reduce((sum, lane, k) => (lane[key] === place ? sum + plan.flows[k]! : sum), 0);
  const flows = lanes.flatMap((lane, k) => {
    const units = plan.flows[k]!;
    const way = problem.lanes[k]!;
    if (units === 0) return [];
    const given = through('from', way.from);
    const taken = through('to', way.to);
    // A place's units are alike: each of its lanes is charged and credited with the mean.
    const gain =
      units * (total(problem.gains[way.to], taken) / taken - total(problem.costs[way.from], given) / given) -
      units * way.unitCost;
    return [{ lane, quantity: units * lot, gain }];
  });
  const perCost = ({ lane, quantity, gain }: TransferFlow): number =>
    gain / (lane.unitCost * quantity + 1e-6);
  return flows.sort((a, b) => perCost(b) - perCost(a));
}

function valuedDays(site: TransferSite): number {
  return Math.max(valuedDaysMin, Math.ceil(site.leadTimeDays));
}

function arrivedBy(arrivals: readonly Arrival[], day: number): number {
  return arrivals.reduce((sum, arrival) => (arrival.day <= day ? sum + arrival.units : sum), 0);
}
