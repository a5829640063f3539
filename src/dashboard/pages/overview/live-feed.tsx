import { useQuery } from 'urql';
import { Link } from 'wouter';
import { type AlertRowFragment, AlertsDocument } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useAlertStream } from '../../live/alert-stream.tsx';
import { alertNumbers } from '../../parts/alert-numbers.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState } from '../../parts/states.tsx';

/** Lines that fit. */
const linesMax = 14;

const icons: Readonly<Record<string, IconName>> = {
  PENDING: 'clock',
  OPENED: 'warning',
  REOPENED: 'warning',
  ESCALATED: 'critical',
  DEESCALATED: 'down',
  ACKNOWLEDGED: 'check',
  ACKNOWLEDGEMENT_EXPIRED: 'bell',
  SNOOZED: 'clock',
  UNSNOOZED: 'bell',
  SUPERSEDED: 'up',
  RESOLVED: 'check',
};

/** How an alert came to its state, as far as its last state tells. */
const reasonOfState: Readonly<Record<string, string>> = {
  PENDING: 'PENDING',
  FIRING: 'OPENED',
  ACKNOWLEDGED: 'ACKNOWLEDGED',
  SNOOZED: 'SNOOZED',
  RESOLVED: 'RESOLVED',
};

interface Line {
  readonly id: string;
  readonly at: string;
  readonly reason: string;
  readonly alert: AlertRowFragment;
}

/** What changes, as it changes; before the first change, what changed last. */
export function LiveFeed() {
  const { t } = useLocale();
  const { recent } = useAlertStream();
  const [{ data }] = useQuery({
    query: AlertsDocument,
    variables: { first: linesMax, orderBy: [{ field: 'CHANGED_AT', direction: 'DESC' }] },
    requestPolicy: 'network-only',
  });
  const live: Line[] = recent.map((event) => ({
    id: event.eventId,
    at: event.occurredAt,
    reason: event.reason,
    alert: event.alert,
  }));
  const told = new Set(live.map(({ alert }) => alert.id));
  const earlier: Line[] = (data?.stockAlerts.nodes ?? [])
    .filter(({ id }) => !told.has(id))
    .map((alert) => ({
      id: alert.id,
      at: alert.changedAt,
      reason: reasonOfState[alert.state] ?? alert.state,
      alert,
    }));
  const lines = [...live, ...earlier].slice(0, linesMax);
  return (
    <Card title={t.overview.feed} className="feed">
      {lines.length === 0 ? (
        <EmptyState icon="clock" title={t.overview.noFeed} help={t.overview.noFeedHelp} />
      ) : (
        <ol className="feed-lines" aria-live="off">
          {lines.map((line) => (
            <FeedLine key={line.id} line={line} />
          ))}
        </ol>
      )}
    </Card>
  );
}

function FeedLine({ line: { at, reason, alert } }: { line: Line }) {
  const { t } = useLocale();
  const format = useFormat();
  return (
    <li className={`feed-line ${reason === 'RESOLVED' ? 'good' : alert.severity.toLowerCase()}`}>
      <Icon name={icons[reason] ?? 'info'} size={16} />
      <span>
        {alert.item === null ? (
          (alert.shop?.name ?? label(t.alertKind, alert.kind))
        ) : (
          <Link href={`/items/${encodeURIComponent(alert.item.sku)}`}>{alert.item.sku}</Link>
        )}{' '}
        {alert.warehouse?.name} · {label(t.alertKind, alert.kind)} {label(t.alertReason, reason)}{' '}
        <small>{alertNumbers(t, format, alert)}</small>
      </span>
      <time dateTime={at}>{format.dateTime(at)}</time>
    </li>
  );
}
