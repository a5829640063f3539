import type { ItemDemandQuery } from '../../gql/documents.ts';
import type { PlannedLevel } from './projection.ts';

type DemandLevel = NonNullable<ItemDemandQuery['item']>['stockLevels']['nodes'][number];

/** What customers wanted of an item on a day. */
export interface DemandDay {
  readonly date: string;
  readonly units: number;
  /** True when a place had nothing all day: more may have been wanted. */
  readonly isCensored: boolean;
}

/** What they are expected to want. */
export interface ForecastDay {
  readonly date: string;
  readonly mean: number;
  readonly p10: number;
  readonly p90: number;
}

/**
 * Demand of an item over its places. What was ordered on a channel and what warehouses shipped is the same demand
 * told twice: orders count where there are any, else movements.
 */
export function addDemand(levels: readonly DemandLevel[]): DemandDay[] {
  const told = levels.flatMap((level) => level.demand);
  const source = told.some((day) => day.source === 'ORDERS') ? 'ORDERS' : 'MOVEMENTS';
  const days = new Map<string, DemandDay>();
  for (const day of told) {
    const before = days.get(day.date) ?? { date: day.date, units: 0, isCensored: false };
    const counts = day.source === source;
    days.set(day.date, {
      date: day.date,
      units: before.units + (counts ? Number(day.units) : 0),
      isCensored: before.isCensored || (counts && day.isCensored),
    });
  }
  return [...days.values()].sort((one, other) => (one.date < other.date ? -1 : 1));
}

/** Forecasts of the places that alerts stand on, added up; the band of the sum is wider than the truth. */
export function addForecasts(levels: readonly PlannedLevel[]): ForecastDay[] {
  const days = new Map<string, ForecastDay>();
  for (const { isWatched, forecast } of levels) {
    if (!isWatched || forecast === null) continue;
    for (const { date, mean, p10, p90 } of forecast.points) {
      const before = days.get(date) ?? { date, mean: 0, p10: 0, p90: 0 };
      days.set(date, {
        date,
        mean: before.mean + Number(mean),
        p10: before.p10 + Number(p10),
        p90: before.p90 + Number(p90),
      });
    }
  }
  return [...days.values()].sort((one, other) => (one.date < other.date ? -1 : 1));
}
