import { assertNever } from '../../shared/errors.ts';
import { type FittedMethod, type ForecastMethod, fitLevels } from './fitted-method.ts';
import type { Grain } from './grain.ts';
import { computeSba, computeTsb } from './intermittent.ts';
import type { ItemWindow } from './item-factors.ts';
import { computeLevelMix } from './level-mix.ts';
import { computeMovingAverage } from './moving-average.ts';
import { fitSeasonalNaive } from './seasonal-naive.ts';
import { computeExponentialSmoothing } from './simple-exponential-smoothing.ts';

/** Periods of the moving average, the common benchmark for days. */
const movingAveragePeriods = 28;
const longMovingAveragePeriods = 12;

/**
 * Fits the named method to an item.
 *
 * @param method - its name
 * @param window - history with the item's factors: used by the default
 * @param plain - the same history with factors of 1 (0 on closed days): used by the methods without factors
 * @param grain - season and rates
 * @returns the fitted method
 * @example fitMethod('MOVING_AVERAGE', window, plain, grainOf(7)).means // 28 equal days
 */
export function fitMethod(
  method: ForecastMethod,
  window: ItemWindow,
  plain: ItemWindow,
  grain: Grain,
): FittedMethod {
  switch (method) {
    case 'LEVEL_MIX':
      return fitLevels(method, window, computeLevelMix(window, grain));
    case 'EXPONENTIAL_SMOOTHING':
      return fitLevels(method, plain, computeExponentialSmoothing(plain));
    case 'SEASONAL_NAIVE':
      return fitSeasonalNaive(plain, grain.season);
    case 'TSB':
      return fitLevels(method, plain, computeTsb(plain));
    case 'SBA':
      return fitLevels(method, plain, computeSba(plain));
    case 'MOVING_AVERAGE':
      return fitLevels(method, plain, computeMovingAverage(plain, movingAverageSpan(grain)));
    default:
      return assertNever(method);
  }
}

/** Periods of the moving average for a grain: 28 days, or 12 longer periods. */
export function movingAverageSpan(grain: Grain): number {
  return grain.isDaily ? movingAveragePeriods : longMovingAveragePeriods;
}
