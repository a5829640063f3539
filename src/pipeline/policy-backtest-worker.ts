import { parentPort } from 'node:worker_threads';
import { type BacktestJob, runBacktestJob } from '../domain/plan/backtest-job.ts';

// The thread of `startBacktester`: takes levels, answers with their sums.
parentPort?.on('message', (job: BacktestJob) => {
  parentPort?.postMessage(runBacktestJob(job));
});
