import type { SalesPolicyState } from '../sales-policy.ts';
import { cutToBytes } from './limits.ts';

/** Language of a message. */
type MessageLocale = 'zh-CN' | 'en';

/** A change of what a storefront may do with an item, as a message carries it. */
export interface PolicyChangeLine {
  /** The event's cursor: `salesPolicyChanged(after:)` goes on behind it. */
  readonly cursor: string;
  readonly changeId: string;
  readonly itemId: string;
  readonly sku: string;
  readonly itemTitle: string;
  readonly state: SalesPolicyState;
  readonly previousState: SalesPolicyState;
  /** Decimal text; null = not known. */
  readonly available: string | null;
  readonly daysToStockOut: number | null;
  readonly occurredAt: Date;
}

const stateNames: Record<SalesPolicyState, Record<MessageLocale, string>> = {
  NORMAL: { 'zh-CN': '正常销售', en: 'sell normally' },
  LOW_STOCK_BADGE: { 'zh-CN': '显示低库存标记', en: 'show a low-stock badge' },
  LIMIT_PROMOTION: { 'zh-CN': '限制促销', en: 'limit promotion' },
  STOP_PROMOTION: { 'zh-CN': '停止促销', en: 'stop promotion' },
  PRE_SALE: { 'zh-CN': '转为预售', en: 'sell in advance' },
  HIDE: { 'zh-CN': '下架隐藏', en: 'hide' },
};
const titleBytesMax = 120;

/** A state of an item in words. */
function namePolicyState(state: SalesPolicyState, locale: MessageLocale): string {
  return stateNames[state][locale];
}

/**
 * One change in one line: which goods, what now, what before.
 *
 * @returns plain text without line breaks
 * @see what a message must say to be acted on: goods, state, cause
 * @example composePolicyLine(change, 'en') // 'A-1 Teacup: stop promotion (was: sell normally)'
 */
export function composePolicyLine(
  change: Pick<PolicyChangeLine, 'sku' | 'itemTitle' | 'state' | 'previousState'>,
  locale: MessageLocale,
): string {
  const title = cutToBytes(change.itemTitle.replace(/\s+/g, ' ').trim(), titleBytesMax);
  const goods = title === change.sku ? change.sku : `${change.sku} ${title}`;
  const [now, before] = [
    namePolicyState(change.state, locale),
    namePolicyState(change.previousState, locale),
  ];
  return locale === 'zh-CN' ? `${goods}：${now}（此前：${before}）` : `${goods}: ${now} (was: ${before})`;
}

/** Title of a message about so many changes, ≥ 1. */
export function composePolicyTitle(count: number, locale: MessageLocale): string {
  return locale === 'zh-CN'
    ? `水位销售策略：${count} 件商品有变化`
    : `Shuiwei sales policy: ${count} item${count === 1 ? '' : 's'} changed`;
}
