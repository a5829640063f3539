import { assertNever } from '../../shared/errors.ts';

/** What a person does about an open alert. */
export type AlertAction =
  /** `until` is business time; null = until it is over. */
  | { readonly kind: 'acknowledge'; readonly until: Date | null }
  /** `until` is business time. */
  | { readonly kind: 'snooze'; readonly until: Date }
  | { readonly kind: 'unsnooze' };

/** The states of an alert, over or not. */
export type ActedState = 'PENDING' | 'FIRING' | 'ACKNOWLEDGED' | 'SNOOZED' | 'RESOLVED';

/** What an action makes of an alert. */
export interface ActedAlert {
  readonly state: 'FIRING' | 'ACKNOWLEDGED' | 'SNOOZED';
  readonly reason: 'ACKNOWLEDGED' | 'SNOOZED' | 'UNSNOOZED';
  /** Null = not snoozed. */
  readonly snoozedUntil: Date | null;
  /** Null = until it is over; undefined = as it was. */
  readonly acknowledgedUntil: Date | null | undefined;
}

/**
 * What a person's action makes of an alert. Acknowledging ends a snooze; the end of a snooze brings back an
 * acknowledgement that was there before.
 *
 * @param state - where the alert stands
 * @param isAcknowledged - whether somebody had taken it up, also before a snooze
 * @returns null when the action does not fit the state: nothing can be done about a resolved alert, and only a
 *   snoozed one can be unsnoozed. Acknowledging twice and snoozing anew are allowed
 * @example
 * decideAlertAction('FIRING', false, { kind: 'acknowledge', until: null })?.state // 'ACKNOWLEDGED'
 * decideAlertAction('SNOOZED', true, { kind: 'unsnooze' })?.state // 'ACKNOWLEDGED'
 */
export function decideAlertAction(
  state: ActedState,
  isAcknowledged: boolean,
  action: AlertAction,
): ActedAlert | null {
  if (state === 'RESOLVED') return null;
  switch (action.kind) {
    case 'acknowledge':
      return {
        ...{ state: 'ACKNOWLEDGED', reason: 'ACKNOWLEDGED', snoozedUntil: null },
        acknowledgedUntil: action.until,
      };
    case 'snooze':
      return {
        ...{ state: 'SNOOZED', reason: 'SNOOZED', snoozedUntil: action.until },
        acknowledgedUntil: undefined,
      };
    case 'unsnooze':
      if (state !== 'SNOOZED') return null;
      return {
        ...{ state: isAcknowledged ? 'ACKNOWLEDGED' : 'FIRING', reason: 'UNSNOOZED', snoozedUntil: null },
        acknowledgedUntil: undefined,
      };
    default:
      return assertNever(action);
  }
}
