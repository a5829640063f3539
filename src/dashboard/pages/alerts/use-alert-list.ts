import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useClient } from 'urql';
import { type Failure, failureOf } from '../../api/failure.ts';
import {
  AlertBoardDocument,
  type AlertBoardQuery,
  type AlertRowFragment,
  type StockAlertFilter,
  type StockAlertKind,
} from '../../gql/documents.ts';
import { useAlertEvents, useAlertStream } from '../../live/alert-stream.tsx';
import { useThrottled } from '../../live/use-throttled.ts';
import { type AlertList, type BoardFilters, compareUrgency, emptyList, mergeAlerts } from './alert-list.ts';

/** Alerts read at once. */
const pageSize = 100;
/** The number of all is read again at most this often, ms. */
const recountMs = 2_000;

type Count = AlertBoardQuery['held']['totalCount'];

/** The board's alerts, kept up to date by events. */
export interface LiveAlertList {
  readonly alerts: readonly AlertRowFragment[];
  readonly total: Count | null;
  /** How many more the filters would show, were they not held with their source; null = not known yet. */
  readonly held: Count | null;
  readonly isLoading: boolean;
  readonly failure: Failure | null;
  readonly hasMore: boolean;
  loadMore(): void;
  reload(): void;
  /** Takes in what an action answered, before its event comes. */
  take(alert: AlertRowFragment): void;
}

/** Reads the board and follows it; every change of the filters reads it anew. */
export function useAlertList(filters: BoardFilters): LiveAlertList {
  const client = useClient();
  const { resyncCount } = useAlertStream();
  const question = useMemo(
    () => ({ filter: toServerFilter(filters), held: toServerFilter({ ...filters, held: 'yes' }) }),
    [filters],
  );
  const [list, setList] = useState<AlertList>(emptyList);
  const [counts, setCounts] = useState<Pick<LiveAlertList, 'total' | 'held'>>({ total: null, held: null });
  const [isLoading, setLoading] = useState(true);
  const [failure, setFailure] = useState<Failure | null>(null);
  const round = useRef(0);

  const read = useCallback(
    async (after: string | null) => {
      if (after === null) round.current += 1;
      const mine = round.current;
      setLoading(true);
      const variables = { ...question, first: pageSize, ...(after === null ? {} : { after }) };
      const { data, error } = await client.query(AlertBoardDocument, variables, {
        requestPolicy: 'network-only',
      });
      // Filters changed meanwhile: this answer is to another question.
      if (mine !== round.current) return;
      setLoading(false);
      setFailure(error === undefined ? null : failureOf(error));
      if (data === undefined) return;
      const { nodes, pageInfo } = data.stockAlerts;
      setCounts(countsOf(data));
      setList((before) => ({
        rows: mergeAlerts(after === null ? new Map() : before.rows, nodes, filters),
        endCursor: pageInfo.hasNextPage ? pageInfo.endCursor : null,
      }));
    },
    [client, question, filters],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: after missed events the board is read anew
  useEffect(() => {
    void read(null);
  }, [read, resyncCount]);

  const recount = useThrottled(() => {
    void client
      .query(AlertBoardDocument, { ...question, first: 0 }, { requestPolicy: 'network-only' })
      .then(({ data }) => {
        if (data !== undefined) setCounts(countsOf(data));
      });
  }, recountMs);

  const take = useCallback(
    (alerts: readonly AlertRowFragment[]) => {
      setList((before) => ({ ...before, rows: mergeAlerts(before.rows, alerts, filters) }));
      recount();
    },
    [filters, recount],
  );
  useAlertEvents((events) => {
    take(events.map(({ alert }) => alert));
    // What hangs on a source is held and let go with its alert, without events of its own.
    if (events.some(({ alert }) => alert.item === null)) void read(null);
  });

  const alerts = useMemo(() => [...list.rows.values()].sort(compareUrgency), [list]);
  return {
    alerts,
    ...counts,
    isLoading,
    failure,
    hasMore: list.endCursor !== null,
    loadMore: () => void read(list.endCursor),
    reload: () => void read(null),
    take: (alert) => take([alert]),
  };
}

function countsOf({ stockAlerts, held }: AlertBoardQuery): Pick<LiveAlertList, 'total' | 'held'> {
  return { total: stockAlerts.totalCount, held: held.totalCount };
}

function toServerFilter(filters: BoardFilters): StockAlertFilter {
  return {
    isSuppressedBySource: { eq: filters.held === 'yes' },
    ...(filters.state === ''
      ? { isOpen: { eq: true } }
      : filters.state === 'all'
        ? {}
        : { state: { eq: filters.state as 'FIRING' } }),
    ...(filters.severity === '' ? {} : { severity: { eq: filters.severity as 'CRITICAL' } }),
    ...(filters.kind === '' ? {} : { kind: { eq: filters.kind as StockAlertKind } }),
    ...(filters.warehouse === '' ? {} : { warehouseCode: { eq: filters.warehouse } }),
    ...(filters.sku === '' ? {} : { sku: { contains: filters.sku } }),
  };
}
