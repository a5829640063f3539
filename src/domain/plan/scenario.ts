import { Decimal, formatDecimal } from '../../shared/decimal.ts';
import { AppError } from '../../shared/errors.ts';
import type { StoredForecast } from '../forecast/demand-forecast.ts';
import { extendForecast, rollForecast } from '../forecast/roll-forecast.ts';
import type { Arrival, InboundShipment } from './inbound.ts';
import type { LeadTimeEstimate } from './lead-time.ts';
import type { LevelFacts, PlanForecast } from './level-facts.ts';
import { serviceLevelMax, serviceLevelMin } from './service-level.ts';

/** A promotion that is only thought of: demand of its days times a factor. */
export interface AssumedPromotion {
  /** Numbers of the first and last business day. */
  readonly fromDay: number;
  readonly toDay: number;
  /** Above 0 up to 100. */
  readonly factor: number;
}

/** A what-if overlay for one level. Null and empty = as it is. Leaves no trace. */
export interface Scenario {
  /** Demand times this, above 0 up to 100. */
  readonly demandFactor: number | null;
  /** Every lead time times this, 0 to 100; before days are added. */
  readonly leadTimeFactor: number | null;
  /** Days added to every lead time; negative shortens, never below 0. */
  readonly leadTimeDaysAdd: number | null;
  readonly serviceLevel: number | null;
  /** Goods assumed to arrive, such as a promised receipt or a transfer. */
  readonly assumedArrivals: readonly Arrival[];
  /** Units assumed to leave today, ≥ 0: a transfer to another warehouse. */
  readonly leavingUnits: number;
  readonly promotion: AssumedPromotion | null;
}

/** The scenario that changes nothing. */
export const emptyScenario: Scenario = {
  demandFactor: null,
  leadTimeFactor: null,
  leadTimeDaysAdd: null,
  serviceLevel: null,
  assumedArrivals: [],
  leavingUnits: 0,
  promotion: null,
};

/** Factors above this are mistakes, as are units beyond a million million. */
export const scenarioFactorMax = 100;
/** A year: no lead time is lengthened by more, no promotion and no arrival lies further ahead. */
export const scenarioDaysMax = 365;
const unitsMax = 1e12;
const repeatedDays = 28;

/** What a scenario is laid over: the stored facts of a level and its stored forecast. */
export interface ScenarioTarget {
  readonly facts: LevelFacts;
  readonly forecast: PlanForecast;
}

/**
 * Lays a scenario over the facts and the forecast of a level. Whatever is computed from the result (policy values,
 * risk, suggestions, explanations) is the scenario's, by the same functions as the base.
 *
 * Goods under way keep their day: a longer lead time is one of orders yet to be placed. A safety stock set by a
 * person stays. A promotion raises the means of its days, and the spread grows with them as it does for one that was
 * entered for good.
 *
 * @param target - as it is; never changed
 * @param scenario - see {@link Scenario}
 * @returns the very same object for the empty scenario, so that its results are the same to the last bit
 * @throws AppError `invalid_input` naming the argument: a factor not above 0 or above 100, days not finite or beyond
 *   a year, a service level outside [0.5, 0.999], an arrival before day 1 or of no finite quantity ≥ 0
 * @see own formulation: an overlay of inputs instead of a copy of the data
 * @example applyScenario(target, emptyScenario) === target // true
 */
export function applyScenario(target: ScenarioTarget, scenario: Scenario): ScenarioTarget {
  requireScenario(scenario);
  if (isEmpty(scenario)) return target;
  const { facts } = target;
  const { serviceLevel, leavingUnits } = scenario;
  const less = (units: string): string => formatDecimal(new Decimal(units).minus(leavingUnits));
  return {
    facts: {
      ...facts,
      available: less(facts.available),
      onHand: facts.onHand === null ? null : less(facts.onHand),
      leadTime: changeLeadTime(facts.leadTime, scenario),
      serviceLevel: serviceLevel === null ? facts.serviceLevel : { origin: 'OVERRIDE', level: serviceLevel },
      shipments: [...facts.shipments, ...scenario.assumedArrivals.map(toShipment)],
    },
    forecast: changeDemand(target.forecast, scenario, facts.plannedDay),
  };
}

function isEmpty(scenario: Scenario): boolean {
  const { demandFactor, leadTimeFactor, leadTimeDaysAdd, serviceLevel, promotion } = scenario;
  const isAllNull = [demandFactor, leadTimeFactor, leadTimeDaysAdd, serviceLevel, promotion].every(
    (value) => value === null,
  );
  return isAllNull && scenario.assumedArrivals.length === 0 && scenario.leavingUnits === 0;
}

function toShipment({ day, units }: Arrival): InboundShipment {
  return { dueDay: day, units };
}

function changeLeadTime(leadTime: LeadTimeEstimate, scenario: Scenario): LeadTimeEstimate {
  const factor = scenario.leadTimeFactor ?? 1;
  const add = scenario.leadTimeDaysAdd ?? 0;
  if (factor === 1 && add === 0) return leadTime;
  const change = (days: number): number => Math.max(0, days * factor + add);
  return {
    ...leadTime,
    meanDays: change(leadTime.meanDays),
    sdDays: leadTime.sdDays * factor,
    observedDays: leadTime.observedDays.map(change),
  };
}

function changeDemand(forecast: PlanForecast, scenario: Scenario, plannedDay: number): PlanForecast {
  const { stored } = forecast;
  const { promotion } = scenario;
  const factor = scenario.demandFactor ?? 1;
  if (stored === null || (factor === 1 && promotion === null)) return forecast;
  const rolled = rollForecast(stored, plannedDay - forecast.firstDay);
  const scaled = scaleForecast(rolled, factor);
  return {
    ...forecast,
    firstDay: Math.max(forecast.firstDay, plannedDay),
    stored: promotion === null ? scaled : promote(scaled, promotion, Math.max(forecast.firstDay, plannedDay)),
    sigmaUnitsPerDay: forecast.sigmaUnitsPerDay === null ? null : forecast.sigmaUnitsPerDay * factor,
  };
}

/**
 * A forecast of so many times the demand: means, errors made and their spread times the factor, relative spread as it
 * is. Three times as many customers, not every customer buying three.
 *
 * @param stored - see `StoredForecast`
 * @param factor - > 0; 1 returns the same object
 * @returns the mean of every interval times the factor
 * @see relative spread of a negative binomial above its Poisson part is its dispersion
 * @example scaleForecast({ ...stored, means: [2, 3] }, 2).means // [4, 6]
 */
export function scaleForecast(stored: StoredForecast, factor: number): StoredForecast {
  if (factor === 1) return stored;
  return {
    ...stored,
    means: stored.means.map((mean) => mean * factor),
    ...(stored.laterMeans === undefined
      ? {}
      : { laterMeans: stored.laterMeans.map((mean) => mean * factor) }),
    intervals: stored.intervals.map((interval) => ({
      ...interval,
      rmse: interval.rmse * factor,
      errors: interval.errors.map((error) => error * factor),
    })),
  };
}

function promote(stored: StoredForecast, promotion: AssumedPromotion, firstDay: number): StoredForecast {
  // Days beyond the stored ones stand at the mean of the last weeks: no promotion may lie among those.
  const length = Math.min(promotion.toDay - firstDay + 1, scenarioDaysMax) + repeatedDays;
  const longer = extendForecast(stored, length);
  const means = [...longer.means];
  const last = Math.min(means.length - 1, promotion.toDay - firstDay);
  for (let h = Math.max(0, promotion.fromDay - firstDay); h <= last; h++) means[h]! *= promotion.factor;
  return { ...longer, means };
}

function requireScenario(scenario: Scenario): void {
  const { serviceLevel, promotion, leavingUnits } = scenario;
  requireFactor('demandFactor', scenario.demandFactor);
  requireFactor('leadTimeFactor', scenario.leadTimeFactor);
  if (promotion !== null) requireFactor('promotion.factor', promotion.factor);
  if (promotion !== null && !(promotion.toDay >= promotion.fromDay)) {
    throw new AppError('invalid_input', 'promotion must not end before it begins');
  }
  const add = scenario.leadTimeDaysAdd;
  if (add !== null && !(Math.abs(add) <= scenarioDaysMax)) {
    throw new AppError('invalid_input', `leadTimeDaysAdd must lie within ±${scenarioDaysMax}, but is ${add}`);
  }
  if (serviceLevel !== null && !(serviceLevel >= serviceLevelMin && serviceLevel <= serviceLevelMax)) {
    throw new AppError(
      'invalid_input',
      `serviceLevel must lie between ${serviceLevelMin} and ${serviceLevelMax}, but is ${serviceLevel}`,
    );
  }
  if (!(leavingUnits >= 0 && leavingUnits <= unitsMax)) {
    throw new AppError('invalid_input', `${leavingUnits} units leaving makes no sense`);
  }
  for (const { day, units } of scenario.assumedArrivals) {
    if (Number.isInteger(day) && day >= 1 && units >= 0 && units <= unitsMax) continue;
    throw new AppError('invalid_input', `an assumed arrival of ${units} units on day ${day} makes no sense`);
  }
}

function requireFactor(argument: string, factor: number | null): void {
  if (factor === null || (factor > 0 && factor <= scenarioFactorMax)) return;
  throw new AppError(
    'invalid_input',
    `${argument} must lie above 0 and up to ${scenarioFactorMax}, but is ${factor}`,
  );
}
