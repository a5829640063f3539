import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AlertMemory,
  type AlertReading,
  type AlertStep,
  decideAlert,
  flappingFrom,
  isFiring,
  mayContinue,
} from '../../../src/domain/alert/alert-life.ts';

const nine = new Date('2026-03-10T09:00:00Z');
const later = (minutes: number): Date => new Date(nine.getTime() + minutes * 60_000);
const rule = (changes: Partial<Parameters<typeof decideAlert>[2]> = {}) => ({
  fireAfterMinutes: 0,
  resolveAfterMinutes: 0,
  reopenWithinMinutes: 10,
  escalateAfterMinutes: 0,
  ...changes,
});
const raised: AlertReading = { kind: 'RAISED', severity: 'WARNING' };
const critical: AlertReading = { kind: 'RAISED', severity: 'CRITICAL' };
const clear: AlertReading = { kind: 'CLEAR' };
const near: AlertReading = { kind: 'NEAR' };
const held: AlertReading = { kind: 'HELD' };
const over: AlertReading = { kind: 'OVER' };
const awaited: AlertReading = { kind: 'AWAITED' };
const spokenFor: AlertReading = { kind: 'SPOKEN_FOR', isClear: false };

const known = (changes: Partial<AlertMemory> = {}): AlertMemory => ({
  state: 'FIRING',
  severity: 'WARNING',
  pendingSince: null,
  clearSince: null,
  firedAt: nine,
  resolvedAt: null,
  isAcknowledged: false,
  acknowledgedUntil: null,
  snoozedUntil: null,
  reopenCount: 0,
  dueAt: null,
  ...changes,
});

/** Takes steps at one instant until nothing is due. */
function settle(
  memory: AlertMemory | null,
  reading: AlertReading,
  durations: Parameters<typeof decideAlert>[2],
  at: Date,
): { memory: AlertMemory | null; steps: AlertStep[] } {
  const steps: AlertStep[] = [];
  let now = memory;
  for (let step = decideAlert(now, reading, durations, at); step !== null; ) {
    steps.push(step);
    now = step.next;
    if (steps.length > 5) throw new Error('does not settle');
    step = decideAlert(now, reading, durations, at);
  }
  return { memory: now, steps };
}

describe('decideAlert', () => {
  it('repeats the example: ten minutes until it fires', () => {
    const ten = rule({ fireAfterMinutes: 10 });
    const first = decideAlert(null, raised, ten, nine);
    expect(first).toMatchObject({ reason: 'PENDING', next: { state: 'PENDING', dueAt: later(10) } });
    expect(decideAlert(first!.next, raised, ten, later(9))).toBeNull();
    expect(decideAlert(first!.next, raised, ten, later(10))).toMatchObject({
      reason: 'OPENED',
      next: { state: 'FIRING', firedAt: later(10), dueAt: null },
    });
    // Any break starts anew, also one that is only near the line.
    expect(decideAlert(first!.next, near, ten, later(5))).toMatchObject({ reason: 'RESOLVED' });
  });

  it('ends after being clear for long enough, and a break starts anew', () => {
    const ten = rule({ resolveAfterMinutes: 10 });
    const waiting = decideAlert(known(), clear, ten, later(1));
    expect(waiting).toMatchObject({ reason: null, next: { clearSince: later(1), dueAt: later(11) } });
    expect(decideAlert(waiting!.next, clear, ten, later(10))).toBeNull();
    expect(decideAlert(waiting!.next, near, ten, later(5))).toMatchObject({
      reason: null,
      next: { clearSince: null, dueAt: null },
    });
    expect(decideAlert(waiting!.next, clear, ten, later(11))).toMatchObject({
      reason: 'RESOLVED',
      next: { resolvedAt: later(11), dueAt: null },
    });
  });

  it('continues the same alert within the window, with what people did to it', () => {
    const gone = known({
      ...{ state: 'RESOLVED', resolvedAt: later(1), clearSince: later(1) },
      isAcknowledged: true,
    });
    expect(decideAlert(gone, raised, rule(), later(10))).toMatchObject({
      reason: 'REOPENED',
      next: { state: 'ACKNOWLEDGED', reopenCount: 1, resolvedAt: null },
    });
    expect(decideAlert({ ...gone, acknowledgedUntil: later(5) }, raised, rule(), later(10))).toMatchObject({
      next: { state: 'FIRING', isAcknowledged: false },
    });
    expect(decideAlert({ ...gone, snoozedUntil: later(30) }, raised, rule(), later(10))).toMatchObject({
      next: { state: 'SNOOZED' },
    });
    // At the end of the window it is another one.
    expect(mayContinue(gone, { reopenWithinMinutes: 10 }, later(10))).toBe(true);
    expect(mayContinue(gone, { reopenWithinMinutes: 10 }, later(11))).toBe(false);
    expect(mayContinue(known(), { reopenWithinMinutes: 0 }, later(99))).toBe(true);
    expect(decideAlert(gone, raised, rule(), later(11))).toMatchObject({
      reason: 'OPENED',
      next: { reopenCount: 0, isAcknowledged: false },
    });
  });

  it('damps what flaps: it must stay clear for the window', () => {
    const flapping = known({ reopenCount: flappingFrom });
    expect(decideAlert(flapping, clear, rule(), later(1))).toMatchObject({ reason: null });
    const waiting = known({ reopenCount: flappingFrom, clearSince: later(1) });
    expect(decideAlert(waiting, clear, rule(), later(11))).toMatchObject({ reason: 'RESOLVED' });
  });

  it('gets worse with the reading and with time, never better', () => {
    expect(decideAlert(known(), critical, rule(), later(1))).toMatchObject({
      reason: 'ESCALATED',
      next: { severity: 'CRITICAL' },
    });
    expect(decideAlert(known({ severity: 'CRITICAL' }), raised, rule(), later(1))).toBeNull();
    const hourly = rule({ escalateAfterMinutes: 60 });
    expect(decideAlert(known(), near, hourly, later(59))).toMatchObject({
      reason: null,
      next: { dueAt: later(60) },
    });
    expect(decideAlert(known(), near, hourly, later(60))).toMatchObject({ reason: 'ESCALATED' });
    expect(
      decideAlert(known({ state: 'ACKNOWLEDGED', isAcknowledged: true }), raised, hourly, later(60)),
    ).toBeNull();
  });

  it('lets a person’s times run out, also while held', () => {
    const snoozed = known({ state: 'SNOOZED', snoozedUntil: later(5), isAcknowledged: true });
    expect(decideAlert(snoozed, held, rule(), later(5))).toMatchObject({
      reason: 'UNSNOOZED',
      next: { state: 'ACKNOWLEDGED', snoozedUntil: null },
    });
    const taken = known({ state: 'ACKNOWLEDGED', isAcknowledged: true, acknowledgedUntil: later(5) });
    expect(decideAlert(taken, raised, rule(), later(5))).toMatchObject({
      reason: 'ACKNOWLEDGEMENT_EXPIRED',
      next: { state: 'FIRING', isAcknowledged: false },
    });
  });

  it('gives its place to a stronger one at once, and says so', () => {
    const ten = rule({ fireAfterMinutes: 10, resolveAfterMinutes: 10 });
    expect(decideAlert(null, spokenFor, ten, later(1))).toBeNull();
    expect(
      decideAlert(known({ state: 'SNOOZED', snoozedUntil: later(20) }), spokenFor, ten, later(1)),
    ).toMatchObject({
      reason: 'SUPERSEDED',
      next: { state: 'RESOLVED', resolvedAt: later(1), dueAt: null },
    });
    const waiting = known({ state: 'PENDING', firedAt: null, pendingSince: nine });
    expect(decideAlert(waiting, spokenFor, ten, later(1))).toMatchObject({
      reason: 'SUPERSEDED',
      next: { state: 'RESOLVED' },
    });
    // What is clear by itself got better; it need not wait to say so.
    const spokenForAndClear: AlertReading = { kind: 'SPOKEN_FOR', isClear: true };
    for (const memory of [known(), waiting, known({ reopenCount: flappingFrom })]) {
      const ended = decideAlert(memory, spokenForAndClear, ten, later(1))!;
      expect(ended).toMatchObject({ reason: 'RESOLVED', next: { state: 'RESOLVED', clearSince: later(1) } });
    }
  });

  it('goes on as the same alert once the stronger one is over, and that is no flapping', () => {
    const superseded = decideAlert(known({ reopenCount: 2 }), spokenFor, rule(), later(1))!.next;
    expect(decideAlert(superseded, raised, rule(), later(6))).toMatchObject({
      reason: 'REOPENED',
      next: { state: 'FIRING', reopenCount: 2 },
    });
    // Also when it has to hold for a while first; and not with its rule switched off and on.
    const five = rule({ fireAfterMinutes: 5 });
    const waiting = decideAlert(superseded, raised, five, later(2))!.next;
    expect(decideAlert(waiting, raised, five, later(7))).toMatchObject({
      reason: 'REOPENED',
      next: { reopenCount: 2 },
    });
    const off = decideAlert(known(), over, rule(), later(1))!.next;
    expect(decideAlert(off, raised, rule(), later(2))?.next.reopenCount).toBe(0);
  });

  it('counts every return from being clear, whatever it waited for in between', () => {
    const gone = decideAlert(known(), clear, rule(), later(1))!.next;
    expect(decideAlert(gone, raised, rule(), later(2))?.next.reopenCount).toBe(1);
    const five = rule({ fireAfterMinutes: 5 });
    const waiting = decideAlert(gone, raised, five, later(2))!.next;
    expect(waiting.dueAt).toEqual(later(7));
    const superseded = decideAlert(waiting, spokenFor, five, later(3))!.next;
    const again = decideAlert(superseded, raised, five, later(4))!.next;
    expect(decideAlert(again, raised, five, later(9))?.next.reopenCount).toBe(1);
  });

  it('neither fires nor resolves while it waits for a plan, and measures on afterwards', () => {
    const ten = rule({ fireAfterMinutes: 10, resolveAfterMinutes: 10 });
    const pending = decideAlert(null, raised, ten, nine)!.next;
    const waiting = decideAlert(pending, awaited, ten, later(10))!;
    expect(waiting).toMatchObject({ reason: null, next: { state: 'PENDING', dueAt: null } });
    expect(decideAlert(waiting.next, raised, ten, later(11))?.reason).toBe('OPENED');
    const clearing = decideAlert(known(), clear, ten, later(1))!.next;
    const put = decideAlert(clearing, awaited, ten, later(11))!;
    expect(put).toMatchObject({ reason: null, next: { state: 'FIRING', dueAt: null } });
    expect(decideAlert(put.next, clear, ten, later(12))?.reason).toBe('RESOLVED');
  });

  it('neither fires nor resolves while held, and measures anew afterwards', () => {
    const ten = rule({ fireAfterMinutes: 10, resolveAfterMinutes: 10 });
    const pending = known({ state: 'PENDING', firedAt: null, pendingSince: nine, dueAt: later(10) });
    const paused = decideAlert(pending, held, ten, later(11));
    expect(paused).toMatchObject({
      reason: null,
      next: { state: 'PENDING', pendingSince: null, dueAt: null },
    });
    expect(decideAlert(paused!.next, raised, ten, later(12))).toMatchObject({
      reason: null,
      next: { pendingSince: later(12) },
    });
    const clearing = known({ clearSince: nine });
    expect(decideAlert(clearing, held, ten, later(30))).toMatchObject({
      reason: null,
      next: { clearSince: null },
    });
  });
});

describe('every combination of state, reading and elapsed time', () => {
  const readings = { raised, critical, near, clear, held, awaited, over, spokenFor };
  const memories: Record<string, AlertMemory | null> = {
    none: null,
    pending: known({ state: 'PENDING', firedAt: null, pendingSince: nine }),
    'pending, paused': known({ state: 'PENDING', firedAt: null }),
    firing: known(),
    'firing, clearing': known({ clearSince: nine }),
    acknowledged: known({ state: 'ACKNOWLEDGED', isAcknowledged: true }),
    'acknowledged for a time': known({
      ...{ state: 'ACKNOWLEDGED', isAcknowledged: true },
      acknowledgedUntil: later(20),
    }),
    snoozed: known({ state: 'SNOOZED', snoozedUntil: later(20) }),
    'snoozed, clearing': known({ state: 'SNOOZED', snoozedUntil: later(20), clearSince: nine }),
    resolved: known({ state: 'RESOLVED', resolvedAt: nine }),
  };
  // 10 minutes to fire and to resolve, 15 to come back, 30 to get worse.
  const durations = rule({
    ...{ fireAfterMinutes: 10, resolveAfterMinutes: 10 },
    ...{ reopenWithinMinutes: 15, escalateAfterMinutes: 30 },
  });
  /** What is expected, by a reading of the documented table of its own: the state after 0, 10, 20 and 30 minutes. */
  const expected: Record<string, Record<Exclude<keyof typeof readings, 'spokenFor' | 'awaited'>, string>> = {
    none: {
      raised: 'P P P P',
      critical: 'P P P P',
      near: '- - - -',
      clear: '- - - -',
      held: '- - - -',
      over: '- - - -',
    },
    pending: {
      raised: 'P F F F',
      critical: 'P F F F',
      near: 'R R R R',
      clear: 'R R R R',
      held: 'P P P P',
      over: 'R R R R',
    },
    'pending, paused': {
      ...{ raised: 'P P P P', critical: 'P P P P', near: 'R R R R' },
      ...{ clear: 'R R R R', held: 'P P P P', over: 'R R R R' },
    },
    firing: {
      raised: 'F F F F',
      critical: 'F F F F',
      near: 'F F F F',
      clear: 'F F F F',
      held: 'F F F F',
      over: 'R R R R',
    },
    'firing, clearing': {
      ...{ raised: 'F F F F', critical: 'F F F F', near: 'F F F F' },
      ...{ clear: 'F R R R', held: 'F F F F', over: 'R R R R' },
    },
    acknowledged: {
      raised: 'A A A A',
      critical: 'A A A A',
      near: 'A A A A',
      clear: 'A A A A',
      held: 'A A A A',
      over: 'R R R R',
    },
    'acknowledged for a time': {
      ...{ raised: 'A A F F', critical: 'A A F F', near: 'A A F F' },
      ...{ clear: 'A A F F', held: 'A A F F', over: 'R R R R' },
    },
    snoozed: {
      raised: 'S S F F',
      critical: 'S S F F',
      near: 'S S F F',
      clear: 'S S F F',
      held: 'S S F F',
      over: 'R R R R',
    },
    'snoozed, clearing': {
      ...{ raised: 'S S F F', critical: 'S S F F', near: 'S S F F' },
      ...{ clear: 'S R R R', held: 'S S F F', over: 'R R R R' },
    },
    resolved: {
      raised: 'P P P P',
      critical: 'P P P P',
      near: 'R R R R',
      clear: 'R R R R',
      held: 'R R R R',
      over: 'R R R R',
    },
  };
  const letter = (memory: AlertMemory | null): string => memory?.state.charAt(0) ?? '-';

  for (const [name, memory] of Object.entries(memories)) {
    for (const [what, reading] of Object.entries(readings)) {
      it(`${name}, ${what}`, () => {
        const states = [0, 10, 20, 30].map((minutes) => {
          const { memory: now, steps } = settle(memory, reading, durations, later(minutes));
          // What is open knows its next instant, and no step goes without a change.
          for (const step of steps) expect(step.next === memory).toBe(false);
          expect(decideAlert(now, reading, durations, later(minutes))).toBeNull();
          return letter(now);
        });
        // Whose place another takes ends like one that nobody watches; why, the reason tells. What is awaited stays
        // like what is held; whether its time goes on, shows afterwards.
        const like: Record<string, string> = { spokenFor: 'over', awaited: 'held' };
        const row = (like[what] ?? what) as keyof (typeof expected)[string];
        expect(states.join(' ')).toBe(expected[name]![row]);
      });
    }
  }

  it('reopens or opens anew by the window', () => {
    const gone = memories.resolved!;
    expect(decideAlert(gone, raised, durations, later(14))?.next.firedAt).toEqual(nine);
    expect(decideAlert(gone, raised, durations, later(15))?.next.firedAt).toBeNull();
  });
});

/** A series of readings, one per minute. */
const seriesOf = (...readings: AlertReading[]) =>
  fc.array(fc.constantFrom(...readings), { minLength: 1, maxLength: 120 });
const series = seriesOf(raised, critical, near, clear, held);
const minutesUpTo = (max: number) => fc.integer({ min: 0, max });
const anyRule = fc.record({
  fireAfterMinutes: minutesUpTo(6),
  resolveAfterMinutes: minutesUpTo(6),
  reopenWithinMinutes: minutesUpTo(20),
  escalateAfterMinutes: minutesUpTo(20),
});

describe('noisy series', () => {
  it('never change state more often than the minimum durations allow', () => {
    fc.assert(
      fc.property(series, anyRule, (readings, durations) => {
        let memory: AlertMemory | null = null;
        let firedAt: number | null = null;
        let resolvedAt: number | null = null;
        readings.forEach((reading, minute) => {
          const before: AlertMemory | null = memory;
          memory = settle(memory, reading, durations, later(minute)).memory;
          const was = before !== null && isFiring(before.state);
          const is = memory !== null && isFiring(memory.state);
          if (!was && is) {
            // It was raised all along for the minimum duration, and not sooner after it had ended.
            const since = Math.max(minute - durations.fireAfterMinutes, 0);
            expect(readings.slice(since, minute + 1).every(({ kind }) => kind === 'RAISED')).toBe(true);
            if (resolvedAt !== null)
              expect(minute - resolvedAt).toBeGreaterThanOrEqual(durations.fireAfterMinutes);
            firedAt = minute;
          }
          if (was && !is) {
            const since = Math.max(minute - durations.resolveAfterMinutes, 0);
            expect(readings.slice(since, minute + 1).every(({ kind }) => kind === 'CLEAR')).toBe(true);
            if (firedAt !== null)
              expect(minute - firedAt).toBeGreaterThanOrEqual(durations.resolveAfterMinutes);
            resolvedAt = minute;
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  it('miss no crossing of sufficient length', () => {
    fc.assert(
      fc.property(series, anyRule, (readings, durations) => {
        let memory: AlertMemory | null = null;
        let raisedFor = 0;
        let clearFor = 0;
        readings.forEach((reading, minute) => {
          memory = settle(memory, reading, durations, later(minute)).memory;
          raisedFor = reading.kind === 'RAISED' ? raisedFor + 1 : 0;
          clearFor = reading.kind === 'CLEAR' ? clearFor + 1 : 0;
          if (raisedFor > durations.fireAfterMinutes) expect(isFiring(memory!.state)).toBe(true);
          const isOpen = memory !== null && memory.state !== 'RESOLVED';
          // What flaps must stay clear for the window instead.
          const longest = Math.max(durations.resolveAfterMinutes, durations.reopenWithinMinutes);
          const wait = (memory?.reopenCount ?? 0) >= flappingFrom ? longest : durations.resolveAfterMinutes;
          if (clearFor > wait) expect(isOpen).toBe(false);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('flap by being clear only, however often a stronger one takes the place', () => {
    fc.assert(
      fc.property(seriesOf(raised, near, clear, held, spokenFor, over), anyRule, (readings, durations) => {
        let memory: AlertMemory | null = null;
        // Ended by being clear, or broken off while it waited, since it last fired.
        let wasGone = false;
        readings.forEach((reading, minute) => {
          const before: number = memory?.reopenCount ?? 0;
          const { memory: now, steps } = settle(memory, reading, durations, later(minute));
          const reasons = steps.map(({ reason }) => reason);
          if (reasons.includes('RESOLVED') && reading.kind !== 'OVER') wasGone = true;
          if (reasons.includes('REOPENED')) expect(now!.reopenCount - before).toBe(wasGone ? 1 : 0);
          if (now !== null && isFiring(now.state)) wasGone = false;
          memory = now;
        });
      }),
      { numRuns: 150 },
    );
  });

  it('has one due time and keeps it: looking only then comes to the same states as looking every minute', () => {
    fc.assert(
      fc.property(series, anyRule, (readings, durations) => {
        let eager: AlertMemory | null = null;
        let lazy: AlertMemory | null = null;
        let last: AlertReading | null = null;
        readings.forEach((reading, minute) => {
          const at = later(minute);
          eager = settle(eager, reading, durations, at).memory;
          const due: Date | null = lazy?.dueAt ?? null;
          const isLooked = JSON.stringify(reading) !== JSON.stringify(last) || (due !== null && due <= at);
          if (isLooked) lazy = settle(lazy, reading, durations, at).memory;
          last = reading;
          expect(lazy?.state ?? null).toBe(eager?.state ?? null);
        });
      }),
      { numRuns: 150 },
    );
  });
});
