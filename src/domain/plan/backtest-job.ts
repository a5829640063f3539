import type { CalendarDate } from '../../shared/time.ts';
import { dayIndexOf } from '../forecast/calendar-index.ts';
import { type BacktestLevel, backtestLevel } from './policy-backtest.ts';
import { addBacktest, type BacktestSums, noBacktestSums } from './policy-backtest-sum.ts';

/** Levels to be replayed over some days. Plain data, so that it can go to another thread. */
export interface BacktestJob {
  readonly levels: readonly BacktestLevel[];
  /** First and last day, `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
}

/**
 * Replays levels one after another and adds them up. One bad level does not stop the others: it counts as a fault.
 *
 * @param job - see {@link BacktestJob}
 * @returns sums
 * @throws AppError `invalid_input` if a day is no date
 * @see `backtestLevel`
 * @example runBacktestJob({ levels: [], from: '2026-01-01', to: '2026-03-31' }).levels // 0
 */
export function runBacktestJob(job: BacktestJob): BacktestSums {
  return job.levels.reduce((sums, level) => addLevel(sums, level, job), noBacktestSums);
}

/**
 * Replays one level and adds it to sums.
 *
 * @param sums - of the levels before
 * @param level - the next one
 * @param span - first and last day
 * @returns new sums
 * @see {@link runBacktestJob}
 * @example addLevel(noBacktestSums, level, job).levels // 1
 */
export function addLevel(
  sums: BacktestSums,
  level: BacktestLevel,
  span: Pick<BacktestJob, 'from' | 'to'>,
): BacktestSums {
  const window = {
    fromDay: dayIndexOf(span.from as CalendarDate),
    toDay: dayIndexOf(span.to as CalendarDate),
  };
  try {
    return addBacktest(sums, backtestLevel(level, window), level.unitCost);
  } catch {
    return addBacktest(sums, 'FAULT', level.unitCost);
  }
}
