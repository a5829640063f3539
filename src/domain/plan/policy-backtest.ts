import { Decimal } from '../../shared/decimal.ts';
import { openForecast, type StoredForecast } from '../forecast/demand-forecast.ts';
import { neutralGroupFactors } from '../forecast/group-factors.ts';
import { rollForecast } from '../forecast/roll-forecast.ts';
import { type AlertScore, scoreAlerts } from './alert-score.ts';
import type { LeadTimeEstimate } from './lead-time.ts';
import { type LevelHistory, openLevelPast } from './level-forecast.ts';
import { replayPolicy } from './policy-replay.ts';
import { computePolicyValues } from './policy-values.ts';
import { computeProtectionDays } from './protection-period.ts';

/** How orders are decided. */
export type BacktestMethod = 'SERVICE_LEVEL' | 'DAYS_OF_COVER';

/** The policy to be replayed. */
export interface BacktestPolicy {
  readonly method: BacktestMethod;
  /** SERVICE_LEVEL: wished probability of no stock-out in an order cycle, strictly between 0 and 1. */
  readonly serviceLevel: number;
  /** DAYS_OF_COVER: order up to so many days of the mean of the last four weeks, > 0. */
  readonly coverDays: number;
  readonly leadTime: LeadTimeEstimate;
  /** An order may be placed every so many days, ≥ 1. */
  readonly reviewDays: number;
  /** Units, ≥ 0 and > 0. */
  readonly moq: number;
  readonly multiple: number;
}

/** One item in one place with its past. Plain data, so that it can go to another thread. */
export interface BacktestLevel {
  readonly itemId: string;
  readonly warehouseId: string;
  readonly isWhole: boolean;
  /** Money per unit; null = not known. */
  readonly unitCost: number | null;
  readonly history: LevelHistory;
  /** Units at the end of each day of the history, as they really were; NaN = not on record. */
  readonly closes: Float64Array;
  readonly policy: BacktestPolicy;
}

/** Numbers of the first and last day to be replayed, both included. */
export interface BacktestWindow {
  readonly fromDay: number;
  readonly toDay: number;
}

/** What was decided on one day, knowing the days before it only. */
interface BacktestDecision {
  readonly day: number;
  /** Units ordered that morning. */
  readonly order: number;
  /** The line for low stock that morning, units. */
  readonly threshold: number;
}

/** What one level's replay brought. */
export interface LevelBacktest extends AlertScore {
  readonly demandUnits: number;
  readonly lostUnits: number;
  /** Days counted: the first order had arrived. */
  readonly days: number;
  /** Counted days on which demand was not met. */
  readonly stockOutDays: number;
  /** Units left at the end of counted days, summed. */
  readonly stockUnitDays: number;
  readonly orders: number;
  readonly orderedUnits: number;
  /** 1 = every order took the mean lead time, since no receipts told more; else 0. */
  readonly fixedLeadLevels: number;
  /** Counted days whose demand is only a lower bound: the goods were out of stock then. */
  readonly censoredDays: number;
  /** What really was on the same days, as far as on record. */
  readonly actualDays: number;
  readonly actualStockOutDays: number;
  readonly actualStockUnitDays: number;
  readonly decisions: readonly BacktestDecision[];
}

/** Why a level could not be replayed. */
export type BacktestSkip = 'NO_HISTORY' | 'SHORT_HISTORY';

const historyDaysMin = 28;
/** Forecasts are made anew once a week, and moved on by days in between. */
const forecastEveryDays = 7;
const outShareWhole = 0.95;

/**
 * Replays a policy on one level's past, day by day, with only what was known before each day.
 *
 * Every decision rests on the days before it alone: history is cut off, cleaned and forecast anew as of the day, with
 * no factor of any group and no later setting in it. Demand that met an empty shelf then is a lower bound, and says so.
 * Days until the first order can arrive are played and not counted: they follow from the stock that was there. Orders
 * take as long as receipts before the window did, one after another; the mean where none are on record. Alerts are judged
 * on the stock that really was.
 *
 * @param level - see {@link BacktestLevel}
 * @param window - cut to what is on record
 * @returns what it would have brought; why not, when less than 28 days lie before the window or none after the first
 *   arrival
 * @throws AppError `invalid_input` as `computePolicyValues` and `replayPolicy`
 * @see backtests of decisions instead of forecasts; the hidden-future test in test/domain/plan/policy-backtest.test.ts
 * @example
 * // 2 a day for sure, lead time 3, review 1: nothing is ever lost
 * backtestLevel(level, window) // { lostUnits: 0, … }
 */
export function backtestLevel(level: BacktestLevel, window: BacktestWindow): LevelBacktest | BacktestSkip {
  const { history, policy } = level;
  const start = Math.max(historyDaysMin, window.fromDay - history.firstDay);
  const end = Math.min(history.units.length, window.toDay - history.firstDay + 1);
  const leadOf = leadsOf(policy.leadTime);
  const leadDays = leadOf(0);
  if (history.units.length === 0) return 'NO_HISTORY';
  if (end - start <= leadDays) return 'SHORT_HISTORY';
  const values = valuesByDay(level, start);
  const decisions: BacktestDecision[] = [];
  const demand = history.units.subarray(start, end);
  const isKnown = (t: number) => !((history.outShares?.[start + t] ?? 0) >= outShareWhole);
  let orderedUnits = 0;
  const openedWith = level.closes[start - 1]!;
  const result = replayPolicy({
    demand,
    known: Uint8Array.from(demand, (_, t) => (isKnown(t) ? 1 : 0)),
    state: {
      onHand: Number.isNaN(openedWith) ? values(0).target : Math.max(0, openedWith),
      inTransit: new Array<number>(leadDays).fill(0),
    },
    reviewPeriods: Math.max(1, Math.round(policy.reviewDays)),
    costs: { holding: 0, shortage: 0 },
    leadOf,
    scoredFrom: leadDays,
    decide(period, state) {
      const { reorderAt, target } = values(period);
      const position = state.inTransit.reduce((sum, units) => sum + units, state.onHand);
      const order = position <= reorderAt ? roundOrder(target - position, policy) : 0;
      orderedUnits += order;
      decisions.push({ day: history.firstDay + start + period, order, threshold: values(period).threshold });
      return order;
    },
  });
  const actual = {
    closes: level.closes.subarray(start, end),
    outShares: history.outShares?.subarray(start, end),
  };
  return {
    demandUnits: result.demandUnits,
    lostUnits: result.lostUnits,
    days: result.scoredPeriods,
    stockOutDays: result.stockOutPeriods,
    stockUnitDays: result.stockUnitPeriods,
    orders: result.orderCount,
    orderedUnits,
    fixedLeadLevels: policy.leadTime.observedDays.length > 0 ? 0 : 1,
    censoredDays: result.censoredPeriods,
    ...sumActual(actual.closes, actual.outShares ?? null, leadDays),
    ...scoreAlerts(
      actual.closes,
      (t) => values(t).threshold,
      computeProtectionDays(policy.leadTime.meanDays, policy.reviewDays),
    ),
    decisions,
  };
}

/**
 * How long each order takes, whole days: the receipts on record in turn, in an order that mixes them, so that every one
 * counts as often as planning takes it for likely. Repeatable, and nothing of the window is in it.
 */
function leadsOf({ observedDays, meanDays }: LeadTimeEstimate): (order: number) => number {
  const count = observedDays.length;
  if (count === 0) return () => Math.round(meanDays);
  let step = Math.max(1, Math.round(count * 0.618));
  while (greatestCommonDivisor(step, count) > 1) step += 1;
  return (order) => Math.round(observedDays[(order * step) % count]!);
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}

interface DayValues {
  readonly threshold: number;
  readonly reorderAt: number;
  readonly target: number;
}

/** The policy's values on the morning of day `start + period`, from the days before the newest forecast only. */
function valuesByDay(level: BacktestLevel, start: number): (period: number) => DayValues {
  const forecasts = new Map<number, StoredForecast | null>();
  const values = new Map<number, DayValues>();
  return (period) => {
    const known = values.get(period);
    if (known !== undefined) return known;
    const origin = period - (period % forecastEveryDays);
    let stored = forecasts.get(origin);
    if (stored === undefined) {
      stored = forecastAsOf(level, start + origin);
      forecasts.set(origin, stored);
    }
    const made =
      level.policy.method === 'DAYS_OF_COVER'
        ? coverValues(level, start + period)
        : serviceValues(level, stored, period - origin);
    values.set(period, made);
    return made;
  };
}

function forecastAsOf(level: BacktestLevel, days: number): StoredForecast | null {
  if (level.policy.method === 'DAYS_OF_COVER') return null;
  const { history, policy } = level;
  const outShares = history.outShares?.slice(0, days) ?? null;
  const last = outShares?.[days - 1];
  const past = openLevelPast({
    history: {
      ...{ firstDay: history.firstDay, units: history.units.slice(0, days), outShares },
      oneCustomer: history.oneCustomer?.slice(0, days) ?? null,
    },
    isWhole: level.isWhole,
    group: neutralGroupFactors(7),
    newItemLevel: null,
    priorDispersion: null,
    shelf:
      last === undefined || Number.isNaN(last)
        ? 'UNKNOWN'
        : last >= outShareWhole
          ? 'OUT_OF_STOCK'
          : 'IN_STOCK',
    ...{ promotions: [], overrides: [], marketFactors: [] },
    protectionDays: computeProtectionDays(policy.leadTime.meanDays, policy.reviewDays),
  });
  return past.forecastAfter(days);
}

const nothing: DayValues = { threshold: 0, reorderAt: -1, target: 0 };

function serviceValues(level: BacktestLevel, stored: StoredForecast | null, age: number): DayValues {
  if (stored === null) return nothing;
  const { leadTime, reviewDays, serviceLevel } = level.policy;
  const { safetyStock, reorderPoint, targetLevel } = computePolicyValues({
    forecast: openForecast(rollForecast(stored, age)),
    isWhole: level.isWhole,
    sigmaUnitsPerDay: 0,
    ...{ leadTime, reviewDays },
    serviceLevel: { origin: 'OVERRIDE', level: serviceLevel },
    method: 'QUANTILE',
    safetyStockOverride: null,
    minPresentationUnits: new Decimal(0),
    orderCycleDays: 0,
    dataAsOf: '',
  });
  return {
    threshold: safetyStock.toNumber(),
    reorderAt: reorderPoint.toNumber(),
    target: targetLevel.toNumber(),
  };
}

/** The plain rule: so many days of the mean of the last four weeks; low at a third of them. */
function coverValues(level: BacktestLevel, day: number): DayValues {
  const { units } = level.history;
  let sum = 0;
  for (let t = day - historyDaysMin; t < day; t++) sum += units[t]!;
  const target = Math.ceil((sum / historyDaysMin) * level.policy.coverDays - 1e-9);
  return { threshold: target / 3, reorderAt: target, target };
}

function roundOrder(need: number, { moq, multiple }: BacktestPolicy): number {
  if (!(need > 0)) return 0;
  return Math.ceil(Math.max(need, moq) / multiple - 1e-9) * multiple;
}

function sumActual(
  closes: Float64Array,
  outShares: Float64Array | null,
  from: number,
): Pick<LevelBacktest, 'actualDays' | 'actualStockOutDays' | 'actualStockUnitDays'> {
  const sums = { actualDays: 0, actualStockOutDays: 0, actualStockUnitDays: 0 };
  for (let t = from; t < closes.length; t++) {
    if (Number.isNaN(closes[t]!)) continue;
    sums.actualDays += 1;
    sums.actualStockUnitDays += Math.max(0, closes[t]!);
    if (closes[t]! <= 0 || (outShares?.[t] ?? 0) >= outShareWhole) sums.actualStockOutDays += 1;
  }
  return sums;
}
