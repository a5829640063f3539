import type { CalendarDate } from '../../shared/time.ts';
import { type Collection, type CollectionField, column, type Expression, orderColumn } from './collection.ts';

/** A level's newest plan and forecast. Decimal text; JSON as text; days `YYYY-MM-DD`. */
export interface LevelPlanRow {
  itemId: string;
  warehouseId: string;
  currencyCode: string;
  plannedOn: CalendarDate;
  /** Facts and settings that the plan rests on: `LevelFacts`. */
  inputs: string;
  unavailableReason: 'NO_HISTORY' | null;
  unitsPerDay: string | null;
  leadTimeDays: string;
  leadTimeOrigin: string;
  reviewPeriodDays: string;
  protectionDays: number;
  serviceLevel: number;
  serviceLevelOrigin: string;
  safetyStock: string;
  safetyStockMethod: string;
  safetyStockOrigin: 'OVERRIDE' | 'COMPUTED' | 'DEFAULT';
  classicZ: number | null;
  classicSafetyStock: string | null;
  reorderPoint: string | null;
  targetLevel: string | null;
  positionDue: string;
  inboundOverdue: string;
  nextReceiptOn: string | null;
  stockOutProbability: number | null;
  probabilityBeforeReceipt: number | null;
  daysToStockOutP10: number | null;
  daysToStockOutP50: number | null;
  daysToStockOutP90: number | null;
  expectedLostUnits: string | null;
  orderByOn: CalendarDate | null;
  daysOfStock: string | null;
  turnover90: string | null;
  turnover365: string | null;
  sellThrough90: string | null;
  inStockRate90: number | null;
  stockOutDays90: number | null;
  stockValue: string | null;
  excessUnits: string | null;
  excessValue: string | null;
  isDead: boolean;
  lostSalesUnits90: string | null;
  healthScore: string | null;
  health: string | null;
  urgencyTier: string | null;
  urgencyScore: string | null;
  urgencyStake: string | null;
  shortageLines90: number;
  shortageUnits90: string;
  shortageValue90: string;
  /** What the plan before rested on: `LevelFacts`; null = there was none. */
  previousInputs: string | null;
  /** Its forecast: `PlanForecast`; null = the one that is stored still. */
  previousForecast: string | null;
  previousComputedAt: Date | null;
  computedAt: Date;
  dataAsOf: Date;
  /** Of the forecast. */
  firstOn: CalendarDate | null;
  historyDays: number | null;
  method: string | null;
  flags: string[] | null;
  stored: string | null;
  effects: string | null;
  sigmaUnitsPerDay: string | null;
  accuracyIntervalDays: number | null;
  accuracyOrigins: number | null;
  rmsse: number | null;
  intervalWape: number | null;
  bias: number | null;
  rmseInterval: number | null;
  rmseIntervalMovingAverage: number | null;
  demandClass: string | null;
  xyzClass: string | null;
  forecastComputedAt: Date | null;
  forecastDataAsOf: Date | null;
}

/** What plans can be filtered and sorted by. */
export type LevelPlanField =
  | 'itemId'
  | 'warehouseId'
  | 'sku'
  | 'category'
  | 'warehouseCode'
  | 'warehouseKind'
  | 'method'
  | 'hasForecast'
  | PlanFigure;

/** Figures of a plan that levels can be filtered and sorted by. */
export type PlanFigure =
  | 'daysToStockOut'
  | 'stockOutProbability'
  | 'daysOfStock'
  | 'turnover'
  | 'inStockRate'
  | 'stockValue'
  | 'excessValue'
  | 'isDead'
  | 'healthScore'
  | 'urgencyScore'
  | 'reorderPoint';

/** The figures as fields of an alias p, which may be missing for a level that is not planned yet. */
export const planFigures: Readonly<Record<PlanFigure, CollectionField>> = {
  daysToStockOut: {
    expression: ({ sql }) => sql`(p.days_to_stock_out_p50::numeric)`,
    ...{ type: 'numeric', isNullable: true },
    sorted: column('p', 'days_to_stock_out_p50', 'integer'),
  },
  stockOutProbability: {
    // Filters carry decimal text, which a double keeps only to its own digits.
    expression: ({ sql }) => sql`(p.stock_out_probability::numeric)`,
    ...{ type: 'numeric', isNullable: true },
    sorted: orderColumn('p', 'stock_out_probability'),
  },
  daysOfStock: column('p', 'days_of_stock', 'numeric', true),
  turnover: column('p', 'turnover_90', 'numeric', true),
  inStockRate: {
    expression: ({ sql }) => sql`(p.in_stock_rate_90::numeric)`,
    type: 'numeric',
    isNullable: true,
  },
  stockValue: column('p', 'stock_value', 'numeric', true),
  excessValue: { ...column('p', 'excess_value', 'numeric', true), sorted: orderColumn('p', 'excess_order') },
  isDead: column('p', 'is_dead', 'boolean', true),
  healthScore: { ...column('p', 'health_score', 'numeric', true), sorted: orderColumn('p', 'health_order') },
  urgencyScore: {
    ...column('p', 'urgency_score', 'numeric', true),
    sorted: orderColumn('p', 'urgency_order'),
  },
  reorderPoint: column('p', 'reorder_point', 'numeric', true),
};

const planColumns: Expression = ({ sql }) => sql`
  p.item_id as "itemId", p.warehouse_id as "warehouseId", i.currency_code as "currencyCode",
  p.planned_on as "plannedOn", p.inputs::text as inputs,
  p.unavailable_reason as "unavailableReason", p.units_per_day as "unitsPerDay", p.lead_time_days as "leadTimeDays",
  p.lead_time_origin as "leadTimeOrigin", p.review_period_days as "reviewPeriodDays",
  p.protection_days as "protectionDays", p.service_level as "serviceLevel",
  p.service_level_origin as "serviceLevelOrigin", p.safety_stock as "safetyStock",
  p.safety_stock_method as "safetyStockMethod", p.safety_stock_origin as "safetyStockOrigin",
  p.classic_z as "classicZ", p.classic_safety_stock as "classicSafetyStock", p.reorder_point as "reorderPoint",
  p.target_level as "targetLevel", p.position_due as "positionDue", p.inbound_overdue as "inboundOverdue",
  p.next_receipt_on as "nextReceiptOn", p.stock_out_probability as "stockOutProbability",
  p.probability_before_receipt as "probabilityBeforeReceipt", p.days_to_stock_out_p10 as "daysToStockOutP10",
  p.days_to_stock_out_p50 as "daysToStockOutP50", p.days_to_stock_out_p90 as "daysToStockOutP90",
  p.expected_lost_units as "expectedLostUnits", p.order_by_on as "orderByOn", p.days_of_stock as "daysOfStock",
  p.turnover_90 as "turnover90", p.turnover_365 as "turnover365", p.sell_through_90 as "sellThrough90",
  p.in_stock_rate_90 as "inStockRate90", p.stock_out_days_90 as "stockOutDays90", p.stock_value as "stockValue",
  p.excess_units as "excessUnits", p.excess_value as "excessValue", p.is_dead as "isDead",
  p.lost_sales_units_90 as "lostSalesUnits90", p.health_score as "healthScore", p.health::text as health,
  p.urgency_tier as "urgencyTier", p.urgency_score as "urgencyScore", p.urgency_stake as "urgencyStake",
  p.shortage_lines_90 as "shortageLines90", p.shortage_units_90 as "shortageUnits90",
  p.shortage_value_90 as "shortageValue90", p.previous_inputs::text as "previousInputs",
  p.previous_forecast::text as "previousForecast", p.previous_computed_at as "previousComputedAt",
  p.computed_at as "computedAt", p.data_as_of as "dataAsOf",
  f.first_on as "firstOn", f.history_days as "historyDays", f.method, f.flags, f.stored::text as stored,
  f.effects::text as effects, f.sigma_units_per_day as "sigmaUnitsPerDay",
  f.accuracy_interval_days as "accuracyIntervalDays", f.accuracy_origins as "accuracyOrigins", f.rmsse,
  f.interval_wape as "intervalWape", f.bias, f.rmse_interval as "rmseInterval",
  f.rmse_interval_moving_average as "rmseIntervalMovingAverage", f.demand_class as "demandClass",
  f.xyz_class as "xyzClass", f.computed_at as "forecastComputedAt", f.data_as_of as "forecastDataAsOf"`;

/** The newest plans of all levels, each with its forecast. */
export const levelPlans: Collection<LevelPlanRow, LevelPlanField> = {
  name: 'levelPlans',
  columns: planColumns,
  from: ({ sql }) => sql`level_plan p
    join item i on i.organization_id = p.organization_id and i.item_id = p.item_id
    join warehouse w on w.organization_id = p.organization_id and w.warehouse_id = p.warehouse_id
    left join level_forecast f on f.organization_id = p.organization_id and f.item_id = p.item_id
      and f.warehouse_id = p.warehouse_id`,
  fields: {
    itemId: column('p', 'item_id', 'uuid'),
    warehouseId: column('p', 'warehouse_id', 'uuid'),
    sku: column('i', 'sku', 'text'),
    category: column('i', 'category', 'text', true),
    warehouseCode: column('w', 'code', 'text'),
    warehouseKind: column('w', 'kind', 'text'),
    method: column('f', 'method', 'text', true),
    hasForecast: { expression: ({ sql }) => sql`(f.stored is not null)`, type: 'boolean' },
    ...planFigures,
  },
  key: ['itemId', 'warehouseId'],
};
