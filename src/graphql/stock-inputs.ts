import type { ItemField } from '../db/queries/item.ts';
import type { StockLevelField } from '../db/queries/stock-level.ts';
import { AlertSeverity, DataState, StockAlertKind, StockAlertState, WarehouseKind } from './enums.ts';
import {
  BooleanFilter,
  DateTimeFilter,
  DecimalFilter,
  defineFilter,
  enumFilter,
  IdFilter,
  TextFilter,
} from './filter.ts';
import { defineOrder } from './order.ts';
import { planFigureFilters, planFigureOrders } from './plan-inputs.ts';

/** Conditions on a kind of warehouse. */
export const WarehouseKindFilter = enumFilter('WarehouseKind', WarehouseKind);
const DataStateFilter = enumFilter('DataState', DataState);
const StockAlertKindFilter = enumFilter('StockAlertKind', StockAlertKind);
const StockAlertStateFilter = enumFilter('StockAlertState', StockAlertState);
/** Conditions on how bad an alert is. */
export const AlertSeverityFilter = enumFilter('AlertSeverity', AlertSeverity);

/** Which items. */
export const itemFilter = defineFilter('ItemFilter', 'items', {
  sku: { input: TextFilter, description: 'The merchant’s article number.' },
  title: { input: TextFilter, description: 'The title.' },
  category: { input: TextFilter, description: 'The category’s name.' },
  supplierName: { input: TextFilter, description: 'The usual supplier.' },
  available: { input: DecimalFilter, description: 'Physical stock, else the pool.' },
  incoming: { input: DecimalFilter, description: 'On the way to physical warehouses.' },
  listedAvailable: { input: DecimalFilter, description: 'What channels offer.' },
  listingDifference: {
    input: DecimalFilter,
    description: 'Pool minus physical; above 0 = risk of overselling.',
  },
  hasPhysical: { input: BooleanFilter, description: 'Whether any physical warehouse holds the item.' },
  isLow: { input: BooleanFilter, description: 'Whether any watched level is at or below its threshold.' },
  abcClass: { input: TextFilter, description: 'A, B or C.', values: ['A', 'B', 'C'] },
  xyzClass: { input: TextFilter, description: 'X, Y or Z.', values: ['X', 'Y', 'Z'] },
  daysToStockOut: {
    input: DecimalFilter,
    description: 'Median days until the first of its levels is empty.',
  },
  stockOutProbability: { input: DecimalFilter, description: 'The greatest of its levels, 0 to 1.' },
  healthScore: { input: DecimalFilter, description: 'Health score, 0 to 100.' },
  excessValue: { input: DecimalFilter, description: 'Value of the excess, money.' },
  stockValue: { input: DecimalFilter, description: 'Value of the stock, money.' },
  turnover: { input: DecimalFilter, description: 'Turns a year over the last 90 days.' },
  urgencyScore: { input: DecimalFilter, description: 'The most urgent of its levels, 0 to 100.' },
});

/** The order of items. */
export const itemOrder = defineOrder<ItemField>('ItemOrder', {
  SKU: { field: 'sku', description: 'Article number.' },
  TITLE: { field: 'title', description: 'Title.' },
  CATEGORY: { field: 'category', description: 'Category’s name.' },
  AVAILABLE: { field: 'available', description: 'Physical stock, else the pool.' },
  INCOMING: { field: 'incoming', description: 'On the way to physical warehouses.' },
  LISTED_AVAILABLE: { field: 'listedAvailable', description: 'What channels offer.' },
  LISTING_DIFFERENCE: { field: 'listingDifference', description: 'Pool minus physical.' },
  RECORDED_AT: { field: 'recordedAt', description: 'When the item was last stored.' },
  DAYS_TO_STOCK_OUT: {
    field: 'daysToStockOut',
    description: 'Median days until the first of its levels is empty: the soonest first, ascending.',
  },
  STOCK_OUT_PROBABILITY: { field: 'stockOutProbability', description: 'The greatest of its levels.' },
  HEALTH: { field: 'healthScore', description: 'Health score: the worst first, ascending.' },
  EXCESS_VALUE: { field: 'excessValue', description: 'Value of the excess.' },
  STOCK_VALUE: { field: 'stockValue', description: 'Value of the stock.' },
  TURNOVER: { field: 'turnover', description: 'Turns a year over the last 90 days.' },
  URGENCY: { field: 'urgencyScore', description: 'The most urgent of its levels.' },
});

/** Which levels. */
export const stockLevelFilter = defineFilter('StockLevelFilter', 'levels', {
  itemId: { input: IdFilter, idOf: 'Item', description: 'The item, by its id.' },
  warehouseId: { input: IdFilter, idOf: 'Warehouse', description: 'The warehouse, by its id.' },
  sku: { input: TextFilter, description: 'Article number of the item.' },
  title: { input: TextFilter, description: 'Title of the item.' },
  category: { input: TextFilter, description: 'Category of the item.' },
  warehouseCode: { input: TextFilter, description: 'Code of the warehouse.' },
  warehouseKind: { input: WarehouseKindFilter, description: 'Physical or a channel’s pool.' },
  available: { input: DecimalFilter, description: 'What can be promised.' },
  onHand: { input: DecimalFilter, description: 'What lies there.' },
  incoming: { input: DecimalFilter, description: 'What is on the way.' },
  position: { input: DecimalFilter, description: 'Available plus incoming, unknown incoming as 0.' },
  threshold: { input: DecimalFilter, description: 'The quantity at or below which the level is low.' },
  gap: { input: DecimalFilter, description: 'Available minus threshold; 0 or less = low.' },
  isLow: { input: BooleanFilter, description: 'Watched and at or below the threshold.' },
  dataState: { input: DataStateFilter, description: 'How far the quantity can be trusted now.' },
  observedAt: { input: DateTimeFilter, description: 'When the quantity was true at the source.' },
  checkedAt: { input: DateTimeFilter, description: 'When the source last confirmed it.' },
  ...planFigureFilters,
});

/** The order of levels. */
export const stockLevelOrder = defineOrder<StockLevelField>('StockLevelOrder', {
  SKU: { field: 'sku', description: 'Article number of the item.' },
  TITLE: { field: 'title', description: 'Title of the item.' },
  WAREHOUSE_CODE: { field: 'warehouseCode', description: 'Code of the warehouse.' },
  AVAILABLE: { field: 'available', description: 'What can be promised.' },
  POSITION: { field: 'position', description: 'Available plus incoming.' },
  THRESHOLD: { field: 'threshold', description: 'The quantity at or below which the level is low.' },
  GAP: { field: 'gap', description: 'Available minus threshold: the most urgent first, ascending.' },
  OBSERVED_AT: { field: 'observedAt', description: 'When the quantity was true at the source.' },
  DATA_AGE: {
    field: 'checkedAt',
    description: 'When the source last confirmed it: ascending = oldest data first.',
  },
  ...planFigureOrders,
});

/** Which alerts; the same for lists, events and the subscription. */
export const stockAlertFilter = defineFilter('StockAlertFilter', 'alerts', {
  kind: { input: StockAlertKindFilter, description: 'What the alert is about.' },
  state: { input: StockAlertStateFilter, description: 'Where it stands; of an event, after the event.' },
  severity: { input: AlertSeverityFilter, description: 'How bad it is; of an event, after the event.' },
  isOpen: { input: BooleanFilter, description: 'Everything but RESOLVED.' },
  isSuppressed: {
    input: BooleanFilter,
    description: 'Whether another alert speaks for it now, such as that of its source; see `suppressedBy`.',
  },
  isSuppressedBySource: {
    input: BooleanFilter,
    description:
      'Whether the alert of its source speaks for it now: it is held, and that one alert stands for all of them.',
  },
  itemId: { input: IdFilter, idOf: 'Item', description: 'The item, by its id.' },
  warehouseId: { input: IdFilter, idOf: 'Warehouse', description: 'The warehouse, by its id.' },
  shopId: { input: IdFilter, idOf: 'Shop', description: 'The shop of a source alert, by its id.' },
  sku: { input: TextFilter, description: 'Article number of the item.' },
  warehouseCode: { input: TextFilter, description: 'Code of the warehouse.' },
  urgency: { input: DecimalFilter, description: 'The board’s order, higher is sooner.' },
  openedAt: { input: DateTimeFilter, description: 'When the alert opened.' },
  changedAt: { input: DateTimeFilter, description: 'When it last changed; of an event, when the event was.' },
});
