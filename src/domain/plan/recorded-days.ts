import type { CalendarDate } from '../../shared/time.ts';
import { dayIndexOf } from '../forecast/calendar-index.ts';
import type { YearOfDays } from './history-figures.ts';
import type { LevelHistory } from './level-forecast.ts';

/** What is on record of a level's days, as storage hands it out: comma-separated lists, offsets from `fromDay`. */
export interface DayLists {
  /** First and last day of the window, `YYYY-MM-DD`. */
  readonly fromDay: string;
  readonly lastDay: string;
  /** First day with demand on record, however old; null = never. */
  readonly firstDemandOn: string | null;
  readonly demandOffsets: string | null;
  readonly demandUnits: string | null;
  /** Units of the largest order of each of these days; 0 = not known. */
  readonly demandLargest: string | null;
  /** Demand that was marked as a lower bound when it was counted: 1, else 0. */
  readonly demandCensored: string | null;
  readonly stockOffsets: string | null;
  readonly stockMeans: string | null;
  readonly stockCloses: string | null;
  readonly stockOutShares: string | null;
  /** Units at the end of the last day before `fromDay`; null = stock not on record then. */
  readonly closeBefore: string | null;
}

/** What is on record of a level, ready for the computation. */
export interface RecordedHistory {
  readonly history: LevelHistory;
  readonly year: YearOfDays;
  /** Number of the last day on record. */
  readonly throughDay: number;
}

const yearDays = 365;
/** Goods that lay on the shelf for so long and never sold are known not to sell; before that nothing is known. */
const unsoldDaysMin = 28;
/** A day without stock for at least this share of it says nothing of demand. */
const outShareWhole = 0.95;
/** A day went to one customer when its largest order made up at least this share of it. */
const oneCustomerShare = 0.8;

/**
 * Reads the days of a level: demand from the first day on which sales or stock are on record, a day without a sale as
 * 0; stock carried forward from its last observation. Goods without a sale on record have a history once they lay on the
 * shelf for 28 days: one of zeros.
 *
 * @param row - lists of one level
 * @returns the whole history for the forecast, and its last 365 days for the figures
 * @throws AppError `invalid_input` if a day is no date
 * @see `sumStockDays`
 * @example
 * // two days, 3 sold on the second, 5 on the shelf from the first on
 * toRecordedHistory(row).year.units // Float64Array [0, 3]
 */
export function toRecordedHistory(row: DayLists): RecordedHistory {
  const windowFirst = dayIndexOf(row.fromDay as CalendarDate);
  const windowDays = dayIndexOf(row.lastDay as CalendarDate) - windowFirst + 1;
  const stock = carryStock(row, windowDays);
  const start = Math.min(windowDays, firstRecordedDay(row, stock.outShares, windowFirst));
  const all = spread(row.demandOffsets, row.demandUnits, windowDays);
  const outShares = stock.isKnown ? stock.outShares : null;
  const censored = spread(row.demandOffsets, row.demandCensored, windowDays);
  if (outShares !== null) {
    for (let t = 0; t < windowDays; t++)
      if (censored[t] === 1 && Number.isNaN(outShares[t]!)) outShares[t] = 1;
  }
  const largest = spread(row.demandOffsets, row.demandLargest, windowDays);
  const oneCustomer = Uint8Array.from(all, (units, t) =>
    Number(units > 0 && largest[t]! >= oneCustomerShare * units),
  );
  const yearStart = Math.max(0, windowDays - yearDays);
  return {
    throughDay: windowFirst + windowDays - 1,
    history: {
      firstDay: windowFirst + start,
      units: all.slice(start),
      outShares: outShares?.slice(start) ?? null,
      oneCustomer: oneCustomer.slice(start),
    },
    year: {
      units: all.slice(yearStart),
      meanUnits: stock.means.slice(yearStart),
      outShares: stock.outShares.slice(yearStart),
    },
  };
}

/** Offset of the first day that says anything of demand, ≥ 0; Infinity = none does. */
function firstRecordedDay(row: DayLists, outShares: Float64Array, windowFirst: number): number {
  const firstStock = outShares.findIndex((share) => !Number.isNaN(share));
  if (row.firstDemandOn !== null) {
    const firstSale = Math.max(0, dayIndexOf(row.firstDemandOn as CalendarDate) - windowFirst);
    return firstStock < 0 ? firstSale : Math.min(firstSale, firstStock);
  }
  const shelfDays = outShares.reduce((days, share) => days + Number(share < outShareWhole), 0);
  return shelfDays >= unsoldDaysMin ? firstStock : Number.POSITIVE_INFINITY;
}

/** Days without an observation stand at the close before; days before the first one are not known. */
function carryStock(
  row: DayLists,
  days: number,
): { means: Float64Array; outShares: Float64Array; isKnown: boolean } {
  const means = new Float64Array(days).fill(Number.NaN);
  const outShares = new Float64Array(days).fill(Number.NaN);
  const offsets = numbers(row.stockOffsets);
  const observedMeans = numbers(row.stockMeans);
  const closes = numbers(row.stockCloses);
  const outs = numbers(row.stockOutShares);
  let close = row.closeBefore === null ? null : Number(row.closeBefore);
  let next = 0;
  for (let t = 0; t < days; t++) {
    if (offsets[next] === t) {
      means[t] = observedMeans[next]!;
      outShares[t] = outs[next]!;
      close = closes[next]!;
      next += 1;
    } else if (close !== null) {
      means[t] = Math.max(0, close);
      outShares[t] = close <= 0 ? 1 : 0;
    }
  }
  return { means, outShares, isKnown: close !== null };
}

/**
 * Lists of offsets and values as one array, 0 where nothing is listed.
 *
 * @param offsets - whole numbers; those outside of the array are left out
 * @param values - as many numbers
 * @returns an array of the given length
 * @see {@link DayLists}
 * @example spread('0,2', '4,1', 3) // Float64Array [4, 0, 1]
 */
export function spread(offsets: string | null, values: string | null, length: number): Float64Array {
  const out = new Float64Array(length);
  const list = numbers(values);
  numbers(offsets).forEach((offset, i) => {
    if (offset >= 0 && offset < length) out[offset] = list[i]!;
  });
  return out;
}

function numbers(list: string | null): number[] {
  return list === null || list === '' ? [] : list.split(',').map(Number);
}
