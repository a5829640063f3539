import { dayIndexOf } from '../domain/forecast/calendar-index.ts';
import { AppError } from '../shared/errors.ts';
import { parseCalendarDate } from '../shared/time.ts';
import {
  type CsvRow,
  NoteList,
  type SeriesFileOptions,
  type SeriesSet,
  toSharedValues,
} from './series-set.ts';

const idNames = ['id', 'unique_id', 'series', 'series_id', 'item_id', 'sku', 'stock_code', 'product', 'item'];
const dateNames = ['date', 'ds', 'day', 'period', 'sold_on', 'invoice_time', 'time', 'timestamp'];
const quantityNames = ['quantity', 'y', 'units', 'demand', 'sales', 'qty', 'value'];

interface TidyColumns {
  readonly ids: readonly number[];
  readonly date: number;
  readonly quantity: number;
}

interface Tally {
  negative: number;
  unordered: number;
  repeated: number;
}

/** Reads a tidy file: see `readSeriesFile`. */
export async function readTidyRows(
  rows: AsyncIterable<CsvRow>,
  options: SeriesFileOptions,
): Promise<SeriesSet> {
  const notes = new NoteList();
  const tally: Tally = { negative: 0, unordered: 0, repeated: 0 };
  const byId = new Map<string, Map<number, number>>();
  const bad = new Set<string>();
  let columns: TidyColumns | null = null;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let previous = Number.NEGATIVE_INFINITY;
  const until = parseFitTo(options.fitTo);
  for await (const { record, info } of rows) {
    if (columns === null) {
      columns = findColumns(record, options);
      continue;
    }
    const id = columns.ids.map((column) => (record[column] ?? '').trim()).join('_');
    if (options.idPattern !== null && !options.idPattern.test(id)) continue;
    const day = parseDay(record[columns.date]);
    const quantity = Number(record[columns.quantity]?.trim() || Number.NaN);
    if (day === null || !Number.isFinite(quantity)) {
      const column = day === null ? columns.date : columns.quantity;
      const what = day === null ? 'a date (YYYY-MM-DD)' : 'a number';
      notes.add(
        `row ${info.lines}, column ${column + 1}: "${record[column] ?? ''}" is not ${what}; series ${id} skipped`,
      );
      bad.add(id);
      continue;
    }
    if (day > until) continue;
    first = Math.min(first, day);
    last = Math.max(last, day);
    if (day < previous) tally.unordered += 1;
    previous = day;
    addRow(byId, id, day, quantity, tally);
  }
  if (columns === null) throw new AppError('invalid_input', 'the file is empty: a header row is needed');
  noteTally(tally, notes);
  const ids = [...byId.keys()].filter((id) => !bad.has(id));
  const length = ids.length === 0 ? 0 : last - first + 1;
  const series = ids.map((id) => {
    const values = new Float64Array(length);
    for (const [day, quantity] of byId.get(id)!) values[day - first] = quantity;
    return values;
  });
  return {
    ids,
    values: toSharedValues(series, length),
    length,
    naming: { kind: 'date', prefix: '', first: ids.length === 0 ? 0 : first, step: 1, padding: 0 },
    attributes: new Map(),
    notes: notes.all(),
    skipped: bad.size,
  };
}

function addRow(
  byId: Map<string, Map<number, number>>,
  id: string,
  day: number,
  quantity: number,
  tally: Tally,
): void {
  let days = byId.get(id);
  if (days === undefined) {
    days = new Map();
    byId.set(id, days);
  }
  if (quantity < 0) {
    // A return or a cancellation is not negative demand.
    tally.negative += 1;
    return;
  }
  const before = days.get(day);
  if (before !== undefined) tally.repeated += 1;
  days.set(day, (before ?? 0) + quantity);
}

function noteTally(tally: Tally, notes: NoteList): void {
  if (tally.negative > 0) notes.add(`${tally.negative} negative rows left out: returns are not demand`);
  if (tally.repeated > 0) notes.add(`${tally.repeated} rows repeat a series and day: added up`);
  if (tally.unordered > 0) notes.add(`${tally.unordered} rows are older than the row before: sorted`);
  notes.add('days without a row are taken as 0, from the first to the last date of the file');
}

function parseFitTo(fitTo: string | null): number {
  if (fitTo === null) return Number.POSITIVE_INFINITY;
  const date = parseCalendarDate(fitTo);
  if (date === null)
    throw new AppError('invalid_input', `--fit-to ${fitTo}: a tidy file needs a date YYYY-MM-DD`);
  return dayIndexOf(date);
}

function parseDay(text: string | undefined): number | null {
  const date = parseCalendarDate((text ?? '').trim().slice(0, 10));
  return date === null ? null : dayIndexOf(date);
}

function findColumns(header: readonly string[], options: SeriesFileOptions): TidyColumns {
  const names = header.map((name) => name.trim().toLowerCase());
  const find = (wanted: readonly string[], what: string): number => {
    for (const name of wanted) if (names.includes(name)) return names.indexOf(name);
    throw new AppError(
      'invalid_input',
      `no ${what} column among: ${header.join(', ')}; expected one of ${wanted.join(', ')}`,
    );
  };
  const ids =
    options.idColumns.length > 0
      ? options.idColumns.map((name) => find([name.toLowerCase()], `"${name}"`))
      : [find(idNames, 'id')];
  return { ids, date: find(dateNames, 'date'), quantity: find(quantityNames, 'quantity') };
}
