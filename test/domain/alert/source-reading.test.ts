import { describe, expect, it } from 'vitest';
import { alertRuleDefaults, type SourceAlertKind } from '../../../src/domain/alert/alert-rule.ts';
import {
  isMassSuspect,
  isStale,
  judgeSource,
  type WatchedSource,
} from '../../../src/domain/alert/source-reading.ts';

const noon = new Date('2026-03-10T12:00:00Z');
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);
const source = (changes: Partial<WatchedSource> = {}): WatchedSource => ({
  ...{ lastReadAt: noon, failedCount: 0, isConnected: true, suspectCount: 0, levelCount: 100 },
  ...changes,
});
const read = (kind: SourceAlertKind, of: WatchedSource, minutes = 0, isOtherFiring = false) =>
  judgeSource(kind, of, alertRuleDefaults[kind], { ageMinutesMax: 360, isOtherFiring }, later(minutes));

describe('judgeSource', () => {
  it('is stale above six hours, not at them', () => {
    expect(isStale({ lastReadAt: noon }, 360, later(360))).toBe(false);
    expect(read('SOURCE_STALE', source(), 360)).toEqual({ kind: 'CLEAR' });
    expect(read('SOURCE_STALE', source(), 361)).toEqual({ kind: 'RAISED', severity: 'WARNING' });
  });

  it('fails from the third failure on, and is clear only after a reading that worked', () => {
    expect(read('SYNC_FAILED', source({ failedCount: 2 }))).toEqual({ kind: 'NEAR' });
    expect(read('SYNC_FAILED', source({ failedCount: 3 }))).toEqual({ kind: 'RAISED', severity: 'WARNING' });
    expect(read('SYNC_FAILED', source({ isConnected: false }))).toEqual({
      kind: 'RAISED',
      severity: 'WARNING',
    });
    expect(read('SYNC_FAILED', source({ failedCount: 3 }), 361)).toEqual({
      kind: 'RAISED',
      severity: 'CRITICAL',
    });
    expect(read('SYNC_FAILED', source())).toEqual({ kind: 'CLEAR' });
  });

  it('is one alert for one fault: whichever fired first speaks', () => {
    expect(read('SOURCE_STALE', source(), 999, true)).toEqual({ kind: 'HELD' });
    expect(read('SYNC_FAILED', source({ failedCount: 9 }), 999, true)).toEqual({ kind: 'HELD' });
  });

  it('is suspect from one held reading on, as a whole from a mass', () => {
    expect(read('SOURCE_SUSPECT', source())).toEqual({ kind: 'CLEAR' });
    expect(read('SOURCE_SUSPECT', source({ suspectCount: 1 }))).toEqual({
      kind: 'RAISED',
      severity: 'WARNING',
    });
    expect(read('SOURCE_SUSPECT', source({ suspectCount: 20 }))).toEqual({
      kind: 'RAISED',
      severity: 'CRITICAL',
    });
    expect(isMassSuspect({ suspectCount: 3, levelCount: 5 })).toBe(true);
    expect(isMassSuspect({ suspectCount: 2, levelCount: 2 })).toBe(false);
    expect(isMassSuspect({ suspectCount: 19, levelCount: 39 })).toBe(false);
  });

  it('ends when its rule is off', () => {
    for (const kind of ['SYNC_FAILED', 'SOURCE_STALE', 'SOURCE_SUSPECT'] as const) {
      const off = { ...alertRuleDefaults[kind], isEnabled: false };
      const bad = source({ failedCount: 9, suspectCount: 50 });
      expect(judgeSource(kind, bad, off, { ageMinutesMax: 1, isOtherFiring: false }, later(999)).kind).toBe(
        'OVER',
      );
    }
  });
});
