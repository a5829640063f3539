import { useState } from 'react';
import { useQuery } from 'urql';
import { failureOf } from '../../api/failure.ts';
import { useSurroundings } from '../../boot.tsx';
import { SuggestionsDocument } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useRefreshing } from '../../live/use-refreshing.ts';
import { SearchField, SelectField } from '../../parts/fields.tsx';
import { Card, PageHead } from '../../parts/page-head.tsx';
import { EmptyState, FailureState, LoadingState } from '../../parts/states.tsx';
import { useUrlFilters } from '../../parts/use-url-filters.ts';
import { DecideDialog, type PendingDecision } from './decide-dialog.tsx';
import { GuardNote } from './guard-note.tsx';
import { suggestionFilterValues, toSuggestionFilter } from './suggestion-filters.ts';
import { SuggestionLine } from './suggestion-line.tsx';
import { Transfers } from './transfers.tsx';
import { WhatIf } from './what-if.tsx';
import './suggestions.css';

/** Rows at first and at most. */
const rowsFirst = 30;
const rowsMax = 200;

/** What to order and list, with its reasons; decided by people, never by itself. */
export function Suggestions() {
  const { t } = useLocale();
  const format = useFormat();
  const { viewer, warehouses } = useSurroundings();
  const { filters, set, clear, hasAny } = useUrlFilters(suggestionFilterValues);
  const [first, setFirst] = useState(rowsFirst);
  /** Grows with every decision, so that lists are read again. */
  const [decided, setDecided] = useState(0);
  const [pending, setPending] = useState<PendingDecision | null>(null);
  const [{ data, error, fetching }, ask] = useQuery({
    query: SuggestionsDocument,
    variables: {
      filter: toSuggestionFilter(filters),
      orderBy: [{ field: 'URGENCY', direction: 'DESC', nulls: 'LAST' }],
      first,
    },
  });
  const read = () => ask({ requestPolicy: 'network-only' });
  useRefreshing(read);
  const list = data?.replenishmentSuggestions;
  const total = list?.totalCount;
  return (
    <>
      <PageHead
        title={t.suggestions.title}
        note={
          total === undefined
            ? ' '
            : t.suggestions.count(`${total.precision === 'EXACT' ? '' : '≥ '}${format.count(total.value)}`)
        }
      />
      {data !== undefined && <GuardNote guard={data.suggestionGuard} onReleased={read} />}
      <div className="stack">
        <Card title={t.suggestions.replenishment} note={t.suggestions.never}>
          <search className="filters">
            <SelectField
              label={t.alerts.state}
              name="state"
              value={filters.state}
              onChange={(value) => set('state', value)}
              options={[
                ['', t.suggestions.states.OPEN],
                ...suggestionFilterValues.state.map((name) => [name, t.suggestions.states[name]] as const),
              ]}
            />
            <SelectField
              label={t.alerts.kind}
              name="kind"
              value={filters.kind}
              onChange={(value) => set('kind', value)}
              options={[['', t.alerts.all], ...Object.entries(t.suggestions.kinds)]}
            />
            <SelectField
              label={t.alerts.warehouse}
              name="warehouse"
              value={filters.warehouse}
              onChange={(value) => set('warehouse', value)}
              options={[
                ['', t.alerts.all],
                ...warehouses.nodes.map(({ code, name }) => [code, name] as const),
              ]}
            />
            <SelectField
              label={t.suggestions.due}
              name="due"
              value={filters.due}
              onChange={(value) => set('due', value)}
              options={[
                ['', t.alerts.all],
                ['yes', t.suggestions.dueNow],
              ]}
            />
            <SearchField
              label={t.alerts.search}
              name="sku"
              value={filters.sku}
              hint={t.alerts.searchHint}
              onChange={(value) => set('sku', value)}
            />
            {hasAny && (
              <button type="button" onClick={clear}>
                {t.states.clearFilters}
              </button>
            )}
          </search>
          {list === undefined ? (
            error === undefined ? (
              <LoadingState rows={8} />
            ) : (
              <FailureState failure={failureOf(error)} onRetry={read} onClear={clear} />
            )
          ) : list.nodes.length === 0 ? (
            <EmptyState icon="check" title={t.suggestions.empty} help={t.suggestions.emptyHelp} />
          ) : (
            <ol className="suggestions">
              {list.nodes.map((row) => (
                <SuggestionLine
                  key={row.id}
                  row={row}
                  mayDecide={viewer.scopes.includes('WRITE_STOCK')}
                  onDecide={(decision) =>
                    setPending({ decision, row, isTransfer: false, place: row.warehouse.name })
                  }
                />
              ))}
            </ol>
          )}
          {list?.pageInfo.hasNextPage === true && first < rowsMax && (
            <p className="more">
              <button type="button" onClick={() => setFirst(rowsMax)} disabled={fetching}>
                {t.alerts.more}
              </button>
            </p>
          )}
        </Card>
        <Transfers
          round={decided}
          onDecide={(decision, row) =>
            setPending({
              ...{ decision, row, isTransfer: true },
              place: `${row.donor.warehouse.name} → ${row.receiver.warehouse.name}`,
            })
          }
        />
        <WhatIf />
      </div>
      {pending !== null && (
        <DecideDialog
          pending={pending}
          onClose={() => {
            setPending(null);
            setDecided((before) => before + 1);
            read();
          }}
        />
      )}
    </>
  );
}
