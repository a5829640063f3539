import type { PanelPolicy } from './panel-policy.ts';
import type { SalesPanel } from './sales-panel.ts';

/** Periods that the plain average looks back. */
const averagedPeriods = 13;

/**
 * Expected demand by the plain rule that ours is measured against: one seasonal pattern for the whole panel (mean
 * sales by week of the year), and the mean of the last 13 periods without it. Periods without stock are left out.
 *
 * @param panel - history
 * @param origin - the last period that may be looked at
 * @param horizon - periods ahead, ≥ 1
 * @returns units: (h − 1) · series + s
 * @see the organisers' example in the VN2 challenge: seasonal factors, 13-week average, order up to four weeks
 * @example computeSeasonalAverage(constantPanel, 20, 1)[0] // the constant
 */
export function computeSeasonalAverage(panel: SalesPanel, origin: number, horizon: number): Float64Array {
  const factors = computeFactors(panel, origin);
  const { seriesCount, periodCount } = panel;
  const result = new Float64Array(seriesCount * horizon);
  for (let s = 0; s < seriesCount; s++) {
    let sum = 0;
    let known = 0;
    for (let t = Math.max(0, origin - averagedPeriods + 1); t <= origin; t++) {
      if (panel.inStock[s * periodCount + t] === 0) continue;
      sum += panel.sales[s * periodCount + t]! / factors[panel.seasonOf(t)]!;
      known += 1;
    }
    const level = known > 0 ? sum / known : 0;
    for (let h = 1; h <= horizon; h++) {
      result[(h - 1) * seriesCount + s] = level * factors[panel.seasonOf(origin + h)]!;
    }
  }
  return result;
}

/**
 * Order up to so many periods of the plain average.
 *
 * @param panel - history
 * @param cover - periods of expected demand to cover, ≥ 0; a fraction takes part of the next period
 * @returns a policy; quantities rounded to whole units
 * @see {@link computeSeasonalAverage}
 * @example makeCoverPolicy(panel, 4)(156, 0, { onHand: 3, inTransit: [0, 3] })
 */
export function makeCoverPolicy(panel: SalesPanel, cover: number): PanelPolicy {
  const horizon = Math.max(1, Math.ceil(cover));
  const kept = new Map<number, Float64Array>();
  return (origin, series, state) => {
    const means = kept.get(origin) ?? computeSeasonalAverage(panel, origin, horizon);
    kept.set(origin, means);
    let level = 0;
    for (let h = 0; h < horizon; h++) {
      level += means[h * panel.seriesCount + series]! * Math.max(0, Math.min(1, cover - h));
    }
    const position = state.inTransit.reduce((sum, units) => sum + units, state.onHand);
    return Math.max(0, Math.round(level - position));
  };
}

function computeFactors(panel: SalesPanel, origin: number): Float64Array {
  const sums = new Float64Array(panel.cycle);
  const counts = new Float64Array(panel.cycle);
  for (let t = 0; t <= origin; t++) {
    let units = 0;
    let known = 0;
    for (let s = 0; s < panel.seriesCount; s++) {
      if (panel.inStock[s * panel.periodCount + t] === 0) continue;
      units += panel.sales[s * panel.periodCount + t]!;
      known += 1;
    }
    if (known === 0) continue;
    const season = panel.seasonOf(t);
    sums[season] = sums[season]! + units / known;
    counts[season] = counts[season]! + 1;
  }
  const means = sums.map((sum, k) => (counts[k]! > 0 ? sum / counts[k]! : Number.NaN));
  const seen = means.filter((mean) => mean > 0);
  const average = seen.reduce((sum, mean) => sum + mean, 0) / Math.max(1, seen.length);
  return means.map((mean) => (mean > 0 ? mean / average : 1));
}
