import { useQuery } from 'urql';
import { failureOf } from '../../api/failure.ts';
import { SuggestionWhyDocument, TransferWhyDocument } from '../../gql/documents.ts';
import { ExplanationTables, type ShownExplanation } from '../../parts/explanation-tables.tsx';
import { FailureState, LoadingState } from '../../parts/states.tsx';

/** How a suggested purchase or listing quantity came about. */
export function SuggestionWhy({ id }: { id: string }) {
  const [{ data, error }] = useQuery({ query: SuggestionWhyDocument, variables: { id } });
  const node = data?.node ?? null;
  if (node?.__typename === 'ReplenishmentSuggestion') return <Why explanation={node.explanation} />;
  return error === undefined ? <LoadingState rows={3} /> : <FailureState failure={failureOf(error)} />;
}

/** How a suggested transfer came about. */
export function TransferWhy({ id }: { id: string }) {
  const [{ data, error }] = useQuery({ query: TransferWhyDocument, variables: { id } });
  const node = data?.node ?? null;
  if (node?.__typename === 'TransferSuggestion') return <Why explanation={node.explanation} />;
  return error === undefined ? <LoadingState rows={3} /> : <FailureState failure={failureOf(error)} />;
}

function Why({ explanation }: { explanation: ShownExplanation & { readonly text: string } }) {
  return (
    <div className="why">
      <p>{explanation.text}</p>
      <div className="why-tables">
        <ExplanationTables explanation={explanation} />
      </div>
    </div>
  );
}
