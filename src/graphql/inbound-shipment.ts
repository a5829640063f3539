import {
  type InboundShipmentLineRow,
  inboundShipments,
  loadInboundLinesOfItems,
  loadInboundShipmentLines,
} from '../db/queries/inbound-shipment.ts';
import { items } from '../db/queries/item.ts';
import { shops } from '../db/queries/shop.ts';
import { warehouses } from '../db/queries/warehouse.ts';
import { forwardArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import { DateTimeFilter, defineFilter, enumFilter, IdFilter, TextFilter, toCondition } from './filter.ts';
import { loadByKey, loaderOf } from './loader.ts';
import { encodeId, Node, registerNode } from './node.ts';
import { descending } from './order.ts';
import { flatPage, pageCost } from './page.ts';
import { InboundShipment, InboundShipmentConnection, Item, Shop, Warehouse } from './refs.ts';

registerNode('InboundShipment', (context, key) => loadByKey(context, inboundShipments, ...key));

/** Where goods on their way stand. */
export const InboundShipmentStatus = builder.enumType('InboundShipmentStatus', {
  description: 'Where goods on their way stand. New values may be added: a client must bear unknown ones.',
  values: {
    PLANNED: {
      description:
        'Approved from a suggestion and expected; not on record as ordered yet. Recording the same external id as ORDERED or later takes its place.',
    },
    ORDERED: { description: 'Ordered, not yet with the carrier.' },
    SHIPPED: { description: 'With the carrier.' },
    RECEIVED: { description: 'Arrived.' },
    CANCELLED: { description: 'Will not come.' },
  } as const,
});

const inboundShipmentFilter = defineFilter('InboundShipmentFilter', 'shipments', {
  shopId: { input: IdFilter, idOf: 'Shop', description: 'The shop or feed that reported it.' },
  warehouseId: { input: IdFilter, idOf: 'Warehouse', description: 'Where it goes.' },
  externalId: { input: TextFilter, description: 'The source’s id, exact to the digit.' },
  supplierName: { input: TextFilter, description: 'Who sends it.' },
  status: {
    input: enumFilter('InboundShipmentStatus', InboundShipmentStatus),
    description: 'Where it stands.',
  },
  expectedAt: { input: DateTimeFilter, description: 'When it is expected.' },
});

const InboundShipmentLine = builder.objectRef<InboundShipmentLineRow>('InboundShipmentLine').implement({
  description: 'A line of goods on their way.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    lineId: t.exposeID('lineId', { description: 'The source’s id of the line, exact to the digit.' }),
    item: t.field({
      type: Item,
      nullable: true,
      description: 'The goods; null until they are known as an item.',
      resolve: (line, _args, context) =>
        line.itemId === null ? null : loadByKey(context, items, line.itemId),
    }),
    shipment: t.field({
      type: InboundShipment,
      nullable: true,
      description: 'The shipment that it is part of; null only when that is no longer kept.',
      resolve: (line, _args, context) => loadByKey(context, inboundShipments, line.inboundShipmentId),
    }),
    sku: t.exposeString('sku', {
      nullable: true,
      description: 'Article number as the source gave it; null = none.',
    }),
    title: t.exposeString('title', {
      nullable: true,
      description: 'Title as the source gave it; null = none.',
    }),
    quantity: t.field({
      type: 'Decimal',
      description: 'On the way, in the item’s unit.',
      resolve: (line) => line.quantity,
    }),
    receivedQuantity: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'What of it has arrived, in the item’s unit; null = the source does not say.',
      resolve: (line) => line.receivedQuantity,
    }),
  }),
});

InboundShipment.implement({
  description: 'Goods on their way to the merchant.',
  interfaces: [Node],
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    id: t.id({
      description: 'Opaque and stable.',
      resolve: (row) => encodeId('InboundShipment', row.inboundShipmentId),
    }),
    externalId: t.exposeID('externalId', { description: 'The source’s id, exact to the digit.' }),
    shop: t.field({
      type: Shop,
      nullable: true,
      description: 'The shop or feed that reported it; null = recorded by hand.',
      resolve: (row, _args, context) => (row.shopId === null ? null : loadByKey(context, shops, row.shopId)),
    }),
    warehouse: t.field({
      type: Warehouse,
      nullable: true,
      description: 'Where it goes; null = not known.',
      resolve: (row, _args, context) =>
        row.warehouseId === null ? null : loadByKey(context, warehouses, row.warehouseId),
    }),
    supplierName: t.exposeString('supplierName', {
      nullable: true,
      description: 'Who sends it; null = unknown.',
    }),
    status: t.field({
      type: InboundShipmentStatus,
      description: 'Where it stands.',
      resolve: (row) => row.status,
    }),
    orderedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was ordered; null = unknown.',
      resolve: (row) => row.orderedAt,
    }),
    shippedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was handed to the carrier; null = not yet, or unknown.',
      resolve: (row) => row.shippedAt,
    }),
    expectedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it is expected; null = nobody said.',
      resolve: (row) => row.expectedAt,
    }),
    receivedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it arrived; null = not yet.',
      resolve: (row) => row.receivedAt,
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
    lines: t.field({
      type: [InboundShipmentLine],
      description: 'Its lines by id, at most 500.',
      complexity: { field: 1, multiplier: 5 },
      resolve: (row, _args, context) =>
        loaderOf<string, InboundShipmentLineRow[]>(context, 'lines of shipments', (ids) =>
          context.read((scope) => loadInboundShipmentLines(scope, ids)),
        ).load(row.inboundShipmentId),
    }),
  }),
});

builder.objectField(Item, 'inboundLines', (t) =>
  t.field({
    type: [InboundShipmentLine],
    description:
      'Goods of this item on their way, the soonest first, then what came or was cancelled, the last first; at most 100 lines.',
    complexity: { field: 2, multiplier: 5 },
    resolve: (item, _args, context) =>
      loaderOf<string, InboundShipmentLineRow[]>(context, 'inbound lines of items', (ids) =>
        context.read((scope) => loadInboundLinesOfItems(scope, ids)),
      ).load(item.itemId),
  }),
);

builder.queryField('inboundShipments', (t) =>
  t.field({
    type: InboundShipmentConnection,
    authScopes: { scope: 'read:stock' },
    description: 'Goods on their way and arrived; the last expected first, without a date at the end.',
    args: {
      ...forwardArgs(t.arg, flatPage),
      filter: t.arg({ type: inboundShipmentFilter.ref, description: 'Which shipments; null = all.' }),
    },
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        collection: inboundShipments,
        args,
        sizes: flatPage,
        condition: toCondition(context, inboundShipmentFilter, args.filter),
        sort: [descending('expectedAt')],
      }),
  }),
);
