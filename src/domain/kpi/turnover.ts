import { Decimal } from '../../shared/decimal.ts';
import { AppError } from '../../shared/errors.ts';
import { type KpiValue, known, unknown } from './kpi-value.ts';

const daysPerYear = 365;

/** A step function of time: from each instant on the value holds until the next. */
export interface TimedValue {
  readonly atMs: number;
  readonly value: Decimal;
}

/**
 * Mean of a quantity over a window, each value weighed by how long it held. Snapshots come when something changes,
 * so a plain mean of them would overweigh busy hours.
 *
 * @param values - ascending by time; the first must not be later than the window's start for it to count fully
 * @param fromMs - start of the window
 * @param toMs - end, after the start
 * @returns mean over the part of the window that is covered; null when none is
 * @throws AppError `invalid_input` if the window is empty or values are not ascending
 * @see integral of a step function
 * @example
 * // 10 for one hour, then 4 for three hours
 * computeTimeWeightedMean([{ atMs: 0, value: ten }, { atMs: 3_600_000, value: four }], 0, 14_400_000) // 5.5
 */
export function computeTimeWeightedMean(
  values: readonly TimedValue[],
  fromMs: number,
  toMs: number,
): Decimal | null {
  if (!(toMs > fromMs)) throw new AppError('invalid_input', 'a window must end after it starts');
  let weighted = new Decimal(0);
  let covered = 0;
  values.forEach(({ atMs, value }, i) => {
    const nextMs = values[i + 1]?.atMs ?? toMs;
    if (nextMs < atMs) throw new AppError('invalid_input', 'values must come in the order of time');
    const heldMs = Math.min(nextMs, toMs) - Math.max(atMs, fromMs);
    if (heldMs <= 0) return;
    weighted = weighted.plus(value.times(heldMs));
    covered += heldMs;
  });
  return covered > 0 ? weighted.div(covered) : null;
}

/**
 * Inventory turnover: how often a year the stock is sold.
 *
 * @param costOfGoodsSold - cost of what was sold in the window, money ≥ 0; null = cost unknown
 * @param meanStockValue - time-weighted mean stock value at cost, money; below 0 is taken as 0
 * @param windowDays - ≥ 1; 90 and 365 are shown
 * @returns turns per year; 0 when there was stock and nothing sold; null: NO_COST, or NO_STOCK
 * @throws AppError `invalid_input` if the window is not at least one day
 * @see accounting standard: cost of goods sold over mean inventory at cost, scaled to a year
 * @example computeTurnover(new Decimal(9000), new Decimal(6000), 90).value // 365/90 · 1.5 = 6.083333
 */
export function computeTurnover(
  costOfGoodsSold: Decimal | null,
  meanStockValue: Decimal | null,
  windowDays: number,
): KpiValue {
  requireDays(windowDays);
  if (costOfGoodsSold === null || meanStockValue === null) return unknown('NO_COST');
  if (meanStockValue.lte(0)) return unknown('NO_STOCK');
  return known(costOfGoodsSold.div(meanStockValue).times(daysPerYear).div(windowDays));
}

/**
 * Days of inventory, looking back: how many days the stock value lasts at the pace of the window.
 *
 * @param stockValue - now, at cost, money; below 0 is taken as 0
 * @param costOfGoodsSold - of the window, money ≥ 0; null = cost unknown
 * @param windowDays - ≥ 1
 * @returns days; null: NO_COST, or NO_DEMAND when nothing was sold (not 0: it would last for ever)
 * @throws AppError `invalid_input` if the window is not at least one day
 * @see accounting standard
 * @example computeDaysOfInventory(new Decimal(6000), new Decimal(9000), 90).value // 60
 */
export function computeDaysOfInventory(
  stockValue: Decimal | null,
  costOfGoodsSold: Decimal | null,
  windowDays: number,
): KpiValue {
  requireDays(windowDays);
  if (stockValue === null || costOfGoodsSold === null) return unknown('NO_COST');
  if (costOfGoodsSold.lte(0)) return unknown('NO_DEMAND');
  return known(Decimal.max(0, stockValue).times(windowDays).div(costOfGoodsSold));
}

/**
 * Days of stock, looking ahead: how many days the available units last at the mean forecast.
 *
 * A single quotient, as shops know it. When the shelf will really be empty is `daysToStockOut`.
 *
 * @param available - units; below 0 is taken as 0
 * @param meanPerDay - forecast, units a day over the coming 28 days, ≥ 0; null = no forecast
 * @returns days; null: NO_HISTORY without a forecast, NO_DEMAND when it is 0
 * @see {@link computeDaysOfInventory} for the backward version in money
 * @example computeDaysOfStock(new Decimal(30), new Decimal(2)).value // 15
 */
export function computeDaysOfStock(available: Decimal, meanPerDay: Decimal | null): KpiValue {
  if (meanPerDay === null) return unknown('NO_HISTORY');
  if (meanPerDay.lte(0)) return unknown('NO_DEMAND');
  return known(Decimal.max(0, available).div(meanPerDay));
}

/**
 * Sell-through: units sold in 90 days against the mean units on hand.
 *
 * @param soldUnits - in the window, ≥ 0
 * @param meanOnHand - time-weighted, units; null = not on record
 * @returns ratio, 1 = the mean stock was sold once; null: NO_HISTORY, NO_STOCK
 * @see Amazon's inventory performance index: units sold and shipped over 90 days by mean units available
 * @example computeSellThrough(new Decimal(45), new Decimal(30)).value // 1.5
 */
export function computeSellThrough(soldUnits: Decimal, meanOnHand: Decimal | null): KpiValue {
  if (meanOnHand === null) return unknown('NO_HISTORY');
  if (meanOnHand.lte(0)) return unknown('NO_STOCK');
  return known(soldUnits.div(meanOnHand));
}

/**
 * Gross margin return on inventory: margin earned in a year per money held in stock.
 *
 * @param grossMargin - revenue less cost of the window, money; null = cost unknown
 * @param meanStockValue - as in {@link computeTurnover}
 * @param windowDays - ≥ 1
 * @returns ratio per year; null: NO_COST, NO_STOCK
 * @throws AppError `invalid_input` if the window is not at least one day
 * @see retail standard (GMROI)
 * @example computeMarginReturn(new Decimal(3000), new Decimal(6000), 365).value // 0.5
 */
export function computeMarginReturn(
  grossMargin: Decimal | null,
  meanStockValue: Decimal | null,
  windowDays: number,
): KpiValue {
  return computeTurnover(grossMargin, meanStockValue, windowDays);
}

/**
 * Stock value at cost.
 *
 * @param onHand - units; below 0 counts 0, since owed goods are no asset
 * @param unitCost - money; null = unknown
 * @returns money; null: NO_COST
 * @see accounting standard
 * @example computeStockValue(new Decimal(30), new Decimal('2.5')).value // 75
 */
export function computeStockValue(onHand: Decimal, unitCost: Decimal | null): KpiValue {
  return unitCost === null ? unknown('NO_COST') : known(Decimal.max(0, onHand).times(unitCost));
}

function requireDays(windowDays: number): void {
  if (windowDays >= 1) return;
  throw new AppError('invalid_input', `a window must be at least one day, but is ${windowDays}`);
}
