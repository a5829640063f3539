import { useMemo } from 'react';
import { useQuery } from 'urql';
import { type ItemQuery, SnapshotsDocument } from '../../gql/documents.ts';
import type { DecisionLine, StockOutSpan } from './level-chart-option.ts';
import {
  addProjections,
  type PlannedLevel,
  type ProjectedDay,
  projectLevel,
  stockOutAt,
} from './projection.ts';
import { hourMs, type SpanName, spans } from './series-span.ts';

type Item = NonNullable<ItemQuery['item']>;

/** What the chart shows besides what was observed. */
interface ChartPlan {
  readonly lines: readonly DecisionLine[];
  readonly projection: readonly ProjectedDay[];
  readonly stockOut: StockOutSpan | null;
  readonly suspects: readonly (readonly [from: number, to: number])[];
}

/** Held-back readings that are shown. */
const suspectsMax = 100;

/**
 * Lines to decide by, expected stock, likely stock-out and held-back spans of an item's chart.
 *
 * @param place - code of the warehouse; empty = all places that alerts stand on, added up
 * @param now - end of what was observed, ms since 1970; not a number while nothing is there
 */
export function useChartPlan(
  item: Item,
  plan: readonly PlannedLevel[] | null,
  place: string,
  span: SpanName,
  now: number,
): ChartPlan {
  const [{ data }] = useQuery({
    query: SnapshotsDocument,
    variables: { filter: { itemId: { eq: item.id }, isSuspect: { eq: true } }, first: suspectsMax },
  });
  const chosen = useMemo(
    () =>
      (plan ?? []).filter(({ isWatched, warehouse }) =>
        place === '' ? isWatched : warehouse.code === place,
      ),
    [plan, place],
  );
  const planned = useMemo(() => {
    if (Number.isNaN(now)) return { projection: [], stockOut: null };
    const until = now + spans[span].aheadDays * 24 * hourMs;
    const places = chosen
      .filter(({ forecast }) => forecast !== null)
      .map((level) => projectLevel(level, now).filter(({ at }) => at <= until));
    const stockOut = chosen
      .map((level) => stockOutSpan(level, place === '' ? nameOf(item, level) : ''))
      .filter((found) => found !== null && found.likely <= until)
      .sort((one, other) => (one?.likely ?? 0) - (other?.likely ?? 0));
    return { projection: places.length === 0 ? [] : addProjections(places), stockOut: stockOut[0] ?? null };
  }, [item, place, chosen, span, now]);
  const lines = useMemo(() => linesOf(chosen), [chosen]);
  const suspects = useMemo(() => {
    const since = item.stockLevels.nodes.flatMap(({ suspectReading, warehouse }) =>
      suspectReading?.since == null || (place !== '' && warehouse.code !== place)
        ? []
        : [[Date.parse(suspectReading.since), now] as const],
    );
    const past = (data?.snapshots.nodes ?? [])
      .filter(({ warehouse }) => place === '' || warehouse?.code === place)
      .map(({ observedAt }) => [Date.parse(observedAt), Date.parse(observedAt) + hourMs] as const);
    return [...past, ...since];
  }, [item, data, place, now]);
  return { ...planned, lines, suspects };
}

function nameOf(item: Item, level: PlannedLevel): string {
  return item.stockLevels.nodes.find(({ id }) => id === level.id)?.warehouse.name ?? '';
}

function stockOutSpan(level: PlannedLevel, placeName: string): StockOutSpan | null {
  const { daysToStockOut } = level;
  if (daysToStockOut === null) return null;
  const likely = stockOutAt(level, daysToStockOut.p50);
  if (likely === null) return null;
  return {
    early: stockOutAt(level, daysToStockOut.p10),
    likely,
    late: stockOutAt(level, daysToStockOut.p90),
    placeName,
  };
}

/** Each line summed over the places; one that a place lacks is left out, since its sum would be too low. */
function linesOf(levels: readonly PlannedLevel[]): DecisionLine[] {
  const kinds = [
    ['threshold', 'safetyStock'],
    ['reorderPoint', 'reorderPoint'],
    ['targetLevel', 'targetLevel'],
  ] as const;
  return kinds.flatMap(([kind, field]) => {
    const values = levels.map((level) => level[field]);
    if (values.length === 0 || values.some((value) => value === null)) return [];
    const sum = values.reduce((total, value) => total + Number(value?.value ?? 0), 0);
    return [{ kind, value: Math.round(sum * 100) / 100 }];
  });
}
