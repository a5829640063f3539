import { brandId, type OrganizationId, type ShopId } from '../../shared/ids.ts';
import type { Database } from '../client.ts';
import type { Sql } from '../connection.ts';
import { withoutOrganization } from '../tenant.ts';

/** A shop that a message is for. */
export interface PushTarget {
  readonly organizationId: OrganizationId;
  readonly shopId: ShopId;
}

/** Finds the shops of a platform's owner, in whatever organization. Calls `push_route_find`. */
export async function findPushTargets(
  db: Database,
  platform: string,
  memberId: string,
): Promise<PushTarget[]> {
  const rows = await withoutOrganization(
    db,
    'app',
    (sql) => sql<{ organization_id: string; shop_id: string }[]>`
      select organization_id, shop_id from push_route_find(${platform}, ${memberId})`,
    { isIdempotent: true },
  );
  return rows.map((row) => ({
    organizationId: brandId<OrganizationId>(row.organization_id),
    shopId: brandId<ShopId>(row.shop_id),
  }));
}

/** A message to be kept. */
export interface StoredPush extends PushTarget {
  readonly messageId: string;
  readonly topic: string;
  readonly body: string;
  readonly sentAt: Date | null;
  /** Business time. */
  readonly recordedAt: Date;
}

/**
 * Keeps a message. Writes `push_message`.
 *
 * @returns false = it was there already: the platform sends again what it thinks was not heard
 */
export async function savePush(sql: Sql, push: StoredPush): Promise<boolean> {
  const rows = await sql`
    insert into push_message (organization_id, shop_id, message_id, topic, body, sent_at, recorded_at)
    values (${push.organizationId}, ${push.shopId}, ${push.messageId}, ${push.topic}, ${push.body}, ${push.sentAt},
            ${push.recordedAt})
    on conflict do nothing returning 1`;
  return rows.length > 0;
}
