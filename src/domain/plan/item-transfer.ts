import { type DecisionSite, suggestPurchase } from './item-decision.ts';
import { agedInboundOf, openPlanForecast } from './level-facts.ts';
import { computeProtectionDays } from './protection-period.ts';
import { applyScenario, emptyScenario } from './scenario.ts';
import type { ItemTransferPlan, TransferSite } from './transfer.ts';

/**
 * A warehouse of an item as the transfer plan sees it. It keeps at least its own target level, so that nothing has to
 * be bought where goods were taken away.
 *
 * @param site - see {@link DecisionSite}
 * @returns null for marketplace pools, which hold no goods of their own, and without a forecast
 * @throws AppError `invalid_input` if a fact is out of bounds
 * @see `planItemTransfers`; margin = price − cost, the price where the cost is unknown, 1 where neither is known
 * @example toTransferSite({ ...site, kind: 'MARKETPLACE_POOL' }) // null
 */
export function toTransferSite(site: DecisionSite): TransferSite | null {
  const { facts } = site;
  const forecast = openPlanForecast(facts, site.forecast);
  if (site.kind === 'MARKETPLACE_POOL' || forecast === null) return null;
  const target = suggestPurchase(site)?.explanation.steps.find(({ name }) => name === 'target_level');
  return {
    ...{ warehouseId: site.warehouseId, forecast, available: Number(facts.available) },
    arrivals: agedInboundOf(facts).arrivals,
    leadTimeDays: facts.leadTime.meanDays,
    protectionDays: computeProtectionDays(facts.leadTime.meanDays, facts.reviewDays),
    serviceLevel: facts.serviceLevel.level,
    needUnits: Number(target?.value ?? 0),
    unitMargin: marginOf(facts),
  };
}

function marginOf({ unitCost, unitPrice }: DecisionSite['facts']): number {
  if (unitPrice === null) return 1;
  return Math.max(0, Number(unitPrice) - Number(unitCost ?? 0));
}

/**
 * The same warehouse once a transfer plan is carried out: purchases are then decided on top, so that what can be moved
 * is not bought as well.
 *
 * @param site - before
 * @param plan - of its item
 * @returns the same object when nothing is moved here; each moved unit leaves one place and arrives at one other
 * @throws AppError `invalid_input` if a flow makes no sense
 * @see `applyScenario`
 * @example withTransfers(site, plan).facts.available // less what is given
 */
export function withTransfers(site: DecisionSite, plan: ItemTransferPlan): DecisionSite {
  const leavingUnits = plan.flows
    .filter(({ lane }) => lane.fromWarehouseId === site.warehouseId)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  const assumedArrivals = plan.flows
    .filter(({ lane }) => lane.toWarehouseId === site.warehouseId)
    .map(({ lane, quantity }) => ({ day: 1 + Math.ceil(lane.transferDays), units: quantity }));
  const target = { facts: site.facts, forecast: site.forecast };
  const after = applyScenario(target, { ...emptyScenario, leavingUnits, assumedArrivals });
  return after === target ? site : { ...site, ...after };
}
