import type { Format } from '../../i18n/format.ts';
import type { Messages } from '../../i18n/messages.ts';
import type { ChartColors, ChartOption } from '../../parts/chart-option.ts';
import { projectionSeries, receiptSeries } from './level-chart-ahead.ts';
import { levelChartTip } from './level-chart-tip.ts';
import type { ProjectedDay } from './projection.ts';
import type { SeriesPoint } from './series-span.ts';

/** Goods that came or are expected. */
export interface Receipt {
  /** ms since 1970. */
  readonly at: number;
  readonly quantity: string;
  readonly isExpected: boolean;
}

/** A level to decide by, in the item's unit. */
export interface DecisionLine {
  readonly kind: 'threshold' | 'reorderPoint' | 'targetLevel';
  readonly value: number;
}

/** When stock runs out, ms since 1970: early, likely, late; null = not within the days looked at. */
export interface StockOutSpan {
  readonly early: number | null;
  readonly likely: number;
  readonly late: number | null;
  /** Name of the place that runs out first, where places are added up; empty for one place. */
  readonly placeName: string;
}

/** What the chart of a level shows. */
export interface LevelChartData {
  readonly points: readonly SeriesPoint[];
  readonly lines: readonly DecisionLine[];
  readonly receipts: readonly Receipt[];
  /** Spans in which readings were held back, ms since 1970. */
  readonly suspects: readonly (readonly [from: number, to: number])[];
  /** Empty = nothing is known of demand. */
  readonly projection: readonly ProjectedDay[];
  readonly stockOut: StockOutSpan | null;
}

/** Panning is drawn at most this often, ms: one frame in three leaves room for the pointer. */
const frameMs = 50;
/** Up to so many points everything is drawn, beyond them the stock alone. */
const pointsFull = 1_500;

/**
 * The water-level chart: stock as a step line with the range of each bucket, the lines to decide by, spans without
 * stock and held-back readings shaded, receipts marked; then what stock is expected to do, with its band and the day
 * on which it likely runs out.
 */
export function levelChartOption(
  data: LevelChartData,
  colors: ChartColors,
  t: Messages,
  format: Format,
): ChartOption {
  const { points, projection, lines } = data;
  const now = Date.parse(points.at(-1)?.endAt ?? '');
  const top = Math.max(0, ...lines.map(({ value }) => value));
  return {
    animation: false,
    textStyle: { fontFamily: colors.font, color: colors.quiet },
    grid: { left: 8, right: 18, top: 26, bottom: 46, containLabel: true },
    tooltip: {
      trigger: 'axis',
      confine: true,
      className: 'chart-tip',
      backgroundColor: colors.surface,
      borderColor: colors.line,
      textStyle: { color: colors.ink },
      formatter: (given: unknown) => levelChartTip(given, data, now, t, format),
    },
    xAxis: {
      type: 'time',
      min: Date.parse(points[0]?.startAt ?? ''),
      max: Math.max(now, projection.at(-1)?.at ?? 0),
      axisLine: { lineStyle: { color: colors.line } },
      axisTick: { lineStyle: { color: colors.line } },
      axisLabel: {
        color: colors.quiet,
        hideOverlap: true,
        formatter: (at: number) => axisTime(at, points, projection, format),
      },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: (extent: { min: number }) => Math.min(0, extent.min),
      max: (extent: { max: number }) => roundUp(Math.max(extent.max, top) * 1.06),
      axisLabel: {
        color: colors.quiet,
        showMaxLabel: false,
        formatter: (value: number) => format.count(value),
      },
      splitLine: { lineStyle: { color: colors.line, opacity: 0.7 } },
    },
    dataZoom: zoom(colors, points.length > pointsFull),
    series: [
      ...(points.length <= pointsFull ? rangeSeries(points, colors) : []),
      stockSeries(data, now, colors, t, format),
      ...projectionSeries(projection, points, now, colors),
      receiptSeries(data.receipts, colors, format),
    ],
  };
}

/**
 * @param isDense - then only what is seen is worked on and thinned out, so that panning stays smooth and zooming in
 *   shows every point; elsewhere the points beside the window are needed for the lines that lead out of it
 */
function zoom(colors: ChartColors, isDense: boolean) {
  const filterMode = isDense ? 'filter' : 'none';
  return [
    { type: 'inside', filterMode, minValueSpan: 6 * 3_600_000, throttle: frameMs },
    {
      type: 'slider',
      height: 20,
      bottom: 6,
      filterMode,
      minValueSpan: 6 * 3_600_000,
      borderColor: colors.line,
      fillerColor: 'transparent',
      moveHandleSize: 0,
      showDetail: false,
      showDataShadow: !isDense,
      handleStyle: { color: colors.surface, borderColor: colors.quiet },
      dataBackground: { lineStyle: { color: colors.line }, areaStyle: { color: colors.line } },
      selectedDataBackground: {
        lineStyle: { color: colors.water },
        areaStyle: { color: colors.water, opacity: 0.3 },
      },
    },
  ];
}

/** Highest and lowest of each bucket, as a band. */
function rangeSeries(points: readonly SeriesPoint[], colors: ChartColors) {
  const plain = { type: 'line', step: 'end', stack: 'range', showSymbol: false, silent: true } as const;
  return [
    {
      ...plain,
      lineStyle: { opacity: 0 },
      data: points.map(({ startAt, low }) => [Date.parse(startAt), Number(low)]),
    },
    {
      ...plain,
      lineStyle: { opacity: 0 },
      areaStyle: { color: colors.water, opacity: 0.3 },
      data: points.map(({ startAt, low, high }) => [Date.parse(startAt), Number(high) - Number(low)]),
    },
  ];
}

function stockSeries(data: LevelChartData, now: number, colors: ChartColors, t: Messages, format: Format) {
  const { points, suspects, stockOut } = data;
  const last = points.at(-1);
  const steps = points.map((point): [number, number] => [Date.parse(point.startAt), Number(point.open)]);
  if (last !== undefined) steps.push([Date.parse(last.endAt), Number(last.close)]);
  return {
    name: t.item.stock,
    type: 'line',
    step: 'end',
    // Not even invisible ones: each would be made and compared anew at every move of the window.
    symbol: 'none',
    showSymbol: false,
    // More points than pixels are thinned out, so that panning stays smooth.
    sampling: 'minmax',
    color: colors.accent,
    lineStyle: { width: 2, color: colors.accent },
    areaStyle: { color: colors.water, opacity: 0.16 },
    data: steps,
    markArea: {
      silent: true,
      data: [
        ...points
          .filter(({ outOfStockMinutes }) => outOfStockMinutes > 0)
          .map(({ startAt, endAt }) => shade(Date.parse(startAt), Date.parse(endAt), colors.out, 0.2)),
        ...suspects.map(([from, to]) => shade(from, to, colors.low, 0.25)),
        ...(stockOut === null || stockOut.early === null
          ? []
          : [shade(stockOut.early, stockOut.late ?? data.projection.at(-1)?.at ?? now, colors.out, 0.08)]),
      ],
    },
    markLine: {
      silent: true,
      symbol: 'none',
      data: [
        ...decisionMarks(data.lines, colors, t, format),
        {
          xAxis: now,
          lineStyle: { color: colors.quiet, type: 'solid', width: 1, opacity: 0.6 },
          label: { show: false },
        },
        ...(stockOut === null
          ? []
          : [
              {
                xAxis: stockOut.likely,
                lineStyle: { color: colors.out, type: 'solid', width: 2 },
                label: {
                  color: colors.out,
                  fontWeight: 600,
                  position: 'end',
                  distance: 4,
                  align: towardsMiddle(stockOut.likely, data, now),
                  formatter: `${stockOut.placeName} ${t.plan.runsOut(format.day(stockOut.likely))}`.trim(),
                },
              },
            ]),
      ],
    },
  };
}

const lineStyles = {
  threshold: { type: 'solid', position: 'insideEndTop' },
  reorderPoint: { type: 'dashed', position: 'insideStartTop' },
  targetLevel: { type: 'dotted', position: 'insideMiddleTop' },
} as const;

/** The lines to decide by; equal ones share one line and its label. */
function decisionMarks(lines: readonly DecisionLine[], colors: ChartColors, t: Messages, format: Format) {
  const tones = { threshold: colors.low, reorderPoint: colors.violet, targetLevel: colors.good };
  const isSame = (one: DecisionLine, other: DecisionLine) => Math.abs(one.value - other.value) < 0.005;
  const distinct = lines.filter((line, index) => lines.findIndex((other) => isSame(line, other)) === index);
  return distinct.flatMap((first) => {
    const equal = lines.filter((other) => isSame(first, other));
    const { type, position } = lineStyles[first.kind];
    const names = equal.map(({ kind }) => t.plan[kind]).join(' = ');
    return [
      {
        yAxis: first.value,
        lineStyle: { color: tones[first.kind], type, width: 2 },
        label: {
          position,
          color: colors.ink,
          fontSize: 12,
          formatter: `${names} ${format.count(first.value)}`,
        },
      },
    ];
  });
}

/** Near an edge a label leans inwards, so that it is never cut. */
function towardsMiddle(
  at: number,
  { points, projection }: LevelChartData,
  now: number,
): 'left' | 'center' | 'right' {
  const from = Date.parse(points[0]?.startAt ?? '');
  const share = (at - from) / Math.max(1, Math.max(now, projection.at(-1)?.at ?? 0) - from);
  return share < 0.3 ? 'left' : share > 0.7 ? 'right' : 'center';
}

function shade(from: number, to: number, color: string, opacity: number) {
  return [{ xAxis: from, itemStyle: { color, opacity } }, { xAxis: to }];
}

/** Up to two leading digits, so that the axis ends on a round number. */
function roundUp(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return Math.ceil(value / unit) * unit;
}

/** Long spans show the day, shorter ones the time too. */
function axisTime(
  at: number,
  points: readonly SeriesPoint[],
  projection: readonly ProjectedDay[],
  format: Format,
): string {
  const first = Date.parse(points[0]?.startAt ?? '');
  const last = projection.at(-1)?.at ?? Date.parse(points.at(-1)?.endAt ?? '');
  return last - first > 5 * 86_400_000 ? format.day(at) : format.dateTime(at);
}
