import { parentPort } from 'node:worker_threads';
import { runScenarioJobs, type ScenarioJob } from '../domain/plan/scenario-job.ts';

// A thread of `createScenarioThreads`: takes levels, answers under the same number with their plans in order.
parentPort?.on('message', ({ number, jobs }: { number: number; jobs: readonly ScenarioJob[] }) => {
  parentPort?.postMessage({ number, outcomes: runScenarioJobs(jobs) });
});
