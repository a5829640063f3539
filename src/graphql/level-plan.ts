import { type LevelPlanRow, levelPlans } from '../db/queries/level-plan.ts';
import { dayIndexOf } from '../domain/forecast/calendar-index.ts';
import type { DemandForecast, StoredForecast } from '../domain/forecast/demand-forecast.ts';
import type { NoValueReason } from '../domain/kpi/kpi-value.ts';
import type { RiskInputs } from '../domain/plan/checkpoints.ts';
import type { PlannedState } from '../domain/plan/level-explanation.ts';
import {
  type LevelFacts,
  openPlanForecast,
  type PlanForecast,
  toRiskInputs,
} from '../domain/plan/level-facts.ts';
import { relativeErrorOf } from '../domain/plan/level-job.ts';
import type { GraphqlContext } from './context.ts';
import { requestError } from './errors.ts';
import { loadByKey, loaderOf } from './loader.ts';

/** Names a level. */
export interface PlannedLevelKey {
  readonly itemId: string;
  readonly warehouseId: string;
}

/** A plan with what it rests on, ready to answer questions. */
export interface OpenedPlan {
  readonly row: LevelPlanRow;
  readonly facts: LevelFacts;
  readonly forecast: PlanForecast;
  /** As seen on the day of the plan; null = NO_HISTORY. */
  readonly demand: DemandForecast | null;
  readonly risk: RiskInputs | null;
  /** What explanations compare with; null = this is the first plan. */
  readonly previous: PlannedState | null;
}

/** Furthest day that may be asked for. */
const horizonDaysMax = 365;

/** The newest plan of a level; all asked for together come in one statement. Null when it was not planned yet. */
export async function loadOpenedPlan(
  context: GraphqlContext,
  { itemId, warehouseId }: PlannedLevelKey,
): Promise<OpenedPlan | null> {
  const opened = loaderOf<string, OpenedPlan | null>(context, 'opened plans', (keys) =>
    Promise.all(
      keys.map(async (key) => {
        const [item = '', warehouse = ''] = key.split('/');
        const row = await loadByKey(context, levelPlans, item, warehouse);
        return row === null ? null : openPlan(row);
      }),
    ),
  );
  return opened.load(`${itemId}/${warehouseId}`);
}

/** Reads what a plan was stored with. */
export function openPlan(row: LevelPlanRow): OpenedPlan {
  const facts = JSON.parse(row.inputs) as LevelFacts;
  const forecast: PlanForecast = {
    ...toForecastFacts(row, facts),
    stored: row.stored === null ? null : (JSON.parse(row.stored) as StoredForecast),
  };
  const demand = openPlanForecast(facts, forecast);
  const previous: PlannedState | null =
    row.previousInputs === null
      ? null
      : {
          facts: JSON.parse(row.previousInputs) as LevelFacts,
          // Null = it rested on the forecast that is stored still.
          forecast:
            row.previousForecast === null ? forecast : (JSON.parse(row.previousForecast) as PlanForecast),
        };
  return { row, facts, forecast, demand, risk: toRiskInputs(facts, forecast), previous };
}

/** What planning needs of a level's forecast beside its distribution. */
export function toForecastFacts(row: LevelPlanRow, facts: LevelFacts): Omit<PlanForecast, 'stored'> {
  return {
    firstDay: row.firstOn === null ? facts.plannedDay : dayIndexOf(row.firstOn),
    historyDays: row.historyDays ?? 0,
    sigmaUnitsPerDay: row.sigmaUnitsPerDay === null ? null : Number(row.sigmaUnitsPerDay),
    relativeError: relativeErrorOf(row.rmseInterval, row.rmseIntervalMovingAverage),
  };
}

/** Why a planned value is null. */
export type PlanReason = NoValueReason | 'NOT_YET_COMPUTED' | 'BEYOND_HORIZON' | 'NOTHING_INCOMING';

/** Why a value that needs a forecast is null; null when there is one. */
export function forecastReason(plan: OpenedPlan | null): PlanReason | null {
  if (plan === null) return 'NOT_YET_COMPUTED';
  return plan.demand === null ? 'NO_HISTORY' : null;
}

/** @throws GraphQLError when a number of days is out of range */
export function checkDays(context: GraphqlContext, argument: string, days: number, min = 1): void {
  if (days >= min && days <= horizonDaysMax) return;
  const bound = `${min}–${horizonDaysMax}`;
  throw requestError(context.viewer.locale, 'ARGUMENT_OUT_OF_RANGE', { argument, bound });
}
