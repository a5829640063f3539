import { hintPriority, saveHints } from '../db/queries/hint.ts';
import { shops, wakeShop } from '../db/queries/shop.ts';
import { isAppError } from '../shared/errors.ts';
import { brandId, type ShopId } from '../shared/ids.ts';
import { builder } from './builder.ts';
import { startChecks } from './checks.ts';
import type { GraphqlContext } from './context.ts';
import { loadByKey } from './loader.ts';
import { definePayload, idempotencyKeyDescription, runMutation, runRemoteMutation } from './mutation.ts';
import { requireId } from './node.ts';
import { Shop } from './refs.ts';
import { Refusal, userError } from './user-error.ts';

const ShopSyncRequestInput = builder.inputType('ShopSyncRequestInput', {
  description: 'A shop to be read now.',
  fields: (t) => ({
    shopId: t.id({ required: true, description: 'The shop’s id.' }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const shopField = (t: Parameters<Parameters<typeof definePayload<{ shopId: string }>>[2]>[0]) => ({
  shop: t.field({
    type: Shop,
    nullable: true,
    description: 'The shop.',
    resolve: ({ result }, _args, context) =>
      result === null ? null : loadByKey(context, shops, result.shopId),
  }),
});

const ShopSyncRequestPayload = definePayload<{ shopId: string }>(
  'ShopSyncRequestPayload',
  'The request is noted; the next worker reads the shop. Watch `syncRunChanged`.',
  shopField,
);

const ShopConnectInput = builder.inputType('ShopConnectInput', {
  description:
    'A shop to be read from now on. Tokens are sealed before they are stored and can never be read.',
  fields: (t) => ({
    platform: t.string({ required: true, description: 'alibaba-1688 or wms-feed.' }),
    name: t.string({ description: 'Name for people, 1 to 200 characters; null = the platform’s.' }),
    authorizationCode: t.string({
      description:
        'Of the platform’s authorization page, to be exchanged for tokens; null = tokens are given.',
    }),
    accessToken: t.string({ description: 'Token to call with; null = a code or a refresh token is given.' }),
    refreshToken: t.string({
      description: 'Token to refresh with; null = the shop ends with its access token.',
    }),
    endpointUrl: t.string({ description: 'Address of a feed, http or https; null = the configured one.' }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const ShopConnectPayload = definePayload<{ shopId: string }>(
  'ShopConnectPayload',
  'The shop; connecting the same owner again replaces its tokens and keeps everything read so far.',
  shopField,
);

builder.mutationFields((t) => ({
  shopSyncRequest: t.field({
    type: ShopSyncRequestPayload,
    authScopes: { scope: 'write:shops' },
    description: 'Asks for a shop to be read now instead of at its next turn.',
    args: { input: t.arg({ type: ShopSyncRequestInput, required: true, description: 'Which shop.' }) },
    resolve: (_root, { input }, context) => {
      const [id = ''] = requireId(context, input.shopId, 'Shop');
      const shopId = brandId<ShopId>(id);
      const { organizationId } = context.viewer;
      return runMutation(context, 'shopSyncRequest', input, async ({ sql, now }) => {
        if (!(await wakeShop(sql, organizationId, shopId))) {
          throw new Refusal(userError('NOT_FOUND', ['input', 'shopId']));
        }
        const hint = { kind: 'SYNC_NOW', externalId: '' } as const;
        await saveHints(sql, { organizationId, shopId }, [hint], hintPriority.person, now);
        return { shopId };
      });
    },
  }),
  shopConnect: t.field({
    type: ShopConnectPayload,
    authScopes: { scope: 'admin:shops' },
    description: 'Connects a shop, or connects it again: its tokens are tried against the platform first.',
    args: {
      input: t.arg({ type: ShopConnectInput, required: true, description: 'The shop and its tokens.' }),
    },
    resolve: (_root, { input }, context) => connect(context, input),
  }),
}));

async function connect(context: GraphqlContext, input: typeof ShopConnectInput.$inferInput) {
  const { organizationId } = context.viewer;
  return runRemoteMutation(context, 'shopConnect', input, async () => {
    const checks = startChecks();
    checks.text(input.name, ['input', 'name'], 200);
    const tokens = [input.authorizationCode, input.accessToken, input.refreshToken];
    if (tokens.every((token) => token == null)) {
      checks.add(
        userError('REQUIRED', ['input'], { what: 'authorizationCode / accessToken / refreshToken' }),
      );
    }
    checks.refuseIfAny();
    try {
      const shopId = await context.ports.connectShop({
        organizationId,
        platform: input.platform,
        name: input.name ?? null,
        authorizationCode: input.authorizationCode ?? null,
        accessToken: input.accessToken ?? null,
        refreshToken: input.refreshToken ?? null,
        endpointUrl: input.endpointUrl ?? null,
      });
      return { shopId };
    } catch (error) {
      const code = connectRefusal(error);
      if (code === null) throw error;
      throw new Refusal(userError(code, ['input'], { bound: 'platform, endpointUrl' }));
    }
  });
}

function connectRefusal(error: unknown) {
  if (isAppError(error, 'authorization_expired', 'forbidden')) return 'AUTHORIZATION_REFUSED';
  if (isAppError(error, 'permission_missing')) return 'PERMISSION_MISSING';
  if (isAppError(error, 'invalid_configuration')) return 'NOT_CONFIGURED';
  if (isAppError(error, 'invalid_input')) return 'INVALID';
  return isAppError(error, 'transient', 'throttled', 'permanent', 'deadline_exceeded')
    ? 'PLATFORM_UNAVAILABLE'
    : null;
}
