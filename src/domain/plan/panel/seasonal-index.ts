import type { SalesPanel } from './sales-panel.ts';

/** Weight of "no pattern" against the evidence of a group, in weighted units: small groups stay near the whole. */
const groupShrinkUnits = 60;
/** Weeks to each side that a group's pattern is smoothed over; months are not smoothed. */
const smoothedWeeks = 4;
/** A factor below this would make its week's sales weigh without bound. */
const indexMin = 0.05;

/**
 * Yearly pattern of every series, learned from the whole panel, then its items, then its locations.
 *
 * Each series is compared with its own mean of a year around, so that growth is not taken for season. Series count
 * with weight 1/(1 + mean), so that a few best-sellers do not dictate everybody's pattern. Groups are shrunk to the
 * pattern above them. Periods without stock play no part.
 *
 * @param panel - history
 * @param upTo - the last period that may be looked at (the origin)
 * @returns series · cycle factors around 1, each ≥ 0.05; all 1 when there is less than a year and a bit
 * @see pooled indices beat own ones: Ouwehand, Hyndman, de Kok and van Donselaar 2007 (group seasonality)
 * @example computeSeasonalIndex(panelWithoutDates, 10)[0] // 1
 */
export function computeSeasonalIndex(panel: SalesPanel, upTo: number): Float64Array {
  const { seriesCount, cycle } = panel;
  const index = new Float64Array(seriesCount * cycle).fill(1);
  if (cycle === 1 || upTo + 1 < cycle + 4) return index;
  const { sold, expected, weight } = accumulate(panel, upTo);
  const radius = cycle === 52 ? smoothedWeeks : 0;
  multiply(panel, index, { sold, expected, weight }, new Int32Array(seriesCount), 0, 0);
  multiply(panel, index, { sold, expected, weight }, panel.itemOf, radius, groupShrinkUnits);
  multiply(panel, index, { sold, expected, weight }, panel.locationOf, radius, groupShrinkUnits);
  return index.map((value) => Math.max(indexMin, value));
}

interface Evidence {
  /** Units sold per series and place in the year. */
  sold: Float64Array;
  /** Units that the year's mean around would have sold in the same periods. */
  expected: Float64Array;
  /** Weight of each series. */
  weight: Float64Array;
}

function accumulate(panel: SalesPanel, upTo: number): Evidence {
  const { seriesCount, periodCount, cycle } = panel;
  const length = upTo + 1;
  const half = cycle / 2;
  const sold = new Float64Array(seriesCount * cycle);
  const expected = new Float64Array(seriesCount * cycle);
  const weight = new Float64Array(seriesCount);
  const seasons = Int32Array.from({ length }, (_, t) => panel.seasonOf(t));
  const units = new Float64Array(length + 1);
  const known = new Float64Array(length + 1);
  for (let s = 0; s < seriesCount; s++) {
    const row = s * periodCount;
    for (let t = 0; t < length; t++) {
      const isKnown = panel.inStock[row + t]!;
      units[t + 1] = units[t]! + (isKnown ? panel.sales[row + t]! : 0);
      known[t + 1] = known[t]! + isKnown;
    }
    let level = 0;
    for (let t = 0; t < length; t++) {
      const from = Math.max(0, Math.min(t - half, length - cycle - 1));
      const to = Math.min(length, Math.max(t + half + 1, cycle + 1));
      const mean = (units[to]! - units[from]!) / Math.max(1, known[to]! - known[from]!);
      level += mean;
      if (panel.inStock[row + t] === 0) continue;
      const at = s * cycle + seasons[t]!;
      sold[at] = sold[at]! + panel.sales[row + t]!;
      expected[at] = expected[at]! + mean;
    }
    weight[s] = 1 / (1 + level / length);
  }
  return { sold, expected, weight };
}

/** Multiplies every series' index by what its group sold against what the index so far expects of it. */
function multiply(
  panel: SalesPanel,
  index: Float64Array,
  evidence: Evidence,
  groupOf: Int32Array,
  radius: number,
  shrinkUnits: number,
): void {
  const { seriesCount, cycle } = panel;
  const groupCount = groupOf.reduce((most, group) => Math.max(most, group + 1), 0);
  const sold = new Float64Array(groupCount * cycle);
  const expected = new Float64Array(groupCount * cycle);
  for (let s = 0; s < seriesCount; s++) {
    const group = groupOf[s]! * cycle;
    for (let k = 0; k < cycle; k++) {
      const at = s * cycle + k;
      sold[group + k] = sold[group + k]! + evidence.sold[at]! * evidence.weight[s]!;
      expected[group + k] = expected[group + k]! + evidence.expected[at]! * evidence.weight[s]! * index[at]!;
    }
  }
  const ratio = new Float64Array(groupCount * cycle);
  for (let group = 0; group < groupCount; group++) {
    for (let k = 0; k < cycle; k++) {
      const above = smoothed(sold, group * cycle, k, cycle, radius) + shrinkUnits;
      const below = smoothed(expected, group * cycle, k, cycle, radius) + shrinkUnits;
      ratio[group * cycle + k] = below > 0 ? above / below : 1;
    }
  }
  for (let at = 0; at < index.length; at++) {
    const s = Math.floor(at / cycle);
    index[at] = index[at]! * ratio[groupOf[s]! * cycle + (at % cycle)]!;
  }
}

/** Sum around a place in the year with weights falling off to both sides; the year is a circle. */
function smoothed(values: Float64Array, from: number, k: number, cycle: number, radius: number): number {
  let sum = 0;
  for (let d = -radius; d <= radius; d++) {
    sum += values[from + ((k + d + cycle) % cycle)]! * (1 - Math.abs(d) / (radius + 1));
  }
  return sum;
}
