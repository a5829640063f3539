import type { OrganizationId, ShopId } from '../../shared/ids.ts';
import type { Sql } from '../connection.ts';

/** What can be asked to be read again. */
type HintKind = 'PRODUCT' | 'ORDER' | 'SYNC_NOW';

/** "Read this again." */
export interface ReadHint {
  readonly kind: HintKind;
  /** Product or order id; empty for SYNC_NOW. */
  readonly externalId: string;
}

/** A stored hint. `createdAt` says which asking was answered: a later one stays. */
export interface StoredHint extends ReadHint {
  readonly createdAt: Date;
}

/** Bigger is read first: somebody waits, the platform says that something changed, it just sold, it is only unknown. */
export const hintPriority = { person: 30, push: 20, sale: 10, unknown: 1 } as const;

/**
 * Asks for things to be read again. The same hint again moves its time and keeps the greater priority.
 * Writes `read_hint`. Push messages and mutations also wake the shop's lease.
 */
export async function saveHints(
  sql: Sql,
  target: { readonly organizationId: OrganizationId; readonly shopId: ShopId },
  hints: readonly ReadHint[],
  priority: number,
  createdAt: Date,
): Promise<void> {
  const unique = new Map(hints.map((hint) => [`${hint.kind}/${hint.externalId}`, hint]));
  const sorted = [...unique.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, hint]) => hint);
  if (sorted.length === 0) return;
  await lockHints(sql, target.shopId);
  await sql`
    insert into read_hint as h (organization_id, shop_id, kind, external_id, priority, created_at)
    select ${target.organizationId}, ${target.shopId}, g.kind, g.external_id, ${priority}, ${createdAt}
    from unnest(${sorted.map((hint) => hint.kind)}::text[], ${sorted.map((hint) => hint.externalId)}::text[])
      as g(kind, external_id)
    on conflict (organization_id, shop_id, kind, external_id) do update
    set priority = greatest(h.priority, excluded.priority), created_at = greatest(h.created_at, excluded.created_at)`;
}

/** The most urgent hints of a shop, oldest first among equals. Reads `read_hint`. */
export async function loadHints(sql: Sql, shopId: ShopId, hintsMax: number): Promise<StoredHint[]> {
  return await sql<StoredHint[]>`
    select kind, external_id as "externalId", created_at as "createdAt" from read_hint
    where shop_id = ${shopId}
    order by priority desc, created_at, kind, external_id
    limit ${hintsMax}`;
}

/**
 * Lets one transaction at a time write the hints of a shop: a page answers some and gives others, a push gives some,
 * and row by row they could wait for each other.
 */
async function lockHints(sql: Sql, shopId: ShopId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`read_hint/${shopId}`}, 0))`;
}

/** Removes hints that were answered, unless they were given again meanwhile. Writes `read_hint`. */
export async function removeHints(sql: Sql, shopId: ShopId, hints: readonly StoredHint[]): Promise<void> {
  if (hints.length === 0) return;
  await lockHints(sql, shopId);
  // Database times are finer than ours: a hint of the same millisecond is the same hint.
  await sql`
    delete from read_hint h
    using unnest(${hints.map((hint) => hint.kind)}::text[], ${hints.map((hint) => hint.externalId)}::text[],
                 ${hints.map((hint) => hint.createdAt.toISOString())}::text[]::timestamptz[])
      as g(kind, external_id, created_at)
    where h.shop_id = ${shopId} and h.kind = g.kind and h.external_id = g.external_id
      and h.created_at < g.created_at + interval '1 millisecond'`;
}

/**
 * Asks for the products behind levels to be read again: of the shop's listings of these items. Reads `listing`,
 * writes `read_hint`.
 */
export async function saveHintsForItems(
  sql: Sql,
  target: { readonly organizationId: OrganizationId; readonly shopId: ShopId },
  itemIds: readonly string[],
  priority: number,
  createdAt: Date,
): Promise<void> {
  if (itemIds.length === 0) return;
  const rows = await sql<{ product_id: string }[]>`
    select distinct product_id from listing
    where shop_id = ${target.shopId} and item_id = any (${[...itemIds]}::text[]::uuid[])`;
  const hints = rows.map((row) => ({ kind: 'PRODUCT' as const, externalId: row.product_id }));
  await saveHints(sql, target, hints, priority, createdAt);
}
