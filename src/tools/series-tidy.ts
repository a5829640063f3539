import { calendarDateOf, dayIndexOf } from '../domain/forecast/calendar-index.ts';
import { AppError } from '../shared/errors.ts';
import { parseCalendarDate } from '../shared/time.ts';
import type { PeriodNaming } from './period-columns.ts';
import {
  type CsvRow,
  NoteList,
  parseQuantity,
  type SeriesFileOptions,
  type SeriesSet,
  toSharedValues,
} from './series-set.ts';
import { findImplausibleDays, findTidyPeriods } from './tidy-periods.ts';

const idNames = ['id', 'unique_id', 'series', 'series_id', 'item_id', 'sku', 'stock_code', 'product', 'item'];
const dateNames = ['date', 'ds', 'day', 'period', 'sold_on', 'invoice_time', 'time', 'timestamp'];
const quantityNames = ['quantity', 'y', 'units', 'demand', 'sales', 'qty', 'value'];

interface TidyColumns {
  readonly ids: readonly number[];
  readonly date: number;
  readonly quantity: number;
  /** All other columns: what a series belongs to, read from its first row. */
  readonly others: readonly number[];
}

/** Rows of one series as they come. */
interface TidySeries {
  readonly days: number[];
  readonly lines: number[];
  /** NaN = not known. */
  readonly quantities: number[];
  readonly others: readonly string[];
}

interface Tally {
  negative: number;
  unordered: number;
  repeated: number;
  unknown: number;
}

/** Reads a tidy file: see `readSeriesFile`. */
export async function readTidyRows(
  rows: AsyncIterable<CsvRow>,
  options: SeriesFileOptions,
): Promise<SeriesSet> {
  const notes = new NoteList();
  const tally: Tally = { negative: 0, unordered: 0, repeated: 0, unknown: 0 };
  const byId = new Map<string, TidySeries>();
  const bad = new Set<string>();
  let header: readonly string[] = [];
  let columns: TidyColumns | null = null;
  let previous = Number.NEGATIVE_INFINITY;
  const until = parseFitTo(options.fitTo);
  for await (const { record, info } of rows) {
    if (columns === null) {
      header = record.map((name) => name.trim());
      columns = findColumns(header, options);
      continue;
    }
    const id = columns.ids.map((column) => (record[column] ?? '').trim()).join('_');
    if (options.idPattern !== null && !options.idPattern.test(id)) continue;
    const day = parseDay(record[columns.date]);
    const quantity = parseQuantity(record[columns.quantity]);
    if (day === null || typeof quantity === 'string') {
      const column = day === null ? columns.date : columns.quantity;
      const what = day === null ? 'is not a date (YYYY-MM-DD)' : quantity;
      const place = `row ${info.lines}, column ${column + 1} (${header[column]})`;
      notes.add(`${place}: "${record[column] ?? ''}" ${what}; series ${id} skipped`);
      bad.add(id);
      continue;
    }
    if (day > until) continue;
    if (day < previous) tally.unordered += 1;
    previous = day;
    if (quantity < 0) tally.negative += 1;
    if (Number.isNaN(quantity)) tally.unknown += 1;
    addRow(byId, id, day, quantity, info.lines, () => columns!.others.map((at) => (record[at] ?? '').trim()));
  }
  if (columns === null) throw new AppError('invalid_input', 'the file is empty: a header row is needed');
  skipImplausible(byId, bad, header[columns.date]!, columns.date, notes);
  const ids = [...byId.keys()].filter((id) => !bad.has(id));
  const set = fillPeriods(
    ids.map((id) => byId.get(id)!),
    options.season,
    tally,
  );
  noteTally(tally, set.naming, notes);
  const attributes = new Map(
    columns.others.map((at, j) => [header[at]!, ids.map((id) => byId.get(id)!.others[j]!)]),
  );
  return { ...set, ids, attributes, notes: notes.all(), skipped: bad.size };
}

function addRow(
  byId: Map<string, TidySeries>,
  id: string,
  day: number,
  quantity: number,
  line: number,
  others: () => readonly string[],
): void {
  let series = byId.get(id);
  if (series === undefined) {
    series = { days: [], lines: [], quantities: [], others: others() };
    byId.set(id, series);
  }
  series.days.push(day);
  series.lines.push(line);
  series.quantities.push(quantity);
}

function skipImplausible(
  byId: ReadonlyMap<string, TidySeries>,
  bad: Set<string>,
  name: string,
  column: number,
  notes: NoteList,
): void {
  const all = [...byId].filter(([id]) => !bad.has(id)).flatMap(([, { days }]) => days);
  const isImplausible = findImplausibleDays(all);
  for (const [id, { days, lines }] of byId) {
    if (bad.has(id)) continue;
    const at = days.findIndex(isImplausible);
    if (at < 0) continue;
    const date = calendarDateOf(days[at]!);
    notes.add(
      `row ${lines[at]}, column ${column + 1} (${name}): "${date}" is more than eleven years from most dates; series ${id} skipped`,
    );
    bad.add(id);
  }
}

/** Adds the rows of each period up; periods without a row are 0. */
function fillPeriods(
  all: readonly TidySeries[],
  season: number | null,
  tally: Tally,
): Pick<SeriesSet, 'values' | 'length' | 'naming'> {
  if (all.length === 0) {
    const naming = { kind: 'date', prefix: '', first: 0, step: 1, padding: 0 } as const;
    return { values: toSharedValues([], 0), length: 0, naming };
  }
  const { naming, length, positionOf } = findTidyPeriods(
    (function* () {
      for (const { days } of all) yield* days;
    })(),
    season,
  );
  const seen = new Uint8Array(length);
  const series = all.map(({ days, quantities }) => {
    const values = new Float64Array(length);
    seen.fill(0);
    days.forEach((day, i) => {
      // A return or a cancellation is not negative demand.
      if (quantities[i]! < 0) return;
      const at = positionOf(day);
      if (seen[at] === 1) tally.repeated += 1;
      seen[at] = 1;
      values[at]! += quantities[i]!;
    });
    return values;
  });
  return { values: toSharedValues(series, length), length, naming };
}

function noteTally(tally: Tally, naming: PeriodNaming, notes: NoteList): void {
  if (tally.negative > 0) notes.add(`${tally.negative} negative rows left out: returns are not demand`);
  if (tally.unknown > 0) notes.add(`${tally.unknown} rows without a quantity: not known, which is not 0`);
  if (tally.repeated > 0) notes.add(`${tally.repeated} rows repeat a series and day: added up`);
  if (tally.unordered > 0) notes.add(`${tally.unordered} rows are older than the row before: sorted`);
  const period = naming.kind === 'month' ? 'month' : naming.step === 7 ? 'week' : 'day';
  if (period !== 'day') notes.add(`all dates lie whole ${period}s apart: a period is a ${period}`);
  notes.add(`${period}s without a row are taken as 0, from the first to the last date of the file`);
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
  const date = find(dateNames, 'date');
  const quantity = find(quantityNames, 'quantity');
  const others = names.map((_, column) => column).filter((column) => column !== date && column !== quantity);
  return { ids, date, quantity, others };
}
