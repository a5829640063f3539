import type { Format } from '../../i18n/format.ts';
import type { ChartColors } from '../../parts/chart-option.ts';
import type { Receipt } from './level-chart-option.ts';
import type { ProjectedDay } from './projection.ts';
import type { SeriesPoint } from './series-span.ts';

/** Expected stock as a dashed line inside its band. */
export function projectionSeries(
  projection: readonly ProjectedDay[],
  points: readonly SeriesPoint[],
  now: number,
  colors: ChartColors,
) {
  if (projection.length === 0) return [];
  const start = Number(points.at(-1)?.close ?? 0);
  const plain = { type: 'line', showSymbol: false, silent: true, stack: 'fan' } as const;
  return [
    {
      ...plain,
      lineStyle: { opacity: 0 },
      data: [[now, start], ...projection.map(({ at, low }) => [at, low])],
    },
    {
      ...plain,
      lineStyle: { opacity: 0 },
      areaStyle: { color: colors.violet, opacity: 0.2 },
      data: [[now, 0], ...projection.map(({ at, low, high }) => [at, high - low])],
    },
    {
      type: 'line',
      showSymbol: false,
      silent: true,
      lineStyle: { width: 2, type: 'dashed', color: colors.violet },
      data: [[now, start], ...projection.map(({ at, expected }) => [at, expected])],
    },
  ];
}

/** Receipts as marks on the floor of the chart: filled when they came, hollow while they are expected. */
export function receiptSeries(receipts: readonly Receipt[], colors: ChartColors, format: Format) {
  return {
    type: 'line',
    lineStyle: { opacity: 0 },
    silent: true,
    showAllSymbol: true,
    symbol: 'triangle',
    symbolSize: 11,
    symbolOffset: [0, -6],
    labelLayout: { hideOverlap: true },
    data: receipts.map(({ at, quantity, isExpected }) => ({
      value: [at, 0],
      itemStyle: {
        color: isExpected ? colors.surface : colors.good,
        borderColor: colors.good,
        borderWidth: 2,
      },
      label: {
        show: true,
        position: 'top',
        distance: 8,
        color: colors.ink,
        fontSize: 12,
        formatter: `+${format.quantity(quantity)}`,
      },
    })),
  };
}
