import { loadCalibrationSample, saveCalibration } from '../db/queries/plan-calibration.ts';
import { loadPlanProgress, savePlanProgress } from '../db/queries/plan-due.ts';
import { loadPlanSubjects } from '../db/queries/plan-subject.ts';
import { calibrationLevels, summarizeCalibration } from '../domain/forecast/calibration.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { type CalendarDate, calendarDateIn, daysBetween } from '../shared/time.ts';
import { dailyZone, inStage } from './plan.ts';
import { loadHistories } from './plan-history.ts';
import { toLevelJob } from './plan-job.ts';
import { loadSources } from './plan-levels.ts';
import type { PlanThreads } from './plan-threads.ts';
import type { PipelinePorts } from './ports.ts';

/** Levels that calibration is measured on: enough for each segment, a second or two of computing. */
const sampleLevels = 300;
const everyDays = 7;

/**
 * Measures once a week how well forecasts are calibrated: forecasts a sample of levels as of earlier days and compares
 * with what followed. An organization without four months of demand is looked at again the next day.
 *
 * One worker at a time per organization. Reads as planning does; writes `forecast_calibration`, `plan_progress`. Run
 * twice within a week: the second time does nothing.
 */
export async function calibrateForecasts(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  threads: PlanThreads,
): Promise<void> {
  const at = ports.clock.now();
  const today = calendarDateIn(at, dailyZone);
  await inStage(ports, organizationId, undefined, async (sql) => {
    const progress = await loadPlanProgress(sql);
    const last = progress.calibratedOn as CalendarDate | null;
    if (last !== null && daysBetween(last, today) < everyDays) return;
    const levels = await loadCalibrationSample(sql, today, sampleLevels);
    if (levels.length === 0) return;
    const subjects = await loadPlanSubjects(sql, levels, at);
    const past = await loadHistories(sql, organizationId, subjects, at);
    const { sources, groups } = await loadSources(sql, subjects, past, at);
    const jobs = subjects.map((subject) => ({ ...toLevelJob(subject, sources, false), isCalibrated: true }));
    const outcomes = await threads.run({ levels: jobs, groups });
    const cases = outcomes.flatMap((outcome) => ('cases' in outcome ? outcome.cases : []));
    const segments = summarizeCalibration(cases);
    await saveCalibration(sql, organizationId, segments, calibrationLevels, { evaluatedOn: today, at });
    await savePlanProgress(sql, organizationId, { ...progress, calibratedOn: today }, at);
  });
}
