import type { NoticeReason } from '../tables/notification.ts';
import type { Read } from './keyset.ts';

/** When somebody is told of an alert next, and why then; without an instant, why nobody is. */
export interface NextNotification {
  /** Business time. */
  readonly at: Date | null;
  readonly reason:
    | NoticeReason
    | 'SENDING'
    | 'PLANNING'
    | 'PENDING'
    | 'ACKNOWLEDGED'
    | 'SNOOZED'
    | 'RESOLVED'
    | 'TOLD'
    | 'FAILED'
    | 'SPOKEN_FOR'
    | 'NO_ROUTE';
}

/**
 * The next telling of each alert in one statement, in the order of the ids; null = there is no such alert. Without a
 * next telling the reason is the alert's state, or of one that fires: PLANNING = its last event is still to be planned,
 * FAILED = its last message was given up, TOLD = all has been said, SPOKEN_FOR = who would be told of it is told of a
 * stronger alert, NO_ROUTE = no route leads to anybody.
 */
export function readNextNotifications(alertIds: readonly string[]): Read<(NextNotification | null)[]> {
  return {
    build: ({ sql, now }) => sql`
      select wanted.position::int as position, next.at, coalesce(next.reason, case
          when exists (
            select from outbox o where o.alert_id = a.alert_id and o.handled_at is null) then 'PLANNING'
          when a.state <> 'FIRING' then a.state
          else coalesce((
            select case when d.state = 'FAILED' then 'FAILED' else 'TOLD' end
            from notification_notice n join notification_delivery d on d.delivery_id = n.delivery_id
            where n.alert_id = a.alert_id order by d.queued_at desc, d.state limit 1), (
            select 'SPOKEN_FOR' from notification_notice n
            where n.alert_id = a.alert_id and n.cancelled_reason = 'SPOKEN_FOR' limit 1), 'NO_ROUTE')
        end) as reason
      from unnest(${[...alertIds]}::text[]::uuid[]) with ordinality as wanted(alert_id, position)
      join stock_alert a on a.alert_id = wanted.alert_id
      left join lateral (
        select greatest(n.due_at, ${now}) as at,
               case when n.delivery_id is not null or n.due_at <= ${now} then 'SENDING' else n.due_reason end as reason
        from notification_notice n
        left join notification_delivery d on d.delivery_id = n.delivery_id
        where n.alert_id = wanted.alert_id and n.cancelled_reason is null
          and (n.delivery_id is null or d.state = 'QUEUED')
        order by greatest(n.due_at, ${now}), n.due_reason limit 1
      ) next on true`,
    parse(rows) {
      const found: (NextNotification | null)[] = alertIds.map(() => null);
      for (const { position, at, reason } of rows as unknown as (NextNotification & { position: number })[]) {
        found[position - 1] = { at, reason };
      }
      return found;
    },
  };
}
