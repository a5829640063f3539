import type { Sql } from '../connection.ts';
import { keyKeptHours } from './idempotency.ts';

/** Rows removed in one statement, so that nothing else waits long. */
const rowsAtOnceMax = 10_000;

/**
 * Removes events recorded before an instant, oldest first, and moves `event_head.oldest` behind them in the same
 * transaction: a cursor before it is answered as expired, never as a gap.
 *
 * Locks `event_head` last, as every writer does. Run it until it answers less than the most.
 *
 * @returns how many events went
 */
export async function removeEvents(sql: Sql, before: Date): Promise<number> {
  const [row] = await sql<{ up_to: string | null; count: number }[]>`
    with old as (
      select number, recorded_at from event_log order by number limit ${rowsAtOnceMax}
    ), kept as (
      select min(number) as first from old where recorded_at >= ${before}
    )
    select max(old.number) as up_to, count(*)::integer as count
    from old, kept where kept.first is null or old.number < kept.first`;
  if (row === undefined || row.up_to === null || row.count === 0) return 0;
  await sql`delete from outbox where event_number <= ${row.up_to} and handled_at is not null`;
  await sql`delete from event_log where number <= ${row.up_to}`;
  await sql`update event_head set oldest = greatest(oldest, ${row.up_to}::bigint + 1)`;
  return row.count;
}

/**
 * Removes finished readings and quarantined rows recorded before an instant, used-up push messages, and idempotency
 * keys that nobody may use again. Deletes from `sync_run`, `quarantined_row`, `push_message` and `idempotency_key`,
 * at most so many of each. Run it until it answers 0.
 *
 * @returns how many rows went
 */
export async function removeRecords(sql: Sql, before: Date): Promise<number> {
  const runs = await sql`
    delete from sync_run where sync_run_id in (
      select sync_run_id from sync_run
      where recorded_at < ${before} and state <> 'RUNNING' order by started_at limit ${rowsAtOnceMax})`;
  const quarantined = await sql`
    delete from quarantined_row where quarantined_row_id in (
      select quarantined_row_id from quarantined_row where recorded_at < ${before} limit ${rowsAtOnceMax})`;
  const pushes = await sql`
    delete from push_message where (shop_id, message_id) in (
      select shop_id, message_id from push_message where recorded_at < ${before} limit ${rowsAtOnceMax})`;
  const keys = await sql`
    delete from idempotency_key where key in (
      select key from idempotency_key
      where created_at < clock_timestamp() - make_interval(hours => ${keyKeptHours}::int) limit ${rowsAtOnceMax})`;
  return runs.count + quarantined.count + pushes.count + keys.count;
}
