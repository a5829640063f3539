import { type ChannelKind, type NoticeReason, type Route, type Severity, severities } from './notice.ts';
import { endOfQuietHours, localMinute } from './quiet-hours.ts';

const minuteMs = 60_000;
const halfHourMs = 30 * minuteMs;
const dayMinutes = 1_440;
/** Windows are counted from the beginning of the working day, so that one of a whole day ends in the morning. */
const windowsFromMinute = 8 * 60;
/** How long after a full or half hour the rush is over. */
const rushMs = 3 * minuteMs;

/** When something is to be told, and why then. */
export interface DueTime {
  readonly dueAt: Date;
  readonly reason: NoticeReason;
}

/** Whether an alert is as bad as a bound, or worse. */
export function isAtLeast(severity: Severity, bound: Severity): boolean {
  return severities.indexOf(severity) >= severities.indexOf(bound);
}

/**
 * When something that a route tells is due: at the end of its digest window, and not in quiet hours.
 *
 * Windows are parts of the day that all alerts share, so that whatever happens within one goes out in one message and
 * the time can be told in advance: counted from 08:00 by the route's clock, the last one of a day ending there. Where
 * clocks are moved, one window of that night is longer or shorter. Quiet hours come last: a window that ends in them waits for their end, unless the
 * alert is as bad as the route's exception.
 *
 * @param wishedAt - when it would be told without windows and quiet hours, business time
 * @param route - digest window in minutes (0 = none) and its zone, quiet hours (null = none) and their exception
 * @param severity - of the alert
 * @param reason - what to answer when neither a window nor quiet hours move it
 * @returns never before `wishedAt`
 * @see the timings that users of alerting systems could not foresee: alertmanager#2320, alertmanager#3370
 * @example
 * // five-minute windows: 10:02 waits until 10:05
 * computeDueAt(new Date('2026-03-10T10:02:00Z'), { ...route, digestMinutes: 5 }, 'WARNING', 'IMMEDIATE')
 */
export function computeDueAt(
  wishedAt: Date,
  route: Pick<Route, 'digestMinutes' | 'timeZone' | 'quietHours' | 'quietExceptSeverity'>,
  severity: Severity,
  reason: NoticeReason,
): DueTime {
  const { digestMinutes } = route;
  const windowEnd = digestMinutes === 0 ? wishedAt : endOfWindow(wishedAt, digestMinutes, route.timeZone);
  const afterWindow = digestMinutes === 0 ? reason : 'DIGEST_WINDOW';
  const isExcepted = route.quietExceptSeverity !== null && isAtLeast(severity, route.quietExceptSeverity);
  if (route.quietHours === null || isExcepted) return { dueAt: windowEnd, reason: afterWindow };
  const quietEnd = endOfQuietHours(windowEnd, route.quietHours);
  return quietEnd === null
    ? { dueAt: windowEnd, reason: afterWindow }
    : { dueAt: quietEnd, reason: 'QUIET_HOURS' };
}

/** The end of the window that an instant lies in; an instant between two windows is the end of the first. */
function endOfWindow(at: Date, digestMinutes: number, timeZone: string): Date {
  const beganMs = Math.floor(at.getTime() / minuteMs) * minuteMs;
  const sinceStart = (localMinute(at, timeZone) - windowsFromMinute + dayMinutes) % dayMinutes;
  const passed = sinceStart % digestMinutes;
  if (passed === 0 && beganMs === at.getTime()) return at;
  const left = Math.min(digestMinutes - passed, dayMinutes - sinceStart);
  return new Date(beganMs + left * minuteMs);
}

/**
 * Moves a time that we chose ourselves out of the rush: Feishu asks robots to stay away from full and half hours, when
 * everybody's reports go out and it refuses more than its usual limits say. Nothing else is moved: what is told at once
 * stays at once, and other platforms ask for nothing like it.
 *
 * @param kind - of the channel
 * @param due - at the end of a digest window or of quiet hours
 * @returns three minutes after the full or half hour, when it lay within those three minutes
 * @see open.larkoffice.com/document/ukTMukTMukTM/ucTM5YjL3ETO24yNxkjN.md, frequency limits of custom robots
 * @example
 * // quiet hours end at 07:00
 * avoidRush('FEISHU', { dueAt: seven, reason: 'QUIET_HOURS' }).dueAt // 07:03
 */
export function avoidRush(kind: ChannelKind, due: DueTime): DueTime {
  const isOurs = due.reason === 'DIGEST_WINDOW' || due.reason === 'QUIET_HOURS';
  const sinceMs = due.dueAt.getTime() % halfHourMs;
  if (kind !== 'FEISHU' || !isOurs || sinceMs >= rushMs) return due;
  return { ...due, dueAt: new Date(due.dueAt.getTime() - sinceMs + rushMs) };
}
