import { Worker } from 'node:worker_threads';
import {
  type PortfolioOutcome,
  runPortfolioJobs,
  runScenarioJobs,
  type ScenarioJob,
  type ScenarioOutcome,
} from '../domain/plan/scenario-job.ts';
import type { ScenarioAnswer, ScenarioPart, ScenarioRequest } from './scenario-worker.ts';

/** Where what-if questions are computed, beside the thread that serves. */
interface ScenarioThreads {
  /** Plans all levels, in order; several questions may run at once. @throws Error when a thread died */
  run(jobs: readonly ScenarioJob[]): Promise<ScenarioOutcome[]>;
  /** Of all levels only what a portfolio adds up, in order. @throws Error when a thread died */
  sum(jobs: readonly ScenarioJob[]): Promise<PortfolioOutcome[]>;
  stop(): Promise<void>;
}

/** So few levels are computed faster here than they travel to a thread and back. */
const inlineJobsMax = 8;

/** Outcomes of the part that was asked for. */
type Outcomes = (ScenarioOutcome | PortfolioOutcome)[];

/** A thread with the questions it has not answered yet. */
interface Lane {
  readonly worker: Worker;
  readonly waiting: Map<number, { resolve(outcomes: Outcomes): void; reject(error: unknown): void }>;
}

/**
 * Prepares threads; none is started before it is needed, and none keeps the process alive.
 *
 * @param threadsMax - 0 = compute everything on the calling thread
 */
export function createScenarioThreads(threadsMax: number): ScenarioThreads {
  let lanes: Lane[] = [];
  let lastNumber = 0;
  const start = (): Lane => {
    const lane: Lane = {
      worker: new Worker(new URL('./scenario-worker.ts', import.meta.url)),
      waiting: new Map(),
    };
    lane.worker.on('message', (answer: ScenarioAnswer) => {
      const asker = lane.waiting.get(answer.number);
      lane.waiting.delete(answer.number);
      if ('error' in answer) asker?.reject(answer.error);
      else asker?.resolve(answer.outcomes);
    });
    const fail = (error: unknown) => {
      lanes = lanes.filter((other) => other !== lane);
      for (const { reject } of lane.waiting.values()) reject(error);
      lane.waiting.clear();
    };
    lane.worker.on('error', fail);
    lane.worker.on('exit', () => fail(new Error('a thread for scenarios ended')));
    lane.worker.unref();
    return lane;
  };
  const ask = (lane: Lane, part: ScenarioPart, jobs: readonly ScenarioJob[]) =>
    new Promise<Outcomes>((resolve, reject) => {
      lastNumber += 1;
      lane.waiting.set(lastNumber, { resolve, reject });
      lane.worker.postMessage({ number: lastNumber, part, jobs } satisfies ScenarioRequest);
    });
  const share = async (part: ScenarioPart, jobs: readonly ScenarioJob[]): Promise<Outcomes> => {
    while (lanes.length < threadsMax) lanes.push(start());
    const size = Math.ceil(jobs.length / lanes.length);
    const parts = await Promise.all(
      lanes.map((lane, i) => {
        const own = jobs.slice(i * size, (i + 1) * size);
        return own.length === 0 ? [] : ask(lane, part, own);
      }),
    );
    return parts.flat();
  };
  const isSmall = (jobs: readonly ScenarioJob[]) => threadsMax === 0 || jobs.length <= inlineJobsMax;
  return {
    // A thread answers with the part that it was asked for.
    run: async (jobs) =>
      isSmall(jobs) ? runScenarioJobs(jobs) : ((await share('plans', jobs)) as ScenarioOutcome[]),
    sum: async (jobs) => (isSmall(jobs) ? runPortfolioJobs(jobs) : share('portfolio', jobs)),
    async stop() {
      const running = lanes;
      lanes = [];
      await Promise.all(running.map(({ worker }) => worker.terminate()));
    },
  };
}
