import { stockAlertEvents } from '../db/queries/event.ts';
import { everything } from '../db/queries/filter.ts';
import { readByFields } from '../db/queries/keyset.ts';
import { salesPolicyEvents } from '../db/queries/sales-policy.ts';
import { stockLevelEvents } from '../db/queries/stock-level-event.ts';
import { type SyncRunRow, syncRuns } from '../db/queries/sync-run.ts';
import type { EventPage } from '../events/log-reader.ts';
import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { eventsFrom, openEventStream } from './event-stream.ts';
import { toCondition } from './filter.ts';
import { StockAlertEvent, SyncRun } from './refs.ts';
import { SalesPolicyEvent } from './sales-policy-event.ts';
import { stockAlertFilter, stockLevelFilter } from './stock-inputs.ts';
import { StockLevelEvent } from './stock-level-event.ts';

builder.subscriptionType({
  description: `Live events, over graphql-ws or server-sent events on the same address.

Nothing is lost and nothing comes twice: every event carries its cursor, and a subscription with \`after: <cursor>\` goes on right behind it, after a broken connection just as after a restart of the server. To continue a snapshot without a gap, ask for \`eventCursor\` first, then read the snapshot, then subscribe with \`after: <that cursor>\`; changes that the snapshot already shows may come once more.`,
});

const afterDescription =
  'Where to start: behind the event with this cursor, or `begin` for everything that is kept; absent = from now on. A cursor that is no longer kept is refused with CURSOR_EXPIRED, one of another log with CURSOR_UNKNOWN; both tell `oldestCursor`.';

builder.subscriptionFields((t) => ({
  stockAlertChanged: t.field({
    type: StockAlertEvent,
    authScopes: { scope: 'read:alerts' },
    description: 'Every transition of an alert, in commit order.',
    args: {
      after: t.arg.string({ description: afterDescription }),
      filter: t.arg({
        type: stockAlertFilter.ref,
        description: 'Which alerts, as of the event; null = all.',
      }),
    },
    subscribe: (_root, { after, filter }, context) =>
      openEventStream(
        context,
        after ?? null,
        eventsFrom('STOCK_ALERT', stockAlertEvents, toCondition(context, stockAlertFilter, filter)),
      ),
    resolve: (event) => event,
  }),
  stockLevelChanged: t.field({
    type: StockLevelEvent,
    authScopes: { scope: 'read:stock' },
    description: 'Every change of a level, in commit order.',
    args: {
      after: t.arg.string({ description: afterDescription }),
      filter: t.arg({
        type: stockLevelFilter.ref,
        description: 'Which levels, with their quantities as of the event; null = all.',
      }),
    },
    subscribe: (_root, { after, filter }, context) =>
      openEventStream(
        context,
        after ?? null,
        eventsFrom('STOCK_LEVEL', stockLevelEvents, toCondition(context, stockLevelFilter, filter)),
      ),
    resolve: (event) => event,
  }),
  salesPolicyChanged: t.field({
    type: SalesPolicyEvent,
    authScopes: { scope: 'read:stock' },
    description: 'Every change of what a storefront may do with an item, in commit order.',
    args: { after: t.arg.string({ description: afterDescription }) },
    subscribe: (_root, { after }, context) =>
      openEventStream(context, after ?? null, eventsFrom('SALES_POLICY', salesPolicyEvents, everything)),
    resolve: (event) => event,
  }),
  syncRunChanged: t.field({
    type: SyncRun,
    authScopes: { scope: 'read:shops' },
    description:
      'Readings of shops as they begin, go on and end, from now on. Only the newest state counts, so states in between may be skipped.',
    subscribe: (_root, _args, context) => openEventStream(context, null, loadSyncRuns),
    resolve: (run) => run,
  }),
}));

builder.queryField('eventCursor', (t) =>
  t.string({
    description:
      'The place of the newest event now. Ask for it before a snapshot, in a request of its own, and subscribe with `after` afterwards: nothing falls between. Needs no scope.',
    resolve: (_root, _args, context) => context.events.readNowCursor(context.viewer.organizationId),
  }),
);

/** The runs that a page speaks of, each once, with its newest state; one statement for all subscribers. */
function loadSyncRuns(
  page: EventPage,
  context: GraphqlContext,
): Promise<readonly (SyncRunRow & { number: string })[]> {
  const numbers = new Map<string, bigint>();
  for (const { syncRunId, number } of page.entries) if (syncRunId !== null) numbers.set(syncRunId, number);
  if (numbers.size === 0) return Promise.resolve([]);
  return page.share('sync runs', async () => {
    const tuples = [...numbers.keys()].map((id) => [id]);
    const rows = await context.load(readByFields(syncRuns, { fields: ['syncRunId'], tuples }));
    return rows
      .flatMap((row) => (row === null ? [] : [{ ...row, number: String(numbers.get(row.syncRunId)) }]))
      .sort((left, right) => (BigInt(left.number) < BigInt(right.number) ? -1 : 1));
  });
}
