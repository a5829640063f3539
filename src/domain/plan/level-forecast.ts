import { cleanDemand, dayState } from '../demand.ts';
import type { ForecastAccuracy } from '../forecast/accuracy.ts';
import { type CalibrationCase, replayCalibration } from '../forecast/calibration.ts';
import type { StoredForecast } from '../forecast/demand-forecast.ts';
import { defaultForecastOptions, type ForecastItemInput } from '../forecast/forecast-input.ts';
import { forecastItem } from '../forecast/forecast-item.ts';
import type { GroupFactors } from '../forecast/group-factors.ts';
import type { ShelfState } from '../forecast/history-state.ts';
import type { KnownPromotion, ManualOverride } from '../forecast/known-effects.ts';
import { classifyDemand, type DemandClass } from '../kpi/demand-class.ts';
import { classifyXyz, toWeeks, type XyzClass } from '../kpi/item-class.ts';

/** What is on record of an item in a warehouse, day by day. Plain data, so that it can go to another thread. */
export interface LevelHistory {
  /** Number of the first day on record (`dayIndexOf`). */
  readonly firstDay: number;
  /** Units asked for per day up to the last full day; a day without a record is a day without a sale. */
  readonly units: Float64Array;
  /** Share of each day without stock, 0 to 1; NaN = not on record. Null = no stock on record at all. */
  readonly outShares: Float64Array | null;
  /** 1 on days that one order made up nearly all by itself; null or missing = not known. */
  readonly oneCustomer?: Uint8Array | null;
}

/** What a level's forecast is made from. */
export interface LevelForecastInput {
  readonly history: LevelHistory;
  /** True when the item is counted in whole units. */
  readonly isWhole: boolean;
  readonly group: GroupFactors;
  readonly newItemLevel: number | null;
  /** Null = not known. */
  readonly priorDispersion: number | null;
  readonly shelf: ShelfState;
  readonly promotions: readonly KnownPromotion[];
  readonly overrides: readonly ManualOverride[];
  /** By coming day, the first one after the history; empty = none. */
  readonly marketFactors: readonly number[];
  /** Lead time plus review period, days ≥ 1: the interval whose errors matter most. */
  readonly protectionDays: number;
}

/** A level's forecast with what else its history tells. Plain data. */
export interface LevelForecast {
  /** Number of the day of period 1. */
  readonly firstDay: number;
  readonly historyDays: number;
  readonly method: string;
  readonly flags: readonly string[];
  readonly stored: StoredForecast | null;
  /** Mean of the first four weeks; null with NO_HISTORY. */
  readonly unitsPerDay: number | null;
  /** Of the last 56 days; null with fewer than two known ones. */
  readonly sigmaUnitsPerDay: number | null;
  readonly accuracy: ForecastAccuracy | null;
  /** Known factors inside the means. */
  readonly effects: {
    readonly promotion: readonly number[];
    readonly market: readonly number[];
    readonly yearly: number;
  };
  readonly demandClass: DemandClass | null;
  readonly xyzClass: XyzClass | null;
  readonly unitsSold90: number;
  readonly unitsSold365: number;
  /** Days from the last sale to the first day of the forecast; null = never sold. */
  readonly daysSinceSale: number | null;
}

/** Days that get a mean of their own: eight weeks, so that a week-old forecast still covers a protection period. */
const horizonDays = 56;
const displayedDays = 28;
/** The spread of the classic formula is taken over eight whole weeks, so that every weekday counts the same. */
const sigmaDays = 56;
const longIntervalDaysMin = 28;
/** Nearly all of a day without stock: what was sold says nothing; a good part of it: what was sold is the least. */
const outShareWhole = 0.95;
const outSharePart = 0.1;

/**
 * Forecasts an item in a warehouse from what is on record, and reads off its classes and sums.
 *
 * Days without stock are unknown, not zero; days that sold out are a lower bound. Interval errors are replayed for
 * the protection period and for one twice as long.
 *
 * @param input - see {@link LevelForecastInput}
 * @returns plain data; `stored` null (NO_HISTORY) for an empty history without a manual forecast
 * @throws AppError `invalid_input` if a bound above is broken
 * @see `forecastItem`, `cleanDemand`
 * @example
 * // 8 weeks of exactly 2 a day, always in stock
 * forecastLevel(input).unitsPerDay // 2
 */
export function forecastLevel(input: LevelForecastInput): LevelForecast {
  const { history } = input;
  const clean = cleanLevel(input);
  const { units } = clean;
  const result = forecastItem(toForecastInput(input, clean));
  // Where nothing is on record at all, nothing was cleaned either.
  const flags = new Set<string>([...(units.length === 0 ? [] : clean.flags), ...result.flags]);
  const known = knownOf(units);
  return {
    firstDay: history.firstDay + history.units.length,
    historyDays: history.units.length,
    method: result.method,
    flags: [...flags].sort(),
    stored: result.forecast?.stored ?? null,
    unitsPerDay:
      result.forecast === null
        ? null
        : Number((result.forecast.meanOver(displayedDays) / displayedDays).toFixed(6)),
    sigmaUnitsPerDay: sigmaOf(knownOf(clean.uncutUnits ?? units)),
    accuracy: result.accuracy,
    effects: {
      promotion: [...result.promotionFactors],
      market: [...result.marketFactors],
      yearly: result.yearlyFactor,
    },
    demandClass: classifyDemand(known.slice(-365))?.class ?? null,
    xyzClass: classifyXyz(toWeeks(known)),
    unitsSold90: sumOfLast(history.units, 90),
    unitsSold365: sumOfLast(history.units, 365),
    daysSinceSale: daysSinceSale(history.units),
  };
}

/** Interval lengths, past origins and the days between them by which calibration is measured. */
const calibrationIntervals = [7, 14, 28];
const calibrationOrigins = 8;
const calibrationStepDays = 14;

/**
 * Forecasts a level as of earlier days and compares with what followed: what calibration is measured from. Costs eight
 * forecasts, so for a sample of levels. Promotions and overrides of today play no part.
 *
 * @param input - see {@link LevelForecastInput}
 * @returns cases for sums of 7, 14 and 28 days; none for too short a history
 * @throws AppError `invalid_input` as {@link forecastLevel}
 * @see `replayCalibration`
 * @example replayLevel(input).every(({ periods }) => [7, 14, 28].includes(periods)) // true
 */
export function replayLevel(input: LevelForecastInput): CalibrationCase[] {
  const forecastInput = {
    ...toForecastInput(input, cleanLevel(input)),
    promotions: [],
    overrides: [],
    marketFactors: [],
  };
  return replayCalibration(
    { ...forecastInput, intervalPeriods: calibrationIntervals },
    calibrationOrigins,
    calibrationStepDays,
  );
}

/** Days of a level's past with what was known of it, and what would have been forecast on an earlier day. */
export interface LevelPastForecasts {
  /** Units per day as cleaned; NaN = not known. */
  readonly units: Float64Array;
  /** The forecast from the first `days` days alone; null = nothing was known yet. */
  readonly forecastAfter: (days: number) => StoredForecast | null;
}

/**
 * Opens a level's past for a replay: forecasts as of earlier days, with the group's factors of today, without promotions
 * and overrides of today.
 *
 * @param input - see {@link LevelForecastInput}
 * @returns see {@link LevelPastForecasts}; each forecast costs as much as one of today
 * @throws AppError `invalid_input` as {@link forecastLevel}
 * @see {@link replayLevel}
 * @example openLevelPast(input).forecastAfter(28)?.means.length // 56
 */
export function openLevelPast(input: LevelForecastInput): LevelPastForecasts {
  const clean = cleanLevel(input);
  const { units, uncutUnits } = clean;
  const base = { ...toForecastInput(input, clean), promotions: [], overrides: [], marketFactors: [] };
  const until = (days: number) => ({
    units: units.subarray(0, days),
    uncutUnits: uncutUnits?.subarray(0, days) ?? null,
  });
  return {
    units: uncutUnits ?? units,
    forecastAfter: (days) => forecastItem({ ...base, ...until(days) }).forecast?.stored ?? null,
  };
}

/** A level's history as a forecast can rest on it. */
interface CleanLevel {
  readonly units: Float64Array;
  /** With one-off bulk orders at full size; null = there are none. */
  readonly uncutUnits: Float64Array | null;
  readonly flags: readonly string[];
}

function cleanLevel({ history, isWhole }: LevelForecastInput): CleanLevel {
  const states = history.outShares === null ? null : statesOf(history.units, history.outShares);
  const clean = cleanDemand({ units: history.units, states, oneCustomer: history.oneCustomer ?? null });
  const whole = (units: Float64Array) => (isWhole ? units.map(Math.round) : units);
  return {
    units: whole(clean.units),
    uncutUnits: clean.cutDays === 0 ? null : whole(clean.uncutUnits),
    flags: clean.flags,
  };
}

function toForecastInput(input: LevelForecastInput, { units, uncutUnits }: CleanLevel): ForecastItemInput {
  const { protectionDays } = input;
  return {
    ...defaultForecastOptions,
    units,
    uncutUnits,
    firstDay: input.history.firstDay,
    group: input.group,
    horizonPeriods: horizonDays,
    intervalPeriods: [protectionDays, Math.max(longIntervalDaysMin, 2 * protectionDays)],
    shelf: input.shelf,
    newItemLevel: input.newItemLevel,
    priorDispersion: input.priorDispersion ?? defaultForecastOptions.priorDispersion,
    promotions: input.promotions,
    overrides: input.overrides,
    isCountedWhole: input.isWhole,
    marketFactors: input.marketFactors,
  };
}

function statesOf(units: Float64Array, outShares: Float64Array): Uint8Array {
  return Uint8Array.from(units, (sold, t) => {
    const out = outShares[t] ?? Number.NaN;
    // An order on an "empty" day shows that something was there for a while.
    if (out >= outShareWhole) return sold > 0 ? dayState.soldOut : dayState.outOfStock;
    return out >= outSharePart ? dayState.soldOut : dayState.inStock;
  });
}

function knownOf(units: Float64Array): (number | null)[] {
  return Array.from(units, (value) => (Number.isNaN(value) ? null : value));
}

function sigmaOf(known: readonly (number | null)[]): number | null {
  // The last days that are known: after a long stock-out the calendar's last ones say nothing.
  const values = known.filter((value) => value !== null).slice(-sigmaDays);
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  // Rounded as it is stored, so that what is recomputed later starts from the same number.
  return Number(Math.sqrt(squares / (values.length - 1)).toFixed(6));
}

function sumOfLast(units: Float64Array, days: number): number {
  let sum = 0;
  for (let t = Math.max(0, units.length - days); t < units.length; t++) sum += units[t] || 0;
  return sum;
}

function daysSinceSale(units: Float64Array): number | null {
  for (let t = units.length - 1; t >= 0; t--) if (units[t]! > 0) return units.length - t;
  return null;
}
