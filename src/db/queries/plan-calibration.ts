import type { CalibrationSegment } from '../../domain/forecast/calibration.ts';
import type { ItemId, OrganizationId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import { compareLevelKeys, type LevelKey } from './ingest-level.ts';

/**
 * Levels to evaluate the calibration on: those with four months of history and demand, the same ones on the same day,
 * drawn by a fingerprint of their key so that every kind of item is among them. Reads `level_forecast`.
 */
export async function loadCalibrationSample(sql: Sql, day: string, levelsMax: number): Promise<LevelKey[]> {
  const rows = await sql<{ item_id: ItemId; warehouse_id: WarehouseId }[]>`
    select item_id, warehouse_id from level_forecast
    where history_days >= 120 and units_per_day > 0
    order by md5(item_id::text || warehouse_id::text || ${day}::text), item_id, warehouse_id
    limit ${levelsMax}`;
  return rows.map((row) => ({ itemId: row.item_id, warehouseId: row.warehouse_id })).sort(compareLevelKeys);
}

/** Replaces the calibration of the organization. Writes `forecast_calibration`; run twice: the same rows. */
export async function saveCalibration(
  sql: Sql,
  organizationId: OrganizationId,
  segments: readonly CalibrationSegment[],
  levels: readonly number[],
  { evaluatedOn, at }: { evaluatedOn: string; at: Date },
): Promise<void> {
  await sql`delete from forecast_calibration`;
  if (segments.length === 0) return;
  const rows = segments.map((segment) => ({
    interval_days: segment.periods,
    from_units: segment.fromUnits,
    to_units: segment.toUnits,
    case_count: segment.cases,
    coverage: segment.coverage.map((share) => Number(share.toFixed(6))),
  }));
  await sql`
    insert into forecast_calibration (
      organization_id, interval_days, from_units, to_units, case_count, levels, coverage, evaluated_on, computed_at,
      recorded_at)
    select ${organizationId}::uuid, g.interval_days, g.from_units, g.to_units, g.case_count,
           array(select e.value::float8 from json_array_elements_text(${JSON.stringify(levels)}::text::json) e),
           array(select e.value::float8 from json_array_elements_text(g.coverage) e), ${evaluatedOn}::text::date,
           ${at}::timestamptz, ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}::text::json) as g(
      interval_days integer, from_units float8, to_units float8, case_count integer, coverage json)`;
}
