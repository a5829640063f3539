import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';

/** Where a walk through the feed stands. */
export interface FeedCursor {
  /** The source's own cursor; null on the first page. */
  theirs: string | null;
  /** Pages read before this one. */
  pagesRead: number;
}

/** Five million rows at 500 a page; a walk that gets there goes in circles. */
const pagesMax = 10_000;
const theirsLengthMax = 1_024;

const model = z.tuple([z.int().min(1).max(pagesMax), z.string().min(1).max(theirsLengthMax)]);

/**
 * Reads a cursor made by {@link advanceCursor}.
 *
 * @throws AppError `invalid_input` for anything else
 */
export function openCursor(cursor: string | null): FeedCursor {
  if (cursor === null) return { theirs: null, pagesRead: 0 };
  let value: unknown;
  try {
    value = JSON.parse(cursor);
  } catch {
    value = null;
  }
  const parsed = model.safeParse(value);
  if (!parsed.success) {
    throw new AppError('invalid_input', 'the page cursor is not one of this connector; begin a new pass');
  }
  return { theirs: parsed.data[1], pagesRead: parsed.data[0] };
}

/**
 * The cursor of the next page, null at the end.
 *
 * @throws AppError `permanent` when the source hands back the same cursor, one longer than 1,024 characters, or
 *   page after page without an end
 */
export function advanceCursor(current: FeedCursor, next: string | null): string | null {
  if (next === null) return null;
  if (next === current.theirs) throw new AppError('permanent', 'the feed hands out the same cursor again');
  if (next.length > theirsLengthMax) throw new AppError('permanent', 'the cursor of the feed is too long');
  if (current.pagesRead + 1 > pagesMax) {
    throw new AppError('permanent', `the feed did not end after ${pagesMax} pages`);
  }
  return JSON.stringify([current.pagesRead + 1, next]);
}
