import { useQuery } from 'urql';
import { failureOf } from '../../api/failure.ts';
import { ConnectionsDocument } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useRefreshing } from '../../live/use-refreshing.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { EmptyState, FailureState, LoadingState } from '../../parts/states.tsx';
import { Channels } from './channels.tsx';
import { Deliveries } from './deliveries.tsx';
import { Quarantine } from './quarantine.tsx';
import { ShopCard } from './shop-card.tsx';
import { SyncRuns } from './sync-runs.tsx';
import './connections.css';

/** Where data come from: shops and feeds, what may be called, what is being read, what could not be used. */
export function Connections() {
  const { t } = useLocale();
  const [{ data, error }, ask] = useQuery({ query: ConnectionsDocument });
  const read = () => ask({ requestPolicy: 'network-only' });
  useRefreshing(read);
  const shops = data?.shops.nodes;
  return (
    <>
      <PageHead title={t.connections.title} />
      <div className="stack">
        {shops === undefined ? (
          error === undefined ? (
            <LoadingState rows={8} />
          ) : (
            <FailureState failure={failureOf(error)} onRetry={read} />
          )
        ) : shops.length === 0 ? (
          <EmptyState icon="plug" title={t.connections.none} help={t.connections.noneHelp} />
        ) : (
          <div className="pair">
            {shops.map((shop) => (
              <ShopCard key={shop.id} shop={shop} />
            ))}
          </div>
        )}
        <SyncRuns />
        <Quarantine />
        <Channels />
        <Deliveries />
      </div>
    </>
  );
}
