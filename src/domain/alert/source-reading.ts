import { minuteMs } from '../../shared/time.ts';
import type { AlertReading } from './alert-life.ts';
import type { AlertRuleSettings, Severity, SourceAlertKind } from './alert-rule.ts';

/** A shop or feed as the rules see it. Instants are business time. */
export interface WatchedSource {
  /** When a page of it was last read without a fault; since it was connected when none ever was. */
  readonly lastReadAt: Date;
  /** Readings in a row that failed, of the stream that fares worst. */
  readonly failedCount: number;
  /** False: not connected, not authorized, or it may read nothing. */
  readonly isConnected: boolean;
  /** Levels of it whose newest reading is held back as implausible. */
  readonly suspectCount: number;
  /** All its levels. */
  readonly levelCount: number;
}

/** From this many readings held back on, or from this share of all, the source as a whole is not believed. */
const massSuspectCount = 20;
const massSuspectShare = 0.5;
/** One or two levels of a tiny shop are no mass. */
const massSuspectMin = 3;

/**
 * Whether so many readings of a source are implausible that the fault is the source's: then its believable readings
 * are not acted on either.
 *
 * @param source - its levels and those held back
 * @returns true from 20 held back on, or from half of all levels when these are at least 3
 * @see a sudden zero for many articles is a fault of the source far more often than a sell-out
 * @example isMassSuspect({ suspectCount: 3, levelCount: 5 }) // true
 */
export function isMassSuspect({
  suspectCount,
  levelCount,
}: Pick<WatchedSource, 'suspectCount' | 'levelCount'>): boolean {
  if (suspectCount >= massSuspectCount) return true;
  return suspectCount >= massSuspectMin && suspectCount >= levelCount * massSuspectShare;
}

/**
 * Whether a source was not read for longer than its rule allows.
 *
 * @param source - when it was read
 * @param ageMinutesMax - business minutes, > 0
 * @param at - business time
 * @returns exactly the allowed age is not stale yet
 * @see missing data read as recovery: grafana#105571, prometheus#14085
 * @example isStale({ lastReadAt: noon }, 360, sixOClock) // false: six hours to the minute
 */
export function isStale(source: Pick<WatchedSource, 'lastReadAt'>, ageMinutesMax: number, at: Date): boolean {
  return at.getTime() - source.lastReadAt.getTime() > ageMinutesMax * minuteMs;
}

/**
 * What a rule reads off a source. SYNC_FAILED speaks for SOURCE_STALE and the other way round, whichever fired first:
 * one fault is one alert.
 *
 * @param kind - of the rule
 * @param source - as it stands now
 * @param rule - what holds for it
 * @param more.ageMinutesMax - of SOURCE_STALE: a failing source gets CRITICAL when its data is that old
 * @param more.isOtherFiring - whether the other of SYNC_FAILED and SOURCE_STALE fires
 * @param at - business time
 * @returns SYNC_FAILED holds from `countMin` failures in a row on, or without a connection; SOURCE_STALE above
 *   `ageMinutesMax`; SOURCE_SUSPECT from `countMin` held readings on, CRITICAL when they are a mass. Clear is whatever
 *   does not hold, but a failing source is clear only after a reading that worked
 * @see {@link isStale}, {@link isMassSuspect}
 * @example judgeSource('SYNC_FAILED', { ...source, failedCount: 3 }, rule, more, now).kind // 'RAISED'
 */
export function judgeSource(
  kind: SourceAlertKind,
  source: WatchedSource,
  rule: AlertRuleSettings,
  more: { readonly ageMinutesMax: number; readonly isOtherFiring: boolean },
  at: Date,
): AlertReading {
  if (!rule.isEnabled) return { kind: 'OVER' };
  const raised = (isCritical: boolean): AlertReading => {
    const severity: Severity = isCritical ? 'CRITICAL' : rule.severity;
    return { kind: 'RAISED', severity };
  };
  if (kind === 'SOURCE_SUSPECT') {
    return source.suspectCount >= rule.countMin ? raised(isMassSuspect(source)) : { kind: 'CLEAR' };
  }
  if (more.isOtherFiring) return { kind: 'HELD' };
  if (kind === 'SOURCE_STALE') {
    return isStale(source, rule.ageMinutesMax, at) ? raised(false) : { kind: 'CLEAR' };
  }
  if (!source.isConnected || source.failedCount >= rule.countMin) {
    return raised(isStale(source, more.ageMinutesMax, at));
  }
  return { kind: source.failedCount === 0 ? 'CLEAR' : 'NEAR' };
}
