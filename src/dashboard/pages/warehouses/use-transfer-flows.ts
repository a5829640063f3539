import { useMemo } from 'react';
import { useQuery } from 'urql';
import { TransfersDocument } from '../../gql/documents.ts';
import { useRefreshing } from '../../live/use-refreshing.ts';
import type { TransferFlow } from './place-map.tsx';

/** Transfers that are counted. */
const transfersMax = 100;

/** More arrows than these nobody can tell apart. */
const flowsMax = 5;

/** What is suggested to move between places, one flow for each way; the busiest ways only. */
export function useTransferFlows(): readonly TransferFlow[] {
  const [{ data }, ask] = useQuery({ query: TransfersDocument, variables: { first: transfersMax } });
  useRefreshing(() => ask({ requestPolicy: 'network-only' }));
  return useMemo(() => {
    const flows = new Map<string, TransferFlow>();
    for (const { donor, receiver } of data?.transferSuggestions.nodes ?? []) {
      const [fromId, toId] = [donor.warehouse.id, receiver.warehouse.id];
      const key = `${fromId} ${toId}`;
      flows.set(key, { fromId, toId, count: (flows.get(key)?.count ?? 0) + 1 });
    }
    return [...flows.values()].sort((one, other) => other.count - one.count).slice(0, flowsMax);
  }, [data]);
}
