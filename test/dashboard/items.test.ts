import { expect, test } from 'vitest';
import { toCsvLine } from '../../src/dashboard/pages/items/export-items.ts';
import { toItemFilter, toItemOrder } from '../../src/dashboard/pages/items/item-filters.ts';
import { heatTone } from '../../src/dashboard/pages/warehouses/heat-tone.ts';

const nothing = { q: '', category: '', abc: '', show: '', sort: '', direction: '' };

test('cells are quoted where they must be', () => {
  expect(toCsvLine(['A-1', '白色, "XL"', 'a\nb', ''])).toBe('A-1,"白色, ""XL""","a\nb",\r\n');
});

test('a title that a spreadsheet would run stays a text, negative numbers stay numbers', () => {
  expect(toCsvLine(['=1+1', '@x', '-cmd', '-12.5', '+8'])).toBe("'=1+1,'@x,'-cmd,-12.5,'+8\r\n");
});

test('filters become one filter of the API, all of which must hold', () => {
  expect(toItemFilter(nothing)).toEqual({});
  expect(toItemFilter({ ...nothing, q: 'cup', show: 'low' })).toEqual({
    and: [{ or: [{ sku: { contains: 'cup' } }, { title: { contains: 'cup' } }] }, { isLow: { eq: true } }],
  });
});

test('without a wish items stand by article number', () => {
  expect(toItemOrder(nothing)).toEqual([{ field: 'SKU', direction: 'ASC', nulls: 'LAST' }]);
  expect(toItemOrder({ ...nothing, sort: 'available', direction: 'desc' })).toEqual([
    { field: 'AVAILABLE', direction: 'DESC', nulls: 'LAST' },
  ]);
});

test.each([
  [0, 10, 'out'],
  [-3, null, 'out'],
  [5, null, 'none'],
  [5, 0, 'none'],
  [10, 10, 'low'],
  [20, 10, 'near'],
  [50, 10, 'fine'],
  [51, 10, 'high'],
] as const)('%d available at a safety stock of %s is painted %s', (available, threshold, tone) => {
  expect(heatTone(available, threshold)).toBe(tone);
});
