import { loadWorkerOrganizations } from '../db/queries/lease.ts';
import { codeOf } from '../db/transaction.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { calendarDateIn, hourMs, minuteMs, secondMs } from '../shared/time.ts';
import { reconcileAlerts, type ScanPosition } from './alert.ts';
import { refreshAllThresholds, refreshDemand } from './demand.ts';
import type { PipelinePorts } from './ports.ts';
import { removeOld, turnPartitions } from './retention.ts';
import { followSalesPolicies } from './sales-policy.ts';
import { tellSalesPolicies } from './sales-policy-tell.ts';

/** The running stages of one process. */
export interface Stages {
  /** Runs every stage of every organization once, now. For tests, and for replays that move time by hand. */
  runOnce(): Promise<void>;
  /** Finishes the stage under way and stops. */
  stop(): Promise<void>;
}

/** The zone whose midnight starts the daily round; each warehouse's own days still count in its own zone. */
const dailyZone = 'Asia/Shanghai';
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
  const runOnce = async () => {
    const isRetentionDue = performance.now() >= nextRetentionMs;
    if (isRetentionDue) {
      nextRetentionMs = performance.now() + retentionEveryMs;
      await attempt(ports, 'retention', () => turnPartitions(ports));
    }
    const organizations = await loadWorkerOrganizations(ports.db);
    for (const organizationId of organizations) {
      if (isStopping) return;
      await attempt(ports, 'demand', () => countRounds(ports, organizationId));
      const today = calendarDateIn(ports.clock.now(), dailyZone);
      if (thresholdDays.get(organizationId) !== today) {
        const isDone = await attempt(ports, 'threshold', () => refreshAllThresholds(ports, organizationId));
        if (isDone) thresholdDays.set(organizationId, today);
      }
      await attempt(ports, 'alert', () => reconcileAlerts(ports, organizationId, position));
      await attempt(ports, 'sales-policy', () => followSalesPolicies(ports, organizationId));
      await attempt(ports, 'sales-policy', () => tellSalesPolicies(ports, organizationId));
      if (isRetentionDue) await attempt(ports, 'retention', () => removeOld(ports, organizationId));
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

async function countRounds(ports: PipelinePorts, organizationId: OrganizationId): Promise<void> {
  for (let round = 0; round < demandRoundsMax; round += 1) {
    if (!(await refreshDemand(ports, organizationId))) return;
  }
}

/** A stage that fails does not stop the others. @returns whether it did all of its work */
async function attempt(ports: PipelinePorts, stage: string, work: () => Promise<unknown>): Promise<boolean> {
  try {
    return (await work()) !== false;
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    ports.log.error({ stage, code: codeOf(error), name }, 'a stage failed; it runs again with the next tick');
    return false;
  }
}
