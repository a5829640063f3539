import type { CalendarDate } from '../../shared/time.ts';
import { dayMs } from '../../shared/time.ts';

/**
 * Number of a business day: whole days since 1970-01-01, so that series are plain arrays and a weekday is a
 * remainder. Pure calendar arithmetic: leap days and daylight saving play no part.
 *
 * @param date - a day that exists
 * @returns whole days, negative before 1970
 * @example dayIndexOf('2011-01-29' as CalendarDate) // 15003
 */
export function dayIndexOf(date: CalendarDate): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / dayMs);
}

/**
 * The business day with a given number: the inverse of {@link dayIndexOf}.
 *
 * @param index - whole days since 1970-01-01
 * @returns `YYYY-MM-DD`
 * @example calendarDateOf(15003) // '2011-01-29'
 */
export function calendarDateOf(index: number): CalendarDate {
  return new Date(index * dayMs).toISOString().slice(0, 10) as CalendarDate;
}

// A night forecasts many items over the same days: the days of month of 1970 to 2100 are worked out once.
const tableDays = 47_847;
let dayOfMonthTable: Uint8Array | null = null;

/**
 * Day of the month of a numbered day.
 *
 * @param index - whole days since 1970-01-01
 * @returns 1 to 31
 * @example dayOfMonthAt(15003) // 29
 */
export function dayOfMonthAt(index: number): number {
  if (index < 0 || index >= tableDays) return new Date(index * dayMs).getUTCDate();
  if (dayOfMonthTable === null) {
    dayOfMonthTable = new Uint8Array(tableDays);
    for (let i = 0; i < tableDays; i++) dayOfMonthTable[i] = new Date(i * dayMs).getUTCDate();
  }
  return dayOfMonthTable[index]!;
}
