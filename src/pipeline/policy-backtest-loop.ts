import { Worker } from 'node:worker_threads';
import { loadWorkerOrganizations } from '../db/queries/lease.ts';
import { codeOf } from '../db/transaction.ts';
import type { BacktestJob } from '../domain/plan/backtest-job.ts';
import type { BacktestSums } from '../domain/plan/policy-backtest-sum.ts';
import { AppError } from '../shared/errors.ts';
import { continueBacktest } from './policy-backtest.ts';
import type { PipelinePorts } from './ports.ts';

/** The running backtester of one process. */
export interface Backtester {
  /** Cuts the step under way off; whoever comes next goes on where it began. */
  stop(): Promise<void>;
}

/**
 * Starts to run backtests that wait, one step after another, on one thread beside everything else. The thread is made
 * when there is something to do and ends when nothing is left.
 */
export function startBacktester(ports: PipelinePorts): Backtester {
  let thread: Worker | null = null;
  let isStopping = false;
  let wakeUp: () => void = () => {};
  const end = async () => {
    const running = thread;
    thread = null;
    await running?.terminate();
  };
  const run = (job: BacktestJob) =>
    new Promise<BacktestSums>((resolve, reject) => {
      thread ??= new Worker(new URL('./policy-backtest-worker.ts', import.meta.url));
      const worker = thread;
      const settle = (done: () => void) => {
        worker.removeAllListeners();
        done();
      };
      worker.once('message', (sums: BacktestSums) => settle(() => resolve(sums)));
      worker.once('error', (error) => {
        thread = null;
        settle(() => reject(error));
      });
      worker.once('exit', () => settle(() => reject(new AppError('transient', 'the thread ended'))));
      worker.postMessage(job);
    });
  const round = async (): Promise<boolean> => {
    let isBusy = false;
    for (const organizationId of await loadWorkerOrganizations(ports.db)) {
      if (isStopping) return false;
      if (await continueBacktest(ports, organizationId, run)) isBusy = true;
    }
    return isBusy;
  };
  const loop = (async () => {
    while (!isStopping) {
      let isBusy = false;
      try {
        isBusy = await round();
      } catch (error) {
        if (!isStopping) ports.log.warn({ code: codeOf(error) }, 'a backtest could not go on; trying again');
      }
      if (isBusy || isStopping) continue;
      await end();
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ports.settings.stageEveryMs);
        wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    async stop() {
      isStopping = true;
      wakeUp();
      await end();
      await loop;
    },
  };
}
