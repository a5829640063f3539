import { AppError } from '../../shared/errors.ts';

/** Goods on their way to a warehouse. */
export interface InboundShipment {
  /** Day it is due: 1 = the first forecast day (today), 0 and less = that many days and one overdue. */
  readonly dueDay: number;
  /** Units not yet received, ≥ 0. */
  readonly units: number;
}

/** Goods taken to arrive on a day; they can be sold from that day on. */
export interface Arrival {
  /** 1 = the first forecast day. */
  readonly day: number;
  readonly units: number;
}

/** What planning may count on, and what it must tell people about. */
export interface AgedInbound {
  /** By day, ascending, one entry a day. */
  readonly arrivals: readonly Arrival[];
  /** Units past their due day that are still counted on, at a new expected day. */
  readonly overdueUnits: number;
  /** Units so late that nobody counts on them any more: chase them. */
  readonly ignoredUnits: number;
}

/** Goods on their way of which a source says that they come, but not when. */
export interface UndatedInbound {
  /** Number of the business day on which they were first counted. */
  readonly sinceDay: number;
  /** > 0. */
  readonly units: number;
}

/**
 * Remembers since when undated goods are on their way, so that they are not expected a day later every day. What comes in
 * is taken from the oldest; what is new is counted from today on.
 *
 * @param before - as of the last look, oldest first
 * @param units - counted as incoming now, ≥ 0
 * @param today - number of the business day
 * @returns oldest first; the units add up to what was given
 * @see {@link ageInbound} for what becomes of those that are late
 * @example dateInbound([{ sinceDay: 100, units: 5 }], 8, 103) // [{ sinceDay: 100, units: 5 }, { sinceDay: 103, units: 3 }]
 */
export function dateInbound(
  before: readonly UndatedInbound[],
  units: number,
  today: number,
): UndatedInbound[] {
  const total = before.reduce((sum, one) => sum + one.units, 0);
  let gone = Math.max(0, total - units);
  const dated: UndatedInbound[] = [];
  for (const { sinceDay, units: own } of before) {
    const kept = exact(own - Math.min(own, gone));
    gone -= Math.min(own, gone);
    if (kept > 0) dated.push({ sinceDay, units: kept });
  }
  const more = exact(units - total);
  if (more <= 0) return dated;
  const last = dated.at(-1);
  if (last?.sinceDay !== today) return [...dated, { sinceDay: today, units: more }];
  return [...dated.slice(0, -1), { sinceDay: today, units: exact(last.units + more) }];
}

/** Without the dust of binary fractions, so that the same goods are not counted as new ones. */
function exact(units: number): number {
  return Number(units.toFixed(6));
}

/**
 * Turns shipments into arrivals that planning may count on.
 *
 * A shipment that is late by d days is expected to take another d days (what has kept it so far tends to go on), at
 * least until tomorrow and at most one lead time. Once it is later than one lead time it is no longer counted:
 * counting it as certain hides a stock-out, dropping it at once orders twice.
 *
 * @param shipments - any order; 0 units are left out
 * @param leadTimeDays - ≥ 0
 * @returns arrivals by day; each unit in exactly one of arrivals and ignored
 * @throws AppError `invalid_input` if units are negative or a day is not a whole number
 * @see own rule for overdue orders; others ignore past dates silently, which doubles orders
 * @example
 * // due in 3 days; late by 2 days (due day −1) with 10 days' lead; late by 20
 * ageInbound([{ dueDay: 3, units: 5 }, { dueDay: -1, units: 4 }, { dueDay: -19, units: 7 }], 10)
 * // { arrivals: [{ day: 3, units: 9 }], overdueUnits: 4, ignoredUnits: 7 }
 */
export function ageInbound(shipments: readonly InboundShipment[], leadTimeDays: number): AgedInbound {
  const byDay = new Map<number, number>();
  let overdueUnits = 0;
  let ignoredUnits = 0;
  for (const { dueDay, units } of shipments) {
    if (!Number.isInteger(dueDay) || !(units >= 0)) {
      throw new AppError('invalid_input', `inbound of ${units} units due on day ${dueDay} makes no sense`);
    }
    if (units === 0) continue;
    const lateDays = 1 - dueDay;
    if (lateDays > leadTimeDays && lateDays > 0) {
      ignoredUnits += units;
      continue;
    }
    const day = lateDays > 0 ? 1 + Math.max(1, Math.min(lateDays, Math.ceil(leadTimeDays))) : dueDay;
    if (lateDays > 0) overdueUnits += units;
    byDay.set(day, (byDay.get(day) ?? 0) + units);
  }
  const arrivals = [...byDay].map(([day, units]) => ({ day, units })).sort((a, b) => a.day - b.day);
  return { arrivals, overdueUnits, ignoredUnits };
}

/**
 * Adds arrivals to others.
 *
 * @param arrivals - ascending by day, one a day
 * @param more - any order
 * @returns ascending by day, one a day; every unit once
 * @see {@link ageInbound}
 * @example mergeArrivals([{ day: 3, units: 5 }], [{ day: 3, units: 2 }]) // [{ day: 3, units: 7 }]
 */
export function mergeArrivals(arrivals: readonly Arrival[], more: readonly Arrival[]): Arrival[] {
  const byDay = new Map<number, number>();
  for (const { day, units } of [...arrivals, ...more]) byDay.set(day, (byDay.get(day) ?? 0) + units);
  return [...byDay].map(([day, units]) => ({ day, units })).sort((a, b) => a.day - b.day);
}
