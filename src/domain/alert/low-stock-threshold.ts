import { Decimal } from '../../shared/decimal.ts';

/** Where an effective threshold comes from: set by a person, computed from demand, or assumed. */
export type LowStockThresholdOrigin = 'OVERRIDE' | 'COMPUTED' | 'DEFAULT';

/** What a threshold is computed from. */
export interface ThresholdInputs {
  /** Safety stock set by a person for this level or a wider scope, units; null = none. */
  readonly override: Decimal | null;
  /** Safety stock of the newest plan, computed from 28 days of demand or more, units; null or absent = not planned yet. */
  readonly planned?: Decimal | null;
  /** Whole business days of demand known, at most 56, today's half day not among them. */
  readonly demandDays: number;
  /** Sum of the units of those days; days without a sale count as zero. */
  readonly demandSum: Decimal;
  /** Sum of the squares of the units of those days. */
  readonly demandSquareSum: Decimal;
  /** Mean lead time, days; null = unknown. */
  readonly leadTimeDays: Decimal | null;
}

/** Standard normal quantile of a 95 % service level, as the requirements round it. */
const serviceFactorZ = new Decimal('1.645');
/** Lead time assumed until it is known: two weeks is what restocking inside China takes at most. */
const leadTimeDaysDefault = new Decimal(14);
/** Threshold of an item without enough demand history, units. */
export const thresholdDefault = new Decimal(10);
/** Less than four weeks of days says little about the spread of demand. */
const demandDaysMin = 28;
/** The spread is taken over eight whole weeks, so that every weekday counts the same. */
export const demandWindowDays = 56;

/**
 * Units at or below which a level is low: what a person set, else the safety stock of the newest plan, else, until
 * one is made, the classic safety stock `Z · sqrt(L̄) · σ_D` over the last 56 days, else 10 units.
 *
 * Assumes independent daily demand and a lead time that does not vary. It is a first line of warning, not a
 * reorder point.
 *
 * @returns units, rounded up to four places, >= 0, and where the value comes from
 * @throws RangeError if `demandDays` is negative or not whole
 * @example
 * // 28 days with 8 units on every second one: mean 4, σ = 4.0734, 1.645 · √14 · 4.0734 = 25.0719
 * computeLowStockThreshold({ override: null, demandDays: 28, demandSum: 112, demandSquareSum: 896, leadTimeDays: null })
 * @see safety stock under normal demand, https://en.wikipedia.org/wiki/Safety_stock
 */
export function computeLowStockThreshold(inputs: ThresholdInputs): {
  threshold: Decimal;
  origin: LowStockThresholdOrigin;
} {
  const { override, demandDays: days } = inputs;
  if (!Number.isInteger(days) || days < 0)
    throw new RangeError('demandDays must be a whole number, at least 0');
  if (override !== null) return { threshold: override, origin: 'OVERRIDE' };
  if (inputs.planned != null) return { threshold: inputs.planned, origin: 'COMPUTED' };
  if (days < demandDaysMin) return { threshold: thresholdDefault, origin: 'DEFAULT' };
  const mean = inputs.demandSum.div(days);
  const variance = Decimal.max(inputs.demandSquareSum.minus(mean.times(inputs.demandSum)).div(days - 1), 0);
  const leadTimeDays = inputs.leadTimeDays ?? leadTimeDaysDefault;
  return {
    threshold: serviceFactorZ
      .times(leadTimeDays.sqrt())
      .times(variance.sqrt())
      .toDecimalPlaces(4, Decimal.ROUND_UP),
    origin: 'COMPUTED',
  };
}
