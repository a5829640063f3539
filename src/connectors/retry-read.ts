import { setTimeout as wait } from 'node:timers/promises';
import { AppError, isAppError } from '../shared/errors.ts';
import { hourMs, secondMs } from '../shared/time.ts';

/** How often and how patiently a read is repeated. */
export interface RetryPolicy {
  /** Attempts in all, ≥ 1. */
  attempts: number;
  /** Longest wait after the first failure, ms; doubles with each further one. */
  baseDelayMs: number;
  /** Longest wait at all, ms. */
  capDelayMs: number;
}

/**
 * Three attempts within about a second: a blip is bridged, an outage goes back to the schedule, which waits
 * longer and holds no lease meanwhile.
 */
export const defaultRetryPolicy: RetryPolicy = { attempts: 3, baseDelayMs: 250, capDelayMs: 2_000 };

/**
 * Repeats a read that failed in passing (`transient`, `deadline_exceeded`), with exponential waits of random
 * length. Only for calls that change nothing: a write may have taken effect although its answer was lost.
 * Everything else, `throttled` included, is thrown at once.
 *
 * @param attempt - one try; it checks the answer too, so that a broken answer counts as a failure
 */
export async function retryRead<T>(
  policy: RetryPolicy,
  signal: AbortSignal,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      const mayPass = isAppError(error, 'transient', 'deadline_exceeded');
      if (!mayPass || failures >= policy.attempts || signal.aborted) throw error;
      const longest = Math.min(policy.capDelayMs, policy.baseDelayMs * 2 ** (failures - 1));
      await waitAtMost(longest * Math.random(), signal);
    }
  }
}

async function waitAtMost(delayMs: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(delayMs, undefined, { signal });
  } catch (error) {
    throw new AppError('deadline_exceeded', 'the work was called off while waiting to repeat a read', {
      cause: error,
    });
  }
}

/**
 * Reads a `Retry-After` header: seconds or an HTTP date.
 *
 * @param now - real time, to which a date is compared
 * @returns ms between 1 s and 1 h (a platform may ask for nonsense); null when absent or unreadable
 * @example parseRetryAfter('120', new Date()) // 120000
 */
export function parseRetryAfter(header: string | null, now: Date): number | null {
  if (header === null) return null;
  const text = header.trim();
  // Date.parse would take many other things for a date, "-5" among them.
  if (!/^\d{1,12}$|^[A-Z][a-z]{2,8},? /.test(text)) return null;
  const asked = /^\d{1,12}$/.test(text) ? Number(text) * secondMs : Date.parse(text) - now.getTime();
  if (Number.isNaN(asked)) return null;
  return Math.min(hourMs, Math.max(secondMs, asked));
}
