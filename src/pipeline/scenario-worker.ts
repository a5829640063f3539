import { parentPort } from 'node:worker_threads';
import {
  type PortfolioOutcome,
  runPortfolioJobs,
  runScenarioJobs,
  type ScenarioJob,
  type ScenarioOutcome,
} from '../domain/plan/scenario-job.ts';

/** Whole plans, or only what a portfolio adds up. */
export type ScenarioPart = 'plans' | 'portfolio';

/** What a thread is asked. */
export interface ScenarioRequest {
  readonly number: number;
  readonly part: ScenarioPart;
  readonly jobs: readonly ScenarioJob[];
}

/** What it answers. */
export type ScenarioAnswer =
  | { readonly number: number; readonly outcomes: (ScenarioOutcome | PortfolioOutcome)[] }
  | { readonly number: number; readonly error: unknown };

// A thread of `createScenarioThreads`: takes levels, answers under the same number with their plans in order.
parentPort?.on('message', ({ number, part, jobs }: ScenarioRequest) => {
  try {
    const outcomes = part === 'plans' ? runScenarioJobs(jobs) : runPortfolioJobs(jobs);
    parentPort?.postMessage({ number, outcomes } satisfies ScenarioAnswer);
  } catch (error) {
    // Other questions wait for this thread too: it must live on.
    parentPort?.postMessage({ number, error } satisfies ScenarioAnswer);
  }
});
