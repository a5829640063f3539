import { cutToBytes } from './limits.ts';
import type { MessageLocale } from './words.ts';

/** A line of an approved order, as a message carries it. Decimal text, days `YYYY-MM-DD`. */
export interface OrderLine {
  readonly suggestionId: string;
  /** Id of the planned shipment, under which the order can be recorded. */
  readonly orderId: string | null;
  readonly supplierName: string | null;
  readonly sku: string;
  readonly itemTitle: string;
  readonly warehouseCode: string;
  readonly quantity: string;
  readonly unit: string;
  /** Money per unit; null = unknown. */
  readonly unitCost: string | null;
  readonly orderByOn: string | null;
  readonly expectedArrivalOn: string | null;
}

const titleBytesMax = 120;

/**
 * One order line in words: how many of what to where.
 *
 * @returns plain text without line breaks
 * @see the CSV of the same order holds every figure
 * @example composeOrderLine(line, 'en') // 'A-1 Teacup: 30 pcs to NORTH'
 */
export function composeOrderLine(line: OrderLine, locale: MessageLocale): string {
  const title = cutToBytes(line.itemTitle.replace(/\s+/g, ' ').trim(), titleBytesMax);
  const goods = title === line.sku ? line.sku : `${line.sku} ${title}`;
  return locale === 'zh-CN'
    ? `${goods}：${line.quantity} ${line.unit}，发往 ${line.warehouseCode}`
    : `${goods}: ${line.quantity} ${line.unit} to ${line.warehouseCode}`;
}

/** Title of a message with so many lines, ≥ 1, for a supplier; null = nobody said which. */
export function composeOrderTitle(supplierName: string | null, count: number, locale: MessageLocale): string {
  return locale === 'zh-CN'
    ? `水位采购单：${supplierName ?? '未指定供应商'}，${count} 行`
    : `Shuiwei order: ${supplierName ?? 'no supplier'}, ${count} line${count === 1 ? '' : 's'}`;
}
