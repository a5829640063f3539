import type { Messages } from '../../i18n/messages.ts';
import type { Format } from '../../i18n/use-format.ts';
import type { ChartColors, ChartOption } from '../../parts/chart-option.ts';
import type { SeriesPoint } from './use-level-series.ts';

/** A receipt that is expected. */
export interface Receipt {
  readonly at: string;
  readonly quantity: string;
}

/** What the chart of a level shows. */
export interface LevelChartData {
  readonly points: readonly SeriesPoint[];
  /** In the item's unit; null = none. */
  readonly threshold: number | null;
  readonly receipts: readonly Receipt[];
  /** Since when the last reading is held back; null = it is not. */
  readonly suspectSince: string | null;
  /** The right end, ms: now, or the last receipt. */
  readonly until: number;
}

/**
 * The water-level chart: stock as a step line with the range of each bucket, the safety stock as a line, spans
 * without stock and held-back readings shaded, receipts marked.
 */
export function levelChartOption(
  data: LevelChartData,
  colors: ChartColors,
  t: Messages,
  format: Format,
): ChartOption {
  const { points, threshold, receipts, suspectSince, until } = data;
  const steps = points.map((point): [number, number] => [Date.parse(point.startAt), Number(point.open)]);
  const last = points.at(-1);
  if (last !== undefined) steps.push([Date.parse(last.endAt), Number(last.close)]);
  const bands = points.map(({ startAt, low, high }) => ({
    at: Date.parse(startAt),
    low: Number(low),
    height: Number(high) - Number(low),
  }));
  const shaded = [
    ...points
      .filter(({ outOfStockMinutes }) => outOfStockMinutes > 0)
      .map(({ startAt, endAt }) => area(Date.parse(startAt), Date.parse(endAt), colors.out, 0.16)),
    ...(suspectSince === null ? [] : [area(Date.parse(suspectSince), until, colors.low, 0.22)]),
  ];
  return {
    animation: false,
    textStyle: { fontFamily: colors.font, color: colors.quiet },
    grid: { left: 12, right: 20, top: 40, bottom: 54, containLabel: true },
    legend: {
      top: 0,
      left: 0,
      itemWidth: 18,
      textStyle: { color: colors.quiet },
      data: [t.item.stock, t.item.range],
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      className: 'chart-tip',
      backgroundColor: colors.surface,
      borderColor: colors.line,
      textStyle: { color: colors.ink },
      formatter: (given: unknown) => tip(given, points, threshold, t, format),
    },
    xAxis: {
      type: 'time',
      max: until,
      axisLine: { lineStyle: { color: colors.line } },
      axisLabel: {
        color: colors.quiet,
        hideOverlap: true,
        formatter: (at: number) => axisTime(at, points, format),
      },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: (extent: { min: number }) => Math.min(0, extent.min),
      max: (extent: { max: number }) =>
        threshold !== null && threshold > extent.max ? Math.ceil(threshold * 1.15) : undefined,
      axisLabel: { color: colors.quiet, formatter: (value: number) => format.count(value) },
      splitLine: { lineStyle: { color: colors.line } },
    },
    dataZoom: [
      { type: 'inside', filterMode: 'none' },
      {
        type: 'slider',
        height: 22,
        bottom: 8,
        filterMode: 'none',
        borderColor: colors.line,
        fillerColor: 'transparent',
        dataBackground: { lineStyle: { color: colors.line }, areaStyle: { color: colors.line } },
        selectedDataBackground: {
          lineStyle: { color: colors.water },
          areaStyle: { color: colors.water, opacity: 0.3 },
        },
        textStyle: { color: colors.quiet },
      },
    ],
    series: [
      {
        name: 'low',
        type: 'line',
        step: 'end',
        stack: 'range',
        symbol: 'none',
        silent: true,
        lineStyle: { opacity: 0 },
        data: bands.map(({ at, low }) => [at, low]),
      },
      {
        name: t.item.range,
        type: 'line',
        step: 'end',
        stack: 'range',
        symbol: 'none',
        silent: true,
        color: colors.water,
        lineStyle: { opacity: 0 },
        areaStyle: { color: colors.water, opacity: 0.22 },
        data: bands.map(({ at, height }) => [at, height]),
      },
      {
        name: t.item.stock,
        type: 'line',
        step: 'end',
        symbol: 'none',
        color: colors.accent,
        lineStyle: { width: 2, color: colors.accent },
        areaStyle: { color: colors.water, opacity: 0.1 },
        data: steps,
        markArea: { silent: true, data: shaded },
        markLine: {
          silent: true,
          symbol: 'none',
          data: [
            ...(threshold === null
              ? []
              : [
                  {
                    yAxis: threshold,
                    lineStyle: { color: colors.low, type: 'dashed', width: 2 },
                    label: {
                      position: 'insideEndBottom',
                      color: colors.quiet,
                      formatter: `${t.item.threshold} ${format.quantity(String(threshold))}`,
                    },
                  },
                ]),
            ...receipts.map(({ at, quantity }) => ({
              xAxis: Date.parse(at),
              lineStyle: { color: colors.accent, type: 'dotted', width: 2 },
              label: { color: colors.quiet, formatter: `+${format.quantity(quantity)}` },
            })),
          ],
        },
      },
    ],
  };
}

function area(from: number, to: number, color: string, opacity: number) {
  return [{ xAxis: from, itemStyle: { color, opacity } }, { xAxis: to }];
}

/** Buckets of a day or more show the day, shorter ones the time too. */
function axisTime(at: number, points: readonly SeriesPoint[], format: Format): string {
  const first = points[0];
  const last = points.at(-1);
  const span =
    first === undefined || last === undefined ? 0 : Date.parse(last.endAt) - Date.parse(first.startAt);
  return span > 8 * 86_400_000 ? format.date(at) : format.dateTime(at);
}

/** The tip as an element: text only, so that nothing in a name can become markup. */
function tip(
  given: unknown,
  points: readonly SeriesPoint[],
  threshold: number | null,
  t: Messages,
  format: Format,
): HTMLElement {
  const [first] = Array.isArray(given) ? (given as { axisValue?: number }[]) : [];
  const at = first?.axisValue ?? 0;
  const point = points.findLast(({ startAt }) => Date.parse(startAt) <= at) ?? points[0];
  const box = document.createElement('div');
  const lines =
    point === undefined
      ? []
      : [
          `${format.dateTime(point.startAt)} – ${format.dateTime(point.endAt)}`,
          `${t.item.close}: ${format.quantity(point.close)}`,
          `${t.item.low} – ${t.item.high}: ${format.quantity(point.low)} – ${format.quantity(point.high)}`,
          ...(threshold === null ? [] : [`${t.item.threshold}: ${format.quantity(String(threshold))}`]),
          ...(point.outOfStockMinutes > 0
            ? [`${t.item.outMinutes}: ${format.count(point.outOfStockMinutes)}`]
            : []),
        ];
  for (const line of lines) {
    const row = document.createElement('div');
    row.textContent = line;
    box.append(row);
  }
  return box;
}
