import { Decimal } from '../../shared/decimal.ts';

/** One line of an order draft. */
export interface DraftLine {
  readonly itemId: string;
  readonly warehouseId: string;
  /** Null = nobody knows where to buy it. */
  readonly supplierId: string | null;
  readonly quantity: Decimal;
  /** Money per unit; null = unknown. */
  readonly unitCost: Decimal | null;
  /** See `ReplenishmentSuggestion.isDue`. */
  readonly isDue: boolean;
}

/** What to send to one supplier. */
export interface OrderDraft<Line extends DraftLine> {
  readonly supplierId: string | null;
  readonly lines: readonly Line[];
  /** Sum of lines with a known cost. */
  readonly value: Decimal;
  /** Lines without a cost: the value is then too low. */
  readonly unpricedCount: number;
  /** Money still missing to the supplier's minimum; 0 = reached, or a line has no cost. */
  readonly missingValue: Decimal;
}

/**
 * Groups suggestions by supplier into order drafts.
 *
 * A draft is made when one of its lines is due; the supplier's lines that are wanted but not due yet come along, since
 * a second order a few days later costs more. Below the supplier's minimum order value the draft says how much is
 * missing; it is never filled up by itself.
 *
 * @param lines - quantity 0 is left out
 * @param minimumOf - minimum order value of a supplier; null = none
 * @returns drafts ordered by supplier id (unknown last), lines by warehouse and item
 * @see wishes of users of other systems: minimum order value per supplier, visible before ordering
 * @example groupOrderDrafts([line], () => new Decimal(500))[0]?.missingValue // 500 − value
 */
export function groupOrderDrafts<Line extends DraftLine>(
  lines: readonly Line[],
  minimumOf: (supplierId: string) => Decimal | null,
): OrderDraft<Line>[] {
  const bySupplier = Map.groupBy(
    lines.filter(({ quantity }) => quantity.gt(0)),
    ({ supplierId }) => supplierId,
  );
  const drafts = [...bySupplier].flatMap(([supplierId, own]) => {
    if (!own.some(({ isDue }) => isDue)) return [];
    const sorted = own.toSorted(
      (a, b) => compareText(a.warehouseId, b.warehouseId) || compareText(a.itemId, b.itemId),
    );
    const value = own.reduce(
      (sum, { quantity, unitCost }) => (unitCost === null ? sum : sum.plus(quantity.times(unitCost))),
      new Decimal(0),
    );
    const unpricedCount = own.filter(({ unitCost }) => unitCost === null).length;
    const minimum = supplierId === null ? null : minimumOf(supplierId);
    const missing = minimum === null || unpricedCount > 0 ? new Decimal(0) : minimum.minus(value);
    return [{ supplierId, lines: sorted, value, unpricedCount, missingValue: Decimal.max(0, missing) }];
  });
  return drafts.sort((a, b) => {
    if (a.supplierId === null || b.supplierId === null) return a.supplierId === null ? 1 : -1;
    return compareText(a.supplierId, b.supplierId);
  });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
