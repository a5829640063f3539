import { describe, expect, it } from 'vitest';
import { decideAlertAction } from '../../../src/domain/alert/alert-action.ts';

const until = new Date('2026-03-02T00:00:00Z');

describe('decideAlertAction', () => {
  it('takes up, silences and brings back', () => {
    expect(decideAlertAction('FIRING', false, { kind: 'acknowledge', until: null })?.state).toBe(
      'ACKNOWLEDGED',
    );
    expect(decideAlertAction('ACKNOWLEDGED', true, { kind: 'snooze', until })).toEqual({
      state: 'SNOOZED',
      reason: 'SNOOZED',
      snoozedUntil: until,
    });
    expect(decideAlertAction('SNOOZED', true, { kind: 'unsnooze' })?.state).toBe('ACKNOWLEDGED');
    expect(decideAlertAction('SNOOZED', false, { kind: 'unsnooze' })?.state).toBe('FIRING');
    expect(decideAlertAction('SNOOZED', false, { kind: 'acknowledge', until: null })).toMatchObject({
      snoozedUntil: null,
    });
  });

  it('does nothing about what is over, and unsnoozes only what is snoozed', () => {
    const actions = [
      { kind: 'acknowledge', until: null },
      { kind: 'snooze', until },
      { kind: 'unsnooze' },
    ] as const;
    for (const action of actions) expect(decideAlertAction('RESOLVED', true, action)).toBeNull();
    for (const state of ['PENDING', 'FIRING', 'ACKNOWLEDGED'] as const) {
      expect(decideAlertAction(state, true, { kind: 'unsnooze' })).toBeNull();
    }
  });
});
