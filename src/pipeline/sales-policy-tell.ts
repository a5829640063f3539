import { randomUUID } from 'node:crypto';
import type { Sql } from '../db/connection.ts';
import { lockStage } from '../db/queries/lease.ts';
import { saveDelivery } from '../db/queries/notification-gather.ts';
import { loadUntoldSalesChanges } from '../db/queries/sales-policy.ts';
import { loadSalesPolicyProgress, saveSalesPolicyProgress } from '../db/queries/sales-policy-due.ts';
import { loadSalesPolicyChannels, loadSalesPolicySetting } from '../db/queries/sales-policy-setting.ts';
import { planSalesPolicyWrites } from '../db/queries/sales-policy-write.ts';
import { withOrganization } from '../db/tenant.ts';
import {
  composePolicyLine,
  composePolicyTitle,
  type PolicyChangeLine,
} from '../domain/notification/sales-policy-message.ts';
import type { OrganizationId } from '../shared/ids.ts';
import type { PipelinePorts } from './ports.ts';

const eventsAtOnce = 1_000;
/** Changes in one message: about 30 KB of JSON. */
const changesInMessageMax = 100;
const roundsMax = 20;

/**
 * Hands changes of sales policies to the outside: queues one signed message per webhook that is to know, and plans
 * write-backs when they are switched on. The notifier sends the messages with its leases, rates and repetitions.
 *
 * One worker at a time; the place in the event log is kept in the same transaction, so each change is queued exactly
 * once. Reads the event log, settings, channels; writes `notification_delivery`, `sales_policy_write`,
 * `sales_policy_progress`. Run twice: the second time finds nothing.
 */
export async function tellSalesPolicies(ports: PipelinePorts, organizationId: OrganizationId): Promise<void> {
  for (let round = 0; round < roundsMax; round += 1) {
    const hasMore = await withOrganization(
      ports.db,
      'worker',
      organizationId,
      async (sql) => {
        if (!(await lockStage(sql, organizationId, 'sales-policy', true))) return false;
        return tellChanges(sql, organizationId, ports.clock.now());
      },
      { isIdempotent: true },
    );
    if (!hasMore) return;
  }
}

async function tellChanges(sql: Sql, organizationId: OrganizationId, at: Date): Promise<boolean> {
  const progress = await loadSalesPolicyProgress(sql);
  if (progress === null) return false;
  const { changes, last } = await loadUntoldSalesChanges(sql, progress.toldNumber, eventsAtOnce);
  if (last === progress.toldNumber) return false;
  if (changes.length > 0) {
    const { channelIds, writeMode } = await loadSalesPolicySetting(sql);
    for (const { channelId, locale } of await loadSalesPolicyChannels(sql, channelIds)) {
      await queueMessages(sql, organizationId, { channelId, locale }, changes, at);
    }
    if (writeMode !== 'OFF') {
      const changeIds = changes.map((change) => change.changeId);
      await planSalesPolicyWrites(sql, organizationId, changeIds, writeMode === 'DRY_RUN', at);
    }
  }
  await saveSalesPolicyProgress(sql, organizationId, { ...progress, toldNumber: last }, at);
  return true;
}

async function queueMessages(
  sql: Sql,
  organizationId: OrganizationId,
  channel: { readonly channelId: string; readonly locale: 'zh-CN' | 'en' },
  changes: readonly PolicyChangeLine[],
  at: Date,
): Promise<void> {
  const partCount = Math.ceil(changes.length / changesInMessageMax);
  for (let part = 0; part < partCount; part += 1) {
    const told = changes.slice(part * changesInMessageMax, (part + 1) * changesInMessageMax);
    await saveDelivery(
      sql,
      organizationId,
      {
        ...{ deliveryId: randomUUID(), channelId: channel.channelId, recipient: '' },
        ...{ kind: 'SALES_POLICIES', state: 'QUEUED', severity: 'INFO', digest: 'NONE' },
        title: composePolicyTitle(told.length, channel.locale),
        message: {
          texts: told.map((change) => composePolicyLine(change, channel.locale)),
          alerts: [],
          mentions: [],
          policies: told,
        },
        ...{ partNumber: part + 1, partCount, noticeCount: told.length },
        changedAt: told[0]?.occurredAt ?? at,
      },
      at,
    );
  }
}
