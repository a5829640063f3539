import { dropSnapshotPartitions, ensureSnapshotPartitions } from '../db/queries/ingest-partition.ts';
import { lockStage } from '../db/queries/lease.ts';
import { removeBacktests } from '../db/queries/policy-backtest.ts';
import { removeEvents, removeRecords } from '../db/queries/retention.ts';
import { removeSalesPolicyChanges } from '../db/queries/sales-policy.ts';
import { removeOldSuggestions } from '../db/queries/suggestion-retention.ts';
import { withOrganization } from '../db/tenant.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { dayMs, minuteMs } from '../shared/time.ts';
import type { PipelinePorts } from './ports.ts';

/** Partitions stand ready for this month and the next two, so that no ingest has to make one on its way. */
const daysAhead = [0, 31, 62];
/** A first clean-up of a neglected database goes on in the next round. */
const roundsMax = 20;
/** Changes of sales policies removed in one transaction. */
const rowsAtOnceMax = 10_000;

/**
 * The retention stage of one organization: removes old events (and moves the head's oldest number), finished
 * readings, quarantined rows, push messages, backtests and suggestions that are over. Ages count in business time. Run
 * twice: the second time removes nothing.
 */
export async function removeOld(ports: PipelinePorts, organizationId: OrganizationId): Promise<void> {
  const { settings, clock, log } = ports;
  const now = clock.now().getTime();
  for (let round = 0; round < roundsMax; round += 1) {
    const removed = await withOrganization(
      ports.db,
      'worker',
      organizationId,
      async (sql) => {
        if (!(await lockStage(sql, organizationId, 'retention', true))) return { events: 0, records: 0 };
        const records = await removeRecords(sql, new Date(now - settings.recordRetentionDays * dayMs));
        const eventsBefore = new Date(now - settings.eventRetentionDays * dayMs);
        const events = await removeEvents(sql, eventsBefore);
        const changes = await removeSalesPolicyChanges(sql, eventsBefore, rowsAtOnceMax);
        const backtests = await removeBacktests(sql, new Date(now - settings.recordRetentionDays * dayMs));
        const suggestionsBefore = new Date(now - settings.snapshotRetentionDays * dayMs);
        const suggestions = await removeOldSuggestions(sql, suggestionsBefore, rowsAtOnceMax);
        return { events, records: records + changes + backtests + suggestions };
      },
      { isIdempotent: true, deadlineMs: 2 * minuteMs },
    );
    if (removed.events + removed.records === 0) return;
    log.info({ ...removed, organizationId }, 'old rows removed');
  }
}

/**
 * The retention of snapshots, for all organizations at once: drops partitions that are too old, and makes those of
 * the coming months. Run twice: the second time does nothing.
 */
export async function turnPartitions(ports: PipelinePorts): Promise<void> {
  const now = ports.clock.now().getTime();
  const ahead = daysAhead.map((days) => new Date(now + days * dayMs));
  await ensureSnapshotPartitions(ports.db, 'worker', ahead);
  const before = new Date(now - ports.settings.snapshotRetentionDays * dayMs);
  const dropped = await dropSnapshotPartitions(ports.db, before);
  if (dropped > 0) ports.log.info({ dropped, before }, 'old snapshot partitions dropped');
}
