import { randomUUID } from 'node:crypto';
import type { Sql } from '../db/connection.ts';
import {
  type DueLane,
  type DueNotice,
  loadDueLanes,
  loadDueNotices,
  type NewDelivery,
  saveDelivery,
  settleNotices,
} from '../db/queries/notification-gather.ts';
import { loadRoutes, saveNotices } from '../db/queries/notification-plan.ts';
import { channelLimits } from '../domain/notification/limits.ts';
import {
  compareFacts,
  composeLine,
  composeTitle,
  type MessageLine,
  worstSeverity,
} from '../domain/notification/message.ts';
import type { PlannedNotice, Route } from '../domain/notification/notice.ts';
import { planRepeat } from '../domain/notification/plan-notices.ts';
import { boundMessage, fitMentions, splitIntoMessages } from '../domain/notification/split.ts';
import type { OrganizationId } from '../shared/ids.ts';
import type { PipelineClock } from './ports.ts';

/** Addresses served in one transaction, and notices told to one of them at a time. */
const lanesAtOnce = 50;
const noticesAtOnce = 5_000;
/** An alert that an order is due waits so long for the quantity to order; real time, ms. */
const quantityWithinMs = 30_000;

/**
 * Makes messages of what is due: one per address, divided where the channel takes no more at once, each alert in it
 * once and as it is now. What is due for an address that still has an unsent message waits for its next one.
 *
 * Reads notices, alerts, channels, routes; writes `notification_delivery` and `notification_notice` in the caller's
 * transaction, which must be the only one of its organization. Run twice: the second time finds nothing.
 *
 * @param clock - business time, and how fast it runs; while it is moved by hand nothing waits for a decision
 * @param dashboardUrl - its length counts in messages that hold links; null = they hold none
 */
export async function gatherDueNotices(
  sql: Sql,
  organizationId: OrganizationId,
  clock: PipelineClock,
  dashboardUrl: string | null,
): Promise<void> {
  const at = clock.now();
  const waitingFrom = new Date(at.getTime() - quantityWithinMs * clock.speed);
  const lanes = await loadDueLanes(sql, at, lanesAtOnce);
  if (lanes.length === 0) return;
  const routes = new Map((await loadRoutes(sql)).map((route) => [route.routeId, route]));
  for (const lane of lanes) {
    const due = await loadDueNotices(sql, lane, at, waitingFrom, noticesAtOnce);
    const { told, needless } = sortOut(lane, due, routes);
    for (const [cancelledReason, notices] of needless) {
      await settleNotices(sql, lane, notices, { cancelledReason });
    }
    for (const { delivery, notices } of composeDeliveries(lane, told, dashboardUrl)) {
      await saveDelivery(sql, organizationId, delivery, at);
      await settleNotices(sql, lane, notices, { deliveryId: delivery.deliveryId });
    }
    // What another alert speaks for now may have to be told again once that one is over.
    const going = [...told, ...(needless.get(spokenFor) ?? [])];
    await saveNotices(sql, organizationId, planNextRepeats(lane, going, routes, at), at);
  }
}

/** What is to be told, and what is not, by its reason. */
interface SortedNotices {
  readonly told: DueNotice[];
  readonly needless: ReadonlyMap<string, DueNotice[]>;
}

function sortOut(
  lane: DueLane,
  due: readonly DueNotice[],
  routes: ReadonlyMap<string, Route>,
): SortedNotices {
  const told: DueNotice[] = [];
  const needless = new Map<string, DueNotice[]>();
  for (const notice of due) {
    const reason = whyNeedless(lane, notice, routes.get(notice.routeId));
    if (reason === null) told.push(notice);
    else needless.set(reason, [...(needless.get(reason) ?? []), notice]);
  }
  return { told, needless };
}

/** Why a notice is not told: its reader is told of an alert that speaks for it. */
const spokenFor = 'SPOKEN_FOR';

/** Reminders and steps are for alerts that still fire, and for routes that still have them. */
function whyNeedless(lane: DueLane, notice: DueNotice, route: Route | undefined): string | null {
  if (!lane.isEnabled) return 'CHANNEL_DISABLED';
  if (notice.isSilenced) return 'SNOOZED';
  if (notice.cause === 'EVENT') return notice.isSpokenFor ? spokenFor : null;
  if (notice.state !== 'FIRING') return 'NOT_FIRING';
  const audience = notice.cause === 'REPEAT' ? route : route?.escalation[notice.ordinal - 1];
  const isLeft = notice.cause === 'REPEAT' && route?.repeatMinutes == null;
  if (route?.isEnabled !== true || isLeft || audience?.channelIds.includes(lane.channelId) !== true) {
    return 'ROUTE_CHANGED';
  }
  return notice.isSpokenFor ? spokenFor : null;
}

/** One message, and the notices that it tells. */
interface ComposedDelivery {
  readonly delivery: NewDelivery;
  readonly notices: readonly DueNotice[];
}

function composeDeliveries(
  lane: DueLane,
  told: readonly DueNotice[],
  dashboardUrl: string | null,
): ComposedDelivery[] {
  const byAlert = new Map<string, DueNotice[]>();
  for (const notice of told) {
    const group = byAlert.get(notice.alertId);
    if (group === undefined) byAlert.set(notice.alertId, [notice]);
    else group.push(notice);
  }
  const grouped = [...byAlert.values()]
    .map((notices) => ({ notices, line: toLine(lane, notices) }))
    .sort((one, other) => compareFacts(one.line, other.line));
  const lines = grouped.map(({ line }) => line);
  const wanted = new Set(told.flatMap((notice) => notice.mentions));
  const called = lane.recipients.filter(({ name }) => wanted.has(name));
  const messageBytes = boundMessage(
    lane.kind,
    called,
    lane.messageBytesMax ?? channelLimits[lane.kind].messageBytes,
  );
  const fitting = fitMentions(lane.kind, called, messageBytes);
  const parts = splitIntoMessages(lane.kind, lines, {
    messageBytes,
    locale: lane.locale,
    dashboardUrl,
    mentionBytes: fitting.bytes,
  });
  return parts.map((positions, index) => {
    const alerts = positions.flatMap((position) => lines[position] ?? []);
    const notices = positions.flatMap((position) => grouped[position]?.notices ?? []);
    // Nobody is called again by every part of a long message.
    const mentions = index === 0 ? fitting.recipients.map(({ name }) => name) : [];
    const part = { number: index + 1, count: parts.length };
    return {
      notices,
      delivery: {
        deliveryId: randomUUID(),
        channelId: lane.channelId,
        kind: 'ALERTS',
        state: lane.kind === 'INBOX' ? 'SENT' : 'QUEUED',
        recipient: lane.recipient,
        severity: worstSeverity(alerts),
        title: composeTitle(alerts, lane.locale, part),
        message: { texts: alerts.map((line) => line.text), alerts, mentions },
        partNumber: part.number,
        partCount: part.count,
        noticeCount: notices.length,
        digest: digestOf(notices),
        changedAt: new Date(Math.min(...notices.map((notice) => notice.changedAt.getTime()))),
      },
    };
  });
}

/** One line per alert, as it is now; if only a reminder or a step tells of it, the line says so. */
function toLine(lane: DueLane, group: readonly DueNotice[]): MessageLine {
  const [first] = group;
  if (first === undefined) throw new Error('a group has at least one notice');
  const cause = group.some((notice) => notice.cause === 'EVENT') ? 'EVENT' : (group.at(-1) ?? first).cause;
  const changedAt = new Date(Math.max(...group.map((notice) => notice.changedAt.getTime())));
  const { alertId, kind, state, severity, sku, itemTitle, unit, warehouseName, shopName } = first;
  const { available, threshold, incoming, openedAt, timeZone, figures, order } = first;
  const facts = { alertId, kind, state, severity, cause, sku, itemTitle, unit, warehouseName, shopName };
  const told = { ...(figures === undefined ? {} : { figures }), ...(order === undefined ? {} : { order }) };
  const numbers = { available, threshold, incoming, ...told };
  const line = { ...facts, ...numbers, openedAt, changedAt, timeZone };
  return { ...line, text: composeLine(line, lane.locale) };
}

/** Several notices that nobody asked to wait came together because the address was busy. */
function digestOf(notices: readonly DueNotice[]): NewDelivery['digest'] {
  if (notices.length === 1) return 'NONE';
  const isPlanned = notices.some(
    ({ dueReason }) => dueReason === 'DIGEST_WINDOW' || dueReason === 'QUIET_HOURS',
  );
  return isPlanned ? 'WINDOW' : 'BUDGET';
}

function planNextRepeats(
  lane: DueLane,
  told: readonly DueNotice[],
  routes: ReadonlyMap<string, Route>,
  at: Date,
): PlannedNotice[] {
  return told.flatMap((notice): PlannedNotice[] => {
    const route = routes.get(notice.routeId);
    if (notice.cause !== 'REPEAT' || route === undefined || route.repeatMinutes === null) return [];
    return [
      {
        ...planRepeat(route, notice.severity, at, notice.ordinal + 1),
        channelId: lane.channelId,
        recipient: lane.recipient,
        eventNumber: BigInt(notice.eventNumber),
        alertId: notice.alertId,
        routeId: notice.routeId,
        mentions: notice.mentions,
        changedAt: notice.changedAt,
      },
    ];
  });
}
