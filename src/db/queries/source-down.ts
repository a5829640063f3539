import type { Sql } from '../connection.ts';
import type { Fragment } from './collection.ts';

/**
 * Whether alert `o` says that nothing can be believed that its source told: not read for too long, failing or cut off,
 * or its readings implausible as a mass.
 */
export function saysSourceIsDown(sql: Sql): Fragment {
  return sql`o.item_id is null and o.state in ('FIRING', 'ACKNOWLEDGED', 'SNOOZED')
    and (o.kind in ('SOURCE_STALE', 'SYNC_FAILED') or (o.kind = 'SOURCE_SUSPECT' and o.severity = 'CRITICAL'))`;
}
