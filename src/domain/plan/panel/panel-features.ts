import type { SalesPanel } from './sales-panel.ts';
import { computeSeasonalIndex } from './seasonal-index.ts';

/** Smoothing rates per period: from half a year's memory to two periods'. */
const rates = [0.02, 0.05, 0.1, 0.2, 0.4] as const;
/** The level that is to be corrected: two slow rates and a quick one in about equal parts. */
const mixWeights = [0.35, 0, 0.35, 0.3, 0] as const;
/** Every level starts as if 0.05 periods at 0.3 units had been seen, so that no level is exactly 0. */
const priorPeriods = 0.05;
const priorUnits = 0.3;
/** Periods that a series' own spread is taken from. */
const yearPeriods = 52;
/** How many features a row has. */
export const featureCount = 22;

/** What is known of every series at one origin. */
export interface PanelFeatures {
  /** Logarithm of the mixed level, per series. */
  readonly logLevel: Float64Array;
  /** Logarithm of the seasonal index of horizon h (1 …) at series s: (h − 1) · series + s. */
  readonly logSeason: Float64Array;
  /** Features but for the season, series by series. */
  readonly values: Float64Array;
}

/**
 * Describes every series at an origin by numbers that are the same for all horizons but the season.
 *
 * Levels of five memories (their differences tell of trends), the recent trend of the item over all
 * locations, of the location over all items and of the whole, how many periods sold nothing, the last period, the
 * length of the history, the level itself in pieces so that slow and fast items may be corrected differently, and what
 * the last year was like: its mean, spread and peak, the last month against it, and how long ago something was sold.
 *
 * @param panel - history
 * @param origin - the last period that may be looked at
 * @param horizon - periods ahead that a season is wanted for, ≥ 1
 * @returns features in the order of the code below; the place of the season (5) holds 0
 * @see own construction; kept because each feature lowered the deviance on earlier periods
 * @example computePanelFeatures(panel, 100, 3).values.length // featureCount · series
 */
export function computePanelFeatures(panel: SalesPanel, origin: number, horizon: number): PanelFeatures {
  const { seriesCount, cycle } = panel;
  const index = computeSeasonalIndex(panel, origin);
  const levels = computeLevels(panel, origin, index);
  const mix = Float64Array.from({ length: seriesCount }, (_, s) =>
    rates.reduce((sum, _rate, r) => sum + mixWeights[r]! * levels[r]![s]!, 0),
  );
  const itemTrend = computeTrend(levels, mix, panel.itemOf);
  const locationTrend = computeTrend(levels, mix, panel.locationOf);
  const trend = computeTrend(levels, mix, new Int32Array(seriesCount));
  const values = new Float64Array(seriesCount * featureCount);
  const logLevel = mix.map((level) => Math.log(level + 0.02));
  for (let s = 0; s < seriesCount; s++) {
    const logs = levels.map((level) => Math.log(level[s]! + 0.15));
    const recent = describeRecent(panel, origin, s, index, mix[s]!, levels[2]![s]!);
    const level = logLevel[s]!;
    const row = [
      1,
      logs[0]! - logs[1]!,
      logs[2]! - logs[1]!,
      logs[3]! - logs[2]!,
      logs[4]! - logs[3]!,
      0,
      itemTrend[s]!,
      locationTrend[s]!,
      trend[s]!,
      recent.quiet,
      recent.last,
      recent.youth,
      clip(level, -4, -1),
      clip(level + 1, 0, 1),
      clip(level, 0, 1),
      clip(level - 1, 0, 1),
      clip(level - 2, 0, 3),
      ...describeYear(panel, origin, s),
    ];
    values.set(row, s * featureCount);
  }
  const logSeason = new Float64Array(seriesCount * horizon);
  for (let h = 1; h <= horizon; h++) {
    const season = panel.seasonOf(origin + h);
    for (let s = 0; s < seriesCount; s++) {
      logSeason[(h - 1) * seriesCount + s] = Math.log(index[s * cycle + season]!);
    }
  }
  return { logLevel, logSeason, values };
}

/** Exponentially weighted means of sales without the season, one array per rate; periods without stock are skipped. */
function computeLevels(panel: SalesPanel, origin: number, index: Float64Array): Float64Array[] {
  const { seriesCount, periodCount, cycle } = panel;
  const seasons = Int32Array.from({ length: origin + 1 }, (_, t) => panel.seasonOf(t));
  return rates.map((rate) => {
    const level = new Float64Array(seriesCount);
    for (let s = 0; s < seriesCount; s++) {
      let units = 0;
      let periods = 0;
      for (let t = 0; t <= origin; t++) {
        units *= 1 - rate;
        periods *= 1 - rate;
        if (panel.inStock[s * periodCount + t] === 0) continue;
        units += panel.sales[s * periodCount + t]! / index[s * cycle + seasons[t]!]!;
        periods += 1;
      }
      level[s] = (units + priorUnits * priorPeriods) / (periods + priorPeriods);
    }
    return level;
  });
}

/** Recent against older level of each series' group, as a logarithm; big series count less than their volume. */
function computeTrend(levels: readonly Float64Array[], mix: Float64Array, groupOf: Int32Array): Float64Array {
  const groupCount = groupOf.reduce((most, group) => Math.max(most, group + 1), 0);
  // 1.5 units on both sides keep the trend of a tiny group near none.
  const recent = new Float64Array(groupCount).fill(1.5);
  const older = new Float64Array(groupCount).fill(1.5);
  for (let s = 0; s < mix.length; s++) {
    const weight = 1 / (1 + 0.2 * mix[s]!);
    const group = groupOf[s]!;
    recent[group] = recent[group]! + weight * levels[3]![s]!;
    older[group] = older[group]! + weight * levels[1]![s]!;
  }
  return Float64Array.from(groupOf, (group) => Math.log(recent[group]! / older[group]!));
}

function describeRecent(
  panel: SalesPanel,
  origin: number,
  s: number,
  index: Float64Array,
  level: number,
  steady: number,
): { quiet: number; last: number; youth: number } {
  const row = s * panel.periodCount;
  const quarter = 13;
  let selling = 0;
  for (let t = Math.max(0, origin - quarter + 1); t <= origin; t++) {
    if (panel.inStock[row + t] === 1 && panel.sales[row + t]! > 0) selling += 1;
  }
  let known = 0;
  for (let t = 0; t <= origin; t++) known += panel.inStock[row + t]!;
  const lastIndex = index[s * panel.cycle + panel.seasonOf(origin)]!;
  const lastUnits = panel.inStock[row + origin] === 1 ? panel.sales[row + origin]! / lastIndex : 0;
  return {
    quiet: selling / quarter - (1 - Math.exp(-level)),
    last: Math.log(lastUnits + 0.5) - Math.log(steady + 0.5),
    youth: 1 - Math.min(known, 52) / 52,
  };
}

function describeYear(panel: SalesPanel, origin: number, s: number): number[] {
  const row = s * panel.periodCount;
  let units = 0;
  let squares = 0;
  let known = 0;
  let most = 0;
  let lastMonth = 0;
  for (let t = Math.max(0, origin - yearPeriods + 1); t <= origin; t++) {
    if (panel.inStock[row + t] === 0) continue;
    const sold = panel.sales[row + t]!;
    units += sold;
    squares += sold * sold;
    known += 1;
    most = Math.max(most, sold);
    if (t > origin - 4) lastMonth += sold;
  }
  let since = 0;
  while (since <= yearPeriods / 2 && since <= origin && !(panel.sales[row + origin - since]! > 0)) since += 1;
  const mean = units / Math.max(1, known);
  const logMean = Math.log(mean + 0.1);
  const variance = squares / Math.max(1, known) - mean * mean;
  return [
    Math.log(lastMonth / 4 + 0.1) - logMean,
    logMean,
    variance / (mean + 0.1),
    Math.log(most + 1) - logMean,
    since,
  ];
}

function clip(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
