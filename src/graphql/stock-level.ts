import { items } from '../db/queries/item.ts';
import { type StockLevelRow, stockLevels } from '../db/queries/stock-level.ts';
import { warehouses } from '../db/queries/warehouse.ts';
import { classifyDataState } from '../domain/data-age.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import { secondMs } from '../shared/time.ts';
import { pageArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import type { GraphqlContext } from './context.ts';
import { DataState, StockSource, UnavailableReason } from './enums.ts';
import { toCondition } from './filter.ts';
import { loadByKey, loadPromised, loadRow } from './loader.ts';
import { encodeId, Node, registerNode } from './node.ts';
import { ascending, toSort } from './order.ts';
import { flatPage, pageCost } from './page.ts';
import { plannedSafetyStock } from './policy-value.ts';
import { Item, StockLevel, StockLevelConnection, Warehouse } from './refs.ts';
import { stockLevelFilter, stockLevelOrder } from './stock-inputs.ts';
import { PolicyValue } from './values.ts';

registerNode('StockLevel', (context, key) => loadByKey(context, stockLevels, ...key));

const ageMsOf = (level: StockLevelRow, context: GraphqlContext) =>
  Math.max(0, context.now.getTime() - level.checkedAt.getTime());

const unreported = 'null = the source does not report it, which is not zero.';

const Suspicion = builder.objectRef<StockLevelRow>('SuspectReading').implement({
  description:
    'A reading that was implausible and is held back until a second one agrees and orders explain it.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    available: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'What the source said is available, in the item’s unit; null when it was not noted.',
      resolve: (level) => level.suspectAvailable,
    }),
    since: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the source first said so (business time); null when it was not noted.',
      resolve: (level) => level.suspectSinceAt,
    }),
    reason: t.string({
      nullable: true,
      description:
        'Why it is not believed: PAGE_OF_ZEROS, MANY_AT_ZERO or ABOVE_MAXIMUM; null when it was not noted. More may be added.',
      resolve: (level) => level.suspectReason,
    }),
  }),
});

StockLevel.implement({
  description:
    'The quantities of an item in a warehouse now, in the item’s unit. available = onHand − reserved − damaged where the source reports all three.',
  interfaces: [Node],
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    id: t.id({
      description: 'Opaque and stable.',
      resolve: (level) => encodeId('StockLevel', level.itemId, level.warehouseId),
    }),
    item: t.field({
      type: Item,
      description: 'The goods.',
      resolve: (level, _args, context) => loadPromised(context, items, level.itemId),
    }),
    warehouse: t.field({
      type: Warehouse,
      description: 'The place.',
      resolve: (level, _args, context) => loadPromised(context, warehouses, level.warehouseId),
    }),
    available: t.field({
      type: 'Decimal',
      description: 'What can still be promised; negative when more was promised than there is.',
      resolve: (level) => level.available,
    }),
    onHand: t.field({
      type: 'Decimal',
      nullable: true,
      description: `What lies there; ${unreported}`,
      resolve: (level) => level.onHand,
    }),
    reserved: t.field({
      type: 'Decimal',
      nullable: true,
      description: `What is promised to orders; ${unreported}`,
      resolve: (level) => level.reserved,
    }),
    damaged: t.field({
      type: 'Decimal',
      nullable: true,
      description: `What cannot be sold; ${unreported}`,
      resolve: (level) => level.damaged,
    }),
    incoming: t.field({
      type: 'Decimal',
      nullable: true,
      description:
        'What is on the way: as the source reports it, else the sum of open inbound shipments; null = neither is known. Where the source reports it, what was approved or recorded here is not in it and not in `position`, but in `arrivals`.',
      resolve: (level) => level.incoming,
    }),
    isIncomingReported: t.exposeBoolean('isIncomingReported', {
      description:
        'True: `incoming` is the source’s own number; false: it is summed from shipments, or unknown.',
    }),
    quantityUnavailableReason: t.field({
      type: UnavailableReason,
      nullable: true,
      description: 'Why one of onHand, reserved, damaged or incoming is null; null when none is.',
      resolve: (level) =>
        [level.onHand, level.reserved, level.damaged, level.incoming].includes(null) ? 'NOT_REPORTED' : null,
    }),
    position: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Available plus incoming; an unknown incoming counts as 0, see `incoming`.',
      resolve: (level) => formatDecimal(new Decimal(level.available).plus(level.incoming ?? 0)),
    }),
    source: t.field({
      type: StockSource,
      description: 'By which way the quantities came in.',
      resolve: (level) => level.source,
    }),
    observedAt: t.field({
      type: 'DateTime',
      description:
        'When the source last said so (business time): moves on with every reading that confirms the quantities, so it may lie after `recordedAt`. Since when they are what they are tells the newest of `snapshots`.',
      resolve: (level) => level.observedAt,
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When they were stored as they are now (business time).',
      resolve: (level) => level.recordedAt,
    }),
    checkedAt: t.field({
      type: 'DateTime',
      description: 'When the source last confirmed them, changed or not (business time).',
      resolve: (level) => level.checkedAt,
    }),
    dataAgeSeconds: t.int({
      description: 'Business seconds since `checkedAt`, whole, at least 0, at most 2,147,483,647.',
      resolve: (level, _args, context) =>
        Math.min(2_147_483_647, Math.floor(ageMsOf(level, context) / secondMs)),
    }),
    dataState: t.field({
      type: DataState,
      description: 'How far the quantities can be trusted now.',
      resolve: (level, _args, context) => classifyDataState(level.isSuspect, ageMsOf(level, context)),
    }),
    suspectReading: t.field({
      type: Suspicion,
      nullable: true,
      description: 'The reading that is held back; null unless dataState is SUSPECT.',
      resolve: (level) => (level.isSuspect ? level : null),
    }),
    isWatched: t.exposeBoolean('isWatched', {
      description:
        'Whether stock alerts stand on this level; false for a pool whose item also lies in a physical warehouse.',
    }),
    isLow: t.exposeBoolean('isLow', { description: 'Watched, and available ≤ safety stock.' }),
    safetyStock: t.field({
      type: PolicyValue,
      nullable: true,
      description:
        'The quantity at or below which the level is low: what a person set, else what the plan needs above the expected demand of the protection period, else Z·√L̄·σ_D until the first plan, else 10; null until first computed (`safetyStockUnavailableReason`).',
      resolve: async (level, _args, context) => {
        const { threshold, thresholdOrigin, thresholdComputedAt: computedAt } = level;
        if (threshold === null) return null;
        const planned = await plannedSafetyStock(context, level, threshold);
        return { value: threshold, origin: thresholdOrigin ?? 'DEFAULT', computedAt, ...planned };
      },
    }),
    safetyStockUnavailableReason: t.field({
      type: UnavailableReason,
      nullable: true,
      description: 'Why `safetyStock` is null; null when it is not.',
      resolve: (level) => {
        if (level.threshold !== null) return null;
        return level.isWatched ? 'NOT_YET_COMPUTED' : 'NOT_APPLICABLE';
      },
    }),
  }),
});

builder.queryFields((t) => ({
  stockLevel: t.field({
    type: StockLevel,
    nullable: true,
    authScopes: { scope: 'read:stock' },
    description: 'The level of an item in a warehouse, by their natural keys. Null when there is none.',
    args: {
      sku: t.arg.string({ required: true, description: 'Article number of the item.' }),
      warehouseCode: t.arg.string({ required: true, description: 'Code of the warehouse.' }),
    },
    resolve: (_root, { sku, warehouseCode }, context) =>
      loadRow(context, stockLevels, ['sku', 'warehouseCode'], [sku, warehouseCode]),
  }),
  stockLevels: t.field({
    type: StockLevelConnection,
    authScopes: { scope: 'read:stock' },
    description:
      'All levels, pools among them; by article number and warehouse code unless ordered otherwise.',
    args: {
      ...pageArgs(t.arg, flatPage),
      filter: t.arg({ type: stockLevelFilter.ref, description: 'Which levels; null = all.' }),
      orderBy: t.arg({
        type: [stockLevelOrder.ref],
        description: 'Order; SKU, then WAREHOUSE_CODE, ascending unless given.',
      }),
    },
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        collection: stockLevels,
        args,
        sizes: flatPage,
        condition: toCondition(context, stockLevelFilter, args.filter),
        sort: toSort(context, args.orderBy, [ascending('sku'), ascending('warehouseCode')]),
      }),
  }),
}));
