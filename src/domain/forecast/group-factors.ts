import { dayOfMonthAt } from './calendar-index.ts';
import type { Grain } from './grain.ts';
import { seasonalVariance, unitNoise } from './unit-noise.ts';

/**
 * What all items of a group (warehouse and category) share, worked out once a night from the group's summed
 * demand. Plain data, JSON-safe.
 */
export interface GroupFactors {
  readonly season: number;
  /** Demand of each phase of the season relative to the mean; phase = day number modulo season. 0 = closed. */
  readonly phase: readonly number[];
  /** Demand of day of month 1 to 31 relative to its surroundings, at [1..31]; null without a calendar. */
  readonly dayOfMonth: readonly number[] | null;
  /** ln of how the group's coming four-week blocks compared with the four weeks before them in past years. */
  readonly yearlyLogRatios: readonly number[];
  /** Numbers of the past days on which the whole group stood still (holidays), ascending. */
  readonly closedDays: readonly number[];
  /**
   * Only when no past year can be compared: the group's level on each past day from `trendFirstDay` on, relative to
   * today's, already weakened for single items; null otherwise.
   */
  readonly trend: readonly number[] | null;
  readonly trendFirstDay: number;
  /** Units the factors rest on: how far they may be trusted against a wider group's. */
  readonly units: number;
}

/** Units at which a group's own phase factors weigh as much as its parent's. */
const groupPhaseUnits = 5_000;
/** The same for day-of-month factors and yearly ratios, which are smaller effects and need more evidence. */
const groupCalendarUnits = 10_000;
/** A day of month counts as if it had been seen this often at its parent's value. */
const dayOfMonthShrinkage = 8;
/** Without a past year to compare, items are taken to follow this power of their group's own growth. */
const trendPower = 0.3;
const trendRate = 0.03;
const trendUnitsMin = 2_000;
const yearDays = 364;
const blockDays = 28;
const yearlyBlocks = 4;
const yearsMax = 3;
/** A phase with less than this share of the mean is a closed weekday; a group with fewer units is not judged. */
const closedShare = 0.01;
const closedUnitsMin = 50;
/** An idle day is a holiday when at least this many units were due. */
const closedExpectedMin = 20;

/**
 * Works out a group's shared factors from its demand summed over items.
 *
 * @param totals - units per period of all items of the group together; NaN counts as nothing known
 * @param firstDay - number of the first period: days since 1970-01-01, or 0 without a calendar
 * @param grain - from `grainOf`
 * @param hasCalendar - true when `firstDay` is a real day; day-of-month and yearly effects need it
 * @param parent - the wider group's factors, to which a small group's are shrunk; null = none
 * @returns factors with a mean of 1 over the season
 * @see Ouwehand, Hyndman, de Kok and van Donselaar 2007: pooled seasonal indices beat each item's own
 * @example
 * // two weeks of 1 1 1 1 1 1 8: the seventh phase sells four times the mean
 * computeGroupFactors(totals, 0, grainOf(7), false, null).phase[6] // 4
 */
export function computeGroupFactors(
  totals: Float64Array,
  firstDay: number,
  grain: Grain,
  hasCalendar: boolean,
  parent: GroupFactors | null,
): GroupFactors {
  const begin = Math.max(0, totals.length - grain.factorPeriods);
  const { phase, units } = phaseFactors(totals, firstDay, begin, grain, parent);
  const closedDays = grain.isDaily ? findClosedDays(totals, firstDay, begin, phase) : [];
  const usesCalendar = hasCalendar && grain.isDaily;
  const hasPastYear = totals.length >= yearDays + blockDays;
  const hasTrend = grain.isDaily && !hasPastYear && units >= trendUnitsMin;
  return {
    season: grain.season,
    phase,
    dayOfMonth: usesCalendar ? dayOfMonthFactors(totals, firstDay, begin, phase, units, parent) : null,
    yearlyLogRatios: usesCalendar ? yearlyLogRatios(totals, units, parent) : [],
    closedDays,
    trend: hasTrend ? groupTrend(totals, firstDay, phase, closedDays) : null,
    trendFirstDay: firstDay,
    units,
  };
}

/** Factors that say nothing: every period alike. For items without a group. */
export function neutralGroupFactors(season: number): GroupFactors {
  return {
    season,
    phase: new Array<number>(season).fill(1),
    dayOfMonth: null,
    yearlyLogRatios: [],
    closedDays: [],
    trend: null,
    trendFirstDay: 0,
    units: 0,
  };
}

function phaseFactors(
  totals: Float64Array,
  firstDay: number,
  begin: number,
  grain: Grain,
  parent: GroupFactors | null,
): { phase: number[]; units: number } {
  const { season } = grain;
  const sums = new Float64Array(season);
  const counts = new Float64Array(season);
  let units = 0;
  let known = 0;
  for (let t = begin; t < totals.length; t++) {
    const total = totals[t]!;
    if (Number.isNaN(total)) continue;
    const k = (firstDay + t) % season;
    sums[k]! += total;
    counts[k]! += 1;
    units += total;
    known += 1;
  }
  const weight = phaseWeight(totals, grain, units, known, parent !== null);
  const phase: number[] = [];
  for (let k = 0; k < season; k++) {
    const base = parent?.phase[k] ?? 1;
    const own =
      units > 0 && counts[k]! > 0 && known >= 2 * season ? (sums[k]! / counts[k]!) * (known / units) : base;
    phase.push(
      grain.isDaily && units >= closedUnitsMin && own < closedShare ? 0 : weight * own + (1 - weight) * base,
    );
  }
  return { phase, units };
}

/** How far a group's own phases are believed against its parent's, or against "all alike". */
function phaseWeight(
  totals: Float64Array,
  grain: Grain,
  units: number,
  known: number,
  hasParent: boolean,
): number {
  if (grain.isDaily) return hasParent ? units / (units + groupPhaseUnits) : 1;
  if (!(units > 0) || grain.season === 1) return 0;
  const noise = unitNoise(totals, grain.season, units / known);
  return units / (units + (grain.season / seasonalVariance) * noise);
}

function groupTrend(
  totals: Float64Array,
  firstDay: number,
  phase: readonly number[],
  closedDays: readonly number[],
): number[] {
  const closed = new Set(closedDays);
  const levels: number[] = [];
  let units = 0;
  let weight = 0;
  for (let t = 0; t < totals.length; t++) {
    const factor = phase[(firstDay + t) % phase.length]!;
    if (factor > 0 && !closed.has(firstDay + t) && !Number.isNaN(totals[t]!)) {
      units = units * (1 - trendRate) + totals[t]!;
      weight = weight * (1 - trendRate) + factor;
    }
    levels.push(weight > 0 ? units / weight : 0);
  }
  const today = levels.at(-1) ?? 0;
  return levels.map((level) => (level > 0 && today > 0 ? (level / today) ** trendPower : 1));
}

function findClosedDays(
  totals: Float64Array,
  firstDay: number,
  begin: number,
  phase: readonly number[],
): number[] {
  const closed: number[] = [];
  // A slow level of the group tells how much was due; it starts at the first year's mean.
  let level = 0;
  let seen = 0;
  for (let t = begin; t < totals.length; t++) {
    const factor = phase[(firstDay + t) % phase.length]!;
    const total = totals[t]!;
    if (factor === 0 || Number.isNaN(total)) continue;
    if (total === 0 && level * factor >= closedExpectedMin) closed.push(firstDay + t);
    else {
      seen += 1;
      level += (total / factor - level) * Math.max(0.05, 1 / seen);
    }
  }
  return closed;
}

function dayOfMonthFactors(
  totals: Float64Array,
  firstDay: number,
  begin: number,
  phase: readonly number[],
  units: number,
  parent: GroupFactors | null,
): number[] {
  const n = totals.length;
  const adjusted = new Float64Array(n);
  const sums = new Float64Array(n + 1);
  const counts = new Float64Array(n + 1);
  for (let t = 0; t < n; t++) {
    const factor = phase[(firstDay + t) % phase.length]!;
    const isKnown = factor > 0 && !Number.isNaN(totals[t]!);
    adjusted[t] = isKnown ? totals[t]! / factor : Number.NaN;
    sums[t + 1] = sums[t]! + (isKnown ? adjusted[t]! : 0);
    counts[t + 1] = counts[t]! + Number(isKnown);
  }
  const actual = new Float64Array(32);
  const expected = new Float64Array(32);
  const seen = new Float64Array(32);
  for (let t = begin; t < n; t++) {
    if (Number.isNaN(adjusted[t]!)) continue;
    const from = Math.max(0, t - 15);
    const to = Math.min(n, t + 16);
    const day = dayOfMonthAt(firstDay + t);
    actual[day]! += adjusted[t]!;
    expected[day]! += (sums[to]! - sums[from]!) / (counts[to]! - counts[from]!);
    seen[day]! += 1;
  }
  const trust = parent === null ? 1 : units / (units + groupCalendarUnits);
  const factors: number[] = [1];
  for (let day = 1; day <= 31; day++) {
    const base = parent?.dayOfMonth?.[day] ?? 1;
    const own = expected[day]! > 0 ? actual[day]! / expected[day]! : base;
    const weight = seen[day]! * trust;
    factors.push((weight * own + dayOfMonthShrinkage * base) / (weight + dayOfMonthShrinkage));
  }
  return factors;
}

function yearlyLogRatios(totals: Float64Array, units: number, parent: GroupFactors | null): number[] {
  const n = totals.length;
  const sums = new Float64Array(n + 1);
  for (let t = 0; t < n; t++) sums[t + 1] = sums[t]! + (Number.isNaN(totals[t]!) ? 0 : totals[t]!);
  const trust = parent === null ? 1 : units / (units + groupCalendarUnits);
  const ratios: number[] = [];
  for (let block = 0; block < yearlyBlocks; block++) {
    let sum = 0;
    let years = 0;
    for (let year = 1; year <= yearsMax; year++) {
      const origin = n - yearDays * year;
      const start = origin + block * blockDays;
      if (origin - blockDays < 0) break;
      const after = sums[start + blockDays]! - sums[start]!;
      const before = sums[origin]! - sums[origin - blockDays]!;
      if (after > 0 && before > 0) {
        sum += Math.log(after / before);
        years += 1;
      }
    }
    const own = years > 0 ? sum / years : 0;
    ratios.push(trust * own + (1 - trust) * (parent?.yearlyLogRatios[block] ?? 0));
  }
  return ratios;
}
