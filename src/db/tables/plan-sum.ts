import { sql } from 'drizzle-orm';
import {
  doublePrecision,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { organization } from './access.ts';
import { item } from './catalog.ts';
import { instant, orderOf, organizationId, recordedAt, units, word } from './columns.ts';

/**
 * What the shared figures are made of and what adds up, so that sums are made of sums: value is at cost, at price where
 * the cost is unknown, in units where the price is too.
 */
const parts = () => ({
  /** Health scores times their weights, the weights of levels with a score, and the plain sum of scores. */
  scoreWeighted: units('score_weighted'),
  scoredWeight: units('scored_weight'),
  scoreSum: units('score_sum'),
  /** Value sold scaled to a year, and the mean value held, by window. */
  turned90: units('turned_90'),
  held90: units('held_90'),
  turned365: units('turned_365'),
  held365: units('held_365'),
  /** Value sold on days whose stock is on record. */
  soldThrough90: units('sold_through_90'),
  inStockSum90: units('in_stock_sum_90'),
  inStockCount90: integer('in_stock_count_90').notNull().default(0),
  /** Value available, and value asked for a day, where there is a forecast. */
  coveredValue: units('covered_value'),
  demandValue: units('demand_value'),
  /** Expected units a day; null = no forecast. */
  unitsPerDay: units('units_per_day'),
  /** Levels with a day of stock on record; null = summed up before these parts existed, so it is due. */
  recordedCount: integer('recorded_count'),
});

/** Figures that items, warehouses, categories and the organization share. */
const sums = () => ({
  levelCount: integer('level_count').notNull(),
  /** Levels with a health score. */
  scoredCount: integer('scored_count').notNull(),
  /** Mean of the levels' scores weighted by expected margin. */
  healthScore: units('health_score'),
  /** What the levels' weights add up to, money or units. */
  healthWeight: units('health_weight').notNull(),
  stockValue: units('stock_value'),
  excessValue: units('excess_value'),
  deadValue: units('dead_value'),
  unitsSold90: units('units_sold_90').notNull(),
  turnover90: units('turnover_90'),
  turnover365: units('turnover_365'),
  inStockRate90: doublePrecision('in_stock_rate_90'),
  lostSalesUnits90: units('lost_sales_units_90'),
  sellThrough90: units('sell_through_90'),
  stockOutDays90: integer('stock_out_days_90').notNull().default(0),
  daysOfStock: units('days_of_stock'),
  shortageLines90: integer('shortage_lines_90').notNull().default(0),
  shortageUnits90: units('shortage_units_90').notNull().default('0'),
  shortageValue90: units('shortage_value_90').notNull().default('0'),
  ...parts(),
  computedAt: instant('computed_at').notNull(),
  dataAsOf: instant('data_as_of').notNull(),
  recordedAt: recordedAt(),
});

/** Classes, health and KPIs of an item over its levels; pools count only where no physical level exists. */
export const itemPlan = pgTable(
  'item_plan',
  {
    organizationId: organizationId(),
    itemId: uuid('item_id').notNull(),
    abcClass: text('abc_class'),
    xyzClass: text('xyz_class'),
    demandClass: text('demand_class'),
    /** Margin of the last 365 days by which items are ranked; revenue or units where that is all there is. */
    rankedValue: units('ranked_value'),
    /** The soonest of the item's levels; null = none within the days looked at. */
    daysToStockOutP10: integer('days_to_stock_out_p10'),
    daysToStockOutP50: integer('days_to_stock_out_p50'),
    daysToStockOutP90: integer('days_to_stock_out_p90'),
    stockOutProbability: doublePrecision('stock_out_probability'),
    urgencyTier: text('urgency_tier'),
    urgencyScore: units('urgency_score'),
    ...sums(),
    healthOrder: orderOf('health_order', 'health_score'),
    excessOrder: orderOf('excess_order', 'excess_value'),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.itemId] }),
    index('item_plan_stock_out').on(table.organizationId, table.daysToStockOutP50, table.itemId),
    index('item_plan_health').on(table.organizationId, table.healthOrder, table.itemId),
    index('item_plan_excess').on(table.organizationId, table.excessOrder, table.itemId),
    index('item_plan_unsummed').on(table.organizationId, table.itemId).where(sql`recorded_count is null`),
    foreignKey({
      columns: [table.organizationId, table.itemId],
      foreignColumns: [item.organizationId, item.itemId],
    }),
  ],
);

/** The same figures of a warehouse, a category, or the whole organization. */
export const planSummary = pgTable(
  'plan_summary',
  {
    organizationId: organizationId(),
    scope: word<'WAREHOUSE' | 'CATEGORY' | 'ORGANIZATION'>('scope').notNull(),
    /** Id of the warehouse, name of the category, or empty. */
    scopeKey: text('scope_key').notNull(),
    ...sums(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.scope, table.scopeKey] }),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);

/** Items whose sums are due: a plan of one of their levels was written since. Consumed by the summary. */
export const planSumDue = pgTable(
  'plan_sum_due',
  {
    organizationId: organizationId(),
    itemId: uuid('item_id').notNull(),
    markedAt: instant('marked_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.itemId] }),
    foreignKey({
      columns: [table.organizationId, table.itemId],
      foreignColumns: [item.organizationId, item.itemId],
    }),
  ],
);
