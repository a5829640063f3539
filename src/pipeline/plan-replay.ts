import type { Sql } from '../db/connection.ts';
import type { LevelKey } from '../db/queries/ingest-level.ts';
import { loadPlanSubjects } from '../db/queries/plan-subject.ts';
import type { LevelJob, LevelJobs } from '../domain/plan/level-job.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { type CalendarDate, daysBetween } from '../shared/time.ts';
import { loadHistories } from './plan-history.ts';
import { toLevelJob } from './plan-job.ts';
import { loadSources } from './plan-levels.ts';

const everyDays = 7;

/** Whether what is replayed once a week is to be replayed again. Days `YYYY-MM-DD`; null = never yet. */
export function isReplayDue(last: string | null, today: CalendarDate): boolean {
  return last === null || daysBetween(last as CalendarDate, today) >= everyDays;
}

/**
 * Reads what the past of levels is replayed from. In the caller's transaction; reads as planning does, writes only
 * `stock_daily`. Run twice: the same.
 *
 * @param wanted - what is to be replayed
 */
export async function loadReplayJobs(
  sql: Sql,
  organizationId: OrganizationId,
  levels: readonly LevelKey[],
  at: Date,
  wanted: Partial<Pick<LevelJob, 'isCalibrated' | 'isReplayed'>>,
): Promise<LevelJobs> {
  const subjects = await loadPlanSubjects(sql, levels, at);
  const past = await loadHistories(sql, organizationId, subjects, at);
  const { sources, groups } = await loadSources(sql, subjects, past, at);
  return {
    levels: subjects.map((subject) => ({ ...toLevelJob(subject, sources, false), ...wanted })),
    groups,
  };
}
