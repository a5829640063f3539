import { minuteMs } from '../../shared/time.ts';
import type { AlertRuleSettings, Severity } from './alert-rule.ts';

/** States of an alert that is not over. */
type OpenAlertState = 'PENDING' | 'FIRING' | 'ACKNOWLEDGED' | 'SNOOZED';

/** What an alert remembers between two looks at it. Instants are business time. */
export interface AlertMemory {
  readonly state: OpenAlertState | 'RESOLVED';
  readonly severity: Severity;
  /** Since when the condition holds without a break, while PENDING; null = the time does not run. */
  readonly pendingSince: Date | null;
  /**
   * Since when it is clear without a break; null = it is not, or the time does not run. Of an alert that is over, and
   * while it waits to fire again: that it had ended by being clear; null = otherwise.
   */
  readonly clearSince: Date | null;
  /** When it last began to fire; null = it never did. */
  readonly firedAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly isAcknowledged: boolean;
  /** Null = until it is over. */
  readonly acknowledgedUntil: Date | null;
  readonly snoozedUntil: Date | null;
  readonly reopenCount: number;
  /** When time alone changes it; null = never. */
  readonly dueAt: Date | null;
}

/** What is to be seen now. */
export type AlertReading =
  /** The condition holds. */
  | { readonly kind: 'RAISED'; readonly severity: Severity }
  /** It does not hold, but is not recovered either. */
  | { readonly kind: 'NEAR' }
  | { readonly kind: 'CLEAR' }
  /** Nothing can be said: the source is stale or suspect. */
  | { readonly kind: 'HELD' }
  /** What it rests on is being computed anew, which takes seconds: until then what was said last stands. */
  | { readonly kind: 'AWAITED' }
  /** An alert of the same level that says more fires, whether or not its own condition is clear. */
  | { readonly kind: 'SPOKEN_FOR'; readonly isClear: boolean }
  /** There is nothing to watch: the rule is off, the level is not watched, its line is not known. */
  | { readonly kind: 'OVER' };

/** Why an alert changed by itself. */
type AlertStepReason =
  | 'PENDING'
  | 'OPENED'
  | 'REOPENED'
  | 'ESCALATED'
  | 'ACKNOWLEDGEMENT_EXPIRED'
  | 'UNSNOOZED'
  | 'SUPERSEDED'
  | 'RESOLVED';

/** One step of an alert; a null reason = only its memory changes, which is no event. */
export interface AlertStep {
  readonly reason: AlertStepReason | null;
  readonly next: AlertMemory;
}

type Durations = Pick<
  AlertRuleSettings,
  'fireAfterMinutes' | 'resolveAfterMinutes' | 'reopenWithinMinutes' | 'escalateAfterMinutes'
>;

/** From this many returns on an alert flaps: it then ends only after it was clear for the reopen window. */
export const flappingFrom = 5;

const severities: readonly Severity[] = ['INFO', 'WARNING', 'CRITICAL'];

/**
 * The transition function of every alert.
 *
 * Opens when the condition has held for the rule's minimum duration (PENDING meanwhile; any break starts anew) and
 * ends when it has been clear for the other minimum duration; between the two lines it stays. Coming back within the
 * reopen window continues the same alert, with its acknowledgement and snooze as far as they still run; one that came
 * back five times from being clear ends only after being clear for that window. It gets worse with the reading or, while
 * nobody takes it up, with time, and never better while open. HELD stops the minimum durations, which then begin anew;
 * AWAITED only puts off their end. A person's times run on. OVER ends it at once, and so does SPOKEN_FOR, under a reason
 * of its own unless it is clear: nothing got better, so that coming back from there is no flapping.
 *
 * @param memory - the open alert, or one resolved lately; null = none
 * @param reading - what is to be seen now
 * @param rule - its durations
 * @param at - business time, not before the last step
 * @returns the one step that is due, or null; applied again and again at the same instant it comes to null
 * @see separate recovery thresholds and minimum durations both ways: prometheus#6504, grafana#97731
 * @example
 * // a rule that fires after 10 minutes: RAISED at 09:00 is PENDING, RAISED at 09:10 fires
 * decideAlert(null, { kind: 'RAISED', severity: 'WARNING' }, rule, nine)?.next.state // 'PENDING'
 */
export function decideAlert(
  memory: AlertMemory | null,
  reading: AlertReading,
  rule: Durations,
  at: Date,
): AlertStep | null {
  const step =
    memory === null || memory.state === 'RESOLVED'
      ? open(memory, reading, rule, at)
      : memory.state === 'PENDING'
        ? wait(memory, reading, rule, at)
        : goOn(memory, reading, rule, at);
  if (step === null) return null;
  const next = { ...step.next, dueAt: findDueAt(step.next, reading, rule) };
  if (step.reason === null && memory !== null && isSame(memory, next)) return null;
  return { reason: step.reason, next };
}

/** Whether an alert disturbs: it fires, taken up or silenced or not. */
export function isFiring(state: AlertMemory['state']): boolean {
  return state === 'FIRING' || state === 'ACKNOWLEDGED' || state === 'SNOOZED';
}

/**
 * Whether a condition that comes back now continues an alert that is over, instead of beginning another one.
 *
 * @param at - business time, not before it ended
 * @returns true for an open alert, which goes on anyway; false from the end of the window on
 * @see a fresh message for every swing about the line: prometheus#6504
 * @example mayContinue({ ...alert, state: 'RESOLVED', resolvedAt: nine }, { reopenWithinMinutes: 10 }, tenPastNine) // false
 */
export function mayContinue(
  { state, resolvedAt }: Pick<AlertMemory, 'state' | 'resolvedAt'>,
  { reopenWithinMinutes }: Pick<Durations, 'reopenWithinMinutes'>,
  at: Date,
): boolean {
  return state !== 'RESOLVED' || (resolvedAt !== null && !hasPassed(resolvedAt, reopenWithinMinutes, at));
}

function open(
  memory: AlertMemory | null,
  reading: AlertReading,
  rule: Durations,
  at: Date,
): AlertStep | null {
  if (reading.kind !== 'RAISED') return null;
  const { severity } = reading;
  const isSameAlert = memory !== null && mayContinue(memory, rule, at);
  const base: AlertMemory = isSameAlert ? { ...memory, severity, resolvedAt: null } : { ...fresh, severity };
  if (rule.fireAfterMinutes === 0) return fire(base, at);
  return { reason: 'PENDING', next: { ...base, state: 'PENDING', pendingSince: at } };
}

const fresh: Omit<AlertMemory, 'severity'> = {
  state: 'PENDING',
  pendingSince: null,
  clearSince: null,
  firedAt: null,
  resolvedAt: null,
  isAcknowledged: false,
  acknowledgedUntil: null,
  snoozedUntil: null,
  reopenCount: 0,
  dueAt: null,
};

/** Begins to fire; what people did to the same alert before still counts while it runs. */
function fire(memory: AlertMemory, at: Date): AlertStep {
  const isAgain = memory.firedAt !== null;
  // Whose place a stronger one took, or whose rule was off, did not come and go.
  const isReturn = isAgain && memory.clearSince !== null;
  const isAcknowledged =
    memory.isAcknowledged && (memory.acknowledgedUntil === null || memory.acknowledgedUntil > at);
  const isSnoozed = memory.snoozedUntil !== null && memory.snoozedUntil > at;
  return {
    reason: isAgain ? 'REOPENED' : 'OPENED',
    next: {
      ...memory,
      state: isSnoozed ? 'SNOOZED' : isAcknowledged ? 'ACKNOWLEDGED' : 'FIRING',
      isAcknowledged,
      acknowledgedUntil: isAcknowledged ? memory.acknowledgedUntil : null,
      snoozedUntil: isSnoozed ? memory.snoozedUntil : null,
      pendingSince: null,
      clearSince: null,
      firedAt: at,
      reopenCount: memory.reopenCount + (isReturn ? 1 : 0),
    },
  };
}

function wait(memory: AlertMemory, reading: AlertReading, rule: Durations, at: Date): AlertStep {
  switch (reading.kind) {
    case 'RAISED': {
      const severity = worse(memory.severity, reading.severity);
      if (rule.fireAfterMinutes === 0 || hasPassed(memory.pendingSince, rule.fireAfterMinutes, at)) {
        return fire({ ...memory, severity }, at);
      }
      return { reason: null, next: { ...memory, severity, pendingSince: memory.pendingSince ?? at } };
    }
    case 'HELD':
      return { reason: null, next: { ...memory, pendingSince: null } };
    case 'AWAITED':
      return { reason: null, next: memory };
    case 'SPOKEN_FOR':
      return giveWay(memory, reading.isClear, at);
    case 'OVER':
      return end(memory, 'RESOLVED', at);
    default:
      return end({ ...memory, clearSince: at }, 'RESOLVED', at);
  }
}

function goOn(memory: AlertMemory, reading: AlertReading, rule: Durations, at: Date): AlertStep {
  switch (reading.kind) {
    case 'OVER':
      return end({ ...memory, clearSince: null }, 'RESOLVED', at);
    case 'SPOKEN_FOR':
      return giveWay({ ...memory, clearSince: null }, reading.isClear, at);
    case 'AWAITED':
      return endTimes(memory, at);
    case 'CLEAR': {
      const clearing = { ...memory, clearSince: memory.clearSince ?? at };
      const isLongEnough = hasPassed(clearing.clearSince, resolveMinutes(memory, rule), at);
      return isLongEnough ? end(clearing, 'RESOLVED', at) : endTimes(clearing, at);
    }
    default: {
      const held = { ...memory, clearSince: null };
      const ended = endTimes(held, at);
      if (ended.reason !== null || reading.kind === 'HELD') return ended;
      const read = reading.kind === 'RAISED' ? worse(memory.severity, reading.severity) : memory.severity;
      const severity = worse(read, severityByTime(memory, rule, at));
      if (severity === memory.severity) return ended;
      return { reason: 'ESCALATED', next: { ...held, severity } };
    }
  }
}

/** Ends at once; only what is clear got better. */
function giveWay(memory: AlertMemory, isClear: boolean, at: Date): AlertStep {
  return isClear ? end({ ...memory, clearSince: at }, 'RESOLVED', at) : end(memory, 'SUPERSEDED', at);
}

function end(memory: AlertMemory, reason: 'RESOLVED' | 'SUPERSEDED', at: Date): AlertStep {
  return { reason, next: { ...memory, state: 'RESOLVED', resolvedAt: at, pendingSince: null } };
}

/** A snooze or an acknowledgement whose time is over. */
function endTimes(memory: AlertMemory, at: Date): AlertStep {
  if (memory.state === 'SNOOZED' && memory.snoozedUntil !== null && memory.snoozedUntil <= at) {
    const state = memory.isAcknowledged ? 'ACKNOWLEDGED' : 'FIRING';
    return { reason: 'UNSNOOZED', next: { ...memory, state, snoozedUntil: null } };
  }
  if (
    memory.state === 'ACKNOWLEDGED' &&
    memory.acknowledgedUntil !== null &&
    memory.acknowledgedUntil <= at
  ) {
    const next: AlertMemory = { ...memory, state: 'FIRING', isAcknowledged: false, acknowledgedUntil: null };
    return { reason: 'ACKNOWLEDGEMENT_EXPIRED', next };
  }
  return { reason: null, next: memory };
}

/** What nobody takes up in time is critical. */
function severityByTime({ state, severity, firedAt }: AlertMemory, rule: Durations, at: Date): Severity {
  const mayEscalate = state === 'FIRING' && rule.escalateAfterMinutes > 0;
  return mayEscalate && hasPassed(firedAt, rule.escalateAfterMinutes, at) ? 'CRITICAL' : severity;
}

function resolveMinutes(memory: AlertMemory, rule: Durations): number {
  const isFlapping = memory.reopenCount >= flappingFrom;
  return isFlapping ? Math.max(rule.resolveAfterMinutes, rule.reopenWithinMinutes) : rule.resolveAfterMinutes;
}

function findDueAt(memory: AlertMemory, reading: AlertReading, rule: Durations): Date | null {
  if (memory.state === 'RESOLVED') return null;
  const after = (since: Date | null, minutes: number) =>
    since === null ? [] : [since.getTime() + minutes * minuteMs];
  const isRunning = reading.kind !== 'AWAITED';
  const times = [
    ...(memory.state === 'PENDING' && isRunning ? after(memory.pendingSince, rule.fireAfterMinutes) : []),
    ...(memory.state === 'SNOOZED' ? after(memory.snoozedUntil, 0) : []),
    ...(memory.state === 'ACKNOWLEDGED' ? after(memory.acknowledgedUntil, 0) : []),
    ...(isFiring(memory.state) && isRunning ? after(memory.clearSince, resolveMinutes(memory, rule)) : []),
  ];
  const mayEscalate = reading.kind === 'RAISED' || reading.kind === 'NEAR';
  if (memory.state === 'FIRING' && memory.severity !== 'CRITICAL' && mayEscalate) {
    if (rule.escalateAfterMinutes > 0) times.push(...after(memory.firedAt, rule.escalateAfterMinutes));
  }
  return times.length === 0 ? null : new Date(Math.min(...times));
}

function hasPassed(since: Date | null, minutes: number, at: Date): boolean {
  return since !== null && at.getTime() - since.getTime() >= minutes * minuteMs;
}

function worse(one: Severity, other: Severity): Severity {
  return severities.indexOf(one) >= severities.indexOf(other) ? one : other;
}

function isSame(one: AlertMemory, other: AlertMemory): boolean {
  const names = Object.keys(other) as (keyof AlertMemory)[];
  return names.every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]));
}
