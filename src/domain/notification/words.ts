import type { Severity } from './notice.ts';

/** Language of a message. */
export type MessageLocale = 'zh-CN' | 'en';

type Wording = Readonly<Record<MessageLocale, string>>;

/** In the order in which they are told: what costs sales first. */
const kindNames: Readonly<Record<string, Wording>> = {
  OUT_OF_STOCK: { 'zh-CN': '缺货', en: 'Out of stock' },
  LOW_STOCK: { 'zh-CN': '低库存', en: 'Low stock' },
  STOCK_OUT_PREDICTED: { 'zh-CN': '预计缺货', en: 'Stock-out predicted' },
  REORDER_DUE: { 'zh-CN': '应补货', en: 'Reorder due' },
  APPROACHING: { 'zh-CN': '接近警戒线', en: 'Near the threshold' },
  LISTING_MISMATCH: { 'zh-CN': '在售与实物不符', en: 'Listing differs from stock' },
  SOURCE_STALE: { 'zh-CN': '数据源过期', en: 'Source is stale' },
  SOURCE_SUSPECT: { 'zh-CN': '数据源异常', en: 'Source looks wrong' },
  SYNC_FAILED: { 'zh-CN': '同步失败', en: 'Sync failed' },
  OVERSTOCK: { 'zh-CN': '库存过多', en: 'Overstock' },
};
const kindOrder = Object.keys(kindNames);
const severityNames: Readonly<Record<Severity, Wording>> = {
  INFO: { 'zh-CN': '提示', en: 'Info' },
  WARNING: { 'zh-CN': '警告', en: 'Warning' },
  CRITICAL: { 'zh-CN': '紧急', en: 'Critical' },
};

/** What messages say besides names and numbers. */
export const messageWords = {
  since: { 'zh-CN': '起', en: 'since' },
  until: { 'zh-CN': '恢复', en: 'resolved' },
  resolved: { 'zh-CN': '已恢复', en: 'Resolved' },
  acknowledged: { 'zh-CN': '已有人接手', en: 'somebody is on it' },
  again: { 'zh-CN': '再次提醒', en: 'reminder' },
  escalated: { 'zh-CN': '无人接手', en: 'nobody has acknowledged it' },
  openItem: { 'zh-CN': '查看此商品', en: 'Open this item' },
  openSuggestions: { 'zh-CN': '查看补货建议', en: 'Open the suggestion' },
  openAlerts: { 'zh-CN': '查看全部预警', en: 'Open all alerts' },
} as const satisfies Readonly<Record<string, Wording>>;

/**
 * An alert's kind in words, as the dashboard calls it.
 *
 * @param kind - a known kind; an unknown one is answered as it is
 * @see docs/glossary.md for the Chinese words
 * @example nameKind('LOW_STOCK', 'zh-CN') // '低库存'
 */
export function nameKind(kind: string, locale: MessageLocale): string {
  return kindNames[kind]?.[locale] ?? kind;
}

/**
 * Where a kind stands among those of one severity.
 *
 * @param kind - a known kind; unknown ones come last
 * @see what costs sales is told before what costs money: pain 4, noise
 * @example rankKind('OUT_OF_STOCK') // 0
 */
export function rankKind(kind: string): number {
  const rank = kindOrder.indexOf(kind);
  return rank < 0 ? kindOrder.length : rank;
}

/**
 * A severity in words, as the dashboard calls it.
 *
 * @see docs/glossary.md
 * @example nameSeverity('CRITICAL', 'zh-CN') // '紧急'
 */
export function nameSeverity(severity: Severity, locale: MessageLocale): string {
  return severityNames[severity][locale];
}

/**
 * Where an alert can be looked at: its item's page; the board of alerts when it is about no item.
 *
 * @param dashboardUrl - without a slash at its end
 * @see src/dashboard/app.tsx for the pages
 * @example linkTo('https://stock.example.com', 'A/1') // 'https://stock.example.com/items/A%2F1'
 */
export function linkTo(dashboardUrl: string, sku: string | null): string {
  return sku === null ? `${dashboardUrl}/alerts` : `${dashboardUrl}/items/${encode(sku)}`;
}

/**
 * Where a suggested purchase can be looked at and decided.
 *
 * @param dashboardUrl - without a slash at its end
 * @see src/dashboard/pages/suggestions/suggestion-filters.ts for what the address may hold
 * @example linkToSuggestions('https://stock.example.com', 'A/1') // 'https://stock.example.com/suggestions?sku=A%2F1'
 */
export function linkToSuggestions(dashboardUrl: string, sku: string): string {
  return `${dashboardUrl}/suggestions?sku=${encode(sku)}`;
}

/** Brackets would end a link in a chat's markdown. */
function encode(sku: string): string {
  return encodeURIComponent(sku).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16)}`,
  );
}
