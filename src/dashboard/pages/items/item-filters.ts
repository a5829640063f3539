import type { ItemFilter, ItemOrder, ItemOrderField } from '../../gql/documents.ts';

/** What the table can be asked, as it stands in the address; empty = all. */
export interface ItemFilters {
  /** Part of the article number or the title. */
  readonly q: string;
  readonly category: string;
  /** A name of {@link shows}. */
  readonly show: string;
  /** `A`, `B` or `C`. */
  readonly abc: string;
  /** A column's name. */
  readonly sort: string;
  /** `desc` or empty. */
  readonly direction: string;
}

/** The columns that can be sorted by, by their name in the address. */
const sortFields: Readonly<Record<string, ItemOrderField>> = {
  sku: 'SKU',
  title: 'TITLE',
  available: 'AVAILABLE',
  days: 'DAYS_TO_STOCK_OUT',
  health: 'HEALTH',
  excess: 'EXCESS_VALUE',
  urgency: 'URGENCY',
  incoming: 'INCOMING',
  listed: 'LISTED_AVAILABLE',
  difference: 'LISTING_DIFFERENCE',
};

/** Parts of all items that people look at, by their name in the address. */
const shows: Readonly<Record<string, ItemFilter>> = {
  low: { isLow: { eq: true } },
  out: { available: { lte: '0' } },
  risk: { daysToStockOut: { lte: '7' } },
  unhealthy: { healthScore: { lt: '50' } },
  excess: { excessValue: { gt: '0' } },
  oversell: { listingDifference: { gt: '0' } },
};

/** What the address may hold. */
export const itemFilterValues = {
  q: null,
  category: null,
  show: Object.keys(shows),
  abc: ['A', 'B', 'C'],
  sort: Object.keys(sortFields),
  direction: ['desc'],
} as const;

/** The same as a filter of the API. */
export function toItemFilter({ q, category, show, abc }: ItemFilters): ItemFilter {
  const parts: ItemFilter[] = [];
  if (q !== '') parts.push({ or: [{ sku: { contains: q } }, { title: { contains: q } }] });
  if (category !== '') parts.push({ category: { eq: category } });
  if (abc !== '') parts.push({ abcClass: { eq: abc } });
  const part = shows[show];
  if (part !== undefined) parts.push(part);
  return parts.length === 0 ? {} : { and: parts };
}

/** The same as an order of the API; by article number unless asked otherwise. */
export function toItemOrder({ sort, direction }: ItemFilters): ItemOrder[] {
  return [
    { field: sortFields[sort] ?? 'SKU', direction: direction === 'desc' ? 'DESC' : 'ASC', nulls: 'LAST' },
  ];
}
