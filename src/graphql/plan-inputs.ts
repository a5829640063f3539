import type { LevelPlanField } from '../db/queries/level-plan.ts';
import {
  BooleanFilter,
  DecimalFilter,
  defineFilter,
  type FilterField,
  IdFilter,
  TextFilter,
} from './filter.ts';
import { defineOrder } from './order.ts';

/** Figures by which levels and health scores can be filtered. */
export const planFigureFilters = {
  daysToStockOut: {
    input: DecimalFilter,
    description: 'Median days until the shelf is empty; null beyond a year or without a forecast.',
  },
  stockOutProbability: {
    input: DecimalFilter,
    description: 'Probability of running out within the protection period, 0 to 1.',
  },
  daysOfStock: { input: DecimalFilter, description: 'Available over the mean forecast, days.' },
  turnover: { input: DecimalFilter, description: 'Turns a year over the last 90 days.' },
  inStockRate: { input: DecimalFilter, description: 'Share of the last 90 days with stock, 0 to 1.' },
  stockValue: { input: DecimalFilter, description: 'Value of the stock, money.' },
  excessValue: { input: DecimalFilter, description: 'Value of what 90 days are not likely to need, money.' },
  isDead: { input: BooleanFilter, description: 'Stock that did not sell for 180 days.' },
  healthScore: { input: DecimalFilter, description: 'Health score, 0 to 100.' },
  urgencyScore: { input: DecimalFilter, description: 'Urgency score, 0 to 100, higher is sooner.' },
  reorderPoint: { input: DecimalFilter, description: 'Reorder point, units.' },
} as const satisfies Readonly<Record<string, FilterField>>;

/** Figures by which levels and health scores can be sorted. */
export const planFigureOrders = {
  DAYS_TO_STOCK_OUT: {
    field: 'daysToStockOut',
    description: 'Median days until the shelf is empty: the soonest first, ascending.',
  },
  STOCK_OUT_PROBABILITY: {
    field: 'stockOutProbability',
    description: 'Probability of running out within the protection period.',
  },
  DAYS_OF_STOCK: { field: 'daysOfStock', description: 'Available over the mean forecast.' },
  TURNOVER: { field: 'turnover', description: 'Turns a year over the last 90 days.' },
  IN_STOCK_RATE: { field: 'inStockRate', description: 'Share of the last 90 days with stock.' },
  STOCK_VALUE: { field: 'stockValue', description: 'Value of the stock.' },
  EXCESS_VALUE: { field: 'excessValue', description: 'Value of what 90 days are not likely to need.' },
  HEALTH: { field: 'healthScore', description: 'Health score: the worst first, ascending.' },
  URGENCY: {
    field: 'urgencyScore',
    description:
      'Urgency score: the most urgent first, descending. It is the total order of the list of what to do (see Urgency.score).',
  },
} as const;

const keyFilters = {
  itemId: { input: IdFilter, idOf: 'Item', description: 'The item, by its id.' },
  warehouseId: { input: IdFilter, idOf: 'Warehouse', description: 'The warehouse, by its id.' },
  sku: { input: TextFilter, description: 'Article number of the item.' },
  category: { input: TextFilter, description: 'Category of the item.' },
  warehouseCode: { input: TextFilter, description: 'Code of the warehouse.' },
} as const satisfies Readonly<Record<string, FilterField>>;

/** Which forecasts. */
export const forecastFilter = defineFilter('ForecastFilter', 'forecasts', {
  ...keyFilters,
  method: { input: TextFilter, description: 'Name of the method, such as LEVEL_MIX.' },
  ...planFigureFilters,
});

/** Which health scores. */
export const healthScoreFilter = defineFilter('HealthScoreFilter', 'health scores', {
  ...keyFilters,
  ...planFigureFilters,
});

/** The order of health scores. */
export const healthScoreOrder = defineOrder<LevelPlanField>('HealthScoreOrder', {
  SKU: { field: 'sku', description: 'Article number of the item.' },
  WAREHOUSE_CODE: { field: 'warehouseCode', description: 'Code of the warehouse.' },
  ...planFigureOrders,
});
