import type { Format } from '../../i18n/format.ts';
import type { Messages } from '../../i18n/messages.ts';
import type { LevelChartData } from './level-chart-option.ts';

/** What the chart says of one place of its axis, as an element: text only, so that no name can become markup. */
export function levelChartTip(
  given: unknown,
  data: LevelChartData,
  now: number,
  t: Messages,
  format: Format,
): HTMLElement {
  const [first] = Array.isArray(given) ? (given as { axisValue?: number }[]) : [];
  const at = first?.axisValue ?? 0;
  const lines =
    at > now && data.projection.length > 0 ? aheadLines(at, data, t, format) : pastLines(at, data, t, format);
  const box = document.createElement('div');
  for (const line of [
    ...lines,
    ...data.lines.map(({ kind, value }) => `${t.plan[kind]}: ${format.count(value)}`),
  ]) {
    const row = document.createElement('div');
    row.textContent = line;
    box.append(row);
  }
  return box;
}

/** The bucket that an instant lies in, halving the way each time: the pointer asks at every move. */
function pointAt(points: LevelChartData['points'], at: number) {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (Date.parse(points[middle]?.startAt ?? '') <= at) low = middle;
    else high = middle - 1;
  }
  return points[low];
}

function pastLines(at: number, { points }: LevelChartData, t: Messages, format: Format): string[] {
  const point = pointAt(points, at);
  if (point === undefined) return [];
  return [
    `${format.dateTime(point.startAt)} – ${format.dateTime(point.endAt)}`,
    `${t.item.close}: ${format.quantity(point.close)}`,
    `${t.item.low} – ${t.item.high}: ${format.quantity(point.low)} – ${format.quantity(point.high)}`,
    ...(point.outOfStockMinutes > 0
      ? [`${t.item.outMinutes}: ${format.count(point.outOfStockMinutes)}`]
      : []),
  ];
}

function aheadLines(at: number, { projection }: LevelChartData, t: Messages, format: Format): string[] {
  const day = projection.find(({ at: end }) => end >= at) ?? projection.at(-1);
  if (day === undefined) return [];
  return [
    t.plan.endOf(format.date(day.at - 1)),
    `${t.plan.expectedStock}: ${format.count(Math.round(day.expected * 10) / 10)}`,
    `P10 – P90: ${format.count(Math.round(day.low))} – ${format.count(Math.round(day.high))}`,
    ...(day.arriving > 0 ? [`${t.item.inbound}: +${format.count(day.arriving)}`] : []),
  ];
}
