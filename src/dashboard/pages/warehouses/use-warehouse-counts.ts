import { useCallback, useEffect, useMemo, useState } from 'react';
import { useClient } from 'urql';
import { type BootQuery, WarehouseCountsDocument } from '../../gql/documents.ts';
import { useRefreshing } from '../../live/use-refreshing.ts';

/** A place of the organization. */
export type Place = BootQuery['warehouses']['nodes'][number];

/** How a place stands. */
export interface PlaceCounts {
  readonly levels: number;
  readonly low: number;
  readonly out: number;
  /** Null = unknown. */
  readonly health: { readonly score: string; readonly band: string } | null;
}

/** Counts levels in every place; by the place's id, absent until counted. */
export function useWarehouseCounts(places: readonly Place[]): ReadonlyMap<string, PlaceCounts> {
  const client = useClient();
  const [counts, setCounts] = useState<ReadonlyMap<string, PlaceCounts>>(new Map());
  const key = places.map(({ id }) => id).join(' ');
  const ids = useMemo(() => key.split(' ').filter((id) => id !== ''), [key]);
  const read = useCallback(async () => {
    const readOne = async (id: string) => {
      const { data } = await client.query(WarehouseCountsDocument, { id }, { requestPolicy: 'network-only' });
      if (data === undefined) return;
      const told = {
        levels: data.all.totalCount.value,
        low: data.low.totalCount.value,
        out: data.out.totalCount.value,
        health: data.warehouse?.health ?? null,
      };
      setCounts((before) => new Map(before).set(id, told));
    };
    await Promise.all(ids.map(readOne));
  }, [client, ids]);
  useEffect(() => void read(), [read]);
  useRefreshing(() => void read());
  return counts;
}
