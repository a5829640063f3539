import type { Sql } from '../db/connection.ts';
import { loadSuspects } from '../db/queries/ingest-evidence.ts';
import type { LevelKey } from '../db/queries/ingest-level.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { type RecordedLevels, recordLevels } from './record-levels.ts';

/** Whose doubt ends, and when. */
export interface AcceptSuspectInput {
  readonly organizationId: OrganizationId;
  readonly levels: readonly LevelKey[];
  /** Business time. */
  readonly recordedAt: Date;
}

/**
 * An operator accepts the implausible reading of levels: it becomes their quantity.
 *
 * In the mutation's transaction, which then evaluates the alerts of `touched` and appends `events`. A level without
 * a doubt is left alone, so running it twice changes nothing. Locks the levels in key order. The snapshot partition
 * of the month of `recordedAt` must exist; that of the reading's month does already.
 * Writes `stock_level`, `stock_snapshot` and the touched hours.
 */
export async function acceptSuspects(sql: Sql, input: AcceptSuspectInput): Promise<RecordedLevels> {
  const suspects = await loadSuspects(sql, input.levels);
  return recordLevels(sql, {
    organizationId: input.organizationId,
    recordedAt: input.recordedAt,
    syncRunId: null,
    isTrusted: true,
    readings: suspects.map((suspect) => ({
      itemId: suspect.itemId,
      warehouseId: suspect.warehouseId,
      quantities: suspect.quantities,
      // Right behind the doubted reading, so that the source's next one still counts as newer.
      observedAt: suspect.observedAt === null ? input.recordedAt : new Date(suspect.observedAt.getTime() + 1),
      checkedAt: suspect.observedAt ?? input.recordedAt,
      source: 'MUTATION',
      shopId: suspect.shopId,
    })),
  });
}
