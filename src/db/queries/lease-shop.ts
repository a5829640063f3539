import type { OrganizationId, ShopId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { ShopState } from '../tables/sync.ts';

/** A shop as the poller needs it. */
export interface ShopRow {
  readonly organizationId: OrganizationId;
  readonly shopId: ShopId;
  readonly platform: string;
  readonly memberId: string;
  readonly name: string;
  readonly state: ShopState;
  readonly endpointUrl: string | null;
  /** As probed, JSON; null = not probed yet. */
  readonly capabilities: unknown;
}

/** A shop by its id; null when it is gone. Reads `shop`. */
export async function loadShop(sql: Sql, shopId: ShopId): Promise<ShopRow | null> {
  const [row] = await sql<(Omit<ShopRow, 'capabilities'> & { capabilities: string | null })[]>`
    select organization_id as "organizationId", shop_id as "shopId", platform, member_id as "memberId", name, state,
           endpoint_url as "endpointUrl", capabilities
    from shop where shop_id = ${shopId}`;
  if (row === undefined) return null;
  return { ...row, capabilities: row.capabilities === null ? null : JSON.parse(row.capabilities) };
}

/** Stores what a shop's app may call. Writes `shop` where it differs. */
export async function saveCapabilities(
  sql: Sql,
  shopId: ShopId,
  capabilities: unknown,
  at: Date,
): Promise<void> {
  const text = JSON.stringify(capabilities);
  await sql`
    update shop set capabilities = ${text}::jsonb, recorded_at = ${at}
    where shop_id = ${shopId} and capabilities is distinct from ${text}::jsonb`;
}

/**
 * Stores the state of a shop's connection. Writes `shop` where it differs.
 *
 * @param reason - for a person; null when ACTIVE
 */
export async function saveShopState(
  sql: Sql,
  shopId: ShopId,
  state: ShopState,
  reason: string | null,
  at: Date,
): Promise<void> {
  await sql`
    update shop set state = ${state}, state_reason = ${reason}, observed_at = ${at}, recorded_at = ${at}
    where shop_id = ${shopId} and (state, state_reason) is distinct from (${state}, ${reason})`;
}
