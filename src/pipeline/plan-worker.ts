import { parentPort } from 'node:worker_threads';
import { type LevelJobs, runLevelJobs } from '../domain/plan/level-job.ts';

// A thread of `createPlanThreads`: takes levels, answers with what became of them, in order.
parentPort?.on('message', (jobs: LevelJobs) => {
  parentPort?.postMessage(runLevelJobs(jobs));
});
