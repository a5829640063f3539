import { useMemo } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { failureOf } from '../../api/failure.ts';
import { ItemDocument, ItemInboundDocument } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useRefreshing } from '../../live/use-refreshing.ts';
import { PageHead } from '../../parts/page-head.tsx';
import { EmptyState, FailureState, LoadingState } from '../../parts/states.tsx';
import { DemandChart } from './demand-chart.tsx';
import { ItemAlerts } from './item-alerts.tsx';
import { ItemFacts } from './item-facts.tsx';
import { type InboundLine, ItemInbound } from './item-inbound.tsx';
import { ItemLevels } from './item-levels.tsx';
import { ItemListings } from './item-listings.tsx';
import { ItemSnapshots } from './item-snapshots.tsx';
import { LevelChart } from './level-chart.tsx';
import { endOfDay, type PlannedLevel } from './projection.ts';
import { hourMs } from './series-span.ts';
import { useItemPlan } from './use-item-plan.ts';
import './item-page.css';

/** Everything about one item. */
export function ItemPage({ sku }: { sku: string }) {
  const { t } = useLocale();
  const [{ data, error }, ask] = useQuery({ query: ItemDocument, variables: { sku } });
  const [{ data: inbound }, askInbound] = useQuery({ query: ItemInboundDocument, variables: { sku } });
  const plan = useItemPlan(sku);
  const read = () => ask({ requestPolicy: 'network-only' });
  useRefreshing(() => {
    read();
    askInbound({ requestPolicy: 'network-only' });
  });
  const item = data?.item;
  const lines = inbound?.item?.inboundLines;
  const receipts = useMemo(
    () => [...(lines ?? []).flatMap(receiptOf), ...(plan ?? []).flatMap(arrivalsOf)],
    [lines, plan],
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
        <LevelChart item={item} plan={plan} receipts={receipts} />
        <DemandChart sku={sku} plan={plan} />
        <ItemLevels item={item} />
        <div className="pair">
          <ItemAlerts sku={sku} />
          <ItemInbound lines={lines ?? []} unit={item.unit.code} />
        </div>
        <div className="pair">
          <ItemSnapshots itemId={item.id} />
          <ItemListings item={item} />
        </div>
      </div>
    </>
  );
}

/** What came, as a mark in the chart; what has no date or place is none. */
function receiptOf({ quantity, receivedQuantity, shipment }: InboundLine) {
  const at = shipment?.receivedAt ?? null;
  if (at === null || shipment?.status !== 'RECEIVED' || shipment.warehouse === null) return [];
  const received = { quantity: receivedQuantity ?? quantity, warehouseCode: shipment.warehouse.code };
  return [{ at: Date.parse(at), isExpected: false, ...received }];
}

/** What planning counts on, overdue goods at their new day, as marks in the middle of the day. */
function arrivalsOf({ arrivals, warehouse }: PlannedLevel) {
  return arrivals.map(({ date, units }) => ({
    at: endOfDay(date, warehouse.timeZone) - 12 * hourMs,
    quantity: units,
    isExpected: true,
    warehouseCode: warehouse.code,
  }));
}
