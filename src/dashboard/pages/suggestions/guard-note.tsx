import { useState } from 'react';
import { useMutation } from 'urql';
import { Link } from 'wouter';
import { problemOf } from '../../api/failure.ts';
import { useSurroundings } from '../../boot.tsx';
import { SuggestionGuardReleaseDocument, type SuggestionsQuery } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { Icon } from '../../parts/icon.tsx';

/** Says what the guard holds because it jumped, and lets all of it go when everything is held. */
export function GuardNote(props: { guard: SuggestionsQuery['suggestionGuard']; onReleased: () => void }) {
  const { t } = useLocale();
  const format = useFormat();
  const { viewer } = useSurroundings();
  const [, release] = useMutation(SuggestionGuardReleaseDocument);
  const [problem, setProblem] = useState<string | null>(null);
  const { guard, onReleased } = props;
  if (guard.heldCount === 0) return null;
  return (
    <p className="guard-note" role="status">
      <Icon name="warning" size={18} />
      <span>
        {(guard.isHeld ? t.suggestions.allHeld : t.suggestions.someHeld)(
          format.count(guard.heldCount),
          format.count(guard.judgedCount),
        )}
        {problem !== null && <span className="problem"> {problem}</span>}
      </span>
      <Link href="/suggestions?state=HELD">{t.suggestions.showHeld}</Link>
      {guard.isHeld && viewer.scopes.includes('WRITE_STOCK') && (
        <button
          type="button"
          onClick={async () => {
            const { data, error } = await release({ input: { idempotencyKey: crypto.randomUUID() } });
            setProblem(problemOf(error, t, data?.suggestionGuardRelease.userErrors));
            onReleased();
          }}
        >
          {t.suggestions.releaseAll}
        </button>
      )}
    </p>
  );
}
