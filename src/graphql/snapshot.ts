import { items } from '../db/queries/item.ts';
import { snapshots } from '../db/queries/snapshot.ts';
import { stockLevels } from '../db/queries/stock-level.ts';
import { warehouses } from '../db/queries/warehouse.ts';
import { forwardArgs, spanCondition } from './arguments.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import { StockSource } from './enums.ts';
import {
  BooleanFilter,
  DateTimeFilter,
  DecimalFilter,
  defineFilter,
  enumFilter,
  IdFilter,
  toCondition,
} from './filter.ts';
import { loadByKey } from './loader.ts';
import { ascending, descending } from './order.ts';
import { flatPage, nestedPage, pageCost } from './page.ts';
import { Item, Snapshot, SnapshotConnection, StockLevel, Warehouse } from './refs.ts';

const snapshotFilter = defineFilter('SnapshotFilter', 'snapshots', {
  itemId: { input: IdFilter, idOf: 'Item', description: 'The item, by its id.' },
  warehouseId: { input: IdFilter, idOf: 'Warehouse', description: 'The warehouse, by its id.' },
  observedAt: { input: DateTimeFilter, description: 'When it was true at the source.' },
  recordedAt: { input: DateTimeFilter, description: 'When it was stored.' },
  available: { input: DecimalFilter, description: 'What could be promised.' },
  source: { input: enumFilter('StockSource', StockSource), description: 'By which way it came in.' },
  isSuspect: { input: BooleanFilter, description: 'Whether it was held back as implausible.' },
});

const unreported = 'in the item’s unit; null = the source does not report it.';

Snapshot.implement({
  description:
    'One observation of a level that differs from the one before. The last one carries forward: between two, nothing changed.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    item: t.field({
      type: Item,
      nullable: true,
      description: 'The goods; null when they are no longer kept.',
      resolve: (row, _args, context) => loadByKey(context, items, row.itemId),
    }),
    warehouse: t.field({
      type: Warehouse,
      nullable: true,
      description: 'The place; null when it is no longer kept.',
      resolve: (row, _args, context) => loadByKey(context, warehouses, row.warehouseId),
    }),
    stockLevel: t.field({
      type: StockLevel,
      nullable: true,
      description: 'The level as it is now; null when it is no longer kept.',
      resolve: (row, _args, context) => loadByKey(context, stockLevels, row.itemId, row.warehouseId),
    }),
    observedAt: t.field({
      type: 'DateTime',
      description: 'When it was true at the source (business time).',
      resolve: (row) => row.observedAt,
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When it was stored (business time).',
      resolve: (row) => row.recordedAt,
    }),
    available: t.field({
      type: 'Decimal',
      description: 'What could be promised, in the item’s unit.',
      resolve: (row) => row.available,
    }),
    onHand: t.field({
      type: 'Decimal',
      nullable: true,
      description: `What lay there, ${unreported}`,
      resolve: (row) => row.onHand,
    }),
    reserved: t.field({
      type: 'Decimal',
      nullable: true,
      description: `What was promised to orders, ${unreported}`,
      resolve: (row) => row.reserved,
    }),
    damaged: t.field({
      type: 'Decimal',
      nullable: true,
      description: `What could not be sold, ${unreported}`,
      resolve: (row) => row.damaged,
    }),
    incoming: t.field({
      type: 'Decimal',
      nullable: true,
      description: `What was on the way, ${unreported}`,
      resolve: (row) => row.incoming,
    }),
    source: t.field({
      type: StockSource,
      description: 'By which way it came in.',
      resolve: (row) => row.source,
    }),
    isSuspect: t.exposeBoolean('isSuspect', { description: 'Whether it was held back as implausible.' }),
  }),
});

builder.objectFields(StockLevel, (t) => ({
  snapshots: t.field({
    type: SnapshotConnection,
    description: 'Its observations, newest first.',
    args: {
      ...forwardArgs(t.arg, nestedPage),
      from: t.arg({ type: 'DateTime', description: 'Observed at or after; null = as far as kept.' }),
      to: t.arg({ type: 'DateTime', description: 'Observed before, itself not; null = until now.' }),
    },
    complexity: pageCost(nestedPage),
    resolve: (level, args, context) =>
      resolveConnection(context, {
        collection: snapshots,
        args,
        sizes: nestedPage,
        condition: { kind: 'and', conditions: spanCondition(context, 'observedAt', args.from, args.to) },
        sort: [descending('observedAt')],
        parent: { fields: ['itemId', 'warehouseId'], tuple: [level.itemId, level.warehouseId] },
      }),
  }),
}));

builder.queryField('snapshots', (t) =>
  t.field({
    type: SnapshotConnection,
    authScopes: { scope: 'read:stock' },
    description:
      'Observations of all levels, newest first, as far as they are kept (400 days unless set otherwise).',
    args: {
      ...forwardArgs(t.arg, flatPage),
      filter: t.arg({ type: snapshotFilter.ref, description: 'Which snapshots; null = all.' }),
    },
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        collection: snapshots,
        args,
        sizes: flatPage,
        condition: toCondition(context, snapshotFilter, args.filter),
        // The index runs newest first, then by item and warehouse.
        sort: [descending('observedAt'), ascending('itemId'), ascending('warehouseId')],
      }),
  }),
);
