import type { NoticeFacts } from './message.ts';
import type { MessageLocale } from './words.ts';

type Wording = Readonly<Record<MessageLocale, string>>;

const available: Wording = { 'zh-CN': '可用', en: 'available' };
const threshold: Wording = { 'zh-CN': '警戒线', en: 'threshold' };
const incoming: Wording = { 'zh-CN': '在途', en: 'incoming' };

/** What the two numbers of an alert are, by its kind; a null line is not worth telling. */
const namesOf: Readonly<Record<string, { readonly quantity: Wording; readonly line: Wording | null }>> = {
  OUT_OF_STOCK: { quantity: available, line: null },
  APPROACHING: { quantity: available, line: { 'zh-CN': '提醒线', en: 'warning line' } },
  REORDER_DUE: {
    quantity: { 'zh-CN': '库存头寸', en: 'position' },
    line: { 'zh-CN': '再订货点', en: 'reorder point' },
  },
  OVERSTOCK: { quantity: available, line: { 'zh-CN': '上限', en: 'limit' } },
  LISTING_MISMATCH: {
    quantity: { 'zh-CN': '相差', en: 'difference' },
    line: { 'zh-CN': '允许相差', en: 'allowed' },
  },
};
const probability: Wording = { 'zh-CN': '断货概率', en: 'stock-out risk' };
const probabilityLine: Wording = { 'zh-CN': '警戒概率', en: 'bound' };

/** Kinds for which it matters what is on its way; a position holds it already. */
const wantsIncoming = new Set(['LOW_STOCK', 'OUT_OF_STOCK', 'APPROACHING', 'STOCK_OUT_PREDICTED']);

/** A number of an alert with its name. */
export interface NamedNumber {
  readonly name: string;
  readonly value: string;
}

/**
 * The numbers of an alert, each with its name: what there is, the line that it is held against, what is on its way.
 *
 * @param facts - quantities as decimal text; null ones are left out. The two numbers of STOCK_OUT_PREDICTED are
 *   probabilities when there is a line, else the first is a quantity
 * @returns in reading order; empty for an alert about a source
 * @see a bare "stock is low" cannot be acted on: pain 2
 * @example listNumbers(facts, 'zh-CN') // [{ name: '可用', value: '3 件' }, { name: '警戒线', value: '10 件' }]
 */
export function listNumbers(facts: NoticeFacts, locale: MessageLocale): NamedNumber[] {
  if (facts.kind === 'STOCK_OUT_PREDICTED' && facts.threshold !== null) {
    return [
      ...(facts.available === null ? [] : [{ name: probability[locale], value: showShare(facts.available) }]),
      { name: probabilityLine[locale], value: showShare(facts.threshold) },
    ];
  }
  const { quantity, line } = namesOf[facts.kind] ?? { quantity: available, line: threshold };
  const isComing = wantsIncoming.has(facts.kind) && Number(facts.incoming ?? 0) > 0;
  const numbers = [
    [quantity, facts.available],
    [line, facts.threshold],
    [incoming, isComing ? facts.incoming : null],
  ] as const;
  return numbers.flatMap(([name, value]) =>
    name === null || value === null ? [] : [{ name: name[locale], value: showQuantity(value, facts.unit) }],
  );
}

/**
 * A quantity as people read it: without the zeros that the database keeps, thousands apart.
 *
 * @param decimal - decimal text in plain notation
 * @param unit - the item's; null or empty = none
 * @see CLDR number patterns of zh and en, which both part thousands by commas
 * @example showQuantity('12000.500', '件') // '12,000.5 件'
 */
export function showQuantity(decimal: string, unit: string | null): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const digits = fraction.replace(/0+$/, '');
  return `${grouped}${digits === '' ? '' : `.${digits}`}${unit === null || unit === '' ? '' : ` ${unit}`}`;
}

function showShare(decimal: string): string {
  return `${Math.round(Number(decimal) * 100)}%`;
}
