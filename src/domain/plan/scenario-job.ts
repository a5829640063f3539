import { isAppError } from '../../shared/errors.ts';
import type { StoredForecast } from '../forecast/demand-forecast.ts';
import type { LevelFacts, PlanForecast } from './level-facts.ts';
import { type LevelPlan, type PlannedPortfolioLevel, planLevel, planPortfolioLevel } from './level-plan.ts';
import { applyScenario, type Scenario } from './scenario.ts';

/** One level to be planned under a scenario. Plain data, so that it can go to another thread. */
export interface ScenarioJob {
  /** JSON of the `LevelFacts` that the level's plan was stored with: text travels faster than objects. */
  readonly inputs: string;
  /** JSON of its `StoredForecast`; null = NO_HISTORY. */
  readonly stored: string | null;
  /** The rest of its forecast. */
  readonly forecast: Omit<PlanForecast, 'stored'>;
  readonly scenario: Scenario;
}

/** What a level's plan becomes under a scenario; null when it could not be planned. */
export type ScenarioOutcome = LevelPlan | null;

/**
 * Plans levels under their scenarios, by the very function that plans them for good. Stores nothing.
 *
 * @param jobs - any number
 * @returns a plan for each job in order; null where facts and scenario together make no sense
 * @throws AppError never `invalid_input`: such a job is null, so that one bad level does not stop a portfolio
 * @see `applyScenario`, `planLevel`
 * @example runScenarioJobs([{ ...job, scenario: emptyScenario }])[0] // deep-equal to the stored plan
 */
export function runScenarioJobs(jobs: readonly ScenarioJob[]): ScenarioOutcome[] {
  return runEach(jobs, planLevel);
}

/** What a portfolio adds up of a level under a scenario; null when it could not be planned. */
export type PortfolioOutcome = PlannedPortfolioLevel | null;

/**
 * As {@link runScenarioJobs}, but only what a portfolio adds up.
 *
 * @param jobs - any number
 * @returns for each job in order what its plan would say, or null
 * @throws AppError as {@link runScenarioJobs}
 * @see `planPortfolioLevel`
 * @example runPortfolioJobs([job])[0]?.targetLevel === runScenarioJobs([job])[0]?.targetLevel // true
 */
export function runPortfolioJobs(jobs: readonly ScenarioJob[]): PortfolioOutcome[] {
  return runEach(jobs, planPortfolioLevel);
}

function runEach<Outcome>(
  jobs: readonly ScenarioJob[],
  plan: (facts: LevelFacts, forecast: PlanForecast) => Outcome,
): (Outcome | null)[] {
  return jobs.map((job) => {
    try {
      const { facts, forecast } = applyScenario(readJob(job), job.scenario);
      return plan(facts, forecast);
    } catch (error) {
      if (isAppError(error, 'invalid_input')) return null;
      throw error;
    }
  });
}

function readJob({ inputs, stored, forecast }: ScenarioJob) {
  return {
    facts: JSON.parse(inputs) as LevelFacts,
    forecast: { ...forecast, stored: stored === null ? null : (JSON.parse(stored) as StoredForecast) },
  };
}
