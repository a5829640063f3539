import { createHash, randomUUID } from 'node:crypto';
import type { Sql } from '../connection.ts';
import type { WriteContext } from './ingest-place.ts';

/** A row that cannot be used. */
export interface QuarantineWrite {
  readonly stream: string;
  /** Null = the key could not be read: the row itself stands for it. */
  readonly rowKey: string | null;
  readonly reason: string;
  readonly raw: string;
}

/**
 * Puts rows aside with their reason. The same row with the same reason only counts up. Writes `quarantined_row`.
 */
export async function saveQuarantine(
  sql: Sql,
  context: WriteContext,
  rows: readonly QuarantineWrite[],
): Promise<void> {
  const unique = new Map<string, QuarantineWrite & { rowKey: string }>();
  for (const row of rows) {
    const rowKey = row.rowKey ?? `sha256:${createHash('sha256').update(row.raw).digest('hex').slice(0, 32)}`;
    unique.set(JSON.stringify([row.stream, rowKey, row.reason]), { ...row, rowKey });
  }
  const given = [...unique.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  if (given.length === 0) return;
  await sql`
    insert into quarantined_row as q (
      organization_id, quarantined_row_id, shop_id, stream, row_key, reason, raw, observed_at, recorded_at)
    select ${context.organizationId}, g.id, ${context.shopId}, g.stream, g.row_key, g.reason, g.raw,
           ${context.observedAt}, ${context.recordedAt}
    from unnest(${given.map(() => randomUUID())}::text[]::uuid[], ${given.map((row) => row.stream)}::text[],
                ${given.map((row) => row.rowKey)}::text[], ${given.map((row) => row.reason)}::text[],
                ${given.map((row) => row.raw)}::text[]) as g(id, stream, row_key, reason, raw)
    on conflict (organization_id, shop_id, stream, row_key, reason) do update
    set times_seen = q.times_seen + 1, raw = excluded.raw, observed_at = excluded.observed_at,
        recorded_at = excluded.recorded_at`;
}
