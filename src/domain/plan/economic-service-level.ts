import { AppError } from '../../shared/errors.ts';
import type { DemandDistribution } from '../forecast/demand-distribution.ts';
import type { OrderCosts, PipelineState } from './panel/lost-sales-order.ts';
import { type ReplayResult, replayPolicy, sumReplays } from './policy-replay.ts';

/** Levels tried. */
export const economicLevels: readonly number[] = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995];
/** A level must be this much cheaper than the highest one near it to be worth the lower service. */
const worthwhile = 0.005;

/** One item in one place with what was known then. */
export interface EconomicSeries {
  /** Demand of each past period, units. */
  readonly demand: ArrayLike<number>;
  /** 0 = demand only a lower bound; null = all known. */
  readonly known: ArrayLike<number> | null;
  readonly state: PipelineState;
  /**
   * Demand over the protection period as forecast before `period`, from earlier periods only.
   */
  readonly demandBefore: (period: number) => Pick<DemandDistribution, 'quantile'>;
}

/** What a level would have cost. */
interface LevelOutcome {
  readonly level: number;
  readonly result: ReplayResult;
  /** Share of demand met; null without demand. */
  readonly fillRate: number | null;
}

/**
 * The service level that would have cost least, by replaying the order-up-to policy on a group's own past.
 *
 * The one-period critical ratio shortage/(shortage + holding) is far too high when several periods of cover lie on
 * the shelf and lost demand does not come back; so the level is found by replay, for a group of items (ABC/XYZ),
 * since a single item's past is mostly chance. Within half a percent of the lowest cost the highest level wins.
 *
 * @param series - the group's items; the first lead-time periods are played but not counted
 * @param reviewPeriods - ≥ 1
 * @param costs - per unit and period held, per unit lost
 * @param levels - ascending, each strictly between 0 and 1
 * @returns the chosen level, and all outcomes to show; level null when the group had no demand
 * @throws AppError `invalid_input` if there are no levels
 * @see VN2 history: fixed levels of 0.95, 0.833 and 0.60 cost 7,592, 6,213 and 5,538; measured, not derived
 * @example
 * // Poisson 6 over the protection period: 6 units at 0.5 as at 0.6, so the higher level is named
 * chooseEconomicLevel(group, 1, { holding: 5, shortage: 1 }).level // 0.6
 */
export function chooseEconomicLevel(
  series: readonly EconomicSeries[],
  reviewPeriods: number,
  costs: OrderCosts,
  levels: readonly number[] = economicLevels,
): EconomicChoice {
  const each = series.map((one) => replayLevels(one, reviewPeriods, costs, levels));
  return chooseCheapestLevel(
    levels.map((level, k) => ({ level, result: sumReplays(each.map((results) => results[k]!)) })),
  );
}

/** The level that was found, and what each level tried would have brought. */
export interface EconomicChoice {
  /** Null = the group had no demand. */
  readonly level: number | null;
  readonly outcomes: readonly LevelOutcome[];
}

/**
 * Of levels that were replayed over a group the one to plan with.
 *
 * @param tried - ascending by level, each with the group's sum
 * @returns the cheapest level, or a higher one that costs at most half a percent more
 * @throws AppError `invalid_input` if there are no levels
 * @see {@link chooseEconomicLevel}
 * @example chooseCheapestLevel([{ level: 0.9, result: dear }, { level: 0.95, result: cheap }]).level // 0.95
 */
export function chooseCheapestLevel(
  tried: readonly { readonly level: number; readonly result: ReplayResult }[],
): EconomicChoice {
  if (tried.length === 0) throw new AppError('invalid_input', 'at least one service level is needed');
  const outcomes = tried.map(({ level, result }) => ({
    ...{ level, result },
    fillRate: result.demandUnits > 0 ? 1 - result.lostUnits / result.demandUnits : null,
  }));
  if (outcomes.every(({ fillRate }) => fillRate === null)) return { level: null, outcomes };
  const least = Math.min(...outcomes.map(({ result }) => result.cost));
  const chosen = outcomes.findLast(({ result }) => result.cost <= least * (1 + worthwhile));
  return { level: chosen?.level ?? null, outcomes };
}

/**
 * Replays one item at each level.
 *
 * @param series - see {@link EconomicSeries}
 * @param reviewPeriods - >= 1
 * @param costs - per unit and period held, per unit lost
 * @param levels - each strictly between 0 and 1
 * @returns one result per level, in order
 * @throws AppError `invalid_input` as `replayPolicy`
 * @see `replayPolicy`
 * @example replayLevels(series, 1, { holding: 0.2, shortage: 1 }, [0.9])[0].lostUnits
 */
export function replayLevels(
  series: EconomicSeries,
  reviewPeriods: number,
  costs: OrderCosts,
  levels: readonly number[],
): ReplayResult[] {
  return levels.map((level) => replayLevel(series, level, reviewPeriods, costs));
}

function replayLevel(
  series: EconomicSeries,
  level: number,
  reviewPeriods: number,
  costs: OrderCosts,
): ReplayResult {
  return replayPolicy({
    ...{ demand: series.demand, known: series.known, state: series.state, reviewPeriods, costs },
    scoredFrom: series.state.inTransit.length,
    decide: (period, state) => {
      const position = state.inTransit.reduce((sum, units) => sum + units, state.onHand);
      return Math.max(0, Math.ceil(series.demandBefore(period).quantile(level) - position - 1e-9));
    },
  });
}
