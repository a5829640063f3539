import { items } from '../db/queries/item.ts';
import { loadSalesOrderLines, type SalesOrderLineRow, salesOrders } from '../db/queries/sales-order.ts';
import { shops } from '../db/queries/shop.ts';
import { forwardArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import { DateTimeFilter, defineFilter, IdFilter, TextFilter, toCondition } from './filter.ts';
import { loadByKey, loaderOf } from './loader.ts';
import { encodeId, Node, registerNode } from './node.ts';
import { ascending, descending } from './order.ts';
import { flatPage, pageCost } from './page.ts';
import { Item, SalesOrder, SalesOrderConnection, Shop } from './refs.ts';
import { Money } from './values.ts';

registerNode('SalesOrder', (context, key) => loadByKey(context, salesOrders, ...key));

const yuan = (amount: string | null) => (amount === null ? null : { amount, currencyCode: 'CNY' });

const salesOrderFilter = defineFilter('SalesOrderFilter', 'orders', {
  shopId: { input: IdFilter, idOf: 'Shop', description: 'The shop, by its id.' },
  orderId: { input: TextFilter, description: 'The marketplace’s order id, exact to the digit.' },
  status: { input: TextFilter, description: 'The marketplace’s own word.' },
  orderedAt: { input: DateTimeFilter, description: 'When it was placed.' },
  modifiedAt: { input: DateTimeFilter, description: 'When the marketplace last changed it.' },
});

const SalesOrderLine = builder.objectRef<SalesOrderLineRow>('SalesOrderLine').implement({
  description: 'A line of an order.',
  authScopes: { scope: 'read:orders' },
  fields: (t) => ({
    lineId: t.exposeID('lineId', { description: 'The marketplace’s id of the line, exact to the digit.' }),
    productId: t.exposeID('productId', { description: 'Product id there.' }),
    specId: t.id({
      nullable: true,
      description: 'Variant id inside the product; null without variants.',
      resolve: (line) => (line.specId === '' ? null : line.specId),
    }),
    cargoNumber: t.exposeString('cargoNumber', {
      nullable: true,
      description: 'The merchant’s article number as typed there; null when none.',
    }),
    title: t.exposeString('title', { nullable: true, description: 'Title as sold; null when unknown.' }),
    item: t.field({
      type: Item,
      nullable: true,
      description: 'The goods; null until the listing is known.',
      resolve: (line, _args, context) =>
        line.itemId === null ? null : loadByKey(context, items, line.itemId),
    }),
    quantity: t.field({
      type: 'Decimal',
      description: 'Ordered, in the listing’s unit.',
      resolve: (line) => line.quantity,
    }),
    itemUnits: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'The same in the item’s unit: quantity × pack factor; null until the listing is known.',
      resolve: (line) => line.itemUnits,
    }),
    unitPrice: t.field({
      type: Money,
      nullable: true,
      description: 'Price of one unit of the listing; null = unknown.',
      resolve: (line) => yuan(line.unitPrice),
    }),
    status: t.exposeString('status', { nullable: true, description: 'The marketplace’s word; null = none.' }),
    refundStatus: t.exposeString('refundStatus', {
      nullable: true,
      description: 'The marketplace’s word about a refund; null = there is none.',
    }),
  }),
});

SalesOrder.implement({
  description: 'An order of a customer, as the marketplace showed it last.',
  interfaces: [Node],
  authScopes: { scope: 'read:orders' },
  fields: (t) => ({
    id: t.id({
      description: 'Opaque and stable.',
      resolve: (order) => encodeId('SalesOrder', order.shopId, order.orderId),
    }),
    orderId: t.exposeID('orderId', { description: 'The marketplace’s order id, exact to the digit.' }),
    shop: t.field({
      type: Shop,
      nullable: true,
      description: 'The shop that sold; null only when it is no longer kept.',
      resolve: (order, _args, context) => loadByKey(context, shops, order.shopId),
    }),
    status: t.exposeString('status', {
      description: 'The marketplace’s own word, such as waitsellersend, success or cancel.',
    }),
    closeReason: t.exposeString('closeReason', {
      nullable: true,
      description: 'Why it was closed, such as buyerCancel or sellerGoodsLack; null while open or unsaid.',
    }),
    refundStatus: t.exposeString('refundStatus', {
      nullable: true,
      description: 'The marketplace’s word about a refund; null = there is none.',
    }),
    totalAmount: t.field({
      type: Money,
      nullable: true,
      description: 'What the buyer pays in all; null = unknown.',
      resolve: (order) => yuan(order.totalAmount),
    }),
    orderedAt: t.field({
      type: 'DateTime',
      description: 'When it was placed.',
      resolve: (order) => order.orderedAt,
    }),
    paidAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was paid; null = not yet.',
      resolve: (order) => order.paidAt,
    }),
    shippedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When all of it was handed to the carrier; null = not yet.',
      resolve: (order) => order.shippedAt,
    }),
    completedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was completed; null = not yet.',
      resolve: (order) => order.completedAt,
    }),
    modifiedAt: t.field({
      type: 'DateTime',
      description: 'When the marketplace last changed it.',
      resolve: (order) => order.modifiedAt,
    }),
    observedAt: t.field({
      type: 'DateTime',
      description: 'When it was read there (business time).',
      resolve: (order) => order.observedAt,
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When it was stored (business time).',
      resolve: (order) => order.recordedAt,
    }),
    lines: t.field({
      type: [SalesOrderLine],
      description: 'Its lines by id, at most 500.',
      complexity: { field: 1, multiplier: 5 },
      resolve: (order, _args, context) =>
        loaderOf<readonly [string, string], SalesOrderLineRow[]>(context, 'lines of orders', (keys) =>
          context.read((scope) => loadSalesOrderLines(scope, keys)),
        ).load([order.shopId, order.orderId]),
    }),
  }),
});

builder.queryField('salesOrders', (t) =>
  t.field({
    type: SalesOrderConnection,
    authScopes: { scope: 'read:orders' },
    description: 'Orders of all shops, newest first.',
    args: {
      ...forwardArgs(t.arg, flatPage),
      filter: t.arg({ type: salesOrderFilter.ref, description: 'Which orders; null = all.' }),
    },
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        collection: salesOrders,
        args,
        sizes: flatPage,
        condition: toCondition(context, salesOrderFilter, args.filter),
        // The index runs newest first, then by shop and order.
        sort: [descending('orderedAt'), ascending('shopId'), ascending('orderId')],
      }),
  }),
);
