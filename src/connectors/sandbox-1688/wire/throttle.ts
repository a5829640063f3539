import type { Clock } from '../../../shared/time.ts';

/** Says whether one more call may pass now. */
export interface Throttle {
  take(key: string): boolean;
}

/**
 * Token bucket per key (an app), filled in real time, holding at most one second's calls.
 *
 * @param callsPerSecond - in real time, > 0; Infinity = never throttles
 */
export function createThrottle(callsPerSecond: number, realClock: Clock): Throttle {
  const buckets = new Map<string, { calls: number; at: number }>();
  const capacity = Math.max(1, callsPerSecond);
  return {
    take(key) {
      if (!Number.isFinite(callsPerSecond)) return true;
      const now = realClock.now().getTime();
      const bucket = buckets.get(key) ?? { calls: capacity, at: now };
      bucket.calls = Math.min(capacity, bucket.calls + ((now - bucket.at) / 1_000) * callsPerSecond);
      bucket.at = now;
      buckets.set(key, bucket);
      if (bucket.calls < 1) return false;
      bucket.calls -= 1;
      return true;
    },
  };
}
