import type { ListingObservation } from '../connectors/marketplace.ts';
import type { Sql } from '../db/connection.ts';
import { markDemandOfOrders } from '../db/queries/demand-mark.ts';
import {
  describeItems,
  findListings,
  findSkuHolders,
  type KnownListing,
  loadPoolQuantities,
  resolveLines,
  saveListings,
} from '../db/queries/ingest-listing.ts';
import { resolveItems, resolvePool, type WriteContext } from '../db/queries/ingest-place.ts';
import { chooseSku } from '../domain/catalog.ts';
import { goneStatuses } from '../domain/stock.ts';
import type { ItemId } from '../shared/ids.ts';
import type { LevelReading } from './record-levels.ts';
import { keepLast, resolved, toListingWrite } from './to-writes.ts';

/** What a page of listings says about stock. */
export interface ListingsResult {
  readonly readings: LevelReading[];
  /** Items of which a listing came or went: which of their pools are watched must be decided anew, after the levels. */
  readonly movedItems: readonly ItemId[];
  readonly writtenCount: number;
}

/**
 * Takes in listings: items for new ones, the listings, what the shop's pool now holds of their items.
 *
 * Part of the page's transaction. Also gives waiting order lines their item and marks their demand. Writes `item`,
 * `listing`, `warehouse` (the pool), `sales_order_line`, `inbound_shipment_line`, `demand_dirty`. Run twice: the second time writes nothing.
 */
export async function ingestListings(
  sql: Sql,
  context: WriteContext,
  shop: { readonly memberId: string; readonly name: string },
  observations: readonly ListingObservation[],
): Promise<ListingsResult> {
  const listings = keepLast(observations, keyOf).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  if (listings.length === 0) return { readings: [], movedItems: [], writtenCount: 0 };
  const keys = listings.map((one) => ({ productId: one.productId, specId: one.specId ?? '' }));
  const known = new Map((await findListings(sql, context.shopId, keys)).map((one) => [keyOf(one), one]));
  const fresh = listings.filter((one) => !known.has(keyOf(one)));
  const items = await chooseItems(sql, context, fresh);
  const writes = listings.map((one) =>
    toListingWrite(one, known.get(keyOf(one))?.itemId ?? resolved(items, keyOf(one))),
  );
  const writtenCount = await saveListings(sql, context, writes);
  await describeItems(sql, context, writes);
  const warehouseId = await resolvePool(sql, context, shop);
  if (fresh.length > 0) await resolveWaitingLines(sql, context, fresh);
  const itemIds = [...new Set(writes.map((write) => write.itemId))];
  const quantities = await loadPoolQuantities(sql, context.shopId, itemIds, goneStatuses);
  return {
    movedItems: hasMoved(listings, known) ? itemIds : [],
    writtenCount,
    readings: [...quantities].map(([itemId, available]) => ({
      itemId,
      warehouseId,
      quantities: { available, onHand: null, reserved: null, damaged: null, incoming: null },
      observedAt: context.observedAt,
      checkedAt: context.observedAt,
      source: 'POLL',
      shopId: context.shopId,
    })),
  };
}

function keyOf(one: { readonly productId: string; readonly specId: string | null }): string {
  return JSON.stringify([one.productId, one.specId ?? '']);
}

async function chooseItems(
  sql: Sql,
  context: WriteContext,
  fresh: readonly ListingObservation[],
): Promise<Map<string, ItemId>> {
  if (fresh.length === 0) return new Map();
  const numbers = fresh.flatMap((one) => (one.cargoNumber === null ? [] : [one.cargoNumber.trim()]));
  const holders = await findSkuHolders(sql, context.shopId, numbers);
  const taken = new Set<string>();
  const chosen = fresh.map((one) => {
    const sku = chooseSku(
      { ...one, specId: one.specId ?? '' },
      (number) => taken.has(number) || holders.get(number)?.isSoldByShop === true,
    );
    taken.add(sku);
    return { key: keyOf(one), sku, title: one.title };
  });
  const { ids } = await resolveItems(sql, context, chosen);
  return new Map(chosen.map(({ key, sku }) => [key, resolved(ids, sku)]));
}

async function resolveWaitingLines(
  sql: Sql,
  context: WriteContext,
  fresh: readonly ListingObservation[],
): Promise<void> {
  const keys = fresh.map((one) => ({ productId: one.productId, specId: one.specId ?? '' }));
  const orderIds = await resolveLines(sql, context.shopId, keys);
  await markDemandOfOrders(sql, context.organizationId, context.shopId, orderIds, context.recordedAt);
}

/** Only a listing that came, went or returned can change which pools are watched. */
function hasMoved(
  listings: readonly ListingObservation[],
  known: ReadonlyMap<string, KnownListing>,
): boolean {
  return listings.some((one) => known.get(keyOf(one))?.status !== one.status);
}
