import { Decimal } from '../shared/decimal.ts';
import { minuteMs } from '../shared/time.ts';

/** What a level did inside a bucket of time. Quantities in the item's unit. */
export interface SeriesBucket {
  readonly startAt: Date;
  readonly endAt: Date;
  readonly open: Decimal;
  readonly low: Decimal;
  readonly high: Decimal;
  readonly close: Decimal;
  /** Whole minutes at or below zero. */
  readonly outOfStockMinutes: number;
}

/** One hour in which something was observed. */
export interface ObservedHour {
  readonly hourAt: Date;
  readonly open: Decimal;
  readonly low: Decimal;
  readonly high: Decimal;
  readonly close: Decimal;
  readonly outOfStockMinutes: number;
}

/**
 * Sums a level's hours up into wider buckets. The last value carries forward, so an hour without an observation
 * stands at the close of the one before, out of stock for all of it when that was zero or less.
 *
 * @param before - the close before the first bucket; null = nothing was known then
 * @param hours - observed hours in order, none before the first bucket
 * @param edges - n + 1 instants that bound n buckets, ascending, on whole hours
 * @param until - now: nothing is told of later, and the bucket it falls in ends there
 * @returns one entry per bucket in which something was known
 * @example
 * // closed at 5; in the second hour it fell to 0 and stayed: 60 minutes of the third hour are out of stock
 */
export function toBuckets(
  before: Decimal | null,
  hours: readonly ObservedHour[],
  edges: readonly Date[],
  until: Date,
): SeriesBucket[] {
  const buckets: SeriesBucket[] = [];
  let carried = before;
  let next = 0;
  for (let index = 0; index + 1 < edges.length; index += 1) {
    const startAt = edges[index] as Date;
    const endAt = earlier(edges[index + 1] as Date, until);
    if (startAt >= until) break;
    const inside: ObservedHour[] = [];
    for (let hour = hours[next]; hour !== undefined && hour.hourAt < endAt; hour = hours[next]) {
      inside.push(hour);
      next += 1;
    }
    const bucket = sumUp(carried, inside, startAt, endAt);
    if (bucket !== null) buckets.push(bucket);
    carried = inside.at(-1)?.close ?? carried;
  }
  return buckets;
}

function sumUp(
  carried: Decimal | null,
  hours: readonly ObservedHour[],
  startAt: Date,
  endAt: Date,
): SeriesBucket | null {
  const open = carried ?? hours[0]?.open ?? null;
  if (open === null) return null;
  let [low, high, close, minutes] = [open, open, open, 0];
  // Between two observed hours the close of the earlier one stands.
  let stoodSince = carried === null ? (hours[0]?.hourAt ?? startAt) : startAt;
  for (const hour of hours) {
    minutes += standing(close, stoodSince, hour.hourAt) + hour.outOfStockMinutes;
    [low, high, close] = [Decimal.min(low, hour.low), Decimal.max(high, hour.high), hour.close];
    stoodSince = earlier(new Date(hour.hourAt.getTime() + 60 * minuteMs), endAt);
  }
  minutes += standing(close, stoodSince, endAt);
  return { startAt, endAt, open, low, high, close, outOfStockMinutes: minutes };
}

function standing(value: Decimal, from: Date, to: Date): number {
  return value.gt(0) ? 0 : Math.max(0, Math.round((to.getTime() - from.getTime()) / minuteMs));
}

/**
 * Adds the buckets of several levels of one item up. Lowest and highest are bounds: the levels need not have stood
 * there at the same time. Out of stock is counted while all of them may have been at once, so it is a bound too.
 *
 * @param series - one list per level, of the same edges; a level is unknown before its first bucket
 * @returns one entry per bucket in which any level was known
 */
export function addSeries(series: readonly (readonly SeriesBucket[])[]): SeriesBucket[] {
  const sums = new Map<number, SeriesBucket>();
  for (const bucket of series.flat()) {
    const key = bucket.startAt.getTime();
    const sum = sums.get(key);
    sums.set(key, sum === undefined ? bucket : add(sum, bucket));
  }
  return [...sums.values()].sort((one, other) => one.startAt.getTime() - other.startAt.getTime());
}

function add(one: SeriesBucket, other: SeriesBucket): SeriesBucket {
  return {
    startAt: one.startAt,
    endAt: one.endAt,
    open: one.open.plus(other.open),
    low: one.low.plus(other.low),
    high: one.high.plus(other.high),
    close: one.close.plus(other.close),
    outOfStockMinutes: Math.min(one.outOfStockMinutes, other.outOfStockMinutes),
  };
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}
