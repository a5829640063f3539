import type { Sql } from '../db/connection.ts';
import { appendEvents, type PendingEvent } from '../db/queries/event-append.ts';
import type { LevelKey } from '../db/queries/ingest-level.ts';
import { ensureSnapshotPartitions } from '../db/queries/ingest-partition.ts';
import { rebuildRollups } from '../db/queries/ingest-rollup.ts';
import { lockStage } from '../db/queries/lease.ts';
import {
  countLevels,
  findDisagreeing,
  findDueLevels,
  findPoolsOfChanged,
  mendSnapshots,
  scanLevels,
} from '../db/queries/reconcile.ts';
import { withOrganization } from '../db/tenant.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { secondMs } from '../shared/time.ts';
import { evaluateAlerts } from './evaluate-alerts.ts';
import { evaluateSources } from './evaluate-sources.ts';
import type { PipelinePorts } from './ports.ts';

/** The scan comes round to every level within this, real time, ms; one minute is promised. */
const roundMs = 45 * secondMs;
/**
 * Levels compared with their snapshot in one tick. A round begins with few; what goes well may be twice as many the next
 * time, and what did not come to its end is tried with a quarter.
 */
const scannedAtOnce = { first: 1_000, min: 200, max: 5_000, least: 50 } as const;
/** Levels whose alerts are due by time, taken in one tick; the rest by the next. */
const dueAtOnce = 2_000;
/** How often all levels are searched for some that look wrong, real time, ms. */
const searchEveryMs = 15 * secondMs;
/** Events of changed levels followed in one tick. */
const followedAtOnce = 5_000;

/** Where the rounds of one organization stand in this process. */
interface ScanPlace {
  /** Null = at the beginning of a round. */
  after: LevelKey | null;
  levelCount: number;
  /** As many as one tick takes on. */
  levelsMax: number;
  /** Monotonic, ms. */
  scannedAtMs: number;
  searchedAtMs: number;
  /** The last event followed; null = none yet. */
  eventNumber: string | null;
}

/** Where the rounds stand, per organization. */
export type ScanPosition = Map<OrganizationId, ScanPlace>;

const atStart: ScanPlace = {
  after: null,
  levelCount: 0,
  levelsMax: scannedAtOnce.first,
  scannedAtMs: Number.NEGATIVE_INFINITY,
  searchedAtMs: Number.NEGATIVE_INFINITY,
  eventNumber: null,
};

/**
 * The alert stage: brings alerts, levels and sources together again, so that a change by plain SQL is caught and its
 * missing snapshot recorded, times that have come are acted on, what was held while a source was down is caught up
 * with, and a source that is stale, suspect or failing gets its one alert. What ingest and mutations did themselves
 * needs nothing here.
 *
 * One worker at a time per organization, in three transactions, of which each locks levels before alerts: snapshots,
 * sources, alerts of levels. What changed is found by its events and by indexes; beside that each tick looks at the
 * share of all levels that its time has in a round of 45 s, 5,000 at most, so that with ticks of a second a round takes
 * longer from 225,000 levels on. Levels are locked only where something is due. Reads levels, plans, sources and open
 * alerts; writes `stock_snapshot`, `stock_rollup_hourly`, `stock_level`, `stock_alert`, events and outbox. Run twice: the
 * second time finds nothing.
 */
export async function reconcileAlerts(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  position: ScanPosition,
): Promise<void> {
  const at = ports.clock.now();
  await ensureSnapshotPartitions(ports.db, 'worker', [at]);
  const before = position.get(organizationId) ?? atStart;
  // Until the end of this tick: what fails is tried with less.
  const levelsMax = Math.max(Math.floor(before.levelsMax / 4), scannedAtOnce.least);
  position.set(organizationId, { ...before, levelsMax });
  let next = before;
  let scanned: readonly LevelKey[] = [];
  const step = (work: (sql: Sql) => Promise<PendingEvent[]>) => inStage(ports, organizationId, at, work);
  const isDone =
    (await step(async (sql) => {
      ({ place: next, levels: scanned } = await goRound(sql, before));
      return mendLevels(sql, organizationId, scanned, at);
    })) &&
    // Before the levels: what a failing source brought to a halt is judged as halted.
    (await step((sql) => evaluateSources(sql, organizationId, at, ports.clock.speed > 0))) &&
    (await step(async (sql) => {
      const { pools, last: eventNumber } = await findPoolsOfChanged(sql, before.eventNumber, followedAtOnce);
      next = { ...next, eventNumber };
      const levels = [...scanned, ...pools, ...(await findDueLevels(sql, at, dueAtOnce))];
      return evaluateAlerts(sql, { organizationId, levels, at, kinds: 'ALL', locking: 'LOOKED_AT' });
    }));
  // Not before the commit: what a rolled back tick followed is followed again.
  position.set(organizationId, {
    ...(isDone ? next : before),
    levelsMax: Math.min(before.levelsMax * 2, scannedAtOnce.max),
  });
}

/** One transaction of the stage with its events; false when another worker is at it. */
async function inStage(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  at: Date,
  work: (sql: Sql) => Promise<PendingEvent[]>,
): Promise<boolean> {
  const step = await withOrganization(
    ports.db,
    'worker',
    organizationId,
    async (sql) => {
      if (!(await lockStage(sql, organizationId, 'alert', true))) return { isMine: false, last: null };
      return { isMine: true, last: await appendEvents(sql, organizationId, await work(sql), at) };
    },
    { isIdempotent: true },
  );
  if (step.last !== null) ports.wake(organizationId);
  return step.isMine;
}

/** Records the snapshots that levels lack, with what rests on them. @returns an event for each that was changed */
async function mendLevels(
  sql: Sql,
  organizationId: OrganizationId,
  levels: readonly LevelKey[],
  at: Date,
): Promise<PendingEvent[]> {
  const mended = await mendSnapshots(sql, organizationId, levels, at);
  const snapshots = mended.map((level) => ({ ...level, observedAt: level.snapshotObservedAt }));
  await rebuildRollups(sql, organizationId, snapshots, at);
  return mended
    .filter(({ isChanged }) => isChanged)
    .map(({ itemId, warehouseId, snapshotObservedAt }) => ({
      topic: 'STOCK_LEVEL' as const,
      ...{ itemId, warehouseId, snapshotObservedAt, occurredAt: at },
    }));
}

/** The next levels of the round, and now and then those that look wrong wherever they are. */
async function goRound(
  sql: Sql,
  before: ScanPlace,
): Promise<{ place: ScanPlace; levels: readonly LevelKey[] }> {
  const nowMs = performance.now();
  const levelCount = before.after === null ? await countLevels(sql) : before.levelCount;
  const share = (levelCount * Math.min(nowMs - before.scannedAtMs, roundMs)) / roundMs;
  const count = Math.ceil(Math.min(Math.max(share, scannedAtOnce.min), before.levelsMax));
  const scanned = await scanLevels(sql, before.after, count);
  const isSearching = nowMs - before.searchedAtMs >= searchEveryMs;
  const disagreeing = isSearching ? await findDisagreeing(sql, before.levelsMax) : [];
  return {
    levels: [...disagreeing, ...scanned],
    place: {
      ...before,
      levelCount,
      after: scanned.length < count ? null : (scanned.at(-1) ?? null),
      scannedAtMs: nowMs,
      searchedAtMs: isSearching ? nowMs : before.searchedAtMs,
    },
  };
}
