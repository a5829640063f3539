import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';

/** Largest page of products and of orders; more is cut silently for products, undocumented for orders. */
export const pageSize = 20;

/** No shop has 200,000 rows in one window; a walk that gets there goes in circles. */
const pageNumberMax = 10_000;

/** One page as the platform answered it. */
export interface RawPage {
  rows: unknown[];
  /** Rows of the whole set at the moment of this answer; null when it does not say. */
  total: number | null;
}

/** Where a walk stands. */
export interface WalkPosition {
  page: number;
  /**
   * `first`: page 1, to learn how many there are. `down`: from the last page to the first. `up`: forward, only
   * when the platform does not say how many there are.
   */
  direction: 'first' | 'down' | 'up';
  /** True in the table of old orders, which is walked after the current one. */
  isHistory: boolean;
}

/** Where every walk begins. */
export const walkStart: WalkPosition = { page: 1, direction: 'first', isHistory: false };

const cursorModel = z.strictObject({
  page: z.int().min(1).max(pageNumberMax),
  direction: z.enum(['first', 'down', 'up']),
  isHistory: z.boolean(),
});

/** Writes a position as an opaque cursor. */
export function toCursor(position: WalkPosition): string {
  return JSON.stringify(position);
}

/**
 * Reads a cursor.
 *
 * @throws AppError `invalid_input` when it was not made here
 */
export function parseCursor(cursor: string | null): WalkPosition {
  if (cursor === null) return walkStart;
  let value: unknown;
  try {
    value = JSON.parse(cursor);
  } catch {
    value = null;
  }
  const parsed = cursorModel.safeParse(value);
  if (!parsed.success) {
    throw new AppError('invalid_input', 'the page cursor is not one of this connector; begin a new pass');
  }
  return parsed.data;
}

/**
 * Refuses a page with fewer rows than its own total promises: empty pages and half pages happen under load,
 * and taking one for the end would skip rows that nobody has read.
 *
 * @throws AppError `transient`
 */
export function assertWholePage(api: string, page: number, raw: RawPage): RawPage {
  if (raw.total === null) return raw;
  const promised = Math.max(0, Math.min(pageSize, raw.total - (page - 1) * pageSize));
  if (raw.rows.length >= promised) return raw;
  throw new AppError(
    'transient',
    `${api}: page ${page} has ${raw.rows.length} rows where ${promised} of ${raw.total} were promised`,
  );
}

/**
 * The position after this page; null when the table is read.
 *
 * Page numbers count from the front of a set that changes while it is walked: an order that is modified leaves
 * the window, a deleted offer leaves the list, and all rows behind move forward. Walking from the last page to
 * the first, a moved row is met twice instead of never. Page 1, read first to learn the total, is read again
 * at the end.
 */
export function nextPosition(position: WalkPosition, raw: RawPage): WalkPosition | null {
  const { page, direction, isHistory } = position;
  if (direction === 'down') return page > 1 ? { page: page - 1, direction, isHistory } : null;
  if (raw.total === null) {
    if (raw.rows.length < pageSize) return null;
    assertReachable(page + 1);
    return { page: page + 1, direction: 'up', isHistory };
  }
  // A platform that begins to count in the middle of a forward walk is walked down to the front again.
  const last = Math.ceil(raw.total / pageSize);
  if (last <= page && direction === 'first') return null;
  assertReachable(last);
  return last <= 1 ? null : { page: last, direction: 'down', isHistory };
}

function assertReachable(page: number): void {
  if (page > pageNumberMax) {
    throw new AppError(
      'permanent',
      `the pass would need more than ${pageNumberMax} pages; use shorter windows`,
    );
  }
}
