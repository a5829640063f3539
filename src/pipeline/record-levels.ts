import type { Sql } from '../db/connection.ts';
import type { StockLevelEvent } from '../db/queries/event-append.ts';
import { loadEvidence, loadMaxima } from '../db/queries/ingest-evidence.ts';
import { loadOpenIncoming } from '../db/queries/ingest-incoming.ts';
import {
  compareLevelKeys,
  confirmLevels,
  type LevelKey,
  type LevelWrite,
  levelKeyText,
  lockLevels,
  type StoredLevel,
  saveLevels,
} from '../db/queries/ingest-level.ts';
import { rebuildRollups } from '../db/queries/ingest-rollup.ts';
import { refreshWatched } from '../db/queries/ingest-watch.ts';
import type { StockSource } from '../db/tables/stock.ts';
import {
  agreesWithSuspect,
  fellToZero,
  findSuspicions,
  goneStatuses,
  isChangeExplained,
  judgeReading,
  needsMaximum,
  type Quantities,
  type SuspectReason,
} from '../domain/stock.ts';
import type { ItemId, OrganizationId } from '../shared/ids.ts';
import { refreshThresholds } from './refresh-thresholds.ts';

/** A reading of a level, from whichever side. `incoming` null = summed from the open inbound shipments. */
export interface LevelReading extends LevelKey {
  readonly quantities: Quantities;
  /** When it was true at the source: the version. Business time. */
  readonly observedAt: Date;
  /** When the source was asked. Business time. */
  readonly checkedAt: Date;
  readonly source: StockSource;
  /** The shop or feed that said so; null for people. */
  readonly shopId: string | null;
}

/** Readings that came together. */
export interface RecordLevelsInput {
  readonly organizationId: OrganizationId;
  readonly readings: readonly LevelReading[];
  /** Business time. */
  readonly recordedAt: Date;
  readonly syncRunId: string | null;
  /** True for what a person enters: never doubted, and it ends a doubt. */
  readonly isTrusted: boolean;
  /** Levels that fell to zero earlier in the same pass. Default 0. */
  readonly zeroedBefore?: number;
  /** Whether all that came together is zero; absent = judged by the readings. */
  readonly isAllZero?: boolean | undefined;
  /** Items of which a listing came or went: their pools are locked too, for `refreshWatched`. Default none. */
  readonly movedItems?: readonly ItemId[];
}

/** What became of the readings. */
export interface RecordedLevels {
  /** Levels to hand to `evaluateAlerts`: changed ones, and pools whose watching began or ended. */
  readonly touched: readonly LevelKey[];
  /** One event per snapshot, to be appended first. */
  readonly events: readonly StockLevelEvent[];
  /** Levels whose reading is not believed: to be read again soon. */
  readonly suspects: readonly LevelKey[];
  /** How many of the readings fell to zero, believed or not. */
  readonly zeroedCount: number;
  /** How many levels got a new believed value. */
  readonly changedCount: number;
}

/** A snapshot is told apart from the one before by its instant, to the millisecond. */
const leastStepMs = 1;

/**
 * Takes readings of levels in: the one way by which quantities change, for polls, feeds, imports and people.
 *
 * In the caller's transaction: locks the levels in key order, judges every reading (older, same, changed,
 * suspect), writes levels and snapshots, rebuilds the touched hours, decides which pools are watched and gives new
 * levels a threshold. Afterwards the caller evaluates alerts and, last of all, appends the events. The snapshot
 * partitions of the readings' months must have been ensured before, in another transaction.
 * Run twice: the second time changes nothing and returns no event.
 */
export async function recordLevels(sql: Sql, input: RecordLevelsInput): Promise<RecordedLevels> {
  const readings = keepNewest(input.readings);
  const known = await lockLevels(sql, readings, input.movedItems);
  const completed = await completeIncoming(sql, readings, known);
  const doubts = input.isTrusted ? trustAll(completed, known) : await doubt(sql, input, completed, known);
  const { writes, confirmed, suspects } = plan(completed, known, doubts.suspicions, doubts.explained);
  await confirmLevels(sql, confirmed);
  const written = await saveLevels(sql, input.organizationId, writes, input);
  const saved = writes.filter((write) => written.has(levelKeyText(write)));
  const snapshots = saved.map((write) => ({
    itemId: write.itemId,
    warehouseId: write.warehouseId,
    observedAt: write.snapshot.observedAt,
  }));
  await rebuildRollups(sql, input.organizationId, snapshots, input.recordedAt);
  // Not those that another transaction made meanwhile: it has marked them to be planned, and a mark comes before the lock.
  const made = saved.filter((write) => written.get(levelKeyText(write)) === true);
  const rewatched = await refreshWatched(
    sql,
    made.map((write) => write.itemId),
    goneStatuses,
  );
  await refreshThresholds(sql, made, input.recordedAt);
  return {
    touched: [...saved, ...rewatched].map(({ itemId, warehouseId }) => ({ itemId, warehouseId })),
    events: snapshots.map(({ itemId, warehouseId, observedAt }) => ({
      topic: 'STOCK_LEVEL',
      itemId,
      warehouseId,
      snapshotObservedAt: observedAt,
      occurredAt: observedAt,
    })),
    suspects,
    zeroedCount: doubts.zeroedCount,
    changedCount: saved.filter((write) => write.suspect === null).length,
  };
}

function keepNewest(readings: readonly LevelReading[]): LevelReading[] {
  const newest = new Map<string, LevelReading>();
  for (const reading of readings) {
    const key = levelKeyText(reading);
    const other = newest.get(key);
    if (other === undefined || other.observedAt <= reading.observedAt) newest.set(key, reading);
  }
  return [...newest.values()].sort(compareLevelKeys);
}

interface CompletedReading extends LevelReading {
  readonly isIncomingReported: boolean;
}

async function completeIncoming(
  sql: Sql,
  readings: readonly LevelReading[],
  known: ReadonlyMap<string, StoredLevel>,
): Promise<CompletedReading[]> {
  const unreported = readings.filter((reading) => reading.quantities.incoming === null);
  const open = await loadOpenIncoming(sql, unreported);
  return readings.map((reading) => {
    if (reading.quantities.incoming !== null) return { ...reading, isIncomingReported: true };
    const key = levelKeyText(reading);
    // Once something was on its way, nothing on its way is a known zero.
    const before = known.get(key)?.quantities.incoming ?? null;
    const incoming = open.get(key) ?? before?.times(0) ?? null;
    return { ...reading, quantities: { ...reading.quantities, incoming }, isIncomingReported: false };
  });
}

interface Doubts {
  suspicions: (SuspectReason | null)[];
  explained: ReadonlySet<string>;
  zeroedCount: number;
}

function trustAll(readings: readonly CompletedReading[], known: ReadonlyMap<string, StoredLevel>): Doubts {
  return {
    suspicions: readings.map(() => null),
    explained: new Set(known.keys()),
    zeroedCount: 0,
  };
}

async function doubt(
  sql: Sql,
  input: RecordLevelsInput,
  readings: readonly CompletedReading[],
  known: ReadonlyMap<string, StoredLevel>,
): Promise<Doubts> {
  const pairs = readings.map((reading) => ({
    reading,
    stored: known.get(levelKeyText(reading)) ?? null,
    available: reading.quantities.available,
    availableBefore: known.get(levelKeyText(reading))?.quantities.available ?? null,
  }));
  const maxima = await loadMaxima(
    sql,
    pairs.filter((pair) => needsMaximum(pair)).map((pair) => pair.reading),
    input.recordedAt,
  );
  const compared = pairs.map((pair) => ({
    ...pair,
    maximum: maxima.get(levelKeyText(pair.reading)) ?? null,
  }));
  const toExplain = pairs.flatMap(({ reading, stored, available }) =>
    stored?.suspectAvailable != null && agreesWithSuspect(stored.suspectAvailable, available)
      ? [{ ...reading, before: stored.quantities.available, observedAt: stored.observedAt }]
      : [],
  );
  const evidence = await loadEvidence(sql, toExplain);
  const explained = new Set<string>();
  for (const level of toExplain) {
    const key = levelKeyText(level);
    const happened = evidence.get(key);
    if (happened !== undefined && isChangeExplained(level.before, level.quantities.available, happened)) {
      explained.add(key);
    }
  }
  return {
    suspicions: findSuspicions(compared, input.zeroedBefore ?? 0, input.isAllZero),
    explained,
    zeroedCount: compared.filter(fellToZero).length,
  };
}

interface Plan {
  writes: LevelWrite[];
  confirmed: (LevelKey & { observedAt: Date; checkedAt: Date })[];
  suspects: LevelKey[];
}

function plan(
  readings: readonly CompletedReading[],
  known: ReadonlyMap<string, StoredLevel>,
  suspicions: readonly (SuspectReason | null)[],
  explained: ReadonlySet<string>,
): Plan {
  const planned: Plan = { writes: [], confirmed: [], suspects: [] };
  readings.forEach((reading, index) => {
    const stored = known.get(levelKeyText(reading)) ?? null;
    const suspicion = suspicions[index] ?? null;
    const verdict = judgeReading(
      stored === null ? null : toKnown(stored),
      reading,
      suspicion,
      explained.has(levelKeyText(reading)),
    );
    if (verdict === 'SAME') planned.confirmed.push(reading);
    if (verdict === 'CHANGED') planned.writes.push(toWrite(reading, stored, null));
    if (verdict === 'SUSPECT') planned.writes.push(toWrite(reading, stored, suspicion));
    if (verdict === 'SUSPECT' || verdict === 'STILL_SUSPECT') planned.suspects.push(reading);
  });
  return planned;
}

function toKnown(stored: StoredLevel) {
  const { suspectAvailable, suspectSinceAt } = stored;
  const suspect =
    suspectAvailable === null || suspectSinceAt === null
      ? null
      : { available: suspectAvailable, since: suspectSinceAt };
  return { quantities: stored.quantities, observedAt: stored.observedAt, suspect };
}

function toWrite(
  reading: CompletedReading,
  stored: StoredLevel | null,
  suspicion: SuspectReason | null,
): LevelWrite {
  const earliest = (stored?.snapshotObservedAt.getTime() ?? 0) + leastStepMs;
  const observedAt = new Date(Math.max(reading.observedAt.getTime(), earliest));
  const snapshot = { observedAt, quantities: reading.quantities, isSuspect: suspicion !== null };
  const common = { ...reading, snapshot };
  if (suspicion === null || stored === null) {
    return { ...common, snapshotObservedAt: observedAt, suspect: null };
  }
  return {
    ...common,
    quantities: stored.quantities,
    isIncomingReported: stored.isIncomingReported,
    observedAt: stored.observedAt,
    checkedAt: stored.observedAt,
    snapshotObservedAt: stored.snapshotObservedAt,
    suspect: { available: reading.quantities.available, since: observedAt, reason: suspicion },
  };
}
