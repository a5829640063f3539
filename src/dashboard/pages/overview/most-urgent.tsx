import { useQuery } from 'urql';
import { Link } from 'wouter';
import { failureOf } from '../../api/failure.ts';
import { AlertsDocument } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useRefreshing } from '../../live/use-refreshing.ts';
import { Ago } from '../../parts/ago.tsx';
import { alertNumbers } from '../../parts/alert-numbers.ts';
import { SeverityBadge } from '../../parts/badges.tsx';
import { LevelBar } from '../../parts/level-bar.tsx';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState, FailureState, LoadingState } from '../../parts/states.tsx';

const variables = {
  first: 8,
  filter: { state: { eq: 'FIRING' }, isSuppressedBySource: { eq: false } },
  orderBy: [{ field: 'URGENCY', direction: 'DESC' }],
} as const;

/** What to look at first. */
export function MostUrgent() {
  const { t } = useLocale();
  const format = useFormat();
  const [{ data, error }, ask] = useQuery({
    query: AlertsDocument,
    variables: { ...variables, orderBy: [...variables.orderBy] },
  });
  const read = () => ask({ requestPolicy: 'network-only' });
  useRefreshing(read);
  const alerts = data?.stockAlerts.nodes;
  return (
    <Card
      title={t.overview.mostUrgent}
      className="urgent"
      actions={<Link href="/alerts">{t.overview.toBoard}</Link>}
    >
      {alerts === undefined ? (
        error === undefined ? (
          <LoadingState rows={8} />
        ) : (
          <FailureState failure={failureOf(error)} onRetry={read} />
        )
      ) : alerts.length === 0 ? (
        <EmptyState icon="check" title={t.overview.noAlerts} help={t.overview.noAlertsHelp} />
      ) : (
        <ul className="lines">
          {alerts.map((alert) => (
            <li key={alert.id}>
              <SeverityBadge severity={alert.severity} />
              <span className="what">
                {alert.item === null ? (
                  <Link href="/connections">{alert.shop?.name ?? label(t.alertKind, alert.kind)}</Link>
                ) : (
                  <Link href={`/items/${encodeURIComponent(alert.item.sku)}`}>{alert.item.title}</Link>
                )}
                <small>
                  {[alert.item?.sku, alert.warehouse?.name, label(t.alertKind, alert.kind)]
                    .filter((part) => part !== undefined)
                    .join(' · ')}
                </small>
              </span>
              {alert.available === null ? (
                <span />
              ) : (
                <LevelBar
                  available={alert.available}
                  threshold={alert.threshold}
                  text={alertNumbers(t, format, alert)}
                />
              )}
              <span className="when">
                <Ago at={alert.openedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
