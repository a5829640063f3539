import type { Sql } from '../db/connection.ts';
import { levelKeyText } from '../db/queries/ingest-level.ts';
import type { HistoryWanted } from '../db/queries/plan-history.ts';
import { loadClosedOrderLines } from '../db/queries/plan-shortage.ts';
import { classifyCloseReason, sumShortageCancellations } from '../domain/kpi/availability.ts';
import type { StoredShortage } from '../domain/plan/level-facts.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';

/** Days that a shortage figure looks back. */
const windowDays = 90;

/** The figure of a level without any. */
export const noShortage: StoredShortage = { lines: 0, units: '0', value: '0' };

/**
 * Adds up what customers ordered in the last 90 days and did not get because goods were missing. Reads orders; in the
 * caller's transaction.
 *
 * @returns by `levelKeyText`; levels without any are missing
 */
export async function loadShortages(
  sql: Sql,
  levels: readonly HistoryWanted[],
): Promise<Map<string, StoredShortage>> {
  const lines = await loadClosedOrderLines(sql, levels, windowDays);
  const byLevel = Map.groupBy(lines, levelKeyText);
  return new Map(
    [...byLevel].map(([key, own]) => {
      const sum = sumShortageCancellations(
        own.map(({ closeReason, units, amount }) => ({
          closedFor: classifyCloseReason(closeReason),
          units: new Decimal(units),
          amount: new Decimal(amount),
        })),
      );
      const { lineCount: lines, units, amount } = sum;
      return [key, { lines, units: formatDecimal(units), value: formatDecimal(amount) }];
    }),
  );
}
