import { type ReplayResult, replayPolicy, sumReplays } from '../policy-replay.ts';
import { computeLostSalesOrder, type OrderCosts, type PipelineState } from './lost-sales-order.ts';
import type { PanelForecaster } from './panel-forecast.ts';
import type { SalesPanel } from './sales-panel.ts';

/**
 * How many times its holding cost a leftover unit really costs: it often stays longer than the one period that the
 * decision looks at. Replayed on windows of the VN2 history other than the tested ones: cost is flat between 1.5 and
 * 2.25 and lowest near 2; 1.75 stands on the side of fewer lost sales.
 */
export const defaultHoldingFactor = 1.75;

/** Decides one round of orders for a whole panel. */
export type PanelPolicy = (origin: number, series: number, state: PipelineState) => number;

/** What a replay over a stretch of a panel needs. */
export interface PanelReplay {
  readonly panel: SalesPanel;
  /** Last period before the stretch; the first order is decided with what was known at its end. */
  readonly origin: number;
  /** Periods played. */
  readonly periods: number;
  /** Periods at the beginning that are played but not counted. */
  readonly warmUp: number;
  /** Orders are placed before the first so many periods only: later ones would arrive after the end. */
  readonly orderRounds: number;
  readonly reviewPeriods: number;
  readonly costs: OrderCosts;
  /** Stock of each series at the end of `origin`. */
  readonly states: readonly PipelineState[];
}

/**
 * The policy that follows lost sales through the pipeline, with forecasts of the whole panel.
 *
 * @param forecaster - expected demand; its horizon must be lead + review periods
 * @param seriesCount - series in the panel
 * @param horizon - lead + review periods
 * @param costs - as the user states them
 * @param holdingFactor - how many times its holding cost a unit left over really costs, ≥ 1: it often stays longer
 *   than one period; see {@link defaultHoldingFactor}
 * @returns a policy that looks at nothing after the origin it is asked for
 * @see {@link computeLostSalesOrder}
 * @example makeLostSalesPolicy(forecaster, 599, 3, { holding: 0.2, shortage: 1 }, 1.75)(156, 0, state) // units
 */
export function makeLostSalesPolicy(
  forecaster: PanelForecaster,
  seriesCount: number,
  horizon: number,
  costs: OrderCosts,
  holdingFactor: number,
): PanelPolicy {
  const weighed = { holding: costs.holding * holdingFactor, shortage: costs.shortage };
  return (origin, series, state) => {
    const means = forecaster.meansAt(origin);
    const own = Array.from({ length: horizon }, (_, h) => means[h * seriesCount + series]!);
    return computeLostSalesOrder(own, state, weighed);
  };
}

/**
 * Replays a policy over a stretch of a panel.
 *
 * @param replay - see {@link PanelReplay}
 * @param policy - asked with the origin's period number in the panel
 * @returns sums over all series, and the state of each at the end
 * @see `replayPolicy`
 * @example replayPanel(stretch, policy).total.cost
 */
export function replayPanel(
  replay: PanelReplay,
  policy: PanelPolicy,
): { readonly total: ReplayResult; readonly endStates: readonly PipelineState[] } {
  const { panel } = replay;
  const results = replay.states.map((state, series) => {
    const from = series * panel.periodCount + replay.origin + 1;
    return replayPolicy({
      demand: panel.sales.subarray(from, from + replay.periods),
      known: panel.inStock.subarray(from, from + replay.periods),
      state,
      reviewPeriods: replay.reviewPeriods,
      costs: replay.costs,
      scoredFrom: replay.warmUp,
      decide: (period, before) =>
        period < replay.orderRounds ? policy(replay.origin + period, series, before) : 0,
    });
  });
  return { total: sumReplays(results), endStates: results.map((result) => result.endState) };
}
