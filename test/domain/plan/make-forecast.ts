import { openDistribution } from '../../../src/domain/forecast/demand-distribution.ts';
import { type DemandForecast, openForecast } from '../../../src/domain/forecast/demand-forecast.ts';

type Asked = Pick<DemandForecast, 'demandOver' | 'demandBetween' | 'meanOver'>;

/** Independent Poisson days: every sum is Poisson, so exact answers are known. */
export function poissonForecast(perDay: number): Asked {
  const over = (days: number) => openDistribution({ kind: 'count', mean: perDay * days, dispersion: 0 });
  return {
    meanOver: (days) => perDay * days,
    demandOver: over,
    demandBetween: (from, to) => over(to - from),
  };
}

/** Exactly so many units every day. */
export function certainForecast(perDay: number): Asked {
  const over = (days: number) =>
    openDistribution({ kind: 'empirical', values: [perDay * days], weights: [1], whole: true });
  return {
    meanOver: (days) => perDay * days,
    demandOver: over,
    demandBetween: (from, to) => over(to - from),
  };
}

/** A forecast as stored in production: constant mean, replayed spread of a week. */
export function storedForecast(perDay: number, dispersion = 0.3): DemandForecast {
  return openForecast({
    version: 1,
    means: Array.from({ length: 60 }, () => perDay),
    dispersion,
    isWhole: true,
    varianceFactor: 1,
    intervals: [{ periods: 7, dispersion, rmse: Math.sqrt(perDay * 7), errors: [] }],
  });
}
