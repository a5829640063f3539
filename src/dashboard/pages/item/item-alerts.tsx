import { useQuery } from 'urql';
import { ItemAlertsDocument } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useRefreshing } from '../../live/use-refreshing.ts';
import { alertNumbers } from '../../parts/alert-numbers.ts';
import { AlertStateBadge, SeverityBadge } from '../../parts/badges.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState, LoadingState } from '../../parts/states.tsx';

/** Alerts about an item, newest first, open and resolved. */
export function ItemAlerts({ sku }: { sku: string }) {
  const { t } = useLocale();
  const format = useFormat();
  const [{ data }, ask] = useQuery({ query: ItemAlertsDocument, variables: { sku } });
  useRefreshing(() => ask({ requestPolicy: 'network-only' }));
  const alerts = data?.item?.alerts.nodes;
  return (
    <Card title={t.item.alerts}>
      {alerts === undefined ? (
        <LoadingState rows={4} />
      ) : alerts.length === 0 ? (
        <EmptyState icon="check" title={t.item.noAlerts} />
      ) : (
        <DataTable
          label={t.item.alerts}
          rows={alerts}
          keyOf={({ id }) => id}
          columns={[
            {
              title: t.alerts.kind,
              cell: (alert) => (
                <>
                  {label(t.alertKind, alert.kind)} {alert.warehouse?.name}
                  <br />
                  <small>{alertNumbers(t, format, alert)}</small>
                </>
              ),
            },
            { title: t.alerts.severity, cell: ({ severity }) => <SeverityBadge severity={severity} /> },
            { title: t.alerts.state, cell: ({ state }) => <AlertStateBadge state={state} /> },
            { title: t.alerts.opened, cell: ({ openedAt }) => format.dateTime(openedAt) },
          ]}
        />
      )}
    </Card>
  );
}
