import { useState } from 'react';
import { useMutation } from 'urql';
import { failureOf } from '../../api/failure.ts';
import { AlertRuleSaveDocument, type AlertRuleUpsertInput } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';

/** What was refused: of one setting by its name, or as a whole under an empty name. */
type RuleProblems = ReadonlyMap<string, string>;

/** Saves a rule; what was refused is told by setting, in the user's language. */
export function useRuleSave(onDone: () => void) {
  const { t } = useLocale();
  const [{ fetching: isSaving }, save] = useMutation(AlertRuleSaveDocument);
  const [problems, setProblems] = useState<RuleProblems>(new Map());
  return {
    isSaving,
    problems,
    refuse: (message: string) => setProblems(new Map([['', message]])),
    async save(input: Omit<AlertRuleUpsertInput, 'idempotencyKey'>) {
      setProblems(new Map());
      const { data, error } = await save({ input: { ...input, idempotencyKey: crypto.randomUUID() } });
      const refusals = data?.alertRuleUpsert.userErrors ?? [];
      if (error !== undefined) {
        const failure = failureOf(error);
        const kind = failure.kind === 'key' ? 'forbidden' : failure.kind;
        setProblems(new Map([['', failure.message ?? t.states[kind]]]));
      } else if (refusals.length > 0) {
        setProblems(
          new Map(
            refusals.map(({ path, message }) => [path?.[1] === 'settings' ? (path[2] ?? '') : '', message]),
          ),
        );
      } else onDone();
    },
  };
}
