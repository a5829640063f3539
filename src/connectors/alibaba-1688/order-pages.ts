import { AppError } from '../../shared/errors.ts';
import { dayMs } from '../../shared/time.ts';
import type { PageRequest, ShopSession } from '../marketplace.ts';
import { decimal } from '../wire-values.ts';
import { type Api, describeApi } from './apis.ts';
import type { Gateway } from './client.ts';
import { formatDate } from './dates.ts';
import {
  assertWholePage,
  nextPosition,
  pageSize,
  parseCursor,
  type RawPage,
  toCursor,
  type WalkPosition,
  walkStart,
} from './paging.ts';

/**
 * Old orders move to a table of their own, after three months by what is known. A window that reaches back
 * further reads both; a narrow one, of every poll, only the current one.
 */
const historyAfterMs = 85 * dayMs;

/**
 * Reads one page of an order list, the seller's or the buyer's: both have the same parameters and shape.
 *
 * @returns the rows as they came, and the cursor of the next page
 * @throws AppError as `Gateway.read`; `transient` for a page shorter than its own total promises
 */
export async function fetchOrderRows(
  gateway: Gateway,
  session: ShopSession,
  api: Api,
  request: PageRequest,
): Promise<{ rows: unknown[]; nextCursor: string | null; totalRows: number | null }> {
  const position = parseCursor(request.cursor);
  const params = {
    // Seconds are the finest step of modification times: round the start down, the end is a bound anyway.
    modifyStartTime: request.modifiedFrom === null ? null : formatDate(atWholeSecond(request.modifiedFrom)),
    modifyEndTime: formatDate(request.modifiedTo),
    page: String(position.page),
    pageSize: String(pageSize),
    isHis: String(position.isHistory),
    needBuyerAddressAndPhone: 'false',
    needMemoInfo: 'false',
  };
  const raw = await gateway.read(session, api, params, (body) =>
    assertWholePage(describeApi(api), position.page, readOrderPage(body, describeApi(api))),
  );
  const next = nextPosition(position, raw) ?? startOfHistory(position, request);
  return { rows: raw.rows, nextCursor: next === null ? null : toCursor(next), totalRows: raw.total };
}

function atWholeSecond(date: Date): Date {
  return new Date(Math.floor(date.getTime() / 1_000) * 1_000);
}

function startOfHistory(position: WalkPosition, request: PageRequest): WalkPosition | null {
  const { modifiedFrom, modifiedTo } = request;
  const isLong = modifiedFrom === null || modifiedTo.getTime() - modifiedFrom.getTime() > historyAfterMs;
  return isLong && !position.isHistory ? { ...walkStart, isHistory: true } : null;
}

function readOrderPage(body: Record<string, unknown>, api: string): RawPage {
  const total = decimal.safeParse(body.totalRecord ?? body.totalRecords ?? null).data ?? null;
  // An empty set may come as null, but only beside a total that says so.
  const rows = body.result ?? (total === '0' ? [] : null);
  if (!Array.isArray(rows)) {
    throw new AppError('permanent', `${api}: the answer is a success without a list of orders`);
  }
  return { rows, total: total === null ? null : Number(total) };
}
