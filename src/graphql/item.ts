import { type ItemRow, items } from '../db/queries/item.ts';
import { listings } from '../db/queries/listing.ts';
import { stockLevels } from '../db/queries/stock-level.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import { forwardArgs, pageArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import { UnavailableReason } from './enums.ts';
import { requestError } from './errors.ts';
import { toCondition } from './filter.ts';
import { loadByKey, loadRow } from './loader.ts';
import { encodeId, Node, registerNode, requireId } from './node.ts';
import { ascending, toSort } from './order.ts';
import { flatPage, nestedPage, pageCost } from './page.ts';
import { Item, ItemConnection, ListingConnection, StockLevelConnection } from './refs.ts';
import { itemFilter, itemOrder } from './stock-inputs.ts';
import { Money, Unit } from './values.ts';

registerNode('Item', (context, key) => loadByKey(context, items, ...key));

const moneyOf = (item: ItemRow, amount: string | null) =>
  amount === null ? null : { amount, currencyCode: item.currencyCode };

Item.implement({
  description: 'One SKU of the organization: its own goods, wherever they lie and whoever sells them.',
  interfaces: [Node],
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    id: t.id({ description: 'Opaque and stable.', resolve: (item) => encodeId('Item', item.itemId) }),
    sku: t.exposeString('sku', { description: 'The merchant’s article number; unique in the organization.' }),
    title: t.exposeString('title', { description: 'Title as the source last gave it.' }),
    unit: t.field({
      type: Unit,
      description: 'The unit of all quantities of this item.',
      resolve: (item) => ({ code: item.unitCode, decimals: item.unitDecimals }),
    }),
    imageUrl: t.exposeString('imageUrl', {
      nullable: true,
      description: 'A picture; null when none is known.',
    }),
    category: t.exposeString('category', {
      nullable: true,
      description: 'Category’s name at the source; null when it gave none.',
    }),
    supplierName: t.exposeString('supplierName', {
      nullable: true,
      description: 'The usual supplier; null when nobody said (`itemDetailsSet`).',
    }),
    unitCost: t.field({
      type: Money,
      nullable: true,
      description: 'What one unit costs the merchant; null = nobody said (`itemDetailsSet`).',
      resolve: (item) => moneyOf(item, item.unitCost),
    }),
    unitPrice: t.field({
      type: Money,
      nullable: true,
      description: 'What one unit sells for; null = unknown.',
      resolve: (item) => moneyOf(item, item.unitPrice),
    }),
    available: t.field({
      type: 'Decimal',
      description:
        'What can be promised, in the item’s unit: the sum over physical warehouses where there are any, else the largest pool; never both, since pools are views of the same goods. 0 without any level.',
      resolve: (item) => item.available,
    }),
    incoming: t.field({
      type: 'Decimal',
      nullable: true,
      description:
        'On the way to the physical warehouses that report it, in the item’s unit; null when none does (`incomingUnavailableReason`).',
      resolve: (item) => item.incoming,
    }),
    incomingUnavailableReason: t.field({
      type: UnavailableReason,
      nullable: true,
      description: 'Why `incoming` is null; null when it is not.',
      resolve: (item) => {
        if (item.incoming !== null) return null;
        return item.hasPhysical ? 'NOT_REPORTED' : 'NO_PHYSICAL_STOCK';
      },
    }),
    position: t.field({
      type: 'Decimal',
      nullable: true,
      description:
        'Available plus incoming, in the item’s unit; an unknown incoming counts as 0, see `incomingUnavailableReason`.',
      resolve: (item) => formatDecimal(new Decimal(item.available).plus(item.incoming ?? 0)),
    }),
    listedAvailable: t.field({
      type: 'Decimal',
      nullable: true,
      description:
        'What channels offer, in the item’s unit: the largest pool; null when no channel offers it.',
      resolve: (item) => item.listedAvailable,
    }),
    listingDifference: t.field({
      type: 'Decimal',
      nullable: true,
      description:
        'Pool minus physical stock, in the item’s unit: above 0 = risk of overselling, below 0 = sales not offered; null when either is missing (`listingDifferenceUnavailableReason`).',
      resolve: (item) => item.listingDifference,
    }),
    listingDifferenceUnavailableReason: t.field({
      type: UnavailableReason,
      nullable: true,
      description: 'Why `listingDifference` is null; null when it is not.',
      resolve: (item) => {
        if (item.listingDifference !== null) return null;
        return item.hasPhysical ? 'NOT_LISTED' : 'NO_PHYSICAL_STOCK';
      },
    }),
    observedAt: t.field({
      type: 'DateTime',
      description: 'When the source said so (business time).',
      resolve: (item) => item.observedAt,
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When it was stored (business time).',
      resolve: (item) => item.recordedAt,
    }),
    stockLevels: t.field({
      type: StockLevelConnection,
      description: 'Its levels by warehouse code, pools among them.',
      args: forwardArgs(t.arg, nestedPage),
      complexity: pageCost(nestedPage),
      resolve: (item, args, context) =>
        resolveConnection(context, {
          collection: stockLevels,
          args,
          sizes: nestedPage,
          sort: [ascending('warehouseCode')],
          parent: { fields: ['itemId'], tuple: [item.itemId] },
        }),
    }),
    listings: t.field({
      type: ListingConnection,
      description: 'The offers that sell this item, by product id.',
      args: forwardArgs(t.arg, nestedPage),
      complexity: pageCost(nestedPage),
      resolve: (item, args, context) =>
        resolveConnection(context, {
          collection: listings,
          args,
          sizes: nestedPage,
          sort: [ascending('productId'), ascending('specId')],
          parent: { fields: ['itemId'], tuple: [item.itemId] },
        }),
    }),
  }),
});

builder.queryFields((t) => ({
  item: t.field({
    type: Item,
    nullable: true,
    authScopes: { scope: 'read:stock' },
    description: 'One item by id or by article number; exactly one of the two. Null when there is none.',
    args: {
      id: t.arg.id({ description: 'The item’s id.' }),
      sku: t.arg.string({ description: 'The merchant’s article number.' }),
    },
    resolve: (_root, { id, sku }, context) => {
      if ((id == null) === (sku == null)) {
        const params = { argument: 'id', bound: 'id, sku' };
        throw requestError(context.viewer.locale, 'ARGUMENT_OUT_OF_RANGE', params, 'ARGUMENT_ONE_OF');
      }
      return id == null
        ? loadRow(context, items, ['sku'], [sku ?? ''])
        : loadByKey(context, items, ...requireId(context, id, 'Item'));
    },
  }),
  items: t.field({
    type: ItemConnection,
    authScopes: { scope: 'read:stock' },
    description: 'All items; by article number unless ordered otherwise.',
    args: {
      ...pageArgs(t.arg, flatPage),
      filter: t.arg({ type: itemFilter.ref, description: 'Which items; null = all.' }),
      orderBy: t.arg({ type: [itemOrder.ref], description: 'Order; SKU ascending unless given.' }),
    },
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        collection: items,
        args,
        sizes: flatPage,
        condition: toCondition(context, itemFilter, args.filter),
        sort: toSort(context, args.orderBy, [ascending('sku')]),
      }),
  }),
}));
