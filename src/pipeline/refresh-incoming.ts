import type { Sql } from '../db/connection.ts';
import type { StockLevelEvent } from '../db/queries/event-append.ts';
import { loadOpenIncoming } from '../db/queries/ingest-incoming.ts';
import {
  type LevelKey,
  type LevelWrite,
  levelKeyText,
  lockLevels,
  type StoredLevel,
  saveLevels,
} from '../db/queries/ingest-level.ts';
import { Decimal } from '../shared/decimal.ts';
import type { OrganizationId } from '../shared/ids.ts';

/** Who asks, and when. */
export interface RefreshIncomingInput {
  readonly organizationId: OrganizationId;
  /** Levels whose open shipments may have changed. */
  readonly levels: readonly LevelKey[];
  /** Business time. The snapshot partition of its month must exist. */
  readonly recordedAt: Date;
  readonly syncRunId: string | null;
}

/**
 * Brings the incoming quantity of levels in line with the open inbound shipments, where the source of the level
 * does not report it itself. Levels that do not exist are left alone.
 *
 * In the caller's transaction. The version of the level does not move: nothing new was seen of what lies there, so
 * a reading under way must still win. Locks the levels in key order; writes `stock_level` and `stock_snapshot`.
 * Run twice: the second time writes nothing.
 *
 * @returns one event per snapshot
 */
export async function refreshIncoming(sql: Sql, input: RefreshIncomingInput): Promise<StockLevelEvent[]> {
  const known = await lockLevels(sql, input.levels);
  const summed = [...known.values()].filter((level) => !level.isIncomingReported);
  const open = await loadOpenIncoming(sql, summed);
  const writes = summed.flatMap((level) => {
    const incoming = open.get(levelKeyText(level)) ?? new Decimal(0);
    const before = level.quantities.incoming;
    const isSame = before === null ? incoming.isZero() : incoming.eq(before);
    return isSame ? [] : [toWrite(level, incoming, input.recordedAt)];
  });
  const written = await saveLevels(sql, input.organizationId, writes, input);
  return writes
    .filter((write) => written.has(levelKeyText(write)))
    .map((write) => ({
      topic: 'STOCK_LEVEL',
      itemId: write.itemId,
      warehouseId: write.warehouseId,
      snapshotObservedAt: write.snapshot.observedAt,
      occurredAt: input.recordedAt,
    }));
}

function toWrite(level: StoredLevel, incoming: Decimal, recordedAt: Date): LevelWrite {
  const quantities = { ...level.quantities, incoming };
  const { suspectAvailable: available, suspectSinceAt: since, suspectReason: reason } = level;
  // Now, and not right after the snapshot before: its month may lie so far back that its partition was dropped. A
  // reading under way still wins by the level's version, and its snapshot moves behind this one.
  const lastMs = Math.max(level.observedAt.getTime(), level.snapshotObservedAt.getTime());
  const observedAt = new Date(Math.max(lastMs + 1, recordedAt.getTime()));
  return {
    itemId: level.itemId,
    warehouseId: level.warehouseId,
    quantities,
    isIncomingReported: false,
    observedAt: level.observedAt,
    checkedAt: level.observedAt,
    snapshotObservedAt: observedAt,
    suspect: available === null || since === null || reason === null ? null : { available, since, reason },
    snapshot: { observedAt, quantities, isSuspect: false },
    source: level.source,
    shopId: level.shopId,
  };
}
