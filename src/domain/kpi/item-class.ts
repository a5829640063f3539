import { Decimal } from '../../shared/decimal.ts';

/** Class by value: A the few items that bring most of the margin, C the many that bring little. */
export type AbcClass = 'A' | 'B' | 'C';

/** Class by steadiness of weekly demand: X steady, Z erratic. */
export type XyzClass = 'X' | 'Y' | 'Z';

/** Shares of the total value up to which items are A, then B. */
export interface AbcCuts {
  readonly a: number;
  readonly b: number;
}

/** Common practice. */
const defaultAbcCuts: AbcCuts = { a: 0.8, b: 0.95 };

/**
 * Sorts items into A, B and C by what they bring.
 *
 * An item belongs to the class that the running total *before* it lies in, so that the first item is always A, even
 * when it alone passes the cut. Items that bring nothing or cost money are C.
 *
 * @param items - value = gross margin of twelve months (revenue where cost is unknown), money; ids unique
 * @param cuts - see {@link AbcCuts}
 * @returns class by id; ties in value are broken by id, so that a rerun answers the same
 * @see common practice (Pareto analysis), cuts at 80 % and 95 %
 * @example
 * // values 80, 15, 5: A, B, C
 * classifyAbc([{ id: 'x', value: eighty }, { id: 'y', value: fifteen }, { id: 'z', value: five }])
 */
export function classifyAbc(
  items: readonly { readonly id: string; readonly value: Decimal }[],
  cuts: AbcCuts = defaultAbcCuts,
): Map<string, AbcClass> {
  const earning = items
    .filter(({ value }) => value.gt(0))
    .toSorted((one, other) => other.value.comparedTo(one.value) || (one.id < other.id ? -1 : 1));
  const total = earning.reduce((sum, { value }) => sum.plus(value), new Decimal(0));
  const classes = new Map<string, AbcClass>(items.map(({ id }) => [id, 'C']));
  let before = new Decimal(0);
  for (const { id, value } of earning) {
    classes.set(id, before.lt(total.times(cuts.a)) ? 'A' : before.lt(total.times(cuts.b)) ? 'B' : 'C');
    before = before.plus(value);
  }
  return classes;
}

/** Coefficients of variation up to which weekly demand is X, then Y. */
export interface XyzCuts {
  readonly x: number;
  readonly y: number;
}

/** Sources differ (0.1 to 0.5 for X); these suit weekly demand. */
const defaultXyzCuts: XyzCuts = { x: 0.5, y: 1 };
/** Weeks judged, and the fewest that allow a judgement. */
const xyzWeeks = 26;
const xyzWeeksMin = 8;

/**
 * Steadiness of an item's demand, by weeks: by days nearly every item would be Z.
 *
 * @param weeklyDemand - oldest first, units ≥ 0; the last 26 count
 * @param cuts - see {@link XyzCuts}
 * @returns null with fewer than 8 weeks or without demand
 * @see coefficient of variation (standard deviation of the population over the mean)
 * @example classifyXyz([10, 12, 8, 10, 11, 9, 10, 10]) // 'X'
 */
export function classifyXyz(
  weeklyDemand: readonly number[],
  cuts: XyzCuts = defaultXyzCuts,
): XyzClass | null {
  const weeks = weeklyDemand.slice(-xyzWeeks);
  const mean = weeks.reduce((sum, units) => sum + units, 0) / weeks.length;
  if (weeks.length < xyzWeeksMin || !(mean > 0)) return null;
  const variance = weeks.reduce((sum, units) => sum + (units - mean) ** 2, 0) / weeks.length;
  const variation = Math.sqrt(variance) / mean;
  return variation <= cuts.x ? 'X' : variation <= cuts.y ? 'Y' : 'Z';
}

/**
 * Sums days into weeks, newest week complete, so that weeks end with the last known day.
 *
 * @param dailyDemand - oldest first; null = not known (closed, censored): that day counts the mean of its week
 * @returns weekly sums, oldest first; a leading part week and weeks without any known day are left out
 * @see {@link classifyXyz}
 * @example toWeeks([9, 1, 1, 1, 1, 1, 1, 1]) // [7]
 */
export function toWeeks(dailyDemand: readonly (number | null)[]): number[] {
  const weeks: number[] = [];
  for (let end = dailyDemand.length; end >= 7; end -= 7) {
    const known = dailyDemand.slice(end - 7, end).filter((units) => units !== null);
    if (known.length === 0) continue;
    weeks.unshift((known.reduce((sum, units) => sum + units, 0) * 7) / known.length);
  }
  return weeks;
}
