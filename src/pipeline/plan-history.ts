import type { Sql } from '../db/connection.ts';
import { levelKeyText } from '../db/queries/ingest-level.ts';
import {
  type HistoryWanted,
  loadNewObservations,
  loadRecordedDays,
  type RecordedDays,
  saveStockDays,
} from '../db/queries/plan-history.ts';
import { dayIndexOf } from '../domain/forecast/calendar-index.ts';
import type { YearOfDays } from '../domain/plan/history-figures.ts';
import type { LevelHistory } from '../domain/plan/level-forecast.ts';
import { type DayReading, sumStockDays } from '../domain/stock-days.ts';
import { Decimal, formatDecimal } from '../shared/decimal.ts';
import type { OrganizationId } from '../shared/ids.ts';
import type { CalendarDate } from '../shared/time.ts';

/** What is on record of a level, ready for the computation. */
export interface LoadedHistory {
  readonly history: LevelHistory;
  readonly year: YearOfDays;
}

const yearDays = 365;

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
): Promise<Map<string, LoadedHistory>> {
  await sumUpStock(sql, organizationId, levels, at);
  const rows = await loadRecordedDays(sql, levels);
  return new Map(rows.map((row) => [levelKeyText(row), toHistory(row)]));
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

function toHistory(row: RecordedDays): LoadedHistory {
  const windowFirst = dayIndexOf(row.fromDay as CalendarDate);
  const windowDays = dayIndexOf(row.lastDay as CalendarDate) - windowFirst + 1;
  const stock = carryStock(row, windowDays);
  const firstOn = row.firstDemandOn === null ? null : dayIndexOf(row.firstDemandOn as CalendarDate);
  const start = firstOn === null ? windowDays : Math.min(windowDays, Math.max(0, firstOn - windowFirst));
  const all = spread(row.demandOffsets, row.demandUnits, windowDays);
  const outShares = stock.isKnown ? stock.outShares : null;
  const censored = spread(row.demandOffsets, row.demandCensored, windowDays);
  if (outShares !== null) {
    for (let t = 0; t < windowDays; t++)
      if (censored[t] === 1 && Number.isNaN(outShares[t]!)) outShares[t] = 1;
  }
  const yearStart = Math.max(0, windowDays - yearDays);
  return {
    history: {
      firstDay: windowFirst + start,
      units: all.slice(start),
      outShares: outShares?.slice(start) ?? null,
    },
    year: {
      units: all.slice(yearStart),
      meanUnits: stock.means.slice(yearStart),
      outShares: stock.outShares.slice(yearStart),
    },
  };
}

/** Days without an observation stand at the close before; days before the first one are not known. */
function carryStock(
  row: RecordedDays,
  days: number,
): { means: Float64Array; outShares: Float64Array; isKnown: boolean } {
  const means = new Float64Array(days).fill(Number.NaN);
  const outShares = new Float64Array(days).fill(Number.NaN);
  const offsets = numbers(row.stockOffsets);
  const observedMeans = numbers(row.stockMeans);
  const closes = numbers(row.stockCloses);
  const outs = numbers(row.stockOutShares);
  let close = row.closeBefore === null ? null : Number(row.closeBefore);
  let next = 0;
  for (let t = 0; t < days; t++) {
    if (offsets[next] === t) {
      means[t] = observedMeans[next]!;
      outShares[t] = outs[next]!;
      close = closes[next]!;
      next += 1;
    } else if (close !== null) {
      means[t] = Math.max(0, close);
      outShares[t] = close <= 0 ? 1 : 0;
    }
  }
  return { means, outShares, isKnown: close !== null };
}

/** Lists of offsets and values as one array, 0 where nothing is listed. */
export function spread(offsets: string | null, values: string | null, length: number): Float64Array {
  const out = new Float64Array(length);
  const list = numbers(values);
  numbers(offsets).forEach((offset, i) => {
    if (offset >= 0 && offset < length) out[offset] = list[i]!;
  });
  return out;
}

function numbers(list: string | null): number[] {
  return list === null || list === '' ? [] : list.split(',').map(Number);
}
