import { Decimal } from '../../shared/decimal.ts';
import type { DemandOver } from '../plan/protection-demand.ts';

/** Stock beyond this many days of likely demand is excess. */
export const excessCoverDays = 90;
/** Demand is likely to stay below this quantile: excess is what even good sales would not need. */
const excessQuantile = 0.9;
/** Without a sale for so long goods are slow; for so much longer they are dead. */
const slowDays = 90;
/** See {@link slowDays}. */
const deadDays = 180;

/**
 * Units beyond what the coming days can need.
 *
 * @param position - available plus all inbound due within the cover, units
 * @param forecast - null = no history: nothing is called excess then
 * @param protectionDays - cover is at least this, else a slow supplier would make everything excess
 * @returns units ≥ 0, rounded to 6 decimals; the whole position when no demand is expected; null without a forecast
 * @see Amazon's inventory performance index: more than 90 days of supply is excess
 * @example
 * // Poisson 1 a day: the 90 % quantile of 90 days is 102, so of 150 units 48 are excess
 * computeExcessUnits(new Decimal(150), poisson1, 14) // 48
 */
export function computeExcessUnits(
  position: Decimal,
  forecast: DemandOver | null,
  protectionDays: number,
): Decimal | null {
  if (forecast === null) return null;
  const likely = forecast.demandOver(Math.max(excessCoverDays, protectionDays)).quantile(excessQuantile);
  return Decimal.max(0, position.minus(new Decimal(likely).toDecimalPlaces(6)));
}

/** How long goods have lain. */
export type Idleness = 'SELLING' | 'SLOW' | 'DEAD';

/**
 * Whether stock has stopped selling.
 *
 * @param onHand - units
 * @param daysSinceLastSale - null = never sold since it is on record
 * @param daysOnRecord - how long the item has had stock here: new goods are not dead
 * @returns SELLING without stock; SLOW after 90 days without a sale, DEAD after 180
 * @see {@link deadDays}
 * @example classifyIdleness(new Decimal(5), 200, 400) // 'DEAD'
 */
export function classifyIdleness(
  onHand: Decimal,
  daysSinceLastSale: number | null,
  daysOnRecord: number,
): Idleness {
  if (onHand.lte(0)) return 'SELLING';
  const idleDays = Math.min(daysSinceLastSale ?? daysOnRecord, daysOnRecord);
  if (idleDays >= deadDays) return 'DEAD';
  return idleDays >= slowDays ? 'SLOW' : 'SELLING';
}
