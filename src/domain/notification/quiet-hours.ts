/** Hours of the day in which people are left alone. */
export interface QuietHours {
  /** Local time `HH:MM` at which they begin … */
  readonly from: string;
  /** … and end; earlier than `from` = on the next day. */
  readonly to: string;
  /** IANA name, such as `Asia/Shanghai`. */
  readonly timeZone: string;
}

const dayMinutes = 24 * 60;
const minuteMs = 60_000;
/** Clocks are moved by an hour or less in every zone in use; two days of steps cover every quiet night. */
const stepsMax = 2 * dayMinutes;

/**
 * When the quiet hours that an instant lies in are over.
 *
 * The hours are those of the wall clock in their zone, so that a night in which clocks are moved is an hour longer or
 * shorter. `from` itself is quiet, `to` is not. `from` equal to `to` is no time at all.
 *
 * @param at - any instant
 * @param quiet - local times `00:00` to `23:59` and an IANA zone
 * @returns the first whole minute at which it is no longer quiet; null when the instant is not in quiet hours
 * @throws RangeError if the zone is unknown
 * @see IANA Time Zone Database, as Node's ICU carries it
 * @example
 * // 23:30 in Shanghai
 * endOfQuietHours(new Date('2026-03-10T15:30:00Z'), { from: '22:00', to: '07:00', timeZone: 'Asia/Shanghai' })
 * // 2026-03-10T23:00:00Z, that is 07:00 there
 */
export function endOfQuietHours(at: Date, quiet: QuietHours): Date | null {
  if (!isQuiet(localMinute(at, quiet.timeZone), quiet)) return null;
  let moment = new Date(Math.floor(at.getTime() / minuteMs) * minuteMs);
  for (let step = 0; step < stepsMax; ) {
    const left = minutesUntilEnd(localMinute(moment, quiet.timeZone), quiet);
    // Jumping to the computed end may land on either side of a moved clock: look again, then go on by minutes.
    const stride = left > 180 ? left - 120 : 1;
    moment = new Date(moment.getTime() + stride * minuteMs);
    step += stride;
    if (!isQuiet(localMinute(moment, quiet.timeZone), quiet)) return moment;
  }
  return moment;
}

function isQuiet(minute: number, { from, to }: QuietHours): boolean {
  const [begin, end] = [toMinute(from), toMinute(to)];
  return begin <= end ? minute >= begin && minute < end : minute >= begin || minute < end;
}

function minutesUntilEnd(minute: number, { to }: QuietHours): number {
  return (toMinute(to) - minute + dayMinutes) % dayMinutes;
}

function toMinute(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * Minute of the day by the wall clock of a zone.
 *
 * @returns 0 to 1439
 * @throws RangeError if the zone is unknown
 * @see IANA Time Zone Database, as Node's ICU carries it
 * @example localMinute(new Date('2026-03-10T00:00:00Z'), 'Asia/Shanghai') // 480
 */
export function localMinute(at: Date, timeZone: string): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  return toMinute(format.format(at));
}
