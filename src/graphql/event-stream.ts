import { GraphQLError } from 'graphql';
import type { Collection } from '../db/queries/collection.ts';
import type { EventRow } from '../db/queries/event.ts';
import type { EventTopic } from '../db/queries/event-log.ts';
import type { Condition } from '../db/queries/filter.ts';
import { readPage } from '../db/queries/keyset.ts';
import { encodeEventCursor } from '../events/cursor.ts';
import type { EventGap, EventPage } from '../events/log-reader.ts';
import { secondMs } from '../shared/time.ts';
import { createGraphqlContext, type GraphqlContext } from './context.ts';
import { requestError } from './errors.ts';
import { ascending } from './order.ts';
import type { StreamGapValue } from './stream-gap.ts';

/** An event on its way to one subscriber. */
export type Delivered<Row> = Row & { readonly gap: StreamGapValue | null };

/** Loads the events of a page that a subscriber wants, in order; `number` says where in the log each stands. */
export type LoadEvents<Row extends { readonly number: string }> = (
  page: EventPage,
  context: GraphqlContext,
) => Promise<readonly Row[]>;

/** After events could not be loaded, ms: a passing fault of the database does not end a subscription. */
const retryMs = secondMs;

/**
 * Opens a stream of events. When this settles delivery is armed: whatever is committed from here on will come.
 *
 * Every page of the log is loaded once for all subscribers of the organization with the same rights, by `load`
 * and by the loaders of the context that they share; the next page has new loaders, so nothing is stale.
 *
 * @param after - a cursor, `begin`, or null for from now on
 * @throws GraphQLError CURSOR_EXPIRED or CURSOR_UNKNOWN, with the oldest cursor; the stream fails with the same when
 *   its place is lost later
 */
export async function openEventStream<Row extends { readonly number: string }>(
  context: GraphqlContext,
  after: string | null,
  load: LoadEvents<Row>,
): Promise<AsyncIterableIterator<Delivered<Row>>> {
  const reader = await context.events.open(context.viewer.organizationId, after);
  if ('kind' in reader) throw cursorError(context, reader);
  let ready: Delivered<Row>[] = [];
  let gap: EventGap | null = null;
  let isEnded = false;
  const done = { done: true, value: undefined } as const;

  const prepare = async (page: EventPage, seen: bigint): Promise<Delivered<Row>[]> => {
    const shared = await shareContext(context, page);
    const rows = await load(page, shared);
    const gaps = page.gaps.filter(({ to }) => to > seen);
    const prepared = rows
      .filter((row) => BigInt(row.number) > seen)
      .map((row) => {
        while (gaps[0] !== undefined && gaps[0].to < BigInt(row.number)) gap = join(gap, gaps.shift());
        const delivered = { ...row, gap: gap === null ? null : toGapValue(page.epoch, gap) };
        gap = null;
        contexts.set(delivered, shared);
        return delivered;
      });
    for (const later of gaps) gap = join(gap, later);
    return prepared;
  };

  const stream: AsyncIterableIterator<Delivered<Row>> = {
    async next() {
      while (!isEnded) {
        const event = ready.shift();
        if (event !== undefined) return { done: false, value: event };
        const reading = await reader.next();
        if (reading.kind === 'ended') break;
        if (reading.kind !== 'page') throw cursorError(context, reading);
        ready = await persist(
          () => prepare(reading.page, reading.after),
          () => isEnded,
        );
      }
      return done;
    },
    async return() {
      isEnded = true;
      reader.end();
      return done;
    },
    async throw(error) {
      isEnded = true;
      reader.end();
      throw error;
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}

/**
 * Loads a page's events from a collection with a `number`, as far as a condition holds. One statement for all
 * subscribers with the same condition; none when the page has no event of the topic.
 */
export function eventsFrom<Row extends EventRow, Field extends string>(
  topic: EventTopic,
  collection: Collection<Row, Field | 'number'>,
  wanted: Condition,
): LoadEvents<Row> {
  const name = `${collection.name} ${JSON.stringify(wanted)}`;
  return (page, context) => {
    const limit = page.entries.filter((entry) => entry.topic === topic).length;
    if (limit === 0) return Promise.resolve([]);
    const number = (operator: 'gt' | 'lte', value: bigint): Condition => ({
      kind: 'test',
      field: 'number',
      operator,
      value: String(value),
    });
    const condition: Condition = {
      kind: 'and',
      conditions: [number('gt', page.after), number('lte', page.through), wanted],
    };
    return page.share(name, async () => {
      const request = {
        condition,
        sort: [ascending('number' as const)],
        limit,
        isBackward: false,
        boundary: null,
      };
      return (await context.load(readPage(collection, request))).rows;
    });
  };
}

const contexts = new WeakMap<object, GraphqlContext>();

/** The context in which one event is answered; the subscription's own for anything that is no event of a stream. */
export function contextOfEvent(context: GraphqlContext, event: unknown): GraphqlContext {
  return (typeof event === 'object' && event !== null ? contexts.get(event) : undefined) ?? context;
}

/** One context for all subscribers of a page who may see the same; it hangs on nobody's connection. */
function shareContext(context: GraphqlContext, page: EventPage): Promise<GraphqlContext> {
  const { locale, keyName, scopes } = context.viewer;
  const rights = JSON.stringify([locale, keyName, [...scopes].sort()]);
  return page.share(`context ${rights}`, async () => createGraphqlContext(context.viewer, context));
}

async function persist<Result>(work: () => Promise<Result>, isEnded: () => boolean): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (isEnded()) throw error;
      await new Promise((resolve) => setTimeout(resolve, retryMs).unref());
    }
  }
}

function join(earlier: EventGap | null, later: EventGap | undefined): EventGap | null {
  if (later === undefined) return earlier;
  return earlier === null ? later : { from: earlier.from, to: later.to };
}

function toGapValue(epoch: string, gap: EventGap): StreamGapValue {
  return {
    fromCursor: encodeEventCursor(epoch, gap.from - 1n),
    toCursor: encodeEventCursor(epoch, gap.to),
  };
}

function cursorError(
  context: GraphqlContext,
  refusal: { kind: 'expired' | 'unknown'; oldestCursor: string },
): GraphQLError {
  const { oldestCursor } = refusal;
  const code = refusal.kind === 'expired' ? 'CURSOR_EXPIRED' : 'CURSOR_UNKNOWN';
  const { message, extensions } = requestError(context.viewer.locale, code, { oldestCursor });
  return new GraphQLError(message, { extensions: { ...extensions, oldestCursor } });
}
