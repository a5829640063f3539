import { Worker } from 'node:worker_threads';
import {
  type LevelFault,
  type LevelJobs,
  type LevelOutcome,
  runLevelJobs,
} from '../domain/plan/level-job.ts';

/** Where levels are computed: threads beside the one that serves and polls. */
export interface PlanThreads {
  /** Computes all levels of a job, in order. @throws Error when a thread died */
  run(jobs: LevelJobs): Promise<(LevelOutcome | LevelFault)[]>;
  stop(): Promise<void>;
}

/** So few levels are computed faster here than they travel to a thread and back. */
const inlineLevelsMax = 20;

/**
 * Prepares threads; none is started before it is needed.
 *
 * @param threadsMax - 0 = compute everything on the calling thread
 */
export function createPlanThreads(threadsMax: number): PlanThreads {
  let workers: Worker[] = [];
  const start = () => new Worker(new URL('./plan-worker.ts', import.meta.url));
  const ask = (worker: Worker, jobs: LevelJobs) =>
    new Promise<(LevelOutcome | LevelFault)[]>((resolve, reject) => {
      const end = () => {
        worker.off('message', onMessage);
        worker.off('error', onError);
      };
      const onMessage = (outcomes: (LevelOutcome | LevelFault)[]) => {
        end();
        resolve(outcomes);
      };
      const onError = (error: unknown) => {
        end();
        workers = workers.filter((other) => other !== worker);
        reject(error);
      };
      worker.on('message', onMessage);
      worker.on('error', onError);
      worker.postMessage(jobs);
    });
  return {
    async run(jobs) {
      const { levels, groups } = jobs;
      if (threadsMax === 0 || levels.length <= inlineLevelsMax) return runLevelJobs(jobs);
      while (workers.length < threadsMax) workers.push(start());
      const share = Math.ceil(levels.length / workers.length);
      const parts = await Promise.all(
        workers.map((worker, i) => {
          const own = levels.slice(i * share, (i + 1) * share);
          return own.length === 0 ? [] : ask(worker, { levels: own, groups });
        }),
      );
      return parts.flat();
    },
    async stop() {
      const running = workers;
      workers = [];
      await Promise.all(running.map((worker) => worker.terminate()));
    },
  };
}
