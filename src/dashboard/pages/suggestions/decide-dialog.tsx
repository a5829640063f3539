import { useEffect, useRef, useState } from 'react';
import { useMutation } from 'urql';
import { problemOf } from '../../api/failure.ts';
import {
  SuggestionDecideDocument,
  type SuggestionDecideInput,
  type SuggestionDecision,
  type SuggestionRowFragment,
  TransferDecideDocument,
} from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';

/** What somebody is about to decide. */
export interface PendingDecision {
  readonly decision: SuggestionDecision;
  /** True = goods to move, false = goods to order or to list. */
  readonly isTransfer: boolean;
  readonly row: Pick<SuggestionRowFragment, 'id' | 'quantity' | 'item'>;
  /** Where, in words. */
  readonly place: string;
}

/** What the server takes as a reason, characters. */
const reasonMax = 500;
/** Days for which a dismissed suggestion stays silent. */
const silences = [7, 14, 30, 90] as const;

/** Asks for the quantity and the reason, then decides; what was refused stays open with the server's words. */
export function DecideDialog({ pending, onClose }: { pending: PendingDecision; onClose: () => void }) {
  const { t } = useLocale();
  const { decision, isTransfer, row, place } = pending;
  const dialog = useRef<HTMLDialogElement>(null);
  const [quantity, setQuantity] = useState(row.quantity);
  const [reason, setReason] = useState('');
  const [silentDays, setSilentDays] = useState<number>(silences[0]);
  const [problem, setProblem] = useState<string | null>(null);
  const [{ fetching: isDeciding }, decide] = useMutation(SuggestionDecideDocument);
  const [{ fetching: isDecidingTransfer }, decideTransfer] = useMutation(TransferDecideDocument);
  useEffect(() => dialog.current?.showModal(), []);

  const act = async () => {
    setProblem(null);
    const input: SuggestionDecideInput = {
      id: row.id,
      decision,
      idempotencyKey: crypto.randomUUID(),
      expectedQuantity: row.quantity,
      ...(reason.trim() === '' ? {} : { reason: reason.trim() }),
      ...(decision === 'APPROVE' && quantity !== row.quantity ? { quantity } : {}),
      ...(decision === 'DISMISS' ? { silentDays } : {}),
    };
    const answer = isTransfer
      ? await decideTransfer({ input }).then(
          ({ data, error }) => [data?.transferSuggestionDecide, error] as const,
        )
      : await decide({ input }).then(
          ({ data, error }) => [data?.replenishmentSuggestionDecide, error] as const,
        );
    const [payload, error] = answer;
    const found = problemOf(error, t, payload?.userErrors);
    if (found === null) dialog.current?.close();
    else setProblem(found);
  };

  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="decide-title">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void act();
        }}
      >
        <div>
          <h2 id="decide-title">{t.suggestions.decisions[decision]}</h2>
          <p className="note">
            {row.item.title} · {place}
          </p>
        </div>
        {decision === 'APPROVE' && (
          <label className="field">
            <span>{t.suggestions.quantity(row.item.unit.code)}</span>
            <input
              name="quantity"
              type="number"
              min={0}
              step={row.item.unit.decimals === 0 ? 1 : 'any'}
              required
              value={quantity}
              onChange={(event) => setQuantity(event.target.value)}
            />
          </label>
        )}
        {decision === 'DISMISS' && (
          <label className="field">
            <span>{t.suggestions.silent}</span>
            <select
              name="silent"
              value={silentDays}
              onChange={(event) => setSilentDays(Number(event.target.value))}
            >
              {silences.map((days) => (
                <option key={days} value={days}>
                  {t.alerts.days(days)}
                </option>
              ))}
            </select>
          </label>
        )}
        <label className="field">
          <span>{t.suggestions.reason}</span>
          <textarea
            name="reason"
            rows={3}
            maxLength={reasonMax}
            value={reason}
            placeholder={t.suggestions.reasonHint}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        {problem !== null && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <div className="actions">
          <button type="button" onClick={() => dialog.current?.close()}>
            {t.alerts.cancel}
          </button>
          <button type="submit" className="primary" disabled={isDeciding || isDecidingTransfer}>
            {t.alerts.confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
}
