import { cutToBytes } from './limits.ts';
import { type Severity, severities } from './notice.ts';
import { listNumbers } from './numbers.ts';
import { type MessageLocale, messageWords, nameKind, nameSeverity, rankKind } from './words.ts';

export type { MessageLocale } from './words.ts';

/** A suggested purchase. */
export interface SuggestedOrder {
  /** Decimal text, in the item's unit; minimum and multiple are kept. */
  readonly quantity: string;
  /** Latest day to order, `YYYY-MM-DD`; null = not in sight. */
  readonly byOn: string | null;
}

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
  /** Decimal text, in the item's unit, as of the alert's last change. */
  readonly available: string | null;
  readonly threshold: string | null;
  /** Decimal text; what is on its way to that warehouse now; null = not known. */
  readonly incoming: string | null;
  /**
   * Figures that the alert rests on, by name, decimal text: `safety_stock`, `units_per_day`, `lead_time_days`,
   * `stock_out_probability`, of a source `minutes_since_reading`, `held_readings`, `levels`, `failed_readings`. Absent = none are known.
   */
  readonly figures?: Readonly<Record<string, string>>;
  /** What is suggested to buy; absent = nothing is due, or it is held for review. */
  readonly order?: SuggestedOrder;
  readonly openedAt: Date;
  readonly changedAt: Date;
  /** IANA zone of the place, in which its times are told. */
  readonly timeZone: string;
}

/** One line of a message. */
export interface MessageLine extends NoticeFacts {
  readonly text: string;
}

/** Lines of a message that have their severity, kind and place in common. */
export interface MessageSection {
  /** Null when there is nothing to say above the lines. */
  readonly heading: string | null;
  /** The heading's parts: how bad, and what and where. */
  readonly mark: string;
  readonly subject: string;
  /** Null = over, or not about alerts. */
  readonly severity: Severity | null;
  /** What is said of each alert below the heading, and the alerts themselves. */
  readonly items: readonly string[];
  readonly lines: readonly NoticeFacts[];
}

/** Titles of 1688 offers are long; a line must be read at a glance. */
const titleBytesMax = 120;
const nameBytesMax = 90;

/** Whether an alert is over. @example isOver({ state: 'RESOLVED' }) // true */
export function isOver({ state }: Pick<NoticeFacts, 'state'>): boolean {
  return state === 'RESOLVED';
}

/**
 * What one notice says, in one line of at most about 700 bytes: how bad, what, which goods, where, the numbers.
 *
 * @param facts - of the alert as it is when the message is made
 * @returns plain text without line breaks; names of goods and places are cut to a length that can be read
 * @see what an alert must say to be acted on, pains 2 and 18: signature, size, language
 * @example composeLine(facts, 'zh-CN') // '【紧急】低库存：A-1 青瓷茶杯（义乌仓），可用 3 件，警戒线 10 件'
 */
export function composeLine(facts: NoticeFacts, locale: MessageLocale): string {
  const isChinese = locale === 'zh-CN';
  const details = [nameGoods(facts, locale), ...composeNumbers(facts, locale)].join(isChinese ? '，' : ', ');
  const what = `${composeMark(facts, locale)}${nameKind(facts.kind, locale)}`;
  return `${what}${isChinese ? '：' : ': '}${details}${composeAside(facts, locale)}`;
}

/**
 * What one notice says below the heading of its section: which goods, the numbers.
 *
 * @returns plain text of one line; of an alert about a source its shop
 * @see the limits of robots, which are counted in bytes: alertmanager#2750
 * @example composeItem(facts, 'zh-CN') // 'A-1 青瓷茶杯：可用 3 件，警戒线 10 件'
 */
function composeItem(facts: NoticeFacts, locale: MessageLocale): string {
  const isChinese = locale === 'zh-CN';
  const numbers = composeNumbers(facts, locale).join(isChinese ? '，' : ', ');
  const goods = facts.sku === null ? namePlace(facts) : nameItem(facts);
  const name = goods === '' ? nameKind(facts.kind, locale) : goods;
  return `${name}${numbers === '' ? '' : isChinese ? `：${numbers}` : `: ${numbers}`}${composeAside(facts, locale)}`;
}

/**
 * Lines in sections: what has severity, kind and place in common stands below one heading.
 *
 * @param lines - in the order of {@link compareFacts}, so that each section is there once
 * @returns in the same order
 * @see digests of many alerts that nobody could read, pain 4
 * @example toSections([facts], 'zh-CN')[0].heading // '【紧急】低库存 · 义乌仓'
 */
export function toSections(lines: readonly NoticeFacts[], locale: MessageLocale): MessageSection[] {
  const sections: (MessageSection & { items: string[]; lines: NoticeFacts[] })[] = [];
  for (const facts of lines) {
    const mark = nameMark(facts, locale);
    const subject = nameSubject(facts, locale);
    const heading = `${locale === 'zh-CN' ? `【${mark}】` : `[${mark}] `}${subject}`;
    const last = sections.at(-1);
    const item = composeItem(facts, locale);
    if (last?.heading === heading) {
      last.items.push(item);
      last.lines.push(facts);
    } else {
      const severity = isOver(facts) ? null : facts.severity;
      sections.push({ heading, mark, subject, severity, items: [item], lines: [facts] });
    }
  }
  return sections;
}

/**
 * What stands below the title of a message: of one alert only its numbers, the title has said the rest.
 *
 * @param lines - at least one, sorted by {@link compareFacts}
 * @see toSections
 * @example toBody([facts], 'zh-CN')[0].items // ['可用 3 件，警戒线 10 件']
 */
export function toBody(lines: readonly NoticeFacts[], locale: MessageLocale): MessageSection[] {
  const [only] = lines;
  if (only === undefined || lines.length > 1) return toSections(lines, locale);
  const numbers = composeNumbers(only, locale).join(locale === 'zh-CN' ? '，' : ', ');
  const items = [numbers, nameNews(only, locale)].filter((text) => text !== null && text !== '') as string[];
  const severity = isOver(only) ? null : only.severity;
  return [{ heading: null, mark: '', subject: '', severity, items, lines }];
}

/**
 * Order of lines: what still fires first, the worst first, what costs sales first, then by place; the oldest first.
 *
 * @returns as `Array.sort` wants it
 * @see rankKind
 * @example [warning, critical].sort(compareFacts) // [critical, warning]
 */
export function compareFacts(one: NoticeFacts, other: NoticeFacts): number {
  return (
    Number(isOver(one)) - Number(isOver(other)) ||
    severities.indexOf(other.severity) - severities.indexOf(one.severity) ||
    rankKind(one.kind) - rankKind(other.kind) ||
    compareText(namePlace(one), namePlace(other)) ||
    one.changedAt.getTime() - other.changedAt.getTime()
  );
}

/**
 * Title of a message: of one alert what, which goods and where, of more how many of each severity. It always holds the
 * words 水位 or Shuiwei, which a robot that is kept by keyword can be given.
 *
 * @param facts - at least one
 * @param part - number and count of the parts that a long message was divided into
 * @see DingTalk shows the title in its list of chats, and may ask for a keyword: PrometheusAlert#369
 * @example composeTitle([facts], 'en', { number: 1, count: 1 }) // 'Shuiwei [Critical] Low stock: A-1 青瓷茶杯 (义乌仓)'
 */
export function composeTitle(
  facts: readonly NoticeFacts[],
  locale: MessageLocale,
  part: { readonly number: number; readonly count: number },
): string {
  const isChinese = locale === 'zh-CN';
  const [only] = facts;
  const parts = part.count === 1 ? '' : ` ${part.number}/${part.count}`;
  if (facts.length === 1 && only !== undefined) {
    const what = `${composeMark(only, locale)}${nameKind(only.kind, locale)}`;
    const goods = nameGoods(only, locale);
    return isChinese ? `水位预警${what}：${goods}${parts}` : `Shuiwei ${what}: ${goods}${parts}`;
  }
  const counts = countOf(facts).map(([name, count]) =>
    isChinese ? `${name} ${count}` : `${count} ${name.toLowerCase()}`,
  );
  return isChinese
    ? `水位预警：共 ${facts.length} 条（${counts.join('、')}）${parts}`
    : `Shuiwei: ${facts.length} alerts (${counts.join(', ')})${parts}`;

  function countOf(all: readonly NoticeFacts[]): (readonly [string, number])[] {
    const open = all.filter((one) => !isOver(one));
    const bySeverity = severities
      .map((severity) => [severity, open.filter((one) => one.severity === severity).length] as const)
      .reverse()
      .map(([severity, count]) => [nameSeverity(severity, locale), count] as const);
    const over = [messageWords.resolved[locale], all.length - open.length] as const;
    return [...bySeverity, over].filter(([, count]) => count > 0);
  }
}

/** The worst of some severities; INFO of none. @example worstSeverity([warning, critical]) // 'CRITICAL' */
export function worstSeverity(facts: readonly { readonly severity: Severity }[]): Severity {
  const worst = Math.max(0, ...facts.map(({ severity }) => severities.indexOf(severity)));
  return severities[worst] ?? 'INFO';
}

/** What a test message says. @example composeTest('en', 'ops').title // 'Shuiwei test message' */
export function composeTest(locale: MessageLocale, channelName: string): { title: string; text: string } {
  return locale === 'zh-CN'
    ? { title: '水位测试消息', text: `渠道“${channelName}”已接通，水位预警会发到这里。` }
    : {
        title: 'Shuiwei test message',
        text: `The channel “${channelName}” works: alerts will arrive here.`,
      };
}

/**
 * Key and title of an item, cut to what can be read at a glance; empty when the alert is about no item.
 *
 * @example nameItem(facts) // 'A-1 青瓷茶杯'
 */
export function nameItem(facts: NoticeFacts): string {
  return [facts.sku, facts.itemTitle === facts.sku ? null : facts.itemTitle]
    .filter((part) => part !== null)
    .map((part) => cutToBytes(oneLine(part), titleBytesMax))
    .join(' ');
}

/** Its numbers, each with its name. */
function composeNumbers(facts: NoticeFacts, locale: MessageLocale): string[] {
  return listNumbers(facts, locale).map(({ name, value }) => `${name} ${value}`);
}

/** What is new about it besides its severity; null = nothing. @example nameNews(reminder, 'en') // 'reminder' */
export function nameNews(facts: NoticeFacts, locale: MessageLocale): string | null {
  if (facts.state === 'ACKNOWLEDGED') return messageWords.acknowledged[locale];
  if (isOver(facts) || facts.cause === 'EVENT') return null;
  return messageWords[facts.cause === 'REPEAT' ? 'again' : 'escalated'][locale];
}

function composeAside(facts: NoticeFacts, locale: MessageLocale): string {
  const news = nameNews(facts, locale);
  if (news === null) return '';
  return locale === 'zh-CN' ? `（${news}）` : ` (${news})`;
}

function composeMark(facts: NoticeFacts, locale: MessageLocale): string {
  const mark = nameMark(facts, locale);
  return locale === 'zh-CN' ? `【${mark}】` : `[${mark}] `;
}

function nameMark(facts: NoticeFacts, locale: MessageLocale): string {
  return isOver(facts) ? messageWords.resolved[locale] : nameSeverity(facts.severity, locale);
}

/** What it is about and where; a source stands below its heading itself. */
function nameSubject(facts: NoticeFacts, locale: MessageLocale): string {
  const place = facts.sku === null ? '' : namePlace(facts);
  const kind = nameKind(facts.kind, locale);
  return place === '' ? kind : `${kind} · ${place}`;
}

/** Goods and where they are; of a source its shop. */
function nameGoods(facts: NoticeFacts, locale: MessageLocale): string {
  const [item, place] = [nameItem(facts), namePlace(facts)];
  if (item === '' || place === '') return item === '' ? place : item;
  return locale === 'zh-CN' ? `${item}（${place}）` : `${item} (${place})`;
}

function namePlace(facts: NoticeFacts): string {
  return cutToBytes(oneLine(facts.warehouseName ?? facts.shopName ?? ''), nameBytesMax);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
