import { stockAlerts } from '../db/queries/alert.ts';
import { notificationChannels } from '../db/queries/notification-channel.ts';
import {
  type NotificationDeliveryRow,
  notificationDeliveries,
  type StoredAttempt,
} from '../db/queries/notification-delivery.ts';
import type { StoredMessage } from '../db/queries/notification-gather.ts';
import { forwardArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import { AlertSeverity } from './enums.ts';
import { DateTimeFilter, defineFilter, enumFilter, IdFilter, TextFilter, toCondition } from './filter.ts';
import { loadByKey } from './loader.ts';
import { encodeId, Node, registerNode } from './node.ts';
import {
  NotificationChannel,
  NotificationDelivery,
  NotificationDeliveryConnection,
} from './notification-refs.ts';
import { descending } from './order.ts';
import { flatPage, pageCost } from './page.ts';
import { StockAlert } from './refs.ts';

registerNode('NotificationDelivery', (context, key) => loadByKey(context, notificationDeliveries, ...key));

/** More than anybody reads in one answer. */
const alertsMax = 100;

const mayGrow = 'New values may be added: a client must bear unknown ones.';

const NotificationDeliveryState = builder.enumType('NotificationDeliveryState', {
  description: `Where a message stands. ${mayGrow}`,
  values: {
    QUEUED: { description: 'Waits for its first or next attempt.' },
    SENT: { description: 'The other side took it.' },
    FAILED: { description: 'Given up: refused for good, or tried too often.' },
  } as const,
});
const NotificationDeliveryKind = builder.enumType('NotificationDeliveryKind', {
  description: `What a message is about. ${mayGrow}`,
  values: {
    ALERTS: { description: 'Alerts.' },
    TEST: { description: 'Nothing: somebody tries the channel.' },
    SALES_POLICIES: { description: 'Changes of what storefronts may do with items.' },
    ORDERS: { description: 'An approved order to a supplier, sent when somebody asked for it.' },
  } as const,
});
const NotificationDigest = builder.enumType('NotificationDigest', {
  description: `Why a message tells more than one thing. ${mayGrow}`,
  values: {
    NONE: { description: 'It does not.' },
    WINDOW: { description: 'The route gathers over a window, or quiet hours were.' },
    BUDGET: { description: 'The address was busy, or its rate was used up.' },
  } as const,
});

const NotificationAttemptOutcome = builder.enumType('NotificationAttemptOutcome', {
  description: `How one attempt ended. ${mayGrow}`,
  values: {
    SENT: { description: 'The other side took the message.' },
    RETRY: { description: 'It failed in a way that may pass: tried again after `waitSeconds`.' },
    WAIT: {
      description:
        'The other side asked for patience: tried again after `waitSeconds`; no attempt is counted.',
    },
    FAILED: { description: 'Refused for good, or tried too often.' },
    RESENT: { description: 'No attempt: somebody had it sent again.' },
  } as const,
});

const NotificationAttempt = builder.objectRef<StoredAttempt>('NotificationAttempt').implement({
  description: 'One attempt to send a message, or a re-send by an operator.',
  authScopes: { scope: 'read:notifications' },
  fields: (t) => ({
    at: t.field({
      type: 'DateTime',
      description: 'When it ended (real time).',
      resolve: (attempt) => new Date(attempt.at),
    }),
    outcome: t.field({
      type: NotificationAttemptOutcome,
      description: 'How it ended.',
      resolve: (attempt) => attempt.outcome,
    }),
    tookSeconds: t.float({
      nullable: true,
      description: 'From the first byte to the answer, real seconds; null for RESENT.',
      resolve: ({ tookMs }) => (tookMs == null ? null : tookMs / 1000),
    }),
    errorCode: t.string({
      nullable: true,
      description: 'Code of the failure, the provider’s own where it gave one; null without one.',
      resolve: ({ code }) => code ?? null,
    }),
    answer: t.string({
      nullable: true,
      description: 'What the provider said, without secrets; of a webhook only the status. Null for RESENT.',
      resolve: ({ answer }) => answer ?? null,
    }),
    waitSeconds: t.float({
      nullable: true,
      description: 'Until the next attempt at the earliest, real seconds; null when there is none.',
      resolve: ({ waitMs }) => (waitMs == null ? null : waitMs / 1000),
    }),
    by: t.string({
      nullable: true,
      description: 'RESENT: name of the key that asked for it; null for attempts.',
      resolve: ({ by }) => by ?? null,
    }),
  }),
});

const deliveryFilter = defineFilter('DeliveryFilter', 'messages', {
  channelId: { input: IdFilter, idOf: 'NotificationChannel', description: 'The channel, by its id.' },
  kind: {
    input: enumFilter('NotificationDeliveryKind', NotificationDeliveryKind),
    description: 'What it is about.',
  },
  state: {
    input: enumFilter('NotificationDeliveryState', NotificationDeliveryState),
    description: 'Where it stands.',
  },
  digest: { input: enumFilter('NotificationDigest', NotificationDigest), description: 'Why it tells more.' },
  recipient: { input: TextFilter, description: 'Name of the one recipient.' },
  queuedAt: { input: DateTimeFilter, description: 'When it was composed.' },
});

NotificationDelivery.implement({
  description:
    'One message to one address: delivered at least once, always under the same delivery id, so that a receiver may drop a repeated one.',
  interfaces: [Node],
  authScopes: { scope: 'read:notifications' },
  fields: (t) => ({
    id: t.id({
      description: 'Opaque and stable.',
      resolve: (delivery) => encodeId('NotificationDelivery', delivery.deliveryId),
    }),
    deliveryId: t.exposeString('deliveryId', {
      description: 'The id that goes out with the message, the same on every attempt.',
    }),
    channel: t.field({
      type: NotificationChannel,
      nullable: true,
      description: 'By which channel; null only when it is no longer kept.',
      resolve: (delivery, _args, context) => loadByKey(context, notificationChannels, delivery.channelId),
    }),
    kind: t.field({
      type: NotificationDeliveryKind,
      description: 'What it is about.',
      resolve: (delivery) => delivery.kind,
    }),
    state: t.field({
      type: NotificationDeliveryState,
      description: 'Where it stands.',
      resolve: (delivery) => delivery.state,
    }),
    recipient: t.string({
      nullable: true,
      description: 'Name of the one recipient; null for a group, a webhook and the inbox.',
      resolve: ({ recipient }) => (recipient === '' ? null : recipient),
    }),
    severity: t.field({
      type: AlertSeverity,
      description: 'The worst in it.',
      resolve: (delivery) => delivery.severity,
    }),
    title: t.exposeString('title', { description: 'Title or subject.' }),
    texts: t.stringList({
      description: 'Its lines as plain text.',
      resolve: (delivery) => [...toMessage(delivery).texts],
    }),
    alerts: t.field({
      type: [StockAlert],
      description: 'The alerts it tells of, as they are now, the first 100; the most severe first.',
      resolve: async (delivery, _args, context) => {
        const ids = toMessage(delivery).alerts.slice(0, alertsMax);
        const found = await Promise.all(ids.map(({ alertId }) => loadByKey(context, stockAlerts, alertId)));
        return found.filter((alert) => alert !== null);
      },
    }),
    noticeCount: t.exposeInt('noticeCount', { description: 'How many things it tells.' }),
    digest: t.field({
      type: NotificationDigest,
      description: 'Why it tells more than one thing.',
      resolve: (delivery) => delivery.digest,
    }),
    partNumber: t.exposeInt('partNumber', {
      description: 'Which part of a message that was too long, from 1.',
    }),
    partCount: t.exposeInt('partCount', { description: 'Of how many parts.' }),
    queuedAt: t.field({
      type: 'DateTime',
      description: 'When it was composed (business time).',
      resolve: (delivery) => delivery.queuedAt,
    }),
    finishedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was taken or given up (business time); null while QUEUED.',
      resolve: (delivery) => delivery.finishedAt,
    }),
    latencySeconds: t.float({
      nullable: true,
      description:
        'From the earliest stock change in it to its end, business seconds; null while QUEUED and for tests.',
      resolve: ({ changedAt, finishedAt }) =>
        changedAt === null || finishedAt === null
          ? null
          : (finishedAt.getTime() - changedAt.getTime()) / 1000,
    }),
    attempts: t.exposeInt('attempts', {
      description: 'How often it was tried; waiting for a rate is no attempt.',
    }),
    attemptLog: t.field({
      type: [NotificationAttempt],
      description:
        'Every attempt with its answer, the oldest first; of a long story the last 50. One that ended with its worker’s death is counted in `attempts` and not listed, nor is that of the inbox, which takes messages at once.',
      resolve: ({ attemptLog }) => JSON.parse(attemptLog) as StoredAttempt[],
    }),
    nextAttemptAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Not before this is it tried again (real time); null unless QUEUED.',
      resolve: ({ state, nextAttemptAt }) => (state === 'QUEUED' ? nextAttemptAt : null),
    }),
    errorCode: t.exposeString('errorCode', {
      nullable: true,
      description: 'Code of the last failure, the provider’s own where it gave one; null without one.',
    }),
    answer: t.exposeString('answer', {
      nullable: true,
      description:
        'What the provider said last, without secrets; of a webhook only the status. Null before any attempt.',
    }),
  }),
});

builder.queryField('notificationDeliveries', (t) =>
  t.field({
    type: NotificationDeliveryConnection,
    authScopes: { scope: 'read:notifications' },
    description: 'The delivery log, newest first, as far as it is kept.',
    args: {
      ...forwardArgs(t.arg, flatPage),
      filter: t.arg({ type: deliveryFilter.ref, description: 'Which messages; null = all.' }),
    },
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        collection: notificationDeliveries,
        args,
        sizes: flatPage,
        condition: toCondition(context, deliveryFilter, args.filter),
        sort: [descending('queuedAt')],
      }),
  }),
);

function toMessage(delivery: NotificationDeliveryRow): StoredMessage {
  return JSON.parse(delivery.message) as StoredMessage;
}
