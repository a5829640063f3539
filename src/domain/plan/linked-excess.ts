import { type DemandDistribution, isWhole } from '../forecast/demand-distribution.ts';
import { jointProbabilityBelow } from './joint-normal.ts';

/** Excesses of whole units up to here are looked at one by one; else sixteen points are enough. */
const wholeReachMax = 24;
const pointCount = 16;

/** Demand until some day, and what there is to meet it. */
export interface SuppliedDemand {
  readonly demand: DemandDistribution;
  readonly supply: number;
}

/**
 * How likely the largest excess of several linked sums of demand is above y, on average over y from 0 to some reach.
 * Times the reach it is the expected largest excess, as far as that is below the reach.
 *
 * Whole demands with a whole reach of at most 24: the mean over y = 0, 1 … reach − 1. Otherwise over 16 points
 * y = reach · u², each weighted with u / 8, u = 1/32, 3/32 … 31/32: squares crowd them towards 0, where the probability
 * is high and falls fastest.
 *
 * @param reach - units, above 0
 * @param sums - ascending in time, at least one
 * @param links - correlation of each sum with the one before it, one fewer
 * @returns a probability in [0, 1]
 * @throws AppError `invalid_input` if there is not one link fewer than sums
 * @see E[max(0, X)] = ∫ P(X > y) dy; links as in `jointProbabilityBelow`
 * @example linkedExcess(24, [{ demand: poisson14, supply: 10 }], []) * 24 // about poisson14.expectedLoss(10)
 */
export function linkedExcess(
  reach: number,
  sums: readonly SuppliedDemand[],
  links: readonly number[],
): number {
  const exceeds = (y: number): number => {
    const below = sums.map(({ demand, supply }) => demand.cdf(supply + y));
    return 1 - jointProbabilityBelow(below, links);
  };
  let mean = 0;
  if (
    Number.isInteger(reach) &&
    reach <= wholeReachMax &&
    sums.every(({ demand }) => isWhole(demand.stored))
  ) {
    for (let y = 0; y < reach; y++) mean += exceeds(y) / reach;
    return mean;
  }
  for (let k = 0; k < pointCount; k++) {
    const u = (k + 0.5) / pointCount;
    mean += (exceeds(reach * u * u) * 2 * u) / pointCount;
  }
  return mean;
}
