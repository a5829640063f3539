import type { BacktestSkip, LevelBacktest } from './policy-backtest.ts';

/** What a policy would have brought over some levels: sums, so that parts can be added. JSON-safe. */
export interface BacktestSums {
  readonly levels: number;
  readonly skipped: Readonly<Record<BacktestSkip | 'FAULT', number>>;
  readonly demandUnits: number;
  readonly lostUnits: number;
  readonly levelDays: number;
  readonly stockOutDays: number;
  readonly stockUnitDays: number;
  /** Money times days, of levels whose cost is known. */
  readonly stockValueDays: number;
  readonly costlessLevels: number;
  readonly orders: number;
  readonly orderedUnits: number;
  /** Levels whose orders all took the mean lead time; missing in older sums, where all did. */
  readonly fixedLeadLevels?: number;
  readonly censoredDays: number;
  readonly actualDays: number;
  readonly actualStockOutDays: number;
  readonly actualStockUnitDays: number;
  readonly actualStockValueDays: number;
  readonly alerts: number;
  readonly confirmedAlerts: number;
  readonly stockOuts: number;
  readonly warnedStockOuts: number;
  readonly warningDays: readonly (readonly [days: number, count: number])[];
}

/** Nothing yet. */
export const noBacktestSums: BacktestSums = {
  ...{ levels: 0, skipped: { NO_HISTORY: 0, SHORT_HISTORY: 0, FAULT: 0 } },
  ...{ demandUnits: 0, lostUnits: 0, levelDays: 0, stockOutDays: 0, stockUnitDays: 0, stockValueDays: 0 },
  ...{ costlessLevels: 0, orders: 0, orderedUnits: 0, fixedLeadLevels: 0, censoredDays: 0 },
  ...{ actualDays: 0, actualStockOutDays: 0, actualStockUnitDays: 0, actualStockValueDays: 0 },
  ...{ alerts: 0, confirmedAlerts: 0, stockOuts: 0, warnedStockOuts: 0, warningDays: [] },
};

/**
 * Adds one level's outcome.
 *
 * @param unitCost - money per unit; null = not known: it has no part in values
 * @returns new sums
 * @see {@link BacktestSums}
 * @example addBacktest(noBacktestSums, 'NO_HISTORY', null).skipped.NO_HISTORY // 1
 */
export function addBacktest(
  sums: BacktestSums,
  outcome: LevelBacktest | BacktestSkip | 'FAULT',
  unitCost: number | null,
): BacktestSums {
  if (typeof outcome === 'string') {
    return { ...sums, skipped: { ...sums.skipped, [outcome]: sums.skipped[outcome] + 1 } };
  }
  const cost = unitCost ?? 0;
  const added: BacktestSums = {
    ...outcome,
    levels: 1,
    skipped: noBacktestSums.skipped,
    levelDays: outcome.days,
    stockValueDays: outcome.stockUnitDays * cost,
    actualStockValueDays: outcome.actualStockUnitDays * cost,
    costlessLevels: unitCost === null ? 1 : 0,
  };
  return joinBacktests(sums, added);
}

/**
 * Adds two sums.
 *
 * @returns new sums; the order does not matter but for rounding
 * @see {@link BacktestSums}
 * @example joinBacktests(noBacktestSums, sums).levels // sums.levels
 */
export function joinBacktests(one: BacktestSums, other: BacktestSums): BacktestSums {
  const joined: Record<string, unknown> = {};
  for (const key of Object.keys(noBacktestSums) as (keyof BacktestSums)[]) {
    const [left, right] = [one[key], other[key]];
    if (typeof left === 'number' && typeof right === 'number') joined[key] = left + right;
  }
  const days = new Map(one.warningDays);
  for (const [day, count] of other.warningDays) days.set(day, (days.get(day) ?? 0) + count);
  const skipped = { ...one.skipped };
  for (const key of Object.keys(skipped) as (keyof typeof skipped)[]) skipped[key] += other.skipped[key];
  return {
    ...(joined as unknown as BacktestSums),
    skipped,
    warningDays: [...days].sort(([left], [right]) => left - right),
  };
}

/** Shares and means of {@link BacktestSums}; null = nothing to divide by. */
export interface BacktestFigures {
  /** Share of demand met, 0 to 1. */
  readonly fillRate: number | null;
  /** Mean over the counted days, all levels together. */
  readonly averageStockUnits: number | null;
  readonly averageStockValue: number | null;
  readonly actualAverageStockUnits: number | null;
  readonly actualAverageStockValue: number | null;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly medianLeadDays: number | null;
}

/**
 * Reads shares and means off sums.
 *
 * Means of stock are those of one level times the number of levels, so that levels with fewer counted days do not make
 * the shop look smaller than it is.
 *
 * @param sums - of any number of levels
 * @returns nulls where nothing is known, never a 0 in its place
 * @see {@link BacktestFigures}
 * @example figuresOf({ ...sums, demandUnits: 10, lostUnits: 1 }).fillRate // 0.9
 */
export function backtestFigures(sums: BacktestSums): BacktestFigures {
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : null);
  const mean = (total: number, days: number) => (days > 0 ? (total / days) * sums.levels : null);
  const hasCost = sums.costlessLevels < sums.levels;
  const met = share(sums.demandUnits - sums.lostUnits, sums.demandUnits);
  return {
    fillRate: met,
    averageStockUnits: mean(sums.stockUnitDays, sums.levelDays),
    averageStockValue: hasCost ? mean(sums.stockValueDays, sums.levelDays) : null,
    actualAverageStockUnits: mean(sums.actualStockUnitDays, sums.actualDays),
    actualAverageStockValue: hasCost ? mean(sums.actualStockValueDays, sums.actualDays) : null,
    precision: share(sums.confirmedAlerts, sums.alerts),
    recall: share(sums.warnedStockOuts, sums.stockOuts),
    medianLeadDays: medianOf(sums.warningDays),
  };
}

function medianOf(counts: readonly (readonly [number, number])[]): number | null {
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return null;
  const at = (rank: number): number => {
    let seen = 0;
    for (const [value, count] of counts) {
      seen += count;
      if (seen > rank) return value;
    }
    return counts.at(-1)![0];
  };
  return (at(Math.floor((total - 1) / 2)) + at(Math.floor(total / 2))) / 2;
}
