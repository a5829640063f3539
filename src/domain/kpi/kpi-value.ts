import { Decimal } from '../../shared/decimal.ts';

/** Why a figure has no value. */
export type NoValueReason =
  /** Nothing was sold or asked for in the window. */
  | 'NO_DEMAND'
  /** There was no stock to speak of. */
  | 'NO_STOCK'
  /** The cost is not known. */
  | 'NO_COST'
  /** Too few days on record. */
  | 'NO_HISTORY';

/** A figure, or null with the reason: never 0, infinite or unknown in one. */
export type KpiValue =
  | { readonly value: Decimal; readonly reason: null }
  | { readonly value: null; readonly reason: NoValueReason };

/** Decimal places that ratios are rounded to, so that they are the same wherever they are stored. */
const ratioDecimals = 6;

/**
 * A figure that has a value.
 *
 * @param value - finite
 * @returns rounded to 6 decimals, a half away from zero
 * @see {@link KpiValue}
 * @example known(new Decimal(2).div(3)).value?.toString() // '0.666667'
 */
export function known(value: Decimal): KpiValue {
  return { value: value.toDecimalPlaces(ratioDecimals, Decimal.ROUND_HALF_UP), reason: null };
}

/**
 * A figure without a value.
 *
 * @param reason - shown beside the null
 * @see {@link KpiValue}
 * @example unknown('NO_COST') // { value: null, reason: 'NO_COST' }
 */
export function unknown(reason: NoValueReason): KpiValue {
  return { value: null, reason };
}
