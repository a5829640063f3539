import { cutToBytes } from './limits.ts';
import { type Severity, severities } from './notice.ts';

/** Language of a message. */
export type MessageLocale = 'zh-CN' | 'en';

/** What one notice tells, as facts. */
export interface NoticeFacts {
  readonly alertId: string;
  readonly kind: string;
  readonly state: string;
  readonly severity: Severity;
  readonly cause: 'EVENT' | 'REPEAT' | 'ESCALATION';
  readonly sku: string | null;
  readonly itemTitle: string | null;
  readonly unit: string | null;
  readonly warehouseName: string | null;
  readonly shopName: string | null;
  /** Decimal text. */
  readonly available: string | null;
  readonly threshold: string | null;
  readonly openedAt: Date;
  readonly changedAt: Date;
}

/** One line of a message. */
export interface MessageLine extends NoticeFacts {
  readonly text: string;
}

const kindNames: Readonly<Record<string, Record<MessageLocale, string>>> = {
  LOW_STOCK: { 'zh-CN': '库存偏低', en: 'Low stock' },
  REORDER_DUE: { 'zh-CN': '需要补货', en: 'Reorder due' },
  OUT_OF_STOCK: { 'zh-CN': '已缺货', en: 'Out of stock' },
  APPROACHING: { 'zh-CN': '接近安全库存', en: 'Approaching the threshold' },
  OVERSTOCK: { 'zh-CN': '库存积压', en: 'Overstock' },
  STOCK_OUT_PREDICTED: { 'zh-CN': '预计缺货', en: 'Stock-out predicted' },
  LISTING_MISMATCH: { 'zh-CN': '挂售数量与实物不符', en: 'Listing differs from stock' },
  SOURCE_STALE: { 'zh-CN': '数据源过期', en: 'Source is stale' },
  SOURCE_SUSPECT: { 'zh-CN': '数据源异常', en: 'Source looks wrong' },
  SYNC_FAILED: { 'zh-CN': '同步失败', en: 'Sync failed' },
};
const severityNames: Record<Severity, Record<MessageLocale, string>> = {
  INFO: { 'zh-CN': '提示', en: 'Info' },
  WARNING: { 'zh-CN': '警告', en: 'Warning' },
  CRITICAL: { 'zh-CN': '严重', en: 'Critical' },
};
const words = {
  resolved: { 'zh-CN': '已恢复', en: 'resolved' },
  again: { 'zh-CN': '再次提醒', en: 'reminder' },
  escalated: { 'zh-CN': '无人确认', en: 'nobody has acknowledged' },
  left: { 'zh-CN': '可用', en: 'available' },
  threshold: { 'zh-CN': '阈值', en: 'threshold' },
} as const;

/** Titles of 1688 offers are long; a line must be read at a glance. */
const titleBytesMax = 120;
const nameBytesMax = 90;

/** An alert's kind in words; an unknown one as it is. */
export function nameKind(kind: string, locale: MessageLocale): string {
  return kindNames[kind]?.[locale] ?? kind;
}

/** A severity in words. */
export function nameSeverity(severity: Severity, locale: MessageLocale): string {
  return severityNames[severity][locale];
}

/**
 * What one notice says, in one line of at most about 600 bytes: how bad, what, which goods, where, the numbers.
 *
 * @param facts - of the alert as it is when the message is made
 * @returns plain text without line breaks; names of goods and places are cut to a length that can be read
 * @see what an alert must say to be acted on, pains 2 and 18: signature, size, language
 * @example composeLine(facts, 'zh-CN') // '【严重】库存偏低 A-1 青瓷茶杯 @ 义乌仓：可用 3 件，阈值 10 件'
 */
export function composeLine(facts: NoticeFacts, locale: MessageLocale): string {
  const isChinese = locale === 'zh-CN';
  const state =
    facts.state === 'RESOLVED'
      ? words.resolved[locale]
      : facts.cause === 'REPEAT'
        ? words.again[locale]
        : facts.cause === 'ESCALATION'
          ? words.escalated[locale]
          : null;
  const severity = nameSeverity(facts.severity, locale);
  const mark = isChinese ? `【${severity}】` : `[${severity}] `;
  const what = `${mark}${nameKind(facts.kind, locale)}`;
  const aside = state === null ? '' : isChinese ? `（${state}）` : ` (${state})`;
  const goods = [facts.sku, facts.itemTitle === facts.sku ? null : facts.itemTitle]
    .filter((part) => part !== null)
    .map((part) => ` ${cutToBytes(oneLine(part), titleBytesMax)}`)
    .join('');
  const placeName = facts.warehouseName ?? facts.shopName;
  const place = placeName === null ? '' : ` @ ${cutToBytes(oneLine(placeName), nameBytesMax)}`;
  const numbers = composeNumbers(facts, locale);
  return `${what}${aside}${goods}${place}${numbers === '' ? '' : `${isChinese ? '：' : ': '}${numbers}`}`;
}

/**
 * Title of a message about one or more alerts: the worst severity and how many.
 *
 * @param facts - at least one
 * @param part - number and count of the parts that a long message was divided into
 * @example composeTitle([facts], 'en', { number: 1, count: 1 }) // 'Shuiwei: 1 alert, Critical'
 */
export function composeTitle(
  facts: readonly NoticeFacts[],
  locale: MessageLocale,
  part: { readonly number: number; readonly count: number },
): string {
  const severity = nameSeverity(worstSeverity(facts), locale);
  const count = facts.length;
  const parts = part.count === 1 ? '' : ` (${part.number}/${part.count})`;
  return locale === 'zh-CN'
    ? `水位预警：${count} 条，最高级别${severity}${parts}`
    : `Shuiwei: ${count} alert${count === 1 ? '' : 's'}, ${severity}${parts}`;
}

/** The worst of some severities; INFO of none. */
export function worstSeverity(facts: readonly { readonly severity: Severity }[]): Severity {
  const worst = Math.max(0, ...facts.map(({ severity }) => severities.indexOf(severity)));
  return severities[worst] ?? 'INFO';
}

/** What a test message says. */
export function composeTest(locale: MessageLocale, channelName: string): { title: string; text: string } {
  return locale === 'zh-CN'
    ? { title: '水位测试消息', text: `渠道“${channelName}”已接通。` }
    : { title: 'Shuiwei test message', text: `The channel “${channelName}” works.` };
}

function composeNumbers(facts: NoticeFacts, locale: MessageLocale): string {
  const unit = facts.unit === null ? '' : ` ${facts.unit}`;
  const left = facts.available === null ? null : `${words.left[locale]} ${plain(facts.available)}${unit}`;
  const bound =
    facts.threshold === null ? null : `${words.threshold[locale]} ${plain(facts.threshold)}${unit}`;
  return [left, bound].filter((part) => part !== null).join(locale === 'zh-CN' ? '，' : ', ');
}

/** Postgres keeps the zeros that somebody wrote. */
function plain(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
