import type { Condition } from '../db/queries/filter.ts';
import { itemPlans, type PlanSummaryRow, type PlanSums, planSummaries } from '../db/queries/plan-read.ts';
import { pageArgs } from './arguments.ts';
import { builder } from './builder.ts';
import { resolveConnection } from './connection.ts';
import { UnavailableReason } from './enums.ts';
import { HealthScore, sumsHealthReason } from './health.ts';
import type { PlanReason } from './level-plan.ts';
import { loadOpenedPlan } from './level-plan.ts';
import { loadByKey } from './loader.ts';
import { ascending } from './order.ts';
import { StockOverview } from './overview.ts';
import { defineConnection, flatPage, pageCost } from './page.ts';
import { Item, StockLevel, Warehouse } from './refs.ts';
import { Money, sumOfMoney } from './values.ts';

const money = (amount: string | null) => (amount === null ? null : sumOfMoney(amount));

interface Shortage {
  readonly lineCount: number;
  readonly units: string;
  readonly value: string;
}

const ShortageCancellations = builder.objectRef<Shortage>('ShortageCancellations').implement({
  description:
    'Order lines of the last 90 days that were closed for lack of goods: no estimate, buyers who wanted them. They count as demand.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    lineCount: t.exposeInt('lineCount', { description: 'Lines.' }),
    units: t.field({
      type: 'Decimal',
      description: 'Units, in the items’ own.',
      resolve: (one) => one.units,
    }),
    value: t.field({
      type: Money,
      description: 'Quantity times price; lines without a price count 0.',
      resolve: (one) => sumOfMoney(one.value),
    }),
  }),
});

interface MissingFigure {
  readonly figure: string;
  readonly reason: PlanReason;
}

const UnavailableFigure = builder.objectRef<MissingFigure>('UnavailableFigure').implement({
  description: 'A figure that is null, and why.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    figure: t.exposeString('figure', { description: 'Name of the field.' }),
    reason: t.field({
      type: UnavailableReason,
      description: 'Why it is null.',
      resolve: (one) => one.reason,
    }),
  }),
});

function missingOf(sums: PlanSums): MissingFigure[] {
  // Without a forecast of any level nothing is known of demand; with one of 0 there is none.
  const ofDemand = sums.unitsPerDay === null ? 'NO_HISTORY' : 'NO_DEMAND';
  // Stock that was on record and 0 all the time turns over nothing.
  const ofStock = (sums.recordedCount ?? 0) > 0 ? 'NO_STOCK' : 'NO_HISTORY';
  const figures: readonly (readonly [string, unknown, PlanReason])[] = [
    ['stockValue', sums.stockValue, 'NO_COST'],
    ['excessValue', sums.excessValue, sums.stockValue === null ? 'NO_COST' : 'NO_HISTORY'],
    ['turnover', sums.turnover90, ofStock],
    ['turnoverOfYear', sums.turnover365, ofStock],
    ['sellThrough', sums.sellThrough90, ofStock],
    ['daysOfStock', sums.daysOfStock, ofDemand],
    ['inStockRate', sums.inStockRate90, 'NO_HISTORY'],
    ['lostSalesUnits', sums.lostSalesUnits90, 'NO_HISTORY'],
  ];
  return figures.flatMap(([figure, value, reason]) => (value === null ? [{ figure, reason }] : []));
}

const why = 'null with its reason in `unavailable`';

const InventoryKpis = builder.objectRef<PlanSums>('InventoryKpis').implement({
  description:
    'Figures of levels together, as of the last summary. An item’s demand counts once: what its warehouses shipped where they shipped any of it within a year, else what was ordered on its pools, all of them added up. Its stock is what lies in warehouses; where none holds it, the largest of its pools, which are views of the same goods. Ratios are what was sold over what was held, both in money. The last 90 whole business days unless said otherwise.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    levelCount: t.int({ description: 'Levels in it.', resolve: (sums) => sums.levelCount }),
    stockValue: t.field({
      type: Money,
      nullable: true,
      description: `Stock at cost, at price where the cost is unknown; ${why}.`,
      resolve: (sums) => money(sums.stockValue),
    }),
    excessValue: t.field({
      type: Money,
      nullable: true,
      description: `Value of what the next 90 days are not likely to need; ${why}.`,
      resolve: (sums) => money(sums.excessValue),
    }),
    deadStockValue: t.field({
      type: Money,
      description: 'Value of stock that did not sell for 180 days; 0 when there is none.',
      resolve: (sums) => sumOfMoney(sums.deadValue ?? '0'),
    }),
    unitsSold: t.field({
      type: 'Decimal',
      description: 'Units customers wanted and got on record.',
      resolve: (sums) => sums.unitsSold90,
    }),
    turnover: t.field({
      type: 'Decimal',
      nullable: true,
      description: `Turns a year; null until stock was on record for a whole business day, and when it was always 0; ${why}.`,
      resolve: (sums) => sums.turnover90,
    }),
    turnoverOfYear: t.field({
      type: 'Decimal',
      nullable: true,
      description: `Turns a year by the last 365 days; ${why}.`,
      resolve: (sums) => sums.turnover365,
    }),
    sellThrough: t.field({
      type: 'Decimal',
      nullable: true,
      description: `What was sold over the mean stock; ${why}.`,
      resolve: (sums) => sums.sellThrough90,
    }),
    daysOfStock: t.field({
      type: 'Decimal',
      nullable: true,
      description: `Days that the stock lasts at the mean forecast; ${why}.`,
      resolve: (sums) => sums.daysOfStock,
    }),
    inStockRate: t.float({
      nullable: true,
      description: `Mean share of days with stock over the levels, 0 to 1; ${why}.`,
      resolve: (sums) => sums.inStockRate90,
    }),
    stockOutDays: t.int({
      description: 'Whole days without stock, all levels added up.',
      resolve: (sums) => sums.stockOutDays90,
    }),
    lostSalesUnits: t.field({
      type: 'Decimal',
      nullable: true,
      description: `Units probably not sold for lack of stock; ${why}.`,
      resolve: (sums) => sums.lostSalesUnits90,
    }),
    shortageCancellations: t.field({
      type: ShortageCancellations,
      description: 'Orders closed for lack of goods, of all pools.',
      resolve: ({ shortageLines90: lineCount, shortageUnits90: units, shortageValue90: value }) => ({
        ...{ lineCount, units, value },
      }),
    }),
    unavailable: t.field({
      type: [UnavailableFigure],
      description: 'Which of these figures are null, and why.',
      resolve: (sums) => missingOf(sums),
    }),
    computedAt: t.field({
      type: 'DateTime',
      description: 'When it was summed up (business time).',
      resolve: (sums) => sums.computedAt,
    }),
    dataAsOf: t.field({
      type: 'DateTime',
      description: 'Newest data that went in.',
      resolve: (sums) => sums.dataAsOf,
    }),
  }),
});

const untilSummed = 'null until first summed up, some seconds after the first plan.';

builder.objectField(Item, 'kpis', (t) =>
  t.field({
    type: InventoryKpis,
    nullable: true,
    description: `Figures of its levels together; ${untilSummed}`,
    resolve: (item, _args, context) => loadByKey(context, itemPlans, item.itemId),
  }),
);
builder.objectField(Warehouse, 'kpis', (t) =>
  t.field({
    type: InventoryKpis,
    nullable: true,
    description: `Figures of its levels together; ${untilSummed}`,
    resolve: (row, _args, context) => loadByKey(context, planSummaries, 'WAREHOUSE', row.warehouseId),
  }),
);
builder.objectField(StockOverview, 'kpis', (t) =>
  t.field({
    type: InventoryKpis,
    nullable: true,
    description: `Figures of all levels together; ${untilSummed}`,
    resolve: (_row, _args, context) => loadByKey(context, planSummaries, 'ORGANIZATION', ''),
  }),
);
builder.objectField(StockLevel, 'shortageCancellations', (t) =>
  t.field({
    type: ShortageCancellations,
    nullable: true,
    description:
      'Orders of the last 90 days that were closed for lack of goods; a warehouse has none, orders are on pools. Null until first planned (`policyUnavailableReason`).',
    resolve: async (level, _args, context) => {
      const plan = await loadOpenedPlan(context, level);
      if (plan === null) return null;
      const { shortageLines90: lineCount, shortageUnits90: units, shortageValue90: value } = plan.row;
      return { lineCount, units, value };
    },
  }),
);

const Category = builder.objectRef<PlanSummaryRow>('Category');
Category.implement({
  description: 'Items of one category together.',
  authScopes: { scope: 'read:stock' },
  fields: (t) => ({
    name: t.string({ description: 'The category’s name at the source.', resolve: (row) => row.scopeKey }),
    kpis: t.field({
      type: InventoryKpis,
      description: 'Figures of its levels together.',
      resolve: (row) => row,
    }),
    health: t.field({
      type: HealthScore,
      nullable: true,
      description:
        'Health of its levels together; null without history, and where there is neither demand nor stock (`healthUnavailableReason`).',
      resolve: (row) => (row.healthScore === null ? null : row),
    }),
    healthUnavailableReason: t.field({
      type: UnavailableReason,
      nullable: true,
      description: 'Why `health` is null; null when it is not.',
      resolve: (row) => sumsHealthReason(row),
    }),
  }),
});
const CategoryConnection = defineConnection('Category', Category, 'read:stock');
const ofCategory: Condition = { kind: 'test', field: 'scope', operator: 'eq', value: 'CATEGORY' };

builder.queryField('categories', (t) =>
  t.field({
    type: CategoryConnection,
    authScopes: { scope: 'read:stock' },
    description: 'Categories with planned items, by name.',
    args: pageArgs(t.arg, flatPage),
    complexity: pageCost(flatPage),
    resolve: (_root, args, context) =>
      resolveConnection(context, {
        ...{ collection: planSummaries, args, sizes: flatPage, condition: ofCategory },
        sort: [ascending('scopeKey')],
      }),
  }),
);
