import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { AppError } from '../../../shared/errors.ts';
import type { WorldWarehouse } from '../world/world.ts';
import { classifyLine, type TraceClass } from './classify.ts';
import { parseTraceTime } from './local-time.ts';
import { traceWarehouses, warehouseOf } from './regions.ts';

/** Yuan per pound: near the rate of 2011, round so that prices stay readable. */
const yuanPerPound = 10;
/** The public file is of a wholesaler in Britain; its times carry no zone. */
const publicTimeZone = 'Europe/London';
const bytesMax = 1_073_741_824;

/** One line of a trace that could be read. */
export interface TraceLine {
  /** Number of the data row in the file, from 1. */
  row: number;
  at: number;
  order: string;
  sku: string;
  title: string;
  /** Whole units; negative for what came back. */
  quantity: number;
  priceYuan: number | null;
  /** Customers' place: lines are matched within it. */
  place: string;
  warehouse: number;
  class: TraceClass;
}

/** A trace as read: its lines in order of time, the warehouses they name, and the rows that were no lines. */
export interface Trace {
  layout: 'public' | 'tidy';
  lines: TraceLine[];
  warehouses: WorldWarehouse[];
  malformed: { row: number; reason: string }[];
  rowCount: number;
}

type Columns = Readonly<Record<string, number>>;
type Cells = readonly string[];

const publicNames: Readonly<Record<string, string>> = {
  invoicetime: 'time',
  invoicedate: 'time',
  invoiceno: 'order',
  invoice: 'order',
  stockcode: 'sku',
  description: 'title',
  quantity: 'quantity',
  unitpricegbp: 'price',
  unitprice: 'price',
  price: 'price',
  country: 'place',
};
const tidyNames: Readonly<Record<string, string>> = {
  time: 'time',
  order: 'order',
  sku: 'sku',
  title: 'title',
  quantity: 'quantity',
  unitprice: 'price',
  warehouse: 'place',
  timezone: 'zone',
  kind: 'kind',
};

function findColumns(header: Cells, names: Readonly<Record<string, string>>): Columns | null {
  const columns: Record<string, number> = {};
  for (const [index, name] of header.entries()) {
    const known = names[name.toLowerCase().replace(/[^a-z]/g, '')];
    if (known !== undefined) columns[known] ??= index;
  }
  const needed = ['time', 'order', 'sku', 'quantity', 'place'];
  return needed.every((name) => columns[name] !== undefined) ? columns : null;
}

/**
 * Reads a file of recorded sales: CSV or CSV.gz, in the layout of the public UCI Online Retail file or in the
 * tidy layout of docs/trace-format.md. Rows that cannot be read are listed, not fatal.
 *
 * @throws AppError `invalid_input` when there is no such file, no known header, or no line at all
 */
export async function readTrace(path: string): Promise<Trace> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes, { maxOutputLength: bytesMax });
  } catch (error) {
    throw new AppError('invalid_input', `trace ${path}: cannot be read (${String(error)})`, { cause: error });
  }
  return parseTrace(bytes, path);
}

/** Reads the text of a trace; `name` is for messages. The same errors as {@link readTrace}. */
export function parseTrace(bytes: Buffer, name: string): Trace {
  const records = parse(decode(bytes), {
    bom: true,
    relaxColumnCount: true,
    relaxQuotes: true,
    skipEmptyLines: true,
  }) as string[][];
  const header = records.shift() ?? [];
  const publicColumns = findColumns(header, publicNames);
  const columns = publicColumns ?? findColumns(header, tidyNames);
  if (columns === null) {
    throw new AppError(
      'invalid_input',
      `trace ${name}: the first line must name the columns, such as invoice_time,invoice_no,stock_code,description,quantity,unit_price_gbp,country; got "${header.join(',').slice(0, 200)}"`,
    );
  }
  const layout = publicColumns === null ? 'tidy' : 'public';
  const reader = layout === 'public' ? readPublicRow : makeTidyReader();
  const trace: Trace = { layout, lines: [], warehouses: [], malformed: [], rowCount: records.length };
  for (const [index, cells] of records.entries()) {
    const line = reader(index + 1, (column) => (cells[columns[column] ?? -1] ?? '').trim(), trace);
    if (typeof line === 'string') trace.malformed.push({ row: index + 1, reason: line });
    else trace.lines.push(line);
  }
  if (trace.lines.length === 0) throw new AppError('invalid_input', `trace ${name}: no line could be read`);
  if (layout === 'public') trace.warehouses = [...traceWarehouses];
  trace.lines.sort((a, b) => a.at - b.at || a.row - b.row);
  return trace;
}

/** UTF-8, or Latin-1 where the bytes are no UTF-8: the public file goes round in both. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

type RowReader = (row: number, cell: (column: string) => string, trace: Trace) => TraceLine | string;

function readNumber(text: string): number | null {
  return /^[+-]?\d{1,12}(\.\d{1,10})?$/.test(text) ? Number(text) : null;
}

function readCommon(row: number, cell: (column: string) => string, timeZone: string) {
  const at = parseTraceTime(cell('time'), timeZone);
  if (at === null) return `time: expected such as 2010-12-01 08:26:00, got "${cell('time')}"`;
  const quantity = readNumber(cell('quantity'));
  if (quantity === null || !Number.isInteger(quantity) || quantity === 0) {
    return `quantity: expected a whole number other than 0, got "${cell('quantity')}"`;
  }
  const order = cell('order');
  // Codes differ in case only by habit of typing.
  const sku = cell('sku').toUpperCase();
  if (order === '' || sku === '') return `${order === '' ? 'order' : 'sku'}: is empty`;
  return { row, at, order, sku, title: cell('title'), quantity };
}

const readPublicRow: RowReader = (row, cell) => {
  const common = readCommon(row, cell, publicTimeZone);
  if (typeof common === 'string') return common;
  const price = readNumber(cell('price'));
  const place = cell('place');
  return {
    ...common,
    priceYuan: price === null ? null : Math.round(price * yuanPerPound * 10_000) / 10_000,
    place: place.toLowerCase(),
    warehouse: warehouseOf(place),
    class: classifyLine({ ...common, price }),
  };
};

const kinds: Readonly<Record<string, TraceClass>> = {
  sale: 'sale',
  return: 'cancellation',
  correction: 'correction',
  service: 'non_goods',
};

function makeTidyReader(): RowReader {
  const numbers = new Map<string, number>();
  return (row, cell, trace) => {
    const code = cell('place');
    const timeZone = cell('zone') === '' ? 'Asia/Shanghai' : cell('zone');
    if (code === '') return 'warehouse: is empty';
    const common = readCommon(row, cell, timeZone);
    if (typeof common === 'string') return common;
    const kind = cell('kind').toLowerCase();
    if (kind !== '' && kinds[kind] === undefined) {
      return `kind: expected sale, return, correction or service, got "${kind}"`;
    }
    let warehouse = numbers.get(code);
    if (warehouse === undefined) {
      warehouse = numbers.size;
      numbers.set(code, warehouse);
      trace.warehouses.push({ code, name: code, timeZone, latitude: null, longitude: null });
    }
    const priceYuan = readNumber(cell('price'));
    const given = kinds[kind] ?? (common.quantity < 0 ? 'cancellation' : 'sale');
    const isUnpriced = given === 'sale' && (priceYuan === null || priceYuan <= 0);
    if (given === 'sale' && common.quantity <= 0) return 'quantity: a sale needs more than 0';
    if (given === 'cancellation' && common.quantity >= 0) return 'quantity: a return needs less than 0';
    return { ...common, priceYuan, place: code, warehouse, class: isUnpriced ? 'unpriced' : given };
  };
}
