import { shortageKinds } from '../../domain/alert/inhibition.ts';
import type { Expression, QueryScope } from './collection.ts';
import { saysSourceIsDown } from './source-down.ts';

/** Alerts of the same level that say more surely than alert `a` that it runs out. Only those that fire speak. */
const levelSpeakers: Expression = ({ sql }) => sql`
  select o.alert_id, false as is_source, array_position(${[...shortageKinds]}::text[], o.kind) as rank
  from stock_alert o
  where o.item_id = a.item_id and o.warehouse_id = a.warehouse_id and o.state in ('FIRING', 'ACKNOWLEDGED', 'SNOOZED')
    and array_position(${[...shortageKinds]}::text[], o.kind) < array_position(${[...shortageKinds]}::text[], a.kind)`;

/** Alerts about the source that alert `a` hangs on, which speak for everything there. */
const sourceSpeakers: Expression = ({ sql }) => sql`
  select o.alert_id, true as is_source, 0 as rank
  from stock_level l, stock_alert o
  where l.item_id = a.item_id and l.warehouse_id = a.warehouse_id and o.shop_id = l.shop_id
    and ${saysSourceIsDown(sql)}`;

/**
 * Whether the alert of its source speaks for alert `a` now. Which sources are down is asked once; most of the time none
 * is, and then nothing is looked at for `a`.
 */
export const isSuppressedBySource: Expression = ({ sql }) => sql`(a.state <> 'RESOLVED'
  and exists (select from stock_alert o where ${saysSourceIsDown(sql)})
  and exists (
    select from stock_level l
    where l.item_id = a.item_id and l.warehouse_id = a.warehouse_id
      and l.shop_id = any (array(select o.shop_id from stock_alert o where ${saysSourceIsDown(sql)}))
  ))`;

/** Whether another alert speaks for alert `a` now. */
export const isSuppressed: Expression = (scope) => scope.sql`(a.state <> 'RESOLVED'
  and (exists (${levelSpeakers(scope)}) or ${isSuppressedBySource(scope)}))`;

/**
 * Which alert speaks for each of some alerts, in their order; null = none. Reads `stock_alert`, `stock_level`.
 */
export async function loadSpeakers(
  scope: QueryScope,
  alertIds: readonly string[],
): Promise<(string | null)[]> {
  const rows = await scope.sql<{ alert_id: string; speaker: string | null }[]>`
    select a.alert_id, (
      select s.alert_id from (${levelSpeakers(scope)} union all ${sourceSpeakers(scope)}) s
      order by s.is_source desc, s.rank limit 1
    ) as speaker
    from stock_alert a
    where a.state <> 'RESOLVED' and a.alert_id = any (${[...alertIds]}::text[]::uuid[])`;
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
    from stock_alert a cross join lateral (${sourceSpeakers(scope)}) s
    where a.state <> 'RESOLVED' and s.alert_id = any (${[...alertIds]}::text[]::uuid[])
    group by s.alert_id`;
  const found = new Map(rows.map((row) => [row.alert_id, row.count]));
  return alertIds.map((alertId) => found.get(alertId) ?? 0);
}
