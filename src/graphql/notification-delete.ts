import { deleteChannel } from '../db/queries/notification-channel.ts';
import { deleteRoute } from '../db/queries/notification-route.ts';
import { builder } from './builder.ts';
import { definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { requireId } from './node.ts';
import { Refusal, userError } from './user-error.ts';

const NotificationChannelDeleteInput = builder.inputType('NotificationChannelDeleteInput', {
  description: 'A channel to be taken away.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The channel’s id.' }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const NotificationRouteDeleteInput = builder.inputType('NotificationRouteDeleteInput', {
  description: 'A route to be taken away.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'The route’s id.' }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const NotificationChannelDeletePayload = definePayload<{ id: string }>(
  'NotificationChannelDeletePayload',
  'Which channel is gone.',
  (t) => ({
    deletedId: t.id({
      nullable: true,
      description: 'Its id; null when nothing was taken away.',
      resolve: ({ result }) => result?.id ?? null,
    }),
  }),
);

const NotificationRouteDeletePayload = definePayload<{ id: string }>(
  'NotificationRouteDeletePayload',
  'Which route is gone.',
  (t) => ({
    deletedId: t.id({
      nullable: true,
      description: 'Its id; null when nothing was taken away.',
      resolve: ({ result }) => result?.id ?? null,
    }),
  }),
);

builder.mutationField('notificationChannelDelete', (t) =>
  t.field({
    type: NotificationChannelDeletePayload,
    authScopes: { scope: 'write:notifications' },
    description:
      'Takes a channel away with its secrets, its delivery log and what it was still to tell. Refused while a route or the sales policies lead to it; to silence it, switch it off instead.',
    args: {
      input: t.arg({ type: NotificationChannelDeleteInput, required: true, description: 'Which.' }),
    },
    resolve: (_root, { input }, context) => {
      const channelId = requireId(context, input.id, 'NotificationChannel')[0] ?? '';
      return runMutation(context, 'notificationChannelDelete', input, async ({ sql }) => {
        const hindrance = await deleteChannel(sql, channelId);
        if (hindrance === 'GONE') throw new Refusal(userError('NOT_FOUND', ['input', 'id']));
        if (hindrance !== null) {
          const params = { state: hindrance.user };
          throw new Refusal(userError('STATE_CONFLICT', ['input', 'id'], params, 'USER_IN_USE'));
        }
        return { id: input.id };
      });
    },
  }),
);

builder.mutationField('notificationRouteDelete', (t) =>
  t.field({
    type: NotificationRouteDeletePayload,
    authScopes: { scope: 'write:notifications' },
    description: 'Takes a route away, with what it has planned and nobody was told of yet.',
    args: { input: t.arg({ type: NotificationRouteDeleteInput, required: true, description: 'Which.' }) },
    resolve: (_root, { input }, context) => {
      const routeId = requireId(context, input.id, 'NotificationRoute')[0] ?? '';
      return runMutation(context, 'notificationRouteDelete', input, async ({ sql }) => {
        if (!(await deleteRoute(sql, routeId))) throw new Refusal(userError('NOT_FOUND', ['input', 'id']));
        return { id: input.id };
      });
    },
  }),
);
