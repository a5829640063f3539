import { dayMs, hourMs } from '../shared/time.ts';

/**
 * How far a quantity can be trusted.
 * FRESH: confirmed lately. STALE: not confirmed for {@link freshAgeMsMax}. UNKNOWN: not confirmed for
 * {@link knownAgeMsMax}. SUSPECT: the last reading was implausible; the value is the last good one.
 */
export type DataState = 'FRESH' | 'STALE' | 'SUSPECT' | 'UNKNOWN';

/**
 * A level confirmed within this is fresh, ms. A shop is swept whole at least once a day, so a level that nothing
 * confirmed for a day and a quarter missed its sweep.
 */
export const freshAgeMsMax = 30 * hourMs;

/** Beyond this nobody can say what is on the shelf: a week of sales has passed unseen, ms. */
export const knownAgeMsMax = 7 * dayMs;

/**
 * How far a level can be trusted now, from when its source last confirmed it. A stale level keeps its value and
 * its alerts: age alone neither fires nor resolves.
 *
 * @param isSuspect - the last reading was held back as implausible
 * @param ageMs - business time since the last confirmation, ms; negative (a clock ahead) counts as 0
 * @returns bounds belong to the better state: exactly 30 hours is still FRESH, exactly 7 days still STALE
 * @example classifyDataState(false, 31 * hourMs) // 'STALE'
 */
export function classifyDataState(isSuspect: boolean, ageMs: number): DataState {
  if (isSuspect) return 'SUSPECT';
  if (ageMs > knownAgeMsMax) return 'UNKNOWN';
  return ageMs > freshAgeMsMax ? 'STALE' : 'FRESH';
}
