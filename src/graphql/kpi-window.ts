import { readRecordedDays } from '../db/queries/plan-history.ts';
import { calendarDateOf } from '../domain/forecast/calendar-index.ts';
import { countWindow } from '../domain/plan/history-figures.ts';
import type { LevelValue } from '../domain/plan/level-explanation.ts';
import { type LevelFacts, storedWindow, type WindowFigures } from '../domain/plan/level-facts.ts';
import { toRecordedHistory } from '../domain/plan/recorded-days.ts';
import { brandId, type ItemId, type WarehouseId } from '../shared/ids.ts';
import type { GraphqlContext } from './context.ts';
import type { OpenedPlan } from './level-plan.ts';
import { loaderOf } from './loader.ts';

/** Days of a window that every plan keeps, and that is meant unless another is asked for. */
export const usualWindow = 90;

interface WindowKey {
  readonly itemId: string;
  readonly warehouseId: string;
  /** `YYYY-MM-DD`. */
  readonly lastDay: string;
}

/**
 * What was counted over the last so many days of a level, up to the day that its plan counted to: as the plan keeps it
 * where it does, else from the stored days, for all levels of a page in one statement.
 *
 * @param days - 1 to 365
 */
export async function loadWindow(
  context: GraphqlContext,
  { row, facts }: OpenedPlan,
  days: number,
): Promise<WindowFigures> {
  const { history, plannedDay } = facts;
  if (isKept(facts, days)) return storedWindow(history, usualWindow);
  const windows = loaderOf<WindowKey, WindowFigures>(context, `windows of ${days} days`, async (keys) => {
    const levels = keys.map(({ itemId, warehouseId, lastDay }) => ({
      ...{ itemId: brandId<ItemId>(itemId), warehouseId: brandId<WarehouseId>(warehouseId), lastDay },
    }));
    const rows = await context.load(readRecordedDays(levels, days));
    return rows.map((recorded) => countWindow(toRecordedHistory(recorded).year, days));
  });
  const { itemId, warehouseId } = row;
  return windows.load({ itemId, warehouseId, lastDay: calendarDateOf(history.throughDay ?? plannedDay - 1) });
}

/** Older plans keep no days in stock. */
function isKept({ history }: LevelFacts, days: number): boolean {
  return days === usualWindow && history.judgedDays90 !== undefined;
}

/**
 * What a value of the past is explained by; null where it is none of the past, or where the plan keeps what was counted:
 * then it also keeps what it was before.
 *
 * @param days - null = the usual window
 */
export async function loadExplainedWindow(
  context: GraphqlContext,
  plan: OpenedPlan,
  value: LevelValue,
  days: number | null,
): Promise<WindowFigures | null> {
  if (value !== 'TURNOVER' && value !== 'SELL_THROUGH' && value !== 'IN_STOCK_RATE') return null;
  const wanted = days ?? usualWindow;
  if (isKept(plan.facts, wanted) || (wanted === 365 && value === 'TURNOVER')) return null;
  return loadWindow(context, plan, wanted);
}
