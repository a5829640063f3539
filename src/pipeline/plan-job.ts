import { levelKeyText } from '../db/queries/ingest-level.ts';
import type { GroupFactorRow } from '../db/queries/plan-group.ts';
import type { OverrideRow, PromotionRow } from '../db/queries/plan-known.ts';
import type { OpenShipment, PlanSubject, ReceiptDays } from '../db/queries/plan-subject.ts';
import { dayIndexOf } from '../domain/forecast/calendar-index.ts';
import type { StoredForecast } from '../domain/forecast/demand-forecast.ts';
import { toMarketFactors } from '../domain/forecast/market-factors.ts';
import type { AbcClass, XyzClass } from '../domain/kpi/item-class.ts';
import { dateInbound, type InboundShipment, type UndatedInbound } from '../domain/plan/inbound.ts';
import { estimateLeadTime, type LeadTimeEstimate } from '../domain/plan/lead-time.ts';
import type { LevelFacts, PlanForecast, StoredShortage } from '../domain/plan/level-facts.ts';
import { type LevelJob, type LevelPast, relativeErrorOf } from '../domain/plan/level-job.ts';
import type { RecordedHistory } from '../domain/plan/recorded-days.ts';
import {
  resolveServiceLevel,
  type ServiceLevel,
  serviceLevelMax,
  serviceLevelMin,
  withClassLevels,
} from '../domain/plan/service-level.ts';
import { type CalendarDate, calendarDateIn, dayMs } from '../shared/time.ts';
import { noShortage } from './plan-shortage.ts';

/** What was loaded for the levels of a batch, by key. */
export interface JobSources {
  readonly shipments: ReadonlyMap<string, readonly OpenShipment[]>;
  readonly receipts: ReadonlyMap<string, readonly ReceiptDays[]>;
  readonly supplierDays: ReadonlyMap<string, number>;
  readonly past: ReadonlyMap<string, RecordedHistory>;
  readonly shortages: ReadonlyMap<string, StoredShortage>;
  readonly groupOf: ReadonlyMap<string, { readonly index: number; readonly row: GroupFactorRow }>;
  readonly promotions: ReadonlyMap<string, readonly PromotionRow[]>;
  readonly overrides: ReadonlyMap<string, readonly OverrideRow[]>;
  readonly market: ReadonlyMap<string, readonly { day: string; factor: string }[]>;
}

/** Until somebody sets it, stock is looked at every day. */
const reviewDaysDefault = 1;

/** One level of a batch as a job for the threads. */
export function toLevelJob(subject: PlanSubject, sources: JobSources, isForecastDue: boolean): LevelJob {
  const key = levelKeyText(subject);
  const loaded = sources.past.get(key);
  const previous =
    subject.previousInputs === null ? null : (JSON.parse(subject.previousInputs) as LevelFacts);
  return {
    itemId: subject.itemId,
    warehouseId: subject.warehouseId,
    facts: toFacts(subject, sources, previous),
    past: loaded === undefined ? null : toPast(subject, loaded, sources),
    isForecastDue,
    forecast: toStoredPlanForecast(subject),
    figures: previous?.history ?? null,
  };
}

function toFacts(
  subject: PlanSubject,
  sources: JobSources,
  previous: LevelFacts | null,
): Omit<LevelFacts, 'history'> {
  const leadTime = leadTimeOf(subject, sources);
  const undated = undatedOf(subject, sources, previous?.undated ?? []);
  return {
    plannedDay: dayIndexOf(subject.today as CalendarDate),
    isWhole: subject.unitDecimals === 0,
    available: subject.available,
    onHand: subject.onHand,
    stockObservedAt: subject.observedAt.toISOString(),
    dataAsOf: new Date(Math.max(subject.observedAt.getTime(), subject.knownUntilAt.getTime())).toISOString(),
    shipments: shipmentsOf(subject, sources, leadTime, undated),
    ...(subject.isDelisted ? { isDelisted: true } : {}),
    ...(undated.length === 0 ? {} : { undated }),
    leadTime,
    reviewDays: numberOf(subject.reviewPeriodDays) ?? reviewDaysDefault,
    serviceLevel: serviceLevelOf(subject),
    safetyStockMethod: subject.safetyStockMethod ?? 'QUANTILE',
    safetyStockOverride: subject.safetyStock,
    moq: subject.minOrderQuantity,
    unitCost: subject.unitCost,
    unitPrice: subject.unitPrice,
  };
}

function serviceLevelOf(subject: PlanSubject): ServiceLevel {
  const override = numberOf(subject.serviceLevel);
  const own =
    subject.classServiceLevels === null
      ? {}
      : (JSON.parse(subject.classServiceLevels) as Readonly<Record<string, string>>);
  return resolveServiceLevel(
    {
      override: override === null ? null : Math.min(serviceLevelMax, Math.max(serviceLevelMin, override)),
      economic: subject.serviceLevelBasis === 'ECONOMIC' ? subject.economicServiceLevel : null,
      abc: subject.abcClass as AbcClass | null,
      xyz: subject.xyzClass as XyzClass | null,
    },
    withClassLevels(own),
  );
}

function leadTimeOf(subject: PlanSubject, sources: JobSources): LeadTimeEstimate {
  const receipts = sources.receipts.get(subject.itemId) ?? [];
  const own = receipts.find(({ warehouseId }) => warehouseId === subject.warehouseId)?.days ?? [];
  const everywhere = receipts.flatMap(({ days }) => days);
  return estimateLeadTime({
    overrideDays: numberOf(subject.leadTimeDays),
    receiptDays: own,
    // Too few receipts here: what the item took anywhere says more than its supplier's other goods.
    itemDays: medianOf(everywhere),
    supplierDays:
      subject.supplierName === null ? null : (sources.supplierDays.get(subject.supplierName) ?? null),
    categoryDays: subject.categoryLeadDays,
  });
}

function shipmentsOf(
  subject: PlanSubject,
  sources: JobSources,
  leadTime: LeadTimeEstimate,
  undated: readonly UndatedInbound[],
): InboundShipment[] {
  const today = dayIndexOf(subject.today as CalendarDate);
  const known = sources.shipments.get(levelKeyText(subject)) ?? [];
  const shipments = known.map(({ units, expectedAt, sinceAt }) => {
    const due = expectedAt ?? new Date(sinceAt.getTime() + leadTime.meanDays * dayMs);
    const dueDay = dayIndexOf(calendarDateIn(due, subject.timeZone));
    return { dueDay: dueDay - today + 1, units: Number(units) };
  });
  // As late as a new order would have been on the day they were first counted.
  for (const { sinceDay, units } of undated)
    shipments.push({ dueDay: sinceDay + Math.ceil(leadTime.meanDays) - today + 1, units });
  return shipments.filter(({ units }) => units > 0);
}

/** Goods that the source counts as incoming without saying when, by the day since which it does. */
function undatedOf(
  subject: PlanSubject,
  sources: JobSources,
  before: readonly UndatedInbound[],
): UndatedInbound[] {
  if (!subject.isIncomingReported) return [];
  const known = sources.shipments.get(levelKeyText(subject)) ?? [];
  // What is only planned is not among what the source counts.
  const dated = known.reduce((sum, { units, isPlanned }) => sum + (isPlanned ? 0 : Number(units)), 0);
  const units = Math.max(0, Number(subject.incoming ?? 0) - dated);
  return dateInbound(before, units, dayIndexOf(subject.today as CalendarDate));
}

/** The stored forecast of a level; null = none yet. */
export function toStoredPlanForecast(subject: PlanSubject): PlanForecast | null {
  if (subject.forecastFirstOn === null) return null;
  return {
    stored: subject.forecastStored === null ? null : (JSON.parse(subject.forecastStored) as StoredForecast),
    firstDay: dayIndexOf(subject.forecastFirstOn as CalendarDate),
    historyDays: subject.forecastHistoryDays ?? 0,
    sigmaUnitsPerDay: numberOf(subject.sigmaUnitsPerDay),
    relativeError: relativeErrorOf(subject.rmseInterval, subject.rmseIntervalMovingAverage),
  };
}

function toPast(subject: PlanSubject, loaded: RecordedHistory, sources: JobSources): LevelPast {
  const group = sources.groupOf.get(`${subject.warehouseId}/${subject.category ?? ''}`);
  const nextDay = dayIndexOf(subject.lastDay as CalendarDate) + 1;
  const market = (sources.market.get(subject.category ?? '') ?? []).map(({ day, factor }) => ({
    day: dayIndexOf(day as CalendarDate),
    factor: Number(factor),
  }));
  return {
    ...loaded,
    shortage: sources.shortages.get(levelKeyText(subject)) ?? noShortage,
    groupIndex: group?.index ?? -1,
    newItemLevel: group?.row.newItemLevel ?? null,
    priorDispersion: group?.row.priorDispersion ?? null,
    promotions: (sources.promotions.get(subject.itemId) ?? [])
      .filter(({ warehouseId }) => warehouseId === null || warehouseId === subject.warehouseId)
      .map((one) => ({ ...spanOf(one), factor: numberOf(one.factor) })),
    overrides: (sources.overrides.get(levelKeyText(subject)) ?? []).map((one) => ({
      ...spanOf(one),
      unitsPerDay: Number(one.unitsPerDay),
    })),
    marketFactors: toMarketFactors(market, nextDay),
  };
}

function spanOf({ fromOn, toOn }: { fromOn: string; toOn: string }): { fromDay: number; toDay: number } {
  return { fromDay: dayIndexOf(fromOn as CalendarDate), toDay: dayIndexOf(toOn as CalendarDate) };
}

function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function numberOf(text: string | null): number | null {
  return text === null ? null : Number(text);
}
