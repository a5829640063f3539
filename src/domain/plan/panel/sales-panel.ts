import { AppError } from '../../../shared/errors.ts';

/** Length of one column of a panel. */
export type PanelPeriod = 'week' | 'month';

/** Sales of many location-items over the same periods, as rows of one matrix. */
export interface SalesPanel {
  readonly seriesCount: number;
  readonly periodCount: number;
  /** Group number of each series by location and by item: 0, 1, 2 … */
  readonly locationOf: Int32Array;
  readonly itemOf: Int32Array;
  /** Units sold, row by row: series s, period t at s · periodCount + t. Never negative. */
  readonly sales: Float64Array;
  /** 1 = the goods were there, so that sales are demand; 0 = sold out or not kept: demand unknown. */
  readonly inStock: Uint8Array;
  /** Place in the year of a period, also beyond the last: 0 … cycle − 1. All 0 when unknown. */
  readonly seasonOf: (period: number) => number;
  /** Periods in a year: 52 or 12; 1 when the periods have no dates, so no yearly pattern can be known. */
  readonly cycle: number;
}

/**
 * Makes a panel from rows.
 *
 * @param rows - one per series: location, item, sales and in-stock flags of equal length
 * @param firstDate - first day of the first period, `YYYY-MM-DD`; null = unknown, no yearly pattern then
 * @param period - length of a period
 * @returns the panel; groups are numbered in order of appearance
 * @throws AppError `invalid_input` if there are no rows or lengths differ
 * @see weeks are numbered by ISO 8601; week 53 is taken as 52
 * @example makePanel([{ location: 'a', item: 'x', sales: [1, 0], inStock: [true, true] }], '2024-04-08', 'week').seasonOf(0) // 14
 */
export function makePanel(
  rows: readonly {
    readonly location: string;
    readonly item: string;
    readonly sales: readonly number[];
    readonly inStock: readonly boolean[];
  }[],
  firstDate: string | null,
  period: PanelPeriod,
): SalesPanel {
  const periodCount = rows[0]?.sales.length ?? 0;
  if (periodCount === 0)
    throw new AppError('invalid_input', 'a panel needs at least one series and one period');
  const sales = new Float64Array(rows.length * periodCount);
  const inStock = new Uint8Array(rows.length * periodCount);
  rows.forEach((row, s) => {
    if (row.sales.length !== periodCount || row.inStock.length !== periodCount) {
      throw new AppError(
        'invalid_input',
        `series ${row.location}, ${row.item} has not ${periodCount} periods`,
      );
    }
    sales.set(row.sales, s * periodCount);
    inStock.set(row.inStock.map(Number), s * periodCount);
  });
  return {
    seriesCount: rows.length,
    periodCount,
    locationOf: numbered(rows.map((row) => row.location)),
    itemOf: numbered(rows.map((row) => row.item)),
    sales,
    inStock,
    cycle: firstDate === null ? 1 : period === 'week' ? 52 : 12,
    seasonOf: firstDate === null ? () => 0 : seasonFrom(firstDate, period),
  };
}

/**
 * A panel's first periods, as it was known then: nothing later can be reached through it.
 *
 * @param panel - the whole history
 * @param periodCount - how many periods to keep, 1 … panel.periodCount
 * @returns a copy
 * @see the hidden-future rule: a decision of the past must not change when later data does
 * @example headOfPanel(panel, 10).periodCount // 10
 */
export function headOfPanel(panel: SalesPanel, periodCount: number): SalesPanel {
  const sales = new Float64Array(panel.seriesCount * periodCount);
  const inStock = new Uint8Array(panel.seriesCount * periodCount);
  for (let s = 0; s < panel.seriesCount; s++) {
    const from = s * panel.periodCount;
    sales.set(panel.sales.subarray(from, from + periodCount), s * periodCount);
    inStock.set(panel.inStock.subarray(from, from + periodCount), s * periodCount);
  }
  return { ...panel, periodCount, sales, inStock };
}

function numbered(names: readonly string[]): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(names, (name) => {
    const known = numbers.get(name) ?? numbers.size;
    numbers.set(name, known);
    return known;
  });
}

function seasonFrom(firstDate: string, period: PanelPeriod): (t: number) => number {
  const first = new Date(`${firstDate}T00:00:00Z`);
  if (period === 'month') return (t) => (((first.getUTCMonth() + t) % 12) + 12) % 12;
  return (t) => isoWeekOf(first.getTime() + t * 7 * 86_400_000) - 1;
}

/** ISO week of the year, 1 … 52: the week of the Thursday in it; a 53rd week counts as the 52nd. */
function isoWeekOf(timeMs: number): number {
  const day = new Date(timeMs);
  const thursday = timeMs + (4 - (day.getUTCDay() || 7)) * 86_400_000;
  const newYear = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1);
  return Math.min(52, 1 + Math.floor((thursday - newYear) / (7 * 86_400_000)));
}
