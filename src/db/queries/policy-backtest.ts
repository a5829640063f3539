import type { BacktestRequest } from '../../domain/plan/backtest-request.ts';
import type { BacktestSums } from '../../domain/plan/policy-backtest-sum.ts';
import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { PolicyBacktestState } from '../tables/policy-backtest.ts';

/** A backtest that is to be run, runs, or was run. */
export interface PolicyBacktestRow {
  readonly backtestId: string;
  readonly input: BacktestRequest;
  readonly state: PolicyBacktestState;
  readonly doneLevels: number;
  readonly totalLevels: number;
  /** Sums so far; null = nothing yet. */
  readonly sums: BacktestSums | null;
  readonly resumeAfter: string | null;
  readonly errorCode: string | null;
  readonly queuedAt: Date;
  readonly finishedAt: Date | null;
}

interface StoredRow extends Omit<PolicyBacktestRow, 'input' | 'sums'> {
  readonly input: string;
  readonly result: string | null;
}

const columns = (sql: Sql) => sql`
  backtest_id as "backtestId", input, state, done_levels as "doneLevels", total_levels as "totalLevels", result,
  resume_after as "resumeAfter", error_code as "errorCode", queued_at as "queuedAt", finished_at as "finishedAt"`;

function toRow({ input, result, ...row }: StoredRow): PolicyBacktestRow {
  return {
    ...row,
    input: JSON.parse(input) as BacktestRequest,
    sums: result === null ? null : (JSON.parse(result) as BacktestSums),
  };
}

/** A backtest by its id; null = there is none. Reads `policy_backtest`. */
export async function findPolicyBacktest(sql: Sql, backtestId: string): Promise<PolicyBacktestRow | null> {
  const [row] = await sql<StoredRow[]>`
    select ${columns(sql)} from policy_backtest where backtest_id = ${backtestId}`;
  return row === undefined ? null : toRow(row);
}

/** The newest backtest of a question that did not fail; null = it was not asked. Reads `policy_backtest`. */
export async function findBacktestOf(sql: Sql, fingerprint: string): Promise<PolicyBacktestRow | null> {
  const [row] = await sql<StoredRow[]>`
    select ${columns(sql)} from policy_backtest where fingerprint = ${fingerprint} and state <> 'FAILED'
    order by queued_at desc, backtest_id limit 1`;
  return row === undefined ? null : toRow(row);
}

/** A backtest to be queued. */
export interface NewPolicyBacktest {
  readonly backtestId: string;
  readonly fingerprint: string;
  readonly input: BacktestRequest;
  readonly totalLevels: number;
  readonly requestedBy: string | null;
}

/** Queues a backtest. Writes `policy_backtest`. */
export async function savePolicyBacktest(
  sql: Sql,
  organizationId: OrganizationId,
  backtest: NewPolicyBacktest,
  at: Date,
): Promise<void> {
  await sql`
    insert into policy_backtest (
      organization_id, backtest_id, fingerprint, input, state, done_levels, total_levels, requested_by, queued_at,
      recorded_at)
    values (${organizationId}, ${backtest.backtestId}, ${backtest.fingerprint},
            ${JSON.stringify(backtest.input)}::text::json, 'QUEUED', 0, ${backtest.totalLevels},
            ${backtest.requestedBy}, ${at}, ${at})`;
}

/** The oldest backtest that is not finished; null = none. Reads `policy_backtest`. */
export async function findOpenBacktest(sql: Sql): Promise<PolicyBacktestRow | null> {
  const [row] = await sql<StoredRow[]>`
    select ${columns(sql)} from policy_backtest where state in ('QUEUED', 'RUNNING')
    order by queued_at, backtest_id limit 1`;
  return row === undefined ? null : toRow(row);
}

/** How far a backtest is after some levels. */
export interface BacktestProgress {
  readonly sums: BacktestSums;
  readonly doneLevels: number;
  readonly resumeAfter: string | null;
  readonly isDone: boolean;
}

/**
 * Notes how far a backtest is, unless somebody else came first: then nothing is written. Writes `policy_backtest`.
 *
 * @param before - where it stood when the levels were read
 */
export async function noteBacktest(
  sql: Sql,
  before: PolicyBacktestRow,
  progress: BacktestProgress,
  at: Date,
): Promise<void> {
  await sql`
    update policy_backtest
    set state = ${progress.isDone ? 'DONE' : 'RUNNING'}, result = ${JSON.stringify(progress.sums)}::text::json,
        done_levels = ${progress.doneLevels}, resume_after = ${progress.resumeAfter},
        started_at = coalesce(started_at, ${at}), finished_at = ${progress.isDone ? at : null}, recorded_at = ${at}
    where backtest_id = ${before.backtestId} and state in ('QUEUED', 'RUNNING')
      and resume_after is not distinct from ${before.resumeAfter}`;
}

/** Gives a backtest up with its reason. Writes `policy_backtest`. */
export async function failBacktest(sql: Sql, backtestId: string, errorCode: string, at: Date): Promise<void> {
  await sql`
    update policy_backtest set state = 'FAILED', error_code = ${errorCode}, finished_at = ${at}, recorded_at = ${at}
    where backtest_id = ${backtestId} and state in ('QUEUED', 'RUNNING')`;
}

/** Removes finished backtests recorded before an instant. Writes `policy_backtest`. Run twice: the second removes none. */
export async function removeBacktests(sql: Sql, before: Date): Promise<number> {
  const { count } = await sql`
    delete from policy_backtest where state in ('DONE', 'FAILED') and recorded_at < ${before}`;
  return count;
}
