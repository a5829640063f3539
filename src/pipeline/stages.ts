import { loadWorkerOrganizations } from '../db/queries/lease.ts';
import { codeOf } from '../db/transaction.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { calendarDateIn, hourMs, minuteMs, secondMs } from '../shared/time.ts';
import { reconcileAlerts, type ScanPosition } from './alert.ts';
import { refreshAllThresholds, refreshDemand } from './demand.ts';
import { dailyZone } from './plan-day.ts';
import type { PipelinePorts } from './ports.ts';
import { removeOld, turnPartitions } from './retention.ts';
import { followSalesPolicies } from './sales-policy.ts';
import { tellSalesPolicies } from './sales-policy-tell.ts';

/** The running stages of one process. */
export interface Stages {
  /** Runs every stage of every organization once, now. For tests, and for replays that move time by hand. */
  runOnce(): Promise<void>;
  /** Finishes the step under way and stops. */
  stop(): Promise<void>;
}

/** In fast business time a day passes in two minutes: retention need not run that often. Real time, ms. */
const retentionEveryMs = 10 * minuteMs;
/** Demand days counted in one round before the other stages get their turn. */
const demandRoundsMax = 20;
/** A stage that failed is tried again after this, ms. */
const faultWaitMs = 5 * secondMs;

/**
 * Starts the stages that follow ingest: demand, thresholds, alerts, sales policies, retention. Each visits the organizations one
 * after another and is run by one worker at a time; all meet in tables only. Any number of processes may run them.
 */
export function startStages(ports: PipelinePorts): Stages {
  const position: ScanPosition = new Map();
  const thresholdDays = new Map<OrganizationId, string>();
  let nextRetentionMs = 0;
  let isStopping = false;
  let wakeUp: () => void = () => {};
  const hasToStop = () => isStopping;
  const refreshDaily = async (organizationId: OrganizationId) => {
    const today = calendarDateIn(ports.clock.now(), dailyZone);
    if (thresholdDays.get(organizationId) === today) return;
    if (await refreshAllThresholds(ports, organizationId, hasToStop))
      thresholdDays.set(organizationId, today);
  };
  const stagesOf = (organizationId: OrganizationId, isRetentionDue: boolean) => {
    const stages: [string, () => Promise<unknown>][] = [
      ['demand', () => countRounds(ports, organizationId, hasToStop)],
      ['threshold', () => refreshDaily(organizationId)],
      ['alert', () => reconcileAlerts(ports, organizationId, position)],
      ['sales-policy', () => followSalesPolicies(ports, organizationId, hasToStop)],
      ['sales-policy', () => tellSalesPolicies(ports, organizationId)],
    ];
    if (isRetentionDue) stages.push(['retention', () => removeOld(ports, organizationId)]);
    return stages;
  };
  const runOnce = async () => {
    const isRetentionDue = performance.now() >= nextRetentionMs;
    if (isRetentionDue) {
      nextRetentionMs = performance.now() + retentionEveryMs;
      await attempt(ports, 'retention', () => turnPartitions(ports));
    }
    for (const organizationId of await loadWorkerOrganizations(ports.db)) {
      for (const [stage, work] of stagesOf(organizationId, isRetentionDue)) {
        if (isStopping) return;
        await attempt(ports, stage, work);
      }
    }
  };
  const loop = (async () => {
    while (!isStopping) {
      const startedMs = performance.now();
      let waitMs = ports.settings.stageEveryMs;
      try {
        await runOnce();
      } catch (error) {
        ports.log.warn({ code: codeOf(error) }, 'the stages could not run; trying again');
        waitMs = faultWaitMs;
      }
      const restMs = Math.min(Math.max(waitMs - (performance.now() - startedMs), 0), hourMs);
      if (isStopping) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, restMs);
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    runOnce,
    async stop() {
      isStopping = true;
      wakeUp();
      await loop;
    },
  };
}

async function countRounds(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  isStopping: () => boolean,
): Promise<void> {
  for (let round = 0; round < demandRoundsMax && !isStopping(); round += 1) {
    if (!(await refreshDemand(ports, organizationId))) return;
  }
}

/** A stage that fails does not stop the others. */
async function attempt(ports: PipelinePorts, stage: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    ports.log.error({ stage, code: codeOf(error), name }, 'a stage failed; it runs again with the next tick');
  }
}
