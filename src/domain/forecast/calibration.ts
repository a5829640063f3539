import type { DemandDistribution } from './demand-distribution.ts';
import type { ForecastItemInput } from './forecast-input.ts';
import { forecastItem } from './forecast-item.ts';

/** Upper bounds of predicted units by which calibration is told apart: slow and fast items err differently. */
const calibrationBounds: readonly number[] = [1, 3, 10, 30, Number.POSITIVE_INFINITY];

/** Levels at which coverage is reported. */
export const calibrationLevels: readonly number[] = [0.8, 0.9, 0.95, 0.98];

/** One prediction of an interval's demand, met by what really happened. */
export interface CalibrationCase {
  /** Interval length, periods. */
  readonly periods: number;
  /** Expected units at the time. */
  readonly predictedUnits: number;
  /** Predicted probability of less than the actual demand, and of at most it: equal for continuous demand. */
  readonly lower: number;
  readonly upper: number;
}

/** How often demand stayed at or below the promised quantiles, in one segment. Plain data for storage. */
export interface CalibrationSegment {
  readonly periods: number;
  /** Predicted units from (inclusive) and to (exclusive; null = no bound). */
  readonly fromUnits: number;
  readonly toUnits: number | null;
  readonly cases: number;
  /** Share covered at each of `calibrationLevels`, in order; near the level itself when well calibrated. */
  readonly coverage: readonly number[];
}

/**
 * Compares a prediction with what happened.
 *
 * @param distribution - predicted demand of the interval
 * @param periods - its length
 * @param actual - units asked for, ≥ 0
 * @param isWhole - true for whole units
 * @returns the case
 * @example
 * // a coin of 0 or 1 unit that fell on 0: below it lies nothing, up to it half
 * toCalibrationCase(coin, 7, 0, true) // lower 0, upper 0.5
 */
export function toCalibrationCase(
  distribution: DemandDistribution,
  periods: number,
  actual: number,
  isWhole: boolean,
): CalibrationCase {
  const upper = distribution.cdf(actual);
  const lower = isWhole ? distribution.cdf(actual - 1) : upper;
  return { periods, predictedUnits: distribution.mean, lower, upper };
}

/**
 * Probability that a case counts as covered at a level, under the randomised probability integral transform:
 * counts have ties, and a quantile that takes all of a tie would flatter any forecast.
 *
 * @param one - the case
 * @param level - strictly between 0 and 1
 * @returns share in [0, 1]: the expected value over the random draw, so nothing random is left
 * @see Czado, Gneiting and Held 2009 (Biometrics 65, 1254–1261) on the transform for counts
 * @example coveredShare({ periods: 7, predictedUnits: 1, lower: 0.9, upper: 1 }, 0.95) // 0.5
 */
export function coveredShare(one: CalibrationCase, level: number): number {
  if (one.upper <= level) return 1;
  if (one.lower >= level) return 0;
  return (level - one.lower) / (one.upper - one.lower);
}

/**
 * Forecasts an item as of earlier days and compares with what followed. Each origin costs one whole forecast:
 * for a sample of items, or once a week.
 *
 * @param input - as for `forecastItem`; the group's factors are today's
 * @param origins - how many earlier origins, ≥ 1
 * @param step - periods between them, ≥ 1
 * @returns one case per origin and interval length with all actual periods known; none for too short a history
 * @example replayCalibration(input, 8, 14).length // at most 8 × input.intervalPeriods.length
 */
export function replayCalibration(
  input: ForecastItemInput,
  origins: number,
  step: number,
): CalibrationCase[] {
  const cases: CalibrationCase[] = [];
  const { units, intervalPeriods } = input;
  const longest = Math.max(...intervalPeriods);
  for (let k = 0; k < origins; k++) {
    const origin = units.length - intervalPeriods[0]! - k * step;
    if (origin < 1) break;
    const { forecast } = forecastItem({
      ...input,
      units: units.subarray(0, origin),
      uncutUnits: input.uncutUnits?.subarray(0, origin) ?? null,
      horizonPeriods: longest,
      overrides: [],
    });
    if (forecast === null) continue;
    for (const periods of intervalPeriods) {
      // A bulk order that the level leaves out happened all the same.
      const actual = sumOf(input.uncutUnits ?? units, origin, periods);
      if (actual === null) continue;
      cases.push(toCalibrationCase(forecast.demandOver(periods), periods, actual, forecast.stored.isWhole));
    }
  }
  return cases;
}

function sumOf(units: Float64Array, from: number, periods: number): number | null {
  if (from + periods > units.length) return null;
  let sum = 0;
  for (let t = from; t < from + periods; t++) sum += units[t]!;
  return Number.isNaN(sum) ? null : sum;
}

/**
 * Gathers cases into segments of interval length and predicted units.
 *
 * @param cases - of any number of items
 * @returns segments with at least one case, by length and then units
 * @example summarizeCalibration([{ periods: 7, predictedUnits: 2, lower: 0.9, upper: 1 }])[0].coverage[2] // 0.5
 */
export function summarizeCalibration(cases: Iterable<CalibrationCase>): CalibrationSegment[] {
  const sums = new Map<number, { cases: Float64Array; covered: Float64Array[] }>();
  for (const one of cases) {
    let sum = sums.get(one.periods);
    if (sum === undefined) {
      const covered = calibrationBounds.map(() => new Float64Array(calibrationLevels.length));
      sum = { cases: new Float64Array(calibrationBounds.length), covered };
      sums.set(one.periods, sum);
    }
    const segment = calibrationBounds.findIndex((bound) => one.predictedUnits < bound);
    sum.cases[segment]! += 1;
    calibrationLevels.forEach((level, j) => {
      sum.covered[segment]![j]! += coveredShare(one, level);
    });
  }
  const segments: CalibrationSegment[] = [];
  for (const [periods, sum] of [...sums].sort(([a], [b]) => a - b)) {
    calibrationBounds.forEach((bound, i) => {
      const count = sum.cases[i]!;
      if (count === 0) return;
      segments.push({
        periods,
        fromUnits: calibrationBounds[i - 1] ?? 0,
        toUnits: Number.isFinite(bound) ? bound : null,
        cases: count,
        coverage: Array.from(sum.covered[i]!, (covered) => covered / count),
      });
    });
  }
  return segments;
}
