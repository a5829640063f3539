import { linkBetween, type RiskInputs } from './checkpoints.ts';
import type { Arrival } from './inbound.ts';
import { emptyChain, endChain, extendChain, type NormalChain } from './joint-normal.ts';

/** Days until the shelf is empty: early, middle and late. Null = not within the days looked at. */
export interface DaysToStockOut {
  readonly p10: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
}

/** Days looked ahead: beyond a year a forecast of days says nothing. */
export const stockOutDaysMax = 365;

/** A stretch of days in which nothing arrives, with the chain of all stretches before it. */
interface Stretch {
  readonly lastDay: number;
  readonly supply: number;
  /** Day of the checkpoint before; 0 = none. */
  readonly beforeDay: number;
  readonly before: NormalChain;
}

/**
 * When the shelf will be empty, as a distribution: the first day on which cumulative demand has reached cumulative
 * supply with 10, 50 and 90 % probability. Not the day on which the mean crosses.
 *
 * @param inputs - as for the stock-out risk; arrivals count from their day
 * @param daysMax - days looked ahead, ≥ 1
 * @returns days, 0 = already empty, p10 ≤ p50 ≤ p90; null beyond `daysMax` (also when no demand is expected)
 * @see `computeStockOutProbability`, whose model it shares
 * @example
 * // exactly 2 a day, 10 available: empty at the end of day 5
 * computeDaysToStockOut({ forecast: twoADay, available: 10, arrivals: [], isWhole: true }) // { p10: 5, p50: 5, p90: 5 }
 */
export function computeDaysToStockOut(inputs: RiskInputs, daysMax: number = stockOutDaysMax): DaysToStockOut {
  if (inputs.available <= 0 && !inputs.arrivals.some(({ day }) => day <= 1))
    return { p10: 0, p50: 0, p90: 0 };
  const stretches = findStretches(inputs, daysMax);
  const p10 = findDay(inputs, stretches, 0.1);
  const p50 = p10 === null ? null : findDay(inputs, stretches, 0.5);
  return { p10, p50, p90: p50 === null ? null : findDay(inputs, stretches, 0.9) };
}

function findStretches(inputs: RiskInputs, daysMax: number): Stretch[] {
  const stretches: Stretch[] = [];
  let supply = inputs.available;
  let chain = emptyChain;
  let beforeDay = 0;
  const close = (lastDay: number): void => {
    stretches.push({ lastDay, supply, beforeDay, before: chain });
    if (lastDay === daysMax) return;
    const link = beforeDay === 0 ? 0 : linkBetween(inputs.forecast, beforeDay, lastDay);
    chain = extendChain(chain, link, notEmptyAt(inputs, lastDay, supply));
    beforeDay = lastDay;
  };
  const known: readonly Arrival[] = inputs.arrivals;
  for (const { day, units } of known) {
    if (day > daysMax) break;
    // Once empty for sure, later arrivals do not change when it first happened.
    if (chain.probability < 0.05) break;
    if (day > 1) close(day - 1);
    supply += units;
  }
  close(daysMax);
  return stretches;
}

function findDay(inputs: RiskInputs, stretches: readonly Stretch[], probability: number): number | null {
  for (const stretch of stretches) {
    if (!isEmptyBy(inputs, stretch, stretch.lastDay, probability)) continue;
    let low = stretch.beforeDay;
    let high = stretch.lastDay;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (isEmptyBy(inputs, stretch, middle, probability)) high = middle;
      else low = middle;
    }
    return high;
  }
  return null;
}

/** Compared to six places, as the explanation shows them. */
function isEmptyBy(inputs: RiskInputs, stretch: Stretch, day: number, probability: number): boolean {
  const link = stretch.beforeDay === 0 ? 0 : linkBetween(inputs.forecast, stretch.beforeDay, day);
  const filled = endChain(stretch.before, link, notEmptyAt(inputs, day, stretch.supply));
  return 1 - Math.round(filled * 1e6) / 1e6 >= probability - 1e-9;
}

/** P(cumulative demand through `day` has not reached the supply). */
function notEmptyAt(inputs: RiskInputs, day: number, supply: number): number {
  if (supply <= 0) return 0;
  const last = inputs.isWhole ? Math.ceil(supply - 1e-9) - 1 : supply - 1e-9;
  return inputs.forecast.demandOver(day).cdf(last);
}
