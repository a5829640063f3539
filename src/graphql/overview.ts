import { loadOverview, type OverviewRow } from '../db/queries/overview.ts';
import { builder } from './builder.ts';
import { UnavailableReason } from './enums.ts';
import { Money } from './values.ts';

/** The organization at one glance; figures of the plan are added beside it. */
export const StockOverview = builder.objectRef<OverviewRow>('StockOverview').implement({
  description: 'The organization at one glance, counted when asked.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    itemCount: t.exposeInt('itemCount', { description: 'Items.' }),
    warehouseCount: t.exposeInt('warehouseCount', { description: 'Physical warehouses; pools are none.' }),
    stockLevelCount: t.exposeInt('levelCount', { description: 'Levels, pools among them.' }),
    lowStockLevelCount: t.exposeInt('lowLevelCount', {
      description: 'Watched levels at or below their safety stock, those with nothing left among them.',
    }),
    outOfStockLevelCount: t.exposeInt('outOfStockLevelCount', {
      description: 'Watched levels with nothing available.',
    }),
    suspectStockLevelCount: t.exposeInt('suspectLevelCount', {
      description: 'Levels whose last reading is held back as implausible.',
    }),
    staleStockLevelCount: t.exposeInt('staleLevelCount', {
      description: 'Levels not confirmed for more than 30 hours, up to 7 days.',
    }),
    unknownStockLevelCount: t.exposeInt('unknownLevelCount', {
      description: 'Levels not confirmed for more than 7 days.',
    }),
    openAlertCount: t.int({
      authScopes: { scope: 'read:alerts' },
      description: 'Alerts that are not resolved.',
      resolve: (row) => row.openAlertCount,
    }),
    criticalAlertCount: t.int({
      authScopes: { scope: 'read:alerts' },
      description: 'Open alerts that are CRITICAL.',
      resolve: (row) => row.criticalAlertCount,
    }),
    firingAlertCount: t.int({
      authScopes: { scope: 'read:alerts' },
      description: 'Open alerts that nobody has taken up or silenced.',
      resolve: (row) => row.firingAlertCount,
    }),
    openInboundShipmentCount: t.exposeInt('openShipmentCount', {
      description: 'Inbound shipments that are ORDERED or SHIPPED.',
    }),
    shopCount: t.exposeInt('shopCount', { description: 'Shops and feeds.' }),
    troubledShopCount: t.exposeInt('troubledShopCount', {
      description: 'Shops and feeds that are not ACTIVE.',
    }),
    stockValue: t.field({
      type: Money,
      nullable: true,
      description:
        'Available × unit cost over all items with a known cost, what is below zero as zero; null when no item has one (`stockValueUnavailableReason`).',
      resolve: (row) => (row.stockValue === null ? null : { amount: row.stockValue, currencyCode: 'CNY' }),
    }),
    stockValueUnavailableReason: t.field({
      type: UnavailableReason,
      nullable: true,
      description: 'Why `stockValue` is null; null when it is not.',
      resolve: (row) => (row.stockValue === null ? 'NOT_KNOWN' : null),
    }),
    itemWithoutCostCount: t.exposeInt('itemWithoutCostCount', {
      description: 'Items whose cost nobody has given (`itemDetailsSet`): they are not in `stockValue`.',
    }),
    dataAsOf: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Newest confirmation of any level (business time); null without levels.',
      resolve: (row) => row.dataAsOf,
    }),
    computedAt: t.field({
      type: 'DateTime',
      description: 'When it was counted (business time).',
      resolve: (_row, _args, context) => context.now,
    }),
  }),
});

builder.queryField('overview', (t) =>
  t.field({
    type: StockOverview,
    authScopes: { scope: 'read:stock' },
    complexity: { field: 200, multiplier: 1 },
    description: 'How the organization stands.',
    resolve: (_root, _args, context) => context.read((scope) => loadOverview(scope)),
  }),
);
