import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { NotificationChannelKind, NotificationChannelState } from '../tables/notification.ts';
import { type Collection, column } from './collection.ts';

/** A way to reach people. `settings` and `recipients` are JSON text; secrets are not among them. */
export interface NotificationChannelRow {
  channelId: string;
  kind: NotificationChannelKind;
  name: string;
  isEnabled: boolean;
  state: NotificationChannelState;
  locale: 'zh-CN' | 'en';
  settings: string;
  recipients: string;
  perMinuteMax: number | null;
  perSecondMax: number | null;
  perDayMax: number | null;
  messageBytesMax: number | null;
  recordedAt: Date;
}

/** What channels can be found by. */
export type NotificationChannelField = 'channelId' | 'name';

/** All channels of the organization. */
export const notificationChannels: Collection<NotificationChannelRow, NotificationChannelField> = {
  name: 'notificationChannels',
  columns: ({ sql }) => sql`
    c.channel_id as "channelId", c.kind, c.name, c.is_enabled as "isEnabled", c.state, c.locale, c.settings,
    c.recipients, c.per_minute_max as "perMinuteMax", c.per_second_max as "perSecondMax",
    c.per_day_max as "perDayMax", c.message_bytes_max as "messageBytesMax",
    c.recorded_at as "recordedAt"`,
  from: ({ sql }) => sql`notification_channel c`,
  fields: { channelId: column('c', 'channel_id', 'uuid'), name: column('c', 'name', 'text') },
  key: ['channelId'],
};

/** The channel of a name, locked for a change; null = there is none. */
export async function findChannel(
  sql: Sql,
  name: string,
): Promise<Pick<NotificationChannelRow, 'channelId' | 'kind'> | null> {
  const [row] = await sql<Pick<NotificationChannelRow, 'channelId' | 'kind'>[]>`
    select channel_id as "channelId", kind from notification_channel where name = ${name} for update`;
  return row ?? null;
}

/** Columns of limits that are set for one channel. */
type ChannelLimitColumn = 'per_minute_max' | 'per_second_max' | 'per_day_max' | 'message_bytes_max';

/** A channel as somebody describes it; null = a known one keeps its own. */
export interface EnteredChannelRow {
  readonly organizationId: OrganizationId;
  readonly channelId: string;
  readonly kind: NotificationChannelKind;
  readonly name: string;
  readonly isEnabled: boolean | null;
  readonly locale: 'zh-CN' | 'en' | null;
  /** Added to what is stored. */
  readonly settings: Readonly<Record<string, string | null>>;
  readonly recipients: readonly object[] | null;
  readonly perMinuteMax: number | null;
  readonly perSecondMax: number | null;
  readonly perDayMax: number | null;
  readonly messageBytesMax: number | null;
  /** Columns that are the platform's again. */
  readonly resets: readonly ChannelLimitColumn[];
  /** Null = stored secrets stay. */
  readonly sealed: string | null;
  /** Business time. */
  readonly at: Date;
}

/**
 * Makes a channel or changes it; new secrets call one back that was gone. Writes `notification_channel` and
 * `notification_secret`. Run twice: the same rows.
 *
 * @returns false = the name was taken by another channel meanwhile; nothing may be kept then
 */
export async function saveChannel(sql: Sql, entered: EnteredChannelRow): Promise<boolean> {
  const { organizationId, channelId, recipients, sealed, at } = entered;
  const recipientsText = recipients === null ? null : JSON.stringify(recipients);
  const rows = await sql<{ channelId: string }[]>`
    insert into notification_channel as c (
      organization_id, channel_id, kind, name, is_enabled, state, locale, settings, recipients, per_minute_max,
      per_second_max, per_day_max, message_bytes_max, recorded_at)
    values (${organizationId}, ${channelId}, ${entered.kind}, ${entered.name}, coalesce(${entered.isEnabled}, true),
            'ACTIVE', coalesce(${entered.locale}, 'zh-CN'), ${JSON.stringify(entered.settings)}::text::jsonb,
            coalesce(${recipientsText}::text, '[]')::jsonb, ${entered.perMinuteMax}, ${entered.perSecondMax},
            ${entered.perDayMax}, ${entered.messageBytesMax}, ${at})
    on conflict (organization_id, name) do update
    set is_enabled = coalesce(${entered.isEnabled}, c.is_enabled), locale = coalesce(${entered.locale}, c.locale),
        state = case when ${sealed === null} then c.state else 'ACTIVE' end,
        settings = c.settings || excluded.settings,
        recipients = coalesce(${recipientsText}::text::jsonb, c.recipients),
        per_minute_max = coalesce(excluded.per_minute_max,
          case when ${entered.resets.includes('per_minute_max')} then null else c.per_minute_max end),
        per_second_max = coalesce(excluded.per_second_max,
          case when ${entered.resets.includes('per_second_max')} then null else c.per_second_max end),
        per_day_max = coalesce(excluded.per_day_max,
          case when ${entered.resets.includes('per_day_max')} then null else c.per_day_max end),
        message_bytes_max = coalesce(excluded.message_bytes_max,
          case when ${entered.resets.includes('message_bytes_max')} then null else c.message_bytes_max end),
        recorded_at = excluded.recorded_at
    returning c.channel_id as "channelId"`;
  if (rows[0]?.channelId !== channelId) return false;
  if (sealed !== null) {
    // `excluded` would have to be read, and the API may not read secrets.
    await sql`
      insert into notification_secret (organization_id, channel_id, sealed, recorded_at)
      values (${organizationId}, ${channelId}, ${sealed}, ${at})
      on conflict (organization_id, channel_id) do update
      set sealed = ${sealed}, recorded_at = ${at}`;
  }
  return true;
}

/** What a test message needs to know of a channel; its secrets are none of the API's business. */
export interface TestTarget {
  readonly kind: NotificationChannelKind;
  readonly name: string;
  readonly isEnabled: boolean;
  readonly locale: 'zh-CN' | 'en';
  readonly recipients: readonly { readonly name: string }[];
}

/** Reads a channel for a test message; null = there is none. */
export async function loadTestTarget(sql: Sql, channelId: string): Promise<TestTarget | null> {
  const [row] = await sql<(Omit<TestTarget, 'recipients'> & { recipients: string })[]>`
    select kind, name, is_enabled and state = 'ACTIVE' as "isEnabled", locale, recipients
    from notification_channel where channel_id = ${channelId}`;
  return row === undefined
    ? null
    : { ...row, recipients: JSON.parse(row.recipients) as TestTarget['recipients'] };
}

/**
 * Takes a channel away, with its secrets, its log and what it was still to tell. Writes `notification_channel`,
 * `notification_secret`, `notification_delivery`, `notification_notice`, `notification_read`; reads routes and the setting of sales policies. Run twice: the second time
 * there is none.
 *
 * @returns what still leads to it, nothing is done then: a route with its name, or the sales policies; `GONE` = there is
 *   no such channel; null = it is taken away
 */
export async function deleteChannel(
  sql: Sql,
  channelId: string,
): Promise<{ readonly user: string } | 'GONE' | null> {
  const found = await sql`select from notification_channel where channel_id = ${channelId} for update`;
  if (found.length === 0) return 'GONE';
  const [inUse] = await sql<{ user: string }[]>`
    (select 'NotificationRoute ' || name as user from notification_route
    where ${channelId}::uuid = any (channel_ids)
      or exists (select from jsonb_array_elements(escalation) e where e -> 'channelIds' ? ${channelId}::text)
    order by name limit 1)
    union all
    select 'SalesPolicySetting' from sales_policy_setting where ${channelId}::uuid = any (channel_ids)
    limit 1`;
  if (inUse !== undefined) return inUse;
  await sql`
    delete from notification_read r using notification_delivery d
    where d.channel_id = ${channelId} and r.delivery_id = d.delivery_id`;
  await sql`delete from notification_notice where channel_id = ${channelId}`;
  await sql`delete from notification_delivery where channel_id = ${channelId}`;
  await sql`delete from notification_secret where channel_id = ${channelId}`;
  await sql`delete from notification_channel where channel_id = ${channelId}`;
  return null;
}
