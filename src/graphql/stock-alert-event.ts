import { loadEventHead, type StockAlertEventRow, stockAlertEvents } from '../db/queries/event.ts';
import { encodeEventCursor } from '../events/cursor.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import { forwardArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { type ConnectionValue, resolveConnection } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import { AlertEventReason, AlertSeverity, StockAlertState } from './enums.ts';
import { resumeAfter } from './event-cursor.ts';
import { type FilterInput, toCondition } from './filter.ts';
import { ascending } from './order.ts';
import { flatPage, pageCost } from './page.ts';
import { StockAlert, StockAlertEvent, StockAlertEventConnection } from './refs.ts';
import { stockAlertFilter } from './stock-inputs.ts';
import { StreamGap } from './stream-gap.ts';

/** Opaque id of an event: its place in the log. */
const eventIdOf = (event: { epoch: string; number: string }) => encodeEventCursor(event.epoch, event.number);

StockAlertEvent.implement({
  description: 'One transition of an alert. Events are numbered in commit order without gaps.',
  authScopes: { scope: 'read:alerts' },
  fields: (t) => ({
    eventId: t.id({
      description: 'Unique and stable: the same event read twice has the same id.',
      resolve: eventIdOf,
    }),
    cursor: t.string({
      description: 'Position in the log; give it to `after` of `stockAlertEvents` or `stockAlertChanged`.',
      resolve: eventIdOf,
    }),
    occurredAt: t.field({
      type: 'DateTime',
      description: 'When it was so (business time).',
      resolve: (event) => event.occurredAt,
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When it was stored (business time).',
      resolve: (event) => event.eventRecordedAt,
    }),
    reason: t.field({
      type: AlertEventReason,
      description: 'Why it changed.',
      resolve: (event) => event.reason,
    }),
    state: t.field({
      type: StockAlertState,
      description: 'Where the alert stood afterwards.',
      resolve: (event) => event.state,
    }),
    previousState: t.field({
      type: StockAlertState,
      nullable: true,
      description: 'Where it stood before; null for the first event.',
      resolve: (event) => event.previousState,
    }),
    severity: t.field({
      type: AlertSeverity,
      description: 'How bad it was afterwards.',
      resolve: (event) => event.severity,
    }),
    alert: t.field({
      type: StockAlert,
      description:
        'The alert with the state, severity and quantities of this event. Who is on it and until when it is silent are told only while its state now still is that of the event, and as they are now; so are its item, warehouse and level.',
      resolve: (event) => event,
    }),
    available: t.field({
      type: 'Decimal',
      nullable: true,
      description:
        'What was available, in the item’s unit; null when the alert is not about a level or the snapshot is no longer kept.',
      resolve: (event) => event.available,
    }),
    threshold: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'The threshold it was decided on, in the item’s unit; null when there is none.',
      resolve: (event) => event.threshold,
    }),
    shortfall: t.field({
      type: 'Decimal',
      nullable: true,
      description:
        'Threshold minus available, in the item’s unit, 0 or more when low; null when either is unknown.',
      resolve: ({ available, threshold }) =>
        available === null || threshold === null
          ? null
          : formatDecimal(new Decimal(threshold).minus(available)),
    }),
    gap: t.field({
      type: StreamGap,
      nullable: true,
      description:
        'Set when numbers before this event are missing from the log, so that a client must read the present state; null as it should be.',
      resolve: (event) => ('gap' in event ? (event.gap as never) : null),
    }),
  }),
});

builder.queryFields((t) => ({
  stockAlertEvents: t.field({
    type: StockAlertEventConnection,
    authScopes: { scope: 'read:alerts' },
    description:
      'Transitions of alerts in commit order, as far as they are kept (90 days unless set otherwise). The same events as the subscription `stockAlertChanged`, with the same cursors.',
    args: {
      ...forwardArgs(t.arg, flatPage),
      filter: t.arg({
        type: stockAlertFilter.ref,
        description: 'Which alerts, as of the event; null = all.',
      }),
    },
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) => resolveEvents(context, args),
  }),
}));

async function resolveEvents(
  context: GraphqlContext,
  args: {
    first?: number | null | undefined;
    after?: string | null | undefined;
    filter?: FilterInput | null | undefined;
  },
): Promise<ConnectionValue<StockAlertEventRow>> {
  const wanted = toCondition(context, stockAlertFilter, args.filter);
  const head = args.after == null ? null : await context.read((scope) => loadEventHead(scope));
  const seen = args.after == null || head === null ? null : resumeAfter(context, args.after, head);
  const later = {
    kind: 'test',
    field: 'number',
    operator: 'gt',
    value: String(seen ?? 0n),
  } as const;
  const page = await resolveConnection(context, {
    collection: stockAlertEvents,
    args: { first: args.first },
    sizes: flatPage,
    condition: seen === null ? wanted : { kind: 'and', conditions: [later, wanted] },
    sort: [ascending('number')],
  });
  return {
    ...page,
    edges: page.edges.map(({ node }) => ({ node, cursor: eventIdOf(node) })),
    hasPreviousPage: seen !== null,
  };
}
