import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { avoidRush, computeDueAt } from '../../../src/domain/notification/due-time.ts';
import { endOfQuietHours } from '../../../src/domain/notification/quiet-hours.ts';
import { computeRetryMs } from '../../../src/domain/notification/retry.ts';

const night = { from: '22:00', to: '07:00', timeZone: 'Asia/Shanghai' };
const open = {
  ...{ digestMinutes: 0, timeZone: 'Asia/Shanghai' },
  ...{ quietHours: null, quietExceptSeverity: null },
} as const;

describe('quiet hours', () => {
  it('end in the morning of their zone', () => {
    expect(endOfQuietHours(new Date('2026-03-10T15:30:00Z'), night)).toEqual(
      new Date('2026-03-10T23:00:00Z'),
    );
  });

  it.each([
    ['begin at their first minute', '2026-03-10T14:00:00Z', '2026-03-10T23:00:00.000Z'],
    ['have not begun the minute before', '2026-03-10T13:59:59Z', undefined],
    ['last until their last minute', '2026-03-10T22:59:59Z', '2026-03-10T23:00:00.000Z'],
    ['are over at their end', '2026-03-10T23:00:00Z', undefined],
  ])('%s', (_name, at, end) => {
    expect(endOfQuietHours(new Date(at), night)?.toISOString()).toBe(end);
  });

  it('follow the wall clock through a night in which clocks are moved', () => {
    const berlin = { ...night, timeZone: 'Europe/Berlin' };
    // 2026-03-29: 02:00 becomes 03:00, so 07:00 is 05:00 UTC; the evening before still was UTC+1.
    expect(endOfQuietHours(new Date('2026-03-28T21:30:00Z'), berlin)).toEqual(
      new Date('2026-03-29T05:00:00Z'),
    );
    // 2026-10-25: 03:00 becomes 02:00 again.
    expect(endOfQuietHours(new Date('2026-10-24T20:30:00Z'), berlin)).toEqual(
      new Date('2026-10-25T06:00:00Z'),
    );
  });

  it('within one day, and none at all', () => {
    const noon = { from: '12:00', to: '13:30', timeZone: 'UTC' };
    expect(endOfQuietHours(new Date('2026-03-10T12:10:00Z'), noon)).toEqual(new Date('2026-03-10T13:30:00Z'));
    expect(endOfQuietHours(new Date('2026-03-10T12:00:00Z'), { ...noon, to: '12:00' })).toBeNull();
  });

  it('always end at a minute that is not quiet, within a day and an hour', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
    const zone = fc.constantFrom(
      'Asia/Shanghai',
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kathmandu',
      'UTC',
    );
    const instant = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2027-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, time, time, zone, (at, from, to, timeZone) => {
        const end = endOfQuietHours(at, { from, to, timeZone });
        if (end === null) return;
        expect(end.getTime()).toBeGreaterThan(at.getTime());
        expect(end.getTime() - at.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
        expect(endOfQuietHours(end, { from, to, timeZone })).toBeNull();
      }),
      { numRuns: 60 },
    );
  });
});

describe('due times', () => {
  const at = new Date('2026-03-10T10:02:00Z');

  it('at once, or at the end of the window that all share', () => {
    expect(computeDueAt(at, open, 'INFO', 'IMMEDIATE')).toEqual({ dueAt: at, reason: 'IMMEDIATE' });
    expect(computeDueAt(at, { ...open, digestMinutes: 5 }, 'WARNING', 'IMMEDIATE')).toEqual({
      dueAt: new Date('2026-03-10T10:05:00Z'),
      reason: 'DIGEST_WINDOW',
    });
  });

  it.each([
    // 10:02 UTC is 18:02 in Shanghai, 15:32 in Kolkata, 06:02 in New York (summer time since two days ago).
    [720, 'Asia/Shanghai', '12:00'],
    [1_440, 'Asia/Shanghai', '00:00'],
    [1_440, 'Asia/Kolkata', '02:30'],
    [60, 'Asia/Kolkata', '10:30'],
    [240, 'America/New_York', '12:00'],
    [1_440, 'America/New_York', '12:00'],
    // The last window of a day ends where the first one begins.
    [1_000, 'America/New_York', '12:00'],
  ])('windows of %d minutes are counted from 08:00 in %s', (digestMinutes, timeZone, time) => {
    const { dueAt } = computeDueAt(at, { ...open, digestMinutes, timeZone }, 'INFO', 'IMMEDIATE');
    expect(dueAt.toISOString().slice(11, 16)).toBe(time);
    expect(computeDueAt(dueAt, { ...open, digestMinutes, timeZone }, 'INFO', 'IMMEDIATE').dueAt).toEqual(
      dueAt,
    );
  });

  it('wait for the morning unless the alert is bad enough', () => {
    const quiet = { ...open, quietHours: night, quietExceptSeverity: 'CRITICAL' as const };
    const late = new Date('2026-03-10T15:30:00Z');
    expect(computeDueAt(late, quiet, 'WARNING', 'IMMEDIATE')).toEqual({
      dueAt: new Date('2026-03-10T23:00:00Z'),
      reason: 'QUIET_HOURS',
    });
    expect(computeDueAt(late, quiet, 'CRITICAL', 'IMMEDIATE')).toEqual({ dueAt: late, reason: 'IMMEDIATE' });
  });
});

describe('the rush of full and half hours', () => {
  it.each([
    ['11:00', '11:03'],
    ['10:30', '10:33'],
    ['10:32', '10:33'],
    ['10:33', '10:33'],
    ['10:59', '10:59'],
  ])('%s becomes %s for Feishu', (time, moved) => {
    const due = { dueAt: new Date(`2026-03-10T${time}:00Z`), reason: 'QUIET_HOURS' } as const;
    expect(avoidRush('FEISHU', due).dueAt).toEqual(new Date(`2026-03-10T${moved}:00Z`));
    expect(avoidRush('DINGTALK', due)).toEqual(due);
    expect(avoidRush('FEISHU', { ...due, reason: 'IMMEDIATE' }).dueAt).toEqual(due.dueAt);
  });
});

describe('repetitions', () => {
  const policy = { baseMs: 5_000, maxMs: 900_000, attemptsMax: 20 };

  it('wait twice as long each time, up to a bound, and end', () => {
    expect(computeRetryMs(3, policy, 1)).toBe(20_000);
    expect(computeRetryMs(3, policy, 0)).toBe(10_000);
    expect(computeRetryMs(19, policy, 1)).toBe(900_000);
    expect(computeRetryMs(20, policy, 1)).toBeNull();
  });
});
