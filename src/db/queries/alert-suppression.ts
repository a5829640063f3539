import { shortageKinds } from '../../domain/alert/inhibition.ts';
import type { Expression, QueryScope } from './collection.ts';
import { saysSourceIsDown } from './source-down.ts';

/**
 * Alerts that speak for alert `a`: of the same level those that say more surely that it runs out, and an alert about
 * the source for everything that hangs on it. Only those that fire speak.
 */
const speakers: Expression = ({ sql }) => sql`
  select o.alert_id, false as is_source, array_position(${[...shortageKinds]}::text[], o.kind) as rank
  from stock_alert o
  where a.state <> 'RESOLVED' and a.item_id is not null and o.state in ('FIRING', 'ACKNOWLEDGED', 'SNOOZED')
    and o.item_id = a.item_id and o.warehouse_id = a.warehouse_id
    and array_position(${[...shortageKinds]}::text[], o.kind) < array_position(${[...shortageKinds]}::text[], a.kind)
  union all
  select o.alert_id, true, 0
  from stock_level l
  join stock_alert o on o.shop_id = l.shop_id and o.item_id is null
  where a.state <> 'RESOLVED' and l.item_id = a.item_id and l.warehouse_id = a.warehouse_id
    and ${saysSourceIsDown(sql)}`;

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
      select s.alert_id from (${speakers(scope)}) s order by s.is_source desc, s.rank limit 1
    ) as speaker
    from stock_alert a where a.alert_id = any (${[...alertIds]}::text[]::uuid[])`;
  const found = new Map(rows.map((row) => [row.alert_id, row.speaker]));
  return alertIds.map((alertId) => found.get(alertId) ?? null);
}

/**
 * For how many open alerts about stock each of some alerts about a source speaks, in their order. Reads `stock_alert`,
 * `stock_level`.
 */
export async function loadSuppressedCounts(
  scope: QueryScope,
  alertIds: readonly string[],
): Promise<number[]> {
  const rows = await scope.sql<{ alert_id: string; count: number }[]>`
    select s.alert_id, count(*)::int as count
    from stock_alert a cross join lateral (${speakers(scope)}) s
    where a.state <> 'RESOLVED' and s.is_source and s.alert_id = any (${[...alertIds]}::text[]::uuid[])
    group by s.alert_id`;
  const found = new Map(rows.map((row) => [row.alert_id, row.count]));
  return alertIds.map((alertId) => found.get(alertId) ?? 0);
}
