/** Milliseconds in a second. */
export const secondMs = 1_000;
/** Milliseconds in a minute. */
export const minuteMs = 60_000;
/** Milliseconds in an hour. */
export const hourMs = 3_600_000;
/** Milliseconds in a day of 24 hours. */
export const dayMs = 86_400_000;

/** Where the time comes from. Business time, database time and real time each have their own; domain/ has none. */
export interface Clock {
  /** The current instant of this clock. */
  now(): Date;
}

/** Real time: tokens, keys, deadlines, logs. */
export const systemClock: Clock = { now: () => new Date() };

/** A business day `YYYY-MM-DD`, always of some stated time zone. */
export type CalendarDate = string & { readonly __kind: 'calendar_date' };

const calendarDatePattern = /^\d{4}-\d{2}-\d{2}$/;

/** Parses `YYYY-MM-DD` of a day that exists; null for anything else. */
export function parseCalendarDate(text: string): CalendarDate | null {
  if (!calendarDatePattern.test(text)) return null;
  const parsed = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== text
    ? null
    : (text as CalendarDate);
}

/** Whole days from one business day to another; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/**
 * The business day that an instant falls on in a warehouse's time zone.
 *
 * @param timeZone - IANA name, such as `Asia/Shanghai`
 * @throws RangeError if the zone is unknown
 * @example calendarDateIn(new Date('2026-03-01T16:30:00Z'), 'Asia/Shanghai') // '2026-03-02'
 */
export function calendarDateIn(instant: Date, timeZone: string): CalendarDate {
  let format = dayFormats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    dayFormats.set(timeZone, format);
  }
  return format.format(instant) as CalendarDate;
}
