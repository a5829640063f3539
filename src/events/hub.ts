import type { OrganizationId } from '../shared/ids.ts';
import type { Log } from '../shared/log.ts';
import { secondMs } from '../shared/time.ts';
import { encodeEventCursor } from './cursor.ts';
import { createFeed, type Feed } from './feed.ts';
import type { LoadEventLogPage } from './log-reader.ts';
import { type CursorRefusal, type EventReader, openReader, type StartAt } from './reader.ts';
import type { Wakeup } from './wakeup.ts';

/** Hands the event logs of all organizations to their readers in this process. */
export interface EventHub {
  /**
   * Opens a reader. When this settles delivery is armed: whatever is committed from here on will be read.
   * @throws errors of the database
   */
  open(organizationId: OrganizationId, startAt: StartAt): Promise<EventReader | CursorRefusal>;
  /** The cursor of the newest event, to be taken before a snapshot that a subscription shall continue. */
  readNowCursor(organizationId: OrganizationId): Promise<string>;
  readerCount(): number;
  /** Ends all readers and stops looking. */
  stop(): void;
}

/** What the hub is made of. */
export interface HubOptions {
  readonly load: LoadEventLogPage;
  readonly wakeup: Wakeup;
  readonly log: Log;
  /** How often to look without a hint, ms: what a lost hint costs at most. */
  readonly pollEveryMs?: number;
}

/** Logs looked at at the same time: the rest of the connections serve queries. */
const looksMax = 4;

/**
 * Makes the hub. Every hint and every poll makes each organization with readers look at its log; whoever reads
 * more slowly than events come finds them there later, in fuller pages.
 */
export function createEventHub(options: HubOptions): EventHub {
  const { load, log } = options;
  const feeds = new Map<OrganizationId, Feed>();
  const readers = new Set<EventReader>();
  const waiting = new Set<Feed>();
  let looking = 0;
  let isStopped = false;

  const lookAtNext = () => {
    const [feed] = waiting;
    if (feed === undefined || looking >= looksMax) return;
    waiting.delete(feed);
    looking += 1;
    feed
      .refresh()
      // The next poll tries again.
      .catch((error: unknown) =>
        log.warn(
          { error: error instanceof Error ? error.name : 'unknown' },
          'an event log could not be read',
        ),
      )
      .finally(() => {
        looking -= 1;
        lookAtNext();
      });
    lookAtNext();
  };
  const lookAtAll = () => {
    for (const feed of feeds.values()) waiting.add(feed);
    lookAtNext();
  };
  const unsubscribe = options.wakeup.subscribe(lookAtAll);
  const poll = setInterval(lookAtAll, options.pollEveryMs ?? secondMs).unref();

  const feedOf = (organizationId: OrganizationId): Feed => {
    const feed = feeds.get(organizationId) ?? createFeed(load, organizationId);
    feeds.set(organizationId, feed);
    return feed;
  };

  return {
    async open(organizationId, startAt) {
      const feed = feedOf(organizationId);
      let opened: EventReader | null = null;
      const reader = await openReader(feed, startAt, log, () => {
        if (opened !== null) readers.delete(opened);
        if (feed.readerCount() === 0 && feeds.get(organizationId) === feed) feeds.delete(organizationId);
      });
      if ('kind' in reader) return reader;
      opened = reader;
      readers.add(reader);
      if (isStopped) reader.end();
      return reader;
    },
    async readNowCursor(organizationId) {
      const feed = feeds.get(organizationId) ?? createFeed(load, organizationId);
      const head = await feed.readHead();
      return encodeEventCursor(head.epoch, head.last);
    },
    readerCount: () => readers.size,
    stop() {
      isStopped = true;
      clearInterval(poll);
      unsubscribe();
      for (const reader of [...readers]) reader.end();
    },
  };
}
