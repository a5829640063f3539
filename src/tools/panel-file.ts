import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { PipelineState } from '../domain/plan/panel/lost-sales-order.ts';
import { makePanel, type PanelPeriod, type SalesPanel } from '../domain/plan/panel/sales-panel.ts';
import { AppError } from '../shared/errors.ts';
import { findPeriodColumns, type PeriodNaming, periodName } from './period-columns.ts';

/** A table of text with the line of the file that each row came from. */
export interface CsvTable {
  readonly path: string;
  readonly header: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly line: number }[];
}

/** A panel with the names of its rows. */
export interface NamedPanel {
  readonly panel: SalesPanel;
  readonly names: readonly { readonly location: string; readonly item: string }[];
  /** Newest periods for which no flag was given: taken as in stock. */
  readonly unflaggedPeriods: number;
}

const faultsShown = 20;

/** Collects faults of a file, so that a person can mend all at once. */
class Faults {
  readonly texts: string[] = [];

  add(table: CsvTable, line: number, text: string): void {
    this.texts.push(`${table.path}, row ${line}: ${text}`);
  }

  throwIfAny(): void {
    if (this.texts.length === 0) return;
    const shown = this.texts.slice(0, faultsShown);
    const rest = this.texts.length - shown.length;
    if (rest > 0) shown.push(`… and ${rest} more`);
    throw new AppError('invalid_input', shown.join('\n  '));
  }
}

/**
 * Reads a small CSV or CSV.gz file with a header.
 *
 * @throws AppError `invalid_input` if it cannot be read, is empty, or a row has more or fewer cells than the header
 */
export async function readCsvTable(path: string): Promise<CsvTable> {
  let rows: { record: string[]; info: { lines: number } }[];
  try {
    const bytes = await readFile(path);
    const text = path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
    // The typing of csv-parse does not know that `info` wraps every record.
    rows = parse(text, {
      ...{ bom: true, info: true, skip_empty_lines: true, relax_column_count: true },
    }) as unknown as { record: string[]; info: { lines: number } }[];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('invalid_input', `cannot read ${path}: ${reason}`, { cause: error });
  }
  const [first, ...rest] = rows;
  if (first === undefined || rest.length === 0) {
    throw new AppError('invalid_input', `${path} needs a header and at least one row`);
  }
  const header = first.record.map((name) => name.trim());
  const odd = rest.find(({ record }) => record.length !== header.length);
  if (odd !== undefined) {
    throw new AppError(
      'invalid_input',
      `${path}, row ${odd.info.lines}: ${odd.record.length} cells, but the header has ${header.length}`,
    );
  }
  const cells = rest.map(({ record, info }) => ({
    cells: record.map((cell) => cell.trim()),
    line: info.lines,
  }));
  return { path, header, rows: cells };
}

/**
 * Makes a panel from a table of sales and one of in-stock flags. In both the first two columns are location and
 * item, under any name; the others are periods: the same in both, but for the newest ones, for which flags may not be
 * known yet: those count as in stock. Rows are matched by location and item.
 *
 * @throws AppError `invalid_input` listing up to 20 faults with file, row and column: a series twice or missing, a
 *   blank, negative or unreadable quantity, a flag other than 0 or 1, periods that differ or have gaps
 */
export function toPanel(sales: CsvTable, inStock: CsvTable, period: PanelPeriod): NamedPanel {
  const salesPeriods = findPeriodsOf(sales);
  const flagPeriods = findPeriodsOf(inStock);
  requireSamePeriods(sales, salesPeriods, inStock, flagPeriods);
  const faults = new Faults();
  const flags = bySeries(inStock, faults);
  const series = bySeries(sales, faults);
  const rows = [...series].map(([key, row]) => {
    const flagRow = flags.get(key);
    if (flagRow === undefined) faults.add(sales, row.line, `${named(row.cells)} is not in ${inStock.path}`);
    return {
      location: row.cells[0]!,
      item: row.cells[1]!,
      sales: salesPeriods.columns.map((column) => quantityIn(sales, row, column, faults)),
      inStock: salesPeriods.columns.map((_, t) => {
        const column = flagPeriods.columns[t];
        if (column === undefined) return true;
        return flagRow !== undefined && flagIn(inStock, flagRow, column, faults);
      }),
    };
  });
  for (const [key, row] of flags) {
    if (!series.has(key)) faults.add(inStock, row.line, `${named(row.cells)} is not in ${sales.path}`);
  }
  faults.throwIfAny();
  const panel = makePanel(rows, firstDateOf(sales, salesPeriods.naming, period), period);
  return {
    panel,
    names: rows.map(({ location, item }) => ({ location, item })),
    unflaggedPeriods: salesPeriods.columns.length - flagPeriods.columns.length,
  };
}

/**
 * Reads the stock of every series: location, item, on_hand, in_transit_1, in_transit_2, … in any order of columns.
 *
 * @param table - the state file
 * @param names - the series that must be there, each once; no others
 * @param leadPeriods - how many in_transit columns there must be
 * @returns states in the order of `names`
 * @throws AppError `invalid_input` listing up to 20 faults with row and column
 */
export function toStates(
  table: CsvTable,
  names: NamedPanel['names'],
  leadPeriods: number,
): readonly PipelineState[] {
  const expected = [
    'location',
    'item',
    'on_hand',
    ...Array.from({ length: leadPeriods }, (_, k) => `in_transit_${k + 1}`),
  ];
  const keys = keyColumnsOf(table);
  const unknown = table.header.filter((name, column) => !keys.includes(column) && !expected.includes(name));
  const missing = expected.slice(2).filter((name) => !table.header.includes(name));
  if (unknown.length > 0 || missing.length > 0 || new Set(table.header).size !== table.header.length) {
    const parts = [
      ...(unknown.length > 0 ? [`unknown columns ${unknown.join(', ')}`] : []),
      ...(missing.length > 0 ? [`missing columns ${missing.join(', ')}`] : []),
    ];
    throw new AppError(
      'invalid_input',
      `${table.path}: ${parts.join('; ') || 'a column comes twice'}; expected ${expected.join(', ')}`,
    );
  }
  const faults = new Faults();
  const rows = bySeries(table, faults, keys);
  const states = names.map(({ location, item }) => {
    const row = rows.get(keyOf(location, item));
    if (row === undefined) {
      faults.texts.push(`${table.path}: no row for location ${location}, item ${item}`);
      return { onHand: 0, inTransit: [] };
    }
    const [onHand, ...inTransit] = expected
      .slice(2)
      .map((name) => quantityIn(table, row, table.header.indexOf(name), faults));
    return { onHand: onHand!, inTransit };
  });
  const known = new Set(names.map(({ location, item }) => keyOf(location, item)));
  for (const [key, row] of rows) {
    const cells = [row.cells[keys[0]]!, row.cells[keys[1]]!];
    if (!known.has(key)) faults.add(table, row.line, `${named(cells)} is not in the sales file`);
  }
  faults.throwIfAny();
  return states;
}

type Row = CsvTable['rows'][number];

function findPeriodsOf(table: CsvTable): { columns: readonly number[]; naming: PeriodNaming } {
  const { columns, naming } = findPeriodColumns(table.header.slice(2));
  if (columns.length !== table.header.length - 2) {
    const other = table.header.find((_, column) => column > 1 && !columns.includes(column - 2));
    throw new AppError(
      'invalid_input',
      `${table.path}: column "${other}" is not a period; the first two columns are location and item, all others periods`,
    );
  }
  return { columns: columns.map((column) => column + 2), naming };
}

function requireSamePeriods(
  sales: CsvTable,
  salesPeriods: ReturnType<typeof findPeriodsOf>,
  inStock: CsvTable,
  flagPeriods: ReturnType<typeof findPeriodsOf>,
): void {
  const most = Math.max(salesPeriods.columns.length, flagPeriods.columns.length);
  for (let t = 0; t < most; t++) {
    const one = sales.header[salesPeriods.columns[t] ?? -1];
    const other = inStock.header[flagPeriods.columns[t] ?? -1];
    // Whether goods were there is often told later than what was sold.
    if (one === other || (one !== undefined && other === undefined)) continue;
    throw new AppError(
      'invalid_input',
      `period ${t + 1} is ${one ?? 'missing'} in ${sales.path}, but ${other ?? 'missing'} in ${inStock.path}`,
    );
  }
}

function firstDateOf(table: CsvTable, naming: PeriodNaming, period: PanelPeriod): string | null {
  if (naming.kind === 'number') return null;
  const isWeekly = naming.kind === 'date' && naming.step === 7;
  if (period === 'week' ? isWeekly : naming.kind === 'month') {
    const name = periodName(naming, 0);
    return period === 'month' ? `${name}-01` : name;
  }
  throw new AppError('invalid_input', `${table.path}: the period columns are not one ${period} apart`);
}

/** Where location and item stand: by their names where both are there, else the first two columns. */
function keyColumnsOf(table: CsvTable): readonly [number, number] {
  const [location, item] = [table.header.indexOf('location'), table.header.indexOf('item')];
  return location >= 0 && item >= 0 ? [location, item] : [0, 1];
}

function bySeries(
  table: CsvTable,
  faults: Faults,
  [location, item]: readonly [number, number] = [0, 1],
): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const row of table.rows) {
    const cells = [row.cells[location]!, row.cells[item]!] as const;
    const key = keyOf(...cells);
    if (rows.has(key)) faults.add(table, row.line, `${named(cells)} comes twice`);
    else rows.set(key, row);
  }
  return rows;
}

function keyOf(location: string, item: string): string {
  return `${location}\u0000${item}`;
}

function named(cells: readonly string[]): string {
  return `location ${cells[0]}, item ${cells[1]}`;
}

function quantityIn(table: CsvTable, row: Row, column: number, faults: Faults): number {
  const text = row.cells[column]!;
  const value = Number(text);
  if (text !== '' && Number.isFinite(value) && value >= 0) return value;
  const problem =
    text === '' ? 'is blank' : value < 0 ? `is negative (${text})` : `"${text}" is not a number`;
  faults.add(table, row.line, `column ${table.header[column]} ${problem}; a quantity of 0 or more is needed`);
  return 0;
}

function flagIn(table: CsvTable, row: Row, column: number, faults: Faults): boolean {
  const text = row.cells[column]!.toLowerCase();
  if (text === '1' || text === 'true' || text === '1.0') return true;
  if (text === '0' || text === 'false' || text === '0.0') return false;
  faults.add(
    table,
    row.line,
    `column ${table.header[column]} "${text}" is not a flag; 1 (in stock) or 0 is needed`,
  );
  return false;
}
