import type { Sql } from '../db/connection.ts';
import { appendEvents } from '../db/queries/event-append.ts';
import { lockStage } from '../db/queries/lease.ts';
import {
  type DueLevel,
  loadChangedLevels,
  loadPlanDue,
  loadPlanProgress,
  markAllPlanDue,
  type PlanProgress,
  removePlanDue,
  savePlanProgress,
} from '../db/queries/plan-due.ts';
import {
  loadItemValues,
  loadReferenceStake,
  summarizeItems,
  summarizeScopes,
} from '../db/queries/plan-summary.ts';
import { withOrganization } from '../db/tenant.ts';
import { classifyAbc } from '../domain/kpi/item-class.ts';
import { Decimal } from '../shared/decimal.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { calendarDateIn, minuteMs } from '../shared/time.ts';
import { evaluateAlerts } from './evaluate-alerts.ts';
import { evaluatePlanAlerts } from './evaluate-plan-alerts.ts';
import { refreshGroupFactors } from './plan-groups.ts';
import { type PlanLevelsInput, planLevels } from './plan-levels.ts';
import type { PlanThreads } from './plan-threads.ts';
import type { PipelinePorts } from './ports.ts';

/** The zone whose midnight starts the daily round; each warehouse's own days still count in its own zone. */
export const dailyZone = 'Asia/Shanghai';
/** Levels planned in one transaction: about a second with their two years of history, and quicker without. */
const dueAtOnceMax = 400;
const changedAtOnceMax = 1_000;
const deadlineMs = 2 * minuteMs;

/** What one step of planning found to do. */
export interface PlanStep {
  readonly plannedCount: number;
  /** True when more is waiting. */
  readonly hasMore: boolean;
  /** True when alerts changed, so that readers of the event log are to be told. */
  readonly isAnnounced: boolean;
}

const nothing: PlanStep = { plannedCount: 0, hasMore: false, isAnnounced: false };

/**
 * Begins the daily round when a new business day has come: works out the groups' factors and marks every level.
 *
 * One worker at a time per organization. Reads demand and levels; writes `group_factor`, `plan_due`,
 * `plan_progress`. Run twice on one day: the second time does nothing.
 */
export async function beginPlanDay(ports: PipelinePorts, organizationId: OrganizationId): Promise<void> {
  const at = ports.clock.now();
  const today = calendarDateIn(at, dailyZone);
  await inStage(ports, organizationId, undefined, async (sql) => {
    const progress = await loadPlanProgress(sql);
    if (progress.dailyOn === today) return;
    await refreshGroupFactors(sql, organizationId, at);
    await markAllPlanDue(sql, at);
    await savePlanProgress(sql, organizationId, { ...progress, dailyOn: today }, at);
  });
}

/**
 * Plans some of the marked levels: forecasts where demand is new, policy values, risk, figures, health, thresholds,
 * and lets alerts follow, all in one transaction.
 *
 * One worker at a time per organization. Reads and writes as `planLevels`; takes from `plan_due`. Run twice: the
 * second time finds nothing marked.
 */
export async function planDueLevels(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  threads: PlanThreads,
): Promise<PlanStep> {
  const at = ports.clock.now();
  const step = await inStage(ports, organizationId, nothing, async (sql) => {
    const levels = await loadPlanDue(sql, dueAtOnceMax);
    if (levels.length === 0) return nothing;
    const { referenceStake } = await loadPlanProgress(sql);
    // Whoever marks a level meanwhile must not wait for the computing, so the marks are taken away after it.
    const beforeWrites = (writing: Sql) => removePlanDue(writing, levels);
    const input = { organizationId, levels, isPastDue: true, at, threads, referenceStake, beforeWrites };
    const isAnnounced = await planAndAnnounce(ports, sql, input);
    return { plannedCount: levels.length, hasMore: levels.length === dueAtOnceMax, isAnnounced };
  });
  if (step.isAnnounced) ports.wake(organizationId);
  return step;
}

/**
 * Plans the levels whose stock or inbound changed since the last time, from their stored forecast: the cheap path.
 * The event log tells which; the place in it is kept in the same transaction.
 *
 * One worker at a time per organization. Reads `event_log` and as `planLevels`; writes `level_plan`, thresholds,
 * `plan_progress`. Run twice: the second time finds no newer event.
 */
export async function planChangedLevels(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  threads: PlanThreads,
): Promise<PlanStep> {
  const at = ports.clock.now();
  const step = await inStage(ports, organizationId, nothing, async (sql) => {
    const progress = await loadPlanProgress(sql);
    const { levels: keys, last } = await loadChangedLevels(sql, progress.eventNumber, changedAtOnceMax);
    if (last === progress.eventNumber) return nothing;
    const levels: DueLevel[] = keys.map((key) => ({ ...key, isForecastDue: false }));
    const { referenceStake } = progress;
    const beforeWrites = (writing: Sql) =>
      savePlanProgress(writing, organizationId, { ...progress, eventNumber: last }, at);
    const input = { organizationId, levels, isPastDue: false, at, threads, referenceStake, beforeWrites };
    const isAnnounced = await planAndAnnounce(ports, sql, input);
    return { plannedCount: levels.length, hasMore: true, isAnnounced };
  });
  if (step.isAnnounced) ports.wake(organizationId);
  return step;
}

/**
 * Sums plans up: value classes, items, warehouses, categories, the organization, and the measure of urgency scores.
 *
 * One worker at a time per organization. Reads `level_plan`, `level_forecast`; writes `item_plan`, `plan_summary`,
 * `plan_progress`. Run twice: the same rows.
 */
export async function summarizePlans(ports: PipelinePorts, organizationId: OrganizationId): Promise<void> {
  const at = ports.clock.now();
  await inStage(ports, organizationId, undefined, async (sql) => {
    const values = await loadItemValues(sql);
    const classes = classifyAbc(
      values.map(({ itemId, value }) => ({ id: itemId, value: new Decimal(value) })),
    );
    const ranked = values.map((one) => ({ ...one, abcClass: classes.get(one.itemId) ?? null }));
    await summarizeItems(sql, organizationId, ranked, at);
    await summarizeScopes(sql, organizationId, at);
    const progress: PlanProgress = await loadPlanProgress(sql);
    const referenceStake = await loadReferenceStake(sql);
    await savePlanProgress(sql, organizationId, { ...progress, referenceStake, summarizedAt: at }, at);
  });
}

async function planAndAnnounce(ports: PipelinePorts, sql: Sql, input: PlanLevelsInput): Promise<boolean> {
  const { organizationId, at } = input;
  const { changed, faults } = await planLevels(sql, input);
  for (const { itemId, warehouseId, fault } of faults.slice(0, 10)) {
    ports.log.warn({ organizationId, itemId, warehouseId, fault }, 'a level could not be planned');
  }
  const events = [
    ...(await evaluateAlerts(sql, { organizationId, levels: changed, at })),
    ...(await evaluatePlanAlerts(sql, organizationId, input.levels, at)),
  ];
  return (await appendEvents(sql, organizationId, events, at)) !== null;
}

/** Runs a step in one transaction while no other worker plans for this organization; `otherwise` when one does. */
export async function inStage<T>(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  otherwise: T,
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  return withOrganization(
    ports.db,
    'worker',
    organizationId,
    async (sql) => ((await lockStage(sql, organizationId, 'plan')) ? work(sql) : otherwise),
    { isIdempotent: true, deadlineMs },
  );
}
