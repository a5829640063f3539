import { useEffect, useRef, useState } from 'react';
import type { AlertRowFragment } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import type { AlertActions } from '../../parts/alert-actions.ts';

/** What somebody is about to do, and to which alerts. */
export interface PendingAction {
  readonly kind: 'acknowledge' | 'snooze';
  readonly alerts: readonly AlertRowFragment[];
}

/** The lengths that people ask for, hours. */
const snoozeHours = [1, 4, 24, 72, 168] as const;
/** What the server takes as a note, characters. */
const noteMax = 500;

/** Asks for the note or the length, then acts; what was refused stays open with its reason. */
export function ActionDialog(props: {
  action: PendingAction;
  actions: AlertActions;
  onDone: (alert: AlertRowFragment) => void;
  onClose: () => void;
}) {
  const { t } = useLocale();
  const { action, actions, onDone, onClose } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [note, setNote] = useState('');
  const [hours, setHours] = useState<number>(snoozeHours[1]);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => dialog.current?.showModal(), []);

  const act = async () => {
    setBusy(true);
    setProblem(null);
    let lastProblem: string | null = null;
    for (const { id } of action.alerts) {
      const outcome = await (action.kind === 'acknowledge'
        ? actions.acknowledge(id, note)
        : actions.snooze(id, hours));
      if (outcome.alert === null) lastProblem = outcome.problem;
      else onDone(outcome.alert);
    }
    setBusy(false);
    if (lastProblem === null) dialog.current?.close();
    else setProblem(lastProblem);
  };

  const first = action.alerts[0];
  const names =
    action.alerts.length === 1 && first !== undefined
      ? [first.item?.title ?? first.shop?.name, first.warehouse?.name].filter(Boolean).join(' · ')
      : t.alerts.selected(action.alerts.length);
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="action-title">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void act();
        }}
      >
        <div>
          <h2 id="action-title">{t.alerts[action.kind]}</h2>
          <p className="note">{names}</p>
        </div>
        {action.kind === 'acknowledge' ? (
          <label className="field">
            <span>{t.alerts.note}</span>
            <textarea
              name="note"
              rows={3}
              maxLength={noteMax}
              value={note}
              placeholder={t.alerts.noteHint}
              onChange={(event) => setNote(event.target.value)}
            />
          </label>
        ) : (
          <label className="field">
            <span>{t.alerts.snoozeFor}</span>
            <select name="hours" value={hours} onChange={(event) => setHours(Number(event.target.value))}>
              {snoozeHours.map((length) => (
                <option key={length} value={length}>
                  {length < 24 ? t.alerts.hours(length) : t.alerts.days(length / 24)}
                </option>
              ))}
            </select>
          </label>
        )}
        {problem !== null && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <div className="actions">
          <button type="button" onClick={() => dialog.current?.close()}>
            {t.alerts.cancel}
          </button>
          <button type="submit" className="primary" disabled={isBusy}>
            {t.alerts.confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
}
