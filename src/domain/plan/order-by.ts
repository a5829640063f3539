import type { Arrival } from './inbound.ts';
import type { DemandOver } from './protection-demand.ts';

/** When an order must be placed so that the expected stock never falls below the safety stock. */
export interface OrderBy {
  /** First day on which the expected stock ends below the safety stock; null = not within the days looked at. */
  readonly belowSafetyDay: number | null;
  /** Day to order on at the latest: 1 = today, never earlier; null as above. */
  readonly orderByDay: number | null;
  /** Days that the order is already late; 0 = in time. */
  readonly overdueDays: number;
}

/** Days looked ahead for the order-by date. */
const orderByDaysMax = 365;

/**
 * Latest day to order.
 *
 * Follows the expected stock (available plus arrivals from their day, minus expected demand) to the first day that
 * ends below the safety stock, and goes back by the lead time: an order placed on day k can be sold on day k + L.
 *
 * @param input.forecast - expected demand
 * @param input.available - units now
 * @param input.arrivals - ascending by day
 * @param input.safetyStock - units, ≥ 0
 * @param input.leadTimeDays - ≥ 0; a fraction is rounded up, as ordering early is the safe side
 * @returns see {@link OrderBy}
 * @see ship-by dates of Amazon's restock report, just-in-time ordering of Odoo: order only when the date has come
 * @example
 * // 2 a day, 20 available, safety stock 6: day 7 ends with 6, day 8 with 4; with 5 days' lead order on day 3
 * computeOrderBy({ forecast: twoADay, available: 20, arrivals: [], safetyStock: 6, leadTimeDays: 5 }) // { belowSafetyDay: 8, orderByDay: 3, overdueDays: 0 }
 */
export function computeOrderBy(input: {
  readonly forecast: Pick<DemandOver, 'meanOver'>;
  readonly available: number;
  readonly arrivals: readonly Arrival[];
  readonly safetyStock: number;
  readonly leadTimeDays: number;
}): OrderBy {
  let supply = input.available;
  let next = 0;
  for (let day = 1; day <= orderByDaysMax; day++) {
    while (next < input.arrivals.length && input.arrivals[next]!.day <= day) {
      supply += input.arrivals[next]!.units;
      next += 1;
    }
    if (supply - expectedThrough(input.forecast, day) >= input.safetyStock - 1e-9) continue;
    const wished = day - wholeLeadDays(input.leadTimeDays);
    return { belowSafetyDay: day, orderByDay: Math.max(1, wished), overdueDays: Math.max(0, 1 - wished) };
  }
  return { belowSafetyDay: null, orderByDay: null, overdueDays: 0 };
}

/**
 * Expected demand through a day, to as many places as its explanation shows.
 *
 * @param forecast - expected demand
 * @param day - whole days, ≥ 0
 * @returns units, 6 decimals
 * @see {@link computeOrderBy}
 * @example expectedThrough(twoADay, 7) // 14
 */
export function expectedThrough(forecast: Pick<DemandOver, 'meanOver'>, day: number): number {
  return Math.round(forecast.meanOver(day) * 1e6) / 1e6;
}

/**
 * A lead time in whole days: ordering early is the safe side.
 *
 * @param leadTimeDays - ≥ 0
 * @returns rounded up
 * @see {@link computeOrderBy}
 * @example wholeLeadDays(7.5) // 8
 */
export function wholeLeadDays(leadTimeDays: number): number {
  return Math.ceil(leadTimeDays - 1e-9);
}
