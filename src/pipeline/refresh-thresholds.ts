import type { Sql } from '../db/connection.ts';
import type { LevelKey } from '../db/queries/ingest-level.ts';
import { loadThresholdSubjects, saveThresholds } from '../db/queries/threshold.ts';
import { computeLowStockThreshold } from '../domain/alert/low-stock-threshold.ts';

/**
 * Computes low-stock thresholds anew and stores those that differ, with where they come from.
 *
 * In the caller's transaction, which then evaluates the alerts of the returned levels. For new levels, changed
 * policies (mutations), changed demand and a new business day. Reads policies and demand, writes `stock_level`.
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
  const subjects = await loadThresholdSubjects(sql, levels, at);
  const thresholds = subjects.map((subject) => ({
    itemId: subject.itemId,
    warehouseId: subject.warehouseId,
    ...computeLowStockThreshold(subject.inputs),
  }));
  return saveThresholds(sql, thresholds, at);
}
