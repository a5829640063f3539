import { stringify } from 'csv-stringify/sync';
import type { DraftLineRow } from '../db/queries/suggestion-draft.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';

/**
 * Order lines as CSV with a heading: RFC 4180, comma, UTF-8, lines ended by CR LF. Cells that a spreadsheet would run
 * as a formula begin with an apostrophe.
 */
export function writeOrderCsv(lines: readonly DraftLineRow[]): string {
  const rows = lines.map((line) => ({
    supplier: line.supplierName ?? '',
    order_id: line.externalId ?? '',
    warehouse_code: line.warehouseCode,
    sku: line.sku,
    title: line.title,
    quantity: line.quantity,
    unit: line.unit,
    unit_cost: line.unitCost ?? '',
    value: line.unitCost === null ? '' : formatDecimal(new Decimal(line.quantity).times(line.unitCost)),
    currency: line.currencyCode,
    order_by_on: line.orderByOn ?? '',
    expected_arrival_on: line.arrivesOn ?? '',
    suggestion_id: line.suggestionId,
  }));
  return stringify(rows, {
    header: true,
    columns: orderCsvColumns,
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}

const orderCsvColumns = [
  'supplier',
  'order_id',
  'warehouse_code',
  'sku',
  'title',
  'quantity',
  'unit',
  'unit_cost',
  'value',
  'currency',
  'order_by_on',
  'expected_arrival_on',
  'suggestion_id',
];
