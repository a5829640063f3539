import { freshAgeMsMax, knownAgeMsMax } from '../../domain/data-age.ts';
import type { StockSource, ThresholdOrigin } from '../tables/stock.ts';
import { type Collection, type CollectionField, column, type Expression } from './collection.ts';
import { type PlanFigure, planFigures } from './level-plan.ts';

/** The quantities of an item in a warehouse, with the keys of both. Quantities are decimal text in the item's unit. */
export interface StockLevelRow {
  itemId: string;
  warehouseId: string;
  sku: string;
  warehouseCode: string;
  warehouseKind: 'PHYSICAL' | 'MARKETPLACE_POOL';
  timeZone: string;
  available: string;
  onHand: string | null;
  reserved: string | null;
  damaged: string | null;
  incoming: string | null;
  /** False: `incoming` is summed from the open inbound shipments. */
  isIncomingReported: boolean;
  source: StockSource;
  shopId: string | null;
  observedAt: Date;
  recordedAt: Date;
  checkedAt: Date;
  isSuspect: boolean;
  suspectAvailable: string | null;
  suspectSinceAt: Date | null;
  suspectReason: string | null;
  isWatched: boolean;
  threshold: string | null;
  thresholdOrigin: ThresholdOrigin | null;
  thresholdComputedAt: Date | null;
  isLow: boolean;
}

/** What levels can be filtered and sorted by. */
export type StockLevelField =
  | 'itemId'
  | 'warehouseId'
  | 'sku'
  | 'title'
  | 'category'
  | 'warehouseCode'
  | 'warehouseKind'
  | 'available'
  | 'onHand'
  | 'incoming'
  | 'position'
  | 'threshold'
  | 'gap'
  | 'isLow'
  | 'dataState'
  | 'observedAt'
  | 'recordedAt'
  | 'checkedAt'
  | PlanFigure;

/** The columns of {@link StockLevelRow}, from aliases l (level), i (item) and w (warehouse). */
export const stockLevelColumns: Expression = ({ sql }) => sql`
  l.item_id as "itemId", l.warehouse_id as "warehouseId", i.sku, w.code as "warehouseCode",
  w.kind as "warehouseKind", w.time_zone as "timeZone",
  l.available, l.on_hand as "onHand", l.reserved, l.damaged, l.incoming,
  l.is_incoming_reported as "isIncomingReported", l.source, l.shop_id as "shopId",
  l.observed_at as "observedAt", l.recorded_at as "recordedAt", l.checked_at as "checkedAt",
  l.data_state = 'SUSPECT' as "isSuspect", l.suspect_available as "suspectAvailable",
  l.suspect_since_at as "suspectSinceAt", l.suspect_reason as "suspectReason", l.is_watched as "isWatched",
  l.threshold, l.threshold_origin as "thresholdOrigin", l.threshold_computed_at as "thresholdComputedAt",
  l.is_low as "isLow"`;

/** The same bounds as `classifyDataState`. */
const dataState: Expression = ({ sql, now }) => sql`case
  when l.data_state = 'SUSPECT' then 'SUSPECT'
  when l.checked_at < ${new Date(now.getTime() - knownAgeMsMax)}::timestamptz then 'UNKNOWN'
  when l.checked_at < ${new Date(now.getTime() - freshAgeMsMax)}::timestamptz then 'STALE'
  else 'FRESH' end`;

/** Figures with an index of their own. */
const indexedFigures = [
  ...(['daysToStockOut', 'stockOutProbability', 'excessValue', 'healthScore', 'urgencyScore'] as const),
];

/** Levels that have a plan, read from the plan's side. */
const ledByPlans: NonNullable<CollectionField['present']> = {
  from: ({ sql }) => sql`level_plan p
    join stock_level l on l.organization_id = p.organization_id and l.item_id = p.item_id
      and l.warehouse_id = p.warehouse_id
    join item i on i.organization_id = p.organization_id and i.item_id = p.item_id
    join warehouse w on w.organization_id = p.organization_id and w.warehouse_id = p.warehouse_id`,
  keys: { itemId: ({ sql }) => sql`p.item_id`, warehouseId: ({ sql }) => sql`p.warehouse_id` },
};

/** All levels of the organization. */
export const stockLevels: Collection<StockLevelRow, StockLevelField> = {
  name: 'stockLevels',
  columns: stockLevelColumns,
  from: ({ sql }) => sql`stock_level l
    join item i on i.organization_id = l.organization_id and i.item_id = l.item_id
    join warehouse w on w.organization_id = l.organization_id and w.warehouse_id = l.warehouse_id
    left join level_plan p on p.organization_id = l.organization_id and p.item_id = l.item_id
      and p.warehouse_id = l.warehouse_id`,
  fields: {
    itemId: column('l', 'item_id', 'uuid'),
    warehouseId: column('l', 'warehouse_id', 'uuid'),
    sku: column('i', 'sku', 'text'),
    title: column('i', 'title', 'text'),
    category: column('i', 'category', 'text', true),
    warehouseCode: column('w', 'code', 'text'),
    warehouseKind: column('w', 'kind', 'text'),
    available: column('l', 'available', 'numeric'),
    onHand: column('l', 'on_hand', 'numeric', true),
    incoming: column('l', 'incoming', 'numeric', true),
    position: {
      expression: ({ sql }) => sql`(l.available + coalesce(l.incoming, 0))`,
      type: 'numeric',
    },
    threshold: column('l', 'threshold', 'numeric', true),
    gap: { expression: ({ sql }) => sql`(l.available - l.threshold)`, type: 'numeric', isNullable: true },
    isLow: column('l', 'is_low', 'boolean'),
    dataState: { expression: dataState, type: 'text' },
    observedAt: column('l', 'observed_at', 'timestamptz'),
    recordedAt: column('l', 'recorded_at', 'timestamptz'),
    checkedAt: column('l', 'checked_at', 'timestamptz'),
    ...planFigures,
    ...Object.fromEntries(
      indexedFigures.map((figure) => [figure, { ...planFigures[figure], present: ledByPlans }]),
    ),
  },
  key: ['itemId', 'warehouseId'],
};
