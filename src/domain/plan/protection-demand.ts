import {
  type DemandDistribution,
  openDistribution,
  type StoredDistribution,
} from '../forecast/demand-distribution.ts';
import type { DemandForecast } from '../forecast/demand-forecast.ts';
import type { LeadTimeEstimate } from './lead-time.ts';
import { computeProtectionDays } from './protection-period.ts';

/** Of a forecast, what planning asks: the distribution of the sum of the next days. */
export type DemandOver = Pick<DemandForecast, 'demandOver' | 'meanOver'>;

/**
 * Demand over the protection period, with the spread of the lead time in it.
 *
 * With observed lead times it is the mixture over them, each equally likely: a supplier that takes 5 days or 30
 * is neither a 17-day supplier nor a bell around it. With one certain or merely estimated lead time it is the
 * forecast's own distribution of that period; the spread of an estimated lead time belongs to King's formula.
 *
 * @param forecast - distribution of the sum of the next days
 * @param leadTime - as estimated; its observed days make the mixture
 * @param reviewDays - ≥ 0, at least 1 is used
 * @param purpose - `order` for quantities to stock, `risk` for probabilities shown
 * @returns one distribution; its quantile is that of the mixture, not a mean of quantiles
 * @throws AppError `invalid_input` from {@link computeProtectionDays}
 * @see law of total probability over the observed lead times
 * @example
 * // receipts took 1 and 3 days, review 1, two units a day for sure: demand 4 or 8, so the 90 % quantile is 8
 * computeProtectionDemand(twoADay, { origin: 'RECEIPTS', meanDays: 2, sdDays: 1, observedDays: [1, 3] }, 1, 'risk').quantile(0.9) // 8
 */
export function computeProtectionDemand(
  forecast: DemandOver,
  leadTime: LeadTimeEstimate,
  reviewDays: number,
  purpose: 'risk' | 'order',
): DemandDistribution {
  const lengths = (leadTime.observedDays.length > 0 ? leadTime.observedDays : [leadTime.meanDays]).map(
    (days) => computeProtectionDays(days, reviewDays),
  );
  const shortest = Math.min(...lengths);
  if (lengths.every((days) => days === shortest)) return forecast.demandOver(shortest, purpose);
  const byLength = new Map<number, StoredDistribution>();
  const parts = lengths.map((days) => {
    const known = byLength.get(days) ?? forecast.demandOver(days, purpose).stored;
    byLength.set(days, known);
    return known;
  });
  return openDistribution({ kind: 'mixture', parts });
}
