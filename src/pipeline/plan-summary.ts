import type { Sql } from '../db/connection.ts';
import { loadPlanProgress, savePlanProgress } from '../db/queries/plan-due.ts';
import { takeSumsDue } from '../db/queries/plan-sum-due.ts';
import {
  loadPlannedWarehouses,
  loadRankedItems,
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

/**
 * Sums plans up: items of which a plan changed, then value classes, warehouses, categories and the organization.
 *
 * In steps of one short transaction each, so that no step grows with the organization beyond its deadline: some items,
 * the classes, one warehouse, all categories from the sums of their items. One worker at a time per organization.
 * Reads `level_plan`, `level_forecast`, `plan_sum_due`; writes `item_plan`, `plan_summary`, `plan_progress`. Run twice:
 * the same rows. Stopped in between: what was summed up stays, the rest is still on the list.
 *
 * @returns false when another worker plans for this organization just now: then not everything was summed up
 */
export async function summarizePlans(ports: PipelinePorts, organizationId: OrganizationId): Promise<boolean> {
  const at = ports.clock.now();
  const step = <T>(work: (sql: Sql) => Promise<T>) => inStage<T | null>(ports, organizationId, null, work);
  let isRankDue = false;
  for (;;) {
    const done = await step((sql) => summarizeSome(sql, organizationId, at));
    if (done === null) return false;
    if (done.isRankDue) isRankDue = true;
    if (done.count < itemsAtOnce) break;
  }
  if (isRankDue && (await step(rankItems)) === null) return false;
  const warehouseIds = await step(loadPlannedWarehouses);
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

/** The next items of the list. Until the whole is through, the time of the last summary is empty: ranks may be due. */
async function summarizeSome(sql: Sql, organizationId: OrganizationId, at: Date) {
  const itemIds = await takeSumsDue(sql, itemsAtOnce);
  const progress = await loadPlanProgress(sql);
  const isRankedAnew = itemIds.length > 0 && (await summarizeItems(sql, organizationId, itemIds, at));
  if (isRankedAnew && progress.summarizedAt !== null)
    await savePlanProgress(sql, organizationId, { ...progress, summarizedAt: null }, at);
  return { count: itemIds.length, isRankDue: isRankedAnew || progress.summarizedAt === null };
}

/** Classifies all items by what they brought; only those whose class changed are written. */
async function rankItems(sql: Sql): Promise<true> {
  const items = await loadRankedItems(sql);
  const classes = classifyAbc(items.map(({ itemId, value }) => ({ id: itemId, value: new Decimal(value) })));
  const ranked = items.map(({ itemId, abcClass }) => ({
    itemId,
    abcClass,
    now: classes.get(itemId) ?? null,
  }));
  await saveClasses(
    sql,
    ranked.flatMap(({ itemId, abcClass, now }) => (now === abcClass ? [] : [{ itemId, abcClass: now }])),
  );
  return true;
}
