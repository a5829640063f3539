import { useCallback } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../api/failure.ts';
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
      error: Parameters<typeof failureOf>[0] | undefined,
      payload: { stockAlert: AlertRowFragment | null; userErrors: { message: string }[] } | undefined,
    ): ActionOutcome => {
      if (payload?.stockAlert) return { alert: payload.stockAlert, problem: null };
      const refusal = payload?.userErrors[0]?.message;
      if (refusal !== undefined) return { alert: null, problem: refusal };
      if (error === undefined) return { alert: null, problem: t.states.fault };
      const failure = failureOf(error);
      const kind = failure.kind === 'key' ? 'forbidden' : failure.kind;
      return { alert: null, problem: failure.message ?? t.states[kind] };
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
