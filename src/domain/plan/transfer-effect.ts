import { type Arrival, mergeArrivals } from './inbound.ts';
import { computeExpectedLostUnits, computeStockOutProbability } from './stock-out-risk.ts';
import type { ItemTransferPlan, TransferFlow, TransferSite } from './transfer.ts';

/** A number before and after the plan. */
interface BeforeAfter {
  readonly before: number;
  readonly after: number;
}

/** One suggested transfer with what it does to both sides. */
export interface TransferSuggestion {
  readonly fromWarehouseId: string;
  readonly toWarehouseId: string;
  readonly quantity: number;
  /** Day on which the goods can be sold there; 1 = today. */
  readonly arrivalDay: number;
  /** Stock-out probability over the own protection period, with the whole plan carried out. */
  readonly donorRisk: BeforeAfter;
  readonly receiverRisk: BeforeAfter;
  /** Units of demand expected to be saved at the receiver, this flow's share, over its protection period. */
  readonly lostUnitsAvoided: number;
  /** Transport cost, money. */
  readonly cost: number;
  readonly gain: number;
}

/**
 * The stock of a warehouse once a plan is carried out: given units are gone now, received ones arrive later.
 *
 * @param site - before
 * @param plan - of its item
 * @returns a copy; each moved unit leaves one place and arrives at one other, so stock is conserved
 * @see `planItemTransfers`; purchases are then suggested on top of it, so that both are decided together
 * @example applyTransfers(site, plan).available // before − given
 */
export function applyTransfers<Site extends TransferSite>(site: Site, plan: ItemTransferPlan): Site {
  const given = plan.flows
    .filter(({ lane }) => lane.fromWarehouseId === site.warehouseId)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  const received: Arrival[] = plan.flows
    .filter(({ lane }) => lane.toWarehouseId === site.warehouseId)
    .map((flow) => ({ day: arrivalDayOf(flow), units: flow.quantity }));
  if (given === 0 && received.length === 0) return site;
  return { ...site, available: site.available - given, arrivals: mergeArrivals(site.arrivals, received) };
}

/**
 * Says what each flow of a plan does to donor and receiver.
 *
 * @param sites - the item's warehouses before the plan
 * @param plan - of `planItemTransfers`
 * @param isWhole - true when the item is counted in whole units
 * @returns suggestions in the plan's order (best gain per cost first)
 * @see `computeStockOutProbability`
 * @example describeTransfers(sites, plan, true)[0]?.donorRisk.after // at most 1 − service level, by the donor's keep
 */
export function describeTransfers(
  sites: readonly TransferSite[],
  plan: ItemTransferPlan,
  isWhole: boolean,
): TransferSuggestion[] {
  const before = new Map(sites.map((site) => [site.warehouseId, site]));
  return plan.flows.flatMap((flow) => {
    const donor = before.get(flow.lane.fromWarehouseId);
    const receiver = before.get(flow.lane.toWarehouseId);
    if (donor === undefined || receiver === undefined) return [];
    const after = applyTransfers(receiver, plan);
    const received = plan.flows
      .filter(({ lane }) => lane.toWarehouseId === receiver.warehouseId)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    const saved =
      computeExpectedLostUnits({ ...receiver, isWhole }, receiver.protectionDays) -
      computeExpectedLostUnits({ ...after, isWhole }, receiver.protectionDays);
    return [
      {
        fromWarehouseId: donor.warehouseId,
        toWarehouseId: receiver.warehouseId,
        quantity: flow.quantity,
        arrivalDay: arrivalDayOf(flow),
        donorRisk: riskOf(donor, applyTransfers(donor, plan), isWhole),
        receiverRisk: riskOf(receiver, after, isWhole),
        lostUnitsAvoided: Math.max(0, (saved * flow.quantity) / received),
        cost: flow.lane.unitCost * flow.quantity,
        gain: flow.gain,
      },
    ];
  });
}

function riskOf(before: TransferSite, after: TransferSite, isWhole: boolean): BeforeAfter {
  return {
    before: computeStockOutProbability({ ...before, isWhole }, before.protectionDays),
    after: computeStockOutProbability({ ...after, isWhole }, after.protectionDays),
  };
}

function arrivalDayOf({ lane }: TransferFlow): number {
  return 1 + Math.ceil(lane.transferDays);
}
