import type { Sql } from '../db/connection.ts';
import {
  cancelNotices,
  loadChannelFacts,
  loadRoutes,
  loadUntoldEvents,
  markEventsTold,
  type NoticeCancel,
  saveNotices,
} from '../db/queries/notification-plan.ts';
import type { PlannedNotice } from '../domain/notification/notice.ts';
import { planNotices } from '../domain/notification/plan-notices.ts';
import type { OrganizationId } from '../shared/ids.ts';

/** Events planned in one transaction. */
const eventsAtOnce = 1_000;

/**
 * Turns new events of alerts into notices: who is told by which channel and when; and takes back what an
 * acknowledged, silenced or resolved alert makes needless.
 *
 * Reads `outbox`, `event_log`, `item`, routes and channels; writes `notification_notice` and `outbox` in the caller's
 * transaction, which must be the only one of its organization. Run twice: the second time finds nothing.
 *
 * @param at - business time
 * @returns whether more events wait
 */
export async function planUntoldEvents(sql: Sql, organizationId: OrganizationId, at: Date): Promise<boolean> {
  const events = await loadUntoldEvents(sql, eventsAtOnce);
  const last = events.at(-1);
  if (last === undefined) return false;
  const routes = await loadRoutes(sql);
  const channels = await loadChannelFacts(sql);
  const notices: PlannedNotice[] = [];
  const cancels: NoticeCancel[] = [];
  for (const event of events) {
    const plan = planNotices(event, routes, channels);
    notices.push(...plan.notices);
    if (plan.cancels !== 'NONE') {
      const { alertId, eventNumber, state: reason } = event;
      cancels.push({ alertId, eventNumber, cancels: plan.cancels, reason });
    }
  }
  await saveNotices(sql, organizationId, notices, at);
  await cancelNotices(sql, cancels);
  await markEventsTold(sql, last.eventNumber, at);
  return events.length === eventsAtOnce;
}
