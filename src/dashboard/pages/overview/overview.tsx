import { useQuery } from 'urql';
import { Link } from 'wouter';
import { failureOf } from '../../api/failure.ts';
import { OverviewDocument, type OverviewQuery } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { useRefreshing } from '../../live/use-refreshing.ts';
import { Icon } from '../../parts/icon.tsx';
import { PageHead } from '../../parts/page-head.tsx';
import { FailureState } from '../../parts/states.tsx';
import { AlertSpread } from './alert-spread.tsx';
import { Kpis } from './kpis.tsx';
import { LiveFeed } from './live-feed.tsx';
import { MostUrgent } from './most-urgent.tsx';
import { SourceFreshness } from './source-freshness.tsx';
import { TodayCard } from './today-card.tsx';
import { TrendCard } from './trend-card.tsx';
import './overview.css';

/** How the organization stands, at one glance. */
export function Overview() {
  const { t } = useLocale();
  const format = useFormat();
  const [{ data, error }, ask] = useQuery({ query: OverviewDocument });
  useRefreshing(() => ask({ requestPolicy: 'network-only' }));
  const overview = data?.overview ?? null;
  const asOf = overview?.dataAsOf ?? null;
  return (
    <>
      <PageHead
        title={t.overview.title}
        note={asOf === null ? ' ' : t.overview.asOf(format.dateTime(asOf))}
      />
      {overview !== null && <Doubts overview={overview} />}
      {error !== undefined && overview === null ? (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      ) : (
        <Kpis overview={overview} />
      )}
      <div className="columns">
        <div className="column wide">
          <MostUrgent />
          <TrendCard days={overview?.trend ?? null} />
          <SourceFreshness />
        </div>
        <div className="column">
          <TodayCard days={overview?.trend ?? null} />
          <AlertSpread />
          <LiveFeed />
        </div>
      </div>
    </>
  );
}

/** What makes the numbers below doubtful: a shop that is not connected, levels that nobody confirmed. */
function Doubts({ overview }: { overview: OverviewQuery['overview'] }) {
  const { t } = useLocale();
  const format = useFormat();
  const doubts = (
    [
      [overview.troubledShopCount, t.plan.troubled],
      [overview.suspectStockLevelCount, t.plan.suspectLevels],
      [overview.staleStockLevelCount, t.plan.staleLevels],
      [overview.unknownStockLevelCount, t.plan.unknownLevels],
    ] as const
  ).filter(([count]) => count > 0);
  if (doubts.length === 0) return null;
  return (
    <p className="doubts" role="status">
      <Icon name="warning" size={18} />
      <span>{doubts.map(([count, name]) => `${name}: ${format.count(count)}`).join(' · ')}</span>
      <Link href="/connections">{t.nav.connections}</Link>
    </p>
  );
}
