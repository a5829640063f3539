import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  json,
  numeric,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { organization } from './access.ts';
import { item, warehouse } from './catalog.ts';
import { instant, orderOf, organizationId, recordedAt, units, word } from './columns.ts';
import type { ThresholdOrigin } from './stock.ts';

/** A fact of a plan as a column of its own, so that sums need not read the facts of a million levels. */
const factOf = (name: string, path: string) =>
  numeric(name).generatedAlwaysAs(sql.raw(`(inputs ${path})::numeric`));

/**
 * Policy values, risk, KPIs, health and urgency of an item in a warehouse, as last computed. Filters and sorts of
 * the API read this table, so what they use has an index.
 */
export const levelPlan = pgTable(
  'level_plan',
  {
    organizationId: organizationId(),
    itemId: uuid('item_id').notNull(),
    warehouseId: uuid('warehouse_id').notNull(),
    /** The business day it was planned on: day 1 of every horizon. */
    plannedOn: date('planned_on', { mode: 'string' }).notNull(),
    /** Why policy values, risk and health are null; null = they are not. */
    unavailableReason: text('unavailable_reason'),
    /** Facts and settings that the values rest on, so that each can be recomputed. */
    inputs: json('inputs').notNull(),
    unitsPerDay: units('units_per_day'),

    leadTimeDays: units('lead_time_days').notNull(),
    leadTimeSdDays: units('lead_time_sd_days').notNull(),
    leadTimeOrigin: text('lead_time_origin').notNull(),
    reviewPeriodDays: units('review_period_days').notNull(),
    protectionDays: integer('protection_days').notNull(),
    serviceLevel: doublePrecision('service_level').notNull(),
    serviceLevelOrigin: text('service_level_origin').notNull(),
    safetyStock: units('safety_stock'),
    safetyStockMethod: text('safety_stock_method').notNull(),
    safetyStockOrigin: word<ThresholdOrigin>('safety_stock_origin'),
    classicZ: doublePrecision('classic_z'),
    classicSafetyStock: units('classic_safety_stock'),
    reorderPoint: units('reorder_point'),
    targetLevel: units('target_level'),
    /** Available plus inbound due within the protection period. */
    positionDue: units('position_due').notNull(),
    inboundOverdue: units('inbound_overdue').notNull(),
    nextReceiptOn: date('next_receipt_on', { mode: 'string' }),

    stockOutProbability: doublePrecision('stock_out_probability'),
    probabilityBeforeReceipt: doublePrecision('probability_before_receipt'),
    /** Null = not within the days looked at. */
    daysToStockOutP10: integer('days_to_stock_out_p10'),
    daysToStockOutP50: integer('days_to_stock_out_p50'),
    daysToStockOutP90: integer('days_to_stock_out_p90'),
    expectedLostUnits: units('expected_lost_units'),
    orderByOn: date('order_by_on', { mode: 'string' }),

    daysOfStock: units('days_of_stock'),
    turnover90: units('turnover_90'),
    turnover365: units('turnover_365'),
    sellThrough90: units('sell_through_90'),
    inStockRate90: doublePrecision('in_stock_rate_90'),
    stockOutDays90: integer('stock_out_days_90'),
    /** At cost, at price where the cost is unknown; null = neither is known. */
    stockValue: units('stock_value'),
    excessUnits: units('excess_units'),
    excessValue: units('excess_value'),
    isDead: boolean('is_dead').notNull(),
    lostSalesUnits90: units('lost_sales_units_90'),
    /** Order lines of the last 90 days that were closed for lack of goods: lines, units, money. */
    shortageLines90: integer('shortage_lines_90').notNull().default(0),
    shortageUnits90: units('shortage_units_90').notNull().default('0'),
    shortageValue90: units('shortage_value_90').notNull().default('0'),

    healthScore: units('health_score'),
    health: json('health'),
    /** Expected margin of 90 days, at least the cost of holding the stock: what the score weighs in roll-ups. */
    healthWeight: units('health_weight').notNull(),
    urgencyTier: text('urgency_tier'),
    /** Evaluations in a row that were better than the tier shown. */
    urgencyBetterCount: integer('urgency_better_count').notNull().default(0),
    urgencyScore: units('urgency_score'),
    /** Money at stake until the next decision; units where no price is known. */
    urgencyStake: units('urgency_stake'),
    /** What the plan rested on at the end of the business day before: what explanations compare with. Null = none. */
    previousInputs: json('previous_inputs'),
    /** The forecast of that time; null = the one that is stored still. */
    previousForecast: json('previous_forecast'),
    previousComputedAt: instant('previous_computed_at'),
    computedAt: instant('computed_at').notNull(),
    dataAsOf: instant('data_as_of').notNull(),
    recordedAt: recordedAt(),
    healthOrder: orderOf('health_order', 'health_score'),
    excessOrder: orderOf('excess_order', 'excess_value'),
    urgencyOrder: orderOf('urgency_order', 'urgency_score'),
    available: factOf('available', "->> 'available'"),
    meanUnits90: factOf('mean_units_90', "-> 'history' ->> 'meanUnits90'"),
    meanUnits365: factOf('mean_units_365', "-> 'history' ->> 'meanUnits365'"),
    countedUnits90: factOf('counted_units_90', "-> 'history' ->> 'countedUnits90'"),
    unitsSold90: factOf('units_sold_90', "-> 'history' ->> 'unitsSold90'"),
    unitsSold365: factOf('units_sold_365', "-> 'history' ->> 'unitsSold365'"),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.itemId, table.warehouseId] }),
    index('level_plan_stock_out').on(
      ...[table.organizationId, table.daysToStockOutP50, table.itemId, table.warehouseId],
    ),
    index('level_plan_health').on(table.organizationId, table.healthOrder, table.itemId, table.warehouseId),
    index('level_plan_excess').on(table.organizationId, table.excessOrder, table.itemId, table.warehouseId),
    index('level_plan_risk').on(
      ...[table.organizationId, table.stockOutProbability, table.itemId, table.warehouseId],
    ),
    index('level_plan_urgency').on(table.organizationId, table.urgencyOrder, table.itemId, table.warehouseId),
    index('level_plan_warehouse').on(table.organizationId, table.warehouseId),
    foreignKey({
      columns: [table.organizationId, table.itemId],
      foreignColumns: [item.organizationId, item.itemId],
    }),
    foreignKey({
      columns: [table.organizationId, table.warehouseId],
      foreignColumns: [warehouse.organizationId, warehouse.warehouseId],
    }),
  ],
);

/** What a level did on a whole business day; days on which nothing was observed have no row and stand at the close before. */
export const stockDaily = pgTable(
  'stock_daily',
  {
    organizationId: organizationId(),
    itemId: uuid('item_id').notNull(),
    warehouseId: uuid('warehouse_id').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    /** Time-weighted mean of what was above zero, units. */
    meanUnits: units('mean_units').notNull(),
    close: units('close').notNull(),
    /** Share of the day at or below zero, 0 to 1. */
    outShare: doublePrecision('out_share').notNull(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.itemId, table.warehouseId, table.day] }),
    foreignKey({
      columns: [table.organizationId, table.itemId],
      foreignColumns: [item.organizationId, item.itemId],
    }),
  ],
);

/** Levels to be planned anew. Written together with what changed, consumed by the planning stage. */
export const planDue = pgTable(
  'plan_due',
  {
    organizationId: organizationId(),
    itemId: uuid('item_id').notNull(),
    warehouseId: uuid('warehouse_id').notNull(),
    /** True: demand changed, so the forecast is due too. */
    isForecastDue: boolean('is_forecast_due').notNull(),
    markedAt: instant('marked_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.itemId, table.warehouseId] }),
    foreignKey({
      columns: [table.organizationId, table.itemId],
      foreignColumns: [item.organizationId, item.itemId],
    }),
  ],
);

/** Where planning stands in an organization. */
export const planProgress = pgTable(
  'plan_progress',
  {
    organizationId: organizationId(),
    /** Newest number of the event log whose changed levels were planned. */
    eventNumber: bigint('event_number', { mode: 'bigint' }).notNull(),
    /** The business day whose daily round was begun; null = none yet. */
    dailyOn: date('daily_on', { mode: 'string' }),
    /** True when that round could not wait for all of yesterday's orders: it runs again once they are read. */
    isDailyLate: boolean('is_daily_late').notNull().default(false),
    /** How far that round has come: `WAREHOUSE/` or `LEVEL/` and the last one done; null = it is over. */
    dailyFrom: text('daily_from'),
    calibratedOn: date('calibrated_on', { mode: 'string' }),
    /** The business day on which economic service levels were last looked for; null = never. */
    economicOn: date('economic_on', { mode: 'string' }),
    summarizedAt: instant('summarized_at'),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId] }),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);
