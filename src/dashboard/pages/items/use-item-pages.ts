import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useClient } from 'urql';
import { type Failure, failureOf } from '../../api/failure.ts';
import {
  ItemCountDocument,
  type ItemCountQuery,
  type ItemFilter,
  type ItemRowFragment,
  ItemsDocument,
  LevelTicksDocument,
} from '../../gql/documents.ts';
import { useAlertStream } from '../../live/alert-stream.tsx';
import { follow } from '../../live/follow.ts';
import { useThrottled } from '../../live/use-throttled.ts';
import { type ItemFilters, toItemFilter, toItemOrder } from './item-filters.ts';

/** Rows read at once: about three windows full, since every row costs before the first can be seen. */
const pageSize = 30;
/** Rows that are shown are read again after changes at most this often, ms. */
const refreshMs = 5_000;
/** Longer tables than this are not read again by themselves, rows. */
const refreshRowsMax = 240;

/** Items in the wished order, as far as they were scrolled to. */
export interface ItemPages {
  readonly items: readonly ItemRowFragment[];
  readonly total: ItemCountQuery['items']['totalCount'] | null;
  readonly isLoading: boolean;
  readonly hasMore: boolean;
  readonly failure: Failure | null;
  loadMore(): void;
  reload(): void;
}

/** Reads items page by page; sorted and filtered by the server, read again after changes of stock. */
export function useItemPages(filters: ItemFilters): ItemPages {
  const client = useClient();
  const { resyncCount } = useAlertStream();
  const [items, setItems] = useState<readonly ItemRowFragment[]>([]);
  const [endCursor, setEndCursor] = useState<string | null>(null);
  const [total, setTotal] = useState<ItemPages['total']>(null);
  const [isLoading, setLoading] = useState(true);
  const [failure, setFailure] = useState<Failure | null>(null);
  const round = useRef(0);
  const countRound = useRef(0);
  const busy = useRef(false);
  const question = useMemo(
    () => ({ filter: toItemFilter(filters), orderBy: toItemOrder(filters) }),
    [filters],
  );
  // Another order has the same rows: only another filter is counted anew.
  const counted = JSON.stringify(question.filter);

  const read = useCallback(
    async (first: number, after: string | null) => {
      if (after === null) round.current += 1;
      else if (busy.current) return;
      const mine = round.current;
      busy.current = true;
      setLoading(true);
      const variables = { ...question, first, ...(after === null ? {} : { after }) };
      const { data, error } = await client.query(ItemsDocument, variables, { requestPolicy: 'network-only' });
      if (mine !== round.current) return;
      busy.current = false;
      setLoading(false);
      setFailure(error === undefined ? null : failureOf(error));
      if (data === undefined) return;
      const { nodes, pageInfo } = data.items;
      setItems((before) => (after === null ? nodes : [...before, ...nodes]));
      setEndCursor(pageInfo.hasNextPage ? pageInfo.endCursor : null);
    },
    [client, question],
  );
  const count = useCallback(async () => {
    countRound.current += 1;
    const mine = countRound.current;
    const { data } = await client.query(
      ItemCountDocument,
      { filter: JSON.parse(counted) as ItemFilter },
      { requestPolicy: 'network-only' },
    );
    if (data !== undefined && mine === countRound.current) setTotal(data.items.totalCount);
  }, [client, counted]);

  // The rows come first: a count of rare rows costs as much as finding them, and nobody waits for it.
  const firstRead = useRef<Promise<void>>(Promise.resolve());
  // biome-ignore lint/correctness/useExhaustiveDependencies: after missed events the table is read anew
  useEffect(() => {
    firstRead.current = read(pageSize, null);
  }, [read, resyncCount]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after missed events the table is read anew
  useEffect(() => {
    setTotal(null);
    let isOver = false;
    void firstRead.current.then(() => (isOver ? undefined : count()));
    return () => {
      // A count of the former filter that is still under way must not stand under the rows of this one.
      isOver = true;
      countRound.current += 1;
    };
  }, [count, resyncCount]);

  const refresh = useThrottled(() => {
    if (busy.current || items.length > refreshRowsMax) return;
    void read(Math.max(pageSize, items.length), null);
    void count();
  }, refreshMs);
  useEffect(
    () =>
      follow({
        client,
        document: LevelTicksDocument,
        variables: () => ({}),
        onData: () => refresh(),
      }),
    [client, refresh],
  );

  return {
    items,
    total,
    isLoading,
    hasMore: endCursor !== null,
    failure,
    loadMore: useCallback(() => {
      if (endCursor !== null) void read(pageSize, endCursor);
    }, [read, endCursor]),
    reload: useCallback(() => void read(pageSize, null), [read]),
  };
}
