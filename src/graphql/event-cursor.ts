import type { EventHead } from '../db/queries/event.ts';
import { beginWord, decodeEventCursor, encodeEventCursor } from '../events/cursor.ts';
import type { GraphqlContext } from './context.ts';
import { requestError } from './errors.ts';

/**
 * From which number to read on.
 *
 * @param after - a cursor, or `begin` for the oldest event that is kept
 * @returns the number that was seen last; the next to read is one more
 * @throws GraphQLError CURSOR_EXPIRED when events after it are no longer kept; CURSOR_UNKNOWN when it is of another
 *   epoch, beyond the newest event, or no cursor at all. Both carry `oldestCursor`, from which reading can go on
 */
export function resumeAfter(context: GraphqlContext, after: string, head: EventHead): bigint {
  if (after === beginWord) return head.oldest - 1n;
  const { locale } = context.viewer;
  const params = { oldestCursor: encodeEventCursor(head.epoch, head.oldest - 1n) };
  const cursor = decodeEventCursor(after);
  if (cursor === null || cursor.epoch !== head.epoch || cursor.number > head.last) {
    throw requestError(locale, 'CURSOR_UNKNOWN', params);
  }
  if (cursor.number < head.oldest - 1n) throw requestError(locale, 'CURSOR_EXPIRED', params);
  return cursor.number;
}
