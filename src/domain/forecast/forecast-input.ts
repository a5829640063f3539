import type { ForecastAccuracy } from './accuracy.ts';
import { typicalDispersion } from './daily-dispersion.ts';
import type { DemandForecast } from './demand-forecast.ts';
import type { ForecastMethod } from './fitted-method.ts';
import { type Grain, grainOf } from './grain.ts';
import { type GroupFactors, neutralGroupFactors } from './group-factors.ts';
import type { ShelfState } from './history-state.ts';
import type { KnownPromotion, ManualOverride } from './known-effects.ts';

/** What was special about an item's history or future. */
export type ForecastFlag =
  | 'NO_HISTORY'
  | 'NO_DEMAND'
  | 'SHORT_HISTORY'
  | 'DEAD_STOCK'
  | 'PHANTOM_STOCK'
  | 'CENSORED_DAYS'
  | 'CLOSED_WEEKDAY'
  | 'FRACTIONAL'
  | 'PROMOTION'
  | 'MARKET_INDEX'
  | 'MANUAL_OVERRIDE';

/** Everything a forecast of one item at one warehouse is made from. */
export interface ForecastItemInput {
  /** Units per period, oldest first, up to the last full period; NaN = not known. Zeros before the first sale are skipped. */
  readonly units: Float64Array;
  /** The same with one-off bulk orders at full size, for the spread; null = the same. */
  readonly uncutUnits: Float64Array | null;
  /** Number of the first period (`dayIndexOf`), or 0 without a calendar. */
  readonly firstDay: number;
  readonly grain: Grain;
  readonly group: GroupFactors;
  /** Periods that get a mean of their own, ≥ 1. */
  readonly horizonPeriods: number;
  /** Interval lengths whose errors are replayed, ascending: the protection times in force. The first one is judged. */
  readonly intervalPeriods: readonly number[];
  /** `AUTO` = the default mix unless rolling origins clearly favour another. */
  readonly method: ForecastMethod | 'AUTO';
  readonly shelf: ShelfState;
  /** Median daily level of new items of the group; null = not known. */
  readonly newItemLevel: number | null;
  /** Dispersion expected before looking; the group's median if known. */
  readonly priorDispersion: number;
  readonly promotions: readonly KnownPromotion[];
  readonly overrides: readonly ManualOverride[];
  /** How the item is counted where no sale shows it; sales with decimals speak for themselves. */
  readonly isCountedWhole: boolean;
  /** Known outside factor per coming period (the last one holds on); empty = none. Shown apart. */
  readonly marketFactors: readonly number[];
}

/** Sensible values for everything but `units`. */
export const defaultForecastOptions: Omit<ForecastItemInput, 'units'> = {
  uncutUnits: null,
  firstDay: 0,
  grain: grainOf(7),
  group: neutralGroupFactors(7),
  horizonPeriods: 28,
  intervalPeriods: [7, 14, 28],
  method: 'AUTO',
  shelf: 'UNKNOWN',
  newItemLevel: null,
  priorDispersion: typicalDispersion,
  promotions: [],
  overrides: [],
  isCountedWhole: true,
  marketFactors: [],
};

/** A forecast with how it came about. */
export interface ItemForecast {
  readonly method: ForecastMethod;
  readonly flags: readonly ForecastFlag[];
  /** Null only with NO_HISTORY (and no manual forecast): nothing is known, which is not a forecast of 0. */
  readonly forecast: DemandForecast | null;
  /** Null with NO_HISTORY and NO_DEMAND. */
  readonly accuracy: ForecastAccuracy | null;
  /** Units per period at factor 1. */
  readonly level: number;
  /** Known factors already inside the means, by period, for explanations; empty = all 1. */
  readonly promotionFactors: readonly number[];
  readonly marketFactors: readonly number[];
  /** Factor by which the group's past years raise or lower the first four weeks. */
  readonly yearlyFactor: number;
}
