import { type NextNotification, readNextNotifications } from '../db/queries/notification-next.ts';
import { builder } from './builder.ts';
import type { GraphqlContext } from './context.ts';
import { loaderOf } from './loader.ts';
import { StockAlert } from './refs.ts';

const NextNotificationReason = builder.enumType('NextNotificationReason', {
  description: 'Why an alert is told next when it is, or why nobody is told. New values may be added.',
  values: {
    SENDING: {
      description:
        'Due now: composed, waiting for the rate of its address, or some seconds for the quantity to order.',
    },
    IMMEDIATE: { description: 'At once.' },
    DIGEST_WINDOW: { description: 'At the end of the route’s digest window.' },
    QUIET_HOURS: { description: 'At the end of the route’s quiet hours.' },
    REPEAT: { description: 'A reminder, because it still fires.' },
    ESCALATION: { description: 'The next step of the chain, unless somebody acknowledges.' },
    PLANNING: { description: 'Not known yet: its last change is planned within a second or so. No time.' },
    PENDING: { description: 'Nobody: it has not lasted long enough to fire. No time.' },
    ACKNOWLEDGED: { description: 'Nobody: somebody is on it. No time.' },
    SNOOZED: { description: 'Nobody: it is silenced. No time.' },
    RESOLVED: { description: 'Nobody: it is over. No time.' },
    TOLD: { description: 'Nobody: all has been said, and no route repeats it. No time.' },
    FAILED: {
      description:
        'Nobody: its last message was given up, see the delivery log and `notificationDeliveryResend`. No time.',
    },
    SPOKEN_FOR: {
      description:
        'Nobody: who would be told of it is told of an alert that speaks for it, see `suppressedBy`. No time.',
    },
    NO_ROUTE: { description: 'Nobody: no route leads from this alert to anybody. No time.' },
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
    description:
      'Why then; without a time, why nobody is going to be told. Null = the alert is no longer kept.',
    resolve: async (alert, _args, context) => (await loadNext(context, alert.alertId))?.reason ?? null,
  }),
}));

function loadNext(context: GraphqlContext, alertId: string): Promise<NextNotification | null> {
  return loaderOf<string, NextNotification | null>(context, 'nextNotifications', (ids) =>
    context.load(readNextNotifications(ids)),
  ).load(alertId);
}
