import { countDemand, takeDirtyDays } from '../db/queries/demand-refresh.ts';
import { appendEvents } from '../db/queries/event-append.ts';
import { type LevelKey, levelKeyText } from '../db/queries/ingest-level.ts';
import { lockStage } from '../db/queries/lease.ts';
import { markPastDemandDue } from '../db/queries/plan-due.ts';
import { scanLevels } from '../db/queries/reconcile.ts';
import { withOrganization } from '../db/tenant.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { minuteMs } from '../shared/time.ts';
import { evaluateAlerts } from './evaluate-alerts.ts';
import type { PipelinePorts } from './ports.ts';
import { recomputeThresholds } from './refresh-thresholds.ts';

/** Days counted in one transaction: a page that marks one of them again waits for no more than this. */
const daysAtOnceMax = 400;

/**
 * The demand stage: counts the marked days anew, gives their levels new thresholds and lets alerts follow, all in
 * one transaction. One worker at a time per organization.
 *
 * Reads `demand_dirty`, orders and movements; writes `demand_daily`, `stock_level.threshold`, alerts, events.
 * Run twice: the second time finds nothing marked.
 *
 * @returns true when marked days may be left
 */
export async function refreshDemand(ports: PipelinePorts, organizationId: OrganizationId): Promise<boolean> {
  const at = ports.clock.now();
  const result = await withOrganization(
    ports.db,
    'worker',
    organizationId,
    async (sql) => {
      if (!(await lockStage(sql, organizationId, 'demand', true))) return { dayCount: 0, last: null };
      const days = await takeDirtyDays(sql, daysAtOnceMax);
      const changed = await countDemand(sql, organizationId, days, { observedAt: at, recordedAt: at });
      await markPastDemandDue(sql, changed, at);
      const touched = new Map<string, LevelKey>();
      for (const { itemId, warehouseId } of days) {
        touched.set(levelKeyText({ itemId, warehouseId }), { itemId, warehouseId });
      }
      // What planning needs to know of past days is marked above; today's half day is no news to it.
      const levels = await recomputeThresholds(sql, [...touched.values()], at);
      const events = await evaluateAlerts(sql, { organizationId, levels, at });
      return { dayCount: days.length, last: await appendEvents(sql, organizationId, events, at) };
    },
    { isIdempotent: true, deadlineMs: 2 * minuteMs },
  );
  if (result.last !== null) ports.wake(organizationId);
  return result.dayCount === daysAtOnceMax;
}

/** Levels locked in one transaction of the daily round: a page that needs one of them waits for no more than this. */
const levelsAtOnce = 2_000;

/**
 * The daily round of thresholds: with a new business day the window of demand has moved for every level. In steps,
 * each in a transaction of its own, one worker at a time.
 * Reads policies and demand, writes `stock_level.threshold`, alerts, events. Run twice: the second time changes
 * nothing.
 *
 * @param isStopping - true = begin no further step
 * @returns false = it was to stop, or another worker was at it and may yet fail
 */
export async function refreshAllThresholds(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  isStopping = () => false,
): Promise<boolean> {
  let after: LevelKey | 'done' | 'taken' | null = null;
  while (after !== 'done' && after !== 'taken' && !isStopping()) {
    after = await refreshSomeThresholds(ports, organizationId, after);
  }
  return after === 'done';
}

/** @returns the last level of this step when there are more */
async function refreshSomeThresholds(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  after: LevelKey | null,
): Promise<LevelKey | 'done' | 'taken'> {
  const at = ports.clock.now();
  const step = await withOrganization(
    ports.db,
    'worker',
    organizationId,
    async (sql) => {
      if (!(await lockStage(sql, organizationId, 'threshold'))) return { next: 'taken' as const, last: null };
      const levels = await scanLevels(sql, after, levelsAtOnce);
      const changed = await recomputeThresholds(sql, levels, at);
      const events = await evaluateAlerts(sql, { organizationId, levels: changed, at });
      const lastLevel = levels.length < levelsAtOnce ? undefined : levels.at(-1);
      const next: LevelKey | 'done' = lastLevel ?? 'done';
      return { next, last: await appendEvents(sql, organizationId, events, at) };
    },
    { isIdempotent: true, deadlineMs: 2 * minuteMs },
  );
  if (step.last !== null) ports.wake(organizationId);
  return step.next;
}
