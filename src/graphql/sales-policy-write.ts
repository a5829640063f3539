import { items } from '../db/queries/item.ts';
import {
  findChannelKinds,
  loadSalesPolicySetting,
  type SalesPolicySetting,
  saveSalesPolicySetting,
} from '../db/queries/sales-policy-setting.ts';
import { type SalesPolicyWriteRow, salesPolicyWrites } from '../db/queries/sales-policy-write.ts';
import { shops } from '../db/queries/shop.ts';
import { forwardArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { startChecks } from './checks.ts';
import { resolveConnection } from './connection.ts';
import { loadByKey } from './loader.ts';
import { definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { encodeId, requireId } from './node.ts';
import { descending } from './order.ts';
import { defineConnection, flatPage, pageCost } from './page.ts';
import { Item, Shop } from './refs.ts';
import { SalesPolicyListed, SalesPolicyWriteMode, SalesPolicyWriteState } from './sales-policy-enums.ts';
import { userError } from './user-error.ts';

const channelsMax = 20;

const SalesPolicySettings = builder.objectRef<SalesPolicySetting>('SalesPolicySettings').implement({
  description:
    'Who is told of changed sales policies, and whether quantities for sale are changed on the platform.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    channelIds: t.idList({
      description: 'Webhooks that are told of every change, signed like alerts.',
      resolve: ({ channelIds }) => channelIds.map((id) => encodeId('NotificationChannel', id)),
    }),
    writeMode: t.field({
      type: SalesPolicyWriteMode,
      description: 'Whether quantities are written back; OFF unless set.',
      resolve: ({ writeMode }) => writeMode,
    }),
  }),
});

const SalesPolicyWrite = builder.objectRef<SalesPolicyWriteRow>('SalesPolicyWrite');

SalesPolicyWrite.implement({
  description:
    'One quantity for sale that was to be changed on a platform: read first, sent as a difference, never sent again without reading again. The record of what was done.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    writeId: t.exposeString('writeId', { description: 'Stable.' }),
    item: t.field({
      type: Item,
      nullable: true,
      description: 'The item; null only when it was removed.',
      resolve: (write, _args, context) => loadByKey(context, items, write.itemId),
    }),
    shop: t.field({
      type: Shop,
      nullable: true,
      description: 'The shop; null without the right to see shops, or when it was removed.',
      resolve: (write, _args, context) =>
        context.viewer.scopes.has('read:shops') ? loadByKey(context, shops, write.shopId) : null,
    }),
    productId: t.exposeString('productId', { description: 'The platform’s id of the offer.' }),
    specId: t.string({
      nullable: true,
      description: 'Of the variant; null for an offer without variants.',
      resolve: ({ specId }) => (specId === '' ? null : specId),
    }),
    isDryRun: t.exposeBoolean('isDryRun', { description: 'True = nothing was sent, only recorded.' }),
    state: t.field({
      type: SalesPolicyWriteState,
      description: 'Where it stands.',
      resolve: ({ state }) => state,
    }),
    listed: t.field({
      type: SalesPolicyListed,
      description: 'What was wanted.',
      resolve: ({ listed }) => listed,
    }),
    wanted: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'The quantity for sale that was wanted, units of the listing; null = not worked out yet.',
      resolve: ({ wanted }) => wanted,
    }),
    readBefore: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'What the platform showed just before; null = not read yet.',
      resolve: ({ readBefore }) => readBefore,
    }),
    sentChange: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'The difference that was sent, of a dry run the one that would have been; null = none.',
      resolve: ({ sentChange }) => sentChange,
    }),
    readAfter: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'What the platform showed afterwards; null = not read again.',
      resolve: ({ readAfter }) => readAfter,
    }),
    attempts: t.exposeInt('attempts', {
      description: 'How often a change was sent, each after a fresh reading.',
    }),
    errorCode: t.exposeString('errorCode', {
      nullable: true,
      description:
        'Why it failed or waits: NO_PHYSICAL_STOCK, NOT_TRACKED, LISTING_GONE, NO_EFFECT, or the platform’s own code; null = nothing is wrong.',
    }),
    message: t.exposeString('message', { nullable: true, description: 'The platform’s words; null = none.' }),
    plannedAt: t.field({
      type: 'DateTime',
      description: 'When the policy changed (business time).',
      resolve: ({ plannedAt }) => plannedAt,
    }),
    finishedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was settled (business time); null = still open.',
      resolve: ({ finishedAt }) => finishedAt,
    }),
  }),
});

const SalesPolicyWriteConnection = defineConnection('SalesPolicyWrite', SalesPolicyWrite, 'read:stock');

builder.queryFields((t) => ({
  salesPolicySettings: t.field({
    type: SalesPolicySettings,
    authScopes: { scope: 'read:stock' },
    description: 'Who is told, and whether quantities are written back.',
    resolve: (_root, _args, context) => context.read(({ sql }) => loadSalesPolicySetting(sql)),
  }),
  salesPolicyWrites: t.field({
    type: SalesPolicyWriteConnection,
    authScopes: { scope: 'read:stock' },
    description: 'Quantities for sale that were to be changed on a platform, newest first: the record.',
    args: forwardArgs(t.arg, flatPage),
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        collection: salesPolicyWrites,
        args,
        sizes: flatPage,
        sort: [descending('plannedAt')],
      }),
  }),
}));

const SalesPolicySettingsSetInput = builder.inputType('SalesPolicySettingsSetInput', {
  description: 'The settings as they shall be; what is left out stays.',
  fields: (t) => ({
    channelIds: t.idList({
      description: `Webhooks that are told of every change, at most ${channelsMax}; null = as before.`,
    }),
    writeMode: t.field({
      type: SalesPolicyWriteMode,
      description: 'Whether quantities are written back; null = as before. Try DRY_RUN first.',
    }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

const SalesPolicySettingsSetPayload = definePayload<{ isSet: boolean }>(
  'SalesPolicySettingsSetPayload',
  'The settings as they are now; they hold for changes from now on.',
  (t) => ({
    salesPolicySettings: t.field({
      type: SalesPolicySettings,
      nullable: true,
      description: 'The settings.',
      resolve: ({ result }, _args, context) =>
        result === null ? null : context.read(({ sql }) => loadSalesPolicySetting(sql)),
    }),
  }),
);

builder.mutationField('salesPolicySettingsSet', (t) =>
  t.field({
    type: SalesPolicySettingsSetPayload,
    authScopes: { scope: 'admin:shops' },
    description:
      'Sets who is told of changed sales policies and whether quantities are written back to 1688.',
    args: {
      input: t.arg({ type: SalesPolicySettingsSetInput, required: true, description: 'The settings.' }),
    },
    resolve: (_root, { input }, context) =>
      runMutation(context, 'salesPolicySettingsSet', input, async ({ sql, now }) => {
        const before = await loadSalesPolicySetting(sql);
        const given = input.channelIds?.map((id) => requireId(context, id, 'NotificationChannel')[0] ?? '');
        const channelIds = [...new Set(given ?? before.channelIds)];
        const checks = startChecks();
        if (channelIds.length > channelsMax) {
          checks.add(userError('OUT_OF_RANGE', ['input', 'channelIds'], { bound: `0–${channelsMax}` }));
        }
        if (given !== undefined) {
          const kinds = await findChannelKinds(sql, given);
          given.forEach((id, index) => {
            const kind = kinds.get(id);
            if (kind === 'WEBHOOK') return;
            const path = ['input', 'channelIds', index];
            if (kind === undefined) checks.add(userError('NOT_FOUND', path));
            else checks.add(userError('NOT_ALLOWED_HERE', path, { what: kind }));
          });
        }
        checks.refuseIfAny();
        const writeMode = input.writeMode ?? before.writeMode;
        await saveSalesPolicySetting(sql, context.viewer.organizationId, { channelIds, writeMode }, now);
        return { isSet: true };
      }),
  }),
);
