import {
  boolean,
  date,
  doublePrecision,
  foreignKey,
  integer,
  json,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core';
import { organization } from './access.ts';
import { item, warehouse } from './catalog.ts';
import { instant, organizationId, recordedAt, units } from './columns.ts';

/** What all items of a warehouse and category share, worked out once a business day. Category '' = all of them. */
export const groupFactor = pgTable(
  'group_factor',
  {
    organizationId: organizationId(),
    warehouseId: uuid('warehouse_id').notNull(),
    category: text('category').notNull(),
    /** The business day for which they were worked out; demand up to the day before went in. */
    plannedOn: date('planned_on', { mode: 'string' }).notNull(),
    factors: json('factors').notNull(),
    /** Median daily level of new items, units; null = none. */
    newItemLevel: doublePrecision('new_item_level'),
    /** Median dispersion of the group's items; null = not known. */
    priorDispersion: doublePrecision('prior_dispersion'),
    /** Median lead time of received shipments of the category, days; null = none. */
    leadTimeDays: doublePrecision('lead_time_days'),
    computedAt: instant('computed_at').notNull(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.warehouseId, table.category] }),
    foreignKey({
      columns: [table.organizationId, table.warehouseId],
      foreignColumns: [warehouse.organizationId, warehouse.warehouseId],
    }),
  ],
);

/** The newest forecast of an item in a warehouse. */
export const levelForecast = pgTable(
  'level_forecast',
  {
    organizationId: organizationId(),
    itemId: uuid('item_id').notNull(),
    warehouseId: uuid('warehouse_id').notNull(),
    /** Business day of the forecast's first period: the day after the newest demand that went in. */
    firstOn: date('first_on', { mode: 'string' }).notNull(),
    /** Days of history since the first record, known or not. */
    historyDays: integer('history_days').notNull(),
    method: text('method').notNull(),
    flags: text('flags').array().notNull(),
    /** The distribution as plain data; null = nothing is known (NO_HISTORY), which is not a forecast of 0. */
    stored: json('stored'),
    /** Expected units a day over the first four weeks; null as above. */
    unitsPerDay: units('units_per_day'),
    /** Standard deviation of past daily demand, units a day; null with less than two known days. */
    sigmaUnitsPerDay: units('sigma_units_per_day'),
    dispersion: doublePrecision('dispersion'),
    /** Known factors inside the means, kept apart: promotions, market index, past years. */
    effects: json('effects').notNull(),
    accuracyIntervalDays: integer('accuracy_interval_days'),
    accuracyOrigins: integer('accuracy_origins'),
    rmsse: doublePrecision('rmsse'),
    intervalWape: doublePrecision('interval_wape'),
    bias: doublePrecision('bias'),
    rmseInterval: doublePrecision('rmse_interval'),
    rmseIntervalMovingAverage: doublePrecision('rmse_interval_moving_average'),
    demandClass: text('demand_class'),
    xyzClass: text('xyz_class'),
    /** Units of the last 90 and 365 known days, and days without a sale since the last one; null = never sold. */
    unitsSold90: units('units_sold_90').notNull(),
    unitsSold365: units('units_sold_365').notNull(),
    daysSinceSale: integer('days_since_sale'),
    computedAt: instant('computed_at').notNull(),
    /** When the newest demand that went in was stored. */
    dataAsOf: instant('data_as_of').notNull(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.itemId, table.warehouseId] }),
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

/** How often demand stayed at or below the promised quantiles, by interval length and predicted units. */
export const forecastCalibration = pgTable(
  'forecast_calibration',
  {
    organizationId: organizationId(),
    intervalDays: integer('interval_days').notNull(),
    fromUnits: doublePrecision('from_units').notNull(),
    /** Null = no upper bound. */
    toUnits: doublePrecision('to_units'),
    caseCount: integer('case_count').notNull(),
    levels: doublePrecision('levels').array().notNull(),
    coverage: doublePrecision('coverage').array().notNull(),
    evaluatedOn: date('evaluated_on', { mode: 'string' }).notNull(),
    computedAt: instant('computed_at').notNull(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.intervalDays, table.fromUnits] }),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);

/** Days on which a promotion of an item runs or ran. */
export const promotion = pgTable(
  'promotion',
  {
    organizationId: organizationId(),
    promotionId: uuid('promotion_id').notNull(),
    itemId: uuid('item_id').notNull(),
    /** Null = in every warehouse. */
    warehouseId: uuid('warehouse_id'),
    name: text('name').notNull(),
    fromOn: date('from_on', { mode: 'string' }).notNull(),
    toOn: date('to_on', { mode: 'string' }).notNull(),
    /** Demand relative to an ordinary day; null = learnt from the item's own past promotions. */
    factor: units('factor'),
    isCancelled: boolean('is_cancelled').notNull().default(false),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.promotionId] }),
    foreignKey({
      columns: [table.organizationId, table.itemId],
      foreignColumns: [item.organizationId, item.itemId],
    }),
  ],
);

/** An outside index of a category's market, relative to the present: 1.1 = a tenth more demand on that day. */
export const marketIndex = pgTable(
  'market_index',
  {
    organizationId: organizationId(),
    category: text('category').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    factor: units('factor').notNull(),
    source: text('source').notNull(),
    observedAt: instant('observed_at').notNull(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.category, table.day] }),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);

/** A person's own forecast for some days of an item in a warehouse. */
export const forecastOverride = pgTable(
  'forecast_override',
  {
    organizationId: organizationId(),
    itemId: uuid('item_id').notNull(),
    warehouseId: uuid('warehouse_id').notNull(),
    fromOn: date('from_on', { mode: 'string' }).notNull(),
    toOn: date('to_on', { mode: 'string' }).notNull(),
    /** Null = withdrawn. */
    unitsPerDay: units('units_per_day'),
    note: text('note'),
    setBy: text('set_by'),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.itemId, table.warehouseId, table.fromOn] }),
    foreignKey({
      columns: [table.organizationId, table.itemId],
      foreignColumns: [item.organizationId, item.itemId],
    }),
  ],
);
