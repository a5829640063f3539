import { useState } from 'react';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { failureOf } from '../../api/failure.ts';
import { HeatRowsDocument, type HeatRowsQueryVariables } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useRefreshing } from '../../live/use-refreshing.ts';
import { SelectField } from '../../parts/fields.tsx';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState, FailureState, LoadingState } from '../../parts/states.tsx';
import { useUrlFilters } from '../../parts/use-url-filters.ts';
import { HeatCell } from './heat-cell.tsx';
import type { HeatMeasure, HeatTone } from './heat-tone.ts';
import type { Place } from './use-warehouse-counts.ts';

const tones: readonly HeatTone[] = ['out', 'low', 'near', 'fine', 'high', 'none'];

/** Rows at first and at most: farther down nobody reads colours. */
const rowsFirst = 30;
const rowsMax = 100;

const orders: Readonly<Record<string, Omit<HeatRowsQueryVariables, 'first'>>> = {
  urgent: { orderBy: [{ field: 'URGENCY', direction: 'DESC', nulls: 'LAST' }] },
  low: {
    filter: { isLow: { eq: true } },
    orderBy: [{ field: 'SKU', direction: 'ASC', nulls: 'LAST' }],
  },
  sku: { orderBy: [{ field: 'SKU', direction: 'ASC', nulls: 'LAST' }] },
};

const filterValues = { measure: ['health', 'stock'], rows: ['low', 'sku'] } as const;

/** Items by warehouse, painted by days of stock, health or safety stock. It is a table, and reads as one. */
export function HeatMap({ warehouses }: { warehouses: readonly Place[] }) {
  const { t } = useLocale();
  const { filters, set } = useUrlFilters(filterValues);
  const measure = (filters.measure || 'days') as HeatMeasure;
  const [first, setFirst] = useState(rowsFirst);
  const [{ data, error, fetching }, ask] = useQuery({
    query: HeatRowsDocument,
    variables: { ...orders[filters.rows || 'urgent'], first },
  });
  const read = () => ask({ requestPolicy: 'network-only' });
  useRefreshing(read);
  const items = data?.items.nodes;
  const helps = { days: t.plan.heatDaysHelp, health: t.plan.heatHealthHelp, stock: t.warehouses.heatHelp };
  return (
    <Card title={t.warehouses.heat} note={helps[measure]}>
      <div className="filters">
        <SelectField
          label={t.plan.measure}
          name="measure"
          value={filters.measure}
          onChange={(value) => set('measure', value)}
          options={[
            ['', t.plan.byDays],
            ['health', t.plan.byHealth],
            ['stock', t.plan.byStock],
          ]}
        />
        <SelectField
          label={t.warehouses.order}
          name="rows"
          value={filters.rows}
          onChange={(value) => set('rows', value)}
          options={[
            ['', t.plan.orderUrgent],
            ['low', t.warehouses.orderLow],
            ['sku', t.warehouses.orderAll],
          ]}
        />
        <p className="legend push heat-legend">
          {tones.map((tone) => (
            <span key={tone} className={`heat ${tone}`}>
              {t.plan.heatLegend[measure][tone]}
            </span>
          ))}
        </p>
      </div>
      {items === undefined ? (
        error === undefined ? (
          <LoadingState rows={10} />
        ) : (
          <FailureState failure={failureOf(error)} onRetry={read} />
        )
      ) : items.length === 0 ? (
        <EmptyState icon="check" title={t.items.empty} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className="table-scroll" tabIndex={0} aria-label={t.warehouses.heat}>
          <table className="heat-table">
            <thead>
              <tr>
                <th scope="col">{t.warehouses.item}</th>
                {warehouses.map(({ id, name }) => (
                  <th key={id} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.id}>
                  <th scope="row" className="what">
                    <Link href={`/items/${encodeURIComponent(item.sku)}`}>{item.title}</Link>
                  </th>
                  {warehouses.map(({ id }) => (
                    <HeatCell
                      key={id}
                      measure={measure}
                      level={item.stockLevels.nodes.find(({ warehouse }) => warehouse.id === id)}
                    />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {data?.items.pageInfo.hasNextPage === true && first < rowsMax && (
        <p className="more">
          <button type="button" onClick={() => setFirst(rowsMax)} disabled={fetching}>
            {t.warehouses.more}
          </button>
        </p>
      )}
    </Card>
  );
}
