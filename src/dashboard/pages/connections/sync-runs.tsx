import { useEffect, useMemo, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { failureOf } from '../../api/failure.ts';
import { SyncRunChangesDocument, type SyncRunRowFragment, SyncRunsDocument } from '../../gql/documents.ts';
import { missing } from '../../i18n/format.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label, streamName } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useBusinessTime } from '../../live/business-time.tsx';
import { follow } from '../../live/follow.ts';
import { ToneBadge } from '../../parts/badges.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState, FailureState, LoadingState } from '../../parts/states.tsx';

/** Runs that are shown. */
const runsMax = 12;

const tones = { RUNNING: 'quiet', SUCCEEDED: 'good', FAILED: 'bad', INTERRUPTED: 'warn' } as const;

/** What was read and is being read, newest first, live. */
export function SyncRuns() {
  const { t } = useLocale();
  const client = useClient();
  const [isQuiet, setQuiet] = useState(true);
  const variables = useMemo(
    () => ({ first: runsMax, ...(isQuiet ? { filter: { not: { kind: { eq: 'HINTS' as const } } } } : {}) }),
    [isQuiet],
  );
  const [{ data, error }, ask] = useQuery({
    query: SyncRunsDocument,
    variables,
    requestPolicy: 'network-only',
  });
  const [live, setLive] = useState<ReadonlyMap<string, SyncRunRowFragment>>(new Map());
  useEffect(
    () =>
      follow({
        client,
        document: SyncRunChangesDocument,
        variables: () => ({}),
        onData: ({ syncRunChanged }) =>
          setLive((before) => {
            const next = new Map(before).set(syncRunChanged.id, syncRunChanged);
            // The oldest go first: a map keeps the order in which its keys came.
            for (const id of next.keys()) {
              if (next.size <= 200) break;
              next.delete(id);
            }
            return next;
          }),
      }),
    [client],
  );
  const runs = useMemo(() => {
    const rows = new Map((data?.syncRuns.nodes ?? []).map((run) => [run.id, run]));
    for (const [id, run] of live) if (!isQuiet || run.kind !== 'HINTS') rows.set(id, run);
    return [...rows.values()]
      .sort((one, other) => Date.parse(other.startedAt) - Date.parse(one.startedAt))
      .slice(0, runsMax);
  }, [data, live, isQuiet]);
  return (
    <Card
      title={t.connections.runs}
      actions={
        <label className="tick">
          <input type="checkbox" checked={isQuiet} onChange={(event) => setQuiet(event.target.checked)} />
          <span>{t.connections.hideHints}</span>
        </label>
      }
    >
      {data === undefined && runs.length === 0 ? (
        error === undefined ? (
          <LoadingState rows={6} />
        ) : (
          <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
        )
      ) : runs.length === 0 ? (
        <EmptyState icon="refresh" title={t.connections.noRuns} help={t.connections.noRunsHelp} />
      ) : (
        <RunTable runs={runs} />
      )}
    </Card>
  );
}

function RunTable({ runs }: { runs: readonly SyncRunRowFragment[] }) {
  const { t } = useLocale();
  const format = useFormat();
  const { now } = useBusinessTime();
  return (
    <DataTable
      label={t.connections.runs}
      rows={runs}
      keyOf={({ id }) => id}
      columns={[
        {
          title: t.connections.stream,
          cell: ({ stream, shop }) => (
            <>
              {streamName(t, stream)}
              <br />
              <small>{shop?.name ?? missing}</small>
            </>
          ),
        },
        { title: t.connections.kind, cell: ({ kind }) => label(t.runKind, kind) },
        {
          title: t.connections.state,
          cell: ({ state, errorMessage }) => (
            <>
              <ToneBadge tone={tones[state as keyof typeof tones] ?? 'quiet'}>
                {label(t.runState, state)}
              </ToneBadge>
              {errorMessage !== null && (
                <>
                  <br />
                  <small className="problem">{errorMessage}</small>
                </>
              )}
            </>
          ),
        },
        {
          title: t.connections.progress,
          cell: ({ progress, state }) => {
            const share = state === 'SUCCEEDED' ? 1 : progress;
            return share === null ? (
              missing
            ) : (
              <span className="progress" role="img" aria-label={format.percent(share)}>
                <span style={{ inlineSize: `${share * 100}%` }} />
              </span>
            );
          },
        },
        {
          title: t.connections.rows,
          isNumber: true,
          cell: ({ rowCount, rowCountExpected }) =>
            rowCountExpected === null || rowCountExpected < rowCount
              ? format.count(rowCount)
              : t.connections.rowsOf(format.count(rowCount), format.count(rowCountExpected)),
        },
        {
          title: t.connections.changed,
          isNumber: true,
          cell: ({ changedCount }) => format.count(changedCount),
        },
        {
          title: t.connections.quarantined,
          isNumber: true,
          cell: ({ quarantinedCount }) => format.count(quarantinedCount),
        },
        { title: t.connections.started, cell: ({ startedAt }) => format.dateTime(startedAt) },
        {
          title: t.connections.took,
          isNumber: true,
          cell: ({ startedAt, finishedAt }) =>
            format.duration(
              Math.max(
                0,
                ((finishedAt === null ? now() : Date.parse(finishedAt)) - Date.parse(startedAt)) / 1000,
              ),
            ),
        },
      ]}
    />
  );
}
