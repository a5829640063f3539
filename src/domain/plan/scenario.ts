import { AppError, assertNever } from '../../shared/errors.ts';
import { openDistribution, type StoredDistribution } from '../forecast/demand-distribution.ts';
import type { RiskForecast } from './checkpoints.ts';
import type { Arrival } from './inbound.ts';
import type { PolicyInputs } from './policy-values.ts';
import { serviceLevelMax, serviceLevelMin } from './service-level.ts';

/** A what-if overlay. Null and empty = as it is. Leaves no trace. */
export interface Scenario {
  /** Demand times this, above 0 up to 100. */
  readonly demandFactor: number | null;
  /** Days added to every lead time; negative shortens, never below 0. */
  readonly leadTimeDaysAdd: number | null;
  readonly serviceLevel: number | null;
  /** Goods assumed to arrive, such as a promised receipt or a transfer; negative units = assumed to leave now. */
  readonly assumedArrivals: readonly Arrival[];
}

/** The scenario that changes nothing. */
export const emptyScenario: Scenario = {
  demandFactor: null,
  leadTimeDaysAdd: null,
  serviceLevel: null,
  assumedArrivals: [],
};

const factorMax = 100;
const addedDaysMax = 365;

/**
 * Refuses scenarios that make no sense.
 *
 * @throws AppError `invalid_input` naming the argument: a factor not above 0 or above 100, days not finite or beyond
 *   a year, a service level outside [0.5, 0.999], an arrival before day 1 or without a finite quantity
 * @see {@link applyScenario}
 * @example requireScenario({ ...emptyScenario, demandFactor: Infinity }) // throws
 */
function requireScenario(scenario: Scenario): void {
  const { demandFactor, leadTimeDaysAdd, serviceLevel } = scenario;
  if (demandFactor !== null && !(demandFactor > 0 && demandFactor <= factorMax)) {
    throw new AppError(
      'invalid_input',
      `demandFactor must lie above 0 and up to ${factorMax}, but is ${demandFactor}`,
    );
  }
  if (leadTimeDaysAdd !== null && !(Math.abs(leadTimeDaysAdd) <= addedDaysMax)) {
    throw new AppError(
      'invalid_input',
      `leadTimeDaysAdd must lie within ±${addedDaysMax}, but is ${leadTimeDaysAdd}`,
    );
  }
  if (serviceLevel !== null && !(serviceLevel >= serviceLevelMin && serviceLevel <= serviceLevelMax)) {
    throw new AppError(
      'invalid_input',
      `serviceLevel must lie between ${serviceLevelMin} and ${serviceLevelMax}, but is ${serviceLevel}`,
    );
  }
  for (const { day, units } of scenario.assumedArrivals) {
    if (Number.isInteger(day) && day >= 1 && Number.isFinite(units)) continue;
    throw new AppError('invalid_input', `an assumed arrival of ${units} units on day ${day} makes no sense`);
  }
}

/** What a scenario changes. */
export interface ScenarioTarget {
  readonly policy: PolicyInputs & { readonly forecast: RiskForecast };
  readonly arrivals: readonly Arrival[];
}

/**
 * Lays a scenario over the inputs of policy values, risk and suggestions.
 *
 * @param target - as it is; never changed
 * @param scenario - checked by {@link requireScenario}
 * @returns the very same object for the empty scenario, so that its results are the same to the last bit
 * @throws AppError as {@link requireScenario}
 * @see `scaleDistribution` for the demand factor
 * @example applyScenario(target, emptyScenario) === target // true
 */
export function applyScenario(target: ScenarioTarget, scenario: Scenario): ScenarioTarget {
  requireScenario(scenario);
  const { demandFactor, leadTimeDaysAdd, serviceLevel, assumedArrivals } = scenario;
  if (
    demandFactor === null &&
    leadTimeDaysAdd === null &&
    serviceLevel === null &&
    assumedArrivals.length === 0
  ) {
    return target;
  }
  const { policy } = target;
  const longer = (days: number): number => Math.max(0, days + (leadTimeDaysAdd ?? 0));
  return {
    policy: {
      ...policy,
      forecast: demandFactor === null ? policy.forecast : scaleForecast(policy.forecast, demandFactor),
      sigmaUnitsPerDay: policy.sigmaUnitsPerDay * (demandFactor ?? 1),
      leadTime: {
        ...policy.leadTime,
        meanDays: longer(policy.leadTime.meanDays),
        observedDays: policy.leadTime.observedDays.map(longer),
      },
      serviceLevel: serviceLevel === null ? policy.serviceLevel : { origin: 'OVERRIDE', level: serviceLevel },
    },
    arrivals: mergeArrivals(target.arrivals, assumedArrivals),
  };
}

/**
 * Adds arrivals to others.
 *
 * @param arrivals - ascending by day, one a day
 * @param more - any order
 * @returns ascending by day, one a day; every unit once
 * @see `ageInbound`
 * @example mergeArrivals([{ day: 3, units: 5 }], [{ day: 3, units: 2 }]) // [{ day: 3, units: 7 }]
 */
export function mergeArrivals(arrivals: readonly Arrival[], more: readonly Arrival[]): Arrival[] {
  const byDay = new Map<number, number>();
  for (const { day, units } of [...arrivals, ...more]) byDay.set(day, (byDay.get(day) ?? 0) + units);
  return [...byDay].map(([day, units]) => ({ day, units })).sort((a, b) => a.day - b.day);
}

function scaleForecast(forecast: RiskForecast, factor: number): RiskForecast {
  return {
    meanOver: (periods) => forecast.meanOver(periods) * factor,
    demandOver: (periods, purpose) =>
      openDistribution(scaleDistribution(forecast.demandOver(periods, purpose).stored, factor)),
    demandBetween: (from, to, purpose) =>
      openDistribution(scaleDistribution(forecast.demandBetween(from, to, purpose).stored, factor)),
  };
}

/**
 * The distribution of demand times a factor.
 *
 * Counts stay counts with the same dispersion: three times as many customers, not every customer buying three.
 *
 * @param stored - see `StoredDistribution`
 * @param factor - > 0
 * @returns mean times factor
 * @see relative spread of a negative binomial above its Poisson part is its dispersion
 * @example scaleDistribution({ kind: 'count', mean: 2, dispersion: 0.5 }, 3) // { kind: 'count', mean: 6, dispersion: 0.5 }
 */
export function scaleDistribution(stored: StoredDistribution, factor: number): StoredDistribution {
  switch (stored.kind) {
    case 'count':
      return { ...stored, mean: stored.mean * factor };
    case 'gamma':
      return { ...stored, mean: stored.mean * factor, variance: stored.variance * factor * factor };
    case 'normal':
      return { ...stored, mean: stored.mean * factor, sd: stored.sd * factor };
    case 'empirical': {
      const scaled = stored.values.map((value) => value * factor);
      return { ...stored, values: stored.whole ? scaled.map(Math.round) : scaled };
    }
    case 'mixture':
      return { ...stored, parts: stored.parts.map((part) => scaleDistribution(part, factor)) };
    default:
      return assertNever(stored);
  }
}
