import { Decimal, formatDecimal } from '../../shared/decimal.ts';
import { computeAvailability, type StockDay } from '../kpi/availability.ts';
import type { KpiValue } from '../kpi/kpi-value.ts';
import { computeSellThrough, computeTurnover } from '../kpi/turnover.ts';
import type { HistoryFigures, StoredFigure } from './level-facts.ts';

/** What is on record of a level's last year, day by day, oldest first; all arrays end with the last full day. */
export interface YearOfDays {
  /** Units sold per day. */
  readonly units: Float64Array;
  /** Time-weighted mean units on hand; NaN = stock not on record. */
  readonly meanUnits: Float64Array;
  /** Share of the day without stock; NaN as above. */
  readonly outShares: Float64Array;
}

const shortDays = 90;
const longDays = 365;
const unitsDecimals = 6;

/**
 * Turnover, sell-through, availability and lost sales of a level's last 90 and 365 days.
 *
 * Turnover of one level is counted in units, which is the same as in money at one cost. A window that is not wholly
 * on record counts the part that is.
 *
 * @param days - see {@link YearOfDays}; at most 365 entries count
 * @param unitsPerDay - demand expected of a day, units; null = not known
 * @param daysSinceSale - from the last sale to today; null = never sold
 * @returns figures as text, null with its reason
 * @see computeTurnover, computeSellThrough, computeAvailability
 * @example
 * // 90 days of 2 a day out of a mean stock of 30: 365/90 · 180/30 = 24.33 turns a year
 */
export function computeHistoryFigures(
  days: YearOfDays,
  unitsPerDay: number | null,
  daysSinceSale: number | null,
): HistoryFigures {
  const short = windowOf(days, shortDays);
  const long = windowOf(days, longDays);
  const availability = computeAvailability(stockDaysOf(days, unitsPerDay));
  return {
    turnover90: turnoverOf(short),
    turnover365: turnoverOf(long),
    sellThrough90: toFigure(
      computeSellThrough(new Decimal(short.sold).toDecimalPlaces(unitsDecimals), meanOf(short)),
    ),
    inStockRate90: toFigure(availability.inStockRate),
    stockOutDays90: availability.stockOutDays,
    lostUnits90: toFigure(availability.lostUnits),
    meanUnits90: textOf(meanOf(short)),
    meanUnits365: textOf(meanOf(long)),
    countedDays90: short.known,
    countedUnits90: textOf(new Decimal(short.sold)) ?? '0',
    countedDays365: long.known,
    countedUnits365: textOf(new Decimal(long.sold)) ?? '0',
    unitsSold90: textOf(new Decimal(short.soldInAll)) ?? '0',
    unitsSold365: textOf(new Decimal(long.soldInAll)) ?? '0',
    stockDays: long.known,
    daysSinceSale,
  };
}

/** A figure as it is stored. */
export function toFigure(figure: KpiValue): StoredFigure {
  if (figure.value === null) return { value: null, reason: figure.reason };
  return { value: formatDecimal(figure.value), reason: null };
}

interface Window {
  /** Days on which stock is on record, units sold on them, and their mean stock summed. */
  readonly known: number;
  readonly sold: number;
  readonly stock: number;
  readonly soldInAll: number;
}

function windowOf({ units, meanUnits }: YearOfDays, length: number): Window {
  let known = 0;
  let sold = 0;
  let stock = 0;
  let soldInAll = 0;
  for (let t = Math.max(0, units.length - length); t < units.length; t++) {
    soldInAll += units[t]!;
    const mean = meanUnits[t]!;
    if (Number.isNaN(mean)) continue;
    known += 1;
    sold += units[t]!;
    stock += mean;
  }
  return { known, sold, stock, soldInAll };
}

function meanOf({ known, stock }: Window): Decimal | null {
  return known === 0 ? null : new Decimal(stock).div(known).toDecimalPlaces(unitsDecimals);
}

function turnoverOf(window: Window): StoredFigure {
  const mean = meanOf(window);
  if (mean === null) return { value: null, reason: 'NO_HISTORY' };
  return toFigure(
    computeTurnover(new Decimal(window.sold).toDecimalPlaces(unitsDecimals), mean, window.known),
  );
}

function stockDaysOf({ units, outShares }: YearOfDays, unitsPerDay: number | null): StockDay[] {
  const days: StockDay[] = [];
  for (let t = Math.max(0, units.length - shortDays); t < units.length; t++) {
    const out = outShares[t]!;
    days.push({
      isListed: true,
      inStockShare: Number.isNaN(out) ? null : 1 - out,
      soldUnits: units[t]!,
      expectedUnits: unitsPerDay,
    });
  }
  return days;
}

function textOf(value: Decimal | null): string | null {
  return value === null ? null : formatDecimal(value.toDecimalPlaces(unitsDecimals));
}
