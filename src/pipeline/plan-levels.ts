import type { Sql } from '../db/connection.ts';
import { type LevelKey, levelKeyText } from '../db/queries/ingest-level.ts';
import { type DueLevel, loadMarked } from '../db/queries/plan-due.ts';
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
import { saveThresholds } from '../db/queries/threshold.ts';
import type { GroupFactors } from '../domain/forecast/group-factors.ts';
import type { LevelFault, LevelJob, LevelOutcome } from '../domain/plan/level-job.ts';
import { Decimal } from '../shared/decimal.ts';
import { brandId, type ItemId, type OrganizationId, type WarehouseId } from '../shared/ids.ts';
import { type LoadedHistory, loadHistories } from './plan-history.ts';
import { type JobSources, toLevelJob } from './plan-job.ts';
import type { PlanThreads } from './plan-threads.ts';
import { rankUrgency } from './plan-urgency.ts';

/** Which levels to plan, and with what. */
export interface PlanLevelsInput {
  readonly organizationId: OrganizationId;
  readonly levels: readonly DueLevel[];
  /** True = forecast and figures of the past too; false = stock, inbound or settings changed, the past did not. */
  readonly isPastDue: boolean;
  readonly at: Date;
  readonly threads: PlanThreads;
  readonly referenceStake: string | null;
  /** First of the writes, once everything is computed: locks are held for the writing only. */
  readonly beforeWrites: (sql: Sql) => Promise<void>;
}

/** What planning did. */
export interface PlannedLevels {
  /** Levels whose threshold changed: their alerts are to be judged. */
  readonly changed: readonly LevelKey[];
  readonly plannedCount: number;
  readonly faults: readonly LevelFault[];
}

/**
 * Plans levels: loads facts and, where it is due, the past; computes on threads; writes forecasts, plans and
 * low-stock thresholds, each in one statement.
 *
 * In the caller's transaction, which then judges alerts. Reads what planning rests on; writes `stock_daily`,
 * `level_forecast`, `level_plan`, `stock_level.threshold`. Run twice with the same time: the same rows.
 */
export async function planLevels(sql: Sql, input: PlanLevelsInput): Promise<PlannedLevels> {
  const { organizationId, at } = input;
  const subjects = await loadPlanSubjects(sql, input.levels, at);
  if (subjects.length === 0) {
    await input.beforeWrites(sql);
    return { changed: [], plannedCount: 0, faults: [] };
  }
  const due = new Map(input.levels.map((level) => [levelKeyText(level), level.isForecastDue]));
  // Without a forecast nothing can be carried over: such a level needs its past.
  const needsPast = (subject: PlanSubject) => input.isPastDue || subject.forecastFirstOn === null;
  const past = await loadHistories(sql, organizationId, subjects.filter(needsPast), at);
  const { sources, groups } = await loadSources(sql, subjects, past, at);
  const jobs = subjects.map((subject) =>
    toLevelJob(subject, sources, due.get(levelKeyText(subject)) ?? false),
  );
  const outcomes = await input.threads.run({ levels: jobs satisfies LevelJob[], groups });
  const done = outcomes.filter((one): one is LevelOutcome => 'plan' in one);
  const subjectOf = new Map(subjects.map((subject) => [levelKeyText(subject), subject]));
  await input.beforeWrites(sql);
  await saveForecasts(
    sql,
    organizationId,
    done.flatMap((outcome) => toForecastWrite(outcome, subjectOf)),
    at,
  );
  const writes = done.map((outcome): PlanWrite => {
    const subject = subjectOf.get(textOf(outcome))!;
    const { itemId, warehouseId, facts, plan } = outcome;
    const flags = outcome.forecast?.flags ?? subject.forecastFlags ?? [];
    return {
      ...{ itemId, warehouseId, facts, plan },
      ...rankUrgency({ facts, plan, flags, subject, referenceStake: input.referenceStake }),
    };
  });
  await savePlans(sql, organizationId, writes, at);
  // A level that was marked meanwhile gets its threshold from whoever marked it, and the next plan.
  const marked = await loadMarked(sql, subjects);
  const steady = done.filter((outcome) => !marked.has(textOf(outcome)));
  const changed = await saveThresholds(sql, steady.map(toThreshold), at);
  const faults = outcomes.filter((one): one is LevelFault => 'fault' in one);
  return { changed, plannedCount: done.length, faults };
}

/** Loads what the jobs of a batch share, by key, and the factors of their groups. */
export async function loadSources(
  sql: Sql,
  subjects: readonly PlanSubject[],
  past: ReadonlyMap<string, LoadedHistory>,
  at: Date,
): Promise<{ sources: JobSources; groups: GroupFactors[] }> {
  const itemIds = [...new Set(subjects.map((subject) => subject.itemId))];
  const suppliers = [...new Set(subjects.flatMap(({ supplierName }) => supplierName ?? []))];
  const shipments = Map.groupBy(await loadOpenShipments(sql, subjects), levelKeyText);
  const receipts = Map.groupBy(await loadReceiptDays(sql, itemIds, at), ({ itemId }) => itemId);
  const supplierDays = await loadSupplierDays(sql, suppliers, at);
  const base = { at, shipments, receipts, supplierDays, past };
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

function toThreshold({ itemId, warehouseId, plan }: LevelOutcome) {
  return {
    itemId: brandId<ItemId>(itemId),
    warehouseId: brandId<WarehouseId>(warehouseId),
    threshold: new Decimal(plan.safetyStock),
    origin: plan.safetyStockOrigin,
  };
}

function textOf({ itemId, warehouseId }: { itemId: string; warehouseId: string }): string {
  return `${itemId}/${warehouseId}`;
}
