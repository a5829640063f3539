import { computeTargetTurns } from '../health-rollup.ts';
import { computeHealthScore, type HealthScore } from '../health-score.ts';
import type { Idleness } from '../kpi/excess.ts';
import { agedInboundOf, type LevelFacts, openPlanForecast, type PlanForecast } from './level-facts.ts';

/** What was planned before the score. */
export interface PlannedValues {
  readonly safetyStock: string;
  readonly stockOutProbability: number | null;
  readonly excessUnits: string | null;
  readonly idleness: Idleness;
}

const displayedDays = 28;
/** A turnover of a few days would be chance. */
const turnoverDaysMin = 28;

/**
 * The health score of an item in a warehouse, with the explanation of how it came about.
 *
 * @param facts - see {@link LevelFacts}
 * @param forecast - see {@link PlanForecast}
 * @param planned - values planned from the same facts
 * @returns null without history, and for an item with neither demand nor stock
 * @throws AppError `invalid_input` from the explanation's steps
 * @see `computeHealthScore`
 * @example explainHealth(facts, { ...forecast, stored: null }, planned) // null
 */
export function explainHealth(
  facts: LevelFacts,
  forecast: PlanForecast,
  planned: PlannedValues,
): HealthScore | null {
  const opened = openPlanForecast(facts, forecast);
  const meanPerDay = opened === null ? 0 : rounded(opened.meanOver(displayedDays) / displayedDays);
  const { history } = facts;
  const turns = history.stockDays < turnoverDaysMin ? null : history.turnover90.value;
  const leadDays = Math.ceil(facts.leadTime.meanDays);
  return computeHealthScore(
    {
      hasHistory: opened !== null,
      meanPerDay,
      stockOutProbability: planned.stockOutProbability,
      serviceLevel: facts.serviceLevel.level,
      inStockShare: numberOf(history.inStockRate90.value),
      available: Number(facts.available),
      onHand: Math.max(0, Number(facts.onHand ?? facts.available)),
      excessUnits: numberOf(planned.excessUnits),
      idleness: planned.idleness,
      turns: numberOf(turns),
      targetTurns: computeTargetTurns({
        meanPerDay,
        safetyStock: Number(planned.safetyStock),
        reviewDays: facts.reviewDays,
        orderCycleDays: 0,
        moq: Number(facts.moq ?? 0),
      }),
      relativeError: forecast.relativeError,
      hasInboundWithinLeadTime: agedInboundOf(facts).arrivals.some(({ day }) => day <= Math.max(1, leadDays)),
    },
    undefined,
    facts.dataAsOf,
  );
}

function numberOf(text: string | null): number | null {
  return text === null ? null : Number(text);
}

function rounded(value: number): number {
  return Number(value.toFixed(6));
}
