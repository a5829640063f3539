import type { SuggestionFilter } from '../../gql/documents.ts';

/** What the list can be asked, as it stands in the address; empty = what waits for a decision. */
export interface SuggestionFilters {
  readonly state: string;
  readonly kind: string;
  /** Code of the warehouse. */
  readonly warehouse: string;
  /** Part of the article number. */
  readonly sku: string;
  /** `yes` = the day to order has come. */
  readonly due: string;
}

/** What the address may hold. */
export const suggestionFilterValues = {
  state: ['HELD', 'APPROVED', 'DISMISSED', 'RECORDED', 'EXPIRED', 'CANCELLED'],
  kind: ['PURCHASE', 'LISTING'],
  warehouse: null,
  sku: null,
  due: ['yes'],
} as const;

type State = (typeof suggestionFilterValues.state)[number] | 'OPEN';

/** The same as a filter of the API. */
export function toSuggestionFilter(filters: SuggestionFilters): SuggestionFilter {
  const { state, kind, warehouse, sku, due } = filters;
  return {
    state: { eq: (state || 'OPEN') as State },
    ...(kind === '' ? {} : { kind: { eq: kind as 'PURCHASE' | 'LISTING' } }),
    ...(warehouse === '' ? {} : { warehouseCode: { eq: warehouse } }),
    ...(sku === '' ? {} : { sku: { contains: sku } }),
    ...(due === 'yes' ? { isDue: { eq: true } } : {}),
  };
}
