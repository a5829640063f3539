import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import type { ItemQuery } from '../../gql/documents.ts';
import { useLocale } from '../../i18n/locale-context.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import type { ChartColors } from '../../parts/chart-option.ts';
import { SelectField } from '../../parts/fields.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Card } from '../../parts/page-head.tsx';
import { EmptyState, FailureState, LoadingState } from '../../parts/states.tsx';
import { levelChartOption, type Receipt } from './level-chart-option.ts';
import { SeriesTable } from './series-table.tsx';
import { type SpanName, spans, useLevelSeries } from './use-level-series.ts';

const Chart = lazy(() => import('../../parts/chart.tsx').then((part) => ({ default: part.Chart })));

type Item = NonNullable<ItemQuery['item']>;

/** The water level of an item over time, in one place or all together. */
export function LevelChart({
  item,
  receipts,
}: {
  item: Item;
  receipts: readonly (Receipt & { warehouseCode: string | null })[];
}) {
  const { t, locale } = useLocale();
  const format = useFormat();
  const [place, setPlace] = useState('');
  const [span, setSpan] = useState<SpanName>('days30');
  const [isTable, setTable] = useState(false);
  const { points, failure, reload } = useLevelSeries(item.id, item.sku, place, span);
  const levels = item.stockLevels.nodes;
  const shown =
    place === ''
      ? levels.filter(({ isWatched }) => isWatched)
      : levels.filter(({ warehouse }) => warehouse.code === place);
  const thresholds = shown.flatMap(({ safetyStock }) =>
    safetyStock === null ? [] : [Number(safetyStock.value)],
  );
  const threshold =
    thresholds.length === 0
      ? null
      : Math.round(thresholds.reduce((sum, value) => sum + value, 0) * 100) / 100;
  const suspectSince =
    shown.find(({ suspectReading }) => suspectReading !== null)?.suspectReading?.since ?? null;
  const expected = useMemo(
    () => receipts.filter(({ warehouseCode }) => place === '' || warehouseCode === place),
    [receipts, place],
  );
  const makeOption = useCallback(
    (colors: ChartColors) => {
      const end = Date.parse(points?.at(-1)?.endAt ?? '');
      // A receipt far ahead would squeeze the past to nothing: a quarter of the span is looked ahead.
      const ahead = expected.filter(({ at }) => Date.parse(at) <= end + spans[span].ms / 4);
      const until = Math.max(end, ...ahead.map(({ at }) => Date.parse(at)));
      return levelChartOption(
        { points: points ?? [], threshold, receipts: ahead, suspectSince, until },
        colors,
        t,
        format,
      );
    },
    [points, threshold, expected, suspectSince, span, t, format],
  );
  const last = points?.at(-1);
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
            ...levels.map(({ warehouse }) => [warehouse.code, warehouse.name] as const),
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
        <p className="legend push" aria-hidden="true">
          <span className="swatch shade-out" /> {t.item.outOfStock} <span className="swatch shade-low" />{' '}
          {t.item.suspect} <span className="swatch dots" /> {t.item.inbound}
        </p>
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
          <SeriesTable points={points} />
        ) : (
          <Suspense fallback={<LoadingState rows={8} />}>
            <Chart
              makeOption={makeOption}
              name={`${place} ${span} ${locale}`}
              label={`${t.item.chart}: ${item.title}. ${t.item.close} ${format.quantity(last?.close)}${
                threshold === null ? '' : `, ${t.item.threshold} ${format.count(threshold)}`
              }`}
            />
          </Suspense>
        )}
      </div>
    </Card>
  );
}
