import type { ChannelKind, Recipient, Severity } from '../../domain/notification/notice.ts';
import type { Sql } from '../connection.ts';
import type { StoredMessage } from './notification-gather.ts';

/** An address with a message that may be sent now. */
export interface SendLane {
  readonly channelId: string;
  readonly recipient: string;
}

/**
 * Addresses with a message that may be sent now, by database time; the one that could be served longest ago first, so
 * that one which fails again and again comes behind those that were not tried yet.
 */
export async function loadSendLanes(sql: Sql, limit: number): Promise<SendLane[]> {
  return [
    ...(await sql<SendLane[]>`
      select channel_id as "channelId", recipient from notification_delivery
      where state = 'QUEUED' and next_attempt_at <= clock_timestamp()
        and (lease_until is null or lease_until <= clock_timestamp())
      group by channel_id, recipient order by min(next_attempt_at) limit ${limit}`),
  ];
}

/** Where a channel's messages go, with its sealed secrets. */
export interface StoredTarget {
  readonly kind: ChannelKind;
  readonly isEnabled: boolean;
  readonly locale: 'zh-CN' | 'en';
  readonly settings: unknown;
  readonly recipients: readonly Recipient[];
  readonly perMinuteMax: number | null;
  readonly perSecondMax: number | null;
  readonly perDayMax: number | null;
  readonly sealed: string | null;
}

/** Reads a channel for sending; null = there is none. Reads `notification_channel`, `notification_secret`. */
export async function loadTarget(sql: Sql, channelId: string): Promise<StoredTarget | null> {
  const [row] = await sql<(Omit<StoredTarget, 'settings' | 'recipients'> & TargetTexts)[]>`
    select c.kind, c.is_enabled and c.state = 'ACTIVE' as "isEnabled", c.locale, c.settings, c.recipients,
           c.per_minute_max as "perMinuteMax", c.per_second_max as "perSecondMax", c.per_day_max as "perDayMax",
           s.sealed
    from notification_channel c
    left join notification_secret s on s.organization_id = c.organization_id and s.channel_id = c.channel_id
    where c.channel_id = ${channelId}`;
  if (row === undefined) return null;
  return {
    ...row,
    settings: JSON.parse(row.settings),
    recipients: JSON.parse(row.recipients) as StoredTarget['recipients'],
  };
}

/** JSON comes as text from the database. */
interface TargetTexts {
  readonly settings: string;
  readonly recipients: string;
}

/** A message that this worker may send until the lease ends. */
export interface ClaimedDelivery {
  readonly deliveryId: string;
  readonly kind: 'ALERTS' | 'TEST' | 'SALES_POLICIES' | 'ORDERS';
  readonly severity: Severity;
  readonly title: string;
  readonly message: StoredMessage;
  /** With this one. */
  readonly attempts: number;
  readonly queuedAt: Date;
  /** When it was queued, or sent again by somebody; business time. */
  readonly waitsSince: Date;
}

/**
 * Takes the next message of an address, in one statement, so that two workers never send the same at a time. Writes
 * `notification_delivery`. A worker that dies leaves a message that is sent again, with the same id, when the lease
 * ends.
 *
 * @returns null = nothing to send
 */
export async function claimDelivery(
  sql: Sql,
  lane: SendLane,
  worker: string,
  leaseSeconds: number,
): Promise<ClaimedDelivery | null> {
  const [row] = await sql<(Omit<ClaimedDelivery, 'message'> & { message: string })[]>`
    update notification_delivery d
    set lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds}), leased_by = ${worker},
        attempts = d.attempts + 1
    where d.delivery_id = (
      select delivery_id from notification_delivery
      where channel_id = ${lane.channelId} and recipient = ${lane.recipient} and state = 'QUEUED'
        and next_attempt_at <= clock_timestamp() and (lease_until is null or lease_until <= clock_timestamp())
      order by queued_at, part_number limit 1 for update skip locked)
    returning d.delivery_id as "deliveryId", d.kind, d.severity, d.title, d.message, d.attempts,
              d.queued_at as "queuedAt",
              coalesce((select max((e ->> 'resentAt')::timestamptz) from jsonb_array_elements(d.attempt_log) e),
                       d.queued_at) as "waitsSince"`;
  return row === undefined ? null : { ...row, message: parseMessage(row.message) };
}

/** A stored message, its instants as instants. */
function parseMessage(text: string): StoredMessage {
  return JSON.parse(text, (name, value: unknown) =>
    (name === 'openedAt' || name === 'changedAt' || name === 'occurredAt') && typeof value === 'string'
      ? new Date(value)
      : value,
  ) as StoredMessage;
}

/** How an attempt ended. */
export type AttemptOutcome =
  | { readonly state: 'SENT'; readonly answer: string; readonly at: Date }
  | { readonly state: 'FAILED'; readonly errorCode: string; readonly answer: string; readonly at: Date }
  | {
      readonly state: 'QUEUED';
      readonly errorCode: string;
      readonly answer: string;
      readonly waitMs: number;
      /** False = it does not count: the other side only asked for patience. */
      readonly isCounted: boolean;
    };

/** Attempts and re-sends that are kept of one message. */
const attemptsKept = 50;

/**
 * Notes how an attempt ended, in the message and in its log. Without effect when the lease went to another worker.
 * Writes `notification_delivery`.
 *
 * @param tookMs - from the claim to the answer, real time
 */
export async function finishAttempt(
  sql: Sql,
  deliveryId: string,
  worker: string,
  outcome: AttemptOutcome,
  tookMs: number,
): Promise<void> {
  const isQueued = outcome.state === 'QUEUED';
  const waitMs = isQueued ? Math.round(outcome.waitMs) : null;
  const code = outcome.state === 'SENT' ? null : outcome.errorCode;
  await sql`
    update notification_delivery
    set state = ${outcome.state}, lease_until = null, leased_by = null, answer = ${outcome.answer},
        error_code = ${code}, finished_at = ${isQueued ? null : outcome.at},
        attempts = attempts - ${isQueued && !outcome.isCounted ? 1 : 0},
        next_attempt_at = clock_timestamp() + make_interval(secs => ${(waitMs ?? 0) / 1000}),
        attempt_log = case when jsonb_array_length(attempt_log) < ${attemptsKept} then attempt_log
                           else attempt_log - 0 end
          || jsonb_build_object(
            'at', clock_timestamp(), 'tookMs', ${Math.round(tookMs)}::integer, 'outcome', ${nameOutcome(outcome)}::text,
            'code', ${code}::text, 'answer', ${outcome.answer}::text, 'waitMs', ${waitMs}::integer)
    where delivery_id = ${deliveryId} and leased_by = ${worker} and state = 'QUEUED'`;
}

/** What the log calls it. */
function nameOutcome(outcome: AttemptOutcome): 'SENT' | 'FAILED' | 'RETRY' | 'WAIT' {
  if (outcome.state !== 'QUEUED') return outcome.state;
  return outcome.isCounted ? 'RETRY' : 'WAIT';
}

/** Notes that the other side is gone for good. Writes `notification_channel`. */
export async function markChannelGone(sql: Sql, channelId: string): Promise<void> {
  await sql`update notification_channel set state = 'GONE' where channel_id = ${channelId}`;
}

/** Removes finished messages and settled notices older than an instant of business time, some at a time. */
export async function removeOldDeliveries(sql: Sql, before: Date, limit: number): Promise<number> {
  await sql`
    delete from notification_notice n where n.changed_at < ${before}
      and (n.cancelled_reason is not null or n.delivery_id is not null)
      and not exists (
        select from notification_delivery d where d.delivery_id = n.delivery_id and d.queued_at >= ${before})`;
  const old = sql`
    select delivery_id from notification_delivery
    where state <> 'QUEUED' and queued_at < ${before} order by queued_at limit ${limit}`;
  await sql`delete from notification_read where delivery_id in (${old})`;
  const removed = await sql`delete from notification_delivery where delivery_id in (${old})`;
  return removed.count;
}
