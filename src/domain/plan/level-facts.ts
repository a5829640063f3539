import { Decimal } from '../../shared/decimal.ts';
import { thresholdDefault } from '../alert/low-stock-threshold.ts';
import { openForecast, type StoredForecast } from '../forecast/demand-forecast.ts';
import { rollForecast } from '../forecast/roll-forecast.ts';
import type { NoValueReason } from '../kpi/kpi-value.ts';
import type { RiskInputs } from './checkpoints.ts';
import { type AgedInbound, ageInbound, type InboundShipment, type UndatedInbound } from './inbound.ts';
import type { LeadTimeEstimate } from './lead-time.ts';
import type { PolicyInputs } from './policy-values.ts';
import type { SafetyStockMethod } from './safety-stock.ts';
import type { ServiceLevel } from './service-level.ts';

/** A figure as it is stored: decimal text, or null with its reason. */
export interface StoredFigure {
  readonly value: string | null;
  readonly reason: NoValueReason | null;
}

/** What the days behind us say of an item in a warehouse; changes once a day, so it is carried from plan to plan. */
export interface HistoryFigures {
  readonly turnover90: StoredFigure;
  readonly turnover365: StoredFigure;
  readonly sellThrough90: StoredFigure;
  /** Share of the last 90 days with stock, 0 to 1. */
  readonly inStockRate90: StoredFigure;
  readonly stockOutDays90: number;
  readonly lostUnits90: StoredFigure;
  /** What the lost units were counted from; missing in older plans, null = there was no estimate. */
  readonly short90?: ShortDays | null;
  /** Time-weighted mean units on hand of the last 90 and 365 days; null = no stock on record. */
  readonly meanUnits90: string | null;
  readonly meanUnits365: string | null;
  /** Days of those windows on which stock is on record, and units sold on them: what turnover is counted from. */
  readonly countedDays90: number;
  readonly countedUnits90: string;
  readonly countedDays365: number;
  readonly countedUnits365: string;
  /** Units sold in the last 90 and 365 days. */
  readonly unitsSold90: string;
  readonly unitsSold365: string;
  /** Days of the last 90 whose stock is known, and how many of them in all had stock; missing in older plans. */
  readonly judgedDays90?: number;
  readonly inStockDays90?: string;
  /** How long stock has been on record, days, and how long nothing was sold; null = never sold. */
  readonly stockDays: number;
  readonly daysSinceSale: number | null;
  /** Number of the last day counted; missing in older plans. */
  readonly throughDay?: number;
  /** Order lines of the last 90 days that were closed for lack of goods; missing in older plans. */
  readonly shortage90?: StoredShortage;
}

/** Days that ran out, as they are stored: decimal text. */
export interface ShortDays {
  /** Units expected of a day; 0 where nothing says what would have been sold, and no day ran out. */
  readonly expected: string;
  /** Units sold on such a day, and on how many of them; only where less than expected was sold. */
  readonly sold: readonly (readonly [units: string, days: number])[];
}

/** Order lines closed for lack of goods, as they are stored: decimal text. */
export interface StoredShortage {
  readonly lines: number;
  readonly units: string;
  /** Money. */
  readonly value: string;
}

/** What was counted over a window of days: everything that turnover, sell-through and in-stock rate rest on. */
export interface WindowFigures {
  readonly days: number;
  /** Days on which stock is on record, units sold on them, and their time-weighted mean stock; null = none on record. */
  readonly countedDays: number;
  readonly countedUnits: string;
  readonly meanUnits: string | null;
  /** Days whose stock is known, and how many of them in all had stock. */
  readonly judgedDays: number;
  readonly inStockDays: string;
}

/** A window as a plan keeps it; of 365 days without the days in stock. */
export function storedWindow(history: HistoryFigures, days: 90 | 365): WindowFigures {
  if (days === 365) {
    const { countedDays365: countedDays, countedUnits365: countedUnits, meanUnits365: meanUnits } = history;
    return { days, countedDays, countedUnits, meanUnits, judgedDays: 0, inStockDays: '0' };
  }
  return {
    ...{ days, countedDays: history.countedDays90, countedUnits: history.countedUnits90 },
    meanUnits: history.meanUnits90,
    judgedDays: history.judgedDays90 ?? 0,
    inStockDays: history.inStockDays90 ?? '0',
  };
}

/**
 * Facts and settings that a plan rests on, beside the stored forecast. JSON-safe and stored with the plan, so that
 * every value can be recomputed later from exactly what went in.
 */
export interface LevelFacts {
  /** Number of the business day planned on: day 1 of every horizon. */
  readonly plannedDay: number;
  readonly isWhole: boolean;
  readonly available: string;
  /** What lies there, reserved or not; null = the source does not say. */
  readonly onHand: string | null;
  readonly stockObservedAt: string;
  /** Newest data used, RFC 3339. */
  readonly dataAsOf: string;
  /** True where every offer of the item is gone from the shop; missing = no. */
  readonly isDelisted?: boolean;
  readonly shipments: readonly InboundShipment[];
  /** Which of them nobody dated, and since when they are counted; missing = none. */
  readonly undated?: readonly UndatedInbound[];
  readonly leadTime: LeadTimeEstimate;
  readonly reviewDays: number;
  readonly serviceLevel: ServiceLevel;
  /** Set by a person; null = computed. */
  readonly safetyStockOverride: string | null;
  /** How a safety stock is computed; missing in older plans, which meant QUANTILE. */
  readonly safetyStockMethod?: SafetyStockMethod;
  /** Minimum order quantity, units; null = none. */
  readonly moq: string | null;
  readonly unitCost: string | null;
  readonly unitPrice: string | null;
  readonly history: HistoryFigures;
}

/** What planning needs of a level's forecast. */
export interface PlanForecast {
  /** Null = nothing is known of demand (NO_HISTORY). */
  readonly stored: StoredForecast | null;
  /** Number of the day of period 1. */
  readonly firstDay: number;
  readonly historyDays: number;
  readonly sigmaUnitsPerDay: number | null;
  /** Error of interval sums over that of a 28-day mean; null = could not be compared. */
  readonly relativeError: number | null;
}

/** With fewer days of history a computed safety stock would be chance: the default holds until then. */
const safetyStockDaysMin = 28;

/** Where a level's safety stock comes from. */
export function safetyStockOrigin(
  facts: LevelFacts,
  forecast: PlanForecast,
): 'OVERRIDE' | 'COMPUTED' | 'DEFAULT' {
  if (facts.safetyStockOverride !== null) return 'OVERRIDE';
  return forecast.stored !== null && forecast.historyDays >= safetyStockDaysMin ? 'COMPUTED' : 'DEFAULT';
}

/** The forecast as seen on the day of the plan; null = NO_HISTORY. */
export function openPlanForecast(facts: LevelFacts, forecast: PlanForecast) {
  if (forecast.stored === null) return null;
  return openForecast(rollForecast(forecast.stored, facts.plannedDay - forecast.firstDay));
}

/**
 * The inputs of the policy values.
 *
 * @param facts - see {@link LevelFacts}
 * @param forecast - see {@link PlanForecast}
 * @returns null without a forecast
 * @see `computePolicyValues`, `explainSafetyStock` and its siblings
 * @example toPolicyInputs(facts, forecast)?.leadTime.meanDays // 14
 */
export function toPolicyInputs(facts: LevelFacts, forecast: PlanForecast): PolicyInputs | null {
  const opened = openPlanForecast(facts, forecast);
  if (opened === null) return null;
  const isDefault = safetyStockOrigin(facts, forecast) === 'DEFAULT';
  const given = isDefault ? thresholdDefault : facts.safetyStockOverride;
  return {
    forecast: opened,
    isWhole: facts.isWhole,
    sigmaUnitsPerDay: forecast.sigmaUnitsPerDay ?? 0,
    leadTime: facts.leadTime,
    reviewDays: facts.reviewDays,
    serviceLevel: facts.serviceLevel,
    method: facts.safetyStockMethod ?? 'QUANTILE',
    safetyStockOverride: given === null ? null : new Decimal(given),
    minPresentationUnits: new Decimal(0),
    orderCycleDays: 0,
    dataAsOf: facts.dataAsOf,
  };
}

/** Inbound as planning may count on it. */
export function agedInboundOf(facts: LevelFacts): AgedInbound {
  return ageInbound(facts.shipments, facts.leadTime.meanDays);
}

/**
 * The inputs of the stock-out risk.
 *
 * @returns null without a forecast
 * @see `computeStockOutProbability`
 * @example toRiskInputs(facts, forecast)?.available // 12
 */
export function toRiskInputs(facts: LevelFacts, forecast: PlanForecast): RiskInputs | null {
  const opened = openPlanForecast(facts, forecast);
  if (opened === null) return null;
  const { arrivals } = agedInboundOf(facts);
  return { forecast: opened, available: Number(facts.available), arrivals, isWhole: facts.isWhole };
}
