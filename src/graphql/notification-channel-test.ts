import { randomUUID } from 'node:crypto';
import { loadTestTarget } from '../db/queries/notification-channel.ts';
import { notificationDeliveries } from '../db/queries/notification-delivery.ts';
import { saveDelivery } from '../db/queries/notification-gather.ts';
import { composeTest } from '../domain/notification/message.ts';
import { builder } from './builder.ts';
import { loadByKey } from './loader.ts';
import { definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { requireId } from './node.ts';
import { NotificationDelivery } from './notification-refs.ts';
import { Refusal, userError } from './user-error.ts';

const NotificationChannelTestInput = builder.inputType('NotificationChannelTestInput', {
  description: 'A channel to try.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The channel’s id.' }),
    recipient: t.string({
      description: 'Name of one of its recipients; null = the first. For EMAIL and SMS only.',
    }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const NotificationChannelTestPayload = definePayload<{ deliveryId: string }>(
  'NotificationChannelTestPayload',
  'The message: ask for it again until it is SENT or FAILED.',
  (t) => ({
    notificationDelivery: t.field({
      type: NotificationDelivery,
      nullable: true,
      description: 'The test message.',
      resolve: ({ result }, _args, context) =>
        result === null ? null : loadByKey(context, notificationDeliveries, result.deliveryId),
    }),
  }),
);

builder.mutationField('notificationChannelTest', (t) =>
  t.field({
    type: NotificationChannelTestPayload,
    authScopes: { scope: 'write:notifications' },
    description:
      'Queues a test message; a worker sends it within about a second, within the channel’s rate. Refused for a channel that is switched off.',
    args: { input: t.arg({ type: NotificationChannelTestInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, context) => {
      const [channelId = ''] = requireId(context, input.id, 'NotificationChannel');
      return runMutation(context, 'notificationChannelTest', input, async ({ sql, now }) => {
        const target = await loadTestTarget(sql, channelId);
        if (target === null) throw new Refusal(userError('NOT_FOUND', ['input', 'id']));
        if (!target.isEnabled) {
          throw new Refusal(userError('STATE_CONFLICT', ['input', 'id'], { state: 'DISABLED' }));
        }
        const isPersonal = target.kind === 'EMAIL' || target.kind === 'SMS';
        const found = target.recipients.find(
          ({ name }) => input.recipient == null || name === input.recipient,
        );
        if ((isPersonal || input.recipient != null) && found === undefined) {
          throw new Refusal(userError('NOT_FOUND', ['input', 'recipient']));
        }
        const { title, text } = composeTest(target.locale, target.name);
        const delivery = {
          deliveryId: randomUUID(),
          channelId,
          kind: 'TEST',
          state: target.kind === 'INBOX' ? 'SENT' : 'QUEUED',
          recipient: isPersonal && found !== undefined ? found.name : '',
          severity: 'INFO',
          title,
          message: { texts: [text], alerts: [], mentions: [] },
          partNumber: 1,
          partCount: 1,
          noticeCount: 0,
          digest: 'NONE',
          changedAt: null,
        } as const;
        await saveDelivery(sql, context.viewer.organizationId, delivery, now);
        return { deliveryId: delivery.deliveryId };
      });
    },
  }),
);
