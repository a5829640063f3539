import { Decimal, formatDecimal } from '../../shared/decimal.ts';
import { computeAvailability, type StockDay } from '../kpi/availability.ts';
import { type KpiValue, known, unknown } from '../kpi/kpi-value.ts';
import { computeSellThrough, computeTurnover } from '../kpi/turnover.ts';
import type { HistoryFigures, ShortDays, StoredFigure, WindowFigures } from './level-facts.ts';

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
  const short = countWindow(days, shortDays);
  const long = countWindow(days, longDays);
  // As many places as are kept, so that what is kept adds up to the same.
  const expected = unitsPerDay === null ? null : new Decimal(unitsPerDay).toDecimalPlaces(unitsDecimals);
  const availability = computeAvailability(stockDaysOf(days, expected?.toNumber() ?? null, shortDays));
  const { turnover, sellThrough, inStockRate } = figuresOfWindow(short);
  return {
    turnover90: turnover,
    turnover365: figuresOfWindow(long).turnover,
    sellThrough90: sellThrough,
    inStockRate90: inStockRate,
    stockOutDays90: availability.stockOutDays,
    lostUnits90: toFigure(availability.lostUnits),
    short90:
      availability.lostUnits.value === null
        ? null
        : toShortDays(expected ?? new Decimal(0), availability.shortSales),
    meanUnits90: short.meanUnits,
    meanUnits365: long.meanUnits,
    countedDays90: short.countedDays,
    countedUnits90: short.countedUnits,
    countedDays365: long.countedDays,
    countedUnits365: long.countedUnits,
    unitsSold90: sumOfLast(days.units, shortDays),
    unitsSold365: sumOfLast(days.units, longDays),
    judgedDays90: short.judgedDays,
    inStockDays90: short.inStockDays,
    stockDays: long.countedDays,
    daysSinceSale,
  };
}

/**
 * Counts what the figures of a window rest on.
 *
 * @param days - oldest first, ending with the last full day
 * @param length - days of the window, >= 1; a longer one than there are days counts what there is
 * @returns quantities as text with at most 6 decimals
 * @see figuresOfWindow
 * @example countWindow({ units: [2], meanUnits: [30], outShares: [0] }, 90).countedDays // 1
 */
export function countWindow(days: YearOfDays, length: number): WindowFigures {
  let countedDays = 0;
  let sold = 0;
  let stock = 0;
  for (let t = Math.max(0, days.units.length - length); t < days.units.length; t++) {
    const mean = days.meanUnits[t]!;
    if (Number.isNaN(mean)) continue;
    countedDays += 1;
    sold += days.units[t]!;
    stock += mean;
  }
  const { judgedDays, inStockDays } = computeAvailability(stockDaysOf(days, null, length));
  return {
    ...{ days: length, countedDays, judgedDays },
    countedUnits: textOf(new Decimal(sold)),
    meanUnits: countedDays === 0 ? null : textOf(new Decimal(stock).div(countedDays)),
    inStockDays: textOf(inStockDays),
  };
}

/**
 * Turnover, sell-through and in-stock rate of a window: one definition for what is stored and for any other window.
 *
 * @param window - as counted
 * @returns figures as text, null with its reason
 * @see computeTurnover, computeSellThrough, computeAvailability
 * @example
 * // 90 days, 180 units sold out of a mean stock of 30: 24.333333 turns a year
 */
export function figuresOfWindow(window: WindowFigures): {
  readonly turnover: StoredFigure;
  readonly sellThrough: StoredFigure;
  readonly inStockRate: StoredFigure;
} {
  const sold = new Decimal(window.countedUnits);
  const mean = window.meanUnits === null ? null : new Decimal(window.meanUnits);
  return {
    turnover:
      mean === null
        ? toFigure(unknown('NO_HISTORY'))
        : toFigure(computeTurnover(sold, mean, window.countedDays)),
    sellThrough: toFigure(computeSellThrough(sold, mean)),
    inStockRate: toFigure(
      window.judgedDays === 0
        ? unknown('NO_HISTORY')
        : known(new Decimal(window.inStockDays).div(window.judgedDays)),
    ),
  };
}

function toShortDays(expected: Decimal, shortSales: ReadonlyMap<number, number>): ShortDays {
  const sold = [...shortSales].map(([units, days]) => [textOf(new Decimal(units)), days] as const);
  return { expected: textOf(expected), sold };
}

/** A figure as it is stored. */
export function toFigure(figure: KpiValue): StoredFigure {
  if (figure.value === null) return { value: null, reason: figure.reason };
  return { value: formatDecimal(figure.value), reason: null };
}

function stockDaysOf(
  { units, outShares }: YearOfDays,
  unitsPerDay: number | null,
  length: number,
): StockDay[] {
  const days: StockDay[] = [];
  for (let t = Math.max(0, units.length - length); t < units.length; t++) {
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

function sumOfLast(units: Float64Array, length: number): string {
  let sum = 0;
  for (let t = Math.max(0, units.length - length); t < units.length; t++) sum += units[t]!;
  return textOf(new Decimal(sum));
}

function textOf(value: Decimal): string {
  return formatDecimal(value.toDecimalPlaces(unitsDecimals));
}
