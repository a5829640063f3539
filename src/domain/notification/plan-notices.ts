import { avoidRush, computeDueAt, isAtLeast } from './due-time.ts';
import type { AlertEventFacts, Audience, ChannelFacts, ChannelKind, PlannedNotice, Route } from './notice.ts';

const minuteMs = 60_000;

/** What an event of an alert means for whoever is told of it. */
export interface NoticePlan {
  readonly notices: readonly PlannedNotice[];
  /** What of the alert's earlier notices is no longer to be told. */
  readonly cancels: 'NONE' | 'CHAIN' | 'ALL';
}

/**
 * Whom an event of an alert is told to, by which channel and when; with the reminders and the escalation chain that
 * begin when an alert starts to fire.
 *
 * Told is an alert that begins to fire, one that gets worse, and its end; whatever else happens to it is shown and logged,
 * but is no reason to disturb anybody. A route that an alert reaches only by getting worse begins with it: reminders and
 * chain too.
 *
 * An alert whose place a stronger one took is not told as over: nothing got better.
 *
 * An alert that is acknowledged, silenced or over ends its reminders and its chain; one that is silenced also takes
 * back what has not been told yet. The same event through two routes to one address is one notice.
 *
 * @param event - one transition, as the event log has it
 * @param routes - all of the organization; order decides which of two routes names the notice
 * @param channels - all of the organization; disabled ones get nothing
 * @returns notices unique by channel, recipient, cause and ordinal; empty when nobody is to be told
 * @see what users miss in alerting: acknowledgement and a chain, grafana#13364, alertmanager#1860
 * @example
 * // a fresh LOW_STOCK alert, one route to a group chat, reminders every 60 minutes
 * planNotices(opened, [route], [chat]).notices.map((notice) => notice.cause) // ['EVENT', 'REPEAT']
 */
export function planNotices(
  event: AlertEventFacts,
  routes: readonly Route[],
  channels: readonly ChannelFacts[],
): NoticePlan {
  const cancels = toCancel(event);
  const isFiring = event.state === 'FIRING';
  const isSuperseded = event.reason === 'SUPERSEDED';
  const isOver = event.state === 'RESOLVED' && event.previousState !== 'PENDING' && !isSuperseded;
  const isNews = event.previousState !== 'FIRING' || event.reason === 'ESCALATED';
  if (!isOver && (!isFiring || !isNews)) return { notices: [], cancels };
  const byChannel = new Map(channels.map((channel) => [channel.channelId, channel]));
  const notices = new Map<string, PlannedNotice>();
  const add = (route: Route, audience: Audience, rest: NoticeRest) => {
    for (const { channelId, kind, recipient, mentions } of listAddressees(audience, byChannel)) {
      const key = [channelId, recipient, rest.cause, rest.ordinal].join('\n');
      if (notices.has(key)) continue;
      const due = avoidRush(kind, { dueAt: rest.dueAt, reason: rest.dueReason });
      notices.set(key, {
        ...rest,
        dueAt: due.dueAt,
        channelId,
        recipient,
        mentions,
        eventNumber: event.eventNumber,
        alertId: event.alertId,
        routeId: route.routeId,
        changedAt: event.occurredAt,
      });
    }
  };
  for (const route of routes) {
    if (!matchesRoute(route, event) || (isOver && !route.tellsResolved)) continue;
    const due = computeDueAt(event.occurredAt, route, event.severity, 'IMMEDIATE');
    add(route, route, { cause: 'EVENT', ordinal: 0, dueAt: due.dueAt, dueReason: due.reason });
    if (!isFiring || wasReached(route, event)) continue;
    if (route.repeatMinutes !== null) {
      add(route, route, planRepeat(route, event.severity, due.dueAt, 1));
    }
    route.escalation.forEach((step, index) => {
      const wishedAt = new Date(event.occurredAt.getTime() + step.afterMinutes * minuteMs);
      const { dueAt, reason } = computeDueAt(
        wishedAt,
        { ...route, digestMinutes: 0 },
        event.severity,
        'ESCALATION',
      );
      add(route, step, { cause: 'ESCALATION', ordinal: index + 1, dueAt, dueReason: reason });
    });
  }
  return { notices: [...notices.values()], cancels };
}

type NoticeRest = Pick<PlannedNotice, 'cause' | 'ordinal' | 'dueAt' | 'dueReason'>;

/**
 * The next reminder of an alert that still fires.
 *
 * @param route - with `repeatMinutes`, >= 1
 * @param toldAt - when it was told last, business time
 * @param ordinal - 1 for the first reminder
 * @returns when it is due, outside of the route's quiet hours
 * @see repeat intervals that users could not foresee: alertmanager#3370
 * @example planRepeat({ ...route, repeatMinutes: 60 }, 'WARNING', ten, 1).dueAt // eleven o'clock
 */
export function planRepeat(
  route: Route,
  severity: AlertEventFacts['severity'],
  toldAt: Date,
  ordinal: number,
): NoticeRest {
  const wishedAt = new Date(toldAt.getTime() + (route.repeatMinutes ?? 0) * minuteMs);
  const { dueAt, reason } = computeDueAt(wishedAt, { ...route, digestMinutes: 0 }, severity, 'REPEAT');
  return { cause: 'REPEAT', ordinal, dueAt, dueReason: reason };
}

/** Somebody silenced it = all; somebody is on it, or it is over = reminders and chain. */
function toCancel(event: AlertEventFacts): NoticePlan['cancels'] {
  if (event.state === 'SNOOZED') return 'ALL';
  return event.state === 'FIRING' || event.state === 'PENDING' ? 'NONE' : 'CHAIN';
}

/** Whether the route was told already that this alert fires. */
function wasReached(route: Route, event: AlertEventFacts): boolean {
  const { previousState, previousSeverity } = event;
  if (previousState !== 'FIRING') return false;
  return previousSeverity === null || matchesRoute(route, { ...event, severity: previousSeverity });
}

function matchesRoute(route: Route, event: AlertEventFacts): boolean {
  return (
    route.isEnabled &&
    isAtLeast(event.severity, route.severityMin) &&
    (route.kinds === null || route.kinds.includes(event.kind)) &&
    isListed(route.warehouseIds, event.warehouseId) &&
    isListed(route.categories, event.category)
  );
}

function isListed(wanted: readonly string[] | null, value: string | null): boolean {
  return wanted === null || (value !== null && wanted.includes(value));
}

/** An address that an audience leads to. */
export interface Addressee {
  readonly channelId: string;
  readonly kind: ChannelKind;
  /** Name of the one recipient of a mail or an SMS; empty for a group, a webhook or the inbox. */
  readonly recipient: string;
  /** Names of those whom a group message calls. */
  readonly mentions: readonly string[];
}

/**
 * The addresses that an audience leads to.
 *
 * @param channels - by id; unknown and disabled ones lead nowhere
 * @returns empty when nobody would be told
 * @see alerts that never come because nobody is named: pain 1
 * @example listAddressees({ channelIds: ['mail'], roles: ['BUYER'], recipientNames: [] }, channels)[0].recipient // 'Wang'
 */
export function listAddressees(audience: Audience, channels: ReadonlyMap<string, ChannelFacts>): Addressee[] {
  const isForAll = audience.roles.length === 0 && audience.recipientNames.length === 0;
  return audience.channelIds.flatMap((channelId): Addressee[] => {
    const channel = channels.get(channelId);
    if (channel === undefined || !channel.isEnabled) return [];
    const chosen = channel.recipients.filter(
      ({ name, role }) =>
        audience.recipientNames.includes(name) || (role !== null && audience.roles.includes(role)),
    );
    if (channel.kind === 'EMAIL' || channel.kind === 'SMS') {
      const told = isForAll ? channel.recipients : chosen;
      return told
        .filter(({ address }) => address !== null)
        .map(({ name }) => ({ channelId, kind: channel.kind, recipient: name, mentions: [] }));
    }
    return [{ channelId, kind: channel.kind, recipient: '', mentions: chosen.map(({ name }) => name) }];
  });
}
