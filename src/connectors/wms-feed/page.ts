import { parse as parseCsv } from 'csv-parse/sync';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { IncomingAnswer } from '../http.ts';
import { isJsonObject, parseJson } from '../lossless.ts';
import { decimal, describeIssues, id, text } from '../wire-values.ts';

/** One page of the feed, its rows unread. */
export interface FeedPage {
  rows: unknown[];
  nextCursor: string | null;
  totalRows: number | null;
}

const envelope = z.object({
  rows: z.array(z.unknown(), { error: 'expected a list' }),
  nextCursor: text,
  totalRows: decimal,
});

/**
 * Reads a page, JSON or CSV by its content type.
 *
 * @param place - which resource, for messages
 * @throws AppError `transient` when the body is broken off or no JSON or CSV, `permanent` when it has another shape
 *   or another content type
 */
export function readFeedPage(place: string, answer: IncomingAnswer): FeedPage {
  const type = (answer.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type === 'text/csv') return readCsvPage(place, answer);
  // HTML under 200 is the error page of something in between: it passes.
  if (type === 'text/html') throw new AppError('transient', `${place}: answered with an HTML page`);
  return readJsonPage(place, answer.text);
}

function readJsonPage(place: string, body: string): FeedPage {
  const value = parseJson(body, place);
  const parsed = envelope.safeParse(value);
  if (!isJsonObject(value) || !parsed.success) {
    const reason = parsed.success ? 'expected an object' : describeIssues(parsed.error);
    throw new AppError('permanent', `${place}: the page has another shape: ${reason}`);
  }
  return toPage(parsed.data.rows, parsed.data.nextCursor, parsed.data.totalRows);
}

/** Without one of these the end of the body is the end of the connection, and half a page looks whole. */
const framingHeaders = ['content-length', 'transfer-encoding'];

function readCsvPage(place: string, answer: IncomingAnswer): FeedPage {
  if (!framingHeaders.some((name) => answer.headers.has(name))) {
    throw new AppError('permanent', `${place}: a CSV page needs Content-Length or chunked transfer encoding`);
  }
  let rows: unknown[];
  try {
    rows = parseCsv(answer.text, { columns: true, bom: true, skip_empty_lines: true, trim: false });
  } catch (error) {
    throw new AppError('transient', `${place}: the page is no whole CSV`, { cause: error });
  }
  if (answer.text.trim() === '') throw new AppError('transient', `${place}: the CSV page has no header line`);
  const nextCursor = text.safeParse(answer.headers.get('x-next-cursor')).data ?? null;
  const totalRows = decimal.safeParse(answer.headers.get('x-total-rows')).data ?? null;
  return toPage(rows, nextCursor, totalRows);
}

function toPage(rows: unknown[], nextCursor: string | null, totalRows: string | null): FeedPage {
  return { rows, nextCursor, totalRows: totalRows === null ? null : Number(totalRows) };
}

/**
 * Refuses a whole pass in one page that holds fewer rows than it announces: an empty page that comes under load
 * would look like an empty shop.
 *
 * @throws AppError `transient`
 */
export function assertWholePass(place: string, page: FeedPage): FeedPage {
  if (page.nextCursor !== null || page.totalRows === null || page.rows.length >= page.totalRows) return page;
  throw new AppError(
    'transient',
    `${place}: ${page.rows.length} rows where ${page.totalRows} were announced`,
  );
}

/**
 * Puts the records of a CSV page together: each repeats its shipment and adds one line. A row that already has
 * its lines, as in JSON, stays as it is.
 */
export function groupShipmentRows(rows: readonly unknown[]): unknown[] {
  const grouped: unknown[] = [];
  let last = null as { shipmentId: string; lines: unknown[] } | null;
  for (const row of rows) {
    const record = isJsonObject(row) && !('lines' in row) ? row : null;
    const shipmentId = id.safeParse(record?.shipmentId).data ?? null;
    if (record === null || shipmentId === null) {
      last = null;
      grouped.push(row);
    } else if (last?.shipmentId === shipmentId) {
      last.lines.push(row);
    } else {
      last = { shipmentId, lines: [row] };
      grouped.push({ ...record, lines: last.lines });
    }
  }
  return grouped;
}
