import { brandId, type OrganizationId, type ShopId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';

/** A shop to connect, or to connect again with new tokens. */
export interface ConnectedShop {
  readonly organizationId: OrganizationId;
  readonly shopId: ShopId;
  readonly platform: string;
  /** The platform's id of the owner. */
  readonly memberId: string;
  readonly name: string;
  /** Address of a feed; null = the configured one. */
  readonly endpointUrl: string | null;
  /** The tokens, sealed for this organization and shop. */
  readonly sealed: string;
  /** Real time; null = never. */
  readonly accessExpiresAt: Date | null;
  readonly refreshExpiresAt: Date | null;
  /** Business time. */
  readonly at: Date;
}

/** The shop of this owner, if it was connected before; null = new. Reads `shop` of the transaction's organization. */
export async function findShopId(sql: Sql, platform: string, memberId: string): Promise<ShopId | null> {
  const [row] = await sql<{ shop_id: string }[]>`
    select shop_id from shop where platform = ${platform} and member_id = ${memberId}`;
  return row === undefined ? null : brandId<ShopId>(row.shop_id);
}

/**
 * Keeps a shop with its sealed tokens and makes it due for polling at once.
 *
 * Writes the shop's lease, `shop` and `shop_credential` in the caller's transaction (its organization set). Run again
 * it replaces the tokens, makes the shop ACTIVE and keeps everything read so far; a worker that polls it with the old
 * tokens loses it.
 */
export async function saveConnectedShop(sql: Sql, shop: ConnectedShop): Promise<void> {
  const { organizationId, shopId } = shop;
  // First the lease, then the shop: as its poller locks them.
  await sql`select shop_register(${shopId}, ${organizationId}, ${shop.platform}, ${shop.memberId})`;
  await sql`
    insert into shop as s
      (organization_id, shop_id, platform, member_id, name, state, endpoint_url, observed_at, recorded_at)
    values (${organizationId}, ${shopId}, ${shop.platform}, ${shop.memberId}, ${shop.name}, 'ACTIVE',
            ${shop.endpointUrl}, ${shop.at}, ${shop.at})
    on conflict (organization_id, shop_id) do update
    set name = excluded.name, state = 'ACTIVE', state_reason = null, endpoint_url = excluded.endpoint_url,
        observed_at = excluded.observed_at`;
  // Values instead of `excluded`, which would need the right to read the tokens. The version rises, so that a refresh under way with the old tokens is not saved over the new ones.
  await sql`
    insert into shop_credential as c
      (organization_id, shop_id, sealed, version, access_expires_at, refresh_expires_at, updated_at)
    values (${organizationId}, ${shopId}, ${shop.sealed}, 1, ${shop.accessExpiresAt}, ${shop.refreshExpiresAt},
            clock_timestamp())
    on conflict (organization_id, shop_id) do update
    set sealed = ${shop.sealed}, version = c.version + 1, access_expires_at = ${shop.accessExpiresAt},
        refresh_expires_at = ${shop.refreshExpiresAt}, updated_at = clock_timestamp()`;
}
