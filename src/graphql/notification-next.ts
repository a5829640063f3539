import { type NextNotification, readNextNotifications } from '../db/queries/notification-delivery.ts';
import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { loaderOf } from './loader.ts';
import { StockAlert } from './refs.ts';

const NextNotificationReason = builder.enumType('NextNotificationReason', {
  description: 'Why an alert is told next when it is. New values may be added.',
  values: {
    SENDING: { description: 'Due now: composed, or waiting for the rate of its address.' },
    IMMEDIATE: { description: 'At once.' },
    DIGEST_WINDOW: { description: 'At the end of the route’s digest window.' },
    QUIET_HOURS: { description: 'At the end of the route’s quiet hours.' },
    REPEAT: { description: 'A reminder, because it still fires.' },
    ESCALATION: { description: 'The next step of the chain, unless somebody acknowledges.' },
  } as const,
});

builder.objectFields(StockAlert, (t) => ({
  nextNotificationAt: t.field({
    type: 'DateTime',
    nullable: true,
    description:
      'When somebody is told of it next as things stand (business time); null = nobody is going to be told.',
    resolve: async (alert, _args, context) => (await loadNext(context, alert.alertId))?.at ?? null,
  }),
  nextNotificationReason: t.field({
    type: NextNotificationReason,
    nullable: true,
    description: 'Why then; null when nobody is going to be told.',
    resolve: async (alert, _args, context) => (await loadNext(context, alert.alertId))?.reason ?? null,
  }),
}));

function loadNext(context: GraphqlContext, alertId: string): Promise<NextNotification | null> {
  return loaderOf<string, NextNotification | null>(context, 'nextNotifications', (ids) =>
    context.load(readNextNotifications(ids)),
  ).load(alertId);
}
