import type { ItemSeriesQuery, SeriesInterval } from '../../gql/documents.ts';

/** What stock did inside one bucket of time. */
export type SeriesPoint = NonNullable<ItemSeriesQuery['item']>['series'][number];

/** How far back the chart looks. */
export type SpanName = 'hours24' | 'days7' | 'days30' | 'days90' | 'days365';

/** An hour, ms. */
export const hourMs = 3_600_000;

interface Span {
  readonly ms: number;
  readonly interval: SeriesInterval;
  /** How far the chart looks ahead, days. */
  readonly aheadDays: number;
}

/** Length and width of buckets of each span: never more than the 1000 buckets that the API gives. */
export const spans: Readonly<Record<SpanName, Span>> = {
  hours24: { ms: 24 * hourMs, interval: 'HOUR', aheadDays: 3 },
  days7: { ms: 7 * 24 * hourMs, interval: 'HOUR', aheadDays: 7 },
  days30: { ms: 30 * 24 * hourMs, interval: 'HOUR', aheadDays: 21 },
  days90: { ms: 90 * 24 * hourMs, interval: 'DAY', aheadDays: 42 },
  days365: { ms: 365 * 24 * hourMs, interval: 'DAY', aheadDays: 56 },
};

/** Hours are read for parts of at most so many days: 1000 buckets. */
const detailDaysMax = 40;

/** Whether a zoomed part is worth hours where the whole has days. */
export function wantsDetail(span: SpanName, from: number, to: number): boolean {
  return spans[span].interval === 'DAY' && to > from && to - from <= detailDaysMax * 24 * hourMs;
}

/** Days of the whole give way where hours were read; the parts stay in order and never overlap. */
export function mergeDetail(
  whole: readonly SeriesPoint[],
  detail: readonly SeriesPoint[],
): readonly SeriesPoint[] {
  const first = detail[0];
  const last = detail.at(-1);
  if (first === undefined || last === undefined) return whole;
  const from = Date.parse(first.startAt);
  const to = Date.parse(last.endAt);
  // Only days that lie wholly inside go: the hours take their place.
  const isInside = ({ startAt, endAt }: SeriesPoint) =>
    Date.parse(startAt) >= from && Date.parse(endAt) <= to;
  const inside = whole.filter(isInside);
  const start = Date.parse(inside[0]?.startAt ?? '');
  const end = Date.parse(inside.at(-1)?.endAt ?? '');
  const hours = detail.filter(
    ({ startAt, endAt }) => Date.parse(startAt) >= start && Date.parse(endAt) <= end,
  );
  if (inside.length === 0 || hours.length === 0) return whole;
  return [
    ...whole.filter(({ endAt }) => Date.parse(endAt) <= start),
    ...hours,
    ...whole.filter(({ startAt }) => Date.parse(startAt) >= end),
  ];
}
