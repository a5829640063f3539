import { randomUUID } from 'node:crypto';
import type { ItemId, OrganizationId, ShopId, WarehouseId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';

/** A warehouse as a feed describes it. */
export interface WarehouseWrite {
  readonly code: string;
  readonly name: string;
  /** IANA name; null = not said: a new one gets Asia/Shanghai, a known one keeps its own. */
  readonly timeZone: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** Who writes, and when. Business time. */
export interface WriteContext {
  readonly organizationId: OrganizationId;
  readonly shopId: ShopId;
  readonly observedAt: Date;
  readonly recordedAt: Date;
}

/**
 * Makes warehouses or brings their description up to date; a pool is never changed this way. Writes `warehouse`
 * only where something differs. Run twice: the second time writes nothing.
 */
export async function saveWarehouses(
  sql: Sql,
  context: WriteContext,
  warehouses: readonly WarehouseWrite[],
): Promise<void> {
  const byCode = new Map(warehouses.map((one) => [one.code, one]));
  const sorted = [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  if (sorted.length === 0) return;
  await sql`
    insert into warehouse as w (
      organization_id, warehouse_id, code, name, time_zone, kind, shop_id, latitude, longitude, observed_at, recorded_at)
    select ${context.organizationId}, g.warehouse_id, g.code, g.name, coalesce(g.time_zone, 'Asia/Shanghai'),
           'PHYSICAL', ${context.shopId}, g.latitude, g.longitude, ${context.observedAt}, ${context.recordedAt}
    from unnest(${sorted.map(() => randomUUID())}::text[]::uuid[], ${sorted.map((one) => one.code)}::text[],
                ${sorted.map((one) => one.name)}::text[], ${sorted.map((one) => one.timeZone)}::text[],
                ${sorted.map((one) => numberText(one.latitude))}::text[]::double precision[],
                ${sorted.map((one) => numberText(one.longitude))}::text[]::double precision[])
      as g(warehouse_id, code, name, time_zone, latitude, longitude)
    on conflict (organization_id, code) do update
    set name = excluded.name, latitude = coalesce(excluded.latitude, w.latitude),
        longitude = coalesce(excluded.longitude, w.longitude), observed_at = excluded.observed_at,
        recorded_at = excluded.recorded_at
    where w.kind = 'PHYSICAL'
      and (w.name, w.latitude, w.longitude) is distinct from
          (excluded.name, coalesce(excluded.latitude, w.latitude), coalesce(excluded.longitude, w.longitude))`;
  // The zone moves alone: `excluded` cannot tell a given Asia/Shanghai from the assumed one.
  await sql`
    update warehouse w set time_zone = g.time_zone, recorded_at = ${context.recordedAt}
    from unnest(${sorted.map((one) => one.code)}::text[], ${sorted.map((one) => one.timeZone)}::text[])
      as g(code, time_zone)
    where w.code = g.code and w.kind = 'PHYSICAL' and g.time_zone is not null and w.time_zone <> g.time_zone`;
}

function numberText(value: number | null): string | null {
  return value === null ? null : String(value);
}

/**
 * Finds warehouses by code; those that nobody has described yet are made, with the code as their name. Reads and
 * writes `warehouse`.
 *
 * @returns the warehouse of each code
 */
export async function resolveWarehouses(
  sql: Sql,
  context: WriteContext,
  codes: readonly string[],
): Promise<Map<string, WarehouseId>> {
  const wanted = [...new Set(codes)].sort();
  const known = await findWarehouses(sql, wanted);
  const missing = wanted.filter((code) => !known.has(code));
  if (missing.length === 0) return known;
  await sql`
    insert into warehouse (
      organization_id, warehouse_id, code, name, kind, shop_id, observed_at, recorded_at)
    select ${context.organizationId}, g.warehouse_id, g.code, g.code, 'PHYSICAL', ${context.shopId},
           ${context.observedAt}, ${context.recordedAt}
    from unnest(${missing.map(() => randomUUID())}::text[]::uuid[], ${missing}::text[]) as g(warehouse_id, code)
    on conflict (organization_id, code) do nothing`;
  return findWarehouses(sql, wanted);
}

async function findWarehouses(sql: Sql, codes: string[]): Promise<Map<string, WarehouseId>> {
  if (codes.length === 0) return new Map();
  const rows = await sql<{ code: string; warehouse_id: WarehouseId }[]>`
    select code, warehouse_id from warehouse where code = any (${codes}::text[])`;
  return new Map(rows.map((row) => [row.code, row.warehouse_id]));
}

/**
 * The marketplace pool of a shop; made when it is missing. Its code is `POOL-` and the shop's name at the platform.
 * Reads and writes `warehouse`.
 */
export async function resolvePool(
  sql: Sql,
  context: WriteContext,
  shop: { readonly memberId: string; readonly name: string },
): Promise<WarehouseId> {
  const short = context.shopId.slice(0, 8);
  for (const code of [`POOL-${shop.memberId}`, `POOL-${shop.memberId}-${short}`]) {
    const found = await findPool(sql, context.shopId);
    if (found !== null) return found;
    await sql`
      insert into warehouse (
        organization_id, warehouse_id, code, name, kind, shop_id, observed_at, recorded_at)
      values (${context.organizationId}, ${randomUUID()}, ${code}, ${shop.name}, 'MARKETPLACE_POOL',
              ${context.shopId}, ${context.observedAt}, ${context.recordedAt})
      on conflict (organization_id, code) do nothing`;
  }
  const made = await findPool(sql, context.shopId);
  if (made === null) throw new Error('the pool of a shop could not be made');
  return made;
}

async function findPool(sql: Sql, shopId: ShopId): Promise<WarehouseId | null> {
  const [row] = await sql<{ warehouse_id: WarehouseId }[]>`
    select warehouse_id from warehouse where shop_id = ${shopId} and kind = 'MARKETPLACE_POOL' limit 1`;
  return row?.warehouse_id ?? null;
}

/**
 * Finds items by the merchant's own article number; unknown ones are made. Reads and writes `item`.
 *
 * @param goods - article number and title (null = unknown: the number stands for it)
 * @returns the item of each article number, and which were made
 */
export async function resolveItems(
  sql: Sql,
  context: WriteContext,
  goods: readonly { readonly sku: string; readonly title: string | null }[],
): Promise<{ ids: Map<string, ItemId>; made: string[] }> {
  const titles = new Map<string, string>();
  for (const { sku, title } of goods) titles.set(sku, title ?? titles.get(sku) ?? sku);
  const wanted = [...titles.keys()].sort();
  const known = await findItems(sql, wanted);
  const missing = wanted.filter((sku) => !known.has(sku));
  if (missing.length === 0) return { ids: known, made: [] };
  await sql`
    insert into item (organization_id, item_id, sku, title, observed_at, recorded_at)
    select ${context.organizationId}, g.item_id, g.sku, g.title, ${context.observedAt}, ${context.recordedAt}
    from unnest(${missing.map(() => randomUUID())}::text[]::uuid[], ${missing}::text[],
                ${missing.map((sku) => titles.get(sku) ?? sku)}::text[]) as g(item_id, sku, title)
    on conflict (organization_id, sku) do nothing`;
  return { ids: await findItems(sql, wanted), made: missing };
}

async function findItems(sql: Sql, skus: string[]): Promise<Map<string, ItemId>> {
  if (skus.length === 0) return new Map();
  const rows = await sql<{ sku: string; item_id: ItemId }[]>`
    select sku, item_id from item where sku = any (${skus}::text[])`;
  return new Map(rows.map((row) => [row.sku, row.item_id]));
}
