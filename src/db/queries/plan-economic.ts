import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import { type Collection, column } from './collection.ts';
import type { LevelKey } from './ingest-level.ts';

/** A level to replay, with the class that it stands for. */
export interface EconomicCandidate extends LevelKey {
  readonly abcClass: string;
  /** Empty = not known. */
  readonly xyzClass: string;
}

/** Whether anybody wishes service levels by what they cost. Reads `stock_policy`. */
export async function isEconomicWished(sql: Sql): Promise<boolean> {
  const rows = await sql`select from stock_policy where service_level_basis = 'ECONOMIC' limit 1`;
  return rows.length > 0;
}

/**
 * Levels to replay, at most so many of each class, drawn by a fingerprint of their key: watched ones with nine months of
 * history, demand, cost and price. Reads `level_forecast`, `item_plan`, `item`, `stock_level`.
 *
 * @param day - `YYYY-MM-DD`; the same levels on the same day
 */
export async function loadEconomicSample(
  sql: Sql,
  day: string,
  levelsMax: number,
): Promise<EconomicCandidate[]> {
  return await sql<EconomicCandidate[]>`
    select item_id as "itemId", warehouse_id as "warehouseId", abc_class as "abcClass", xyz_class as "xyzClass"
    from (
      select f.item_id, f.warehouse_id, c.abc_class, coalesce(c.xyz_class, '') as xyz_class,
             row_number() over (
               partition by c.abc_class, c.xyz_class
               order by md5(f.item_id::text || f.warehouse_id::text || ${day}::text)
             ) as position
      from level_forecast f
      join stock_level l on l.item_id = f.item_id and l.warehouse_id = f.warehouse_id and l.is_watched
      join item_plan c on c.item_id = f.item_id and c.abc_class is not null
      join item i on i.item_id = f.item_id and i.unit_cost > 0 and i.unit_price > i.unit_cost
      where f.history_days >= 266 and f.units_per_day > 0
    ) ranked
    where position <= ${levelsMax}
    order by 1, 2`;
}

/** The service level of a class that would have cost least. Outcomes as JSON text. */
export interface EconomicServiceLevelRow {
  abcClass: 'A' | 'B' | 'C';
  /** Empty = not known. */
  xyzClass: 'X' | 'Y' | 'Z' | '';
  serviceLevel: number | null;
  caseCount: number;
  outcomes: string;
  evaluatedOn: string;
  computedAt: Date;
}

/** What each class's service levels would have cost. */
export const economicServiceLevels: Collection<EconomicServiceLevelRow, 'abcClass' | 'xyzClass'> = {
  name: 'economicServiceLevels',
  columns: ({ sql }) => sql`
    e.abc_class as "abcClass", e.xyz_class as "xyzClass", e.service_level as "serviceLevel",
    e.case_count as "caseCount", e.outcomes::text as outcomes, e.evaluated_on as "evaluatedOn",
    e.computed_at as "computedAt"`,
  from: ({ sql }) => sql`economic_service_level e`,
  fields: { abcClass: column('e', 'abc_class', 'text'), xyzClass: column('e', 'xyz_class', 'text') },
  key: ['abcClass', 'xyzClass'],
};

/** What was found for a class, to be stored. */
export interface EconomicLevelWrite {
  readonly abcClass: string;
  readonly xyzClass: string;
  readonly serviceLevel: number | null;
  readonly caseCount: number;
  readonly outcomes: readonly object[];
}

/**
 * Replaces the economic service levels of the organization. Writes `economic_service_level`; run twice: the same rows.
 *
 * @returns true when any class's level changed
 */
export async function saveEconomicLevels(
  sql: Sql,
  organizationId: OrganizationId,
  writes: readonly EconomicLevelWrite[],
  { evaluatedOn, at }: { evaluatedOn: string; at: Date },
): Promise<boolean> {
  const before = await sql<{ key: string; level: number | null }[]>`
    select abc_class || xyz_class as key, service_level as level from economic_service_level`;
  await sql`delete from economic_service_level`;
  if (writes.length > 0) {
    await sql`
      insert into economic_service_level (
        organization_id, abc_class, xyz_class, service_level, case_count, outcomes, evaluated_on, computed_at,
        recorded_at)
      select ${organizationId}::uuid, g.abc, g.xyz, g.level, g.cases, g.outcomes, ${evaluatedOn}::text::date,
             ${at}::timestamptz, ${at}::timestamptz
      from json_to_recordset(${JSON.stringify(
        writes.map((one) => ({
          ...{ abc: one.abcClass, xyz: one.xyzClass, level: one.serviceLevel, cases: one.caseCount },
          outcomes: one.outcomes,
        })),
      )}::text::json) as g(abc text, xyz text, level float8, cases integer, outcomes json)`;
  }
  const levels = (rows: readonly (readonly [string, number | null])[]) =>
    JSON.stringify(rows.toSorted(([one], [other]) => (one < other ? -1 : 1)));
  return (
    levels(before.map(({ key, level }) => [key, level])) !==
    levels(writes.map((one) => [one.abcClass + one.xyzClass, one.serviceLevel]))
  );
}
