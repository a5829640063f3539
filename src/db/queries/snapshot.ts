import type { StockSource } from '../tables/stock.ts';
import { type Collection, column } from './collection.ts';

/** One observation of a level that differs from the one before. Quantities are decimal text in the item's unit. */
export interface SnapshotRow {
  itemId: string;
  warehouseId: string;
  observedAt: Date;
  recordedAt: Date;
  available: string;
  onHand: string | null;
  reserved: string | null;
  damaged: string | null;
  incoming: string | null;
  source: StockSource;
  isSuspect: boolean;
  syncRunId: string | null;
}

/** What snapshots can be filtered and sorted by. */
export type SnapshotField =
  | 'itemId'
  | 'warehouseId'
  | 'observedAt'
  | 'recordedAt'
  | 'available'
  | 'source'
  | 'isSuspect';

/** All snapshots of the organization: append-only, partitioned by month of `observed_at`. */
export const snapshots: Collection<SnapshotRow, SnapshotField> = {
  name: 'snapshots',
  columns: ({ sql }) => sql`
    p.item_id as "itemId", p.warehouse_id as "warehouseId", p.observed_at as "observedAt",
    p.recorded_at as "recordedAt", p.available, p.on_hand as "onHand", p.reserved, p.damaged, p.incoming,
    p.source, p.is_suspect as "isSuspect", p.sync_run_id as "syncRunId"`,
  from: ({ sql }) => sql`stock_snapshot p`,
  fields: {
    itemId: column('p', 'item_id', 'uuid'),
    warehouseId: column('p', 'warehouse_id', 'uuid'),
    observedAt: column('p', 'observed_at', 'timestamptz'),
    recordedAt: column('p', 'recorded_at', 'timestamptz'),
    available: column('p', 'available', 'numeric'),
    source: column('p', 'source', 'text'),
    isSuspect: column('p', 'is_suspect', 'boolean'),
  },
  key: ['itemId', 'warehouseId', 'observedAt'],
};
