import type { EventHead } from '../db/queries/event.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { type EventPage, type LoadEventLogPage, type ReadPage, readEventPage } from './log-reader.ts';
import { createPastPages } from './past-pages.ts';

/** How many events one page holds at most. */
const pageEntriesMax = 200;
/** Newest pages kept for those who are only a little behind. */
const recentPagesMax = 16;

/** What a reader finds after its number. */
export type FeedAnswer =
  | { readonly kind: 'page'; readonly page: EventPage }
  /** Nothing yet: wait for `onNews`. */
  | { readonly kind: 'none' }
  /** Retention has removed events that the reader has not seen. */
  | { readonly kind: 'expired'; readonly head: EventHead }
  /** The log was restored: numbers may mean other events now. */
  | { readonly kind: 'unknown'; readonly head: EventHead };

/**
 * The event log of one organization as this process reads it: everybody who is at the same place gets the same
 * page, so a thousand readers cost the reads of one.
 */
export interface Feed {
  readonly organizationId: OrganizationId;
  /** Reads the log's head afresh. */
  readHead(): Promise<EventHead>;
  /** What comes after a number of an epoch. */
  readAfter(epoch: string, number: bigint): Promise<FeedAnswer>;
  /** Looks for news and tells the readers; safe to call at any rate, one look at a time. Rejects when it cannot. */
  refresh(): Promise<void>;
  /** Registers a reader. `onNews` must not throw. @returns takes it away again */
  attach(onNews: () => void): () => void;
  readerCount(): number;
}

/** Opens the feed of an organization; it reads nothing until asked. */
export function createFeed(load: LoadEventLogPage, organizationId: OrganizationId): Feed {
  const readers = new Set<() => void>();
  const recent: EventPage[] = [];
  /** Null until the first look. */
  let head: EventHead | null = null;
  /** Everything up to here has been in a page of `recent`, or was old when the feed opened. */
  let tail = 0n;
  let refreshing: Promise<void> | null = null;
  let isAskedAgain = false;

  const tell = () => {
    for (const onNews of [...readers]) onNews();
  };

  /** Takes note of where the log stands. Answers may overtake each other: an older one changes nothing. */
  const noteHead = (next: EventHead) => {
    if (head !== null && head.epoch === next.epoch) {
      if (next.last >= head.last) head = next;
      return;
    }
    recent.length = 0;
    past.clear();
    tail = next.last;
    head = next;
    tell();
  };

  const read = async (after: bigint, limit: number): Promise<ReadPage> => {
    const answer = await readEventPage(load, organizationId, after, limit);
    noteHead(answer.head);
    return answer;
  };

  const past = createPastPages((after) => read(after, pageEntriesMax), pageEntriesMax);

  const readHead = async (): Promise<EventHead> => (await read(tail, 0)).head;

  const look = async () => {
    if (head === null) {
      await readHead();
      return;
    }
    for (;;) {
      const from = tail;
      const { page } = await read(from, pageEntriesMax);
      // Another epoch, or nothing new.
      if (tail !== from || page.through <= from) return;
      tail = page.through;
      recent.push(page);
      if (recent.length > recentPagesMax) recent.shift();
      tell();
      if (page.entries.length < pageEntriesMax) return;
    }
  };

  return {
    organizationId,
    readHead,
    async readAfter(epoch, number) {
      const known = head ?? (await readHead());
      if (known.epoch !== epoch) return { kind: 'unknown', head: known };
      if (number >= tail) return { kind: 'none' };
      const near = recent.find((page) => page.after <= number && number < page.through);
      if (near !== undefined) return { kind: 'page', page: near };
      const { head: then, page } = await past.readAt(number);
      if (then.epoch !== epoch) return { kind: 'unknown', head: then };
      if (number + 1n < then.oldest) return { kind: 'expired', head: then };
      return page.through > number ? { kind: 'page', page } : { kind: 'none' };
    },
    refresh() {
      isAskedAgain = true;
      refreshing ??= (async () => {
        try {
          while (isAskedAgain) {
            isAskedAgain = false;
            await look();
          }
        } finally {
          refreshing = null;
        }
      })();
      return refreshing;
    },
    attach(onNews) {
      readers.add(onNews);
      return () => void readers.delete(onNews);
    },
    readerCount: () => readers.size,
  };
}
