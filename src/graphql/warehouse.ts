import { stockLevels } from '../db/queries/stock-level.ts';
import { type WarehouseField, warehouses } from '../db/queries/warehouse.ts';
import { forwardArgs, pageArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import { WarehouseKind } from './enums.ts';
import { requestError } from './errors.ts';
import { defineFilter, TextFilter, toCondition } from './filter.ts';
import { loadByKey, loadRow } from './loader.ts';
import { encodeId, Node, registerNode, requireId } from './node.ts';
import { ascending, defineOrder, toSort } from './order.ts';
import { flatPage, nestedPage, pageCost } from './page.ts';
import { StockLevelConnection, Warehouse, WarehouseConnection } from './refs.ts';
import { WarehouseKindFilter } from './stock-inputs.ts';
import { GeoPoint } from './values.ts';

registerNode('Warehouse', (context, key) => loadByKey(context, warehouses, ...key));

const warehouseFilter = defineFilter('WarehouseFilter', 'warehouses', {
  code: { input: TextFilter, description: 'The merchant’s code.' },
  name: { input: TextFilter, description: 'The name.' },
  kind: { input: WarehouseKindFilter, description: 'Physical or a channel’s pool.' },
});

const warehouseOrder = defineOrder<WarehouseField>('WarehouseOrder', {
  CODE: { field: 'code', description: 'The merchant’s code.' },
  NAME: { field: 'name', description: 'The name.' },
});

Warehouse.implement({
  description: 'A physical stock location, or the pool that one shop offers for sale.',
  interfaces: [Node],
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    id: t.id({ description: 'Opaque and stable.', resolve: (row) => encodeId('Warehouse', row.warehouseId) }),
    code: t.exposeString('code', { description: 'The merchant’s code; unique in the organization.' }),
    name: t.exposeString('name', { description: 'Name for people.' }),
    timeZone: t.exposeString('timeZone', {
      description: 'IANA name of the zone of its business days, such as Asia/Shanghai.',
    }),
    kind: t.field({
      type: WarehouseKind,
      description: 'Physical or a channel’s pool.',
      resolve: (row) => row.kind,
    }),
    location: t.field({
      type: GeoPoint,
      nullable: true,
      description: 'Where it stands; null when nobody said, and for pools.',
      resolve: ({ latitude, longitude }) =>
        latitude === null || longitude === null ? null : { latitude, longitude },
    }),
    observedAt: t.field({
      type: 'DateTime',
      description: 'When the source said so (business time).',
      resolve: (row) => row.observedAt,
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When it was stored (business time).',
      resolve: (row) => row.recordedAt,
    }),
    stockLevels: t.field({
      type: StockLevelConnection,
      description: 'The levels in this warehouse by article number.',
      args: forwardArgs(t.arg, nestedPage),
      complexity: pageCost(nestedPage),
      resolve: (row, args, context) =>
        resolveConnection(context, {
          collection: stockLevels,
          args,
          sizes: nestedPage,
          sort: [ascending('sku')],
          parent: { fields: ['warehouseId'], tuple: [row.warehouseId] },
        }),
    }),
  }),
});

builder.queryFields((t) => ({
  warehouse: t.field({
    type: Warehouse,
    nullable: true,
    authScopes: { scope: 'read:stock' },
    description: 'One warehouse by id or by code; exactly one of the two. Null when there is none.',
    args: {
      id: t.arg.id({ description: 'The warehouse’s id.' }),
      code: t.arg.string({ description: 'The merchant’s code.' }),
    },
    resolve: (_root, { id, code }, context) => {
      if ((id == null) === (code == null)) {
        const params = { argument: 'id', bound: 'id, code' };
        throw requestError(context.viewer.locale, 'ARGUMENT_OUT_OF_RANGE', params, 'ARGUMENT_ONE_OF');
      }
      return id == null
        ? loadRow(context, warehouses, ['code'], [code ?? ''])
        : loadByKey(context, warehouses, ...requireId(context, id, 'Warehouse'));
    },
  }),
  warehouses: t.field({
    type: WarehouseConnection,
    authScopes: { scope: 'read:stock' },
    description: 'All warehouses and pools; by code unless ordered otherwise.',
    args: {
      ...pageArgs(t.arg, flatPage),
      filter: t.arg({ type: warehouseFilter.ref, description: 'Which warehouses; null = all.' }),
      orderBy: t.arg({ type: [warehouseOrder.ref], description: 'Order; CODE ascending unless given.' }),
    },
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        collection: warehouses,
        args,
        sizes: flatPage,
        condition: toCondition(context, warehouseFilter, args.filter),
        sort: toSort(context, args.orderBy, [ascending('code')]),
      }),
  }),
}));
