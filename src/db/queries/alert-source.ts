import type { WatchedSource } from '../../domain/alert/source-reading.ts';
import type { ShopId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import { type AlertJson, type KnownAlert, toKnownAlert } from './alert-candidate.ts';

/** A shop or feed with what its alerts rest on, and its alerts that are open or were resolved lately. */
export interface SourceCandidate extends WatchedSource {
  readonly shopId: ShopId;
  readonly alerts: readonly KnownAlert[];
}

/** Streams that say what lies where; a source whose orders come in but not these is stale all the same. */
const stockStreams = ['listings', 'stock_levels'];

/**
 * How the sources of stock stand: when they were last read, what failed, how many of their readings are held back.
 * One row per shop or feed; levels are counted only where readings are held back. Reads `shop`, `sync_state`,
 * `stock_level`, `stock_alert`.
 *
 * @param shopIds - null = all
 * @param reopenFrom - resolved alerts since then come along, business time
 */
export async function loadSources(
  sql: Sql,
  shopIds: readonly string[] | null,
  reopenFrom: Date,
): Promise<SourceCandidate[]> {
  if (shopIds !== null && shopIds.length === 0) return [];
  const rows = await sql<(Omit<SourceCandidate, 'alerts'> & { alerts: string | null })[]>`
    select h.shop_id as "shopId", h.state = 'ACTIVE' as "isConnected",
           coalesce(stock.last_read_at, h.observed_at) as "lastReadAt",
           coalesce(everything.failed_count, 0) as "failedCount", held.count as "suspectCount",
           case when held.count > 0 then (
             select count(*)::integer from stock_level l where l.shop_id = h.shop_id
           ) else 0 end as "levelCount", known.alerts
    from shop h
    left join lateral (
      select min(case when y.failed_count = 0 then y.recorded_at
                      else coalesce(y.pass_finished_at, y.watermark_at, y.pass_started_at, h.observed_at) end)
               as last_read_at
      from sync_state y where y.shop_id = h.shop_id and y.stream = any (${stockStreams}::text[])
    ) stock on true
    left join lateral (
      select max(y.failed_count) as failed_count from sync_state y where y.shop_id = h.shop_id
    ) everything on true
    left join lateral (
      select count(*)::integer as count from stock_level l
      where l.data_state = 'SUSPECT' and l.shop_id = h.shop_id
    ) held on true
    left join lateral (
      select json_agg(json_build_object(
               'alertId', a.alert_id, 'kind', a.kind, 'state', a.state, 'severity', a.severity,
               'pendingSince', a.pending_since, 'clearSince', a.clear_since, 'firedAt', a.fired_at,
               'resolvedAt', a.resolved_at, 'isAcknowledged', a.acknowledged_by is not null,
               'acknowledgedUntil', a.acknowledged_until, 'snoozedUntil', a.snoozed_until,
               'reopenCount', a.reopen_count, 'dueAt', a.due_at, 'urgency', a.urgency::text, 'facts', a.facts)
               order by a.state = 'RESOLVED', a.changed_at desc)::text as alerts
      from stock_alert a
      where a.shop_id = h.shop_id and a.item_id is null
        and (a.state <> 'RESOLVED' or a.resolved_at > ${reopenFrom})
    ) known on true
    where ${shopIds === null ? sql`true` : sql`h.shop_id = any (${[...shopIds]}::text[]::uuid[])`}
    order by h.shop_id`;
  return rows.map((row) => ({
    ...row,
    alerts: row.alerts === null ? [] : (JSON.parse(row.alerts) as AlertJson[]).map(toKnownAlert),
  }));
}
