import { dayOfMonthAt } from './calendar-index.ts';
import type { Grain } from './grain.ts';
import type { GroupFactors } from './group-factors.ts';
import { seasonalVariance, unitNoise } from './unit-noise.ts';

/** Units of own sales at which an item's own weekday factors weigh as much as its group's (days only). */
const ownUnits = 600;

/** The part of an item's history that its forecast rests on, with the known factors of each period. */
export interface ItemWindow {
  /** Units per period, oldest first; NaN = not known. Begins at the first sale or the history limit. */
  readonly values: Float64Array;
  /** Known factor (season, day of month, closed days) of each period and of the horizon behind it. */
  readonly factors: Float64Array;
  /** Number of the first period of `values`. */
  readonly firstDay: number;
  /** Running sums: `sums[t]` = units, `weights[t]` = factors, of the known periods before t. */
  readonly sums: Float64Array;
  readonly weights: Float64Array;
  /** Running sum of factors whether known or not, over history and horizon. */
  readonly allWeights: Float64Array;
  /** Periods with a known quantity, and units in them. */
  readonly knownPeriods: number;
  readonly units: number;
}

/**
 * Cuts an item's history to what counts and lays the known factors over it.
 *
 * Zeros before the first sale are taken as "not yet on sale". A quantity on a closed day is left out.
 *
 * @param quantities - units per period; NaN = missing or censored
 * @param firstDay - number of the first period
 * @param group - the group's shared factors
 * @param grain - from `grainOf`
 * @param horizon - periods to look ahead, ≥ 1
 * @returns an empty window when nothing was ever sold
 * @see factors: the item's own, shrunk to its group's with weight units/(units + 600)
 * @example
 * // an item that sold like its group keeps the group's factors
 * computeItemWindow(quantities, 0, group, grainOf(7), 28).factors[6] // group.phase[6]
 */
export function computeItemWindow(
  quantities: Float64Array,
  firstDay: number,
  group: GroupFactors,
  grain: Grain,
  horizon: number,
): ItemWindow {
  const total = quantities.length;
  let firstSale = 0;
  while (firstSale < total && !(quantities[firstSale]! > 0)) firstSale += 1;
  const start = Math.max(firstSale, total - grain.historyPeriods);
  const n = total - start;
  const windowFirst = firstDay + start;
  const values = quantities.slice(start);
  const factors = new Float64Array(n + horizon);
  const phase = ownPhaseFactors(values, windowFirst, group, grain);
  const { season } = grain;
  const { dayOfMonth } = group;
  let k = ((windowFirst % season) + season) % season;
  for (let t = 0; t < n + horizon; t++) {
    let factor = phase[k]!;
    if (dayOfMonth !== null) factor *= dayOfMonth[dayOfMonthAt(windowFirst + t)]!;
    factors[t] = factor;
    k = k + 1 === season ? 0 : k + 1;
  }
  if (group.trend !== null) {
    for (let t = 0; t < n; t++) factors[t]! *= group.trend[windowFirst + t - group.trendFirstDay] ?? 1;
  }
  for (const day of group.closedDays) {
    const t = day - windowFirst;
    if (t >= 0 && t < n) factors[t] = 0;
  }
  return { values, factors, firstDay: windowFirst, ...runningSums(values, factors) };
}

function ownPhaseFactors(
  values: Float64Array,
  firstDay: number,
  group: GroupFactors,
  grain: Grain,
): Float64Array {
  const { season } = grain;
  const out = Float64Array.from(group.phase);
  if (season === 1) return out;
  const n = values.length;
  const sums = new Float64Array(season);
  const counts = new Float64Array(season);
  let units = 0;
  let known = 0;
  let k = (((firstDay + Math.max(0, n - grain.factorPeriods)) % season) + season) % season;
  for (let t = Math.max(0, n - grain.factorPeriods); t < n; t++) {
    const value = values[t]!;
    if (!Number.isNaN(value)) {
      sums[k]! += value;
      counts[k]! += 1;
      units += value;
      known += 1;
    }
    k = k + 1 === season ? 0 : k + 1;
  }
  if (!(units > 0) || known < 2 * season) return out;
  const noise = unitNoise(values, season, units / known);
  const halfway = grain.isDaily ? ownUnits * Math.max(1, noise) : (season / seasonalVariance) * noise;
  const weight = units / (units + halfway);
  for (let j = 0; j < season; j++) {
    if (counts[j]! > 0 && out[j]! > 0) {
      out[j] = weight * (sums[j]! / counts[j]!) * (known / units) + (1 - weight) * out[j]!;
    }
  }
  return out;
}

function runningSums(
  values: Float64Array,
  factors: Float64Array,
): Pick<ItemWindow, 'sums' | 'weights' | 'allWeights' | 'knownPeriods' | 'units'> {
  const n = values.length;
  const sums = new Float64Array(n + 1);
  const weights = new Float64Array(n + 1);
  const allWeights = new Float64Array(factors.length + 1);
  let knownPeriods = 0;
  for (let t = 0; t < n; t++) {
    const value = values[t]!;
    const factor = factors[t]!;
    // A sale on a closed day cannot be explained by any level: it is left out like a missing one.
    const isKnown = factor > 0 && !Number.isNaN(value);
    if (!isKnown) values[t] = Number.NaN;
    sums[t + 1] = sums[t]! + (isKnown ? value : 0);
    weights[t + 1] = weights[t]! + (isKnown ? factor : 0);
    if (isKnown) knownPeriods += 1;
  }
  for (let t = 0; t < factors.length; t++) allWeights[t + 1] = allWeights[t]! + factors[t]!;
  return { sums, weights, allWeights, knownPeriods, units: sums[n]! };
}
