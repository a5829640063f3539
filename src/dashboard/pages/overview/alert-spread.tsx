import { useQuery } from 'urql';
import { Link } from 'wouter';
import { failureOf } from '../../api/failure.ts';
import { AlertCountsDocument } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useRefreshing } from '../../live/use-refreshing.ts';
import { SeverityBadge } from '../../parts/badges.tsx';
import { Legend } from '../../parts/legend.tsx';
import { Card } from '../../parts/page-head.tsx';
import { FailureState } from '../../parts/states.tsx';

/** Open alerts by severity, and how many of them somebody has taken up. */
export function AlertSpread() {
  const { t } = useLocale();
  const format = useFormat();
  const [{ data, error }, ask] = useQuery({ query: AlertCountsDocument });
  const read = () => ask({ requestPolicy: 'network-only' });
  useRefreshing(read);
  if (data === undefined && error !== undefined) {
    return (
      <Card title={t.overview.bySeverity}>
        <FailureState failure={failureOf(error)} onRetry={read} />
      </Card>
    );
  }
  const rows = [
    ['CRITICAL', data?.criticalFiring, data?.criticalTaken],
    ['WARNING', data?.warningFiring, data?.warningTaken],
    ['INFO', data?.infoFiring, data?.infoTaken],
  ] as const;
  const most = Math.max(
    1,
    ...rows.map(([, firing, taken]) => (firing?.totalCount.value ?? 0) + (taken?.totalCount.value ?? 0)),
  );
  return (
    <Card title={t.overview.bySeverity}>
      <table className="spread">
        <thead className="unseen">
          <tr>
            <th scope="col">{t.alerts.severity}</th>
            <th scope="col">{t.overview.firing}</th>
            <th scope="col">{t.overview.taken}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([severity, firing, taken]) => (
            <tr key={severity}>
              <th scope="row">
                <Link href={`/alerts?severity=${severity}`}>
                  <SeverityBadge severity={severity} />
                </Link>
              </th>
              <td className="bar-cell">
                <span className="split-bar" aria-hidden="true">
                  <span
                    className={`firing ${severity.toLowerCase()}`}
                    style={{ inlineSize: `${((firing?.totalCount.value ?? 0) / most) * 100}%` }}
                  />
                  <span
                    className={`taken ${severity.toLowerCase()}`}
                    style={{ inlineSize: `${((taken?.totalCount.value ?? 0) / most) * 100}%` }}
                  />
                </span>
                <span className="unseen">{t.overview.firing}: </span>
                <b>{firing === undefined ? '' : format.count(firing.totalCount.value)}</b>
              </td>
              <td className="taken-cell">
                {taken === undefined ? '' : format.count(taken.totalCount.value)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Legend
        entries={[
          ['firing', t.overview.firing],
          ['taken', t.overview.taken],
        ]}
      />
    </Card>
  );
}
