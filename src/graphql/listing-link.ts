import type { QueryScope } from '../db/queries/collection.ts';
import { markDemandOfItems } from '../db/queries/demand-mark.ts';
import { levelKeyText, lockLevels } from '../db/queries/ingest-level.ts';
import { loadPoolQuantities } from '../db/queries/ingest-listing.ts';
import { ensureSnapshotPartitions } from '../db/queries/ingest-partition.ts';
import { refreshWatched } from '../db/queries/ingest-watch.ts';
import { items } from '../db/queries/item.ts';
import { readByFields, runRead } from '../db/queries/keyset.ts';
import { listings } from '../db/queries/listing.ts';
import { forgetUnsold, type LinkedListing, linkListing } from '../db/queries/listing-link.ts';
import { goneStatuses } from '../domain/stock.ts';
import { Decimal } from '../shared/decimal.ts';
import { brandId, type ItemId } from '../shared/ids.ts';
import { builder } from './builder.ts';
import { startChecks } from './checks.ts';
import type { GraphqlContext } from './context.ts';
import { loadByKey } from './loader.ts';
import { announce, definePayload, idempotencyKeyDescription, runMutation } from './mutation.ts';
import { requireId } from './node.ts';
import type { EnteredReading } from './ports.ts';
import { Item, Listing } from './refs.ts';
import { Refusal, userError } from './user-error.ts';

const ListingLinkInput = builder.inputType('ListingLinkInput', {
  description: 'Which goods a listing sells.',
  fields: (t) => ({
    listingId: t.id({ required: true, description: 'The listing’s id.' }),
    itemId: t.id({ required: true, description: 'Id of the item that it sells.' }),
    packFactor: t.field({
      type: 'Decimal',
      required: true,
      defaultValue: '1',
      description:
        'Units of the item in one unit of the listing: above 0, at most 1,000,000; 1 unless given.',
    }),
    idempotencyKey: t.string({ description: idempotencyKeyDescription }),
  }),
});

interface LinkResult {
  listingId: string;
  formerItemId: string;
}

const ListingLinkPayload = definePayload<LinkResult>(
  'ListingLinkPayload',
  'The listing as it is now.',
  (t) => ({
    listing: t.field({
      type: Listing,
      nullable: true,
      description: 'The listing.',
      resolve: ({ result }, _args, context) =>
        result === null ? null : loadByKey(context, listings, result.listingId),
    }),
    formerItem: t.field({
      type: Item,
      nullable: true,
      description: 'The item that it sold before; the same one when only the pack factor changed.',
      resolve: ({ result }, _args, context) =>
        result === null ? null : loadByKey(context, items, result.formerItemId),
    }),
  }),
);

builder.mutationField('listingLink', (t) =>
  t.field({
    type: ListingLinkPayload,
    authScopes: { scope: 'write:stock' },
    description:
      'Says which item a listing sells, and how many units of it. Its past orders, the pools of both items and their demand follow.',
    args: {
      input: t.arg({ type: ListingLinkInput, required: true, description: 'Listing, item, pack factor.' }),
    },
    resolve: async (_root, { input }, context) => {
      const [listingId = ''] = requireId(context, input.listingId, 'Listing');
      const [item = ''] = requireId(context, input.itemId, 'Item');
      await ensureSnapshotPartitions(context.db, 'app', [context.now]);
      return runMutation(context, 'listingLink', input, (scope) =>
        link(context, scope, listingId, brandId<ItemId>(item), input.packFactor ?? '1'),
      );
    },
  }),
);

async function link(
  context: GraphqlContext,
  scope: QueryScope,
  listingId: string,
  itemId: ItemId,
  packFactor: string,
): Promise<LinkResult> {
  const { sql, now } = scope;
  const checks = startChecks();
  if (new Decimal(packFactor).lte(0)) {
    checks.add(userError('OUT_OF_RANGE', ['input', 'packFactor'], { bound: '> 0' }));
  }
  checks.decimal(packFactor, ['input', 'packFactor'], { max: 1_000_000 });
  checks.refuseIfAny();
  const [found] = await runRead(scope, readByFields(items, { fields: ['itemId'], tuples: [[itemId]] }));
  if (found == null) throw new Refusal(userError('NOT_FOUND', ['input', 'itemId']));
  const linked = await linkListing(sql, listingId, itemId, packFactor, now);
  if (linked === null) throw new Refusal(userError('NOT_FOUND', ['input', 'listingId']));
  const touched = [...new Set([linked.formerItemId, itemId])];
  const { organizationId } = context.viewer;
  // Before any level is locked, as the demand stage does it.
  await markDemandOfItems(sql, organizationId, touched, now);
  const recorded = await context.ports.recordLevels(sql, {
    ...{ organizationId, recordedAt: now, syncRunId: null, isTrusted: true },
    readings: await readPools(scope, linked, touched),
  });
  const rewatched = await refreshWatched(sql, touched, goneStatuses);
  const { shopId, poolId, formerItemId } = linked;
  const unsold = poolId === null ? [] : await forgetUnsold(sql, shopId, poolId, formerItemId);
  await announce(context, scope, [...recorded.touched, ...rewatched, ...unsold], recorded.events);
  return { listingId, formerItemId };
}

/** What the shop's pool holds of the items now; an item that it no longer sells stands at zero there. */
async function readPools(
  { sql, now }: QueryScope,
  { shopId, poolId }: LinkedListing,
  itemIds: readonly ItemId[],
): Promise<EnteredReading[]> {
  if (poolId === null) return [];
  const quantities = await loadPoolQuantities(sql, shopId, itemIds, goneStatuses);
  const known = await lockLevels(
    sql,
    itemIds.map((itemId) => ({ itemId, warehouseId: poolId })),
    itemIds,
  );
  const standing = itemIds.filter(
    (itemId) => quantities.has(itemId) || known.has(levelKeyText({ itemId, warehouseId: poolId })),
  );
  return standing.map((itemId) => ({
    itemId,
    warehouseId: poolId,
    quantities: {
      available: quantities.get(itemId) ?? new Decimal(0),
      onHand: null,
      reserved: null,
      damaged: null,
      incoming: null,
    },
    observedAt: now,
    checkedAt: now,
    source: 'MUTATION',
    shopId,
  }));
}
