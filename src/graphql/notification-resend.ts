import { notificationDeliveries } from '../db/queries/notification-delivery.ts';
import { lockForResend, type ResendTarget, requeueDeliveries } from '../db/queries/notification-resend.ts';
import { builder } from './builder.ts';
import { startChecks } from './checks.ts';
import { actorOf } from './context.ts';
import { loadByKey } from './loader.ts';
import { definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { requireId } from './node.ts';
import { NotificationDelivery } from './notification-refs.ts';
import { Refusal, userError } from './user-error.ts';

const idsMax = 250;

const NotificationDeliveryResendInput = builder.inputType('NotificationDeliveryResendInput', {
  description: 'Messages that were given up.',
  fields: (t) => ({
    ids: t.idList({ required: true, description: `Ids of FAILED messages, 1 to ${idsMax}.` }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const NotificationDeliveryResendPayload = definePayload<{ deliveryIds: string[] }>(
  'NotificationDeliveryResendPayload',
  'The messages as they are now.',
  (t) => ({
    notificationDeliveries: t.field({
      type: [NotificationDelivery],
      nullable: true,
      description: 'The messages: ask for them again until they are SENT or FAILED.',
      resolve: async ({ result }, _args, context) => {
        if (result === null) return null;
        const found = await Promise.all(
          result.deliveryIds.map((id) => loadByKey(context, notificationDeliveries, id)),
        );
        return found.filter((delivery) => delivery !== null);
      },
    }),
  }),
);

builder.mutationField('notificationDeliveryResend', (t) =>
  t.field({
    type: NotificationDeliveryResendPayload,
    authScopes: { scope: 'write:notifications' },
    description:
      'Sends messages again that were given up: the same words under the same delivery id, with all attempts anew. All of them or none: refused for a message that is not FAILED, and for one whose channel is switched off or gone.',
    args: {
      input: t.arg({ type: NotificationDeliveryResendInput, required: true, description: 'Which.' }),
    },
    resolve: (_root, { input }, context) => {
      const deliveryIds = input.ids.map((id) => requireId(context, id, 'NotificationDelivery')[0] ?? '');
      return runMutation(context, 'notificationDeliveryResend', input, async ({ sql, now }) => {
        if (deliveryIds.length === 0 || deliveryIds.length > idsMax) {
          throw new Refusal(userError('OUT_OF_RANGE', ['input', 'ids'], { bound: `1–${idsMax}` }));
        }
        checkAll(deliveryIds, await lockForResend(sql, deliveryIds));
        await requeueDeliveries(sql, deliveryIds, actorOf(context.viewer), now);
        return { deliveryIds };
      });
    },
  }),
);

function checkAll(deliveryIds: readonly string[], found: readonly ResendTarget[]): void {
  const checks = startChecks();
  const byId = new Map(found.map((target) => [target.deliveryId, target]));
  deliveryIds.forEach((id, index) => {
    const path = ['input', 'ids', index];
    const target = byId.get(id);
    if (target === undefined) checks.add(userError('NOT_FOUND', path));
    else if (target.state !== 'FAILED') {
      checks.add(userError('STATE_CONFLICT', path, { state: target.state }));
    } else if (!target.isOpen) checks.add(userError('STATE_CONFLICT', path, { state: 'DISABLED' }));
  });
  checks.refuseIfAny();
}
