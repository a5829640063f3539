import type { OrganizationId } from '../../shared/ids.ts';
import type { Database } from '../client.ts';
import { withOrganization } from '../tenant.ts';
import type { EventHead } from './event.ts';

/** What an event is about. */
export type EventTopic = 'STOCK_ALERT' | 'STOCK_LEVEL' | 'SYNC_RUN' | 'SALES_POLICY';

/** One event as the log holds it: what it refers to is read where it is needed. */
export interface EventLogEntry {
  readonly number: bigint;
  readonly topic: EventTopic;
  readonly syncRunId: string | null;
}

/** A stretch of the log together with where the log stood at that very moment. */
export interface EventLogPage {
  readonly head: EventHead;
  readonly entries: readonly EventLogEntry[];
}

interface PageRow {
  epoch: string;
  last: string;
  oldest: string;
  number: string | null;
  topic: EventTopic | null;
  syncRunId: string | null;
}

/**
 * Reads events after a number, oldest first, and the head of the log, in one statement: one moment, so that a
 * number missing up to the head is missing for good, and not just not committed yet.
 *
 * Reads `event_head` and `event_log`.
 *
 * @param limit - entries at most, >= 0; 0 = the head only
 * @returns null for an organization without a log
 */
export async function loadEventLogPage(
  db: Database,
  organizationId: OrganizationId,
  afterNumber: bigint,
  limit: number,
): Promise<EventLogPage | null> {
  const rows = await withOrganization(
    db,
    'app',
    organizationId,
    (sql) => sql<PageRow[]>`
      select h.epoch, h.last, h.oldest, e.number, e.topic, e.sync_run_id as "syncRunId"
      from event_head h
      left join lateral (
        select number, topic, sync_run_id from event_log
        where organization_id = h.organization_id and number > ${afterNumber.toString()}::bigint
        order by number limit ${limit}
      ) e on true
      order by e.number`,
    { isIdempotent: true, isReadOnly: true },
  );
  const first = rows[0];
  if (first === undefined) return null;
  return {
    head: { epoch: first.epoch, last: BigInt(first.last), oldest: BigInt(first.oldest) },
    entries: rows.flatMap(({ number, topic, syncRunId }) =>
      number === null || topic === null ? [] : [{ number: BigInt(number), topic, syncRunId }],
    ),
  };
}
