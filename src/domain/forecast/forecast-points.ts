import type { DemandForecast } from './demand-forecast.ts';

/** One coming period of a forecast, as shown to people. Units. */
export interface ForecastPoint {
  /** 1 = the first period after the data. */
  readonly period: number;
  readonly mean: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

/**
 * Mean and three quantiles of each coming period. Quantiles of sparse items are often 0: show the mean beside
 * them. They do not add over periods; use `demandOver` for sums.
 *
 * @param forecast - an open forecast
 * @param periods - how many, ≥ 0
 * @returns one point per period, in order
 * @example toForecastPoints(forecast, 28).length // 28
 */
export function toForecastPoints(forecast: DemandForecast, periods: number): ForecastPoint[] {
  const points: ForecastPoint[] = [];
  for (let period = 1; period <= periods; period++) {
    const distribution = forecast.periodDistribution(period);
    points.push({
      period,
      mean: distribution.mean,
      p10: distribution.quantile(0.1),
      p50: distribution.quantile(0.5),
      p90: distribution.quantile(0.9),
    });
  }
  return points;
}
