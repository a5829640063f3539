import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { AlertSeverity } from '../tables/alert.ts';
import type { NotificationDeliveryState } from '../tables/notification.ts';
import { type Collection, column } from './collection.ts';

/** One message to one address. `message` is JSON text: lines, alerts, mentions. */
export interface NotificationDeliveryRow {
  deliveryId: string;
  channelId: string;
  kind: 'ALERTS' | 'TEST' | 'SALES_POLICIES' | 'ORDERS';
  state: NotificationDeliveryState;
  recipient: string;
  severity: AlertSeverity;
  title: string;
  message: string;
  partNumber: number;
  partCount: number;
  noticeCount: number;
  digest: 'NONE' | 'WINDOW' | 'BUDGET';
  changedAt: Date | null;
  queuedAt: Date;
  finishedAt: Date | null;
  attempts: number;
  nextAttemptAt: Date;
  errorCode: string | null;
  answer: string | null;
  /** JSON text: {@link StoredAttempt}s. */
  attemptLog: string;
}

/** One attempt, or a re-send by an operator, as the log keeps it. */
export interface StoredAttempt {
  /** Real time, RFC 3339. */
  readonly at: string;
  readonly outcome: 'SENT' | 'FAILED' | 'RETRY' | 'WAIT' | 'RESENT';
  /** Ms; null for a re-send. */
  readonly tookMs: number | null;
  readonly code: string | null;
  readonly answer: string | null;
  readonly waitMs: number | null;
  /** Name of the key that sent it again; null for attempts. */
  readonly by: string | null;
}

/** What deliveries can be filtered and sorted by. */
export type NotificationDeliveryField =
  | 'deliveryId'
  | 'channelId'
  | 'kind'
  | 'state'
  | 'severity'
  | 'digest'
  | 'recipient'
  | 'queuedAt';

/** The delivery log of the organization, as far as it is kept. */
export const notificationDeliveries: Collection<NotificationDeliveryRow, NotificationDeliveryField> = {
  name: 'notificationDeliveries',
  columns: ({ sql }) => sql`
    d.delivery_id as "deliveryId", d.channel_id as "channelId", d.kind, d.state, d.recipient, d.severity, d.title,
    d.message, d.part_number as "partNumber", d.part_count as "partCount", d.notice_count as "noticeCount", d.digest,
    d.changed_at as "changedAt", d.queued_at as "queuedAt", d.finished_at as "finishedAt", d.attempts,
    d.next_attempt_at as "nextAttemptAt", d.error_code as "errorCode", d.answer,
    d.attempt_log as "attemptLog"`,
  from: ({ sql }) => sql`notification_delivery d`,
  fields: {
    deliveryId: column('d', 'delivery_id', 'uuid'),
    channelId: column('d', 'channel_id', 'uuid'),
    kind: column('d', 'kind', 'text'),
    state: column('d', 'state', 'text'),
    severity: column('d', 'severity', 'text'),
    digest: column('d', 'digest', 'text'),
    recipient: column('d', 'recipient', 'text'),
    queuedAt: column('d', 'queued_at', 'timestamptz'),
  },
  key: ['deliveryId'],
};

/** One message of the inbox, as one reader sees it. */
export interface NotificationRow {
  deliveryId: string;
  severity: AlertSeverity;
  title: string;
  message: string;
  createdAt: Date;
  readAt: Date | null;
}

/** What the inbox can be filtered and sorted by. */
export type NotificationField = 'deliveryId' | 'createdAt' | 'severity' | 'isRead';

/** The inbox of a reader: messages of all channels of kind INBOX. @param reader - name of the key */
export function inboxOf(reader: string): Collection<NotificationRow, NotificationField> {
  return {
    name: 'notifications',
    columns: ({ sql }) => sql`
      d.delivery_id as "deliveryId", d.severity, d.title, d.message, d.queued_at as "createdAt",
      r.recorded_at as "readAt"`,
    from: ({ sql }) => sql`notification_delivery d
      join notification_channel c
        on c.organization_id = d.organization_id and c.channel_id = d.channel_id and c.kind = 'INBOX'
      left join notification_read r
        on r.organization_id = d.organization_id and r.delivery_id = d.delivery_id and r.reader = ${reader}`,
    fields: {
      deliveryId: column('d', 'delivery_id', 'uuid'),
      createdAt: column('d', 'queued_at', 'timestamptz'),
      severity: column('d', 'severity', 'text'),
      isRead: { expression: ({ sql }) => sql`(r.reader is not null)`, type: 'boolean' },
    },
    key: ['deliveryId'],
  };
}

/**
 * Notes that somebody has read messages of the inbox; the first time counts. Writes `notification_read`.
 *
 * @returns those of the ids that are messages of the inbox
 */
export async function saveRead(
  sql: Sql,
  organizationId: OrganizationId,
  deliveryIds: readonly string[],
  reader: string,
  at: Date,
): Promise<Set<string>> {
  const rows = await sql<{ deliveryId: string }[]>`
    with known as (
      select d.delivery_id from notification_delivery d
      join notification_channel c on c.channel_id = d.channel_id and c.kind = 'INBOX'
      where d.delivery_id = any (${[...deliveryIds]}::text[]::uuid[])
    ), noted as (
      insert into notification_read (organization_id, delivery_id, reader, recorded_at)
      select ${organizationId}, delivery_id, ${reader}, ${at} from known
      on conflict (organization_id, delivery_id, reader) do nothing
    )
    select delivery_id as "deliveryId" from known`;
  return new Set(rows.map((row) => row.deliveryId));
}
