import type { Sql } from '../db/connection.ts';
import {
  type GroupFactorWrite,
  type GroupTotals,
  loadGroupTotals,
  saveGroupFactors,
} from '../db/queries/plan-group.ts';
import { dayIndexOf } from '../domain/forecast/calendar-index.ts';
import { grainOf } from '../domain/forecast/grain.ts';
import { computeGroupFactors, type GroupFactors } from '../domain/forecast/group-factors.ts';
import { spread } from '../domain/plan/recorded-days.ts';
import type { OrganizationId } from '../shared/ids.ts';
import type { CalendarDate } from '../shared/time.ts';

const grain = grainOf(7);

/**
 * Works out what the items of each warehouse and category share, once a business day: weekdays, days of the month,
 * past years. A category leans on its whole warehouse.
 *
 * In the caller's transaction. Reads `demand_daily`; writes `group_factor`. Run twice: the same rows.
 *
 * @param warehouseId - one warehouse; null = all
 */
export async function refreshGroupFactors(
  sql: Sql,
  organizationId: OrganizationId,
  at: Date,
  warehouseId: string | null = null,
): Promise<void> {
  const totals = await loadGroupTotals(sql, at, warehouseId);
  const writes: GroupFactorWrite[] = [];
  for (const [warehouseId, own] of Map.groupBy(totals, (one) => one.warehouseId)) {
    const firstDay = Math.min(...own.map((one) => dayIndexOf(one.fromDay as CalendarDate)));
    const today = dayIndexOf(own[0]!.today as CalendarDate);
    const series = own.map((one) => ({ one, units: toSeries(one, firstDay, today) }));
    const all = new Float64Array(today - firstDay);
    for (const { units } of series) for (let t = 0; t < all.length; t++) all[t]! += units[t]!;
    const parent = computeGroupFactors(all, firstDay, grain, true, null);
    for (const { one, units } of series) {
      const factors =
        series.length === 1 ? parent : computeGroupFactors(units, firstDay, grain, true, parent);
      writes.push({ warehouseId, category: one.category, plannedOn: one.today, factors: compact(factors) });
    }
  }
  await saveGroupFactors(sql, organizationId, writes, at);
}

function toSeries(totals: GroupTotals, firstDay: number, today: number): Float64Array {
  const shift = dayIndexOf(totals.fromDay as CalendarDate) - firstDay;
  const own = spread(totals.offsets, totals.units, today - firstDay - shift);
  const units = new Float64Array(today - firstDay);
  units.set(own, shift);
  return units;
}

/** Six digits are more than any factor deserves. */
function compact(factors: GroupFactors): GroupFactors {
  const short = (value: number) => Number(value.toPrecision(6));
  return {
    ...factors,
    phase: factors.phase.map(short),
    dayOfMonth: factors.dayOfMonth?.map(short) ?? null,
    yearlyLogRatios: factors.yearlyLogRatios.map(short),
    trend: factors.trend?.map(short) ?? null,
  };
}
