import { AppError } from '../shared/errors.ts';
import { findPeriodColumns, type PeriodColumns, periodName } from './period-columns.ts';
import {
  type CsvRow,
  NoteList,
  parseQuantity,
  type SeriesFileOptions,
  type SeriesSet,
  toSharedValues,
} from './series-set.ts';

const idNames = ['id', 'unique_id', 'series', 'series_id', 'item_id', 'sku', 'stock_code', 'product'];

/** Reads a wide file: see `readSeriesFile`. */
export async function readWideRows(
  rows: AsyncIterable<CsvRow>,
  options: SeriesFileOptions,
): Promise<SeriesSet> {
  const notes = new NoteList();
  const series: Float64Array[] = [];
  const others: string[][] = [];
  let header: readonly string[] = [];
  let periods: PeriodColumns | null = null;
  let used: readonly number[] = [];
  let skipped = 0;
  for await (const { record, info } of rows) {
    if (periods === null) {
      header = record.map((name) => name.trim());
      periods = findPeriodColumns(header);
      used = periods.columns.slice(0, countPeriods(periods, options.fitTo));
      continue;
    }
    if (record.length !== header.length) {
      const what = record.length < header.length ? 'the missing ones are not known' : 'the rest is not read';
      notes.add(`row ${info.lines}: ${record.length} columns, the header has ${header.length}; ${what}`);
    }
    const values = parseValues(record, used, header, info.lines, notes);
    if (values === null) {
      skipped += 1;
      continue;
    }
    series.push(values);
    others.push(periods.others.map((column) => (record[column] ?? '').trim()));
  }
  if (periods === null) throw new AppError('invalid_input', 'the file is empty: a header row is needed');
  const names = periods.others.map((column) => header[column]!);
  const ids = toIds(names, others, options, notes);
  const kept = keepSeries(ids, options, notes);
  skipped += ids.length - kept.length - ids.filter((id) => options.idPattern?.test(id) === false).length;
  const attributes = new Map(names.map((name, j) => [name, kept.map((i) => others[i]![j]!)]));
  return {
    ids: kept.map((i) => ids[i]!),
    values: toSharedValues(
      kept.map((i) => series[i]!),
      used.length,
    ),
    length: used.length,
    naming: periods.naming,
    attributes,
    notes: notes.all(),
    skipped,
  };
}

function countPeriods(periods: PeriodColumns, fitTo: string | null): number {
  const all = periods.columns.length;
  if (fitTo === null) return all;
  for (let i = 0; i < all; i++) if (periodName(periods.naming, i) === fitTo) return i + 1;
  const count = Number(fitTo);
  if (Number.isInteger(count) && count >= 1 && count <= all) return count;
  throw new AppError(
    'invalid_input',
    `--fit-to ${fitTo}: no such period column, and not a number from 1 to ${all}`,
  );
}

function parseValues(
  record: readonly string[],
  columns: readonly number[],
  header: readonly string[],
  line: number,
  notes: NoteList,
): Float64Array | null {
  const values = new Float64Array(columns.length);
  let negative = 0;
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i]!;
    const text = record[column];
    const value = parseQuantity(text);
    if (typeof value === 'string') {
      notes.add(`row ${line}, column ${column + 1} (${header[column]}): "${text}" ${value}; series skipped`);
      return null;
    }
    if (value < 0) negative += 1;
    values[i] = Math.max(0, value);
  }
  if (negative > 0) notes.add(`row ${line}: ${negative} negative quantities taken as 0`);
  return values;
}

function toIds(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  options: SeriesFileOptions,
  notes: NoteList,
): string[] {
  const positions = options.idColumns.map((name) => {
    const position = names.indexOf(name);
    if (position < 0) {
      throw new AppError(
        'invalid_input',
        `--id-columns: no column "${name}"; there are: ${names.join(', ')}`,
      );
    }
    return position;
  });
  if (positions.length > 0) return joinColumns(rows, positions);
  const named = names.findIndex((name) => name.toLowerCase() === 'id');
  if (named >= 0) return joinColumns(rows, [named]);
  const candidates = names.map((name) => idNames.indexOf(name.toLowerCase())).map((rank, j) => ({ rank, j }));
  const known = candidates.filter(({ rank }) => rank >= 0).sort((a, b) => a.rank - b.rank);
  for (const { j } of known) if (isUnique(joinColumns(rows, [j]))) return joinColumns(rows, [j]);
  for (let count = 1; count <= names.length; count++) {
    const ids = joinColumns(rows, [...Array(count).keys()]);
    if (isUnique(ids)) return ids;
  }
  notes.add(
    names.length === 0
      ? 'no id column: rows are numbered'
      : 'no column tells the rows apart: rows are numbered',
  );
  return rows.map((_, i) => String(i + 1));
}

function joinColumns(rows: readonly (readonly string[])[], positions: readonly number[]): string[] {
  return rows.map((row) => positions.map((position) => row[position]!).join('_'));
}

function isUnique(ids: readonly string[]): boolean {
  return new Set(ids).size === ids.length;
}

function keepSeries(ids: readonly string[], options: SeriesFileOptions, notes: NoteList): number[] {
  const seen = new Set<string>();
  const kept: number[] = [];
  ids.forEach((id, i) => {
    if (options.idPattern !== null && !options.idPattern.test(id)) return;
    if (seen.has(id)) notes.add(`series ${id} comes twice; the first is used`);
    else kept.push(i);
    seen.add(id);
  });
  return kept;
}
