import type { ItemPlanQuery } from '../../gql/documents.ts';

/** What planning knows of an item in one place. */
export type PlannedLevel = NonNullable<ItemPlanQuery['item']>['stockLevels']['nodes'][number];

/** Stock expected at the end of a business day. */
export interface ProjectedDay {
  readonly date: string;
  /** End of the day, ms since 1970. */
  readonly at: number;
  /** By mean demand; never below zero, since demand that finds nothing is not kept. */
  readonly expected: number;
  /** When demand is as high as it is once in ten times. */
  readonly low: number;
  /** When demand is as low as it is once in ten times. */
  readonly high: number;
  /** Units that arrive on the day. */
  readonly arriving: number;
}

const dayMs = 86_400_000;

/**
 * What stock will do: what is there, plus what arrives, minus what customers will want. The band follows the
 * distribution of summed demand, since quantiles of single days do not add.
 *
 * @param now - ms since 1970; of the running day only the rest is still to come
 * @returns empty without a forecast
 */
export function projectLevel(level: PlannedLevel, now: number): ProjectedDay[] {
  if (level.forecast === null) return [];
  const { timeZone } = level.warehouse;
  const arrivals = new Map<string, number>();
  for (const { date, units } of level.arrivals) {
    arrivals.set(date, (arrivals.get(date) ?? 0) + Number(units));
  }
  const sums = sumsOf(level);
  const days: ProjectedDay[] = [];
  const stock = { expected: Number(level.available), low: 0, high: 0 };
  stock.low = stock.expected;
  stock.high = stock.expected;
  for (const [index, { date, mean }] of level.forecast.points.entries()) {
    const at = endOfDay(date, timeZone);
    if (at <= now) continue;
    const rest = Math.min(1, (at - now) / dayMs);
    const arriving = arrivals.get(date) ?? 0;
    const step = (from: number, demand: number) => Math.max(0, from + arriving - demand * rest);
    stock.expected = step(stock.expected, Number(mean));
    stock.low = step(stock.low, sumAt(sums, 'p90', index + 1) - sumAt(sums, 'p90', index));
    stock.high = step(stock.high, sumAt(sums, 'p10', index + 1) - sumAt(sums, 'p10', index));
    // Near zero a floor may turn the order of the three around by a fraction.
    const { expected } = stock;
    days.push({
      ...{ date, at, arriving, expected },
      low: Math.min(stock.low, expected),
      high: Math.max(stock.high, expected),
    });
  }
  return days;
}

/** Places added up, day by day; bands too, so that the sum's band is wider than the truth. */
export function addProjections(places: readonly (readonly ProjectedDay[])[]): ProjectedDay[] {
  const days = new Map<string, ProjectedDay>();
  for (const day of places.flat()) {
    const before = days.get(day.date);
    days.set(
      day.date,
      before === undefined
        ? day
        : {
            date: day.date,
            at: Math.max(before.at, day.at),
            expected: before.expected + day.expected,
            low: before.low + day.low,
            high: before.high + day.high,
            arriving: before.arriving + day.arriving,
          },
    );
  }
  // A place without a forecast is not in the sum; a day that not all places tell would be a false step down.
  const told = Math.min(...places.map((place) => place.length));
  return [...days.values()].sort((one, other) => one.at - other.at).slice(0, told);
}

/** When stock runs out by a number of days from the day of the plan, which is day 1; ms since 1970. */
export function stockOutAt(level: PlannedLevel, days: string | null): number | null {
  const first = level.forecast?.points[0]?.date;
  if (days === null || first === undefined) return null;
  const date = new Date(Date.parse(first) + (Math.max(1, Number(days)) - 1) * dayMs).toISOString();
  return endOfDay(date.slice(0, 10), level.warehouse.timeZone) - dayMs / 2;
}

interface DemandSums {
  readonly days: number;
  readonly p10: number;
  readonly p90: number;
}

function sumsOf(level: PlannedLevel): DemandSums[] {
  const { sum1, sum3, sum7, sum14, sum28, sum56 } = level;
  const told = [
    [1, sum1],
    [3, sum3],
    [7, sum7],
    [14, sum14],
    [28, sum28],
    [56, sum56],
  ] as const;
  return told.flatMap(([days, sum]) =>
    sum === null || sum.p10 === null || sum.p90 === null
      ? []
      : [{ days, p10: Number(sum.p10), p90: Number(sum.p90) }],
  );
}

/** Demand of the first so many days together at a quantile; between two told lengths a straight line. */
function sumAt(sums: readonly DemandSums[], quantile: 'p10' | 'p90', days: number): number {
  let before: DemandSums = { days: 0, p10: 0, p90: 0 };
  for (const sum of sums) {
    if (sum.days >= days) {
      const share = (days - before.days) / (sum.days - before.days);
      return before[quantile] + (sum[quantile] - before[quantile]) * share;
    }
    before = sum;
  }
  return before.days === 0 ? 0 : (before[quantile] / before.days) * days;
}

/** The instant at which a business day ends in its zone, ms since 1970. */
export function endOfDay(date: string, timeZone: string): number {
  const midnight = Date.parse(`${date}T00:00:00Z`) + dayMs;
  return midnight - offsetMs(midnight, timeZone);
}

function offsetMs(at: number, timeZone: string): number {
  const parts = Object.fromEntries(
    zoneFormat(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / 60_000) * 60_000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
      ...{ hour: 'numeric', minute: 'numeric' },
    });
    formats.set(timeZone, format);
  }
  return format;
}
