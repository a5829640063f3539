import type { Expression, QueryScope } from './collection.ts';

/**
 * Alerts that speak for alert `a`, worst first: OUT_OF_STOCK for LOW_STOCK and APPROACHING of the same level, LOW_STOCK
 * for APPROACHING, and an alert about the source for everything that hangs on it. Only those that fire speak.
 */
const speakers: Expression = ({ sql }) => sql`
  select o.alert_id, o.item_id is null as is_source, o.severity
  from stock_alert o
  where a.state <> 'RESOLVED' and a.item_id is not null and o.state in ('FIRING', 'ACKNOWLEDGED', 'SNOOZED')
    and o.item_id = a.item_id and o.warehouse_id = a.warehouse_id
    and ((o.kind = 'OUT_OF_STOCK' and a.kind in ('LOW_STOCK', 'APPROACHING'))
      or (o.kind = 'LOW_STOCK' and a.kind = 'APPROACHING'))
  union all
  select o.alert_id, true, o.severity
  from stock_level l
  join stock_alert o on o.shop_id = l.shop_id and o.item_id is null
  where a.state <> 'RESOLVED' and l.item_id = a.item_id and l.warehouse_id = a.warehouse_id
    and o.state in ('FIRING', 'ACKNOWLEDGED', 'SNOOZED')
    and (o.kind in ('SOURCE_STALE', 'SYNC_FAILED') or (o.kind = 'SOURCE_SUSPECT' and o.severity = 'CRITICAL'))`;

/** Whether another alert speaks for alert `a` now. */
export const isSuppressed: Expression = (scope) => scope.sql`exists (${speakers(scope)})`;

/**
 * Which alert speaks for each of some alerts, in their order; null = none. Reads `stock_alert`, `stock_level`.
 */
export async function loadSpeakers(
  scope: QueryScope,
  alertIds: readonly string[],
): Promise<(string | null)[]> {
  const rows = await scope.sql<{ alert_id: string; speaker: string | null }[]>`
    select a.alert_id, (
      select s.alert_id from (${speakers(scope)}) s order by s.is_source desc, s.severity limit 1
    ) as speaker
    from stock_alert a where a.alert_id = any (${[...alertIds]}::text[]::uuid[])`;
  const found = new Map(rows.map((row) => [row.alert_id, row.speaker]));
  return alertIds.map((alertId) => found.get(alertId) ?? null);
}
