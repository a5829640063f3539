import { calendarDateOf } from '../../domain/forecast/calendar-index.ts';
import type { LevelFacts, PlanForecast } from '../../domain/plan/level-facts.ts';
import type { LevelForecast } from '../../domain/plan/level-forecast.ts';
import type { LevelPlan } from '../../domain/plan/level-plan.ts';
import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { LevelKey } from './ingest-level.ts';

/** A forecast to be stored. */
export interface ForecastWrite {
  readonly itemId: string;
  readonly warehouseId: string;
  readonly forecast: LevelForecast;
  /** The instant up to which all demand went in. */
  readonly dataAsOf: string;
}

/** A plan to be stored, with where it stands in the list of what to do. */
export interface PlanWrite {
  readonly itemId: string;
  readonly warehouseId: string;
  readonly facts: LevelFacts;
  readonly plan: LevelPlan;
  /** Which plan it takes the place of, as it was read; null = there was none. */
  readonly planMark: string | null;
  /** The forecast that the plan before rested on, when another takes its place now; null = it stays. */
  readonly replacedForecast: PlanForecast | null;
  readonly urgencyTier: string | null;
  readonly urgencyBetterCount: number;
  readonly urgencyStake: string | null;
  readonly urgencyScore: string | null;
}

/**
 * Writes forecasts, replacing older ones. Writes `level_forecast` in one statement, in key order. Run twice: the same
 * rows.
 *
 * @param at - business time of the computation
 */
export async function saveForecasts(
  sql: Sql,
  organizationId: OrganizationId,
  writes: readonly ForecastWrite[],
  at: Date,
): Promise<void> {
  if (writes.length === 0) return;
  const rows = writes.map(({ itemId, warehouseId, forecast, dataAsOf }) => ({
    ...{ item_id: itemId, warehouse_id: warehouseId, data_as_of: dataAsOf },
    first_day: forecast.firstDay,
    history_days: forecast.historyDays,
    method: forecast.method,
    flags: forecast.flags,
    stored: forecast.stored,
    units_per_day: forecast.unitsPerDay,
    sigma: forecast.sigmaUnitsPerDay,
    dispersion: forecast.stored?.dispersion ?? null,
    effects: forecast.effects,
    interval_days: forecast.accuracy?.intervalPeriods ?? null,
    origins: forecast.accuracy?.origins ?? null,
    rmsse: forecast.accuracy?.rmsse ?? null,
    wape: forecast.accuracy?.intervalWape ?? null,
    bias: forecast.accuracy?.bias ?? null,
    rmse: forecast.accuracy?.rmseInterval ?? null,
    rmse_average: forecast.accuracy?.rmseIntervalMovingAverage ?? null,
    demand_class: forecast.demandClass,
    xyz_class: forecast.xyzClass,
    sold_90: forecast.unitsSold90,
    sold_365: forecast.unitsSold365,
    since_sale: forecast.daysSinceSale,
  }));
  await sql`
    insert into level_forecast as f (
      organization_id, item_id, warehouse_id, first_on, history_days, method, flags, stored, units_per_day,
      sigma_units_per_day, dispersion, effects, accuracy_interval_days, accuracy_origins, rmsse, interval_wape, bias,
      rmse_interval, rmse_interval_moving_average, demand_class, xyz_class, units_sold_90, units_sold_365,
      days_since_sale, computed_at, data_as_of, recorded_at)
    select ${organizationId}::uuid, g.item_id, g.warehouse_id, date '1970-01-01' + g.first_day, g.history_days, g.method,
      coalesce(array(select json_array_elements_text(g.flags)), '{}'), nullif(g.stored::text, 'null')::json,
      g.units_per_day, g.sigma, g.dispersion, g.effects, g.interval_days, g.origins, g.rmsse, g.wape, g.bias, g.rmse,
      g.rmse_average, g.demand_class, g.xyz_class, g.sold_90, g.sold_365, g.since_sale, ${at}::timestamptz,
      g.data_as_of, ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as g(
      item_id uuid, warehouse_id uuid, data_as_of timestamptz, first_day integer, history_days integer, method text,
      flags json, stored json, units_per_day numeric, sigma numeric, dispersion float8, effects json,
      interval_days integer, origins integer, rmsse float8, wape float8, bias float8, rmse float8, rmse_average float8,
      demand_class text, xyz_class text, sold_90 numeric, sold_365 numeric, since_sale integer)
    order by g.item_id, g.warehouse_id
    on conflict (organization_id, item_id, warehouse_id) do update
    set first_on = excluded.first_on, history_days = excluded.history_days, method = excluded.method,
        flags = excluded.flags, stored = excluded.stored, units_per_day = excluded.units_per_day,
        sigma_units_per_day = excluded.sigma_units_per_day, dispersion = excluded.dispersion,
        effects = excluded.effects, accuracy_interval_days = excluded.accuracy_interval_days,
        accuracy_origins = excluded.accuracy_origins, rmsse = excluded.rmsse, interval_wape = excluded.interval_wape,
        bias = excluded.bias, rmse_interval = excluded.rmse_interval,
        rmse_interval_moving_average = excluded.rmse_interval_moving_average, demand_class = excluded.demand_class,
        xyz_class = excluded.xyz_class, units_sold_90 = excluded.units_sold_90,
        units_sold_365 = excluded.units_sold_365, days_since_sale = excluded.days_since_sale,
        computed_at = excluded.computed_at, data_as_of = excluded.data_as_of, recorded_at = excluded.recorded_at`;
}

/**
 * Columns of `level_plan` that are written, with their types and where each comes from; the statement is made from it
 * so that no two lists can fall out of step.
 */
const planColumns: readonly (readonly [string, string, (write: PlanWrite) => unknown])[] = [
  ['item_id', 'uuid', (w) => w.itemId],
  ['warehouse_id', 'uuid', (w) => w.warehouseId],
  ['planned_on', 'date', (w) => dayText(w.facts.plannedDay)],
  ['unavailable_reason', 'text', (w) => w.plan.unavailableReason],
  ['inputs', 'json', (w) => w.facts],
  ['units_per_day', 'numeric', (w) => w.plan.unitsPerDay],
  ['lead_time_days', 'numeric', (w) => w.facts.leadTime.meanDays],
  ['lead_time_sd_days', 'numeric', (w) => w.facts.leadTime.sdDays],
  ['lead_time_origin', 'text', (w) => w.facts.leadTime.origin],
  ['review_period_days', 'numeric', (w) => w.facts.reviewDays],
  ['protection_days', 'integer', (w) => w.plan.protectionDays],
  ['service_level', 'float8', (w) => w.facts.serviceLevel.level],
  ['service_level_origin', 'text', (w) => w.facts.serviceLevel.origin],
  ['safety_stock', 'numeric', (w) => w.plan.safetyStock],
  ['safety_stock_method', 'text', (w) => w.facts.safetyStockMethod ?? 'QUANTILE'],
  ['safety_stock_origin', 'text', (w) => w.plan.safetyStockOrigin],
  ['classic_z', 'float8', (w) => w.plan.classicZ],
  ['classic_safety_stock', 'numeric', (w) => w.plan.classicSafetyStock],
  ['reorder_point', 'numeric', (w) => w.plan.reorderPoint],
  ['target_level', 'numeric', (w) => w.plan.targetLevel],
  ['position_due', 'numeric', (w) => w.plan.positionDue],
  ['inbound_overdue', 'numeric', (w) => w.plan.inboundOverdue],
  ['next_receipt_on', 'date', (w) => dayText(w.plan.nextReceiptDay)],
  ['stock_out_probability', 'float8', (w) => w.plan.stockOutProbability],
  ['probability_before_receipt', 'float8', (w) => w.plan.probabilityBeforeReceipt],
  ['days_to_stock_out_p10', 'integer', (w) => w.plan.daysToStockOut?.p10 ?? null],
  ['days_to_stock_out_p50', 'integer', (w) => w.plan.daysToStockOut?.p50 ?? null],
  ['days_to_stock_out_p90', 'integer', (w) => w.plan.daysToStockOut?.p90 ?? null],
  ['expected_lost_units', 'numeric', (w) => w.plan.expectedLostUnits],
  ['order_by_on', 'date', (w) => dayText(w.plan.orderByDay)],
  ['days_of_stock', 'numeric', (w) => w.plan.daysOfStock.value],
  ['turnover_90', 'numeric', (w) => w.facts.history.turnover90.value],
  ['turnover_365', 'numeric', (w) => w.facts.history.turnover365.value],
  ['sell_through_90', 'numeric', (w) => w.facts.history.sellThrough90.value],
  ['in_stock_rate_90', 'float8', (w) => w.facts.history.inStockRate90.value],
  ['stock_out_days_90', 'integer', (w) => w.facts.history.stockOutDays90],
  ['stock_value', 'numeric', (w) => w.plan.stockValue.value],
  ['excess_units', 'numeric', (w) => w.plan.excessUnits],
  ['excess_value', 'numeric', (w) => w.plan.excessValue],
  ['is_dead', 'boolean', (w) => w.plan.idleness === 'DEAD'],
  ['lost_sales_units_90', 'numeric', (w) => w.facts.history.lostUnits90.value],
  ['shortage_lines_90', 'integer', (w) => w.facts.history.shortage90?.lines ?? 0],
  ['shortage_units_90', 'numeric', (w) => w.facts.history.shortage90?.units ?? '0'],
  ['shortage_value_90', 'numeric', (w) => w.facts.history.shortage90?.value ?? '0'],
  ['health_score', 'numeric', (w) => w.plan.health?.score ?? null],
  ['health', 'json', (w) => w.plan.health],
  ['health_weight', 'numeric', (w) => w.plan.healthWeight],
  ['urgency_tier', 'text', (w) => w.urgencyTier],
  ['urgency_better_count', 'integer', (w) => w.urgencyBetterCount],
  ['urgency_score', 'numeric', (w) => w.urgencyScore],
  ['urgency_stake', 'numeric', (w) => w.urgencyStake],
  ['data_as_of', 'timestamptz', (w) => w.facts.dataAsOf],
];

/** What explanations compare with: the last plan of the business day before; on a level's first day, its first one. */
const isNewDay = 'p.planned_on < excluded.planned_on';
const previousColumns = `
  previous_inputs = case when ${isNewDay} then p.inputs else coalesce(p.previous_inputs, p.inputs) end,
  previous_computed_at = case when ${isNewDay} or p.previous_inputs is null then p.computed_at
    else p.previous_computed_at end,
  previous_forecast = case when ${isNewDay} then excluded.previous_forecast
    else coalesce(p.previous_forecast, excluded.previous_forecast) end`;

/**
 * Writes plans in the place of those that they were made beside: a plan that somebody else wrote since is left alone.
 *
 * Under the stage's lock, which keeps other writers away from the comparison. Writes `level_plan` in one statement, in
 * key order. Run twice: the second time writes nothing.
 *
 * @param at - business time of the computation
 * @returns the levels that were written
 */
export async function savePlans(
  sql: Sql,
  organizationId: OrganizationId,
  writes: readonly PlanWrite[],
  at: Date,
): Promise<LevelKey[]> {
  if (writes.length === 0) return [];
  const rows = writes.map((write) => ({
    ...Object.fromEntries(planColumns.map(([name, , pick]) => [name, pick(write)])),
    previous_forecast: write.replacedForecast,
    plan_mark: write.planMark,
  }));
  const names = planColumns.map(([name]) => name);
  const list = (pick: (name: string) => string) => sql.unsafe(names.map(pick).join(', '));
  const typed = sql.unsafe(planColumns.map(([name, type]) => `${name} ${type}`).join(', '));
  // A JSON null is no value of its own.
  const orNull = (name: string) => `nullif(g.${name}::text, 'null')::json`;
  const picked = list((name) => (name === 'health' ? orNull(name) : `g.${name}`));
  return await sql<LevelKey[]>`
    insert into level_plan as p (
      organization_id, ${list((name) => name)}, previous_forecast, computed_at, recorded_at)
    select ${organizationId}::uuid, ${picked}, ${sql.unsafe(orNull('previous_forecast'))}, ${at}::timestamptz,
           ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as g(${typed}, previous_forecast json, plan_mark text)
    left join level_plan old on old.item_id = g.item_id and old.warehouse_id = g.warehouse_id
    where old.xmin::text is not distinct from g.plan_mark
    order by g.item_id, g.warehouse_id
    on conflict (organization_id, item_id, warehouse_id) do update
    set ${sql.unsafe(previousColumns)}, ${list((name) => `${name} = excluded.${name}`)},
        computed_at = excluded.computed_at, recorded_at = excluded.recorded_at
    returning p.item_id as "itemId", p.warehouse_id as "warehouseId"`;
}

function dayText(dayIndex: number | null): string | null {
  return dayIndex === null ? null : calendarDateOf(dayIndex);
}
