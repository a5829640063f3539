import type { CallBudget } from '../connectors/marketplace.ts';
import type { Database } from '../db/client.ts';
import { type BudgetBucket, pauseCalls, takeCall } from '../db/queries/budget.ts';
import { AppError } from '../shared/errors.ts';
import { hourMs, secondMs } from '../shared/time.ts';

/** What a budget is made from. */
export interface CallBudgetOptions {
  readonly db: Database;
  /** The app's bucket and the shop's: a call takes from both. */
  readonly buckets: readonly BudgetBucket[];
  /** Longest wait inside one call, real time, ms: above it the shop is given back instead. Default 2 s. */
  readonly waitMsMax?: number;
  /** Pause when the platform does not say for how long, ms; doubled while it keeps refusing. Default 10 s. */
  readonly pauseMs?: number;
  /** Remembers pauses from one budget to the next; without it each budget begins anew. */
  readonly pauses?: PauseMemory;
  /** Monotonic, ms. Default: of the process. */
  readonly nowMs?: () => number;
  /** 0 to 1, for the jitter. Default Math.random. */
  readonly random?: () => number;
}

/** The pauses of one process, by the app's bucket: budgets come and go with every poll. */
export type PauseMemory = Map<string, { readonly inRow: number; readonly untilMs: number }>;

/** Reports from users of the platform: back-offs of 10 s doubling to 120 s end its throttling. */
const pauseMsDefault = 10 * secondMs;
const pauseMsMax = 120 * secondMs;
/** A refusal so long after the last pause is a new one: the platform had time to recover, ms. */
const calmMs = pauseMsMax;
/** A platform that asks for less than a second, or for days, is taken at these bounds. */
const givenMsMin = secondMs;
const givenMsMax = hourMs;
/** Workers that all wait for one pause must not all come back at once. */
const jitterShare = 0.2;

/**
 * The call budget of one shop: one bucket for the app and one for the shop, in the database, so that all workers
 * together keep to it. A pause holds for both: the platform throttles apps, not shops.
 */
export function createCallBudget(options: CallBudgetOptions): CallBudget {
  const waitMsMax = options.waitMsMax ?? 2 * secondMs;
  const random = options.random ?? Math.random;
  const pauses: PauseMemory = options.pauses ?? new Map();
  const nowMs = options.nowMs ?? (() => performance.now());
  const appKey = options.buckets[0]?.key ?? '';
  return {
    async take(signal) {
      for (let waitedMs = 0; ; ) {
        const waitMs = await takeCall(options.db, options.buckets);
        if (waitMs <= 0) break;
        if (waitedMs + waitMs > waitMsMax) {
          throw new AppError('throttled', 'the call budget is used up for now', { retryAfterMs: waitMs });
        }
        await sleep(waitMs, signal);
        waitedMs += waitMs;
      }
    },
    async pause(retryAfterMs) {
      const now = nowMs();
      const last = pauses.get(appKey) ?? { inRow: 0, untilMs: -Infinity };
      const isCalm = now > last.untilMs + calmMs;
      // Calls that were under way when the pause began are refused too: that is still the same pause.
      const inRow = isCalm ? 1 : now < last.untilMs ? last.inRow : Math.min(last.inRow + 1, 10);
      const unsaid = Math.min((options.pauseMs ?? pauseMsDefault) * 2 ** (inRow - 1), pauseMsMax);
      const asked = retryAfterMs === null ? unsaid : Math.min(Math.max(retryAfterMs, givenMsMin), givenMsMax);
      const pauseMs = asked * (1 + jitterShare * random());
      pauses.set(appKey, { inRow, untilMs: Math.max(last.untilMs, now + pauseMs) });
      const keys = options.buckets.map((bucket) => bucket.key);
      await pauseCalls(options.db, keys, pauseMs / 1000);
    },
  };
}

/** Waits, or stops waiting with the signal's reason. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
