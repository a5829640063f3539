import type { Sql } from '../db/connection.ts';
import { appendEvents } from '../db/queries/event-append.ts';
import { type LevelKey, levelKeyText } from '../db/queries/ingest-level.ts';
import { lockStage } from '../db/queries/lease.ts';
import {
  type DueLevel,
  loadChangedLevels,
  loadPlanDue,
  loadPlanProgress,
  markPlansDue,
  savePlanProgress,
  takePlanDue,
} from '../db/queries/plan-due.ts';
import { markSumsDue } from '../db/queries/plan-sum-due.ts';
import { savePlannedThresholds } from '../db/queries/plan-threshold.ts';
import { markPlannedSalesItems } from '../db/queries/sales-policy-due.ts';
import { markSuggestionsDue } from '../db/queries/suggestion-due.ts';
import { withOrganization } from '../db/tenant.ts';
import type { LevelFault, LevelOutcome } from '../domain/plan/level-job.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { minuteMs } from '../shared/time.ts';
import { evaluateAlerts } from './evaluate-alerts.ts';
import { loadPlanBatch, type PlanBatch, type PlanBatchInput, savePlanBatch } from './plan-levels.ts';
import type { PlanThreads } from './plan-threads.ts';
import type { PipelinePorts } from './ports.ts';

/** Levels planned at once: about a second with their two years of history, and quicker without. */
const dueAtOnceMax = 400;
const changedAtOnceMax = 1_000;
const stepDeadlineMs = 2 * minuteMs;

/** What one step of planning found to do. */
export interface PlanStep {
  readonly plannedCount: number;
  /** True when more is waiting. */
  readonly hasMore: boolean;
  /** True when alerts changed, so that readers of the event log are to be told. */
  readonly isAnnounced: boolean;
}

const nothing: PlanStep = { plannedCount: 0, hasMore: false, isAnnounced: false };

/**
 * Plans some of the marked levels: forecasts where demand is new, policy values, risk, figures, health, thresholds,
 * and lets alerts follow.
 *
 * Reads in one transaction, computes outside of any, and writes in another short one, under the stage's lock. Whoever
 * changes what a plan rests on marks the level: one whose mark is no longer the one that was read stays on the list,
 * and what was computed of it holds until its turn comes again. Reads and writes as `loadPlanBatch` and
 * `savePlanBatch`; takes from `plan_due`. Run twice: the second time finds nothing marked. Two workers at once: what one
 * has written, the other drops.
 */
export async function planDueLevels(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  threads: PlanThreads,
): Promise<PlanStep> {
  const at = ports.clock.now();
  const read = await inStage(ports, organizationId, null, async (sql) => {
    const levels = await loadPlanDue(sql, dueAtOnceMax);
    if (levels.length === 0) return null;
    const input = { organizationId, levels, isPastDue: true, at };
    return { levels, input, batch: await loadPlanBatch(sql, input) };
  });
  if (read === null) return nothing;
  const outcomes = await threads.run(read.batch.jobs);
  return writeStep(ports, organizationId, async (sql) => {
    const taken = await takePlanDue(sql, read.levels);
    const step = await saveAndAnnounce(ports, sql, { ...read, outcomes, taken, shopIds: [] });
    return { ...step, hasMore: read.levels.length === dueAtOnceMax };
  });
}

/**
 * Plans the levels whose stock or inbound changed since the last time, from their stored forecast: the cheap path.
 * The event log tells which, and marks the levels of sources that failed or recovered; the place in it moves on in the
 * transaction that writes.
 *
 * Reads, computes and writes as {@link planDueLevels}. Reads `event_log`; writes `plan_progress` too. Run twice: the
 * second time finds no newer event. Two workers at once: the one that comes second finds the place moved, and drops
 * its work.
 */
export async function planChangedLevels(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  threads: PlanThreads,
): Promise<PlanStep> {
  const at = ports.clock.now();
  const read = await inStage(ports, organizationId, null, async (sql) => {
    const { eventNumber } = await loadPlanProgress(sql);
    const { levels: keys, shopIds, last } = await loadChangedLevels(sql, eventNumber, changedAtOnceMax);
    if (last === eventNumber) return null;
    const levels: DueLevel[] = keys.map((key) => ({ ...key, isForecastDue: false }));
    const input = { organizationId, levels, isPastDue: false, at };
    return { eventNumber, last, shopIds, input, batch: await loadPlanBatch(sql, input) };
  });
  if (read === null) return nothing;
  const outcomes = await threads.run(read.batch.jobs);
  return writeStep(ports, organizationId, async (sql) => {
    const progress = await loadPlanProgress(sql);
    if (progress.eventNumber !== read.eventNumber) return nothing;
    await savePlanProgress(sql, organizationId, { ...progress, eventNumber: read.last }, at);
    const step = await saveAndAnnounce(ports, sql, { ...read, outcomes, taken: read.input.levels });
    return { ...step, hasMore: true };
  });
}

/** Computed levels on their way into the database. */
interface ComputedBatch {
  readonly input: PlanBatchInput;
  readonly batch: PlanBatch;
  readonly outcomes: readonly (LevelOutcome | LevelFault)[];
  /** Levels that this step answers for: nobody else plans them for the same reason. */
  readonly taken: readonly LevelKey[];
  /** Sources that failed or recovered: what is to be done about their levels changes with them. */
  readonly shopIds: readonly string[];
}

/** The short transaction that writes; readers of the event log are told once it is through. */
async function writeStep(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  work: (sql: Sql) => Promise<PlanStep>,
): Promise<PlanStep> {
  const step = await inStage(ports, organizationId, nothing, work, true);
  if (step.isAnnounced) ports.wake(organizationId);
  return step;
}

async function saveAndAnnounce(ports: PipelinePorts, sql: Sql, computed: ComputedBatch): Promise<PlanStep> {
  const { organizationId, at } = computed.input;
  const faults = computed.outcomes.filter((one): one is LevelFault => 'fault' in one);
  for (const { itemId, warehouseId, fault } of faults.slice(0, 10)) {
    ports.log.warn({ organizationId, itemId, warehouseId, fault }, 'a level could not be planned');
  }
  const done = computed.outcomes.filter((one): one is LevelOutcome => 'plan' in one);
  const { saved, thresholds } = await savePlanBatch(sql, computed.input, computed.batch, done);
  // All marks before any level is locked: whoever else holds a mark may want a level next.
  await markPlansDue(sql, findSkipped(computed, done, saved), computed.shopIds, at);
  const savedItems = saved.map(({ itemId }) => itemId);
  await markSuggestionsDue(sql, savedItems, at);
  await markSumsDue(sql, savedItems, at);
  await markPlannedSalesItems(sql, saved, at);
  const changed = await savePlannedThresholds(sql, thresholds, at);
  const events = [
    ...(await evaluateAlerts(sql, { organizationId, levels: changed, at })),
    // Nothing is locked: a step that somebody else made first is not written, and the alert stage looks again.
    ...(await evaluateAlerts(sql, { organizationId, levels: saved, at, kinds: 'PLAN', locking: 'NONE' })),
  ];
  const isAnnounced = (await appendEvents(sql, organizationId, events, at)) !== null;
  return { plannedCount: saved.length, hasMore: false, isAnnounced };
}

/** Levels whose plan somebody else wrote meanwhile, perhaps from less: they stay on the list. */
function findSkipped(
  { input, taken }: ComputedBatch,
  done: readonly LevelOutcome[],
  saved: readonly LevelKey[],
): DueLevel[] {
  const isSaved = new Set(saved.map(levelKeyText));
  const isDone = new Set(done.map((one) => `${one.itemId}/${one.warehouseId}`));
  const isTaken = new Set(taken.map(levelKeyText));
  return input.levels.filter((level) => {
    const key = levelKeyText(level);
    return isTaken.has(key) && isDone.has(key) && !isSaved.has(key);
  });
}

/**
 * Runs a step in one transaction while no other worker plans for this organization; `otherwise` when one does.
 *
 * @param isQuick - true for a step that locks levels and computes nothing in between
 * @param deadlineMs - longer for the few steps that read as much as a warehouse has
 */
export async function inStage<T>(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  otherwise: T,
  work: (sql: Sql) => Promise<T>,
  isQuick = false,
  deadlineMs = stepDeadlineMs,
): Promise<T> {
  return withOrganization(
    ports.db,
    'worker',
    organizationId,
    async (sql) => ((await lockStage(sql, organizationId, 'plan', isQuick)) ? work(sql) : otherwise),
    { isIdempotent: true, deadlineMs },
  );
}
