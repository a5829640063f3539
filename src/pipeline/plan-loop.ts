import { availableParallelism } from 'node:os';
import { loadWorkerOrganizations } from '../db/queries/lease.ts';
import { codeOf } from '../db/transaction.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { secondMs } from '../shared/time.ts';
import { planChangedLevels, planDueLevels } from './plan.ts';
import { calibrateForecasts } from './plan-calibration.ts';
import { beginPlanDay } from './plan-day.ts';
import { findEconomicLevels } from './plan-economic.ts';
import { summarizePlans } from './plan-summary.ts';
import { createPlanThreads, type PlanThreads } from './plan-threads.ts';
import type { PipelinePorts } from './ports.ts';
import { suggestSteps } from './suggest.ts';

/** The running planner of one process. */
export interface Planner {
  /** Plans everything that is due in every organization, now, and sums it up. */
  runOnce(): Promise<void>;
  /** Finishes the step under way and stops. */
  stop(): Promise<void>;
}

/** Between two summaries of an organization while its plans keep changing, real time, ms. */
const summaryEveryMs = 10 * secondMs;
/** A summary of a large organization may take longer: no more than so large a part of the time goes into them. */
const summaryShareMax = 0.1;
/** Steps of one organization before the next gets its turn. */
const stepsMax = 10;
const faultWaitMs = 5 * secondMs;

/**
 * Starts planning beside the other stages, which it meets in tables only: a daily round over all levels, and in
 * between the levels that changed. Any number of processes may run it; one at a time works for an organization.
 *
 * Rests while business time is moved by hand: a replay decides itself when to plan.
 *
 * @param threadsMax - threads for the computation; the default leaves one core to the rest
 */
export function startPlanner(
  ports: PipelinePorts,
  threadsMax: number = Math.max(1, availableParallelism() - 1),
): Planner {
  const threads = createPlanThreads(threadsMax);
  const nextSummaryMs = new Map<OrganizationId, number>();
  /** Organizations whose plans changed since their last summary. */
  const stale = new Set<OrganizationId>();
  let isStopping = false;
  let wakeUp: () => void = () => {};
  const visit = async (organizationId: OrganizationId, isWhole: boolean) => {
    const isLeaving = () => isStopping && !isWhole;
    const steps = isWhole ? Infinity : stepsMax;
    const isChanged = await planSteps(ports, organizationId, threads, steps, isLeaving);
    await suggestSteps(ports, organizationId, steps, isLeaving);
    if (isLeaving()) return;
    const startedMs = performance.now();
    const isSummaryDue = startedMs >= (nextSummaryMs.get(organizationId) ?? -Infinity);
    if (isChanged) stale.add(organizationId);
    if (!stale.has(organizationId) || !(isWhole || isSummaryDue)) return;
    const isSummedUp = await summarizePlans(ports, organizationId, isLeaving);
    if (isLeaving()) return;
    const tookMs = performance.now() - startedMs;
    nextSummaryMs.set(organizationId, startedMs + Math.max(summaryEveryMs, tookMs / summaryShareMax));
    await calibrateForecasts(ports, organizationId, threads);
    if (isLeaving()) return;
    await findEconomicLevels(ports, organizationId, threads);
    if (isSummedUp) stale.delete(organizationId);
  };
  const round = async (isWhole: boolean) => {
    for (const organizationId of await loadWorkerOrganizations(ports.db)) {
      if (isStopping && !isWhole) return;
      try {
        await visit(organizationId, isWhole);
      } catch (error) {
        const name = error instanceof Error ? error.name : typeof error;
        ports.log.error({ organizationId, code: codeOf(error), name }, 'planning failed; it runs again');
      }
    }
  };
  const loop = (async () => {
    while (!isStopping) {
      const startedMs = performance.now();
      let waitMs = ports.settings.stageEveryMs;
      try {
        if (ports.clock.speed > 0) await round(false);
      } catch (error) {
        ports.log.warn({ code: codeOf(error) }, 'planning could not run; trying again');
        waitMs = faultWaitMs;
      }
      if (isStopping) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(waitMs - (performance.now() - startedMs), 0));
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    runOnce: () => round(true),
    async stop() {
      isStopping = true;
      wakeUp();
      await loop;
      await threads.stop();
    },
  };
}

/**
 * Plans what is due in one organization, in at most so many steps: the daily round's beginning, changed levels first,
 * then marked ones.
 *
 * @param isStopping - true = begin no further step
 * @returns true when any level was planned
 */
export async function planSteps(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  threads: PlanThreads,
  steps: number,
  isStopping = () => false,
): Promise<boolean> {
  await beginPlanDay(ports, organizationId, isStopping);
  let isChanged = false;
  for (let step = 0; step < steps && !isStopping(); step += 1) {
    const changed = await planChangedLevels(ports, organizationId, threads);
    if (isStopping()) break;
    const due = await planDueLevels(ports, organizationId, threads);
    if (changed.plannedCount + due.plannedCount > 0) isChanged = true;
    if (!changed.hasMore && !due.hasMore) break;
  }
  return isChanged;
}
