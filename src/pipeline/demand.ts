import { countDemand, takeDirtyDays } from '../db/queries/demand-refresh.ts';
import { appendEvents } from '../db/queries/event-append.ts';
import { type LevelKey, levelKeyText } from '../db/queries/ingest-level.ts';
import { lockStage } from '../db/queries/lease.ts';
import { markPastDemandDue } from '../db/queries/plan-due.ts';
import { withOrganization } from '../db/tenant.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { minuteMs } from '../shared/time.ts';
import { evaluateAlerts } from './evaluate-alerts.ts';
import type { PipelinePorts } from './ports.ts';
import { refreshThresholds } from './refresh-thresholds.ts';

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
      if (!(await lockStage(sql, organizationId, 'demand'))) return { dayCount: 0, last: null };
      const days = await takeDirtyDays(sql, daysAtOnceMax);
      await countDemand(sql, organizationId, days, { observedAt: at, recordedAt: at });
      await markPastDemandDue(sql, days, at);
      const touched = new Map<string, LevelKey>();
      for (const { itemId, warehouseId } of days) {
        touched.set(levelKeyText({ itemId, warehouseId }), { itemId, warehouseId });
      }
      const changed = await refreshThresholds(sql, [...touched.values()], at);
      const events = await evaluateAlerts(sql, { organizationId, levels: changed, at });
      return { dayCount: days.length, last: await appendEvents(sql, organizationId, events, at) };
    },
    { isIdempotent: true, deadlineMs: 2 * minuteMs },
  );
  if (result.last !== null) ports.wake(organizationId);
  return result.dayCount === daysAtOnceMax;
}

/**
 * The daily round of thresholds: with a new business day the window of demand has moved for every level.
 * Reads policies and demand, writes `stock_level.threshold`, alerts, events. Run twice: the second time changes
 * nothing.
 */
export async function refreshAllThresholds(
  ports: PipelinePorts,
  organizationId: OrganizationId,
): Promise<void> {
  const at = ports.clock.now();
  const last = await withOrganization(
    ports.db,
    'worker',
    organizationId,
    async (sql) => {
      if (!(await lockStage(sql, organizationId, 'threshold'))) return null;
      const changed = await refreshThresholds(sql, 'all', at);
      const events = await evaluateAlerts(sql, { organizationId, levels: changed, at });
      return appendEvents(sql, organizationId, events, at);
    },
    { isIdempotent: true, deadlineMs: 2 * minuteMs },
  );
  if (last !== null) ports.wake(organizationId);
}
