import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import type { ItemQuery } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import type { ChartColors } from '../../parts/chart-option.ts';
import { SelectField } from '../../parts/fields.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState, FailureState, LoadingState } from '../../parts/states.tsx';
import { ChartLegend } from './chart-legend.tsx';
import { levelChartOption, type Receipt } from './level-chart-option.ts';
import type { PlannedLevel } from './projection.ts';
import { type SpanName, spans } from './series-span.ts';
import { SeriesTable } from './series-table.tsx';
import { useChartPlan } from './use-chart-plan.ts';
import { useLevelSeries } from './use-level-series.ts';

const Chart = lazy(() => import('../../parts/chart.tsx').then((part) => ({ default: part.Chart })));

type Item = NonNullable<ItemQuery['item']>;

/** The water level of an item over time and what it is expected to do, in one place or all together. */
export function LevelChart(props: {
  item: Item;
  plan: readonly PlannedLevel[] | null;
  receipts: readonly (Receipt & { warehouseCode: string | null })[];
}) {
  const { t, locale } = useLocale();
  const format = useFormat();
  const { item, plan, receipts } = props;
  const [place, setPlace] = useState('');
  const [span, setSpan] = useState<SpanName>('days30');
  const [isTable, setTable] = useState(false);
  const { points, failure, reload, zoom } = useLevelSeries(item.id, item.sku, place, span);
  const now = Date.parse(points?.at(-1)?.endAt ?? '');
  const { lines, projection, stockOut, suspects } = useChartPlan(item, plan, place, span, now);
  const shownReceipts = useMemo(() => {
    const from = Date.parse(points?.[0]?.startAt ?? '');
    const until = Math.max(now, projection.at(-1)?.at ?? 0);
    return receipts.filter(
      ({ at, warehouseCode }) => (place === '' || warehouseCode === place) && at >= from && at <= until,
    );
  }, [receipts, place, points, projection, now]);
  const makeOption = useCallback(
    (colors: ChartColors) =>
      levelChartOption(
        { points: points ?? [], lines, receipts: shownReceipts, suspects, projection, stockOut },
        colors,
        t,
        format,
      ),
    [points, lines, shownReceipts, suspects, projection, stockOut, t, format],
  );
  const summary = [
    `${t.item.chart}: ${item.title}`,
    `${t.item.close} ${format.quantity(points?.at(-1)?.close)}`,
    ...lines.map(({ kind, value }) => `${t.plan[kind]} ${format.count(value)}`),
    ...(stockOut === null ? [] : [t.plan.runsOut(format.day(stockOut.likely))]),
  ].join(', ');
  return (
    <Card
      title={t.item.chart}
      className="chart-card"
      actions={
        <button type="button" aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          <Icon name={isTable ? 'chart' : 'table'} size={16} /> {isTable ? t.item.asChart : t.item.asTable}
        </button>
      }
    >
      <div className="filters">
        <SelectField
          label={t.item.place}
          name="place"
          value={place}
          onChange={setPlace}
          options={[
            ['', t.item.allPlaces],
            ...item.stockLevels.nodes.map(({ warehouse }) => [warehouse.code, warehouse.name] as const),
          ]}
        />
        <fieldset className="segments-field">
          <legend className="unseen">{t.item.span}</legend>
          <span className="segments">
            {(Object.keys(spans) as SpanName[]).map((name) => (
              <button key={name} type="button" aria-pressed={span === name} onClick={() => setSpan(name)}>
                {t.item[name]}
              </button>
            ))}
          </span>
        </fieldset>
      </div>
      <div className="chart-frame">
        {points === null ? (
          failure === null ? (
            <LoadingState rows={8} />
          ) : (
            <FailureState failure={failure} onRetry={reload} />
          )
        ) : points.length === 0 ? (
          <EmptyState icon="chart" title={t.item.noSeries} help={t.item.noSeriesHelp} />
        ) : isTable ? (
          <SeriesTable points={points} projection={projection} />
        ) : (
          <Suspense fallback={<LoadingState rows={8} />}>
            <Chart
              makeOption={makeOption}
              name={`${place} ${span} ${locale}`}
              label={summary}
              onZoom={(from, to) => void zoom(from, to)}
            />
          </Suspense>
        )}
      </div>
      <ChartLegend hasProjection={projection.length > 0} isSum={place === ''} />
    </Card>
  );
}
