import { parentPort } from 'node:worker_threads';
import { runPortfolioJobs, runScenarioJobs, type ScenarioJob } from '../domain/plan/scenario-job.ts';

/** Whole plans, or only what a portfolio adds up. */
export type ScenarioPart = 'plans' | 'portfolio';

/** What a thread is asked. */
export interface ScenarioRequest {
  readonly number: number;
  readonly part: ScenarioPart;
  readonly jobs: readonly ScenarioJob[];
}

// A thread of `createScenarioThreads`: takes levels, answers under the same number with their plans in order.
parentPort?.on('message', ({ number, part, jobs }: ScenarioRequest) => {
  const outcomes = part === 'plans' ? runScenarioJobs(jobs) : runPortfolioJobs(jobs);
  parentPort?.postMessage({ number, outcomes });
});
