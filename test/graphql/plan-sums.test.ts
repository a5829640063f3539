import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countDemand } from '../../src/db/queries/demand-refresh.ts';
import { markAllPlanDue } from '../../src/db/queries/plan-due.ts';
import { planSteps } from '../../src/pipeline/plan-loop.ts';
import { summarizePlans } from '../../src/pipeline/plan-summary.ts';
import { createPlanThreads } from '../../src/pipeline/plan-threads.ts';
import type { ShopId, WarehouseId } from '../../src/shared/ids.ts';
import { buildPlanWorld, type PlanWorld } from '../pipeline/plan-world.ts';
import { asWorker, noon, seedShop, seedWarehouse } from '../pipeline/seed.ts';
import { createWorker } from '../pipeline/worker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { askWell, type JsonObject, viewerOf } from './ask.ts';

/** An item that lies in no warehouse, on the pools of two shops; and one that lies in both kinds. */
const pooled = 8;
const stored = 9;
/** An item in a warehouse that reports no movements: its orders are all that is known of its demand. */
const silent = 10;
const shopIdOf = async (warehouseId: WarehouseId) => {
  const [row] = await test.sql`select shop_id from warehouse where warehouse_id = ${warehouseId}`;
  return row!.shop_id as ShopId;
};
let test: TestDatabase;
let world: PlanWorld;
let secondId: WarehouseId;
beforeAll(async () => {
  test = await createTestDatabase();
  world = await buildPlanWorld(test, 12);
  const { organizationId, itemIds, poolId, northId } = world;
  secondId = await seedWarehouse(test, organizationId, 'POOL2', await seedShop(test, organizationId));
  await test.sql`
    delete from stock_level where organization_id = ${organizationId} and item_id = ${itemIds[pooled]!}
      and warehouse_id = ${northId}`;
  await test.sql`
    delete from demand_daily where organization_id = ${organizationId} and item_id = ${itemIds[pooled]!}
      and warehouse_id = ${northId}`;
  await test.sql`
    insert into stock_level (organization_id, item_id, warehouse_id, available, source, observed_at, recorded_at,
      checked_at, snapshot_observed_at)
    select organization_id, item_id, ${secondId}, 90, source, observed_at, recorded_at, checked_at,
           snapshot_observed_at
    from stock_level where organization_id = ${organizationId} and item_id = ${itemIds[pooled]!}`;
  await test.sql`
    insert into demand_daily (organization_id, item_id, warehouse_id, day, units, source, observed_at, recorded_at)
    select organization_id, item_id, ${secondId}, day, 2 * units, source, observed_at, recorded_at
    from demand_daily where organization_id = ${organizationId} and item_id = ${itemIds[pooled]!}`;
  await test.sql`
    insert into stock_snapshot (organization_id, item_id, warehouse_id, observed_at, recorded_at, available, source)
    select organization_id, item_id, ${secondId}, observed_at, recorded_at, available, source
    from stock_snapshot where organization_id = ${organizationId} and item_id = ${itemIds[pooled]!}
      and warehouse_id = ${poolId}`;
  await test.sql`
    delete from demand_daily where organization_id = ${organizationId} and item_id = ${itemIds[silent]!}
      and warehouse_id = ${northId}`;
  await insertOrder('short-1', stored, 'sellerGoodsLack', 5, 3);
  await insertOrder('short-2', stored, 'sellerGoodsLack', 80, 2);
  await insertOrder('short-old', stored, 'sellerGoodsLack', 95, 7);
  await insertOrder('regret', stored, 'buyerCancel', 5, 4);
  await insertOrder('short-3', pooled, 'sellerGoodsLack', 6, 1);
  const worker = createWorker(test, () => ({}) as never);
  await asWorker(test, organizationId, (sql) => markAllPlanDue(sql, noon));
  await planSteps(worker.ports, organizationId, createPlanThreads(0), 50);
  await summarizePlans(worker.ports, organizationId);
});
afterAll(() => test.drop());

async function insertOrder(orderId: string, item: number, reason: string, daysAgo: number, quantity: number) {
  const orderedAt = new Date(noon.getTime() - daysAgo * 86_400_000);
  const shared = {
    organization_id: world.organizationId,
    shop_id: await shopIdOf(world.poolId),
    order_id: orderId,
  };
  const times = { ordered_at: orderedAt, observed_at: noon, recorded_at: noon };
  await test.sql`insert into sales_order ${test.sql({
    ...{ ...shared, ...times, status: 'cancel', modified_at: noon, close_reason: reason },
  } as never)}`;
  await test.sql`insert into sales_order_line ${test.sql({
    ...{ ...shared, ...times, line_id: '1', product_id: 'p', spec_id: '', item_id: world.itemIds[item] },
    ...{ quantity, item_units: quantity, unit_price: '10' },
  } as never)}`;
}

const run = (source: string): Promise<JsonObject> => askWell(test.db, viewerOf(world.organizationId), source);
const figures = `levelCount stockValue { amount } excessValue { amount } deadStockValue { amount } unitsSold turnover
  turnoverOfYear sellThrough daysOfStock inStockRate stockOutDays lostSalesUnits
  shortageCancellations { lineCount units value { amount } } unavailable { figure reason } dataAsOf computedAt`;
const sku = (i: number) => `P-${String(i).padStart(3, '0')}`;

describe('an item on the pools of two shops', () => {
  it('is worth its largest pool, and sells on both', async () => {
    const { item } =
      await run(`{ item(sku: "${sku(pooled)}") { available unitCost { amount } kpis { ${figures} }
      stockLevels { nodes { warehouse { code } available turnover(days: 90) } } } }`);
    expect(item.available).toBe('90');
    expect(item.kpis.levelCount).toBe(2);
    expect(Number(item.kpis.stockValue.amount)).toBe(90 * Number(item.unitCost.amount));
    const [sold] = await test.sql`
      select sum(units) filter (where day > '2025-12-09') as units from demand_daily
      where organization_id = ${world.organizationId} and item_id = ${world.itemIds[pooled]!}`;
    expect(Number(item.kpis.unitsSold)).toBe(Number(sold!.units));
    const turns = item.stockLevels.nodes.map((node: JsonObject) => Number(node.turnover));
    // Both pools held the same, so the turns add up over the goods that were there once.
    expect(Number(item.kpis.turnover)).toBeCloseTo(turns[0] + turns[1], 4);
    expect(item.kpis.shortageCancellations).toEqual({ lineCount: 1, units: '1', value: { amount: '10' } });
    expect(item.kpis.unavailable).toEqual([]);
  });
});

describe('an item whose warehouse reports no movements', () => {
  it('sells what was ordered on its pool, out of what lies in the warehouse', async () => {
    const { item } =
      await run(`{ item(sku: "${sku(silent)}") { available unitCost { amount } abcClass kpis { ${figures} }
      daysToStockOut { p50 } daysToStockOutUnavailableReason health { score }
      stockLevels { nodes { warehouse { code } available turnover(days: 90) excessValue { amount }
        daysToStockOut { p50 } } } } }`);
    const [sold] = await test.sql`
      select sum(units) as units from demand_daily
      where organization_id = ${world.organizationId} and item_id = ${world.itemIds[silent]!}
        and day > '2025-12-09'`;
    expect(Number(sold!.units)).toBeGreaterThan(0);
    expect(Number(item.kpis.unitsSold)).toBe(Number(sold!.units));
    const pool = item.stockLevels.nodes.find((node: JsonObject) => node.warehouse.code === 'POOL');
    const north = item.stockLevels.nodes.find((node: JsonObject) => node.warehouse.code === 'NORTH');
    expect(north.turnover).toBe('0');
    // Both held the same for the whole time.
    expect(Number(item.kpis.turnover)).toBeCloseTo(Number(pool.turnover), 4);
    expect(Number(item.kpis.stockValue.amount)).toBe(Number(north.available) * Number(item.unitCost.amount));
    expect(item.kpis.excessValue).toEqual(pool.excessValue);
    expect(item.daysToStockOut).toEqual(pool.daysToStockOut);
    expect(item.health.score).toBeDefined();
    expect(item.kpis.unavailable).toEqual([]);
  });
});

describe('sums', () => {
  it('of warehouses, categories and the organization are those of their items', async () => {
    const { overview, categories, warehouse, items } = await run(`{
      overview { kpis { ${figures} } }
      categories(first: 10) { nodes { name kpis { ${figures} } health { score } } }
      warehouse(code: "NORTH") { kpis { ${figures} } }
      items(first: 20) { nodes { category kpis { ${figures} } } } }`);
    const total = (nodes: readonly JsonObject[], pick: (kpis: JsonObject) => unknown) =>
      nodes.reduce((sum: number, node) => sum + Number(pick(node.kpis) ?? 0), 0);
    expect(categories.nodes.map((node: JsonObject) => node.name)).toEqual(['cups', 'plates']);
    for (const pick of [
      (kpis: JsonObject) => kpis.stockValue.amount,
      (kpis: JsonObject) => kpis.unitsSold,
      (kpis: JsonObject) => kpis.stockOutDays,
      (kpis: JsonObject) => kpis.deadStockValue.amount,
      (kpis: JsonObject) => kpis.shortageCancellations.units,
    ]) {
      expect(total(items.nodes, pick)).toBeCloseTo(Number(pick(overview.kpis)), 6);
      expect(total(categories.nodes, pick)).toBeCloseTo(Number(pick(overview.kpis)), 6);
    }
    expect(overview.kpis).toMatchObject({
      levelCount: 13,
      shortageCancellations: { lineCount: 3, units: '6' },
    });
    expect(warehouse.kpis).toMatchObject({ levelCount: 11, shortageCancellations: { lineCount: 0 } });
    for (const { kpis } of categories.nodes) {
      for (const name of ['turnover', 'turnoverOfYear', 'sellThrough', 'daysOfStock', 'inStockRate']) {
        expect(Number(kpis[name]), name).toBeGreaterThan(0);
      }
    }
  });
});

describe('orders closed for lack of goods', () => {
  it('show on their pool for 90 days', async () => {
    const { stockLevel } = await run(`{ stockLevel(sku: "${sku(stored)}", warehouseCode: "POOL") {
      shortageCancellations { lineCount units value { amount } } } }`);
    expect(stockLevel.shortageCancellations).toEqual({ lineCount: 2, units: '5', value: { amount: '50' } });
  });

  it('count as demand, regretted ones do not', async () => {
    const key = { itemId: world.itemIds[stored]!, warehouseId: world.poolId, day: '2026-03-05' };
    await asWorker(test, world.organizationId, (sql) =>
      countDemand(sql, world.organizationId, [key], { observedAt: noon, recordedAt: noon }),
    );
    const [row] = await test.sql`
      select units from demand_daily where organization_id = ${world.organizationId}
        and item_id = ${key.itemId} and warehouse_id = ${key.warehouseId} and day = ${key.day}`;
    expect(row!.units).toBe('3');
  });
});
