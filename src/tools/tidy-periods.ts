import { calendarDateOf } from '../domain/forecast/calendar-index.ts';
import { dayMs } from '../shared/time.ts';
import type { PeriodNaming } from './period-columns.ts';

/** Fewer different dates than this say nothing about how far apart periods are. */
const datesMin = 4;
/** A date further than this from the middle one is taken for a slip of the pen: eleven years of days. */
const plausibleDays = 4_018;

/** How dates of a tidy file become periods. */
export interface TidyPeriods {
  readonly naming: PeriodNaming;
  /** Number of periods from the first to the last date. */
  readonly length: number;
  /** Position of a day that occurs in the file. */
  readonly positionOf: (day: number) => number;
}

/**
 * Finds out what a period is: a week when all dates lie whole weeks apart, a month when all are first (or last)
 * days of months, else a day.
 *
 * @param days - day numbers that occur, in any order, at least one
 * @param season - as asked for: 7 keeps days, whatever the dates look like; null = by the dates
 * @example findTidyPeriods([19_723, 19_730, 19_737, 19_751], null).naming.step // 7
 */
export function findTidyPeriods(days: Iterable<number>, season: number | null): TidyPeriods {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const first = sorted[0]!;
  const last = sorted.at(-1)!;
  const isFree = season !== 7 && sorted.length >= datesMin;
  if (isFree && sorted.every((day) => (day - first) % 7 === 0)) {
    return {
      naming: { kind: 'date', prefix: '', first, step: 7, padding: 0 },
      length: (last - first) / 7 + 1,
      positionOf: (day) => (day - first) / 7,
    };
  }
  if (isFree && (sorted.every(isFirstOfMonth) || sorted.every((day) => isFirstOfMonth(day + 1)))) {
    const firstMonth = monthOf(first);
    return {
      naming: { kind: 'month', prefix: '', first: firstMonth, step: 1, padding: 0 },
      length: monthOf(last) - firstMonth + 1,
      positionOf: (day) => monthOf(day) - firstMonth,
    };
  }
  return {
    naming: { kind: 'date', prefix: '', first, step: 1, padding: 0 },
    length: last - first + 1,
    positionOf: (day) => day - first,
  };
}

/**
 * Days that cannot belong to the same history as the others, such as a year typed wrongly: one would stretch every
 * series by centuries.
 *
 * @param days - of all rows, in any order
 * @returns a test; true = implausible
 */
export function findImplausibleDays(days: readonly number[]): (day: number) => boolean {
  const middle = [...days].sort((a, b) => a - b)[Math.floor(days.length / 2)] ?? 0;
  return (day) => Math.abs(day - middle) > plausibleDays;
}

function isFirstOfMonth(day: number): boolean {
  return calendarDateOf(day).endsWith('-01');
}

function monthOf(day: number): number {
  const date = new Date(day * dayMs);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
