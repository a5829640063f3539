import { Decimal as DecimalJs } from 'decimal.js';

/**
 * Exact decimal number for quantities, money and rates. 40 significant digits, never exponent notation,
 * so that the text equals what Postgres `numeric` prints after trimming zeros.
 */
export const Decimal = DecimalJs.clone({ precision: 40, toExpNeg: -9e15, toExpPos: 9e15 });
/** A value of {@link Decimal}. */
export type Decimal = DecimalJs;

const decimalPattern = /^-?\d{1,30}(\.\d{1,18})?$/;

/**
 * Reads a decimal in plain notation: optional minus, up to 30 digits, optionally a point and up to 18 more.
 *
 * @returns null for anything else (exponents, NaN, infinities, blanks)
 * @example parseDecimal('12.50')?.toString() // '12.5'
 */
export function parseDecimal(text: string): Decimal | null {
  return decimalPattern.test(text) ? new Decimal(text) : null;
}

/**
 * Canonical text of a decimal: no exponent, no trailing zeros, no minus zero.
 *
 * @example formatDecimal('-0.500') // '-0.5'
 */
export function formatDecimal(value: Decimal | string | number): string {
  const decimal = new Decimal(value);
  return decimal.isZero() ? '0' : decimal.toString();
}
