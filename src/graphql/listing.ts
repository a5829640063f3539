import { items } from '../db/queries/item.ts';
import { type ListingRow, listings, readListingsOfItems } from '../db/queries/listing.ts';
import { shops } from '../db/queries/shop.ts';
import { builder } from './builder.ts';
import { UnavailableReason } from './enums.ts';
import { loadByKey, loaderOf } from './loader.ts';
import { encodeId, Node, registerNode } from './node.ts';
import { Item, Listing, Shop } from './refs.ts';
import { Money } from './values.ts';

registerNode('Listing', (context, key) => loadByKey(context, listings, ...key));

Listing.implement({
  description:
    'One offer variant on one channel: shop, productId, specId. Several listings may sell the same goods, each with its pack factor.',
  interfaces: [Node],
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    id: t.id({ description: 'Opaque and stable.', resolve: (row) => encodeId('Listing', row.listingId) }),
    shop: t.field({
      type: Shop,
      nullable: true,
      description: 'The shop that offers it; null only when the shop is no longer kept.',
      resolve: (row, _args, context) => loadByKey(context, shops, row.shopId),
    }),
    item: t.field({
      type: Item,
      nullable: true,
      description: 'The goods it sells; null only when they are no longer kept.',
      resolve: (row, _args, context) => loadByKey(context, items, row.itemId),
    }),
    productId: t.exposeID('productId', { description: 'The marketplace’s product id, exact to the digit.' }),
    specId: t.id({
      nullable: true,
      description: 'The marketplace’s variant id inside the product; null for an offer without variants.',
      resolve: (row) => (row.specId === '' ? null : row.specId),
    }),
    skuId: t.exposeID('skuId', {
      nullable: true,
      description: 'The marketplace’s own SKU id; null when it gives none.',
    }),
    cargoNumber: t.exposeString('cargoNumber', {
      nullable: true,
      description: 'The merchant’s article number as typed there; may repeat, may be null.',
    }),
    title: t.exposeString('title', { description: 'Title of the offer.' }),
    variantTitle: t.exposeString('variantTitle', {
      nullable: true,
      description: 'Attributes of the variant, such as 白色 / XL; null without variants.',
    }),
    status: t.exposeString('status', { description: 'The marketplace’s own word, such as published.' }),
    category: t.exposeString('category', {
      nullable: true,
      description: 'Category there; null when unknown.',
    }),
    packFactor: t.field({
      type: 'Decimal',
      description: 'Units of the item in one unit of the listing, above 0.',
      resolve: (row) => row.packFactor,
    }),
    isLinked: t.exposeBoolean('isLinked', {
      description: 'True once somebody linked it to its item; an automatic link is only a suggestion.',
    }),
    minOrderQuantity: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Least a buyer must order, in the listing’s unit; less cannot be sold; null = unknown.',
      resolve: (row) => row.minOrderQuantity,
    }),
    unitPrice: t.field({
      type: Money,
      nullable: true,
      description: 'Price of one unit of the listing; null = unknown.',
      resolve: (row) => (row.unitPrice === null ? null : { amount: row.unitPrice, currencyCode: 'CNY' }),
    }),
    available: t.field({
      type: 'Decimal',
      nullable: true,
      description:
        'For sale now, in the listing’s unit; already falls with orders. Null = not tracked there.',
      resolve: (row) => row.available,
    }),
    availableUnavailableReason: t.field({
      type: UnavailableReason,
      nullable: true,
      description: 'Why `available` is null; null when it is not.',
      resolve: (row) => (row.available === null ? 'NOT_REPORTED' : null),
    }),
    modifiedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the marketplace last changed it; null = it did not say.',
      resolve: (row) => row.modifiedAt,
    }),
    observedAt: t.field({
      type: 'DateTime',
      description: 'When the marketplace said so (business time).',
      resolve: (row) => row.observedAt,
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When it was stored (business time).',
      resolve: (row) => row.recordedAt,
    }),
  }),
});

const ExternalId = builder.objectRef<ListingRow>('ExternalId').implement({
  description: 'How a marketplace names the goods, exact to the digit.',
  fields: (t) => ({
    marketplace: t.string({
      description: 'The platform, such as alibaba-1688.',
      resolve: (row) => row.platform,
    }),
    productId: t.exposeID('productId', { description: 'Product id there.' }),
    specId: t.id({
      nullable: true,
      description: 'Variant id inside the product; null without variants.',
      resolve: (row) => (row.specId === '' ? null : row.specId),
    }),
    skuId: t.exposeID('skuId', { nullable: true, description: 'SKU id there; null when it gives none.' }),
    cargoNumber: t.exposeString('cargoNumber', {
      nullable: true,
      description: 'The merchant’s article number as typed there; null when none.',
    }),
  }),
});

builder.objectField(Item, 'externalIds', (t) =>
  t.field({
    type: [ExternalId],
    description:
      'How marketplaces name these goods: one per listing, at most 100; all of them in `listings`.',
    complexity: { field: 5, multiplier: 5 },
    resolve: (item, _args, context) =>
      loaderOf<string, ListingRow[]>(context, 'listings of items', async (itemIds) => {
        const pages = await context.load(readListingsOfItems(itemIds));
        return pages.map((page) => [...page.rows]);
      }).load(item.itemId),
  }),
);
