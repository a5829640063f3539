import type { DemandForecast } from '../forecast/demand-forecast.ts';
import { varianceOf } from './distribution-variance.ts';
import type { Arrival } from './inbound.ts';

/** Of a forecast, what the risk asks. */
export type RiskForecast = Pick<DemandForecast, 'demandOver' | 'demandBetween' | 'meanOver'>;

/** What a stock-out risk rests on. */
export interface RiskInputs {
  readonly forecast: RiskForecast;
  /** Units that can be sold now; may be negative. */
  readonly available: number;
  /** Ascending by day, one entry a day; see `ageInbound`. */
  readonly arrivals: readonly Arrival[];
  /** True when counted in whole units. */
  readonly isWhole: boolean;
}

/** A day on which cumulative demand is held against cumulative supply. */
export interface Checkpoint {
  /** Through the end of this day; 1 = the first forecast day. */
  readonly day: number;
  /** Units available now plus all that arrived by then. */
  readonly supply: number;
}

/**
 * The days on which running out must be checked: the day before each arrival, and the last. Between them nothing
 * arrives, so what lasts until the end of such a stretch lasted all through it.
 *
 * @param available - units now
 * @param arrivals - ascending by day
 * @param horizonDays - last day looked at, ≥ 1
 * @returns ascending by day; goods arriving on the first day count from the start
 * @see `computeStockOutProbability`
 * @example findCheckpoints(10, [{ day: 5, units: 20 }], 7) // [{ day: 4, supply: 10 }, { day: 7, supply: 30 }]
 */
export function findCheckpoints(
  available: number,
  arrivals: readonly Arrival[],
  horizonDays: number,
): Checkpoint[] {
  const checkpoints: Checkpoint[] = [];
  let supply = available;
  for (const { day, units } of arrivals) {
    if (day > horizonDays) break;
    if (day > 1) checkpoints.push({ day: day - 1, supply });
    supply += units;
  }
  checkpoints.push({ day: horizonDays, supply });
  return checkpoints;
}

/**
 * Correlation of cumulative demand through two days, from the variances of the two sums and of the stretch between.
 *
 * @param forecast - distributions of sums
 * @param from - the earlier day, ≥ 1
 * @param to - the later day
 * @returns correlation in [0, 0.99]
 * @see Cov(X, Y) = (Var X + Var Y − Var(Y − X)) / 2
 * @example linkBetween(independentDays, 4, 16) // √(4/16) = 0.5
 */
export function linkBetween(forecast: RiskForecast, from: number, to: number): number {
  if (to <= from) return 0.99;
  const earlier = varianceOf(forecast.demandOver(from).stored);
  const later = varianceOf(forecast.demandOver(to).stored);
  const between = varianceOf(forecast.demandBetween(from, to).stored);
  if (!(earlier > 0 && later > 0)) return 0;
  return Math.max(0, Math.min(0.99, (earlier + later - between) / 2 / Math.sqrt(earlier * later)));
}
