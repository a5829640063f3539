import { useQuery } from 'urql';
import { failureOf } from '../../api/failure.ts';
import { OverviewDocument, type OverviewQuery } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { label } from '../../i18n/messages.ts';
import { missing, useFormat } from '../../i18n/use-format.ts';
import { useRefreshing } from '../../live/use-refreshing.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { FailureState } from '../../parts/states.tsx';
import { AlertSpread } from './alert-spread.tsx';
import { Kpi } from './kpi.tsx';
import { LiveFeed } from './live-feed.tsx';
import { MostUrgent } from './most-urgent.tsx';
import { SourceFreshness } from './source-freshness.tsx';
import './overview.css';

/** How the organization stands, at one glance. */
export function Overview() {
  const { t } = useLocale();
  const format = useFormat();
  const [{ data, error }, ask] = useQuery({ query: OverviewDocument });
  useRefreshing(() => ask({ requestPolicy: 'network-only' }));
  const asOf = data?.overview.dataAsOf ?? null;
  return (
    <>
      <PageHead
        title={t.overview.title}
        note={asOf === null ? ' ' : t.overview.asOf(format.dateTime(asOf))}
      />
      {error !== undefined && data === undefined ? (
        <FailureState failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
      ) : (
        <Kpis overview={data?.overview ?? null} />
      )}
      <div className="columns">
        <div className="column wide">
          <MostUrgent />
          <SourceFreshness />
        </div>
        <div className="column">
          <AlertSpread />
          <LiveFeed />
        </div>
      </div>
    </>
  );
}

/** @param overview - null = not there yet; the places stay the same */
function Kpis({ overview }: { overview: OverviewQuery['overview'] | null }) {
  const { t } = useLocale();
  const format = useFormat();
  const count = (value: number | undefined) => (value === undefined ? null : format.count(value));
  const doubts =
    overview === null
      ? []
      : (
          [
            [overview.suspectStockLevelCount, t.overview.suspect],
            [overview.staleStockLevelCount, t.overview.stale],
            [overview.unknownStockLevelCount, t.overview.unknown],
          ] as const
        ).filter(([levels]) => levels > 0);
  return (
    <ul className="kpis">
      <Kpi
        title={t.overview.openAlerts}
        value={count(overview?.openAlertCount)}
        note={
          overview === null || overview.openAlertCount === 0
            ? ' '
            : overview.firingAlertCount === 0
              ? t.overview.allHandled
              : t.overview.unhandled(format.count(overview.firingAlertCount))
        }
        tone={(overview?.criticalAlertCount ?? 0) > 0 ? 'bad' : 'plain'}
        href="/alerts"
      />
      <Kpi
        title={t.overview.outOfStock}
        value={count(overview?.outOfStockLevelCount)}
        note={overview === null ? ' ' : t.overview.levels(format.count(overview.stockLevelCount))}
        tone={(overview?.outOfStockLevelCount ?? 0) > 0 ? 'bad' : 'plain'}
        href="/items?show=out"
      />
      <Kpi
        title={t.overview.lowLevels}
        value={count(overview?.lowStockLevelCount)}
        note={overview === null ? ' ' : t.overview.levels(format.count(overview.stockLevelCount))}
        tone={(overview?.lowStockLevelCount ?? 0) > 0 ? 'warn' : 'plain'}
        href="/items?show=low"
      />
      <Kpi
        title={t.overview.items}
        value={count(overview?.itemCount)}
        note={overview === null ? ' ' : t.overview.itemsIn(format.count(overview.warehouseCount))}
        href="/items"
      />
      <Kpi
        title={t.overview.stockValue}
        value={
          overview === null
            ? null
            : overview.stockValue === null
              ? missing
              : format.money(overview.stockValue)
        }
        note={
          overview === null
            ? ' '
            : overview.stockValueUnavailableReason !== null
              ? label(t.unavailable, overview.stockValueUnavailableReason)
              : overview.itemWithoutCostCount > 0
                ? t.overview.withoutCost(format.count(overview.itemWithoutCostCount))
                : ' '
        }
      />
      <Kpi
        title={t.overview.dataQuality}
        value={
          overview === null
            ? null
            : doubts.length === 0
              ? t.overview.dataFresh
              : format.count(doubts.reduce((sum, [levels]) => sum + levels, 0))
        }
        note={doubts.map(([levels, word]) => `${format.count(levels)} ${word}`).join(' · ') || ' '}
        tone={doubts.length === 0 ? 'plain' : 'warn'}
        href="/connections"
      />
    </ul>
  );
}
