import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Command } from 'commander';
import { parse } from 'csv-parse';

/** Lines and units of one class; units without their sign. */
interface ClassCount {
  lines: number;
  units: number;
}

/** What a trace file holds, class by class; every row of the file is in exactly one. */
export interface TraceClasses {
  rows: number;
  sales: ClassCount;
  /** Cancellations that refund earlier sales. A row counts here as soon as one of its units does. */
  matchedCancellations: ClassCount;
  /** Units that came back and belong to no sale in the file; lines: rows of which no unit does. */
  unmatchedReturns: ClassCount;
  nonGoods: ClassCount;
  unpriced: ClassCount;
  corrections: ClassCount;
  /** Rows that cannot be read; without units. */
  malformed: ClassCount;
}

/*
 * Deliberately shares nothing with the code that plays a trace: it is the second witness when the database is
 * held against the file.
 */

interface GoodsEvent {
  sortKey: number;
  row: number;
  /** Above 0 sold, below 0 cancelled. */
  units: number;
}

const serviceCodes = /^(POST|DOT|C[23]|[MDSB]|BANK CHARGES|AMAZONFEE|CRUK|ADJUST2?|GIFT.*|TEST\d.*)$/;
const wholeNumber = /^[+-]?\d{1,12}(\.0{1,10})?$/;
const anyNumber = /^[+-]?\d{1,12}(\.\d{1,10})?$/;

const zoneFormats = new Map<string, Intl.DateTimeFormat>();

/** How far a zone is ahead of UTC at about this instant, ms. */
function zoneOffset(timeZone: string, at: number): number {
  let format = zoneFormats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    zoneFormats.set(timeZone, format);
  }
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const found = /([+-])(\d\d):(\d\d)/.exec(name);
  if (found === null) return 0;
  return (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) * 60_000;
}

/**
 * A number that sorts like the time a text means: ms since 1970, of wall-clock times in the given zone; null
 * when the text is no time. Without a zone wall-clock times are only comparable with each other.
 */
function toSortKey(text: string, timeZone: string | null): number | null {
  const iso =
    /^(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?$/.exec(text);
  if (iso?.[7] !== undefined) {
    const instant = new Date(text).getTime();
    return Number.isNaN(instant) ? null : instant;
  }
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d\d)(?::(\d\d))?$/.exec(text);
  const found = iso ?? american;
  if (found === null) return null;
  const [year, month, day] = (iso ? [1, 2, 3] : [3, 1, 2]).map((index) => Number(found[index])) as [
    number,
    number,
    number,
  ];
  const [hour, minute, second] = [Number(found[4]), Number(found[5]), Number(found[6] ?? 0)];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59) return null;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return timeZone === null ? wall : wall - zoneOffset(timeZone, wall);
}

/** Sums up, per code and country, what cancellations find among the latest sales before them. */
function countReturns(groups: Iterable<GoodsEvent[]>, counts: TraceClasses): void {
  for (const events of groups) {
    events.sort((a, b) => a.sortKey - b.sortKey || a.row - b.row);
    const sold: number[] = [];
    for (const { units } of events) {
      if (units > 0) {
        sold.push(units);
        continue;
      }
      let owed = -units;
      while (owed > 0 && sold.length > 0) {
        const newest = sold.pop() as number;
        if (newest > owed) sold.push(newest - owed);
        owed = Math.max(0, owed - newest);
      }
      const matched = -units - owed;
      counts.matchedCancellations.units += matched;
      counts.unmatchedReturns.units += owed;
      if (matched > 0) counts.matchedCancellations.lines++;
      else counts.unmatchedReturns.lines++;
    }
  }
}

type Pick = (...names: string[]) => string;

/** `public` layout: the class follows from code, invoice number, sign and price. */
function classOfPublicRow(pick: Pick, units: number) {
  const code = pick('stockcode').toUpperCase();
  const invoice = pick('invoiceno', 'invoice').toUpperCase();
  if (serviceCodes.test(code)) return 'nonGoods';
  if (invoice.startsWith('C')) return units < 0 ? 'return' : 'corrections';
  if (units < 0) return 'corrections';
  const price = pick('unitpricegbp', 'unitprice', 'price');
  return anyNumber.test(price) && Number(price) > 0 ? 'sales' : 'unpriced';
}

/** `tidy` layout: the row says its kind itself, or the sign does. */
function classOfTidyRow(pick: Pick, units: number) {
  const kind = pick('kind').toLowerCase();
  if (kind === 'service') return 'nonGoods';
  if (kind === 'correction') return 'corrections';
  if (kind === 'return' || (kind === '' && units < 0)) return units < 0 ? 'return' : 'malformed';
  if (kind !== '' && kind !== 'sale') return 'malformed';
  if (units < 0) return 'malformed';
  const price = pick('unitprice');
  return anyNumber.test(price) && Number(price) > 0 ? 'sales' : 'unpriced';
}

function emptyCounts(): TraceClasses {
  const none = (): ClassCount => ({ lines: 0, units: 0 });
  return {
    rows: 0,
    sales: none(),
    matchedCancellations: none(),
    unmatchedReturns: none(),
    nonGoods: none(),
    unpriced: none(),
    corrections: none(),
    malformed: none(),
  };
}

/** First bytes of a gzip file. */
async function isGzip(path: string): Promise<boolean> {
  for await (const chunk of createReadStream(path, { end: 1 })) {
    return (chunk as Buffer)[0] === 0x1f && (chunk as Buffer)[1] === 0x8b;
  }
  return false;
}

/**
 * Counts the lines and units of a trace file by class, straight from the file: CSV or CSV.gz, public or tidy
 * layout. Reads only; the result depends on nothing but the file.
 *
 * @throws Error when the file cannot be read or is no gzip although it begins like one
 */
export async function countTraceClasses(path: string): Promise<TraceClasses> {
  const counts = emptyCounts();
  const groups = new Map<string, GoodsEvent[]>();
  let names: string[] | null = null;
  const take = (cells: string[]) => {
    if (names === null) {
      names = cells.map((name) => name.toLowerCase().replace(/[^a-z]/g, ''));
      return;
    }
    const header = names;
    counts.rows++;
    const pick: Pick = (...wanted) => {
      const name = wanted.find((candidate) => header.includes(candidate));
      return name === undefined ? '' : (cells[header.indexOf(name)] ?? '').trim();
    };
    countRow(pick, header.includes('stockcode'), counts, groups);
  };
  // Latin-1 reads every byte; only ASCII columns matter here.
  const parser = parse({
    encoding: 'latin1',
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  parser.on('data', take);
  const source = createReadStream(path);
  await ((await isGzip(path)) ? pipeline(source, createGunzip(), parser) : pipeline(source, parser));
  countReturns(groups.values(), counts);
  return counts;
}

function countRow(
  pick: Pick,
  isPublic: boolean,
  counts: TraceClasses,
  groups: Map<string, GoodsEvent[]>,
): void {
  const sortKey = isPublic
    ? toSortKey(pick('invoicetime', 'invoicedate'), null)
    : toSortKey(pick('time'), pick('timezone') || 'Asia/Shanghai');
  const amount = pick('quantity');
  const sku = pick('stockcode', 'sku').toUpperCase();
  const place = pick('country', 'warehouse');
  const isReadable =
    sortKey !== null &&
    wholeNumber.test(amount) &&
    Number(amount) !== 0 &&
    sku !== '' &&
    pick('invoiceno', 'invoice', 'order') !== '' &&
    (isPublic || place !== '');
  const units = Number(amount);
  const found = !isReadable
    ? 'malformed'
    : isPublic
      ? classOfPublicRow(pick, units)
      : classOfTidyRow(pick, units);
  if (found === 'malformed') {
    counts.malformed.lines++;
    return;
  }
  if (found === 'sales' || found === 'return') {
    const key = `${sku}|${isPublic ? place.toLowerCase() : place}`;
    const events = groups.get(key) ?? [];
    groups.set(key, events);
    events.push({ sortKey: sortKey as number, row: counts.rows, units });
  }
  if (found === 'return') return;
  counts[found].lines++;
  counts[found].units += Math.abs(units);
}

/** The `trace` command: `trace classes` prints the counts of a file as JSON. */
export function traceCommand(): Command {
  const trace = new Command('trace').description('recorded sales for the sandbox');
  trace
    .command('classes')
    .description('count the lines and units of a trace file by class, straight from the file')
    .requiredOption('--input <file>', 'CSV or CSV.gz')
    .action(async ({ input }: { input: string }) => {
      process.stdout.write(`${JSON.stringify(await countTraceClasses(input), null, 2)}\n`);
    });
  return trace;
}
