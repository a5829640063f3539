import { type Collection, column } from './collection.ts';

/** A row that could not be used, with its reason. */
export interface QuarantinedRowRow {
  quarantinedRowId: string;
  shopId: string | null;
  stream: string;
  rowKey: string;
  reason: string;
  raw: string;
  timesSeen: number;
  observedAt: Date;
  recordedAt: Date;
}

/** What quarantined rows can be filtered and sorted by. */
export type QuarantinedRowField =
  | 'quarantinedRowId'
  | 'shopId'
  | 'stream'
  | 'rowKey'
  | 'reason'
  | 'recordedAt';

/** All quarantined rows of the organization. */
export const quarantinedRows: Collection<QuarantinedRowRow, QuarantinedRowField> = {
  name: 'quarantinedRows',
  columns: ({ sql }) => sql`
    q.quarantined_row_id as "quarantinedRowId", q.shop_id as "shopId", q.stream, q.row_key as "rowKey",
    q.reason, q.raw, q.times_seen as "timesSeen", q.observed_at as "observedAt",
    q.recorded_at as "recordedAt"`,
  from: ({ sql }) => sql`quarantined_row q`,
  fields: {
    quarantinedRowId: column('q', 'quarantined_row_id', 'uuid'),
    shopId: column('q', 'shop_id', 'uuid', true),
    stream: column('q', 'stream', 'text'),
    rowKey: column('q', 'row_key', 'text'),
    reason: column('q', 'reason', 'text'),
    recordedAt: column('q', 'recorded_at', 'timestamptz'),
  },
  key: ['quarantinedRowId'],
};
