import { useState } from 'react';
import { Link } from 'wouter';
import type { ItemRowFragment } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { SelectField } from '../../parts/fields.tsx';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState, FailureState, LoadingState } from '../../parts/states.tsx';
import { useItemPages } from '../items/use-item-pages.ts';
import { type HeatTone, heatTone } from './heat-tone.ts';
import type { Place } from './use-warehouse-counts.ts';

const tones: readonly HeatTone[] = ['out', 'low', 'near', 'fine', 'high', 'none'];

const questions = {
  low: { q: '', category: '', abc: '', show: 'low', sort: '', direction: '' },
  all: { q: '', category: '', abc: '', show: '', sort: '', direction: '' },
} as const;

/** Items by warehouse, painted by how many times the safety stock lies there. It is a table, and reads as one. */
export function HeatMap({ warehouses }: { warehouses: readonly Place[] }) {
  const { t } = useLocale();
  const [rows, setRows] = useState<keyof typeof questions>('low');
  const pages = useItemPages(questions[rows]);
  return (
    <Card title={t.warehouses.heat} note={t.warehouses.heatHelp}>
      <div className="filters">
        <SelectField
          label={t.warehouses.order}
          name="rows"
          value={rows}
          onChange={(value) => setRows(value === 'all' ? 'all' : 'low')}
          options={[
            ['low', t.warehouses.orderLow],
            ['all', t.warehouses.orderAll],
          ]}
        />
        <p className="legend push heat-legend">
          {tones.map((tone) => (
            <span key={tone} className={`heat ${tone}`}>
              {t.warehouses[tone]}
            </span>
          ))}
        </p>
      </div>
      {pages.items.length === 0 ? (
        pages.failure !== null ? (
          <FailureState failure={pages.failure} onRetry={pages.reload} />
        ) : pages.isLoading ? (
          <LoadingState rows={10} />
        ) : (
          <EmptyState icon="check" title={t.overview.noAlerts} help={t.overview.noAlertsHelp} />
        )
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
              {pages.items.map((item) => (
                <tr key={item.id}>
                  <th scope="row" className="what">
                    <Link href={`/items/${encodeURIComponent(item.sku)}`}>{item.title}</Link>
                  </th>
                  {warehouses.map(({ id }) => (
                    <HeatCell key={id} item={item} warehouseId={id} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {pages.hasMore && (
        <p className="more">
          <button type="button" onClick={pages.loadMore} disabled={pages.isLoading}>
            {t.warehouses.more}
          </button>
        </p>
      )}
    </Card>
  );
}

function HeatCell({ item, warehouseId }: { item: ItemRowFragment; warehouseId: string }) {
  const { t } = useLocale();
  const format = useFormat();
  const level = item.stockLevels.nodes.find(({ warehouse }) => warehouse.id === warehouseId);
  if (level === undefined) return <td className="heat-cell" />;
  const threshold = level.safetyStock?.value ?? null;
  const tone = heatTone(Number(level.available), threshold === null ? null : Number(threshold));
  const multiple =
    threshold === null || Number(threshold) <= 0
      ? ''
      : t.warehouses.times(format.count(Math.round((Number(level.available) / Number(threshold)) * 10) / 10));
  return (
    <td
      className={`heat-cell heat ${tone}`}
      title={
        threshold === null
          ? undefined
          : t.warehouses.cell(format.quantity(level.available), format.quantity(threshold))
      }
    >
      <b>{format.quantity(level.available)}</b> <small>{multiple}</small>
    </td>
  );
}
