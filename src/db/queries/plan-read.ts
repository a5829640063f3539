import { type Collection, column, type Expression } from './collection.ts';

/** Figures that items, warehouses, categories and the organization share. Decimal text. */
export interface PlanSums {
  levelCount: number;
  scoredCount: number;
  healthScore: string | null;
  stockValue: string | null;
  excessValue: string | null;
  deadValue: string | null;
  unitsSold90: string;
  turnover90: string | null;
  turnover365: string | null;
  inStockRate90: number | null;
  lostSalesUnits90: string | null;
  sellThrough90: string | null;
  stockOutDays90: number;
  daysOfStock: string | null;
  shortageLines90: number;
  shortageUnits90: string;
  shortageValue90: string;
  /** Expected units a day; null = no forecast. */
  unitsPerDay: string | null;
  /** Levels with a day of stock on record; null = not counted yet. */
  recordedCount: number | null;
  computedAt: Date;
  dataAsOf: Date;
}

/** Classes and figures of an item. */
export interface ItemPlanRow extends PlanSums {
  itemId: string;
  abcClass: 'A' | 'B' | 'C' | null;
  xyzClass: 'X' | 'Y' | 'Z' | null;
  demandClass: 'SMOOTH' | 'ERRATIC' | 'INTERMITTENT' | 'LUMPY' | null;
  daysToStockOutP10: number | null;
  daysToStockOutP50: number | null;
  daysToStockOutP90: number | null;
  stockOutProbability: number | null;
  urgencyTier: string | null;
  urgencyScore: string | null;
}

const sumColumns =
  (alias: string): Expression =>
  ({ sql }) => {
    const a = (name: string) => sql`${sql(`${alias}.${name}`)}`;
    return sql`
    ${a('level_count')} as "levelCount", ${a('scored_count')} as "scoredCount",
    ${a('health_score')} as "healthScore", ${a('stock_value')} as "stockValue",
    ${a('excess_value')} as "excessValue", ${a('dead_value')} as "deadValue",
    ${a('units_sold_90')} as "unitsSold90", ${a('turnover_90')} as "turnover90",
    ${a('turnover_365')} as "turnover365", ${a('in_stock_rate_90')} as "inStockRate90",
    ${a('lost_sales_units_90')} as "lostSalesUnits90", ${a('sell_through_90')} as "sellThrough90",
    ${a('stock_out_days_90')} as "stockOutDays90", ${a('days_of_stock')} as "daysOfStock",
    ${a('shortage_lines_90')} as "shortageLines90", ${a('shortage_units_90')} as "shortageUnits90",
    ${a('shortage_value_90')} as "shortageValue90", ${a('units_per_day')} as "unitsPerDay",
    ${a('recorded_count')} as "recordedCount", ${a('computed_at')} as "computedAt",
    ${a('data_as_of')} as "dataAsOf"`;
  };

/** The newest figures of all items. */
export const itemPlans: Collection<ItemPlanRow, 'itemId'> = {
  name: 'itemPlans',
  columns: (scope) => scope.sql`
    o.item_id as "itemId", o.abc_class as "abcClass", o.xyz_class as "xyzClass", o.demand_class as "demandClass",
    o.days_to_stock_out_p10 as "daysToStockOutP10", o.days_to_stock_out_p50 as "daysToStockOutP50",
    o.days_to_stock_out_p90 as "daysToStockOutP90", o.stock_out_probability as "stockOutProbability",
    o.urgency_tier as "urgencyTier", o.urgency_score as "urgencyScore", ${sumColumns('o')(scope)}`,
  from: ({ sql }) => sql`item_plan o`,
  fields: { itemId: column('o', 'item_id', 'uuid') },
  key: ['itemId'],
};

/** Figures of a warehouse, a category or the organization. */
export interface PlanSummaryRow extends PlanSums {
  scope: 'WAREHOUSE' | 'CATEGORY' | 'ORGANIZATION';
  scopeKey: string;
}

/** The newest figures of warehouses, categories and the organization. */
export const planSummaries: Collection<PlanSummaryRow, 'scope' | 'scopeKey'> = {
  name: 'planSummaries',
  columns: (scope) => scope.sql`o.scope, o.scope_key as "scopeKey", ${sumColumns('o')(scope)}`,
  from: ({ sql }) => sql`plan_summary o`,
  fields: { scope: column('o', 'scope', 'text'), scopeKey: column('o', 'scope_key', 'text') },
  key: ['scope', 'scopeKey'],
};

/** How often demand stayed at or below the promised quantiles, for one interval length and range of units. */
export interface CalibrationRow {
  intervalDays: number;
  fromUnits: number;
  toUnits: number | null;
  caseCount: number;
  levels: number[];
  coverage: number[];
  evaluatedOn: string;
  computedAt: Date;
}

/** The organization's calibration. */
export const calibrations: Collection<CalibrationRow, 'intervalDays' | 'fromUnits'> = {
  name: 'calibrations',
  columns: ({ sql }) => sql`
    c.interval_days as "intervalDays", c.from_units as "fromUnits", c.to_units as "toUnits",
    c.case_count as "caseCount", c.levels, c.coverage, c.evaluated_on as "evaluatedOn",
    c.computed_at as "computedAt"`,
  from: ({ sql }) => sql`forecast_calibration c`,
  fields: {
    intervalDays: column('c', 'interval_days', 'integer'),
    fromUnits: { expression: ({ sql }) => sql`(c.from_units::numeric)`, type: 'numeric' },
  },
  key: ['intervalDays', 'fromUnits'],
};
