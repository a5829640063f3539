import type { Sql } from '../db/connection.ts';
import {
  loadMarkedTo,
  loadPlanProgress,
  markAllPlanDue,
  saveMarkedTo,
  savePlanProgress,
} from '../db/queries/plan-due.ts';
import { loadNextWarehouse } from '../db/queries/plan-group.ts';
import { loadDemandReading } from '../db/queries/plan-reading.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { calendarDateIn, hourMs, minuteMs } from '../shared/time.ts';
import { inStage } from './plan.ts';
import { refreshGroupFactors } from './plan-groups.ts';
import type { PipelinePorts } from './ports.ts';

/** The zone whose midnight starts the daily round; each warehouse's own days still count in its own zone. */
export const dailyZone = 'Asia/Shanghai';
/** How long after midnight the daily round waits for the last orders of the day before, business time, ms. */
const ordersWaitMs = hourMs;
/** A warehouse's factors rest on three years of its demand: seconds, or a minute for some hundred thousand levels. */
const stepDeadlineMs = 10 * minuteMs;
/** Levels marked in one transaction: about a second. */
const markedAtOnce = 20_000;

/**
 * Begins the daily round when a new business day has come: works out the groups' factors and marks every level.
 *
 * It waits until orders and movements were read past the end of the day before, an hour at most; a source that is still
 * behind then leaves its levels with DEMAND_STALE, and the round runs once more when it has caught up.
 *
 * In steps of one transaction each: a warehouse's factors, or some thousands of levels. Where they stand is kept, so a
 * round that was interrupted goes on from there. One worker at a time per organization. Reads demand, levels and where
 * sources stand; writes `group_factor`, `plan_due`, `plan_progress`. Run twice on one day: the second time does nothing.
 *
 * @param isStopping - true = begin no further step
 */
export async function beginPlanDay(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  isStopping = () => false,
): Promise<void> {
  const at = ports.clock.now();
  const today = calendarDateIn(at, dailyZone);
  await inStage(ports, organizationId, undefined, async (sql) => {
    const progress = await loadPlanProgress(sql);
    const isNewDay = progress.dailyOn !== today;
    if (!isNewDay && !progress.isDailyLate) return;
    const { startedAt, isWhole, isComing } = await loadDemandReading(sql, today, dailyZone);
    const isWaiting = isComing && at.getTime() - startedAt.getTime() < ordersWaitMs;
    if (!isWhole && (isWaiting || !isNewDay)) return;
    await savePlanProgress(sql, organizationId, { ...progress, dailyOn: today, isDailyLate: !isWhole }, at);
    await saveMarkedTo(sql, { stage: 'WAREHOUSE', last: '' });
  });
  let isOver = false;
  while (!isOver && !isStopping()) {
    const work = (sql: Sql) => continuePlanDay(sql, organizationId, at);
    isOver = await inStage(ports, organizationId, true, work, false, stepDeadlineMs);
  }
}

/** The next step of the round; true when it is over. */
async function continuePlanDay(sql: Sql, organizationId: OrganizationId, at: Date): Promise<boolean> {
  const marked = await loadMarkedTo(sql);
  if (marked === null) return true;
  if (marked.stage === 'WAREHOUSE') {
    const warehouseId = await loadNextWarehouse(sql, marked.last);
    if (warehouseId !== null) await refreshGroupFactors(sql, organizationId, at, warehouseId);
    await saveMarkedTo(
      sql,
      warehouseId === null ? { stage: 'LEVEL', last: '' } : { stage: 'WAREHOUSE', last: warehouseId },
    );
    return false;
  }
  const last = await markAllPlanDue(sql, at, marked.last, markedAtOnce);
  await saveMarkedTo(sql, last === null ? null : { stage: 'LEVEL', last });
  return last === null;
}
