import type { Sql } from '../connection.ts';

/** Where suggestions stand, each with the table of their versions. */
const tables = [
  { suggestions: 'replenishment_suggestion', versions: 'replenishment_version' },
  { suggestions: 'transfer_suggestion', versions: 'transfer_version' },
] as const;

/**
 * Removes suggestions that are over, purchases and transfers, with their versions, oldest first; and of those that still
 * stand the versions that were out of date already by then. What was known at that instant and later stays complete.
 *
 * Writes `replenishment_version`, `replenishment_suggestion`, `transfer_version`, `transfer_suggestion`. Run twice: the
 * second time removes what is left.
 *
 * @param before - business time of their last change
 * @param rowsMax - rows of each table in one go
 * @returns how many suggestions and out-of-date versions went
 */
export async function removeOldSuggestions(sql: Sql, before: Date, rowsMax: number): Promise<number> {
  let removed = 0;
  for (const names of tables) {
    const [suggestions, versions] = [sql(names.suggestions), sql(names.versions)];
    const rows = await sql<{ suggestion_id: string }[]>`
      select suggestion_id from ${suggestions}
      where state in ('DISMISSED', 'EXPIRED', 'RECORDED', 'CANCELLED') and recorded_at < ${before}
      order by recorded_at limit ${rowsMax}`;
    const ids = rows.map((row) => row.suggestion_id);
    if (ids.length > 0) {
      await sql`delete from ${versions} where suggestion_id = any (${ids}::text[]::uuid[])`;
      await sql`delete from ${suggestions} where suggestion_id = any (${ids}::text[]::uuid[])`;
    }
    const outdated = await sql`
      delete from ${versions} where (suggestion_id, recorded_at) in (
        select v.suggestion_id, v.recorded_at from ${versions} v
        where v.recorded_at < ${before} and exists (
          select from ${versions} n
          where n.suggestion_id = v.suggestion_id and n.recorded_at > v.recorded_at and n.recorded_at <= ${before})
        order by v.recorded_at limit ${rowsMax})`;
    removed += rows.length + outdated.count;
  }
  return removed;
}
