import { randomUUID } from 'node:crypto';
import { ensureSnapshotPartitions } from '../../src/db/queries/ingest-partition.ts';
import type { ItemId, OrganizationId, WarehouseId } from '../../src/shared/ids.ts';
import { brandId } from '../../src/shared/ids.ts';
import type { TestDatabase } from '../support/database.ts';
import { noon, seedOrganization, seedShop, seedWarehouse } from './seed.ts';

/** A small shop with half a year of sales, the same every time. */
export interface PlanWorld {
  readonly organizationId: OrganizationId;
  readonly poolId: WarehouseId;
  readonly northId: WarehouseId;
  readonly itemIds: readonly ItemId[];
}

/** Days of history of the ordinary items; the last of them is the day before {@link noon}. */
const historyDays = 180;
const youngDays = 10;
/** Items by position that are special: too new, never sold, nothing on record, sold nothing for long. */
export const special = { young: 1, unsold: 2, blank: 3, dead: 4 } as const;

const dayMs = 86_400_000;

/** The business day so many days before {@link noon}. */
function dayBefore(days: number): string {
  return new Date(noon.getTime() - days * dayMs).toISOString().slice(0, 10);
}

/** A number in [0, 1) that depends on its arguments alone. */
function draw(...seeds: readonly number[]): number {
  let state = 2_166_136_261;
  for (const seed of seeds) state = Math.imul(state ^ (seed + 0x9e37), 16_777_619) >>> 0;
  state = Math.imul(state ^ (state >>> 15), 2_246_822_507) >>> 0;
  state = Math.imul(state ^ (state >>> 13), 3_266_489_909) >>> 0;
  return ((state ^ (state >>> 16)) >>> 0) / 4_294_967_296;
}

/** Units asked for of item `i` on the day `ago` days before today: weekday pattern and chance, never negative. */
function demandOf(i: number, ago: number): number {
  const rate = (1 + (i % 5)) * (ago % 7 === 0 ? 1.8 : 0.9);
  return Math.floor(rate * 2 * draw(i, ago));
}

/**
 * Writes the world as the owner: items with price and cost, levels on the pool and in a warehouse, daily demand, a
 * stock history, one shipment on its way and received ones to learn the lead time from.
 */
export async function buildPlanWorld(test: TestDatabase, itemCount: number): Promise<PlanWorld> {
  const organizationId = await seedOrganization(test);
  const shopId = await seedShop(test, organizationId);
  const poolId = await seedWarehouse(test, organizationId, 'POOL', shopId);
  const northId = await seedWarehouse(test, organizationId, 'NORTH');
  const itemIds = Array.from({ length: itemCount }, () => brandId<ItemId>(randomUUID())).sort();
  const world = { organizationId, poolId, northId, itemIds };
  const months = [0, 30, 60, 90, 120].map((days) => new Date(noon.getTime() - days * dayMs));
  await ensureSnapshotPartitions(test.db, 'worker', months);
  const rows = itemIds.map((item_id, i) => ({
    ...{
      organization_id: organizationId,
      item_id,
      sku: `P-${String(i).padStart(3, '0')}`,
      title: `item ${i}`,
    },
    ...{
      category: i % 2 === 0 ? 'cups' : 'plates',
      unit_cost: String(4 + i),
      unit_price: String(10 + 2 * i),
    },
    ...{ supplier_name: 'maker', observed_at: noon, recorded_at: noon },
  }));
  await test.sql`insert into item ${test.sql(rows)}`;
  await insertLevels(test, world);
  await insertDemand(test, world);
  await insertShipments(test, world);
  return world;
}

async function insertLevels(test: TestDatabase, world: PlanWorld): Promise<void> {
  const { organizationId: organization_id } = world;
  const seen = new Date(noon.getTime() - 3_600_000);
  const levels = world.itemIds.flatMap((item_id, i) =>
    [world.poolId, world.northId].map((warehouse_id) => ({
      ...{ organization_id, item_id, warehouse_id, available: String(5 + ((i * 7) % 60)), incoming: null },
      ...{
        source: 'POLL',
        observed_at: seen,
        recorded_at: seen,
        checked_at: seen,
        snapshot_observed_at: seen,
      },
      is_watched: warehouse_id === world.northId,
    })),
  );
  await test.sql`insert into stock_level ${test.sql(levels as never)}`;
  // A stock history of 100 days: a level of 40, and two days without anything. What is new lies there as long as it sells.
  const pastOf = (i: number) => {
    if (i === special.blank) return [];
    if (i === special.young) return [[youngDays, 40]];
    return [
      [100, 40],
      [20 + (i % 5), 0],
      [18 + (i % 5), 60],
    ];
  };
  const snapshots = world.itemIds.flatMap((item_id, i) =>
    [world.poolId, world.northId].flatMap((warehouse_id) =>
      pastOf(i).map(([ago, available]) => ({
        ...{ organization_id, item_id, warehouse_id, available: String(available), source: 'POLL' },
        ...{ observed_at: new Date(noon.getTime() - ago! * dayMs), recorded_at: noon },
      })),
    ),
  );
  await test.sql`insert into stock_snapshot ${test.sql(snapshots as never)}`;
}

async function insertDemand(test: TestDatabase, world: PlanWorld): Promise<void> {
  const rows = world.itemIds.flatMap((item_id, i) => {
    if (i === special.blank || i === special.unsold) return [];
    const length = i === special.young ? youngDays : historyDays;
    return [world.poolId, world.northId].flatMap((warehouse_id) =>
      Array.from({ length }, (_, k) => length - k).flatMap((ago) => {
        const isZero = i === special.dead && ago < 175;
        const units = isZero ? 0 : demandOf(i, ago);
        // Like the demand stage: the first day has a row, later ones only with demand.
        return units === 0 && ago !== length
          ? []
          : [
              {
                ...{ organization_id: world.organizationId, item_id, warehouse_id, day: dayBefore(ago) },
                ...{ units: String(units), source: warehouse_id === world.poolId ? 'ORDERS' : 'MOVEMENTS' },
                ...{ observed_at: noon, recorded_at: noon },
              },
            ];
      }),
    );
  });
  for (let from = 0; from < rows.length; from += 5_000) {
    await test.sql`insert into demand_daily ${test.sql(rows.slice(from, from + 5_000) as never)}`;
  }
}

async function insertShipments(test: TestDatabase, world: PlanWorld): Promise<void> {
  const { organizationId: organization_id, northId: warehouse_id } = world;
  const shipment = async (itemIndex: number, state: string, orderedAgo: number, days: number) => {
    const inbound_shipment_id = randomUUID();
    const orderedAt = new Date(noon.getTime() - orderedAgo * dayMs);
    const arrivesAt = new Date(orderedAt.getTime() + days * dayMs);
    await test.sql`insert into inbound_shipment ${test.sql({
      ...{
        organization_id,
        inbound_shipment_id,
        external_id: inbound_shipment_id,
        warehouse_id,
        status: state,
      },
      ...{ supplier_name: 'maker', ordered_at: orderedAt, expected_at: arrivesAt, modified_at: noon },
      ...{ received_at: state === 'RECEIVED' ? arrivesAt : null, observed_at: noon, recorded_at: noon },
    } as never)}`;
    await test.sql`insert into inbound_shipment_line ${test.sql({
      ...{ organization_id, inbound_shipment_id, line_id: '1', item_id: world.itemIds[itemIndex] },
      ...{ quantity: '30', recorded_at: noon },
    } as never)}`;
  };
  for (let k = 0; k < 6; k += 1) await shipment(0, 'RECEIVED', 30 + 10 * k, 5 + k);
  await shipment(0, 'SHIPPED', 4, 7);
  await shipment(5, 'ORDERED', 30, 8);
}
