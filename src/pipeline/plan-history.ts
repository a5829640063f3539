import type { Sql } from '../db/connection.ts';
import { levelKeyText } from '../db/queries/ingest-level.ts';
import {
  type HistoryWanted,
  loadNewObservations,
  loadRecordedDays,
  saveStockDays,
} from '../db/queries/plan-history.ts';
import { type RecordedHistory, toRecordedHistory } from '../domain/plan/recorded-days.ts';
import { type DayReading, sumStockDays } from '../domain/stock-days.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import type { OrganizationId } from '../shared/ids.ts';

/**
 * Sums up the whole days of stock that were not summed up yet, and loads the days of levels: demand from the first
 * record on, a day without one as 0; stock carried forward from its last observation.
 *
 * In the caller's transaction. Reads `stock_snapshot`, `stock_daily`, `demand_daily`; writes `stock_daily`. Run
 * twice: the second time nothing is left to sum up.
 *
 * @returns by `levelKeyText`
 */
export async function loadHistories(
  sql: Sql,
  organizationId: OrganizationId,
  levels: readonly HistoryWanted[],
  at: Date,
): Promise<Map<string, RecordedHistory>> {
  await sumUpStock(sql, organizationId, levels, at);
  const rows = await loadRecordedDays(sql, levels);
  return new Map(rows.map((row) => [levelKeyText(row), toRecordedHistory(row)]));
}

async function sumUpStock(
  sql: Sql,
  organizationId: OrganizationId,
  levels: readonly HistoryWanted[],
  at: Date,
): Promise<void> {
  const { observations, states } = await loadNewObservations(sql, levels);
  const closes = new Map(states.map((state) => [levelKeyText(state), state.close]));
  const byLevel = Map.groupBy(observations, levelKeyText);
  const writes = [...byLevel].flatMap(([key, own]) => {
    const close = closes.get(key) ?? null;
    const readings: DayReading[] = own.map((one) => ({ ...one, available: new Decimal(one.available) }));
    const { itemId, warehouseId } = own[0]!;
    return sumStockDays(close === null ? null : new Decimal(close), readings).map((sum) => ({
      ...{ itemId, warehouseId, day: sum.day, outShare: sum.outShare },
      meanUnits: formatDecimal(sum.meanUnits),
      close: formatDecimal(sum.close),
    }));
  });
  await saveStockDays(sql, organizationId, writes, at);
}
