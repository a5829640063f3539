import { type DemandForecast, openForecast } from '../forecast/demand-forecast.ts';
import { rollForecast } from '../forecast/roll-forecast.ts';
import { economicLevels, replayLevels } from './economic-service-level.ts';
import type { LevelFacts } from './level-facts.ts';
import { type LevelForecastInput, openLevelPast } from './level-forecast.ts';
import type { ReplayResult } from './policy-replay.ts';
import { computeProtectionDays } from './protection-period.ts';

/** Days replayed, and days of history that must lie before them. */
const replayedDays = 182;
const warmUpDays = 84;
/** A forecast is made anew so often while replaying, and moved on by days in between. */
const forecastEveryDays = 14;
/** Cost of capital, space and decay, per year of the goods' value; as for health and urgency. */
const holdingPerYear = 0.25;

/**
 * What each service level would have cost in an item's last half year: the order-up-to policy replayed with forecasts
 * as they would have been made then, holding at 25 % of the cost a year, a lost unit at its margin.
 *
 * Days without stock count no demand, since nobody knows it; results say how many they were.
 *
 * @param input - history and what its forecasts rest on
 * @param facts - lead time, review period, cost and price
 * @returns one result per level of `economicLevels`; null with less than nine months of history, without demand, or
 *   when cost or price are unknown or leave no margin
 * @throws AppError `invalid_input` as `replayPolicy`
 * @see `chooseEconomicLevel`, which is for a group: a single item's past is mostly chance
 * @example replayServiceLevels(input, { ...facts, unitCost: null }) // null
 */
export function replayServiceLevels(
  input: LevelForecastInput,
  facts: Pick<LevelFacts, 'leadTime' | 'reviewDays' | 'unitCost' | 'unitPrice' | 'isWhole'>,
): ReplayResult[] | null {
  const cost = Number(facts.unitCost ?? 0);
  const margin = Number(facts.unitPrice ?? 0) - cost;
  if (!(cost > 0 && margin > 0)) return null;
  const { units, forecastAfter } = openLevelPast(input);
  const start = units.length - replayedDays;
  if (start < warmUpDays) return null;
  const played = units.subarray(start);
  if (!played.some((sold) => sold > 0)) return null;
  const protectionDays = computeProtectionDays(facts.leadTime.meanDays, facts.reviewDays);
  const openedAt = rememberLast((origin: number) => {
    const stored = forecastAfter(start + origin);
    return stored === null ? null : { origin, stored };
  });
  const demandBefore = remember((period: number) => {
    const opened = openedAt(period - (period % forecastEveryDays));
    if (opened === null) return { quantile: () => 0 };
    const forecast: DemandForecast = openForecast(rollForecast(opened.stored, period - opened.origin));
    return forecast.demandOver(protectionDays, 'order');
  });
  const leadDays = Math.round(facts.leadTime.meanDays);
  const costs = { holding: (cost * holdingPerYear) / 365, shortage: margin };
  const series = {
    demand: played.map((sold) => (Number.isNaN(sold) ? 0 : sold)),
    known: Uint8Array.from(played, (sold) => (Number.isNaN(sold) ? 0 : 1)),
    // As much as lasts until the first order can arrive: what was there then is not the policy's doing.
    state: {
      onHand: Math.ceil(demandBefore(0).quantile(0.5)),
      inTransit: Array.from({ length: leadDays }, () => 0),
    },
    demandBefore,
  };
  return replayLevels(series, Math.max(1, Math.round(facts.reviewDays)), costs, economicLevels);
}

function remember<T>(make: (period: number) => T): (period: number) => T {
  const known = new Map<number, T>();
  return (period) => {
    const value = known.get(period) ?? make(period);
    known.set(period, value);
    return value;
  };
}

/** Origins come in order, so only the newest forecast is worth keeping. */
function rememberLast<T>(make: (origin: number) => T): (origin: number) => T {
  let last: { readonly origin: number; readonly value: T } | null = null;
  return (origin) => {
    if (last === null || last.origin !== origin) last = { origin, value: make(origin) };
    return last.value;
  };
}
