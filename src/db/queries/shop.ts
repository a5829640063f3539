import type { OrganizationId, ShopId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';
import type { ShopState } from '../tables/sync.ts';
import { type Collection, column, type QueryScope } from './collection.ts';

/** A shop on a marketplace, or a feed of a warehouse system. Never with its tokens. */
export interface ShopRow {
  shopId: string;
  platform: string;
  memberId: string;
  name: string;
  state: ShopState;
  stateReason: string | null;
  /** JSON text of the capabilities as probed; null = not probed yet. */
  capabilities: string | null;
  endpointUrl: string | null;
  observedAt: Date;
  recordedAt: Date;
}

/** What shops can be filtered and sorted by. */
export type ShopField = 'shopId' | 'platform' | 'name' | 'state';

/** All shops of the organization. */
export const shops: Collection<ShopRow, ShopField> = {
  name: 'shops',
  columns: ({ sql }) => sql`
    h.shop_id as "shopId", h.platform, h.member_id as "memberId", h.name, h.state,
    h.state_reason as "stateReason", h.capabilities::text as capabilities, h.endpoint_url as "endpointUrl",
    h.observed_at as "observedAt", h.recorded_at as "recordedAt"`,
  from: ({ sql }) => sql`shop h`,
  fields: {
    shopId: column('h', 'shop_id', 'uuid'),
    platform: column('h', 'platform', 'text'),
    name: column('h', 'name', 'text'),
    state: column('h', 'state', 'text'),
  },
  key: ['shopId'],
};

/** Where the reading of one stream of one shop stands. All instants are business time. */
export interface ShopStreamRow {
  shopId: string;
  stream: string;
  watermarkAt: Date | null;
  passStartedAt: Date | null;
  passFinishedAt: Date | null;
  cycleMs: number | null;
  sweptAt: Date | null;
}

/** The streams of some shops in one statement, one list per shop in their order. Reads `sync_state`. */
export async function loadShopStreams(
  { sql }: QueryScope,
  shopIds: readonly string[],
): Promise<ShopStreamRow[][]> {
  const rows = await sql<ShopStreamRow[]>`
    select y.shop_id as "shopId", y.stream, y.watermark_at as "watermarkAt",
      y.pass_started_at as "passStartedAt", y.pass_finished_at as "passFinishedAt",
      y.cycle_ms::float8 as "cycleMs", w.swept_at as "sweptAt"
    from sync_state y
    left join sync_state w on w.shop_id = y.shop_id and w.stream = y.stream || ':sweep'
    where y.shop_id = any(${shopIds as string[]}::uuid[]) and y.stream not like '%:sweep'
    order by y.stream
  `;
  return shopIds.map((shopId) => rows.filter((row) => row.shopId === shopId));
}

/**
 * Makes a shop due for polling at once, if it is the organization's. Reads `shop`, writes the shop's lease through
 * its function.
 *
 * @returns false when there is no such shop
 */
export async function wakeShop(sql: Sql, organizationId: OrganizationId, shopId: ShopId): Promise<boolean> {
  const known = await sql`select 1 from shop where shop_id = ${shopId}`;
  if (known.length === 0) return false;
  await sql`select shop_lease_wake(${shopId}, ${organizationId})`;
  return true;
}
