import { Decimal } from '../../shared/decimal.ts';
import { findCheckpoints } from './checkpoints.ts';
import { addSupply } from './explain-risk.ts';
import { type Explanation, type ExplanationBuilder, startExplanation } from './explanation.ts';
import {
  type ItemTransferPlan,
  type TransferFlow,
  type TransferSite,
  valueAtDonor,
  valueAtReceiver,
} from './transfer.ts';

/**
 * Why so many units move on a lane: what the donor must keep, what it can spare, and what the last unit moved is worth
 * on both sides. How many units go on which lane is the plan's own answer (an input); the steps show that it takes
 * nothing the donor needs, and that the last unit still pays.
 *
 * @param flow - of the plan
 * @param plan - of the item
 * @param sites - of the item, before the plan
 * @param observedAt - of the donor's stock, RFC 3339
 * @returns the last step is the quantity; binding: `donor_spare` when the donor gives all it can spare, else
 *   `last_unit_gain`, since one more unit would not pay
 * @throws AppError `invalid_input` if the flow names a place that is not among the sites
 * @see `planItemTransfers`
 * @example explainTransfer(flow, plan, sites, null).steps.at(-1)?.value // '24'
 */
export function explainTransfer(
  flow: TransferFlow,
  plan: ItemTransferPlan,
  sites: readonly TransferSite[],
  observedAt: string | null,
): Explanation {
  const find = (id: string): TransferSite => sites.find(({ warehouseId }) => warehouseId === id)!;
  const donor = find(flow.lane.fromWarehouseId);
  const receiver = find(flow.lane.toWarehouseId);
  const through = (key: 'fromWarehouseId' | 'toWarehouseId'): number =>
    plan.flows
      .filter(({ lane }) => lane[key] === flow.lane[key])
      .reduce((sum, { quantity }) => sum + quantity, 0);
  const builder = startExplanation();
  builder.input('available', donor.available, 'units', 'STOCK', 'stock_level', observedAt);
  builder.input('service_level', donor.serviceLevel, 'share', 'SETTINGS', 'setting');
  builder.input('target_level', donor.needUnits ?? 0, 'units', 'DEMAND', 'level_plan');
  builder.step('donor_least', 'min', ['available', ...addExcess(builder, donor)], 'units');
  builder.step('donor_keep', 'sub', ['available', 'donor_least'], 'units');
  builder.step('donor_rest', 'sub', ['available', 'donor_keep'], 'units');
  builder.step('donor_spare', 'max', ['0', 'donor_rest'], 'units');
  builder.input('given_in_all', through('fromWarehouseId'), 'units', 'STOCK', 'transfer_plan');
  builder.step('donor_after', 'sub', ['available', 'given_in_all'], 'units');
  addLastUnit(builder, flow, plan, { donor, receiver, taken: through('toWarehouseId') });
  builder.input('planned_units', flow.quantity, 'units', 'STOCK', 'transfer_plan');
  builder.step('transfer_quantity', 'min', ['planned_units', 'donor_spare'], 'units');
  const isAllGiven = new Decimal(through('fromWarehouseId')).plus(1).gt(builder.value('donor_spare'));
  return builder.build(isAllGiven ? 'donor_spare' : 'last_unit_gain');
}

/** What the donor has above its need, on each day on which running out must be checked. */
function addExcess(builder: ExplanationBuilder, donor: TransferSite): string[] {
  let supply = 'available';
  const checkpoints = findCheckpoints(donor.available, donor.arrivals, donor.protectionDays);
  return checkpoints.map(({ day }, j) => {
    supply = addSupply(builder, checkpoints, j, supply);
    const stored = donor.forecast.demandOver(day, 'order').stored;
    const demand = builder.input(`demand_until_${day}`, stored, 'distribution', 'DEMAND', 'forecast');
    const quantile = builder.step('donor_quantile', 'quantile', [demand, 'service_level'], 'units', day);
    const isLast = j === checkpoints.length - 1;
    const need = isLast ? builder.step('donor_need', 'max', [quantile, 'target_level'], 'units') : quantile;
    return builder.step('donor_excess', 'sub', [supply, need], 'units', day);
  });
}

function addLastUnit(
  builder: ExplanationBuilder,
  flow: TransferFlow,
  plan: ItemTransferPlan,
  ends: { readonly donor: TransferSite; readonly receiver: TransferSite; readonly taken: number },
): void {
  const giving = valueAtDonor(ends.donor);
  const taking = valueAtReceiver(ends.receiver, plan.openLanes);
  builder.input('donor_demand', giving.demand.stored, 'distribution', 'DEMAND', 'forecast');
  builder.input(
    'donor_supply_after',
    giving.supply - builder.value('given_in_all').toNumber(),
    'units',
    'STOCK',
    'transfer_plan',
  );
  builder.input('unit_margin_donor', ends.donor.unitMargin, 'money', 'SETTINGS', 'item');
  builder.step('donor_unsold', 'cdf', ['donor_demand', 'donor_supply_after'], 'share');
  builder.step('donor_sold', 'sub', ['1', 'donor_unsold'], 'share');
  builder.step('donor_worth', 'mul', ['donor_sold', 'unit_margin_donor'], 'money');
  builder.input('receiver_demand', taking.demand.stored, 'distribution', 'DEMAND', 'forecast');
  builder.input('receiver_supply', Number(taking.supply.toFixed(6)), 'units', 'STOCK', 'transfer_plan');
  builder.input('taken_before_last', ends.taken - 1, 'units', 'STOCK', 'transfer_plan');
  builder.input('unit_margin_receiver', ends.receiver.unitMargin, 'money', 'SETTINGS', 'item');
  builder.step('receiver_before_last', 'add', ['receiver_supply', 'taken_before_last'], 'units');
  builder.step('receiver_unsold', 'cdf', ['receiver_demand', 'receiver_before_last'], 'share');
  builder.step('receiver_sold', 'sub', ['1', 'receiver_unsold'], 'share');
  builder.step('receiver_worth', 'mul', ['receiver_sold', 'unit_margin_receiver'], 'money');
  builder.input('lane_unit_cost', flow.lane.unitCost, 'money', 'SETTINGS', 'transfer_lane');
  builder.step('worth_gained', 'sub', ['receiver_worth', 'donor_worth'], 'money');
  builder.step('last_unit_gain', 'sub', ['worth_gained', 'lane_unit_cost'], 'money');
}
