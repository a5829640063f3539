import { levelKeyText } from '../db/queries/ingest-level.ts';
import { loadPlanProgress, markAllPlanDue, savePlanProgress } from '../db/queries/plan-due.ts';
import {
  type EconomicCandidate,
  type EconomicLevelWrite,
  isEconomicWished,
  loadEconomicSample,
  saveEconomicLevels,
} from '../db/queries/plan-economic.ts';
import { chooseCheapestLevel, economicLevels } from '../domain/plan/economic-service-level.ts';
import type { LevelFault, LevelOutcome } from '../domain/plan/level-job.ts';
import { type ReplayResult, sumReplays } from '../domain/plan/policy-replay.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { calendarDateIn } from '../shared/time.ts';
import { inStage } from './plan.ts';
import { dailyZone } from './plan-day.ts';
import { isReplayDue, loadReplayJobs } from './plan-replay.ts';
import type { PlanThreads } from './plan-threads.ts';
import type { PipelinePorts } from './ports.ts';

/** Levels replayed per class: single pasts are mostly chance, and each costs some ten milliseconds. */
const levelsPerClass = 25;
/** With fewer the class keeps the level of the table. */
const casesMin = 5;

/**
 * Finds once a week, where anybody wishes it, the service level of each ABC and XYZ class that would have cost least
 * over the last half year, by replaying a sample of its levels; when one changed, everything is planned anew.
 *
 * Reads in one transaction as planning does, computes outside of any, writes `economic_service_level`, `plan_progress`
 * and `plan_due` in another. Run twice within a week: the second time does nothing, also when two workers began at once.
 */
export async function findEconomicLevels(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  threads: PlanThreads,
): Promise<void> {
  const at = ports.clock.now();
  const today = calendarDateIn(at, dailyZone);
  const read = await inStage(ports, organizationId, null, async (sql) => {
    const { economicOn } = await loadPlanProgress(sql);
    if (!isReplayDue(economicOn, today) || !(await isEconomicWished(sql))) return null;
    const sample = await loadEconomicSample(sql, today, levelsPerClass);
    const jobs = await loadReplayJobs(sql, organizationId, sample, at, { isReplayed: true });
    return { sample, jobs };
  });
  if (read === null) return;
  const outcomes = read.sample.length === 0 ? [] : await threads.run(read.jobs);
  const writes = toWrites(read.sample, outcomes);
  await inStage(ports, organizationId, undefined, async (sql) => {
    const progress = await loadPlanProgress(sql);
    if (!isReplayDue(progress.economicOn, today)) return;
    if (await saveEconomicLevels(sql, organizationId, writes, { evaluatedOn: today, at }))
      await markAllPlanDue(sql, at);
    await savePlanProgress(sql, organizationId, { ...progress, economicOn: today }, at);
  });
}

function toWrites(
  sample: readonly EconomicCandidate[],
  outcomes: readonly (LevelOutcome | LevelFault)[],
): EconomicLevelWrite[] {
  const replaysOf = new Map<string, readonly ReplayResult[]>();
  for (const outcome of outcomes) {
    if (!('replays' in outcome) || outcome.replays === null) continue;
    replaysOf.set(`${outcome.itemId}/${outcome.warehouseId}`, outcome.replays);
  }
  const classes = Map.groupBy(sample, ({ abcClass, xyzClass }) => `${abcClass}/${xyzClass}`);
  return [...classes.values()].map((own) => {
    const { abcClass, xyzClass } = own[0]!;
    const replays = own
      .flatMap((one) => [replaysOf.get(levelKeyText(one)) ?? []])
      .filter((one) => one.length > 0);
    const choice = chooseCheapestLevel(
      economicLevels.map((level, k) => ({ level, result: sumReplays(replays.map((one) => one[k]!)) })),
    );
    return {
      ...{ abcClass, xyzClass, caseCount: replays.length },
      serviceLevel: replays.length < casesMin ? null : choice.level,
      outcomes: choice.outcomes.map(({ level, result, fillRate }) => ({
        ...{ level, fillRate },
        cost: rounded(result.cost),
        holdingCost: rounded(result.holdingCost),
        shortageCost: rounded(result.shortageCost),
        meanUnits: rounded(result.scoredPeriods > 0 ? result.stockUnitPeriods / result.scoredPeriods : 0),
      })),
    };
  });
}

function rounded(value: number): number {
  return Number(value.toFixed(6));
}
