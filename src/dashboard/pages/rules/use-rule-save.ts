import { useState } from 'react';
import { useMutation } from 'urql';
import { problemOf } from '../../api/failure.ts';
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
    refuse: (problem: string) => setProblems(new Map([['', problem]])),
    async save(input: Omit<AlertRuleUpsertInput, 'idempotencyKey'>) {
      setProblems(new Map());
      const { data, error } = await save({ input: { ...input, idempotencyKey: crypto.randomUUID() } });
      const refusals = data?.alertRuleUpsert.userErrors ?? [];
      const failure = problemOf(error, t);
      if (failure !== null) setProblems(new Map([['', failure]]));
      else if (refusals.length > 0) {
        setProblems(
          new Map(
            refusals.map(({ path, message }) => [path?.[1] === 'settings' ? (path[2] ?? '') : '', message]),
          ),
        );
      } else onDone();
    },
  };
}
