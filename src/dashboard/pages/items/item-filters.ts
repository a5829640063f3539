import type { ItemFilter, ItemOrder, ItemOrderField } from '../../gql/documents.ts';

/** What the table can be asked, as it stands in the address; empty = all. */
export interface ItemFilters {
  /** Part of the article number or the title. */
  readonly q: string;
  readonly category: string;
  /** `low`, `out` or `oversell`. */
  readonly show: string;
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
  incoming: 'INCOMING',
  listed: 'LISTED_AVAILABLE',
  difference: 'LISTING_DIFFERENCE',
};

/** What the address may hold. */
export const itemFilterValues = {
  q: null,
  category: null,
  show: ['low', 'out', 'oversell'],
  sort: Object.keys(sortFields),
  direction: ['desc'],
} as const;

/** The same as a filter of the API. */
export function toItemFilter({ q, category, show }: ItemFilters): ItemFilter {
  const parts: ItemFilter[] = [];
  if (q !== '') parts.push({ or: [{ sku: { contains: q } }, { title: { contains: q } }] });
  if (category !== '') parts.push({ category: { eq: category } });
  if (show === 'low') parts.push({ isLow: { eq: true } });
  if (show === 'out') parts.push({ available: { lte: '0' } });
  if (show === 'oversell') parts.push({ listingDifference: { gt: '0' } });
  return parts.length === 0 ? {} : { and: parts };
}

/** The same as an order of the API; by article number unless asked otherwise. */
export function toItemOrder({ sort, direction }: ItemFilters): ItemOrder[] {
  return [
    { field: sortFields[sort] ?? 'SKU', direction: direction === 'desc' ? 'DESC' : 'ASC', nulls: 'LAST' },
  ];
}
