import { useQuery } from 'urql';
import { SnapshotsDocument } from '../../gql/documents.ts';
import { missing } from '../../i18n/format.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useRefreshing } from '../../live/use-refreshing.ts';
import { DataStateBadge } from '../../parts/badges.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState, LoadingState } from '../../parts/states.tsx';

/** Changes that fit. */
const rowsMax = 12;

/** What sources reported about an item, newest first. */
export function ItemSnapshots({ itemId }: { itemId: string }) {
  const { t } = useLocale();
  const format = useFormat();
  const [{ data }, ask] = useQuery({
    query: SnapshotsDocument,
    variables: { filter: { itemId: { eq: itemId } }, first: rowsMax },
  });
  useRefreshing(() => ask({ requestPolicy: 'network-only' }));
  const snapshots = data?.snapshots.nodes;
  return (
    <Card title={t.item.snapshots}>
      {snapshots === undefined ? (
        <LoadingState rows={6} />
      ) : snapshots.length === 0 ? (
        <EmptyState icon="clock" title={t.item.noSnapshots} />
      ) : (
        <DataTable
          label={t.item.snapshots}
          rows={snapshots}
          keyOf={({ observedAt, recordedAt, warehouse }) =>
            `${observedAt} ${recordedAt} ${warehouse?.id ?? ''}`
          }
          columns={[
            { title: t.alerts.time, cell: ({ observedAt }) => format.dateTime(observedAt) },
            { title: t.item.place, cell: ({ warehouse }) => warehouse?.name ?? missing },
            {
              title: t.items.available,
              isNumber: true,
              cell: ({ available, isSuspect }) => (
                <>
                  {format.quantity(available)} {isSuspect && <DataStateBadge state="SUSPECT" />}
                </>
              ),
            },
            { title: t.item.reserved, isNumber: true, cell: ({ reserved }) => format.quantity(reserved) },
            { title: t.item.snapshotSource, cell: ({ source }) => label(t.source, source) },
          ]}
        />
      )}
    </Card>
  );
}
