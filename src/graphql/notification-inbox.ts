import { stockAlerts } from '../db/queries/alert.ts';
import { inboxOf, saveRead } from '../db/queries/notification-delivery.ts';
import type { StoredMessage } from '../db/queries/notification-gather.ts';
import { forwardArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import { actorOf } from './context.ts';
import { AlertSeverity } from './enums.ts';
import { BooleanFilter, DateTimeFilter, defineFilter, toCondition } from './filter.ts';
import { loadByKey } from './loader.ts';
import { definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { encodeId, Node, registerNode, requireId } from './node.ts';
import { Notification, NotificationConnection } from './notification-refs.ts';
import { descending } from './order.ts';
import { flatPage, pageCost } from './page.ts';
import { StockAlert } from './refs.ts';
import { AlertSeverityFilter } from './stock-inputs.ts';
import { Refusal, userError } from './user-error.ts';

registerNode('Notification', (context, key) => loadByKey(context, inboxOf(actorOf(context.viewer)), ...key));

const alertsMax = 100;
const idsMax = 250;

const notificationFilter = defineFilter('NotificationFilter', 'messages of the inbox', {
  isRead: { input: BooleanFilter, description: 'Whether the caller has read it.' },
  severity: { input: AlertSeverityFilter, description: 'The worst in it.' },
  createdAt: { input: DateTimeFilter, description: 'When it was written.' },
});

Notification.implement({
  description:
    'A message of the inbox. All keys of the organization see the same messages; each has its own read state.',
  interfaces: [Node],
  authScopes: { scope: 'read:alerts' },
  fields: (t) => ({
    id: t.id({
      description: 'Opaque and stable.',
      resolve: (notification) => encodeId('Notification', notification.deliveryId),
    }),
    title: t.exposeString('title', { description: 'What it is about.' }),
    texts: t.stringList({
      description: 'Its lines as plain text.',
      resolve: (notification) => [...toMessage(notification.message).texts],
    }),
    severity: t.field({
      type: AlertSeverity,
      description: 'The worst in it.',
      resolve: (notification) => notification.severity,
    }),
    alerts: t.field({
      type: [StockAlert],
      description: 'The alerts it tells of, as they are now, the first 100; the most severe first.',
      resolve: async (notification, _args, context) => {
        const told = toMessage(notification.message).alerts.slice(0, alertsMax);
        const found = await Promise.all(told.map(({ alertId }) => loadByKey(context, stockAlerts, alertId)));
        return found.filter((alert) => alert !== null);
      },
    }),
    createdAt: t.field({
      type: 'DateTime',
      description: 'When it was written (business time).',
      resolve: (notification) => notification.createdAt,
    }),
    readAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the caller read it (business time); null = not yet.',
      resolve: (notification) => notification.readAt,
    }),
  }),
});

builder.queryField('notifications', (t) =>
  t.field({
    type: NotificationConnection,
    authScopes: { scope: 'read:alerts' },
    description: 'The inbox, newest first. Filled by routes to a channel of kind INBOX.',
    args: {
      ...forwardArgs(t.arg, flatPage),
      filter: t.arg({ type: notificationFilter.ref, description: 'Which messages; null = all.' }),
    },
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        collection: inboxOf(actorOf(context.viewer)),
        args,
        sizes: flatPage,
        condition: toCondition(context, notificationFilter, args.filter),
        sort: [descending('createdAt')],
      }),
  }),
);

const NotificationReadInput = builder.inputType('NotificationReadInput', {
  description: 'Messages that the caller has read.',
  fields: (t) => ({
    ids: t.idList({ required: true, description: `Ids of messages of the inbox, 1 to ${idsMax}.` }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const NotificationReadPayload = definePayload<{ deliveryIds: string[] }>(
  'NotificationReadPayload',
  'The messages as they are now.',
  (t) => ({
    notifications: t.field({
      type: [Notification],
      nullable: true,
      description: 'The messages.',
      resolve: async ({ result }, _args, context) => {
        if (result === null) return null;
        const inbox = inboxOf(actorOf(context.viewer));
        const found = await Promise.all(result.deliveryIds.map((id) => loadByKey(context, inbox, id)));
        return found.filter((notification) => notification !== null);
      },
    }),
  }),
);

builder.mutationField('notificationRead', (t) =>
  t.field({
    type: NotificationReadPayload,
    authScopes: { scope: 'read:alerts' },
    description:
      'Notes that the caller has read messages of the inbox. Reading an inbox is enough to do it; the first time counts.',
    args: { input: t.arg({ type: NotificationReadInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, context) => {
      const deliveryIds = input.ids.map((id) => requireId(context, id, 'Notification')[0] ?? '');
      return runMutation(context, 'notificationRead', input, async ({ sql, now }) => {
        if (deliveryIds.length === 0 || deliveryIds.length > idsMax) {
          throw new Refusal(userError('OUT_OF_RANGE', ['input', 'ids'], { bound: `1–${idsMax}` }));
        }
        const { organizationId } = context.viewer;
        const known = await saveRead(sql, organizationId, deliveryIds, actorOf(context.viewer), now);
        const unknown = deliveryIds.flatMap((id, index) =>
          known.has(id) ? [] : [userError('NOT_FOUND', ['input', 'ids', index])],
        );
        if (unknown.length > 0) throw new Refusal(...unknown);
        return { deliveryIds };
      });
    },
  }),
);

function toMessage(text: string): StoredMessage {
  return JSON.parse(text) as StoredMessage;
}
