import type {
  AlertEventFacts,
  ChannelFacts,
  PlannedNotice,
  Route,
} from '../../domain/notification/notice.ts';
import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';

/**
 * Events of alerts that nobody has been told of yet, in their order. Reads `outbox`, `event_log`, `item`.
 *
 * @param limit - at most so many, >= 1
 */
export async function loadUntoldEvents(sql: Sql, limit: number): Promise<AlertEventFacts[]> {
  const rows = await sql<(Omit<AlertEventFacts, 'eventNumber'> & { eventNumber: string })[]>`
    select e.number::text as "eventNumber", e.alert_id as "alertId", e.alert_kind as kind, e.reason, e.state,
           e.previous_state as "previousState", e.severity,
           (select p.severity from event_log p where p.alert_id = e.alert_id and p.number < e.number
            order by p.number desc limit 1) as "previousSeverity", e.warehouse_id as "warehouseId", i.category,
           e.occurred_at as "occurredAt"
    from (
      select organization_id, event_number from outbox
      where handled_at is null and purpose = 'NOTIFY' order by event_number limit ${limit}
    ) o
    join event_log e on e.organization_id = o.organization_id and e.number = o.event_number
    left join item i on i.organization_id = e.organization_id and i.item_id = e.item_id
    order by e.number`;
  return rows.map((row) => ({ ...row, eventNumber: BigInt(row.eventNumber) }));
}

/** Notes that the open rows of the outbox up to a number are taken care of. Writes `outbox`. */
export async function markEventsTold(sql: Sql, upTo: bigint, at: Date): Promise<void> {
  await sql`
    update outbox set handled_at = ${at}
    where handled_at is null and purpose = 'NOTIFY' and event_number <= ${String(upTo)}`;
}

/** All routes, in the order of their names. */
export async function loadRoutes(sql: Sql): Promise<Route[]> {
  const rows = await sql<(Omit<Route, 'escalation' | 'quietHours'> & RouteTexts)[]>`
    select route_id as "routeId", is_enabled as "isEnabled", kinds, severity_min as "severityMin",
           warehouse_ids as "warehouseIds", categories, channel_ids as "channelIds", roles,
           recipient_names as "recipientNames", tells_resolved as "tellsResolved",
           digest_minutes as "digestMinutes", time_zone as "timeZone", quiet_except_severity as "quietExceptSeverity",
           repeat_minutes as "repeatMinutes", escalation,
           case when quiet_from is null then null
                else jsonb_build_object('from', quiet_from, 'to', quiet_to, 'timeZone', quiet_time_zone)
           end as "quietHours"
    from notification_route order by name`;
  return rows.map((row) => ({
    ...row,
    escalation: JSON.parse(row.escalation) as Route['escalation'],
    quietHours: row.quietHours === null ? null : (JSON.parse(row.quietHours) as Route['quietHours']),
  }));
}

/** JSON comes as text from the database. */
interface RouteTexts {
  readonly escalation: string;
  readonly quietHours: string | null;
}

/** All channels as routing sees them; one that is gone counts as disabled. */
export async function loadChannelFacts(sql: Sql): Promise<ChannelFacts[]> {
  const rows = await sql<(Omit<ChannelFacts, 'recipients'> & { recipients: string })[]>`
    select channel_id as "channelId", kind, is_enabled and state = 'ACTIVE' as "isEnabled", recipients
    from notification_channel`;
  return rows.map((row) => ({
    ...row,
    recipients: JSON.parse(row.recipients) as ChannelFacts['recipients'],
  }));
}

/** Writes notices; those that are there already stay as they are. Writes `notification_notice`. */
export async function saveNotices(
  sql: Sql,
  organizationId: OrganizationId,
  notices: readonly PlannedNotice[],
  recordedAt: Date,
): Promise<void> {
  if (notices.length === 0) return;
  const column = (read: (notice: PlannedNotice) => string) => notices.map(read);
  await sql`
    insert into notification_notice (
      organization_id, channel_id, recipient, event_number, cause, ordinal, alert_id, route_id, mentions, due_at,
      due_reason, changed_at, recorded_at)
    select ${organizationId}, n.channel_id, n.recipient, n.event_number, n.cause, n.ordinal, n.alert_id, n.route_id,
           array(select jsonb_array_elements_text(n.mentions)), n.due_at, n.due_reason, n.changed_at, ${recordedAt}
    from rows from (
      unnest(${column((notice) => notice.channelId)}::text[]::uuid[]),
      unnest(${column((notice) => notice.recipient)}::text[]),
      unnest(${column((notice) => String(notice.eventNumber))}::text[]::bigint[]),
      unnest(${column((notice) => notice.cause)}::text[]),
      unnest(${column((notice) => String(notice.ordinal))}::text[]::integer[]),
      unnest(${column((notice) => notice.alertId)}::text[]::uuid[]),
      unnest(${column((notice) => notice.routeId)}::text[]::uuid[]),
      unnest(${column((notice) => JSON.stringify(notice.mentions))}::text[]::jsonb[]),
      unnest(${column((notice) => notice.dueAt.toISOString())}::text[]::timestamptz[]),
      unnest(${column((notice) => notice.dueReason)}::text[]),
      unnest(${column((notice) => notice.changedAt.toISOString())}::text[]::timestamptz[])
    ) as n(channel_id, recipient, event_number, cause, ordinal, alert_id, route_id, mentions, due_at, due_reason,
      changed_at)
    on conflict (organization_id, channel_id, recipient, event_number, cause, ordinal) do nothing`;
}

/** Which notices of an alert are no longer to be told: of events before this one. */
export interface NoticeCancel {
  readonly alertId: string;
  readonly eventNumber: bigint;
  readonly cancels: 'CHAIN' | 'ALL';
  /** Shown as the reason: the state that the alert went into. */
  readonly reason: string;
}

/** Takes back notices that were not told yet. Writes `notification_notice`. */
export async function cancelNotices(sql: Sql, cancels: readonly NoticeCancel[]): Promise<void> {
  if (cancels.length === 0) return;
  await sql`
    update notification_notice n set cancelled_reason = c.reason
    from (
      select distinct on (alert_id, cancels) * from rows from (
        unnest(${cancels.map((cancel) => cancel.alertId)}::text[]::uuid[]),
        unnest(${cancels.map((cancel) => String(cancel.eventNumber))}::text[]::bigint[]),
        unnest(${cancels.map((cancel) => cancel.cancels)}::text[]),
        unnest(${cancels.map((cancel) => cancel.reason)}::text[])
      ) as given(alert_id, event_number, cancels, reason)
      order by alert_id, cancels, event_number desc
    ) c
    where n.alert_id = c.alert_id and n.event_number < c.event_number
      and n.delivery_id is null and n.cancelled_reason is null
      and (c.cancels = 'ALL' or n.cause <> 'EVENT')`;
}
