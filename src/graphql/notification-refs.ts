import type { NotificationChannelRow } from '../db/queries/notification-channel.ts';
import type { NotificationDeliveryRow, NotificationRow } from '../db/queries/notification-delivery.ts';
import type { NotificationRouteRow } from '../db/queries/notification-route.ts';
import { builder } from './builder.ts';
import { defineConnection } from './page.ts';

/** A way to reach people; its fields stand in `notification-channel.ts`. */
export const NotificationChannel = builder.objectRef<NotificationChannelRow>('NotificationChannel');
/** Which alerts to whom; its fields stand in `notification-route.ts`. */
export const NotificationRoute = builder.objectRef<NotificationRouteRow>('NotificationRoute');
/** One message to one address; its fields stand in `notification-delivery.ts`. */
export const NotificationDelivery = builder.objectRef<NotificationDeliveryRow>('NotificationDelivery');
/** A message of the inbox; its fields stand in `notification-inbox.ts`. */
export const Notification = builder.objectRef<NotificationRow>('Notification');

/** Pages of channels. */
export const NotificationChannelConnection = defineConnection(
  'NotificationChannel',
  NotificationChannel,
  'read:notifications',
);
/** Pages of routes. */
export const NotificationRouteConnection = defineConnection(
  'NotificationRoute',
  NotificationRoute,
  'read:notifications',
);
/** Pages of deliveries. */
export const NotificationDeliveryConnection = defineConnection(
  'NotificationDelivery',
  NotificationDelivery,
  'read:notifications',
);
/** Pages of the inbox. */
export const NotificationConnection = defineConnection('Notification', Notification, 'read:alerts');

const mayGrow = 'New values may be added: a client must bear unknown ones.';

/** By which way a message goes out. */
export const NotificationChannelKind = builder.enumType('NotificationChannelKind', {
  description: `By which way a message goes out. ${mayGrow}`,
  values: {
    EMAIL: { description: 'Mail, one to each recipient.' },
    SMS: { description: 'SMS by Alibaba Cloud, one to each recipient, by an approved template.' },
    DINGTALK: { description: 'A DingTalk group, by a custom robot.' },
    WECOM: { description: 'A WeCom group, by a robot.' },
    FEISHU: { description: 'A Feishu group, by a custom robot.' },
    WEBHOOK: { description: 'A signed HTTP call, as Standard Webhooks describes it.' },
    INBOX: { description: 'Messages inside this API: `notifications`.' },
  } as const,
});

/** What somebody does in the shop. */
export const RecipientRole = builder.enumType('RecipientRole', {
  description: `What somebody does in the shop. ${mayGrow}`,
  values: {
    BUYER: { description: 'Buys goods.' },
    OPERATIONS: { description: 'Runs shop and warehouse.' },
    OWNER: { description: 'Answers for it all.' },
  } as const,
});
