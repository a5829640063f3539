import { useQuery } from 'urql';
import { failureOf } from '../../api/failure.ts';
import { QuarantineDocument } from '../../gql/documents.ts';
import { missing } from '../../i18n/format.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { streamName } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useRefreshing } from '../../live/use-refreshing.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState, FailureState, LoadingState } from '../../parts/states.tsx';

/** Rows that are shown, the newest. */
const rowsMax = 50;

/** Rows that could not be used, with their reasons. */
export function Quarantine() {
  const { t } = useLocale();
  const format = useFormat();
  const [{ data, error }, ask] = useQuery({ query: QuarantineDocument, variables: { first: rowsMax } });
  const read = () => ask({ requestPolicy: 'network-only' });
  useRefreshing(read);
  const rows = data?.quarantinedRows.nodes;
  return (
    <Card title={t.connections.quarantine} note={t.connections.quarantineHelp}>
      {rows === undefined ? (
        error === undefined ? (
          <LoadingState rows={3} />
        ) : (
          <FailureState failure={failureOf(error)} onRetry={read} />
        )
      ) : rows.length === 0 ? (
        <EmptyState icon="check" title={t.connections.noQuarantine} help={t.connections.noQuarantineHelp} />
      ) : (
        <DataTable
          label={t.connections.quarantine}
          rows={rows}
          keyOf={({ id }) => id}
          columns={[
            {
              title: t.connections.rowKey,
              cell: ({ rowKey, stream, shop }) => (
                <>
                  {rowKey}
                  <br />
                  <small>
                    {streamName(t, stream)} · {shop?.name ?? missing}
                  </small>
                </>
              ),
            },
            { title: t.connections.reason, cell: ({ reason }) => reason },
            { title: t.connections.times, isNumber: true, cell: ({ timesSeen }) => format.count(timesSeen) },
            { title: t.alerts.time, cell: ({ observedAt }) => format.dateTime(observedAt) },
            {
              title: t.connections.raw,
              cell: ({ raw }) => (
                <details>
                  <summary>{t.connections.raw}</summary>
                  <code>{raw}</code>
                </details>
              ),
            },
          ]}
        />
      )}
    </Card>
  );
}
