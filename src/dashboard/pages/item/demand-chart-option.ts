import type { Format } from '../../i18n/format.ts';
import type { Messages } from '../../i18n/messages.ts';
import type { ChartColors, ChartOption } from '../../parts/chart-option.ts';
import type { DemandDay, ForecastDay } from './demand-days.ts';

/** Demand of the past as bars, of the future as a line inside its band. */
export function demandChartOption(
  { days, ahead }: { days: readonly DemandDay[]; ahead: readonly ForecastDay[] },
  colors: ChartColors,
  t: Messages,
  format: Format,
): ChartOption {
  const dates = [...new Set([...days, ...ahead].map(({ date }) => date))].sort();
  const past = new Map(days.map((day) => [day.date, day]));
  const future = new Map(ahead.map((day) => [day.date, day]));
  const over = (value: (day: ForecastDay) => number) =>
    dates.map((date) => {
      const day = future.get(date);
      return day === undefined ? null : value(day);
    });
  const band = { type: 'line', stack: 'band', symbol: 'none', silent: true, step: 'middle' } as const;
  return {
    animation: false,
    textStyle: { fontFamily: colors.font, color: colors.quiet },
    grid: { left: 8, right: 20, top: 12, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      confine: true,
      className: 'chart-tip',
      backgroundColor: colors.surface,
      borderColor: colors.line,
      textStyle: { color: colors.ink },
      formatter: (given: unknown) => {
        const [first] = Array.isArray(given) ? (given as { axisValue?: string }[]) : [];
        return tip(first?.axisValue ?? '', past, future, t, format);
      },
    },
    xAxis: {
      type: 'category',
      data: dates,
      axisLine: { lineStyle: { color: colors.line } },
      axisTick: { show: false },
      axisLabel: { color: colors.quiet, hideOverlap: true, formatter: format.calendarDay },
    },
    yAxis: {
      type: 'value',
      axisLabel: { color: colors.quiet, formatter: (value: number) => format.count(value) },
      splitLine: { lineStyle: { color: colors.line, opacity: 0.7 } },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 14,
        data: dates.map((date) => {
          const day = past.get(date);
          if (day === undefined) return null;
          return { value: day.units, itemStyle: { color: day.isCensored ? colors.low : colors.water } };
        }),
      },
      { ...band, lineStyle: { opacity: 0 }, data: over(({ p10 }) => p10) },
      {
        ...band,
        lineStyle: { opacity: 0 },
        areaStyle: { color: colors.violet, opacity: 0.2 },
        data: over(({ p10, p90 }) => p90 - p10),
      },
      {
        type: 'line',
        symbol: 'none',
        silent: true,
        lineStyle: { color: colors.violet, width: 2, type: 'dashed' },
        data: over(({ mean }) => mean),
      },
    ],
  };
}

function tip(
  date: string,
  past: ReadonlyMap<string, DemandDay>,
  future: ReadonlyMap<string, ForecastDay>,
  t: Messages,
  format: Format,
): HTMLElement {
  const wanted = past.get(date);
  const expected = future.get(date);
  const box = document.createElement('div');
  const lines = [
    format.calendarDay(date),
    ...(wanted === undefined ? [] : [`${t.plan.wanted}: ${format.count(wanted.units)}`]),
    ...(wanted?.isCensored === true ? [t.plan.censored] : []),
    ...(expected === undefined
      ? []
      : [
          `${t.plan.forecastMean}: ${format.count(Math.round(expected.mean * 10) / 10)}`,
          `P10 – P90: ${format.count(Math.round(expected.p10))} – ${format.count(Math.round(expected.p90))}`,
        ]),
  ];
  for (const line of lines) {
    const row = document.createElement('div');
    row.textContent = line;
    box.append(row);
  }
  return box;
}
