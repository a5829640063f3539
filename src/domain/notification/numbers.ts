import { Decimal } from '../../shared/decimal.ts';
import type { AlertKind } from '../alert/alert-rule.ts';
import { speaksFor } from '../alert/inhibition.ts';
import type { NoticeFacts } from './message.ts';
import type { MessageLocale } from './words.ts';

type Wording = Readonly<Record<MessageLocale, string>>;

const available: Wording = { 'zh-CN': '可用', en: 'available' };
const threshold: Wording = { 'zh-CN': '警戒线', en: 'threshold' };
const incoming: Wording = { 'zh-CN': '在途', en: 'incoming' };
const lasts: Wording = { 'zh-CN': '可售', en: 'lasts' };
const leadTime: Wording = { 'zh-CN': '补货提前期', en: 'lead time' };
const dailyDemand: Wording = { 'zh-CN': '日均需求', en: 'daily demand' };
const probability: Wording = { 'zh-CN': '断货风险', en: 'stock-out risk' };
const sinceReading: Wording = { 'zh-CN': '距上次读数', en: 'not read for' };
const suspectReadings: Wording = { 'zh-CN': '可疑读数', en: 'suspect readings' };
const advice: Wording = { 'zh-CN': '补货建议', en: 'advice:' };
const orderNow: Wording = { 'zh-CN': '应下单', en: 'order now' };
const orderNothing: Wording = { 'zh-CN': '在途已够', en: 'no order needed' };
const failures: Wording = { 'zh-CN': '连续失败', en: 'failures in a row' };

/** What the two quantities of an alert are, by its kind; a null line is not worth telling. */
const namesOf: Readonly<Record<string, { readonly quantity: Wording; readonly line: Wording | null }>> = {
  OUT_OF_STOCK: { quantity: available, line: null },
  REORDER_DUE: {
    quantity: { 'zh-CN': '库存位置', en: 'position' },
    line: { 'zh-CN': '再订货点', en: 'reorder point' },
  },
  OVERSTOCK: { quantity: available, line: { 'zh-CN': '上限', en: 'limit' } },
  LISTING_MISMATCH: {
    quantity: { 'zh-CN': '在售', en: 'listed' },
    line: { 'zh-CN': '实物', en: 'in stock' },
  },
};

/** Kinds for which it matters what is on its way; a position holds it already. */
const wantsIncoming = new Set(['LOW_STOCK', 'OUT_OF_STOCK', 'APPROACHING', 'STOCK_OUT_PREDICTED']);
/** Kinds for which it matters how long it takes to get more. */
const wantsLeadTime = new Set(['LOW_STOCK', 'OUT_OF_STOCK', 'REORDER_DUE', 'STOCK_OUT_PREDICTED']);
/** Kinds for which it matters how long the rest lasts. */
const wantsDays = new Set(['LOW_STOCK', 'APPROACHING', 'STOCK_OUT_PREDICTED']);

/** A calendar day, without its year. */
const days: Readonly<Record<MessageLocale, Intl.DateTimeFormat>> = {
  'zh-CN': new Intl.DateTimeFormat('zh-CN', { timeZone: 'UTC', month: 'long', day: 'numeric' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'short', day: 'numeric' }),
};

/** A number of an alert with its name. */
export interface NamedNumber {
  readonly name: string;
  readonly value: string;
}

/**
 * The numbers of an alert, each with its name: what there is, the line that it is held against, what is on its way, how
 * long it lasts, how long more would take, and what to order by when. Of a source how bad it is.
 *
 * @param facts - quantities and figures as decimal text; what is not known is left out
 * @returns in reading order
 * @see a bare "stock is low" cannot be acted on: pain 2
 * @example listNumbers(facts, 'zh-CN') // [{ name: '可用', value: '3 件' }, { name: '警戒线', value: '10 件' }]
 */
export function listNumbers(facts: NoticeFacts, locale: MessageLocale): NamedNumber[] {
  const { quantity, line } = namesOf[facts.kind] ?? { quantity: available, line: threshold };
  const { unit, kind } = facts;
  const isOver = facts.state === 'RESOLVED';
  const isComing = wantsIncoming.has(kind) && Number(facts.incoming ?? 0) > 0;
  const figures = facts.figures ?? {};
  const share = figures.stock_out_probability;
  const told: readonly (readonly [Wording | null, string | null | undefined])[] = [
    [quantity, showOptional(facts.available, unit)],
    // Near the threshold is told by the threshold, not by where near begins.
    [line, showLine(kind === 'APPROACHING' ? figures.safety_stock : facts.threshold, facts)],
    [incoming, isComing ? showOptional(facts.incoming, unit) : null],
    [probability, share === undefined || isOver ? null : `${Math.round(Number(share) * 100)}%`],
    ...(isOver ? [] : listDays(facts, locale)),
    [advice, adviseOrder(facts, locale)],
    ...listSourceFigures(figures, locale),
  ];
  return told.flatMap(([name, value]) =>
    name === null || value == null ? [] : [{ name: name[locale], value }],
  );
}

/**
 * What to order by when, or whether an order is due at all.
 *
 * @param facts - of REORDER_DUE, or of an alert that speaks for one
 * @returns null = it is not known, plain from the kind, or over
 * @see an alert that says that and not how much to order leaves the work to its reader: pain 2
 * @example adviseOrder({ ...due, order: { quantity: '120', byOn: '2026-03-12' } }, 'en') // 'order 120 件 by 12 Mar'
 */
export function adviseOrder(facts: NoticeFacts, locale: MessageLocale): string | null {
  const { kind, state, available: left, figures, order, unit } = facts;
  const { inbound_due: due, reorder_point: line } = figures ?? {};
  const isOrderItself = kind === 'REORDER_DUE';
  if (state === 'RESOLVED' || !(isOrderItself || speaksFor(kind as AlertKind, 'REORDER_DUE'))) return null;
  const isKnown = !isOrderItself && left !== null && due !== undefined && line !== undefined;
  if (isKnown && new Decimal(left).plus(due).gt(line)) return Number(due) > 0 ? orderNothing[locale] : null;
  if (order === undefined) return isKnown ? orderNow[locale] : null;
  const quantity = showQuantity(order.quantity, unit);
  const day = order.byOn === null ? null : days[locale].format(new Date(`${order.byOn}T00:00:00Z`));
  if (locale === 'zh-CN') return `应下单 ${quantity}${day === null ? '' : `，最迟 ${day}`}`;
  return `order ${quantity} ${day === null ? 'now' : `by ${day}`}`;
}

/** How long the rest lasts, what a day without it costs, and how long more would take. */
function listDays(facts: NoticeFacts, locale: MessageLocale): (readonly [Wording, string | null])[] {
  const { kind, unit } = facts;
  const perDay = Number(facts.figures?.units_per_day ?? 0);
  const left = Number(facts.available ?? 0);
  const days = wantsDays.has(kind) && perDay > 0 && left > 0 ? showDays(left / perDay, locale) : null;
  const demand = kind === 'OUT_OF_STOCK' && perDay > 0 ? showQuantity(roundForPeople(perDay), unit) : null;
  const wait = facts.figures?.lead_time_days;
  return [
    [lasts, days],
    [dailyDemand, demand],
    [leadTime, wait === undefined || !wantsLeadTime.has(kind) ? null : showDays(Number(wait), locale)],
  ];
}

function listSourceFigures(
  figures: Readonly<Record<string, string>>,
  locale: MessageLocale,
): (readonly [Wording, string | null])[] {
  const { minutes_since_reading: minutes, held_readings: held, levels, failed_readings: failed } = figures;
  const isChinese = locale === 'zh-CN';
  const word = (one: string, chinese: string, english: string) =>
    `${showQuantity(one, null)} ${isChinese ? chinese : english}`;
  return [
    [sinceReading, minutes === undefined ? null : word(minutes, '分钟', 'minutes')],
    [suspectReadings, held === undefined || levels === undefined ? null : `${held} / ${levels}`],
    [failures, failed === undefined ? null : isChinese ? word(failed, '次', '') : failed],
  ];
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

/** A line as read beside a quantity. Of whole units nothing lies between it and its whole part; else two digits do. */
function showLine(line: string | null | undefined, { available: left, unit }: NoticeFacts): string | null {
  const isWhole = left !== null && Number.isInteger(Number(left));
  const digits = isWhole ? /^-?\d+/ : /^-?\d+(\.\d{1,2})?/;
  return showOptional(line == null ? null : (digits.exec(line)?.[0] ?? line), unit);
}

function showOptional(decimal: string | null | undefined, unit: string | null): string | null {
  return decimal == null ? null : showQuantity(decimal, unit);
}

/** Two digits that count are enough for an estimate. */
function roundForPeople(number: number): string {
  return number >= 10 ? number.toFixed(0) : number.toFixed(1);
}

function showDays(days: number, locale: MessageLocale): string {
  const text = showQuantity(roundForPeople(days), null);
  if (locale === 'zh-CN') return `${text} 天`;
  return text === '1' ? '1 day' : `${text} days`;
}
