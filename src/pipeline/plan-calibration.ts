import { loadCalibrationSample, saveCalibration } from '../db/queries/plan-calibration.ts';
import { loadPlanProgress, savePlanProgress } from '../db/queries/plan-due.ts';
import { calibrationLevels, summarizeCalibration } from '../domain/forecast/calibration.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { calendarDateIn } from '../shared/time.ts';
import { inStage } from './plan.ts';
import { dailyZone } from './plan-day.ts';
import { isReplayDue, loadReplayJobs } from './plan-replay.ts';
import type { PlanThreads } from './plan-threads.ts';
import type { PipelinePorts } from './ports.ts';

/** Levels that calibration is measured on: enough for each segment, a second or two of computing. */
const sampleLevels = 300;

/**
 * Measures once a week how well forecasts are calibrated: forecasts a sample of levels as of earlier days and compares
 * with what followed. An organization without four months of demand is looked at again the next day.
 *
 * Reads in one transaction as planning does, computes outside of any, writes `forecast_calibration` and `plan_progress`
 * in another. Run twice within a week: the second time does nothing, also when two workers began at once.
 */
export async function calibrateForecasts(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  threads: PlanThreads,
): Promise<void> {
  const at = ports.clock.now();
  const today = calendarDateIn(at, dailyZone);
  const jobs = await inStage(ports, organizationId, null, async (sql) => {
    const { calibratedOn } = await loadPlanProgress(sql);
    if (!isReplayDue(calibratedOn, today)) return null;
    const levels = await loadCalibrationSample(sql, today, sampleLevels);
    return levels.length === 0
      ? null
      : loadReplayJobs(sql, organizationId, levels, at, { isCalibrated: true });
  });
  if (jobs === null) return;
  const outcomes = await threads.run(jobs);
  const cases = outcomes.flatMap((outcome) => ('cases' in outcome ? outcome.cases : []));
  const segments = summarizeCalibration(cases);
  await inStage(ports, organizationId, undefined, async (sql) => {
    const progress = await loadPlanProgress(sql);
    if (!isReplayDue(progress.calibratedOn, today)) return;
    await saveCalibration(sql, organizationId, segments, calibrationLevels, { evaluatedOn: today, at });
    await savePlanProgress(sql, organizationId, { ...progress, calibratedOn: today }, at);
  });
}
