import { z } from 'zod';
import { loadShopStreams, type ShopStreamRow, shops } from '../db/queries/shop.ts';
import { syncRuns } from '../db/queries/sync-run.ts';
import { forwardArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import { loadByKey, loaderOf } from './loader.ts';
import { encodeId, Node, registerNode } from './node.ts';
import { ascending, descending } from './order.ts';
import { flatPage, nestedPage, pageCost } from './page.ts';
import { Shop, ShopConnection, SyncRunConnection } from './refs.ts';

registerNode('Shop', (context, key) => loadByKey(context, shops, ...key));

const ShopState = builder.enumType('ShopState', {
  description:
    'How the connection to a shop stands. New values may be added: a client must bear unknown ones.',
  values: {
    ACTIVE: { description: 'It is read.' },
    AUTHORIZATION_EXPIRED: {
      description: 'Its tokens are no longer accepted: somebody must connect it again.',
    },
    PERMISSION_MISSING: { description: 'The app may not call an API that is needed; see `capabilities`.' },
    DISCONNECTED: { description: 'It is not read.' },
  } as const,
});

const CapabilityState = builder.enumType('CapabilityState', {
  description: 'Whether an API may be called. New values may be added: a client must bear unknown ones.',
  values: {
    AVAILABLE: { description: 'It may.' },
    DENIED: { description: 'The platform refuses it to this app.' },
    UNKNOWN: { description: 'The probe got no clear answer.' },
  } as const,
});

const capabilitySchema = z.object({
  api: z.string(),
  stream: z.string().nullable(),
  state: z.enum(['AVAILABLE', 'DENIED', 'UNKNOWN']),
  code: z.string().nullable(),
});

const Capability = builder.objectRef<z.infer<typeof capabilitySchema>>('Capability').implement({
  description: 'One API of the platform and whether this shop’s app may call it.',
  fields: (t) => ({
    api: t.exposeString('api', { description: 'The platform’s own name of the API.' }),
    stream: t.exposeString('stream', {
      nullable: true,
      description: 'The stream that needs it; null when it serves something else.',
    }),
    state: t.field({ type: CapabilityState, description: 'As probed.', resolve: (row) => row.state }),
    code: t.exposeString('code', {
      nullable: true,
      description: 'The platform’s own code when refused, such as gw.APIACLDecline; null when available.',
    }),
  }),
});

const ShopStream = builder.objectRef<ShopStreamRow>('ShopStream').implement({
  description: 'Where the reading of one stream of a shop stands. All times are business time.',
  authScopes: { scope: 'read:shops' },
  fields: (t) => ({
    stream: t.exposeString('stream', {
      description:
        'What is read: listings, sales_orders, purchase_orders, stock_levels, …; with `:history` behind it what was there before the shop was connected. More may be added.',
    }),
    watermarkAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Everything modified before has been read; of a `:history` stream, which goes back in time, everything since. Null = never read, or not read by time.',
      resolve: (row) => row.watermarkAt,
    }),
    passStartedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the pass under way, or the last one, began; null = none has.',
      resolve: (row) => row.passStartedAt,
    }),
    passFinishedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the last whole pass ended; null = none has.',
      resolve: (row) => row.passFinishedAt,
    }),
    cycleSeconds: t.float({
      nullable: true,
      description:
        'Business seconds that the last pass over everything took; null = none has ended, or the stream is read by time (`watermarkAt`).',
      resolve: (row) => (row.cycleMs === null ? null : row.cycleMs / 1000),
    }),
    sweptAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'When the daily reconciliation last ended; null = none has, and for streams that are always read as a whole.',
      resolve: (row) => row.sweptAt,
    }),
  }),
});

Shop.implement({
  description: 'A shop on a marketplace, or a feed of a warehouse system. Its tokens can never be read.',
  interfaces: [Node],
  authScopes: { scope: 'read:shops' },
  fields: (t) => ({
    id: t.id({ description: 'Opaque and stable.', resolve: (shop) => encodeId('Shop', shop.shopId) }),
    platform: t.exposeString('platform', { description: 'Such as alibaba-1688 or wms-feed.' }),
    memberId: t.exposeID('memberId', { description: 'The platform’s id of the owner, exact.' }),
    name: t.exposeString('name', { description: 'Name for people.' }),
    state: t.field({
      type: ShopState,
      description: 'How the connection stands.',
      resolve: (shop) => shop.state,
    }),
    stateReason: t.exposeString('stateReason', {
      nullable: true,
      description: 'Why it is not ACTIVE, for people; null when it is.',
    }),
    capabilities: t.field({
      type: [Capability],
      nullable: true,
      description: 'What the app may call, as probed; null = not probed yet.',
      resolve: (shop) =>
        shop.capabilities === null ? null : z.array(capabilitySchema).parse(JSON.parse(shop.capabilities)),
    }),
    streams: t.field({
      type: [ShopStream],
      description: 'Where the reading of each stream stands, with its cycle time.',
      resolve: (shop, _args, context) =>
        loaderOf<string, ShopStreamRow[]>(context, 'streams of shops', (shopIds) =>
          context.read((scope) => loadShopStreams(scope, shopIds)),
        ).load(shop.shopId),
    }),
    observedAt: t.field({
      type: 'DateTime',
      description: 'When the platform said so (business time).',
      resolve: (shop) => shop.observedAt,
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When it was stored (business time).',
      resolve: (shop) => shop.recordedAt,
    }),
    syncRuns: t.field({
      type: SyncRunConnection,
      description: 'Its readings, newest first.',
      args: forwardArgs(t.arg, nestedPage),
      complexity: pageCost(nestedPage),
      resolve: (shop, args, context) =>
        resolveConnection(context, {
          collection: syncRuns,
          args,
          sizes: nestedPage,
          sort: [descending('startedAt')],
          parent: { fields: ['shopId'], tuple: [shop.shopId] },
        }),
    }),
  }),
});

builder.queryField('shops', (t) =>
  t.field({
    type: ShopConnection,
    authScopes: { scope: 'read:shops' },
    description: 'All shops and feeds, by name.',
    args: forwardArgs(t.arg, flatPage),
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, { collection: shops, args, sizes: flatPage, sort: [ascending('name')] }),
  }),
);
