import { Decimal } from '../shared/decimal.ts';

/** What a channel is to offer while a rule decides: what it does now, nothing, or what the warehouses hold. */
export type SalesPolicyListed = 'KEEP' | 'ZERO' | 'PHYSICAL';

/** What is to be written to one listing. */
export type ListedWrite =
  | { readonly kind: 'NOTHING'; readonly wanted: Decimal }
  | { readonly kind: 'CHANGE'; readonly wanted: Decimal; readonly change: Decimal }
  | { readonly kind: 'REFUSED'; readonly reason: 'NO_PHYSICAL_STOCK' | 'NOT_TRACKED' };

/**
 * The difference that brings a listing to the quantity it is to offer.
 *
 * A difference and not the quantity itself: a sale between reading and writing is then not overwritten. Made from a
 * fresh reading each time, so that a write whose answer was lost is never simply sent again. Goods that only a pool
 * knows are refused: a pool set to nothing could never say again what there is.
 *
 * @param listed - nothing, or what physical warehouses hold
 * @param physical - available in physical warehouses, item units; null = there are none
 * @param packFactor - item units in one unit of the listing, > 0
 * @param read - what the platform shows just now, listing units; null = not tracked
 * @returns whole listing units, never below zero; packs that are not full are not offered
 * @see 1688 `modifyStock`: increments add to what is there and may be negative; no compare-and-set exists
 * @example planListedWrite('PHYSICAL', new Decimal(25), new Decimal(10), new Decimal(5)) // wanted 2, change −3
 */
export function planListedWrite(
  listed: Exclude<SalesPolicyListed, 'KEEP'>,
  physical: Decimal | null,
  packFactor: Decimal,
  read: Decimal | null,
): ListedWrite {
  if (physical === null) return { kind: 'REFUSED', reason: 'NO_PHYSICAL_STOCK' };
  if (read === null) return { kind: 'REFUSED', reason: 'NOT_TRACKED' };
  const packs = physical.div(packFactor).floor();
  const wanted = listed === 'ZERO' || packs.lt(0) ? new Decimal(0) : packs;
  const change = wanted.minus(read.floor());
  return change.isZero() ? { kind: 'NOTHING', wanted } : { kind: 'CHANGE', wanted, change };
}
