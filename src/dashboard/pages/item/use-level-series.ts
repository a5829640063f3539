import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useClient } from 'urql';
import { type Failure, failureOf } from '../../api/failure.ts';
import {
  ItemSeriesDocument,
  LevelSeriesDocument,
  LevelTicksDocument,
  type SeriesInterval,
} from '../../gql/documents.ts';
import { useBusinessTime } from '../../live/business-time.tsx';
import { follow } from '../../live/follow.ts';
import { useThrottled } from '../../live/use-throttled.ts';
import { hourMs, mergeDetail, type SeriesPoint, type SpanName, spans, wantsDetail } from './series-span.ts';

/** After changes the chart is read again at most this often, ms. */
const refreshMs = 4_000;

/**
 * The water level over a span that ends now; read again when the level changes. Where somebody zooms into a long
 * span, its days give way to hours.
 *
 * @param warehouseCode - empty = all places added up
 */
export function useLevelSeries(itemId: string, sku: string, warehouseCode: string, span: SpanName) {
  const client = useClient();
  const { now } = useBusinessTime();
  const [whole, setWhole] = useState<readonly SeriesPoint[] | null>(null);
  const [detail, setDetail] = useState<readonly SeriesPoint[]>([]);
  const [failure, setFailure] = useState<Failure | null>(null);
  const round = useRef(0);
  const load = useCallback(
    async (from: number, to: number, interval: SeriesInterval) => {
      const times = { from: new Date(from).toISOString(), to: new Date(to).toISOString(), interval };
      const policy = { requestPolicy: 'network-only' } as const;
      if (warehouseCode === '') {
        const { data, error } = await client.query(ItemSeriesDocument, { sku, ...times }, policy);
        return { series: data?.item?.series, error };
      }
      const { data, error } = await client.query(
        LevelSeriesDocument,
        { sku, warehouseCode, ...times },
        policy,
      );
      return { series: data?.stockLevel?.series, error };
    },
    [client, sku, warehouseCode],
  );
  const read = useCallback(async () => {
    round.current += 1;
    const mine = round.current;
    const to = now();
    const { series, error } = await load(to - spans[span].ms, to, spans[span].interval);
    if (mine !== round.current) return;
    setFailure(error === undefined ? null : failureOf(error));
    if (series !== undefined) setWhole(series);
  }, [load, now, span]);
  useEffect(() => {
    setDetail([]);
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
  const zoom = useCallback(
    async (from: number, to: number) => {
      if (!wantsDetail(span, from, to)) return;
      const mine = round.current;
      const end = Math.min(to + hourMs, now());
      if (end - from < hourMs) return;
      const { series } = await load(from, end, 'HOUR');
      if (series !== undefined && mine === round.current) setDetail(series);
    },
    [load, now, span],
  );
  const points = useMemo(() => (whole === null ? null : mergeDetail(whole, detail)), [whole, detail]);
  return { points, failure, reload: refresh, zoom };
}
