import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { type Failure, failureOf } from '../../api/failure.ts';
import {
  ItemSeriesDocument,
  type ItemSeriesQuery,
  LevelSeriesDocument,
  LevelTicksDocument,
  type SeriesInterval,
} from '../../gql/documents.ts';
import { useBusinessTime } from '../../live/business-time.tsx';
import { follow } from '../../live/follow.ts';
import { useThrottled } from '../../live/use-throttled.ts';

/** What stock did inside one bucket of time. */
export type SeriesPoint = NonNullable<ItemSeriesQuery['item']>['series'][number];

/** How far back the chart looks. */
export type SpanName = 'hours24' | 'days7' | 'days30' | 'days90' | 'days365';

const hourMs = 3_600_000;

/** Length and width of buckets of each span: never more than the 1000 buckets that the API gives. */
export const spans: Readonly<Record<SpanName, { readonly ms: number; readonly interval: SeriesInterval }>> = {
  hours24: { ms: 24 * hourMs, interval: 'HOUR' },
  days7: { ms: 7 * 24 * hourMs, interval: 'HOUR' },
  days30: { ms: 30 * 24 * hourMs, interval: 'HOUR' },
  days90: { ms: 90 * 24 * hourMs, interval: 'DAY' },
  days365: { ms: 365 * 24 * hourMs, interval: 'DAY' },
};

/** After changes the chart is read again at most this often, ms. */
const refreshMs = 4_000;

/**
 * The water level over a span that ends now; read again when the level changes.
 *
 * @param warehouseCode - empty = all places added up
 */
export function useLevelSeries(itemId: string, sku: string, warehouseCode: string, span: SpanName) {
  const client = useClient();
  const { now } = useBusinessTime();
  const [points, setPoints] = useState<readonly SeriesPoint[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const round = useRef(0);
  const read = useCallback(async () => {
    round.current += 1;
    const mine = round.current;
    const to = now();
    const times = {
      from: new Date(to - spans[span].ms).toISOString(),
      to: new Date(to).toISOString(),
      interval: spans[span].interval,
    };
    const policy = { requestPolicy: 'network-only' } as const;
    const [series, error] =
      warehouseCode === ''
        ? await client
            .query(ItemSeriesDocument, { sku, ...times }, policy)
            .then((result) => [result.data?.item?.series, result.error] as const)
        : await client
            .query(LevelSeriesDocument, { sku, warehouseCode, ...times }, policy)
            .then((result) => [result.data?.stockLevel?.series, result.error] as const);
    if (mine !== round.current) return;
    setFailure(error === undefined ? null : failureOf(error));
    if (series !== undefined) setPoints(series);
  }, [client, now, sku, warehouseCode, span]);
  useEffect(() => {
    void read();
  }, [read]);
  const refresh = useThrottled(() => void read(), refreshMs);
  useEffect(
    () =>
      follow({
        client,
        document: LevelTicksDocument,
        variables: () => ({ filter: { itemId: { eq: itemId } } }),
        onData: refresh,
      }),
    [client, itemId, refresh],
  );
  return { points, failure, reload: refresh };
}
