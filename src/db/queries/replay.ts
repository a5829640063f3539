import type { OrganizationId } from '../../shared/ids.ts';
import type { Database } from '../client.ts';
import { asOwner } from '../tenant.ts';

/** Makes all shops of an organization due now, as the owner: for replays that move time by hand. */
export async function wakeAllShops(db: Database, organizationId: OrganizationId): Promise<void> {
  await asOwner(
    db,
    null,
    (sql) => sql`
      update shop_lease set next_due_at = clock_timestamp()
      where organization_id = ${organizationId} and is_enabled`,
  );
}

/**
 * Makes the shops due that have hints and wait for their interval, as the owner: a push that came while a poll was
 * given back must not wait for it when time is moved by hand.
 */
export async function wakeHintedShops(db: Database, organizationId: OrganizationId): Promise<void> {
  await asOwner(
    db,
    organizationId,
    (sql) => sql`
      update shop_lease l set next_due_at = clock_timestamp()
      where l.organization_id = ${organizationId} and l.is_enabled and l.lease_until is null
        and l.next_due_at > clock_timestamp() + interval '1 minute'
        and exists (select from read_hint h where h.organization_id = l.organization_id and h.shop_id = l.shop_id)`,
  );
}

/**
 * How many shops of an organization are still being read or about to be, as the owner: due, in work, or with hints
 * that nobody has answered.
 */
export async function countUnreadShops(db: Database, organizationId: OrganizationId): Promise<number> {
  const [row] = await asOwner(
    db,
    organizationId,
    (sql) => sql<{ unread: number }[]>`
      select count(*)::int as unread from shop_lease l
      where l.organization_id = ${organizationId} and l.is_enabled and (
        l.lease_until > clock_timestamp() or l.next_due_at <= clock_timestamp() + interval '1 minute'
        or exists (select from read_hint h where h.organization_id = l.organization_id and h.shop_id = l.shop_id)
      )`,
  );
  return row?.unread ?? 0;
}
