import { notificationChannels } from '../db/queries/notification-channel.ts';
import { type NotificationRouteRow, notificationRoutes } from '../db/queries/notification-route.ts';
import { warehouses } from '../db/queries/warehouse.ts';
import type { EscalationStep } from '../domain/notification/notice.ts';
import { forwardArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import { AlertSeverity, StockAlertKind } from './enums.ts';
import { loadByKey } from './loader.ts';
import { encodeId, Node, registerNode } from './node.ts';
import {
  NotificationChannel,
  NotificationRoute,
  NotificationRouteConnection,
  RecipientRole,
} from './notification-refs.ts';
import { ascending } from './order.ts';
import { flatPage, pageCost } from './page.ts';
import { Warehouse } from './refs.ts';

registerNode('NotificationRoute', (context, key) => loadByKey(context, notificationRoutes, ...key));

const QuietHours = builder.objectRef<NotificationRouteRow>('QuietHours').implement({
  description: 'Hours of the day in which people are left alone; what is due then waits for their end.',
  authScopes: { scope: 'read:notifications' },
  fields: (t) => ({
    from: t.string({
      description: 'Local time HH:MM at which they begin.',
      resolve: (route) => route.quietFrom ?? '',
    }),
    to: t.string({
      description: 'Local time HH:MM at which they end; earlier than from = on the next day.',
      resolve: (route) => route.quietTo ?? '',
    }),
    timeZone: t.string({
      description: 'IANA name of the zone of both.',
      resolve: (route) => route.quietTimeZone ?? '',
    }),
    exceptSeverity: t.field({
      type: AlertSeverity,
      nullable: true,
      description: 'Alerts at least this bad are told all the same; null = none is.',
      resolve: (route) => route.quietExceptSeverity,
    }),
  }),
});

const NotificationEscalationStep = builder.objectRef<EscalationStep>('NotificationEscalationStep').implement({
  description: 'Whom to tell when nobody has acknowledged for so long.',
  authScopes: { scope: 'read:notifications' },
  fields: (t) => ({
    afterMinutes: t.exposeInt('afterMinutes', {
      description: 'Since the alert fired, business time, minutes.',
    }),
    channels: t.field({
      type: [NotificationChannel],
      description: 'By which channels.',
      resolve: (step, _args, context) => loadChannels(context, step.channelIds),
    }),
    roles: t.field({
      type: [RecipientRole],
      description: 'Recipients with one of these roles …',
      resolve: (step) => [...step.roles],
    }),
    recipientNames: t.stringList({
      description: '… and these by name. Both empty = everybody the channel reaches.',
      resolve: (step) => [...step.recipientNames],
    }),
  }),
});

NotificationRoute.implement({
  description:
    'Which alerts are told to whom, by which channels, when. The same event by two routes to one address is told once.',
  interfaces: [Node],
  authScopes: { scope: 'read:notifications' },
  fields: (t) => ({
    id: t.id({
      description: 'Opaque and stable.',
      resolve: (route) => encodeId('NotificationRoute', route.routeId),
    }),
    name: t.exposeString('name', { description: 'Name for people; unique in the organization.' }),
    isEnabled: t.exposeBoolean('isEnabled', { description: 'Whether it tells anything.' }),
    kinds: t.field({
      type: [StockAlertKind],
      nullable: true,
      description: 'Alerts of these kinds; null = of every kind.',
      resolve: (route) => route.kinds,
    }),
    severityMin: t.field({
      type: AlertSeverity,
      description: 'This bad, or worse.',
      resolve: (route) => route.severityMin,
    }),
    warehouses: t.field({
      type: [Warehouse],
      nullable: true,
      description: 'Alerts about these; null = about all, and those about none.',
      resolve: async (route, _args, context) => {
        if (route.warehouseIds === null) return null;
        const found = await Promise.all(route.warehouseIds.map((id) => loadByKey(context, warehouses, id)));
        return found.filter((warehouse) => warehouse !== null);
      },
    }),
    categories: t.stringList({
      nullable: true,
      description: 'Goods of these categories; null = all.',
      resolve: (route) => route.categories,
    }),
    channels: t.field({
      type: [NotificationChannel],
      description: 'By which channels.',
      resolve: (route, _args, context) => loadChannels(context, route.channelIds),
    }),
    roles: t.field({
      type: [RecipientRole],
      description: 'Recipients with one of these roles are told, or mentioned …',
      resolve: (route) => route.roles as EscalationStep['roles'][number][],
    }),
    recipientNames: t.stringList({
      description: '… and these by name. Both empty = everybody the channels reach, and nobody is mentioned.',
      resolve: (route) => route.recipientNames,
    }),
    tellsResolved: t.exposeBoolean('tellsResolved', {
      description: 'Whether the end of an alert is told too.',
    }),
    digestMinutes: t.exposeInt('digestMinutes', {
      description:
        'Messages are gathered over windows of so many minutes, counted from 08:00 by `timeZone`, business time; 0 = at once.',
    }),
    timeZone: t.exposeString('timeZone', {
      description: 'IANA zone by whose clock the windows are counted.',
    }),
    quietHours: t.field({
      type: QuietHours,
      nullable: true,
      description: 'When people are left alone; null = never.',
      resolve: (route) => (route.quietFrom === null ? null : route),
    }),
    repeatMinutes: t.exposeInt('repeatMinutes', {
      nullable: true,
      description: 'Told again every so many minutes while it fires, business time; null = once.',
    }),
    escalation: t.field({
      type: [NotificationEscalationStep],
      description: 'The chain, step by step; ends when somebody acknowledges.',
      resolve: (route) => JSON.parse(route.escalation) as EscalationStep[],
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When it was last stored (business time).',
      resolve: (route) => route.recordedAt,
    }),
  }),
});

builder.queryField('notificationRoutes', (t) =>
  t.field({
    type: NotificationRouteConnection,
    authScopes: { scope: 'read:notifications' },
    description: 'All routes, by name.',
    args: forwardArgs(t.arg, flatPage),
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        collection: notificationRoutes,
        args,
        sizes: flatPage,
        sort: [ascending('name')],
      }),
  }),
);

async function loadChannels(context: GraphqlContext, channelIds: readonly string[]) {
  const found = await Promise.all(channelIds.map((id) => loadByKey(context, notificationChannels, id)));
  return found.filter((channel) => channel !== null);
}
