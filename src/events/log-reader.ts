import type { EventHead } from '../db/queries/event.ts';
import type { EventLogEntry, EventLogPage } from '../db/queries/event-log.ts';
import type { OrganizationId } from '../shared/ids.ts';

/** Port: reads a stretch of an organization's log together with its head, as of one moment. */
export type LoadEventLogPage = (
  organizationId: OrganizationId,
  afterNumber: bigint,
  limit: number,
) => Promise<EventLogPage | null>;

/** Numbers that the log should hold and does not, both ends included. */
export interface EventGap {
  readonly from: bigint;
  readonly to: bigint;
}

/**
 * A stretch of the log, without its payloads. It never changes; whoever needs what its events refer to loads it
 * once, for all who read the same page.
 */
export interface EventPage {
  readonly organizationId: OrganizationId;
  readonly epoch: string;
  /** The page covers the numbers after this one … */
  readonly after: bigint;
  /** … up to this one. */
  readonly through: bigint;
  readonly entries: readonly EventLogEntry[];
  readonly gaps: readonly EventGap[];
  /**
   * What was loaded for this page, by name: the first who asks loads it, all others get the same. A failed load is
   * forgotten, so that the next one tries again.
   */
  share<Value>(name: string, load: () => Promise<Value>): Promise<Value>;
}

/** A page and where the log stood when it was read. */
export interface ReadPage {
  readonly head: EventHead;
  readonly page: EventPage;
}

/** Before anything was ever logged: an organization without a head has an empty log. */
const emptyHead: EventHead = {
  epoch: '00000000-0000-0000-0000-000000000000',
  last: 0n,
  oldest: 1n,
};

/**
 * Reads the log after a number.
 *
 * Numbers have no gaps in commit order, so a missing one is proof that an event is gone, unless retention removed
 * it: what lies before the oldest number kept is no gap here.
 *
 * @param limit - entries at most; 0 = where the log stands, with an empty page
 */
export async function readEventPage(
  load: LoadEventLogPage,
  organizationId: OrganizationId,
  after: bigint,
  limit: number,
): Promise<ReadPage> {
  const read = await load(organizationId, after, limit);
  const head = read?.head ?? emptyHead;
  const entries = read?.entries ?? [];
  const isFull = entries.length >= limit;
  const lastRead = entries.at(-1)?.number ?? after;
  const through = isFull ? lastRead : maxOf(lastRead, head.last);
  const gaps = findGaps(entries, maxOf(after + 1n, head.oldest), through);
  return {
    head,
    page: createEventPage({ organizationId, epoch: head.epoch, after, through, entries, gaps }),
  };
}

/** Adds the shared memory to a page's facts. */
function createEventPage(facts: Omit<EventPage, 'share'>): EventPage {
  const shared = new Map<string, Promise<unknown>>();
  return {
    ...facts,
    share<Value>(name: string, load: () => Promise<Value>): Promise<Value> {
      const known = shared.get(name);
      // A name belongs to one call site, so the type is the one that was put in.
      if (known !== undefined) return known as Promise<Value>;
      const loading = load();
      shared.set(name, loading);
      loading.catch(() => shared.delete(name));
      return loading;
    },
  };
}

/**
 * The numbers from `first` to `last` that no entry has.
 *
 * @param entries - ascending
 * @example findGaps([{ number: 3n }, { number: 6n }], 2n, 7n) // [{ from: 2n, to: 2n }, { from: 4n, to: 5n }, { from: 7n, to: 7n }]
 */
export function findGaps(
  entries: readonly { readonly number: bigint }[],
  first: bigint,
  last: bigint,
): EventGap[] {
  const gaps: EventGap[] = [];
  let expected = first;
  for (const { number } of entries) {
    if (number > expected) gaps.push({ from: expected, to: number - 1n });
    if (number >= expected) expected = number + 1n;
  }
  if (expected <= last) gaps.push({ from: expected, to: last });
  return gaps;
}

function maxOf(left: bigint, right: bigint): bigint {
  return left > right ? left : right;
}
