import { Decimal } from '../shared/decimal.ts';

/** A score to be rolled up, with its weight. */
export interface WeighedScore {
  readonly score: Decimal;
  /** See {@link computeHealthWeight}. */
  readonly weight: Decimal;
}

/**
 * Weight of an item in a roll-up: its expected margin of 90 days, but at least the cost of holding its stock as long,
 * so that dead stock counts too.
 *
 * @param expectedMargin - of 90 days, money; null or below 0 = 0
 * @param stockValue - at cost, money; null = 0
 * @returns money ≥ 0
 * @see 25 % a year as cost of holding stock: common planning figure
 * @example computeHealthWeight(new Decimal(10), new Decimal(1000)) // 1000 · 0.25 · 90/365 = 61.643836
 */
export function computeHealthWeight(expectedMargin: Decimal | null, stockValue: Decimal | null): Decimal {
  const holding = (stockValue ?? new Decimal(0)).times('0.25').times(90).div(365).toDecimalPlaces(6);
  return Decimal.max(0, expectedMargin ?? 0, holding);
}

/**
 * Health of a warehouse, category or organization: the weighted mean of its items, never a plain one.
 *
 * @param scores - items with a score; others are left out by the caller
 * @returns 0 … 100, rounded to 6 decimals; the plain mean when all weights are 0; null without items
 * @see {@link computeHealthWeight}
 * @example rollUpHealth([{ score: ninety, weight: three }, { score: ten, weight: one }]) // 70
 */
export function rollUpHealth(scores: readonly WeighedScore[]): Decimal | null {
  if (scores.length === 0) return null;
  const total = scores.reduce((sum, { weight }) => sum.plus(weight), new Decimal(0));
  const weightOf = ({ weight }: WeighedScore): Decimal => (total.isZero() ? new Decimal(1) : weight);
  const sum = scores.reduce((part, one) => part.plus(one.score.times(weightOf(one))), new Decimal(0));
  return sum.div(total.isZero() ? scores.length : total).toDecimalPlaces(6);
}

/**
 * Turns a year that fit an item: it must hold its safety stock and, on average, half of what it buys at a time.
 *
 * @param input.meanPerDay - > 0
 * @param input.safetyStock - units ≥ 0
 * @param input.reviewDays - ≥ 0
 * @param input.orderCycleDays - ≥ 0
 * @param input.moq - units ≥ 0: a large minimum order cannot be turned faster
 * @returns turns a year; null without demand
 * @see cycle stock is half the order quantity (textbook)
 * @example
 * // 2 a day, safety stock 20, review 7, MOQ 60: 10 + 60/2/2 = 25 days → 14.6 turns
 * computeTargetTurns({ meanPerDay: 2, safetyStock: 20, reviewDays: 7, orderCycleDays: 0, moq: 60 }) // 14.6
 */
export function computeTargetTurns(input: {
  readonly meanPerDay: number;
  readonly safetyStock: number;
  readonly reviewDays: number;
  readonly orderCycleDays: number;
  readonly moq: number;
}): number | null {
  if (!(input.meanPerDay > 0)) return null;
  const boughtDays = Math.max(input.reviewDays + input.orderCycleDays, input.moq / input.meanPerDay, 1);
  return 365 / (input.safetyStock / input.meanPerDay + boughtDays / 2);
}
