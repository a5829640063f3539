import type { ImportTargets } from '../db/queries/stock-import.ts';
import type { Quantities } from '../domain/stock.ts';
import { Decimal } from '../shared/decimal.ts';
import { quantityMax, startChecks } from './checks.ts';
import type { EnteredReading } from './ports.ts';
import { type UserErrorValue, userError } from './user-error.ts';

/** A row of an import as it comes. */
export interface ImportRow {
  readonly sku: string;
  readonly warehouseCode: string;
  readonly title?: string | null | undefined;
  readonly available?: string | null | undefined;
  readonly onHand?: string | null | undefined;
  readonly reserved?: string | null | undefined;
  readonly damaged?: string | null | undefined;
  readonly incoming?: string | null | undefined;
  readonly observedAt?: Date | null | undefined;
}

/** A row that was checked: a reading, or what is wrong with it. */
export type CheckedRow =
  | { readonly kind: 'reading'; readonly reading: EnteredReading }
  | { readonly kind: 'rejected'; readonly errors: readonly UserErrorValue[] };

/** What a row counts. */
export const quantityFields = ['available', 'onHand', 'reserved', 'damaged', 'incoming'] as const;

/**
 * Checks one row.
 *
 * @param takenIndex - number of the row that was taken for the same article and warehouse; null = none yet
 * @param period - business time: `now` is a row's own when it gives none; what is later, or before `earliest`, is refused
 */
export function checkImportRow(
  row: ImportRow,
  index: number,
  targets: ImportTargets,
  takenIndex: number | null,
  { earliest, now }: { readonly earliest: Date; readonly now: Date },
): CheckedRow {
  const checks = startChecks();
  const at = (field: string) => ['input', 'rows', index, field];
  const item = targets.items.get(row.sku);
  const warehouse = targets.warehouses.get(row.warehouseCode);
  if (item === undefined) checks.add(userError('NOT_FOUND', at('sku')));
  if (warehouse === undefined) checks.add(userError('NOT_FOUND', at('warehouseCode')));
  if (warehouse?.kind === 'MARKETPLACE_POOL') {
    checks.add(userError('NOT_ALLOWED_HERE', at('warehouseCode'), { what: 'MARKETPLACE_POOL' }));
  }
  if (takenIndex !== null) {
    checks.add(userError('DUPLICATE', ['input', 'rows', index], { other: String(takenIndex) }));
  }
  for (const field of ['onHand', 'reserved', 'damaged', 'incoming'] as const) {
    checks.decimal(row[field], at(field), { min: 0, max: quantityMax });
  }
  checks.decimal(row.available, at('available'), { min: -quantityMax, max: quantityMax });
  if (item !== undefined) for (const field of quantityFields) checks.unit(row[field], at(field), item);
  const quantities = readQuantities(row);
  if (quantities === null) checks.add(userError('REQUIRED', at('available'), { what: 'available / onHand' }));
  else if (quantities === 'inconsistent') {
    const params = { other: 'onHand', bound: 'onHand − reserved − damaged' };
    checks.add(userError('INCONSISTENT', at('available'), params));
  }
  if (row.observedAt != null && row.observedAt > now) {
    checks.add(userError('OUT_OF_RANGE', at('observedAt'), { bound: `≤ ${now.toISOString()}` }));
  }
  if (row.observedAt != null && row.observedAt < earliest) {
    checks.add(userError('OUT_OF_RANGE', at('observedAt'), { bound: `≥ ${earliest.toISOString()}` }));
  }
  if (checks.errors.length > 0 || item === undefined || warehouse === undefined) {
    return { kind: 'rejected', errors: checks.errors };
  }
  const reading: EnteredReading = {
    itemId: item.itemId,
    warehouseId: warehouse.warehouseId,
    quantities: quantities as Quantities,
    observedAt: row.observedAt ?? now,
    checkedAt: now,
    source: 'IMPORT',
    shopId: null,
  };
  return { kind: 'reading', reading };
}

/** Given, or onHand − reserved − damaged; null when neither is given. */
function readQuantities(row: ImportRow): Quantities | 'inconsistent' | null {
  const decimal = (text: string | null | undefined) => (text == null ? null : new Decimal(text));
  const [onHand, reserved, damaged] = [decimal(row.onHand), decimal(row.reserved), decimal(row.damaged)];
  const derived = onHand?.minus(reserved ?? 0).minus(damaged ?? 0) ?? null;
  const available = decimal(row.available) ?? derived;
  if (available === null) return null;
  if (derived !== null && reserved !== null && damaged !== null && !available.eq(derived))
    return 'inconsistent';
  return { available, onHand, reserved, damaged, incoming: decimal(row.incoming) };
}
