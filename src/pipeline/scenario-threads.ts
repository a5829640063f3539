import { Worker } from 'node:worker_threads';
import { runScenarioJobs, type ScenarioJob, type ScenarioOutcome } from '../domain/plan/scenario-job.ts';

/** Where what-if questions are computed, beside the thread that serves. */
interface ScenarioThreads {
  /** Plans all levels, in order; several questions may run at once. @throws Error when a thread died */
  run(jobs: readonly ScenarioJob[]): Promise<ScenarioOutcome[]>;
  stop(): Promise<void>;
}

/** So few levels are computed faster here than they travel to a thread and back. */
const inlineJobsMax = 8;

/** A thread with the questions it has not answered yet. */
interface Lane {
  readonly worker: Worker;
  readonly waiting: Map<number, { resolve(outcomes: ScenarioOutcome[]): void; reject(error: unknown): void }>;
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
    lane.worker.on('message', ({ number, outcomes }: { number: number; outcomes: ScenarioOutcome[] }) => {
      lane.waiting.get(number)?.resolve(outcomes);
      lane.waiting.delete(number);
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
  const ask = (lane: Lane, jobs: readonly ScenarioJob[]) =>
    new Promise<ScenarioOutcome[]>((resolve, reject) => {
      lastNumber += 1;
      lane.waiting.set(lastNumber, { resolve, reject });
      lane.worker.postMessage({ number: lastNumber, jobs });
    });
  return {
    async run(jobs) {
      if (threadsMax === 0 || jobs.length <= inlineJobsMax) return runScenarioJobs(jobs);
      while (lanes.length < threadsMax) lanes.push(start());
      const share = Math.ceil(jobs.length / lanes.length);
      const parts = await Promise.all(
        lanes.map((lane, i) => {
          const own = jobs.slice(i * share, (i + 1) * share);
          return own.length === 0 ? [] : ask(lane, own);
        }),
      );
      return parts.flat();
    },
    async stop() {
      const running = lanes;
      lanes = [];
      await Promise.all(running.map(({ worker }) => worker.terminate()));
    },
  };
}
