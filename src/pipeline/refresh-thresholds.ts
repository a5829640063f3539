import type { Sql } from '../db/connection.ts';
import type { LevelKey } from '../db/queries/ingest-level.ts';
import { markPlanDue } from '../db/queries/plan-due.ts';
import { loadThresholdSubjects, lockThresholds, saveThresholds } from '../db/queries/threshold.ts';
import { computeLowStockThreshold } from '../domain/alert/low-stock-threshold.ts';

/**
 * Computes low-stock thresholds anew and stores those that differ, with where they come from.
 *
 * In the caller's transaction, which then evaluates the alerts of the returned levels. For new levels, changed
 * policies (mutations), changed demand and a new business day. Locks the levels in key order; reads policies, demand and plans, writes `stock_level`;
 * named levels are marked to be planned anew (`plan_due`).
 * Run twice: the second time changes nothing.
 *
 * @param levels - which levels; `all` = every level of the organization
 * @param at - business time
 * @returns the levels whose threshold or origin changed
 */
export async function refreshThresholds(
  sql: Sql,
  levels: readonly LevelKey[] | 'all',
  at: Date,
): Promise<LevelKey[]> {
  // Marked before any level is locked, as the planning stage does it.
  if (levels !== 'all') await markPlanDue(sql, levels, false, at);
  return recomputeThresholds(sql, levels, at);
}

/** As {@link refreshThresholds}, without marking anything: for the daily round, which planning goes by itself. */
export async function recomputeThresholds(
  sql: Sql,
  levels: readonly LevelKey[] | 'all',
  at: Date,
): Promise<LevelKey[]> {
  // Locked before policies are read: one that is set meanwhile must not be overwritten by what held before it.
  await lockThresholds(sql, levels);
  const subjects = await loadThresholdSubjects(sql, levels, at);
  const thresholds = subjects.map((subject) => ({
    itemId: subject.itemId,
    warehouseId: subject.warehouseId,
    ...computeLowStockThreshold(subject.inputs),
  }));
  return saveThresholds(sql, thresholds, at);
}
