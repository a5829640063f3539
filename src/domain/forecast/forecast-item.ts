/**
 * The engine's front door. Once a night and group:
 *
 *   const group = computeGroupFactors(totals, firstDay, grainOf(7), true, parentFactors);
 *
 * Then for every item with new data:
 *
 *   const result = forecastItem({ ...defaultForecastOptions, units, firstDay, group, intervalPeriods: [7, 14, 28] });
 *   result.forecast?.demandOver(14).quantile(0.95)       // one object: mean, quantile, cdf, expectedLoss
 *   JSON.stringify(result.forecast?.stored)              // keep; openForecast(stored) answers the same later
 *   toForecastPoints(result.forecast, 28)                // mean, P10, P50, P90 per day
 *
 * Days are numbers (`dayIndexOf`), series are Float64Array with NaN for "not known" (see `cleanDemand`).
 */
import { computeAccuracy } from './accuracy.ts';
import { chooseMethod } from './choose-method.ts';
import { computeDailyDispersion } from './daily-dispersion.ts';
import { openForecast } from './demand-forecast.ts';
import { fitMethod, movingAverageSpan } from './fit-method.ts';
import type { FittedMethod, ForecastMethod } from './fitted-method.ts';
import type { ForecastFlag, ForecastItemInput, ItemForecast } from './forecast-input.ts';
import { type GroupFactors, neutralGroupFactors } from './group-factors.ts';
import {
  correctLevel,
  examineZeroRun,
  type ShelfState,
  shortHistoryDays,
  shortHistoryVarianceFactor,
  type ZeroRun,
} from './history-state.ts';
import { computeTsb } from './intermittent.ts';
import { replayIntervalErrors } from './interval-errors.ts';
import { computeItemWindow, type ItemWindow } from './item-factors.ts';
import { applyOverrides, applyPromotions, excludePromotions, learnUplift } from './known-effects.ts';
import { computeMovingAverage } from './moving-average.ts';
import { forecastWithoutDemand, toStoredForecast } from './stored-forecast.ts';

/** Past years are followed to this power: at full weight they harmed earlier windows. */
const yearlyPower = 0.25;
const yearlyBlockPeriods = 28;

/**
 * Forecasts one item at one warehouse: mean per period, spread of every future interval, accuracy and flags.
 *
 * Pure and deterministic: the same input gives the same output, whenever and wherever it runs. Below half a
 * millisecond at 730 days.
 *
 * @param input - see {@link ForecastItemInput}
 * @returns see {@link ItemForecast}
 * @throws AppError `invalid_input` if no interval length is given
 * @see arXiv 2111.14721 for the family: smoothed level, pooled seasonal factors, negative binomial counts
 * @example
 * // 8 weeks of exactly 2 a day
 * forecastItem({ ...defaultForecastOptions, units: new Float64Array(56).fill(2) }).forecast.meanOver(7) // 14
 */
export function forecastItem(input: ForecastItemInput): ItemForecast {
  const flags = new Set<ForecastFlag>();
  const knownCount = countKnown(input.units);
  if (knownCount === 0) return forecastWithoutDemand(input, 'NO_HISTORY');
  const ordinary = excludePromotions(input.units, input.firstDay, input.promotions);
  const window = windowOf(input, ordinary, input.group);
  if (!(window.units > 0)) return forecastWithoutDemand(input, 'NO_DEMAND');
  const isWhole = isWholeSeries(window);
  if (!isWhole) flags.add('FRACTIONAL');
  // Closed days and promotions are left out too, but by choice.
  if (input.units.subarray(-window.values.length).some(Number.isNaN)) flags.add('CENSORED_DAYS');
  if (input.group.phase.includes(0)) flags.add('CLOSED_WEEKDAY');

  const plain = lazyPlainWindow(input, ordinary);
  const fitted =
    input.method === 'AUTO'
      ? chooseMethod(window, plain, input.grain)
      : fitMethod(input.method, window, plain(), input.grain);
  const dispersion = computeDailyDispersion(spreadWindow(input, window), input.priorDispersion);
  const run = examineZeroRun(window, dispersion);
  const isShort = input.grain.isDaily && window.values.length < shortHistoryDays;
  flagRun(flags, run, input.shelf, isShort);
  const scale = levelCorrection(input, fitted, window, run, plain);
  const effects = applyEffects(input, fitted, window, scale, flags);

  const intervals = input.intervalPeriods.map((periods) =>
    replayIntervalErrors(window, fitted.sumAt, periods, dispersion),
  );
  const stored = toStoredForecast(
    effects.means,
    dispersion,
    isWhole,
    isShort ? shortHistoryVarianceFactor : 1,
    intervals,
    effects.ordinaryMeans,
  );
  const judged = intervals[0];
  const average = computeMovingAverage(window, movingAverageSpan(input.grain));
  return {
    method: fitted.method,
    flags: [...flags],
    forecast: openForecast(stored),
    accuracy: judged === undefined ? null : computeAccuracy(window, fitted, judged, average),
    level: fitted.level * scale,
    promotionFactors: effects.promotionFactors,
    marketFactors: input.marketFactors,
    yearlyFactor: yearlyFactorAt(input.group, fitted.method, 0),
  };
}

function countKnown(units: Float64Array): number {
  let known = 0;
  for (const value of units) if (!Number.isNaN(value)) known += 1;
  return known;
}

function windowOf(input: ForecastItemInput, units: Float64Array, group: GroupFactors): ItemWindow {
  return computeItemWindow(units, input.firstDay, group, input.grain, input.horizonPeriods);
}

/** The window with factors of 1, made only when a method asks for it. */
function lazyPlainWindow(input: ForecastItemInput, units: Float64Array): () => ItemWindow {
  let plain: ItemWindow | null = null;
  return () => {
    if (plain === null) {
      const { season, phase, closedDays } = input.group;
      const flat = neutralGroupFactors(season);
      const open = phase.map((factor) => (factor === 0 ? 0 : 1));
      const grain = { ...input.grain, season: 1 };
      plain = phase.includes(0)
        ? windowOf({ ...input, grain: { ...input.grain, factorPeriods: 0 } }, units, {
            ...flat,
            phase: open,
            closedDays,
          })
        : windowOf({ ...input, grain }, units, { ...neutralGroupFactors(1), closedDays });
    }
    return plain;
  };
}

function spreadWindow(input: ForecastItemInput, window: ItemWindow): ItemWindow {
  return input.uncutUnits === null
    ? window
    : windowOf(input, excludePromotions(input.uncutUnits, input.firstDay, input.promotions), input.group);
}

function isWholeSeries(window: ItemWindow): boolean {
  for (const value of window.values) if (!Number.isNaN(value) && !Number.isInteger(value)) return false;
  return true;
}

function flagRun(flags: Set<ForecastFlag>, run: ZeroRun, shelf: ShelfState, isShort: boolean): void {
  if (isShort) flags.add('SHORT_HISTORY');
  if (run.isDead && shelf !== 'OUT_OF_STOCK') flags.add('DEAD_STOCK');
  else if (run.isImpossible && shelf === 'IN_STOCK') flags.add('PHANTOM_STOCK');
}

function levelCorrection(
  input: ForecastItemInput,
  fitted: FittedMethod,
  window: ItemWindow,
  run: ZeroRun,
  plain: () => ItemWindow,
): number {
  if (!input.grain.isDaily || !(fitted.level > 0)) return 1;
  const tsbLevel = run.isDead ? computeTsb(plain()).level : 0;
  const days = window.values.length;
  return correctLevel(fitted.level, run, input.shelf, tsbLevel, days, input.newItemLevel) / fitted.level;
}

function yearlyFactorAt(group: GroupFactors, method: ForecastMethod, h: number): number {
  const { yearlyLogRatios } = group;
  if (method !== 'LEVEL_MIX' || yearlyLogRatios.length === 0) return 1;
  const block = Math.min(yearlyLogRatios.length - 1, Math.floor(h / yearlyBlockPeriods));
  return Math.exp(yearlyPower * yearlyLogRatios[block]!);
}

function applyEffects(
  input: ForecastItemInput,
  fitted: FittedMethod,
  window: ItemWindow,
  scale: number,
  flags: Set<ForecastFlag>,
): {
  means: Float64Array;
  /** Before promotions and overrides; null = there are none. */
  ordinaryMeans: Float64Array | null;
  promotionFactors: readonly number[];
} {
  const { means } = fitted;
  const n = window.values.length;
  const nextDay = window.firstDay + n;
  const { marketFactors, promotions } = input;
  for (let h = 0; h < means.length; h++) {
    means[h]! *=
      scale * yearlyFactorAt(input.group, fitted.method, h) * (marketFactors[h] ?? marketFactors.at(-1) ?? 1);
  }
  if (marketFactors.length > 0) flags.add('MARKET_INDEX');
  const isSpecial = promotions.length + input.overrides.length > 0;
  const ordinaryMeans = isSpecial ? Float64Array.from(means) : null;
  let promotionFactors: readonly number[] = [];
  if (promotions.length > 0) {
    const offset = input.units.length - n;
    const uplift = learnUplift(
      input.units,
      input.firstDay,
      promotions,
      (t) => fitted.level * (window.factors[t - offset] ?? 1),
    );
    promotionFactors = [...applyPromotions(means, nextDay, promotions, uplift)];
    flags.add('PROMOTION');
  }
  if (applyOverrides(means, nextDay, input.overrides)) flags.add('MANUAL_OVERRIDE');
  return { means, ordinaryMeans, promotionFactors };
}
