import { AppError } from '../../shared/errors.ts';
import type { DemandDistribution } from '../forecast/demand-distribution.ts';
import { normalQuantile } from '../normal.ts';

/** How a safety stock is computed: the classic formula, King's extension, or the quantile (default). */
export type SafetyStockMethod = 'CLASSIC' | 'LEAD_TIME_VARIANCE' | 'QUANTILE';

/** The classic formula with every number it used, so that a person can redo it with a pocket calculator. */
export interface ClassicSafetyStock {
  readonly z: number;
  readonly leadTimeDays: number;
  readonly sigmaUnitsPerDay: number;
  /** Units, not rounded. */
  readonly value: number;
}

/**
 * Safety stock by the classic formula Z · √L̄ · σ_D.
 *
 * Assumes independent, near-normal daily demand and a fixed lead time, and leaves out the review period. Shown
 * for comparison and selectable; measured on real sales it keeps clearly less than it promises, so the default is
 * {@link computeQuantileSafetyStock}.
 *
 * @param sigmaUnitsPerDay - standard deviation of daily demand, ≥ 0
 * @param leadTimeDays - mean lead time, ≥ 0
 * @param serviceLevel - strictly between 0 and 1; 0.95 gives Z = 1.645
 * @returns the value and its inputs; below a level of 0.5 the value is 0, not negative
 * @throws AppError `invalid_input` if a bound above is broken
 * @see standard textbook formula under normal demand; Z from the inverse normal distribution
 * @example computeClassicSafetyStock(8, 5, 0.95).value // 1.6449 · √5 · 8 = 29.42
 */
export function computeClassicSafetyStock(
  sigmaUnitsPerDay: number,
  leadTimeDays: number,
  serviceLevel: number,
): ClassicSafetyStock {
  requireFinite('sigmaUnitsPerDay', sigmaUnitsPerDay);
  requireFinite('leadTimeDays', leadTimeDays);
  const z = normalQuantile(serviceLevel);
  const value = Math.max(0, z * Math.sqrt(leadTimeDays) * sigmaUnitsPerDay);
  return { z, leadTimeDays, sigmaUnitsPerDay, value };
}

/**
 * Safety stock for uncertain lead times: Z · √(P̄·σ_d² + d̄²·σ_L²).
 *
 * Assumes demand and lead time independent and their product near normal; for service levels not far above
 * one half the sign of the lead-time term is known to be wrong, so prefer the quantile there.
 *
 * @param input.meanUnitsPerDay - d̄, ≥ 0
 * @param input.sigmaUnitsPerDay - σ_d, ≥ 0
 * @param input.protectionDays - P̄, lead time plus review period, ≥ 0
 * @param input.leadTimeSdDays - σ_L, ≥ 0; 0 gives the formula without this term
 * @param input.serviceLevel - strictly between 0 and 1
 * @returns units, ≥ 0, not rounded
 * @throws AppError `invalid_input` if a bound above is broken
 * @see King, "Crack the code: understanding safety stock and mastering its equations", APICS, 2011 (formula as
 *   widely quoted; the caveat is of Chopra, Reinhardt and Dada, "The effect of lead time uncertainty on safety stocks")
 * @example
 * // √(7·100 + 2500·4) = 103.44, times 1.6449
 * computeKingSafetyStock({ meanUnitsPerDay: 50, sigmaUnitsPerDay: 10, protectionDays: 7, leadTimeSdDays: 2, serviceLevel: 0.95 }) // 170.1
 */
export function computeKingSafetyStock(input: {
  readonly meanUnitsPerDay: number;
  readonly sigmaUnitsPerDay: number;
  readonly protectionDays: number;
  readonly leadTimeSdDays: number;
  readonly serviceLevel: number;
}): number {
  requireFinite('meanUnitsPerDay', input.meanUnitsPerDay);
  requireFinite('sigmaUnitsPerDay', input.sigmaUnitsPerDay);
  requireFinite('protectionDays', input.protectionDays);
  requireFinite('leadTimeSdDays', input.leadTimeSdDays);
  const demandVariance = input.protectionDays * input.sigmaUnitsPerDay ** 2;
  const leadTimeVariance = input.meanUnitsPerDay ** 2 * input.leadTimeSdDays ** 2;
  return Math.max(0, normalQuantile(input.serviceLevel) * Math.sqrt(demandVariance + leadTimeVariance));
}

/**
 * Safety stock as what the p-quantile of the protection period's demand exceeds its mean by. The default.
 *
 * @param demand - distribution of demand over the protection period
 * @param serviceLevel - strictly between 0 and 1
 * @returns units, ≥ 0, not rounded
 * @see newsvendor quantile; golden value from stockpyl (github LarrySnyder/stockpyl): normal demand 50 ± 8 at
 *   level 0.70/0.88 gives S = 56.60395592743389
 * @example computeQuantileSafetyStock(normal50sd8, 0.7 / 0.88) // 6.60395592743389
 */
export function computeQuantileSafetyStock(
  demand: Pick<DemandDistribution, 'mean' | 'quantile'>,
  serviceLevel: number,
): number {
  return Math.max(0, demand.quantile(serviceLevel) - demand.mean);
}

function requireFinite(name: string, value: number): void {
  if (Number.isFinite(value) && value >= 0) return;
  throw new AppError('invalid_input', `${name} must be 0 or more, but is ${value}`);
}
