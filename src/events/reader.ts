import type { EventHead } from '../db/queries/event.ts';
import type { Log } from '../shared/log.ts';
import { secondMs } from '../shared/time.ts';
import { beginWord, decodeEventCursor, type EventPosition, encodeEventCursor } from './cursor.ts';
import type { Feed, FeedAnswer } from './feed.ts';
import type { EventPage } from './log-reader.ts';

/** Where to start: after a cursor, at the oldest event kept (`begin`), or null for now. */
export type StartAt = string | null;

/** The wished place is not in the log. */
export interface CursorRefusal {
  /** `expired`: retention removed events after it. `unknown`: malformed, of another epoch, or beyond the head. */
  readonly kind: 'expired' | 'unknown';
  /** The place before the oldest event kept. */
  readonly oldestCursor: string;
}

/** Part of a page that a reader has not seen, or why there is none. */
type EventReading =
  | { readonly kind: 'page'; readonly page: EventPage /** Seen up to here. */; readonly after: bigint }
  | { readonly kind: 'ended' }
  | CursorRefusal;

/** A place in the log that moves on. Holds a number and a flag, never events: a slow reader costs itself only. */
export interface EventReader {
  /** Waits for the next page with events after the reader's place, and moves the place behind it. */
  next(): Promise<EventReading>;
  /** Ends it: a `next` that waits answers `ended`. Safe at any time, also twice. */
  end(): void;
}

/** After a page could not be read, ms: a passing fault of the database does not end a subscription. */
const retryMs = secondMs;

/**
 * Opens a reader of a feed. When this settles delivery is armed: whatever is committed from here on will be read.
 *
 * @param onLeave - called when the reader is gone, also when it could not be opened
 * @throws errors of the database
 */
export async function openReader(
  feed: Feed,
  startAt: StartAt,
  log: Log,
  onLeave: () => void,
): Promise<EventReader | CursorRefusal> {
  let news = createFlag();
  // Attached before the head is read, so that nothing falls between.
  const detach = feed.attach(() => news.raise());
  const leave = () => {
    detach();
    onLeave();
  };
  let start: EventPosition | CursorRefusal;
  try {
    start = findStart(await feed.readHead(), startAt);
  } catch (error) {
    leave();
    throw error;
  }
  if ('kind' in start) {
    leave();
    return start;
  }
  const { epoch } = start;
  let place = start.number;
  let isEnded = false;

  const look = async (): Promise<FeedAnswer> => {
    news = createFlag();
    try {
      return await feed.readAfter(epoch, place);
    } catch (error) {
      log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'events could not be read');
      const { raise } = news;
      setTimeout(raise, retryMs).unref();
      return { kind: 'none' };
    }
  };

  const reader: EventReader = {
    async next() {
      while (!isEnded) {
        const answer = await look();
        if (isEnded) break;
        if (answer.kind === 'page') {
          const after = place;
          place = answer.page.through;
          return { kind: 'page', page: answer.page, after };
        }
        if (answer.kind !== 'none') {
          reader.end();
          return refuse(answer.kind, answer.head);
        }
        await news.raised;
      }
      return { kind: 'ended' };
    },
    end() {
      if (isEnded) return;
      isEnded = true;
      leave();
      news.raise();
    },
  };
  return reader;
}

/** Turns the wish of a client into a place in the log as it is now. */
function findStart(head: EventHead, startAt: StartAt): EventPosition | CursorRefusal {
  const { epoch } = head;
  if (startAt === null) return { epoch, number: head.last };
  if (startAt === beginWord) return { epoch, number: head.oldest - 1n };
  const cursor = decodeEventCursor(startAt);
  if (cursor === null || cursor.epoch !== epoch || cursor.number > head.last) return refuse('unknown', head);
  return cursor.number + 1n < head.oldest ? refuse('expired', head) : cursor;
}

function refuse(kind: CursorRefusal['kind'], head: EventHead): CursorRefusal {
  return { kind, oldestCursor: encodeEventCursor(head.epoch, head.oldest - 1n) };
}

/** Something to wait for once. */
function createFlag(): { raise: () => void; raised: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { raise: resolve, raised: promise };
}
