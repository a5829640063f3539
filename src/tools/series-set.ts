import type { PeriodNaming } from './period-columns.ts';

/** Many series of equal length, as read from a file. */
export interface SeriesSet {
  readonly ids: readonly string[];
  /** Units of all series one after the other, `length` each, NaN = not known. Shared with worker threads. */
  readonly values: Float64Array;
  /** Periods per series. */
  readonly length: number;
  readonly naming: PeriodNaming;
  /** Other columns of the file, by name: one text per series. Of a tidy file: from the first row of each. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  /** What was wrong or assumed, with rows and columns, for people. */
  readonly notes: readonly string[];
  /** Series that could not be used. */
  readonly skipped: number;
}

/** How to read a file. */
export interface SeriesFileOptions {
  readonly layout: 'wide' | 'tidy';
  /** Columns that name a series, joined by `_`; empty = found by name. */
  readonly idColumns: readonly string[];
  /** Only series whose id matches; null = all. */
  readonly idPattern: RegExp | null;
  /** Last period to use: its name, or how many periods; null = all. */
  readonly fitTo: string | null;
  /** Season that was asked for; null = by the file. */
  readonly season: number | null;
}

const blankWords = new Set(['', 'na', 'n/a', 'nan', 'null', 'none']);

/** More than this in one period is no quantity; sums of many series must stay exact enough. */
const quantityMax = 1e12;

/** What a cell says: units, NaN = not known, or why it cannot be read. */
export function parseQuantity(text: string | undefined): number | string {
  if (isBlank(text)) return Number.NaN;
  const value = Number(text);
  if (!Number.isFinite(value)) return 'is not a number';
  return Math.abs(value) > quantityMax ? 'is too big, 1e12 is the most' : value;
}

/** Whether a cell says "not known": empty, or one of the usual words for it. */
function isBlank(text: string | undefined): boolean {
  return text === undefined || blankWords.has(text.trim().toLowerCase());
}

/** Notes kept per file: the first ones help, thousands do not. */
const notesMax = 20;

/** Collects notes up to a limit and counts the rest. */
export class NoteList {
  private readonly texts: string[] = [];
  private unlisted = 0;

  /** Adds a note, or counts it once enough are listed. */
  add(text: string): void {
    if (this.texts.length < notesMax) this.texts.push(text);
    else this.unlisted += 1;
  }

  /** The notes, with a last line for those not listed. */
  all(): string[] {
    return this.unlisted === 0
      ? [...this.texts]
      : [...this.texts, `… and ${this.unlisted} more of this kind`];
  }
}

/** A row of the parser with where it came from. */
export interface CsvRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Puts series into one block of memory that worker threads can read.
 *
 * @param series - of equal length
 */
export function toSharedValues(series: readonly Float64Array[], length: number): Float64Array {
  const values = new Float64Array(new SharedArrayBuffer(series.length * length * 8));
  for (const [i, one] of series.entries()) values.set(one, i * length);
  return values;
}

/** Values of one series of a set; a view, not a copy. */
export function seriesOf(set: Pick<SeriesSet, 'values' | 'length'>, i: number): Float64Array {
  return set.values.subarray(i * set.length, (i + 1) * set.length);
}
