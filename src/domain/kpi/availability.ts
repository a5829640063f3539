import { Decimal } from '../../shared/decimal.ts';
import { type KpiValue, known, unknown } from './kpi-value.ts';

/** What is known of one business day of an item in a warehouse. */
export interface StockDay {
  /** False when the item was not for sale or the warehouse was closed: the day counts nowhere. */
  readonly isListed: boolean;
  /** Share of the day with stock, 0 … 1; null = stock not on record. */
  readonly inStockShare: number | null;
  readonly soldUnits: number;
  /** Demand expected of the day if stock had lasted; null = no estimate. */
  readonly expectedUnits: number | null;
}

/** How available an item was. */
export interface Availability {
  /** Mean share of listed days with stock, 0 … 1; null: NO_HISTORY. */
  readonly inStockRate: KpiValue;
  /** Listed days whose stock is known, and how many of them in all had stock, parts of days added up, 6 decimals. */
  readonly judgedDays: number;
  readonly inStockDays: Decimal;
  /** Listed days without any stock. */
  readonly stockOutDays: number;
  /** Listed days that ran out within the day. */
  readonly partialDays: number;
  /** Units probably not sold for lack of stock; null: NO_HISTORY when no day without stock has an estimate. */
  readonly lostUnits: KpiValue;
  /** Units sold on the days that `lostUnits` adds up, where they were less than expected: how many such days by units. */
  readonly shortSales: ReadonlyMap<number, number>;
}

/** As shares of days are stored; the sum of such shares has no more. */
const shareDecimals = 6;

/**
 * In-stock rate, stock-out days and lost sales of a window.
 *
 * Lost units of a day without stock, or sold out within it, are what was expected beyond what was sold, never below
 * 0. A day with stock all day loses nothing, however little it sold.
 *
 * @param days - one entry a business day
 * @returns see {@link Availability}; days with unknown stock count neither way
 * @see censored demand: sales of a sold-out day are a lower bound of demand
 * @example
 * // two days in stock, one without, expected 4 a day: in-stock rate 2/3, lost 4
 */
export function computeAvailability(days: readonly StockDay[]): Availability {
  let judged = 0;
  let share = 0;
  let stockOutDays = 0;
  let partialDays = 0;
  let lost = 0;
  let estimated = 0;
  const shortSales = new Map<number, number>();
  for (const day of days) {
    if (!day.isListed || day.inStockShare === null) continue;
    judged += 1;
    share += day.inStockShare;
    if (day.inStockShare >= 1) continue;
    if (day.inStockShare <= 0) stockOutDays += 1;
    else partialDays += 1;
    if (day.expectedUnits === null) continue;
    estimated += 1;
    if (day.soldUnits >= day.expectedUnits) continue;
    lost += day.expectedUnits - day.soldUnits;
    shortSales.set(day.soldUnits, (shortSales.get(day.soldUnits) ?? 0) + 1);
  }
  const short = stockOutDays + partialDays;
  const inStockDays = new Decimal(share).toDecimalPlaces(shareDecimals);
  return {
    ...{ stockOutDays, partialDays, judgedDays: judged, inStockDays, shortSales },
    inStockRate: judged === 0 ? unknown('NO_HISTORY') : known(inStockDays.div(judged)),
    lostUnits:
      judged === 0 || (short > 0 && estimated === 0) ? unknown('NO_HISTORY') : known(new Decimal(lost)),
  };
}

/** Why an order was closed, in words of our own. */
type CloseKind = 'SHORTAGE' | 'BUYER' | 'OTHER';

/** Words, in small letters, of orders that were closed because goods were missing: their buyers did want them. */
export const shortageReasons: readonly string[] = ['sellergoodslack'];

/**
 * What a platform's reason for closing an order means.
 *
 * @param reason - the platform's own word, any case
 * @returns OTHER for words that nobody has explained
 * @see 1688's `closeReason`: buyerCancel, sellerGoodsLack, other
 * @example classifyCloseReason('sellerGoodsLack') // 'SHORTAGE'
 */
export function classifyCloseReason(reason: string): CloseKind {
  const word = reason.toLowerCase();
  if (shortageReasons.includes(word)) return 'SHORTAGE';
  return word === 'buyercancel' ? 'BUYER' : 'OTHER';
}

/** A closed order line. */
export interface ClosedLine {
  /** Why the order was closed; only SHORTAGE counts here. */
  readonly closedFor: CloseKind;
  readonly units: Decimal;
  /** Money of the line. */
  readonly amount: Decimal;
}

/** Orders lost because goods were missing: not an estimate, customers who wanted and paid. */
export interface ShortageCancellations {
  readonly lineCount: number;
  readonly units: Decimal;
  readonly amount: Decimal;
}

/**
 * Adds up order lines that were closed for lack of goods.
 *
 * @param lines - closed lines of a window, each once
 * @returns count, units and money
 * @see glossary: shortage cancellation
 * @example sumShortageCancellations([]).lineCount // 0
 */
export function sumShortageCancellations(lines: readonly ClosedLine[]): ShortageCancellations {
  const short = lines.filter(({ closedFor }) => closedFor === 'SHORTAGE');
  return {
    lineCount: short.length,
    units: short.reduce((sum, { units }) => sum.plus(units), new Decimal(0)),
    amount: short.reduce((sum, { amount }) => sum.plus(amount), new Decimal(0)),
  };
}
