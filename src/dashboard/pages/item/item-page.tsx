import { useMemo } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { failureOf } from '../../api/failure.ts';
import { InboundDocument, ItemDocument } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useRefreshing } from '../../live/use-refreshing.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { EmptyState, FailureState, LoadingState } from '../../parts/states.tsx';
import { ItemAlerts } from './item-alerts.tsx';
import { ItemFacts } from './item-facts.tsx';
import { ItemInbound } from './item-inbound.tsx';
import { ItemLevels } from './item-levels.tsx';
import { ItemListings } from './item-listings.tsx';
import { ItemSnapshots } from './item-snapshots.tsx';
import { LevelChart } from './level-chart.tsx';
import './item-page.css';

/** Everything about one item. */
export function ItemPage({ sku }: { sku: string }) {
  const { t } = useLocale();
  const [{ data, error }, ask] = useQuery({ query: ItemDocument, variables: { sku } });
  const [{ data: inbound }] = useQuery({ query: InboundDocument });
  const read = () => ask({ requestPolicy: 'network-only' });
  useRefreshing(read);
  const item = data?.item;
  const itemId = item?.id;
  const shipments = useMemo(
    () =>
      (inbound?.inboundShipments.nodes ?? []).flatMap((shipment) =>
        shipment.lines
          .filter(({ item: goods }) => goods !== null && goods.id === itemId)
          .map((line) => ({ ...line, shipment })),
      ),
    [inbound, itemId],
  );
  const receipts = useMemo(
    () =>
      shipments.flatMap(({ quantity, shipment }) =>
        shipment.expectedAt === null
          ? []
          : [{ at: shipment.expectedAt, quantity, warehouseCode: shipment.warehouse?.code ?? null }],
      ),
    [shipments],
  );
  if (item === undefined) {
    return error === undefined ? (
      <LoadingState rows={12} />
    ) : (
      <FailureState failure={failureOf(error)} onRetry={read} />
    );
  }
  if (item === null) {
    return (
      <EmptyState icon="search" title={t.item.notFound} help={t.item.notFoundHelp(sku)}>
        <Link href="/items" className="button">
          {t.item.toItems}
        </Link>
      </EmptyState>
    );
  }
  return (
    <>
      <PageHead
        title={item.title}
        note={[item.sku, item.category, item.supplierName].filter((part) => part !== null).join(' · ')}
      >
        <Link href="/items">{t.item.toItems}</Link>
      </PageHead>
      <ItemFacts item={item} />
      <div className="stack">
        <LevelChart item={item} receipts={receipts} />
        <ItemLevels item={item} />
        <div className="pair">
          <ItemAlerts sku={sku} />
          <ItemInbound shipments={shipments} unit={item.unit.code} />
        </div>
        <div className="pair">
          <ItemSnapshots itemId={item.id} />
          <ItemListings item={item} />
        </div>
      </div>
    </>
  );
}
