import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import { organization } from './access.ts';
import { type AlertSeverity, stockAlert } from './alert.ts';
import { instant, organizationId, recordedAt, word } from './columns.ts';

/** By which way a message goes out. */
export type NotificationChannelKind = 'EMAIL' | 'SMS' | 'DINGTALK' | 'WECOM' | 'FEISHU' | 'WEBHOOK' | 'INBOX';
/** Whether the other side still takes messages: GONE = it said that it is gone for good. */
export type NotificationChannelState = 'ACTIVE' | 'GONE';
/** Why a notice is due when it is. */
export type NoticeReason = 'IMMEDIATE' | 'DIGEST_WINDOW' | 'QUIET_HOURS' | 'REPEAT' | 'ESCALATION';
/** What makes a notice. */
export type NoticeCause = 'EVENT' | 'REPEAT' | 'ESCALATION';
/** Where a message stands. FAILED = given up, with its reason. */
export type NotificationDeliveryState = 'QUEUED' | 'SENT' | 'FAILED';

/** A way to reach people, with the people it reaches. */
export const notificationChannel = pgTable(
  'notification_channel',
  {
    organizationId: organizationId(),
    channelId: uuid('channel_id').notNull(),
    kind: word<NotificationChannelKind>('kind').notNull(),
    name: text('name').notNull(),
    isEnabled: boolean('is_enabled').notNull().default(true),
    state: word<NotificationChannelState>('state').notNull().default('ACTIVE'),
    /** Language of its messages: `zh-CN` or `en`. */
    locale: text('locale').notNull(),
    /** What is no secret, by kind: sender, sign name, template, host of the address. */
    settings: jsonb('settings').notNull(),
    /** Array of name, role, address and user id. */
    recipients: jsonb('recipients').notNull(),
    /** Messages a minute and bytes a message; null = the platform's. */
    perMinuteMax: integer('per_minute_max'),
    messageBytesMax: integer('message_bytes_max'),
    /** Messages a second, and SMS a day to one number; null = the platform's. */
    perSecondMax: integer('per_second_max'),
    perDayMax: integer('per_day_max'),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.channelId] }),
    unique('notification_channel_name').on(table.organizationId, table.name),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);

/** A channel's secrets, sealed. Read by workers only. */
export const notificationSecret = pgTable(
  'notification_secret',
  {
    organizationId: organizationId(),
    channelId: uuid('channel_id').notNull(),
    /** Compact JWE bound to organization and channel. */
    sealed: text('sealed').notNull(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.channelId] }),
    foreignKey({
      columns: [table.organizationId, table.channelId],
      foreignColumns: [notificationChannel.organizationId, notificationChannel.channelId],
    }),
  ],
);

/** Which alerts to whom, by which channels, when. Null lists = every one. */
export const notificationRoute = pgTable(
  'notification_route',
  {
    organizationId: organizationId(),
    routeId: uuid('route_id').notNull(),
    name: text('name').notNull(),
    isEnabled: boolean('is_enabled').notNull().default(true),
    kinds: text('kinds').array(),
    severityMin: word<AlertSeverity>('severity_min').notNull(),
    warehouseIds: uuid('warehouse_ids').array(),
    categories: text('categories').array(),
    channelIds: uuid('channel_ids').array().notNull(),
    roles: text('roles').array().notNull(),
    recipientNames: text('recipient_names').array().notNull(),
    tellsResolved: boolean('tells_resolved').notNull(),
    digestMinutes: integer('digest_minutes').notNull(),
    /** IANA zone by whose clock digest windows are counted, from 08:00. */
    timeZone: text('time_zone').notNull().default('Asia/Shanghai'),
    /** Local times `HH:MM` and their IANA zone; all three or none. */
    quietFrom: text('quiet_from'),
    quietTo: text('quiet_to'),
    quietTimeZone: text('quiet_time_zone'),
    /** Alerts at least this bad are told in quiet hours too; null = none is. */
    quietExceptSeverity: word<AlertSeverity>('quiet_except_severity'),
    repeatMinutes: integer('repeat_minutes'),
    /** Array of minutes, channels, roles and names. */
    escalation: jsonb('escalation').notNull(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.routeId] }),
    unique('notification_route_name').on(table.organizationId, table.name),
    foreignKey({ columns: [table.organizationId], foreignColumns: [organization.organizationId] }),
  ],
);

/** One message to one address: the delivery log, and the queue of what is still to be sent. */
export const notificationDelivery = pgTable(
  'notification_delivery',
  {
    organizationId: organizationId(),
    /** Goes out with the message: a receiver that sees it twice may drop the second. */
    deliveryId: uuid('delivery_id').notNull(),
    channelId: uuid('channel_id').notNull(),
    kind: word<'ALERTS' | 'TEST' | 'SALES_POLICIES' | 'ORDERS'>('kind').notNull(),
    state: word<NotificationDeliveryState>('state').notNull(),
    /** Name of the one recipient for mail and SMS; empty for a group or a webhook. */
    recipient: text('recipient').notNull(),
    severity: word<AlertSeverity>('severity').notNull(),
    title: text('title').notNull(),
    /** What is sent, as it was composed: lines, alerts, mentions. */
    message: jsonb('message').notNull(),
    partNumber: integer('part_number').notNull(),
    partCount: integer('part_count').notNull(),
    noticeCount: integer('notice_count').notNull(),
    digest: word<'NONE' | 'WINDOW' | 'BUDGET'>('digest').notNull(),
    /** Earliest stock change in it; null for a test. Business time, like the next two. */
    changedAt: instant('changed_at'),
    queuedAt: instant('queued_at').notNull(),
    finishedAt: instant('finished_at'),
    attempts: integer('attempts').notNull(),
    /** Database time. */
    nextAttemptAt: instant('next_attempt_at').notNull(),
    leaseUntil: instant('lease_until'),
    leasedBy: text('leased_by'),
    /** Of the last attempt: the provider's code and words without secrets. */
    errorCode: text('error_code'),
    answer: text('answer'),
    /** Array of attempts and re-sends, the latest ones; their instants are real time. */
    attemptLog: jsonb('attempt_log').notNull().default([]),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.deliveryId] }),
    index('notification_delivery_queue')
      .on(table.organizationId, table.channelId, table.recipient, table.queuedAt)
      .where(sql`state = 'QUEUED'`),
    index('notification_delivery_recent').on(
      table.organizationId,
      table.queuedAt.desc().nullsFirst(),
      table.deliveryId,
    ),
    index('notification_delivery_channel').on(
      table.organizationId,
      table.channelId,
      table.queuedAt.desc().nullsFirst(),
    ),
    foreignKey({
      columns: [table.organizationId, table.channelId],
      foreignColumns: [notificationChannel.organizationId, notificationChannel.channelId],
    }),
  ],
);

/** One thing to tell one address at a time: an alert's event, a reminder or a step of the chain. */
export const notificationNotice = pgTable(
  'notification_notice',
  {
    organizationId: organizationId(),
    channelId: uuid('channel_id').notNull(),
    recipient: text('recipient').notNull(),
    eventNumber: bigint('event_number', { mode: 'bigint' }).notNull(),
    cause: word<NoticeCause>('cause').notNull(),
    /** Counts reminders and steps from 1; 0 for the event itself. */
    ordinal: integer('ordinal').notNull(),
    alertId: uuid('alert_id').notNull(),
    routeId: uuid('route_id').notNull(),
    /** Names of the recipients that a group message calls. */
    mentions: text('mentions').array().notNull(),
    /** Business time. */
    dueAt: instant('due_at').notNull(),
    dueReason: word<NoticeReason>('due_reason').notNull(),
    changedAt: instant('changed_at').notNull(),
    /** The message that tells it; null = not yet told. */
    deliveryId: uuid('delivery_id'),
    /** Why it is no longer to be told; null = it is. */
    cancelledReason: text('cancelled_reason'),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.organizationId,
        table.channelId,
        table.recipient,
        table.eventNumber,
        table.cause,
        table.ordinal,
      ],
    }),
    index('notification_notice_due')
      .on(table.organizationId, table.dueAt)
      .where(sql`delivery_id is null and cancelled_reason is null`),
    index('notification_notice_alert').on(table.organizationId, table.alertId),
    index('notification_notice_delivery').on(table.organizationId, table.deliveryId),
    foreignKey({
      columns: [table.organizationId, table.channelId],
      foreignColumns: [notificationChannel.organizationId, notificationChannel.channelId],
    }),
    foreignKey({
      columns: [table.organizationId, table.alertId],
      foreignColumns: [stockAlert.organizationId, stockAlert.alertId],
    }),
  ],
);

/** Who has read which message of the inbox. */
export const notificationRead = pgTable(
  'notification_read',
  {
    organizationId: organizationId(),
    deliveryId: uuid('delivery_id').notNull(),
    /** Name of the key. */
    reader: text('reader').notNull(),
    recordedAt: recordedAt(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.deliveryId, table.reader] }),
    foreignKey({
      columns: [table.organizationId, table.deliveryId],
      foreignColumns: [notificationDelivery.organizationId, notificationDelivery.deliveryId],
    }),
  ],
);
