import type { OrganizationId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { SalesPolicyWriteMode } from '../tables/sales-policy.ts';

/** Who is told of changes, and whether quantities are written back. */
export interface SalesPolicySetting {
  readonly channelIds: readonly string[];
  readonly writeMode: SalesPolicyWriteMode;
}

/** The organization's settings: nobody is told and nothing is written unless somebody said so. Reads one row. */
export async function loadSalesPolicySetting(sql: Sql): Promise<SalesPolicySetting> {
  const [row] = await sql<SalesPolicySetting[]>`
    select channel_ids as "channelIds", write_mode as "writeMode" from sales_policy_setting`;
  return row ?? { channelIds: [], writeMode: 'OFF' };
}

/** Writes `sales_policy_setting`. Run twice: the same row. */
export async function saveSalesPolicySetting(
  sql: Sql,
  organizationId: OrganizationId,
  { channelIds, writeMode }: SalesPolicySetting,
  recordedAt: Date,
): Promise<void> {
  await sql`
    insert into sales_policy_setting (organization_id, channel_ids, write_mode, recorded_at)
    values (${organizationId}, ${[...channelIds]}::text[]::uuid[], ${writeMode}, ${recordedAt})
    on conflict (organization_id) do update
    set channel_ids = excluded.channel_ids, write_mode = excluded.write_mode, recorded_at = excluded.recorded_at`;
}

/** Of some ids those of channels that can be told: enabled webhooks of this organization. Reads `notification_channel`. */
export async function loadSalesPolicyChannels(
  sql: Sql,
  channelIds: readonly string[],
): Promise<{ channelId: string; locale: 'zh-CN' | 'en' }[]> {
  if (channelIds.length === 0) return [];
  return [
    ...(await sql<{ channelId: string; locale: 'zh-CN' | 'en' }[]>`
      select channel_id as "channelId", locale from notification_channel
      where channel_id = any (${[...channelIds]}::text[]::uuid[]) and kind = 'WEBHOOK' and is_enabled
        and state = 'ACTIVE' order by channel_id`),
  ];
}

/** What kind each of some channels is; one that is not there, or not this organization's, is left out. */
export async function findChannelKinds(
  sql: Sql,
  channelIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await sql<{ channelId: string; kind: string }[]>`
    select channel_id as "channelId", kind from notification_channel
    where channel_id = any (${[...channelIds]}::text[]::uuid[])`;
  return new Map(rows.map((row) => [row.channelId, row.kind]));
}
