import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';

/** A channel of kind INBOX, a route to it with a chain, and one message about an alert, not read by anybody. */
export async function insertNotifications(
  sql: postgres.Sql,
  world: {
    readonly organizationId: string;
    readonly alertIds: readonly string[];
    readonly warehouseIds: readonly string[];
  },
  at: Date,
): Promise<void> {
  const [channel_id, route_id, delivery_id] = [randomUUID(), randomUUID(), randomUUID()];
  const base = { organization_id: world.organizationId, recorded_at: at };
  const alertId = world.alertIds[0] ?? null;
  const step = { afterMinutes: 30, channelIds: [channel_id], roles: ['OWNER'], recipientNames: [] };
  const recipient = { name: 'Li', role: 'OWNER', address: null, userId: null };
  await sql`insert into notification_channel ${sql({
    ...{ ...base, channel_id, kind: 'INBOX', name: 'inbox', locale: 'en' },
    ...{ settings: sql.json({}), recipients: sql.json([recipient]) },
  } as never)}`;
  await sql`insert into notification_route ${sql({
    ...{ ...base, route_id, name: 'all', severity_min: 'INFO', channel_ids: [channel_id], roles: [] },
    ...{ warehouse_ids: world.warehouseIds, recipient_names: [], tells_resolved: true, digest_minutes: 0 },
    ...{ quiet_from: '22:00', quiet_to: '07:00', quiet_time_zone: 'Asia/Shanghai', repeat_minutes: 60 },
    escalation: sql.json([step]),
  } as never)}`;
  if (alertId === null) return;
  await sql`insert into notification_delivery ${sql({
    ...{
      ...base,
      delivery_id,
      channel_id,
      kind: 'ALERTS',
      state: 'SENT',
      recipient: '',
      severity: 'WARNING',
    },
    ...{ title: 'Shuiwei: 1 alert', part_number: 1, part_count: 1, notice_count: 1, digest: 'NONE' },
    ...{ changed_at: at, queued_at: at, finished_at: at, attempts: 1, next_attempt_at: at, answer: '' },
    message: sql.json({ texts: ['Low stock'], alerts: [{ alertId }], mentions: [] }),
  } as never)}`;
  await sql`insert into notification_notice ${sql({
    ...{
      ...base,
      channel_id,
      recipient: '',
      event_number: 2,
      cause: 'REPEAT',
      ordinal: 1,
      alert_id: alertId,
    },
    ...{
      route_id,
      mentions: [],
      due_at: new Date(at.getTime() + 7_200_000),
      due_reason: 'REPEAT',
      changed_at: at,
    },
  } as never)}`;
}
