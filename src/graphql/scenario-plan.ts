import { type LevelPlanRow, levelPlans } from '../db/queries/level-plan.ts';
import { calendarDateOf } from '../domain/forecast/calendar-index.ts';
import type { LevelFacts } from '../domain/plan/level-facts.ts';
import type { LevelPlan } from '../domain/plan/level-plan.ts';
import { applyScenario, type Scenario, type ScenarioTarget } from '../domain/plan/scenario.ts';
import {
  type PortfolioOutcome,
  runPortfolioJobs,
  runScenarioJobs,
  type ScenarioJob,
  type ScenarioOutcome,
} from '../domain/plan/scenario-job.ts';
import { formatDecimal } from '../shared/decimal.ts';
import type { GraphqlContext } from './context.ts';
import { type OpenedPlan, openPlan, type PlannedLevelKey, toForecastFacts } from './level-plan.ts';
import { loadByKey, loadEach, loaderOf } from './loader.ts';
import { type PreparedScenario, prepareScenario, type ScenarioArgument } from './scenario.ts';

/** A stored plan, not opened: large portfolios have many. */
export interface ClosedPlan {
  readonly row: LevelPlanRow;
  readonly facts: LevelFacts;
}

/** A stored plan as a job under a scenario. */
export function toScenarioJob({ row, facts }: ClosedPlan, scenario: PreparedScenario): ScenarioJob {
  return {
    inputs: row.inputs,
    stored: row.stored,
    forecast: toForecastFacts(row, facts),
    scenario: scenario.of(row, facts.plannedDay),
  };
}

/** Computes jobs where the application computes them. */
export async function planScenarios(
  context: GraphqlContext,
  jobs: readonly ScenarioJob[],
): Promise<readonly ScenarioOutcome[]> {
  return context.planScenarios === undefined ? runScenarioJobs(jobs) : context.planScenarios(jobs);
}

/** Of jobs only what a portfolio adds up. */
export async function sumScenarios(
  context: GraphqlContext,
  jobs: readonly ScenarioJob[],
): Promise<readonly PortfolioOutcome[]> {
  return context.sumScenarios === undefined ? runPortfolioJobs(jobs) : context.sumScenarios(jobs);
}

/**
 * The plan of a level under a scenario, ready to answer like a stored one; all levels of an operation that ask the same
 * go to the threads together. Null when the level was not planned yet, or the scenario makes no sense for it.
 *
 * @throws GraphQLError SCENARIO_INVALID
 */
export async function loadScenarioPlan(
  context: GraphqlContext,
  level: PlannedLevelKey,
  input: ScenarioArgument,
): Promise<OpenedPlan | null> {
  const text = JSON.stringify(input);
  const prepared = loaderOf<string, PreparedScenario>(context, 'scenarios', (texts) =>
    loadEach(texts, (one) => prepareScenario(context, JSON.parse(one) as ScenarioArgument)),
  );
  const scenario = await prepared.load(text);
  const plans = loaderOf<string, OpenedPlan | null>(context, `plans under ${text}`, async (keys) => {
    const rows = await Promise.all(
      keys.map((key) => {
        const [itemId = '', warehouseId = ''] = key.split('/');
        return loadByKey(context, levelPlans, itemId, warehouseId);
      }),
    );
    const bases = rows.map((row) => (row === null ? null : openPlan(row)));
    const jobs = bases.flatMap((base) => (base === null ? [] : [toScenarioJob(base, scenario)]));
    const outcomes = [...(await planScenarios(context, jobs))];
    return bases.map((base) => {
      if (base === null) return null;
      const outcome = outcomes.shift() ?? null;
      const own = scenario.of(base.row, base.facts.plannedDay);
      return outcome === null ? null : openPlan(toScenarioRow(base, own, outcome, context.now));
    });
  });
  return plans.load(`${level.itemId}/${level.warehouseId}`);
}

/**
 * The row that would have been stored, had the scenario been true. For the empty scenario it equals the stored row in
 * every value but `computedAt`.
 *
 * @param computedAt - when the question was asked
 */
export function toScenarioRow(
  base: OpenedPlan,
  scenario: Scenario,
  plan: LevelPlan,
  computedAt: Date,
): LevelPlanRow {
  const target = applyScenario(base, scenario);
  const { facts } = target;
  return {
    ...base.row,
    ...toPlanned(plan),
    ...toForecast(base, target),
    inputs: JSON.stringify(facts),
    leadTimeDays: formatDecimal(facts.leadTime.meanDays),
    serviceLevel: facts.serviceLevel.level,
    serviceLevelOrigin: facts.serviceLevel.origin,
    computedAt,
  };
}

function toForecast(base: OpenedPlan, { forecast }: ScenarioTarget): Partial<LevelPlanRow> {
  // Untouched, it stays the very text that is stored.
  if (forecast === base.forecast || forecast.stored === null) return {};
  const { stored, firstDay, sigmaUnitsPerDay: sigma } = forecast;
  return {
    stored: JSON.stringify(stored),
    firstOn: calendarDateOf(firstDay),
    sigmaUnitsPerDay: sigma === null ? null : formatDecimal(sigma),
  };
}

function toPlanned(plan: LevelPlan): Partial<LevelPlanRow> {
  const dateOf = (day: number | null) => (day === null ? null : calendarDateOf(day));
  return {
    unavailableReason: plan.unavailableReason,
    unitsPerDay: plan.unitsPerDay,
    protectionDays: plan.protectionDays,
    safetyStock: plan.safetyStock,
    safetyStockOrigin: plan.safetyStockOrigin,
    classicZ: plan.classicZ,
    classicSafetyStock: plan.classicSafetyStock,
    reorderPoint: plan.reorderPoint,
    targetLevel: plan.targetLevel,
    positionDue: plan.positionDue,
    inboundOverdue: plan.inboundOverdue,
    nextReceiptOn: dateOf(plan.nextReceiptDay),
    stockOutProbability: plan.stockOutProbability,
    probabilityBeforeReceipt: plan.probabilityBeforeReceipt,
    daysToStockOutP10: plan.daysToStockOut?.p10 ?? null,
    daysToStockOutP50: plan.daysToStockOut?.p50 ?? null,
    daysToStockOutP90: plan.daysToStockOut?.p90 ?? null,
    expectedLostUnits: plan.expectedLostUnits,
    orderByOn: dateOf(plan.orderByDay),
    daysOfStock: plan.daysOfStock.value,
    stockValue: plan.stockValue.value,
    excessUnits: plan.excessUnits,
    excessValue: plan.excessValue,
    isDead: plan.idleness === 'DEAD',
    healthScore: plan.health?.score ?? null,
    health: plan.health === null ? null : JSON.stringify(plan.health),
  };
}
