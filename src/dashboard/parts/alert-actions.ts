import { useCallback } from 'react';
import { type CombinedError, useMutation } from 'urql';
import { problemOf } from '../api/failure.ts';
import {
  AlertAcknowledgeDocument,
  type AlertRowFragment,
  AlertSnoozeDocument,
  AlertUnsnoozeDocument,
} from '../gql/documents.ts';
import { useLocale } from '../i18n/locale-context.tsx';
import { useBusinessTime } from '../live/business-time.tsx';

/** What became of an action: the alert as it is now, or why it was refused, in the user's language. */
type ActionOutcome =
  | { readonly alert: AlertRowFragment; readonly problem: null }
  | { readonly alert: null; readonly problem: string };

/** What can be done about an alert. */
export interface AlertActions {
  /** @param note - empty = none */
  acknowledge(id: string, note: string): Promise<ActionOutcome>;
  /** @param hours - of business time from now on */
  snooze(id: string, hours: number): Promise<ActionOutcome>;
  unsnooze(id: string): Promise<ActionOutcome>;
}

/** Acts on alerts. Each call carries a key of its own, so that a repeated request does nothing twice. */
export function useAlertActions(): AlertActions {
  const { t } = useLocale();
  const { now } = useBusinessTime();
  const [, acknowledge] = useMutation(AlertAcknowledgeDocument);
  const [, snooze] = useMutation(AlertSnoozeDocument);
  const [, unsnooze] = useMutation(AlertUnsnoozeDocument);
  const settle = useCallback(
    (
      error: CombinedError | undefined,
      payload: { stockAlert: AlertRowFragment | null; userErrors: { message: string }[] } | undefined,
    ): ActionOutcome => {
      if (payload?.stockAlert) return { alert: payload.stockAlert, problem: null };
      return { alert: null, problem: problemOf(error, t, payload?.userErrors) ?? t.states.fault };
    },
    [t],
  );
  return {
    async acknowledge(id, note) {
      const trimmed = note.trim();
      const { data, error } = await acknowledge({
        input: { id, idempotencyKey: crypto.randomUUID(), ...(trimmed === '' ? {} : { note: trimmed }) },
      });
      return settle(error, data?.stockAlertAcknowledge);
    },
    async snooze(id, hours) {
      const until = new Date(now() + hours * 3_600_000).toISOString();
      const { data, error } = await snooze({ input: { id, until, idempotencyKey: crypto.randomUUID() } });
      return settle(error, data?.stockAlertSnooze);
    },
    async unsnooze(id) {
      const { data, error } = await unsnooze({ input: { id, idempotencyKey: crypto.randomUUID() } });
      return settle(error, data?.stockAlertUnsnooze);
    },
  };
}
