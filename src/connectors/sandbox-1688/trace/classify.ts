/**
 * What a line of a trace is. Cancellations part into matched cancellations and unmatched returns only when
 * they are held against the sales before them.
 */
export type TraceClass = 'sale' | 'cancellation' | 'non_goods' | 'unpriced' | 'correction';

/**
 * Stock codes of the public file that are no goods: postage, carriage, manual entries, discounts, samples,
 * bad debt, bank charges, marketplace fees, commissions, test entries. Gift vouchers begin with `GIFT`.
 * Other codes that begin with letters (the `DCGS…` articles) are goods.
 */
const nonGoods = new Set([
  'POST',
  'DOT',
  'C2',
  'C3',
  'M',
  'D',
  'S',
  'B',
  'BANK CHARGES',
  'AMAZONFEE',
  'CRUK',
  'ADJUST',
  'ADJUST2',
]);

/** True for a stock code that stands for something other than goods. */
function isNonGoods(sku: string): boolean {
  return nonGoods.has(sku) || /^(GIFT|TEST\d)/.test(sku);
}

/**
 * The class of a line of the public layout; the first rule that fits decides:
 * non-goods by code, cancellation by an invoice number with C, correction by a negative quantity (or a
 * positive one on a cancellation), unpriced by a price of 0, below 0 or missing, else a sale.
 */
export function classifyLine(line: {
  order: string;
  sku: string;
  quantity: number;
  price: number | null;
}): TraceClass {
  if (isNonGoods(line.sku)) return 'non_goods';
  if (/^c/i.test(line.order)) return line.quantity < 0 ? 'cancellation' : 'correction';
  if (line.quantity < 0) return 'correction';
  return line.price === null || line.price <= 0 ? 'unpriced' : 'sale';
}
