import { AppError } from '../../shared/errors.ts';

/**
 * Days that one order has to last: from now until the goods of the *next* order can arrive.
 *
 * An order placed at the end of day 0 with lead time L can be sold from day L + 1 on; the next chance to order is
 * R days later. So the order placed now decides what is there up to and including day L + R.
 *
 * @param leadTimeDays - order to saleable, ≥ 0; a fraction is kept
 * @param reviewDays - days between two chances to order; below 1 is taken as 1
 * @returns L + R in whole days, rounded up, ≥ 1
 * @throws AppError `invalid_input` if a value is negative or not finite
 * @see "protection interval", Silver, Pyke and Thomas, Inventory and Production Management in Supply Chains
 *   (textbook term; the off-by-one convention is the one of the VN2 challenge: two weeks' lead, sold in week X+3)
 * @example computeProtectionDays(0, 1) // 1
 */
export function computeProtectionDays(leadTimeDays: number, reviewDays: number): number {
  if (!(leadTimeDays >= 0) || !Number.isFinite(leadTimeDays)) {
    throw new AppError('invalid_input', `lead time must be 0 days or more, but is ${leadTimeDays}`);
  }
  if (!(reviewDays >= 0) || !Number.isFinite(reviewDays)) {
    throw new AppError('invalid_input', `review period must be 0 days or more, but is ${reviewDays}`);
  }
  return Math.ceil(leadTimeDays + Math.max(1, reviewDays) - 1e-9);
}
