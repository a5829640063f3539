import type { Sql } from '../connection.ts';

/** A message that somebody wants sent again, as it stands. */
export interface ResendTarget {
  readonly deliveryId: string;
  readonly state: 'QUEUED' | 'SENT' | 'FAILED';
  /** Whether its channel sends anything. */
  readonly isOpen: boolean;
}

/** Locks messages for a re-send, in the order of their ids. Those that there are not are left out. */
export async function lockForResend(sql: Sql, deliveryIds: readonly string[]): Promise<ResendTarget[]> {
  return [
    ...(await sql<ResendTarget[]>`
      select d.delivery_id as "deliveryId", d.state, c.is_enabled and c.state = 'ACTIVE' as "isOpen"
      from notification_delivery d
      join notification_channel c on c.organization_id = d.organization_id and c.channel_id = d.channel_id
      where d.delivery_id = any (${[...deliveryIds]}::text[]::uuid[])
      order by d.delivery_id for update of d`),
  ];
}

/**
 * Queues messages that were given up once more, under their old ids. Writes `notification_delivery`. Run twice: the
 * second time finds them queued.
 *
 * @param by - name of the key, for the log
 * @param at - business time: from here on they may wait as long as new ones
 */
export async function requeueDeliveries(
  sql: Sql,
  deliveryIds: readonly string[],
  by: string,
  at: Date,
): Promise<void> {
  await sql`
    update notification_delivery
    set state = 'QUEUED', attempts = 0, next_attempt_at = clock_timestamp(), finished_at = null,
        attempt_log = attempt_log || jsonb_build_object(
          'at', clock_timestamp(), 'outcome', 'RESENT', 'by', ${by}::text, 'resentAt', ${at}::timestamptz)
    where delivery_id = any (${[...deliveryIds]}::text[]::uuid[]) and state = 'FAILED'`;
}
