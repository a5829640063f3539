/** How a message that did not go out is tried again. */
export interface RetryPolicy {
  /** Wait after the first failure, ms. */
  readonly baseMs: number;
  /** Longest wait, ms. */
  readonly maxMs: number;
  /** Failures after which it is given up. */
  readonly attemptsMax: number;
}

/**
 * Wait before a message is tried again: doubled with every failure up to a bound, and spread, so that what failed
 * together does not come back together.
 *
 * @param attempts - failures so far, >= 1
 * @param policy - bounds
 * @param random - 0 to 1
 * @returns ms, between half of the bound and the bound; null = given up
 * @see full and equal jitter, AWS Architecture Blog, Exponential Backoff And Jitter
 * @example computeRetryMs(3, { baseMs: 5_000, maxMs: 900_000, attemptsMax: 20 }, 1) // 20000
 */
export function computeRetryMs(attempts: number, policy: RetryPolicy, random: number): number | null {
  if (attempts >= policy.attemptsMax) return null;
  const boundMs = Math.min(policy.baseMs * 2 ** (attempts - 1), policy.maxMs);
  return Math.round(boundMs / 2 + (boundMs / 2) * random);
}
