import {
  failBacktest,
  findOpenBacktest,
  noteBacktest,
  type PolicyBacktestRow,
} from '../db/queries/policy-backtest.ts';
import { listBacktestLevels, loadBacktestLevels } from '../db/queries/policy-backtest-level.ts';
import { withOrganization } from '../db/tenant.ts';
import { codeOf } from '../db/transaction.ts';
import type { BacktestJob } from '../domain/plan/backtest-job.ts';
import { type BacktestSums, joinBacktests, noBacktestSums } from '../domain/plan/policy-backtest-sum.ts';
import { isAppError } from '../shared/errors.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { minuteMs } from '../shared/time.ts';
import type { PipelinePorts } from './ports.ts';

/** Replays the levels of a job, on whichever thread. */
export type RunBacktest = (job: BacktestJob) => Promise<BacktestSums>;

/** Levels of one step: some seconds of computing, after which progress is noted. */
const levelsAtOnce = 25;
const deadlineMs = 2 * minuteMs;

/**
 * Goes on with the oldest backtest of an organization: reads some levels, replays them with no transaction open, notes
 * sums and place. A worker that dies loses one step; of two workers at the same place one notes it.
 *
 * Reads demand, stock and settings; writes `policy_backtest`. Run twice: the second time goes on behind the first.
 *
 * @returns false = nothing is waiting
 */
export async function continueBacktest(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  run: RunBacktest,
): Promise<boolean> {
  const inOrganization = <T>(work: Parameters<typeof withOrganization<T>>[3]) =>
    withOrganization(ports.db, 'worker', organizationId, work, { isIdempotent: true, deadlineMs });
  const open = await inOrganization((sql) => findOpenBacktest(sql));
  if (open === null) return false;
  const at = ports.clock.now();
  try {
    await step(ports, open, inOrganization, run);
  } catch (error) {
    const code = codeOf(error);
    // A passing fault of the database or an end of the process is no fault of the backtest: it goes on where it stands.
    if (code !== null || (isAppError(error) && error.isRetryable)) throw error;
    const name = error instanceof Error ? error.name : 'unknown';
    ports.log.error({ organizationId, backtestId: open.backtestId, name }, 'a backtest was given up');
    await inOrganization((sql) => failBacktest(sql, open.backtestId, name, at));
  }
  return true;
}

async function step(
  ports: PipelinePorts,
  open: PolicyBacktestRow,
  inOrganization: <T>(work: Parameters<typeof withOrganization<T>>[3]) => Promise<T>,
  run: RunBacktest,
): Promise<void> {
  const at = ports.clock.now();
  const { keys, levels } = await inOrganization(async (sql) => {
    const listed = await listBacktestLevels(sql, open.input.filter, open.resumeAfter, levelsAtOnce);
    return { keys: listed, levels: await loadBacktestLevels(sql, listed, open.input, at) };
  });
  const sums = await run({ levels, from: open.input.from, to: open.input.to });
  const last = keys.at(-1);
  const progress = {
    sums: joinBacktests(open.sums ?? noBacktestSums, sums),
    doneLevels: open.doneLevels + keys.length,
    resumeAfter: last === undefined ? open.resumeAfter : `${last.itemId}/${last.warehouseId}`,
    isDone: keys.length < levelsAtOnce,
  };
  await inOrganization((sql) => noteBacktest(sql, open, progress, at));
}
