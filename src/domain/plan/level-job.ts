import type { CalibrationCase } from '../forecast/calibration.ts';
import type { GroupFactors } from '../forecast/group-factors.ts';
import { neutralGroupFactors } from '../forecast/group-factors.ts';
import type { KnownPromotion, ManualOverride } from '../forecast/known-effects.ts';
import { replayServiceLevels } from './economic-replay.ts';
import { computeHistoryFigures, type YearOfDays } from './history-figures.ts';
import type { HistoryFigures, LevelFacts, PlanForecast, StoredShortage } from './level-facts.ts';
import {
  forecastLevel,
  type LevelForecast,
  type LevelForecastInput,
  type LevelHistory,
  replayLevel,
} from './level-forecast.ts';
import { type LevelPlan, planLevel } from './level-plan.ts';
import type { ReplayResult } from './policy-replay.ts';
import { computeProtectionDays } from './protection-period.ts';

/** What the days behind us hold; given when forecast or figures are due. */
export interface LevelPast {
  readonly history: LevelHistory;
  readonly year: YearOfDays;
  /** Number of the last day on record. */
  readonly throughDay: number;
  /** Order lines of the last 90 days that were closed for lack of goods. */
  readonly shortage: StoredShortage;
  /** Position in the job's list of groups; -1 = none. */
  readonly groupIndex: number;
  readonly newItemLevel: number | null;
  readonly priorDispersion: number | null;
  readonly promotions: readonly KnownPromotion[];
  readonly overrides: readonly ManualOverride[];
  readonly marketFactors: readonly number[];
}

/** One level to be planned. Plain data, so that it can go to another thread. */
export interface LevelJob {
  readonly itemId: string;
  readonly warehouseId: string;
  readonly facts: Omit<LevelFacts, 'history'>;
  /** Null = the past has not changed since the last plan: forecast and figures below hold. */
  readonly past: LevelPast | null;
  readonly isForecastDue: boolean;
  /** The newest forecast; null = none yet. */
  readonly forecast: PlanForecast | null;
  /** Figures of the last plan; null = none yet. */
  readonly figures: HistoryFigures | null;
  /** True = compare earlier forecasts with what followed, too. */
  readonly isCalibrated?: boolean;
  /** True = replay what each service level would have cost, too. */
  readonly isReplayed?: boolean;
}

/** Levels with the factors of the groups they belong to. */
export interface LevelJobs {
  readonly levels: readonly LevelJob[];
  readonly groups: readonly GroupFactors[];
}

/** What became of a job. */
export interface LevelOutcome {
  readonly itemId: string;
  readonly warehouseId: string;
  /** Null = the forecast was not due. */
  readonly forecast: LevelForecast | null;
  readonly facts: LevelFacts;
  readonly plan: LevelPlan;
  /** Earlier forecasts against what followed; empty unless asked for. */
  readonly cases: readonly CalibrationCase[];
  /** What each of `economicLevels` would have brought; null unless asked for and possible. */
  readonly replays: readonly ReplayResult[] | null;
}

/** A level that could not be planned. */
export interface LevelFault {
  readonly itemId: string;
  readonly warehouseId: string;
  readonly fault: string;
}

const season = 7;

/**
 * Forecasts and plans levels one after another. One bad level does not stop the others.
 *
 * @param jobs - see {@link LevelJobs}
 * @returns an outcome or a fault for each level, in order
 * @see `forecastLevel`, `planLevel`
 * @example runLevelJobs({ levels: [job], groups: [] })[0]
 */
export function runLevelJobs(jobs: LevelJobs): (LevelOutcome | LevelFault)[] {
  return jobs.levels.map((job) => {
    try {
      return runLevelJob(job, jobs.groups);
    } catch (error) {
      const { itemId, warehouseId } = job;
      return { itemId, warehouseId, fault: error instanceof Error ? error.message : String(error) };
    }
  });
}

function runLevelJob(job: LevelJob, groups: readonly GroupFactors[]): LevelOutcome {
  const { itemId, warehouseId, past } = job;
  const isDue = job.isForecastDue || job.forecast === null;
  const made = past !== null && isDue ? forecastJob(job, past, groups) : null;
  const forecast = made === null ? (job.forecast ?? unknownForecast(job)) : toPlanForecast(made);
  const figures = past === null ? (job.figures ?? noFigures) : figuresOf(job, past, forecast);
  const facts: LevelFacts = { ...job.facts, history: figures };
  const cases = past !== null && job.isCalibrated === true ? replayLevel(inputOf(job, past, groups)) : [];
  const replays =
    past !== null && job.isReplayed === true ? replayServiceLevels(inputOf(job, past, groups), facts) : null;
  return { itemId, warehouseId, forecast: made, facts, plan: planLevel(facts, forecast), cases, replays };
}

function forecastJob(job: LevelJob, past: LevelPast, groups: readonly GroupFactors[]): LevelForecast {
  return forecastLevel(inputOf(job, past, groups));
}

function inputOf(job: LevelJob, past: LevelPast, groups: readonly GroupFactors[]): LevelForecastInput {
  const { facts } = job;
  const hasStock = Number(facts.available) > 0;
  return {
    ...past,
    isWhole: facts.isWhole,
    group: groups[past.groupIndex] ?? neutralGroupFactors(season),
    shelf: past.history.outShares === null ? 'UNKNOWN' : hasStock ? 'IN_STOCK' : 'OUT_OF_STOCK',
    protectionDays: computeProtectionDays(facts.leadTime.meanDays, facts.reviewDays),
  };
}

/**
 * Of a level's forecast, what planning needs.
 *
 * @see {@link PlanForecast}
 * @example toPlanForecast(forecastLevel(input)).firstDay // the day after the history
 */
export function toPlanForecast(forecast: LevelForecast): PlanForecast {
  const { accuracy } = forecast;
  return {
    stored: forecast.stored,
    firstDay: forecast.firstDay,
    historyDays: forecast.historyDays,
    sigmaUnitsPerDay: forecast.sigmaUnitsPerDay,
    relativeError: relativeErrorOf(
      accuracy?.rmseInterval ?? null,
      accuracy?.rmseIntervalMovingAverage ?? null,
    ),
  };
}

/**
 * Error of the forecast's interval sums over that of a 28-day mean.
 *
 * @returns below 1 is better than the mean; null when either is not known or the mean made no error
 * @see health score, part accuracy
 * @example relativeErrorOf(3, 4) // 0.75
 */
export function relativeErrorOf(rmse: number | null, rmseMovingAverage: number | null): number | null {
  if (rmse === null || rmseMovingAverage === null || !(rmseMovingAverage > 0)) return null;
  return rmse / rmseMovingAverage;
}

function unknownForecast(job: LevelJob): PlanForecast {
  const firstDay = job.facts.plannedDay;
  return { stored: null, firstDay, historyDays: 0, sigmaUnitsPerDay: null, relativeError: null };
}

const noFigures: HistoryFigures = computeHistoryFigures(
  { units: new Float64Array(), meanUnits: new Float64Array(), outShares: new Float64Array() },
  null,
  null,
);

function figuresOf(job: LevelJob, past: LevelPast, forecast: PlanForecast): HistoryFigures {
  const { units } = past.history;
  let since: number | null = null;
  for (let t = units.length - 1; t >= 0 && since === null; t--) if (units[t]! > 0) since = units.length - t;
  const mean = forecast.stored === null ? null : meanOfFirstWeeks(forecast.stored.means);
  const lag = job.facts.plannedDay - (past.history.firstDay + units.length);
  return {
    ...computeHistoryFigures(past.year, mean, since === null ? null : since + Math.max(0, lag)),
    throughDay: past.throughDay,
    shortage90: past.shortage,
  };
}

function meanOfFirstWeeks(means: readonly number[]): number {
  const first = means.slice(0, 28);
  return first.reduce((sum, mean) => sum + mean, 0) / Math.max(1, first.length);
}
