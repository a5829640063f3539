import { AppError } from '../../shared/errors.ts';

/** Where a lead time comes from, best first. */
type LeadTimeOrigin = 'OVERRIDE' | 'RECEIPTS' | 'ITEM' | 'SUPPLIER' | 'CATEGORY' | 'DEFAULT';

/** What is known about how long an order takes. All in calendar days; null = not known. */
export interface LeadTimeFacts {
  /** Set by a person for this item and warehouse; wins over everything. */
  readonly overrideDays: number | null;
  /** Days from order to receipt of past receipts, oldest first. */
  readonly receiptDays: readonly number[];
  /** Given on the item. */
  readonly itemDays: number | null;
  /** Median of the supplier's receipts. */
  readonly supplierDays: number | null;
  /** Median of the category's receipts. */
  readonly categoryDays: number | null;
}

/** A lead time with its spread and its origin. */
export interface LeadTimeEstimate {
  readonly origin: LeadTimeOrigin;
  /** Expected days, order to saleable. */
  readonly meanDays: number;
  /** Standard deviation, days. */
  readonly sdDays: number;
  /** The observed days, each equally likely, when the origin is RECEIPTS; else empty. */
  readonly observedDays: readonly number[];
}

/** Fewer receipts say more about chance than about the supplier. */
const receiptsMin = 5;
/** Older receipts describe a supplier of the past. */
const receiptsMax = 20;
/** When nobody knows anything: a purchase within China with production in small lots. */
export const defaultLeadTimeDays = 14;
/** Spread taken when receipts are too few to measure it: standard deviation = 0.3 × mean. */
const defaultVariationCoefficient = 0.3;

/**
 * How long an order of this item takes, from the best source there is.
 *
 * In order: a person's override (taken as certain), at least five receipts (the last 20, as they were), the
 * item's own figure, the supplier's median, the category's median, 14 days. All but the first two get a spread of
 * 30 % of the mean.
 *
 * @param facts - days ≥ 0; receipts that are negative or not finite are left out, as they are record errors
 * @returns mean, standard deviation (of the population) and the origin, which is shown beside every value
 * @throws AppError `invalid_input` if an override or a given figure is negative or not finite
 * @see empirical lead times: the plan values then use the mixture over the observed days, not a bell
 * @example
 * estimateLeadTime({ overrideDays: null, receiptDays: [5, 6, 7, 8, 9], itemDays: 10, supplierDays: null, categoryDays: null })
 * // { origin: 'RECEIPTS', meanDays: 7, sdDays: 1.4142…, observedDays: [5, 6, 7, 8, 9] }
 */
export function estimateLeadTime(facts: LeadTimeFacts): LeadTimeEstimate {
  if (facts.overrideDays !== null) {
    return { origin: 'OVERRIDE', meanDays: checked(facts.overrideDays), sdDays: 0, observedDays: [] };
  }
  const observedDays = facts.receiptDays
    .filter((days) => Number.isFinite(days) && days >= 0)
    .slice(-receiptsMax);
  if (observedDays.length >= receiptsMin) {
    const meanDays = observedDays.reduce((sum, days) => sum + days, 0) / observedDays.length;
    const squares = observedDays.reduce((sum, days) => sum + (days - meanDays) ** 2, 0);
    return { origin: 'RECEIPTS', meanDays, sdDays: Math.sqrt(squares / observedDays.length), observedDays };
  }
  const given: readonly (readonly [LeadTimeOrigin, number | null])[] = [
    ['ITEM', facts.itemDays],
    ['SUPPLIER', facts.supplierDays],
    ['CATEGORY', facts.categoryDays],
  ];
  const [origin, days] = given.find(([, value]) => value !== null) ?? ['DEFAULT', defaultLeadTimeDays];
  const meanDays = checked(days ?? defaultLeadTimeDays);
  return { origin, meanDays, sdDays: defaultVariationCoefficient * meanDays, observedDays: [] };
}

function checked(days: number): number {
  if (Number.isFinite(days) && days >= 0) return days;
  throw new AppError('invalid_input', `lead time must be 0 days or more, but is ${days}`);
}
