import type { SuggestionDecision } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';

/** What can be decided in each state. */
const decisionsOf: Readonly<Record<string, readonly SuggestionDecision[]>> = {
  OPEN: ['DISMISS', 'APPROVE'],
  HELD: ['DISMISS', 'RELEASE'],
  APPROVED: ['CANCEL'],
};

/** The decisions that a suggestion waits for. */
export function SuggestionActions(props: {
  state: string;
  onDecide: (decision: SuggestionDecision) => void;
}) {
  const { t } = useLocale();
  return (
    <>
      {(decisionsOf[props.state] ?? []).map((decision) => (
        <button
          key={decision}
          type="button"
          className={decision === 'APPROVE' ? 'primary' : undefined}
          onClick={() => props.onDecide(decision)}
        >
          {t.suggestions.decisions[decision]}
        </button>
      ))}
    </>
  );
}
