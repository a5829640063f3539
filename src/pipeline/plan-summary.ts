import type { Sql } from '../db/connection.ts';
import { loadPlanProgress, savePlanProgress } from '../db/queries/plan-due.ts';
import { takeSumsDue } from '../db/queries/plan-sum-due.ts';
import {
  loadPlannedWarehouses,
  loadRankedItems,
  loadWarehousesOf,
  saveClasses,
  summarizeItems,
  summarizeScopes,
  summarizeWarehouse,
} from '../db/queries/plan-summary.ts';
import { classifyAbc } from '../domain/kpi/item-class.ts';
import { Decimal } from '../shared/decimal.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { inStage } from './plan.ts';
import type { PipelinePorts } from './ports.ts';

/** Items summed up in one transaction: a fraction of a second. */
const itemsAtOnce = 1_000;
/** Value classes written in one transaction: nearly all change the first time, hardly any later. */
const classesAtOnce = 20_000;

/**
 * Sums plans up: items of which a plan changed, then value classes, the warehouses of these items, all categories and
 * the organization. When nothing changed there is nothing to do.
 *
 * In steps of one short transaction each, so that no step grows with the organization beyond its deadline: some items,
 * the classes, one warehouse, all categories from the sums of their items. One worker at a time per organization.
 * Reads `level_plan`, `level_forecast`, `plan_sum_due`; writes `item_plan`, `plan_summary`, `plan_progress`. Run twice:
 * the same rows. Stopped in between: what was summed up stays, the rest is still on the list.
 *
 * @param isStopping - true = begin no further step
 * @returns false when not everything was summed up: another worker plans for this organization just now, or it was
 *   to stop
 */
export async function summarizePlans(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  isStopping = () => false,
): Promise<boolean> {
  const at = ports.clock.now();
  const step = async <T>(work: (sql: Sql) => Promise<T>) =>
    isStopping() ? null : inStage<T | null>(ports, organizationId, null, work);
  const changed = { isWhole: false, isRankedAnew: false, warehouseIds: new Set<string>() };
  for (let isFirst = true; ; isFirst = false) {
    const done = await step((sql) => summarizeSome(sql, organizationId, at, isFirst));
    if (done === null) return false;
    if (done.isInterrupted) changed.isWhole = true;
    if (done.isRankedAnew) changed.isRankedAnew = true;
    for (const warehouseId of done.warehouseIds) changed.warehouseIds.add(warehouseId);
    if (done.count < itemsAtOnce) break;
  }
  if (!changed.isWhole && changed.warehouseIds.size === 0) return true;
  for (let isMore: boolean | null = changed.isWhole || changed.isRankedAnew; isMore; ) {
    isMore = await step(rankItems);
    if (isMore === null) return false;
  }
  const warehouseIds = changed.isWhole ? await step(loadPlannedWarehouses) : [...changed.warehouseIds].sort();
  if (warehouseIds === null) return false;
  for (const warehouseId of warehouseIds) {
    const isDone = await step(async (sql) => {
      await summarizeWarehouse(sql, organizationId, warehouseId, at);
      return true;
    });
    if (isDone === null) return false;
  }
  const isDone = await step(async (sql) => {
    await summarizeScopes(sql, organizationId, at);
    await savePlanProgress(sql, organizationId, { ...(await loadPlanProgress(sql)), summarizedAt: at }, at);
    return true;
  });
  return isDone === true;
}

/**
 * The next items of the list. The time of the last summary is empty while one is under way: whoever finds it so before
 * the first item knows that one was interrupted, and what else was due is not known any more.
 */
async function summarizeSome(sql: Sql, organizationId: OrganizationId, at: Date, isFirst: boolean) {
  const itemIds = await takeSumsDue(sql, itemsAtOnce);
  const progress = await loadPlanProgress(sql);
  const isInterrupted = isFirst && progress.summarizedAt === null;
  if (itemIds.length === 0) return { count: 0, isInterrupted, isRankedAnew: false, warehouseIds: [] };
  if (progress.summarizedAt !== null)
    await savePlanProgress(sql, organizationId, { ...progress, summarizedAt: null }, at);
  const isRankedAnew = await summarizeItems(sql, organizationId, itemIds, at);
  const warehouseIds = await loadWarehousesOf(sql, itemIds);
  return { count: itemIds.length, isInterrupted, isRankedAnew, warehouseIds };
}

/** Classifies all items by what they brought and writes some of the classes that changed; true when there are more. */
async function rankItems(sql: Sql): Promise<boolean> {
  const items = await loadRankedItems(sql);
  const classes = classifyAbc(items.map(({ itemId, value }) => ({ id: itemId, value: new Decimal(value) })));
  const changed = items.flatMap(({ itemId, abcClass: before }) => {
    const abcClass = classes.get(itemId) ?? null;
    return abcClass === before ? [] : [{ itemId, abcClass }];
  });
  await saveClasses(sql, changed.slice(0, classesAtOnce));
  return changed.length > classesAtOnce;
}
