import { type Collection, column } from './collection.ts';

/** One reading of one stream of one shop, from claim to end. */
export interface SyncRunRow {
  syncRunId: string;
  shopId: string;
  stream: string;
  kind: 'INITIAL' | 'INCREMENTAL' | 'SWEEP' | 'HINTS';
  state: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'INTERRUPTED';
  startedAt: Date;
  finishedAt: Date | null;
  pageCount: number;
  rowCount: number;
  rowCountExpected: number | null;
  changedCount: number;
  quarantinedCount: number;
  errorCode: string | null;
  errorMessage: string | null;
  recordedAt: Date;
}

/** What sync runs can be filtered and sorted by. */
export type SyncRunField = 'syncRunId' | 'shopId' | 'stream' | 'kind' | 'state' | 'startedAt';

/** All sync runs of the organization that are still kept. */
export const syncRuns: Collection<SyncRunRow, SyncRunField> = {
  name: 'syncRuns',
  columns: ({ sql }) => sql`
    r.sync_run_id as "syncRunId", r.shop_id as "shopId", r.stream, r.kind, r.state,
    r.started_at as "startedAt", r.finished_at as "finishedAt", r.page_count as "pageCount",
    r.row_count as "rowCount", r.row_count_expected as "rowCountExpected", r.changed_count as "changedCount",
    r.quarantined_count as "quarantinedCount", r.error_code as "errorCode",
    r.error_message as "errorMessage", r.recorded_at as "recordedAt"`,
  from: ({ sql }) => sql`sync_run r`,
  fields: {
    syncRunId: column('r', 'sync_run_id', 'uuid'),
    shopId: column('r', 'shop_id', 'uuid'),
    stream: column('r', 'stream', 'text'),
    kind: column('r', 'kind', 'text'),
    state: column('r', 'state', 'text'),
    startedAt: column('r', 'started_at', 'timestamptz'),
  },
  key: ['syncRunId'],
};
