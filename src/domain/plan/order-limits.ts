import { Decimal } from '../../shared/decimal.ts';
import { defaultLimits, type OrderLimits } from './replenishment.ts';

/** What people set for orders of an item in a warehouse; decimal text, null = not set. */
export interface LimitSettings {
  readonly minOrderQuantity: string | null;
  readonly orderMultiple: string | null;
  readonly orderCap: string | null;
  readonly coverDaysMax: string | null;
}

/** What was not usable and what was taken instead. */
type LimitFlag = 'MULTIPLE_DEFAULTED';

/**
 * The limits of an order from what people set.
 *
 * @param settings - as stored; a multiple of 0 is taken as not set, with a flag
 * @param unitDecimals - places that make sense for the item's unit, 0 to 6: without a multiple an order is rounded up
 *   to them
 * @returns limits that `suggestReplenishment` accepts, and flags
 * @see `suggestReplenishment`
 * @example toOrderLimits({ minOrderQuantity: '10', orderMultiple: '0', orderCap: null, coverDaysMax: null }, 0)
 * // { limits: { moq: 10, multiple: 1, cap: null, coverDaysMax: 90 }, flags: ['MULTIPLE_DEFAULTED'] }
 */
export function toOrderLimits(
  settings: LimitSettings,
  unitDecimals: number,
): { readonly limits: OrderLimits; readonly flags: readonly LimitFlag[] } {
  const multiple = settings.orderMultiple === null ? null : new Decimal(settings.orderMultiple);
  const isUsable = multiple?.gt(0) === true;
  return {
    limits: {
      moq: Decimal.max(0, settings.minOrderQuantity ?? 0),
      multiple: isUsable ? multiple : new Decimal(10).pow(-unitDecimals),
      cap: settings.orderCap === null ? null : new Decimal(settings.orderCap),
      coverDaysMax: Number(settings.coverDaysMax ?? defaultLimits.coverDaysMax),
    },
    flags: multiple === null || isUsable ? [] : ['MULTIPLE_DEFAULTED'],
  };
}
