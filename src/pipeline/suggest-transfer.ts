import { randomUUID } from 'node:crypto';
import type { TransferLaneRow } from '../db/queries/transfer-lane.ts';
import type { StandingTransfer, TransferWrite } from '../db/queries/transfer-save.ts';
import { calendarDateOf } from '../domain/forecast/calendar-index.ts';
import type { DecisionSite } from '../domain/plan/item-decision.ts';
import { toTransferSite } from '../domain/plan/item-transfer.ts';
import { applyScenario, emptyScenario } from '../domain/plan/scenario.ts';
import type { ItemTransferPlan, TransferSite } from '../domain/plan/transfer.ts';
import { describeTransfers, type TransferSuggestion } from '../domain/plan/transfer-effect.ts';
import { explainTransfer } from '../domain/plan/transfer-explanation.ts';
import {
  type FixedCostLane,
  planNetworkTransfers,
  type TransferItem,
} from '../domain/plan/transfer-network.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';

/** One item with its physical warehouses. */
export interface TransferGroup {
  readonly itemId: string;
  readonly sites: readonly DecisionSite[];
  readonly standing: readonly StandingTransfer[];
  /** Warehouses whose readings are in doubt: they neither give nor take. */
  readonly doubtedIds: ReadonlySet<string>;
}

/** What is moved for each item, and what of that is to be written. */
interface TransferOutcome {
  readonly plans: ReadonlyMap<string, ItemTransferPlan>;
  readonly writes: readonly TransferWrite[];
  /** Open suggestions that no longer pay. */
  readonly expiredIds: readonly string[];
}

/** Goods that were promised to another warehouse are no longer the donor's to sell or to give again. */
export function withoutPromised(site: DecisionSite, standing: readonly StandingTransfer[]): DecisionSite {
  const leavingUnits = standing
    .filter((one) => one.state === 'APPROVED' && one.fromWarehouseId === site.warehouseId)
    .reduce((sum, one) => sum + Number(one.decidedQuantity ?? one.quantity), 0);
  if (leavingUnits === 0) return site;
  const target = { facts: site.facts, forecast: site.forecast };
  return { ...site, ...applyScenario(target, { ...emptyScenario, leavingUnits }) };
}

/**
 * Plans the transfers of several items over their shared lanes, and compares with what stands; pauses after each item,
 * so that others may have their turn.
 *
 * @param elsewhere - what each lane earns with items that are not among these
 */
export function* suggestTransfers(
  groups: readonly TransferGroup[],
  lanes: readonly TransferLaneRow[],
  elsewhere: (fromWarehouseId: string, toWarehouseId: string) => number,
): Generator<void, TransferOutcome> {
  const usable = lanes.map(toLane);
  const packs = new Map(lanes.map((lane) => [keyOf(lane), Number(lane.packUnits)]));
  const items: { group: TransferGroup; item: TransferItem }[] = [];
  for (const group of groups) {
    items.push({ group, item: toItem(group, usable, packs) });
    yield;
  }
  const network = yield* planNetworkTransfers(
    items.map(({ item }) => item),
    usable,
    (lane) => elsewhere(lane.fromWarehouseId, lane.toWarehouseId),
  );
  const plans = new Map<string, ItemTransferPlan>();
  const writes: TransferWrite[] = [];
  for (const { group, item } of items) {
    const plan = withoutSilenced(network.plans.get(item.itemId)!, group);
    plans.set(item.itemId, plan);
    const hasUnpaid = lanesOf(item.sites, network.unpaidLanes).length > 0;
    writes.push(...toWrites(group, item.sites, plan, hasUnpaid));
    yield;
  }
  const kept = new Set(writes.map(({ suggestionId }) => suggestionId));
  const open = groups.flatMap(({ standing }) => standing.filter(({ state }) => state === 'OPEN'));
  const expiredIds = open.map(({ suggestionId }) => suggestionId).filter((id) => !kept.has(id));
  return { plans, writes, expiredIds };
}

function toLane(row: TransferLaneRow): FixedCostLane {
  const { fromWarehouseId, toWarehouseId, transferDays } = row;
  return {
    ...{ fromWarehouseId, toWarehouseId, transferDays },
    ...{ unitCost: Number(row.unitCost), unitsMin: Number(row.unitsMin), fixedCost: Number(row.fixedCost) },
  };
}

function toItem(
  { itemId, sites, standing, doubtedIds }: TransferGroup,
  lanes: readonly FixedCostLane[],
  packs: ReadonlyMap<string, number>,
): TransferItem {
  const able = sites.flatMap((site) => {
    if (doubtedIds.has(site.warehouseId)) return [];
    return toTransferSite(withoutPromised(site, standing)) ?? [];
  });
  const own = lanesOf(able, lanes);
  // An item has one pack, whichever way it goes: the largest that any of its lanes asks for.
  return { itemId, sites: able, packUnits: Math.max(1, ...own.map((lane) => packs.get(keyOf(lane)) ?? 1)) };
}

/** Those between the warehouses of an item. */
function lanesOf(sites: readonly TransferSite[], lanes: readonly FixedCostLane[]): FixedCostLane[] {
  const ids = new Set(sites.map(({ warehouseId }) => warehouseId));
  return lanes.filter((lane) => ids.has(lane.fromWarehouseId) && ids.has(lane.toWarehouseId));
}

/** A move that was dismissed keeps silent until its day. */
function withoutSilenced(plan: ItemTransferPlan, { standing, sites }: TransferGroup): ItemTransferPlan {
  const today = sites.length === 0 ? '' : calendarDateOf(sites[0]!.facts.plannedDay);
  const silent = new Set(
    standing
      .filter(({ state, silentUntilOn }) => state === 'DISMISSED' && (silentUntilOn ?? '') > today)
      .map(keyOf),
  );
  if (silent.size === 0) return plan;
  const flows = plan.flows.filter(({ lane }) => !silent.has(keyOf(lane)));
  return { ...plan, flows, gain: flows.reduce((sum, { gain }) => sum + gain, 0) };
}

function toWrites(
  group: TransferGroup,
  transferSites: readonly TransferSite[],
  plan: ItemTransferPlan,
  hasUnpaid: boolean,
): TransferWrite[] {
  const { itemId, sites, standing } = group;
  const open = new Map(standing.filter(({ state }) => state === 'OPEN').map((one) => [keyOf(one), one]));
  const isWhole = sites[0]?.facts.isWhole ?? true;
  const told = describeTransfers(transferSites, plan, isWhole);
  const flags = [
    ...(plan.droppedLanes.length > 0 ? ['LANE_BELOW_MINIMUM_DROPPED'] : []),
    ...(hasUnpaid ? ['LANE_FIXED_COST_UNPAID_DROPPED'] : []),
  ];
  return plan.flows.map((flow, index) => {
    const donor = sites.find(({ warehouseId }) => warehouseId === flow.lane.fromWarehouseId)!;
    const explanation = explainTransfer(flow, plan, transferSites, donor.facts.stockObservedAt);
    const known = open.get(keyOf(flow.lane));
    const quantity = explanation.steps.at(-1)!.value;
    const write = toWrite(itemId, told[index]!, donor, { quantity, explanation, flags });
    const isNews = known === undefined || !new Decimal(known.quantity).eq(quantity);
    return { ...write, suggestionId: known?.suggestionId ?? randomUUID(), isNews };
  });
}

function toWrite(
  itemId: string,
  told: TransferSuggestion,
  donor: DecisionSite,
  content: Pick<TransferWrite, 'quantity' | 'explanation' | 'flags'>,
): Omit<TransferWrite, 'suggestionId' | 'isNews'> {
  const money = (value: number): string => formatDecimal(Number(value.toFixed(6)));
  const { facts } = donor;
  return {
    ...{ itemId, fromWarehouseId: told.fromWarehouseId, toWarehouseId: told.toWarehouseId },
    ...content,
    arrivesOn: calendarDateOf(facts.plannedDay + told.arrivalDay - 1),
    ...{ donorRiskBefore: told.donorRisk.before, donorRiskAfter: told.donorRisk.after },
    ...{ receiverRiskBefore: told.receiverRisk.before, receiverRiskAfter: told.receiverRisk.after },
    lostUnitsAvoided: money(told.lostUnitsAvoided),
    ...{ cost: money(told.cost), gain: money(told.gain) },
    ...{ plannedOn: calendarDateOf(facts.plannedDay), dataAsOf: facts.dataAsOf },
  };
}

function keyOf(ends: { readonly fromWarehouseId: string; readonly toWarehouseId: string }): string {
  return `${ends.fromWarehouseId}/${ends.toWarehouseId}`;
}
