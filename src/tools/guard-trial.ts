import type { JudgedLevel, ReadingWrite } from '../db/queries/suggestion-guard.ts';
import { calendarDateOf } from '../domain/forecast/calendar-index.ts';
import { openForecast } from '../domain/forecast/demand-forecast.ts';
import { neutralGroupFactors } from '../domain/forecast/group-factors.ts';
import { forecastLevel } from '../domain/plan/level-forecast.ts';
import { computePolicyValues } from '../domain/plan/policy-values.ts';
import { type JudgedOutcome, judgeLevel } from '../pipeline/suggest-judge.ts';
import { Decimal } from '../shared/decimal.ts';
import { brandId, type ItemId, type WarehouseId } from '../shared/ids.ts';

const leadTimeDays = 7;
const reviewDays = 1;
/** History that is forecast from: the level follows the last weeks, so a year and a half is plenty. */
const historyDays = 540;
/** Orders cover this many days more, so that there is not one every day. */
const coverDays = 7;
const someItem = brandId<ItemId>('00000000-0000-4000-8000-000000000001');
const someWarehouse = brandId<WarehouseId>('00000000-0000-4000-8000-000000000002');
/** A count corrects the books on one day in fifty, by a tenth. */
const countShare = 0.02;
const countError = 0.1;

/** One level that lives through days: sells, is counted, is bought for, and is judged each morning. */
export interface TrialLevel {
  readonly units: Float64Array;
  /** True = a warehouse system records every movement; false = a pool that is refilled unseen. */
  readonly areMovementsKnown: boolean;
  available: number;
  /** Orders under way: day of arrival and units. */
  readonly inbound: { day: number; units: number }[];
  reading: ReadingWrite | null;
  /** Issued and come in since the accepted reading. */
  issued: number;
  added: number;
}

/** What a fault changes of a morning's figures. */
export interface Fault {
  readonly historyFactor?: number;
  readonly availableFactor?: number;
  readonly isInboundDoubled?: boolean;
}

/** What was judged of a level on a morning. */
export interface TrialOutcome extends JudgedOutcome {
  readonly target: number;
  /** Units missing to the target; below 0 = so many too many. */
  readonly gap: number;
}

/** Begins a level with the stock that its first target asks for. */
export function beginTrial(units: Float64Array, day: number, areMovementsKnown: boolean): TrialLevel {
  const available = Math.ceil(targetOn(units, day, 1));
  return { ...{ units, areMovementsKnown, available, inbound: [], reading: null }, issued: 0, added: 0 };
}

/** Order-up-to level on a morning, from the days before it. */
function targetOn(units: Float64Array, day: number, factor: number): number {
  const from = Math.max(0, day - historyDays);
  const own = units.slice(from, day);
  if (factor !== 1) for (let t = 0; t < own.length; t++) own[t]! *= factor;
  const forecast = forecastLevel({
    history: { firstDay: from, units: own, outShares: null },
    ...{ isWhole: true, group: neutralGroupFactors(7), newItemLevel: null, priorDispersion: null },
    ...{ shelf: 'IN_STOCK', promotions: [], overrides: [], marketFactors: [] },
    protectionDays: leadTimeDays + reviewDays,
  });
  if (forecast.stored === null) return 0;
  const values = computePolicyValues({
    ...{ forecast: openForecast(forecast.stored), isWhole: true, method: 'QUANTILE', reviewDays },
    sigmaUnitsPerDay: forecast.sigmaUnitsPerDay ?? 0,
    leadTime: { origin: 'OVERRIDE', meanDays: leadTimeDays, sdDays: 0, observedDays: [] },
    serviceLevel: { origin: 'DEFAULT', level: 0.95 },
    ...{ safetyStockOverride: null, minPresentationUnits: new Decimal(0), orderCycleDays: 0 },
    dataAsOf: '2026-01-01T00:00:00Z',
  });
  return Number(values.targetLevel);
}

/** Judges a level on a morning as the stage does, with or without a fault in its figures. */
export function judgeMorning(level: TrialLevel, day: number, fault: Fault = {}): TrialOutcome {
  const target = targetOn(level.units, day, fault.historyFactor ?? 1);
  const available = level.available * (fault.availableFactor ?? 1);
  const underWay = level.inbound.reduce((sum, { units }) => sum + units, 0);
  const accepted = level.reading;
  const judged: JudgedLevel = {
    ...{ itemId: someItem, warehouseId: someWarehouse, isOpen: false, isSettling: false, demandToday: '0' },
    kind: level.areMovementsKnown ? 'PHYSICAL' : 'MARKETPLACE_POOL',
    ...{ plannedOn: calendarDateOf(day), available: String(available), targetLevel: String(target) },
    ...{ positionDue: '0', areIssuesKnown: true },
    areMovementsKnown: level.areMovementsKnown,
    acceptedOn: accepted?.acceptedOn ?? null,
    acceptedTarget: accepted?.accepted?.target ?? null,
    acceptedAvailable: accepted?.accepted?.available ?? null,
    held: accepted?.held == null ? null : JSON.stringify(accepted.held),
    issuedUnits: String(level.issued),
    addedUnits: level.areMovementsKnown ? String(level.added) : '0',
    doubledUnits: fault.isInboundDoubled === true ? String(underWay) : '0',
  };
  const position = available + underWay * (fault.isInboundDoubled === true ? 2 : 1);
  return { ...judgeLevel(judged), target, gap: target - position };
}

/** Keeps what was judged, then lives through the day: goods arrive and sell, some are counted, orders are placed. */
export function liveThrough(
  level: TrialLevel,
  day: number,
  { reading, causes, target, gap }: TrialOutcome,
  random: () => number,
): void {
  if (reading !== null) {
    if (reading.accepted !== null) {
      level.issued = 0;
      level.added = 0;
    }
    level.reading = { ...reading, accepted: reading.accepted ?? level.reading?.accepted ?? null };
  }
  for (const one of level.inbound.filter((inbound) => inbound.day === day)) {
    level.available += one.units;
    level.added += one.units;
  }
  level.inbound.splice(0, level.inbound.length, ...level.inbound.filter((inbound) => inbound.day > day));
  const sold = Math.min(level.available, level.units[day] ?? 0);
  level.available -= sold;
  level.issued += sold;
  if (random() < countShare) {
    level.available = Math.max(
      0,
      level.available + Math.round(level.available * countError * (2 * random() - 1)),
    );
  }
  // A held suggestion is ordered by nobody; an accepted one to a week above its target.
  const perDay = target / (leadTimeDays + reviewDays);
  if (causes.length === 0 && gap > 0) {
    level.inbound.push({ day: day + leadTimeDays, units: Math.ceil(gap + coverDays * perDay) });
  }
}
