import type { TraceWorld } from '../connectors/sandbox-1688/trace/trace-world.ts';
import { type BusinessClock, setBusinessClock } from '../db/business-clock.ts';
import type { Database } from '../db/client.ts';
import { countUnreadShops, wakeAllShops, wakeHintedShops } from '../db/queries/replay.ts';
import { countStoredTraceClasses, type StoredTraceClasses } from '../db/queries/trace-count.ts';
import { withOrganization } from '../db/tenant.ts';
import type { Log } from '../shared/log.ts';
import { hourMs } from '../shared/time.ts';
import { countTraceClasses, type TraceClasses } from '../tools/trace-classes.ts';
import { demoOrganizationId } from './demo.ts';

/** How a replay ended. */
export interface ReplayResult {
  /** True when every class of the file is in the database, to the line and the unit. */
  readonly isComplete: boolean;
  /** The comparison, for a person. */
  readonly text: string;
}

/** What a replay drives. */
export interface ReplayDependencies {
  readonly db: Database;
  readonly clock: BusinessClock;
  readonly trace: TraceWorld;
  readonly traceFile: string;
  readonly log: Log;
  /** Looks for due shops at once. */
  readonly nudge: () => void;
  /** Runs the stages that follow ingest once. */
  readonly runStages: () => Promise<void>;
  /** Plans every level; once at the end, since planning rests while time is moved by hand. */
  readonly plan: () => Promise<void>;
  /** Ends the replay before its end. */
  readonly signal: AbortSignal;
}

/** Business time per step: alerts rise and fall within a day, and a step costs a full read of the shop. */
const stepMs = 12 * hourMs;
/** How often to look whether all shops are read, ms. */
const lookEveryMs = 50;

/**
 * Replays a trace as fast as the machine can: moves business time a step, lets the workers read everything, and so
 * on to the end; then holds the database against the file, which is counted by code of its own. Run again on a
 * database that holds a part of the trace, or all of it, it goes on from there.
 *
 * @returns null when the signal ended it
 */
export async function runReplay(deps: ReplayDependencies): Promise<ReplayResult | null> {
  const { db, clock, trace, log, signal } = deps;
  const endsAt = trace.recordedUntil.getTime();
  await waitUntilRead(deps);
  for (let at = clock.now().getTime(); at < endsAt && !signal.aborted; ) {
    at = Math.min(at + stepMs, endsAt);
    await setBusinessClock(db, { speed: 0, startAt: null, moveTo: new Date(at) });
    await clock.refresh();
    await wakeAllShops(db, demoOrganizationId);
    deps.nudge();
    await waitUntilRead(deps);
    if (signal.aborted) return null;
    await deps.runStages();
    log.info({ businessTime: new Date(at), until: new Date(endsAt) }, 'replayed');
  }
  if (signal.aborted) return null;
  await deps.plan();
  const [file, stored] = await Promise.all([
    countTraceClasses(deps.traceFile),
    withOrganization(db, 'worker', demoOrganizationId, countStoredTraceClasses),
  ]);
  return compare(file, stored);
}

async function waitUntilRead(deps: ReplayDependencies): Promise<void> {
  while (!deps.signal.aborted && (await countUnreadShops(deps.db, demoOrganizationId)) > 0) {
    await wakeHintedShops(deps.db, demoOrganizationId);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

/** Holds the two counts against each other, class by class. */
function compare(file: TraceClasses, stored: StoredTraceClasses): ReplayResult {
  const names = Object.keys(stored) as (keyof StoredTraceClasses)[];
  const rows = names.map((name) => {
    const isEqual = file[name].lines === stored[name].lines && file[name].units === stored[name].units;
    return { name, isEqual, file: file[name], stored: stored[name] };
  });
  const isComplete = rows.every((row) => row.isEqual);
  const column = (text: string | number) => String(text).padStart(12);
  const accounted = rows.reduce((sum, row) => sum + row.stored.lines, 0);
  return {
    isComplete,
    text: [
      '',
      `${'class'.padEnd(22)}${['file lines', 'file units', 'db lines', 'db units'].map(column).join('')}`,
      ...rows.map(
        (row) =>
          `${row.name.padEnd(22)}${[row.file.lines, row.file.units, row.stored.lines, row.stored.units].map(column).join('')}  ${row.isEqual ? 'equal' : 'DIFFERENT'}`,
      ),
      `${file.rows} rows in the file, ${file.malformed.lines} unreadable, ${accounted} accounted for in the database`,
      isComplete ? 'Everything is accounted for.' : 'Not everything is accounted for.',
    ].join('\n'),
  };
}
