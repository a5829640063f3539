import type { Sql } from '../db/connection.ts';
import { type LevelKey, levelKeyText } from '../db/queries/ingest-level.ts';
import type { DueLevel } from '../db/queries/plan-due.ts';
import { loadGroupFactors } from '../db/queries/plan-group.ts';
import { loadMarketIndex, loadOverrides, loadPromotions } from '../db/queries/plan-known.ts';
import { type ForecastWrite, type PlanWrite, saveForecasts, savePlans } from '../db/queries/plan-save.ts';
import {
  loadOpenShipments,
  loadPlanSubjects,
  loadReceiptDays,
  loadSupplierDays,
  type PlanSubject,
} from '../db/queries/plan-subject.ts';
import type { PlannedThreshold } from '../db/queries/plan-threshold.ts';
import type { GroupFactors } from '../domain/forecast/group-factors.ts';
import type { PlanForecast } from '../domain/plan/level-facts.ts';
import { type LevelJobs, type LevelOutcome, toPlanForecast } from '../domain/plan/level-job.ts';
import type { RecordedHistory } from '../domain/plan/recorded-days.ts';
import { Decimal } from '../shared/decimal.ts';
import { brandId, type ItemId, type OrganizationId, type WarehouseId } from '../shared/ids.ts';
import { loadHistories } from './plan-history.ts';
import { type JobSources, toLevelJob, toStoredPlanForecast } from './plan-job.ts';
import { loadShortages } from './plan-shortage.ts';
import { rankUrgency } from './plan-urgency.ts';

/** Which levels to plan. */
export interface PlanBatchInput {
  readonly organizationId: OrganizationId;
  readonly levels: readonly DueLevel[];
  /** True = forecast and figures of the past too; false = stock, inbound or settings changed, the past did not. */
  readonly isPastDue: boolean;
  readonly at: Date;
}

/** Everything that a batch of levels is computed from, as read at one moment. */
export interface PlanBatch {
  readonly subjects: readonly PlanSubject[];
  readonly jobs: LevelJobs;
}

/** What became of a batch. */
export interface SavedPlans {
  /** Levels whose plan was written; the others had changed since they were read, and are planned again. */
  readonly saved: readonly LevelKey[];
  /** Their thresholds, not stored yet. */
  readonly thresholds: readonly PlannedThreshold[];
}

/**
 * Reads what levels are planned from: facts and, where it is due, the past.
 *
 * In the caller's transaction, which may end before anything is computed. Reads what planning rests on; writes only
 * `stock_daily`. Run twice: the same.
 */
export async function loadPlanBatch(sql: Sql, input: PlanBatchInput): Promise<PlanBatch> {
  const { organizationId, at } = input;
  const subjects = await loadPlanSubjects(sql, input.levels, at);
  if (subjects.length === 0) return { subjects, jobs: { levels: [], groups: [] } };
  const due = new Map(input.levels.map((level) => [levelKeyText(level), level.isForecastDue]));
  // Without a forecast nothing can be carried over: such a level needs its past.
  const needsPast = (subject: PlanSubject) => input.isPastDue || subject.forecastFirstOn === null;
  const past = await loadHistories(sql, organizationId, subjects.filter(needsPast), at);
  const { sources, groups } = await loadSources(sql, subjects, past, at);
  const levels = subjects.map((subject) =>
    toLevelJob(subject, sources, due.get(levelKeyText(subject)) ?? false),
  );
  return { subjects, jobs: { levels, groups } };
}

/**
 * Writes what was computed of a batch: plans and forecasts, each in one statement.
 *
 * In the caller's transaction, under the stage's lock; the caller then marks what follows, stores thresholds and judges
 * alerts, in the order of locks. A level whose plan was written by somebody else since it was read is left alone. Writes
 * `level_plan`, `level_forecast`. Run twice with the same batch: the second time writes nothing.
 *
 * @param outcomes - of the levels that may be written, at most one each
 */
export async function savePlanBatch(
  sql: Sql,
  { organizationId, at }: PlanBatchInput,
  batch: PlanBatch,
  outcomes: readonly LevelOutcome[],
): Promise<SavedPlans> {
  const subjectOf = new Map(batch.subjects.map((subject) => [levelKeyText(subject), subject]));
  const writes = outcomes.map((outcome): PlanWrite => {
    const subject = subjectOf.get(textOf(outcome))!;
    const { itemId, warehouseId, facts, plan } = outcome;
    const flags = outcome.forecast?.flags ?? subject.forecastFlags ?? [];
    return {
      ...{ itemId, warehouseId, facts, plan, planMark: subject.planMark },
      replacedForecast: replacedForecastOf(subject, outcome),
      ...rankUrgency({ facts, plan, flags, subject }),
    };
  });
  const saved = await savePlans(sql, organizationId, writes, at);
  const isSaved = new Set(saved.map(levelKeyText));
  const done = outcomes.filter((outcome) => isSaved.has(textOf(outcome)));
  const forecasts = done.flatMap((outcome) => toForecastWrite(outcome, subjectOf));
  await saveForecasts(sql, organizationId, forecasts, at);
  const thresholds = done.map((outcome) => toThreshold(outcome, subjectOf.get(textOf(outcome))!));
  return { saved, thresholds };
}

/** The forecast that this outcome takes the place of; null when it was kept, or made again without a difference. */
function replacedForecastOf(subject: PlanSubject, { forecast }: LevelOutcome): PlanForecast | null {
  if (forecast === null) return null;
  const before = toStoredPlanForecast(subject);
  return JSON.stringify(before) === JSON.stringify(toPlanForecast(forecast)) ? null : before;
}

/** Loads what the jobs of a batch share, by key, and the factors of their groups. */
export async function loadSources(
  sql: Sql,
  subjects: readonly PlanSubject[],
  past: ReadonlyMap<string, RecordedHistory>,
  at: Date,
): Promise<{ sources: JobSources; groups: GroupFactors[] }> {
  const itemIds = [...new Set(subjects.map((subject) => subject.itemId))];
  const suppliers = [...new Set(subjects.flatMap(({ supplierName }) => supplierName ?? []))];
  const shipments = Map.groupBy(await loadOpenShipments(sql, subjects), levelKeyText);
  const receipts = Map.groupBy(await loadReceiptDays(sql, itemIds, at), ({ itemId }) => itemId);
  const supplierDays = await loadSupplierDays(sql, suppliers, at);
  const shortages = await loadShortages(
    sql,
    subjects.filter((subject) => past.has(levelKeyText(subject))),
  );
  const base = { shipments, receipts, supplierDays, past, shortages };
  if (past.size === 0) {
    const nothing = { groupOf: new Map(), promotions: new Map(), overrides: new Map(), market: new Map() };
    return { sources: { ...base, ...nothing }, groups: [] };
  }
  const withPast = subjects.filter((subject) => past.has(levelKeyText(subject)));
  const wanted = withPast.flatMap(({ warehouseId, category }) => [{ warehouseId, category: category ?? '' }]);
  const unique = [...new Map(wanted.map((one) => [`${one.warehouseId}/${one.category}`, one])).values()];
  const rows = await loadGroupFactors(sql, unique);
  const groupOf = new Map(rows.map((row, index) => [`${row.warehouseId}/${row.category}`, { index, row }]));
  const categories = [...new Set(withPast.flatMap(({ category }) => category ?? []))];
  const firstDay = withPast.map((subject) => subject.lastDay).sort()[0]!;
  const promotions = Map.groupBy(await loadPromotions(sql, itemIds), ({ itemId }) => itemId);
  const overrides = Map.groupBy(await loadOverrides(sql, itemIds), levelKeyText);
  const market = Map.groupBy(await loadMarketIndex(sql, categories, firstDay), ({ category }) => category);
  const groups = rows.map((row) => JSON.parse(row.factors) as GroupFactors);
  return { sources: { ...base, groupOf, promotions, overrides, market }, groups };
}

function toForecastWrite(
  { itemId, warehouseId, forecast }: LevelOutcome,
  subjectOf: ReadonlyMap<string, PlanSubject>,
): ForecastWrite[] {
  if (forecast === null) return [];
  const subject = subjectOf.get(textOf({ itemId, warehouseId }))!;
  return [{ itemId, warehouseId, forecast, dataAsOf: subject.knownUntilAt.toISOString() }];
}

function toThreshold({ itemId, warehouseId, plan }: LevelOutcome, subject: PlanSubject): PlannedThreshold {
  return {
    itemId: brandId<ItemId>(itemId),
    warehouseId: brandId<WarehouseId>(warehouseId),
    threshold: new Decimal(plan.safetyStock),
    origin: plan.safetyStockOrigin,
    seen: {
      threshold: subject.threshold,
      origin: subject.thresholdOrigin,
      computedAt: subject.thresholdComputedAt,
    },
  };
}

function textOf({ itemId, warehouseId }: { itemId: string; warehouseId: string }): string {
  return `${itemId}/${warehouseId}`;
}
