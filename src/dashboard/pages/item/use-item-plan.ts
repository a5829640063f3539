import { useQuery } from 'urql';
import { ItemPlanDocument } from '../../gql/documents.ts';
import { useRefreshing } from '../../live/use-refreshing.ts';
import type { PlannedLevel } from './projection.ts';

/** Days that the chart looks ahead. */
export const horizonDays = 56;

/** What planning expects of an item, place by place; null until it is there. */
export function useItemPlan(sku: string): readonly PlannedLevel[] | null {
  const [{ data }, ask] = useQuery({ query: ItemPlanDocument, variables: { sku, horizonDays } });
  useRefreshing(() => ask({ requestPolicy: 'network-only' }));
  return data?.item?.stockLevels.nodes ?? null;
}
