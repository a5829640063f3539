import { shortageKinds } from '../../domain/alert/inhibition.ts';
import type { MessageLine, NoticeFacts, SuggestedOrder } from '../../domain/notification/message.ts';
import type { ChannelKind, NoticeReason, Recipient, Severity } from '../../domain/notification/notice.ts';
import type { OrderLine } from '../../domain/notification/order-message.ts';
import type { PolicyChangeLine } from '../../domain/notification/sales-policy-message.ts';
import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import { saysSourceIsDown } from './source-down.ts';

/** An address for which something is due, with its channel. */
export interface DueLane {
  readonly channelId: string;
  readonly recipient: string;
  readonly kind: ChannelKind;
  readonly isEnabled: boolean;
  readonly locale: 'zh-CN' | 'en';
  readonly recipients: readonly Recipient[];
  readonly messageBytesMax: number | null;
}

/**
 * Addresses for which something is due. One that still has an unsent message is left out: what happens meanwhile
 * goes into its next one, so that a slow channel gets fewer and longer messages instead of a growing queue.
 *
 * @param now - business time
 */
export async function loadDueLanes(sql: Sql, now: Date, limit: number): Promise<DueLane[]> {
  const rows = await sql<(Omit<DueLane, 'recipients'> & { recipients: string })[]>`
      select c.channel_id as "channelId", n.recipient, c.kind, c.is_enabled and c.state = 'ACTIVE' as "isEnabled",
             c.locale, c.recipients, c.message_bytes_max as "messageBytesMax"
      from (
        select channel_id, recipient, min(due_at) as due_at from notification_notice
        where delivery_id is null and cancelled_reason is null and due_at <= ${now}
        group by channel_id, recipient
      ) n
      join notification_channel c on c.channel_id = n.channel_id
      where not exists (
        select from notification_delivery d
        where d.channel_id = n.channel_id and d.recipient = n.recipient and d.state = 'QUEUED' and d.kind = 'ALERTS')
      order by n.due_at limit ${limit}`;
  return rows.map((row) => ({ ...row, recipients: JSON.parse(row.recipients) as DueLane['recipients'] }));
}

/** A due notice with what it tells. */
export interface DueNotice extends NoticeFacts {
  readonly eventNumber: string;
  readonly ordinal: number;
  readonly routeId: string;
  readonly mentions: readonly string[];
  readonly dueReason: NoticeReason;
  /** When the alert changed so that it is told. */
  readonly changedAt: Date;
  readonly isSilenced: boolean;
  /** Whether this address is told of an alert that speaks for this one, or spoke for it until shortly before its end. */
  readonly isSpokenFor: boolean;
}

/** A speaker that ended so long before has said already that it is over; business minutes. */
const overWithinMinutes = 60;

/** Of the facts that an alert rests on, those that a message tells. */
const figureNames = [
  'safety_stock',
  'inbound_due',
  'reorder_point',
  'units_per_day',
  'lead_time_days',
  'stock_out_probability',
  'minutes_since_reading',
  'held_readings',
  'levels',
  'failed_readings',
];

/**
 * What is due for one address, the earliest first, with the alerts as they are now. What planning tells waits while the
 * quantity to order is still to be decided, which takes seconds.
 *
 * @param now - business time
 * @param waitingFrom - what was due by then has waited long enough; business time
 */
export async function loadDueNotices(
  sql: Sql,
  lane: Pick<DueLane, 'channelId' | 'recipient'>,
  now: Date,
  waitingFrom: Date,
  limit: number,
): Promise<DueNotice[]> {
  const rows = await sql<
    (Omit<DueNotice, 'figures' | 'order'> & { figures: string | null; order: string | null })[]
  >`
      select n.event_number::text as "eventNumber", n.cause, n.ordinal, n.route_id as "routeId", n.mentions,
             n.due_reason as "dueReason", n.changed_at as "changedAt", a.alert_id as "alertId", a.kind,
             -- Whose place a stronger one took is not over for those who are not told of that one.
             case when a.state = 'RESOLVED' and e.state <> 'RESOLVED' and (
               select p.reason from event_log p where p.alert_id = a.alert_id order by p.number desc limit 1
             ) = 'SUPERSEDED' then 'FIRING' else a.state end as state,
             a.severity, a.available::text, a.threshold::text, a.opened_at as "openedAt", i.sku,
             i.title as "itemTitle", i.unit_code as unit, w.name as "warehouseName", s.name as "shopName",
             l.incoming::text, (
               select jsonb_object_agg(f ->> 'name', f ->> 'value')::text
               from json_array_elements(a.facts -> 'inputs') f where f ->> 'name' = any (${figureNames}::text[])
             ) as figures, (
               select json_build_object('quantity', r.quantity::text, 'byOn', r.order_by_on)::text
               from replenishment_suggestion r
               where r.item_id = a.item_id and r.warehouse_id = a.warehouse_id and r.kind = 'PURCHASE'
                 and r.state = 'OPEN' and r.is_due and r.quantity > 0
             ) as "order", coalesce(w.time_zone, 'Asia/Shanghai') as "timeZone",
             a.state = 'SNOOZED' as "isSilenced", exists (
               select from (
                 select o.alert_id from stock_alert o
                 where o.item_id = a.item_id and o.warehouse_id = a.warehouse_id
                   and array_position(${[...shortageKinds]}::text[], o.kind)
                     < array_position(${[...shortageKinds]}::text[], a.kind)
                   and (o.state in ('FIRING', 'ACKNOWLEDGED', 'SNOOZED') or a.state = 'RESOLVED'
                     and o.resolved_at >= a.resolved_at - make_interval(mins => ${overWithinMinutes}))
                 union all
                 select o.alert_id from stock_alert o
                 where a.item_id is not null and a.state <> 'RESOLVED' and o.shop_id = l.shop_id
                   and ${saysSourceIsDown(sql)}
               ) speaker
               where exists (
                 select from notification_notice told
                 where told.alert_id = speaker.alert_id and told.channel_id = n.channel_id
                   and told.recipient = n.recipient and told.cancelled_reason is null)
             ) as "isSpokenFor"
      from notification_notice n
      join stock_alert a on a.organization_id = n.organization_id and a.alert_id = n.alert_id
      left join event_log e on e.organization_id = n.organization_id and e.number = n.event_number
      left join item i on i.organization_id = a.organization_id and i.item_id = a.item_id
      left join warehouse w on w.organization_id = a.organization_id and w.warehouse_id = a.warehouse_id
      left join stock_level l on l.organization_id = a.organization_id and l.item_id = a.item_id
        and l.warehouse_id = a.warehouse_id
      left join shop s on s.organization_id = a.organization_id and s.shop_id = a.shop_id
      where n.channel_id = ${lane.channelId} and n.recipient = ${lane.recipient}
        and n.delivery_id is null and n.cancelled_reason is null and n.due_at <= ${now}
        and (a.kind not in ('REORDER_DUE', 'STOCK_OUT_PREDICTED') or a.state = 'RESOLVED'
          or n.due_at <= ${waitingFrom}
          or not exists (select from suggestion_due d where d.item_id = a.item_id))
      order by n.due_at, n.event_number limit ${limit}`;
  return rows.map(({ figures, order, ...row }) => ({
    ...row,
    ...(figures === null ? {} : { figures: JSON.parse(figures) as Record<string, string> }),
    ...(order === null ? {} : { order: JSON.parse(order) as SuggestedOrder }),
  }));
}

/** What is stored of a message: everything that is needed to send the same again. */
export interface StoredMessage {
  readonly texts: readonly string[];
  readonly alerts: readonly MessageLine[];
  /** Absent in messages about anything else. */
  readonly policies?: readonly PolicyChangeLine[];
  /** Absent in messages about anything else. */
  readonly orders?: readonly OrderLine[];
  /** Names of recipients to be called. */
  readonly mentions: readonly string[];
}

/** A message to be queued. */
export interface NewDelivery {
  readonly deliveryId: string;
  readonly channelId: string;
  readonly kind: 'ALERTS' | 'TEST' | 'SALES_POLICIES' | 'ORDERS';
  /** SENT for the inbox, which needs no sending. */
  readonly state: 'QUEUED' | 'SENT';
  readonly recipient: string;
  readonly severity: Severity;
  readonly title: string;
  readonly message: StoredMessage;
  readonly partNumber: number;
  readonly partCount: number;
  readonly noticeCount: number;
  readonly digest: 'NONE' | 'WINDOW' | 'BUDGET';
  readonly changedAt: Date | null;
}

/** Queues one message. Writes `notification_delivery`. @param at - business time */
export async function saveDelivery(
  sql: Sql,
  organizationId: OrganizationId,
  delivery: NewDelivery,
  at: Date,
): Promise<void> {
  await sql`
    insert into notification_delivery (
      organization_id, delivery_id, channel_id, kind, state, recipient, severity, title, message, part_number,
      part_count, notice_count, digest, changed_at, queued_at, finished_at, attempts, next_attempt_at, recorded_at)
    values (
      ${organizationId}, ${delivery.deliveryId}, ${delivery.channelId}, ${delivery.kind}, ${delivery.state},
      ${delivery.recipient}, ${delivery.severity}, ${delivery.title}, ${JSON.stringify(delivery.message)}::text::jsonb,
      ${delivery.partNumber}, ${delivery.partCount}, ${delivery.noticeCount}, ${delivery.digest},
      ${delivery.changedAt}, ${at}, ${delivery.state === 'SENT' ? at : null}, ${delivery.state === 'SENT' ? 1 : 0},
      clock_timestamp(), ${at})`;
}

/** Key of a notice within its address. */
export interface NoticeKey {
  readonly eventNumber: string;
  readonly cause: string;
  readonly ordinal: number;
}

/** Ties notices to the message that tells them, or takes them back with a reason. Writes `notification_notice`. */
export async function settleNotices(
  sql: Sql,
  lane: Pick<DueLane, 'channelId' | 'recipient'>,
  notices: readonly NoticeKey[],
  outcome: { readonly deliveryId: string } | { readonly cancelledReason: string },
): Promise<void> {
  if (notices.length === 0) return;
  const deliveryId = 'deliveryId' in outcome ? outcome.deliveryId : null;
  const reason = 'deliveryId' in outcome ? null : outcome.cancelledReason;
  await sql`
    update notification_notice n set delivery_id = ${deliveryId}::uuid, cancelled_reason = ${reason}
    from rows from (
      unnest(${notices.map((notice) => notice.eventNumber)}::text[]::bigint[]),
      unnest(${notices.map((notice) => notice.cause)}::text[]),
      unnest(${notices.map((notice) => String(notice.ordinal))}::text[]::integer[])
    ) as k(event_number, cause, ordinal)
    where n.channel_id = ${lane.channelId} and n.recipient = ${lane.recipient}
      and n.event_number = k.event_number and n.cause = k.cause and n.ordinal = k.ordinal`;
}
