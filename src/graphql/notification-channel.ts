import { type NotificationChannelRow, notificationChannels } from '../db/queries/notification-channel.ts';
import { type ChannelStatistics, readChannelStatistics } from '../db/queries/notification-statistics.ts';
import { channelLimits } from '../domain/notification/limits.ts';
import type { Recipient } from '../domain/notification/notice.ts';
import { forwardArgs, spanCondition } from './arguments.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import { Locale } from './enums.ts';
import { loadByKey, loaderOf } from './loader.ts';
import { encodeId, Node, registerNode } from './node.ts';
import {
  NotificationChannel,
  NotificationChannelConnection,
  NotificationChannelKind,
  RecipientRole,
} from './notification-refs.ts';
import { ascending } from './order.ts';
import { flatPage, pageCost } from './page.ts';

registerNode('NotificationChannel', (context, key) => loadByKey(context, notificationChannels, ...key));

const NotificationChannelState = builder.enumType('NotificationChannelState', {
  description: 'Whether the other side still takes messages. New values may be added.',
  values: {
    ACTIVE: { description: 'As far as anybody knows.' },
    GONE: {
      description: 'It said that it is gone for good; nothing is sent until its secrets are entered anew.',
    },
  } as const,
});

const NotificationRecipient = builder.objectRef<Recipient>('NotificationRecipient').implement({
  description: 'Somebody whom a channel reaches.',
  authScopes: { scope: 'read:notifications' },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Unique in its channel; routes and the log name it.' }),
    role: t.field({
      type: RecipientRole,
      nullable: true,
      description: 'What they do; null = reached by name only.',
      resolve: (recipient) => recipient.role,
    }),
    address: t.exposeString('address', {
      nullable: true,
      description: 'Mail address or mobile number; null when reached by user id.',
    }),
    userId: t.exposeString('userId', {
      nullable: true,
      description: 'Id on the chat platform, for mentions; null = none.',
    }),
  }),
});

const NotificationSetting = builder
  .objectRef<{ name: string; value: string }>('NotificationSetting')
  .implement({
    description: 'A setting of a channel that is no secret.',
    authScopes: { scope: 'read:notifications' },
    fields: (t) => ({
      name: t.exposeString('name', {
        description: 'Its name as in NotificationChannelSettingsInput, or host.',
      }),
      value: t.exposeString('value', { description: 'Its value. Of an address only the host is shown.' }),
    }),
  });

const NotificationChannelStatistics = builder
  .objectRef<ChannelStatistics>('NotificationChannelStatistics')
  .implement({
    description: 'How a channel did with the messages about alerts queued in a span of business time.',
    authScopes: { scope: 'read:notifications' },
    fields: (t) => ({
      sentCount: t.exposeInt('sentCount', { description: 'Messages that the other side took.' }),
      failedCount: t.exposeInt('failedCount', { description: 'Messages that were given up.' }),
      queuedCount: t.exposeInt('queuedCount', { description: 'Messages that still wait.' }),
      noticeCount: t.exposeInt('noticeCount', { description: 'What they told, all together.' }),
      digestCount: t.exposeInt('digestCount', { description: 'Messages that told more than one thing.' }),
      budgetDigestCount: t.exposeInt('budgetDigestCount', {
        description: 'Those of them that were made because the address was busy or its rate used up.',
      }),
      attemptCount: t.exposeInt('attemptCount', {
        description: 'Calls made for them, those that were refused or only asked to wait included.',
      }),
      throttledCount: t.exposeInt('throttledCount', {
        description: 'How often the other side asked for patience: above 0, its rate is set too high.',
      }),
      busiestMinuteCount: t.exposeInt('busiestMinuteCount', {
        description: 'Budget used: calls in the busiest minute (real time); compare with `perMinuteMax`.',
      }),
      latencyP50Seconds: t.exposeFloat('latencyP50Seconds', {
        nullable: true,
        description:
          'From the stock change to the message taken, median, business seconds; null without one.',
      }),
      latencyP99Seconds: t.exposeFloat('latencyP99Seconds', {
        nullable: true,
        description: 'The same, the 99th of a hundred; null without one.',
      }),
    }),
  });

NotificationChannel.implement({
  description: 'A way to reach people, with the people it reaches. Secrets go in and never come out.',
  interfaces: [Node],
  authScopes: { scope: 'read:notifications' },
  fields: (t) => ({
    id: t.id({
      description: 'Opaque and stable.',
      resolve: (channel) => encodeId('NotificationChannel', channel.channelId),
    }),
    name: t.exposeString('name', { description: 'Name for people; unique in the organization.' }),
    kind: t.field({
      type: NotificationChannelKind,
      description: 'By which way it goes out.',
      resolve: (channel) => channel.kind,
    }),
    isEnabled: t.exposeBoolean('isEnabled', { description: 'Whether anything is sent.' }),
    state: t.field({
      type: NotificationChannelState,
      description: 'Whether the other side still takes messages.',
      resolve: (channel) => channel.state,
    }),
    locale: t.field({
      type: Locale,
      description: 'Language of its messages.',
      resolve: (channel) => channel.locale,
    }),
    settings: t.field({
      type: [NotificationSetting],
      description: 'What is no secret.',
      resolve: (channel) => toSettings(channel),
    }),
    recipients: t.field({
      type: [NotificationRecipient],
      description: 'Whom it reaches, or may mention.',
      resolve: (channel) => JSON.parse(channel.recipients) as Recipient[],
    }),
    perMinuteMax: t.int({
      nullable: true,
      description: 'Messages in any minute: set, else the platform’s; null = not limited.',
      resolve: ({ perMinuteMax, kind }) => perMinuteMax ?? channelLimits[kind].perMinute,
    }),
    perSecondMax: t.int({
      nullable: true,
      description: 'Messages in any second: set, else the platform’s; null = not limited.',
      resolve: ({ perSecondMax, kind }) => perSecondMax ?? channelLimits[kind].perSecond,
    }),
    perDayMax: t.int({
      nullable: true,
      description: 'Messages a day to one mobile number: set, else the platform’s; null = not limited.',
      resolve: ({ perDayMax, kind }) => perDayMax ?? channelLimits[kind].perDay,
    }),
    messageBytesMax: t.int({
      description: 'UTF-8 bytes of one message: set, else the platform’s.',
      resolve: ({ messageBytesMax, kind }) => messageBytesMax ?? channelLimits[kind].messageBytes,
    }),
    statistics: t.field({
      type: NotificationChannelStatistics,
      description: 'How it did over a span of business time.',
      complexity: { field: 20 },
      args: {
        from: t.arg({ type: 'DateTime', required: true, description: 'From this instant on.' }),
        to: t.arg({ type: 'DateTime', required: true, description: 'Up to this instant, itself not.' }),
      },
      resolve: async (channel, { from, to }, context) => {
        spanCondition(context, 'queuedAt', from, to);
        const name = `channelStatistics ${from.toISOString()} ${to.toISOString()}`;
        const found = await loaderOf<string, ChannelStatistics | undefined>(context, name, (ids) =>
          context.load(readChannelStatistics(ids, from, to)),
        ).load(channel.channelId);
        if (found === undefined) throw new Error('statistics answer one row per channel');
        return found;
      },
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When it was last stored (business time).',
      resolve: (channel) => channel.recordedAt,
    }),
  }),
});

builder.queryField('notificationChannels', (t) =>
  t.field({
    type: NotificationChannelConnection,
    authScopes: { scope: 'read:notifications' },
    description: 'All ways to reach people, by name.',
    args: forwardArgs(t.arg, flatPage),
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        collection: notificationChannels,
        args,
        sizes: flatPage,
        sort: [ascending('name')],
      }),
  }),
);

function toSettings(channel: NotificationChannelRow): { name: string; value: string }[] {
  const settings = JSON.parse(channel.settings) as Record<string, string>;
  return Object.entries(settings).map(([name, value]) => ({ name, value }));
}
