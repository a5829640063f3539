import type { OrganizationId, ShopId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';

/** Where the reading of a stream of a shop stands. `stream` may carry a suffix for the history of a stream. */
export interface StreamState {
  readonly stream: string;
  readonly watermarkAt: Date | null;
  readonly windowFrom: Date | null;
  readonly windowTo: Date | null;
  readonly pageCursor: string | null;
  readonly passStartedAt: Date | null;
  readonly passFinishedAt: Date | null;
  readonly cycleMs: number | null;
  readonly sweptAt: Date | null;
  readonly passTotal: number | null;
  readonly failedCount: number;
}

/** A stream that was never read. */
export function unreadStream(stream: string): StreamState {
  return {
    stream,
    watermarkAt: null,
    windowFrom: null,
    windowTo: null,
    pageCursor: null,
    passStartedAt: null,
    passFinishedAt: null,
    cycleMs: null,
    sweptAt: null,
    passTotal: null,
    failedCount: 0,
  };
}

/** Kinds of readings. */
export type RunKind = 'INITIAL' | 'INCREMENTAL' | 'SWEEP' | 'HINTS';
/** States of readings. */
type RunState = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'INTERRUPTED';

/** One reading of one stream, with what it has done so far. */
export interface SyncRun {
  readonly syncRunId: string;
  readonly stream: string;
  readonly kind: RunKind;
  readonly state: RunState;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly pageCount: number;
  readonly rowCount: number;
  readonly rowCountExpected: number | null;
  readonly changedCount: number;
  readonly quarantinedCount: number;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

/** Whose streams. */
export interface SyncTarget {
  readonly organizationId: OrganizationId;
  readonly shopId: ShopId;
}

/** The states of all streams of a shop, by stream. Reads `sync_state`. */
export async function loadStreamStates(sql: Sql, shopId: ShopId): Promise<Map<string, StreamState>> {
  const rows = await sql<(Omit<StreamState, 'cycleMs'> & { cycleMs: string | null })[]>`
    select stream, watermark_at as "watermarkAt", window_from as "windowFrom", window_to as "windowTo",
           page_cursor as "pageCursor", pass_started_at as "passStartedAt", pass_finished_at as "passFinishedAt",
           cycle_ms as "cycleMs", swept_at as "sweptAt", pass_total as "passTotal",
           failed_count as "failedCount"
    from sync_state where shop_id = ${shopId}`;
  return new Map(
    rows.map((row) => [row.stream, { ...row, cycleMs: row.cycleMs === null ? null : Number(row.cycleMs) }]),
  );
}

/** Stores where a stream stands: with the page that brought it there. Writes `sync_state`. */
export async function saveStreamState(
  sql: Sql,
  target: SyncTarget,
  state: StreamState,
  recordedAt: Date,
): Promise<void> {
  await sql`
    insert into sync_state (
      organization_id, shop_id, stream, watermark_at, window_from, window_to, page_cursor, pass_started_at,
      pass_finished_at, cycle_ms, swept_at, pass_total, failed_count, recorded_at)
    values (
      ${target.organizationId}, ${target.shopId}, ${state.stream}, ${state.watermarkAt}, ${state.windowFrom},
      ${state.windowTo}, ${state.pageCursor}, ${state.passStartedAt}, ${state.passFinishedAt}, ${state.cycleMs},
      ${state.sweptAt}, ${state.passTotal}, ${state.failedCount}, ${recordedAt})
    on conflict (organization_id, shop_id, stream) do update
    set watermark_at = excluded.watermark_at, window_from = excluded.window_from, window_to = excluded.window_to,
        page_cursor = excluded.page_cursor, pass_started_at = excluded.pass_started_at,
        pass_finished_at = excluded.pass_finished_at, cycle_ms = excluded.cycle_ms, swept_at = excluded.swept_at,
        pass_total = excluded.pass_total, failed_count = excluded.failed_count,
        recorded_at = excluded.recorded_at`;
}

/** Stores what a reading has done so far; counts only ever grow. Writes `sync_run`. */
export async function saveSyncRun(
  sql: Sql,
  target: SyncTarget,
  run: SyncRun,
  recordedAt: Date,
): Promise<void> {
  await sql`
    insert into sync_run (
      organization_id, sync_run_id, shop_id, stream, kind, state, started_at, finished_at, page_count, row_count,
      row_count_expected, changed_count, quarantined_count, error_code, error_message, recorded_at)
    values (
      ${target.organizationId}, ${run.syncRunId}, ${target.shopId}, ${run.stream}, ${run.kind}, ${run.state},
      ${run.startedAt}, ${run.finishedAt}, ${run.pageCount}, ${run.rowCount}, ${run.rowCountExpected},
      ${run.changedCount}, ${run.quarantinedCount}, ${run.errorCode}, ${run.errorMessage}, ${recordedAt})
    on conflict (organization_id, sync_run_id) do update
    set state = excluded.state, finished_at = excluded.finished_at, page_count = excluded.page_count,
        row_count = excluded.row_count, row_count_expected = excluded.row_count_expected,
        changed_count = excluded.changed_count, quarantined_count = excluded.quarantined_count,
        error_code = excluded.error_code, error_message = excluded.error_message, recorded_at = excluded.recorded_at`;
}

/**
 * What a worker that took a shop over finds unfinished: first loads go on under their own run; other readings were
 * cut off with their worker and are marked so. Reads and writes `sync_run`.
 *
 * @returns the first loads under way, by stream, and the ids of the readings that were cut off
 */
export async function takeOverRuns(
  sql: Sql,
  shopId: ShopId,
  at: Date,
): Promise<{ initial: Map<string, SyncRun>; interrupted: string[] }> {
  const cut = await sql<{ sync_run_id: string }[]>`
    update sync_run set state = 'INTERRUPTED', finished_at = ${at}, recorded_at = ${at}
    where shop_id = ${shopId} and state = 'RUNNING' and kind <> 'INITIAL'
    returning sync_run_id`;
  const rows = await sql<SyncRun[]>`
    select sync_run_id as "syncRunId", stream, kind, state, started_at as "startedAt", finished_at as "finishedAt",
           page_count as "pageCount", row_count as "rowCount", row_count_expected as "rowCountExpected",
           changed_count as "changedCount", quarantined_count as "quarantinedCount", error_code as "errorCode",
           error_message as "errorMessage"
    from sync_run where shop_id = ${shopId} and state = 'RUNNING' and kind = 'INITIAL'`;
  return {
    initial: new Map(rows.map((row) => [row.stream, row])),
    interrupted: cut.map((row) => row.sync_run_id),
  };
}
