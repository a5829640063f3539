import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ask, askWell, viewerOf } from './ask.ts';
import { buildOrganization, hoursAgo, type WorldOrganization } from './world.ts';

let database: TestDatabase;
let world: WorldOrganization;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await buildOrganization(database.sql, 'O', 4);
  const { organizationId: organization_id } = world;
  const demand = (item: number, warehouse_id: string | undefined, units: string, source: string) =>
    database.sql`insert into demand_daily ${database.sql({
      ...{ organization_id, item_id: world.itemIds[item] ?? '', warehouse_id, units, source },
      ...{ day: '2026-02-01', observed_at: hoursAgo(1), recorded_at: hoursAgo(1) },
    } as never)}`;
  // Item 1 was ordered on its pool and shipped from a warehouse: the same demand twice. Item 2 was shipped only.
  await demand(1, world.poolId, '7', 'ORDERS');
  await demand(1, world.warehouseIds[0], '6', 'MOVEMENTS');
  await demand(2, world.warehouseIds[0], '5', 'MOVEMENTS');
});
afterAll(() => database.drop());

const run = (source: string) => ask(database.db, viewerOf(world.organizationId), source);
const runWell = (source: string) => askWell(database.db, viewerOf(world.organizationId), source);

interface Day {
  readonly date: string;
  readonly demandUnits: string | null;
  readonly openedAlertCount: number;
  readonly resolvedAlertCount: number;
  readonly openAlertCount: number;
}

test('the trend ends today with what is open now, and counts back by what was opened and resolved', async () => {
  const { overview } = await runWell(
    '{ overview { openAlertCount trend(days: 40) { date demandUnits openedAlertCount resolvedAlertCount openAlertCount } } }',
  );
  const days: Day[] = overview.trend;
  expect(days).toHaveLength(40);
  expect(days.at(-1)).toMatchObject({
    date: '2026-03-10',
    demandUnits: null,
    openAlertCount: overview.openAlertCount,
  });
  for (const [index, day] of days.entries()) {
    const before = days[index - 1];
    if (before === undefined) continue;
    expect(day.openAlertCount - before.openAlertCount).toBe(day.openedAlertCount - day.resolvedAlertCount);
  }
  expect(days.reduce((sum, day) => sum + day.openedAlertCount, 0)).toBeGreaterThan(0);
});

test('demand counts once an item: by its orders where there are any, else by what was shipped', async () => {
  const { overview } = await runWell('{ overview { trend(days: 40) { date demandUnits } } }');
  const day = (overview.trend as Day[]).find(({ date }) => date === '2026-02-01');
  expect(day?.demandUnits).toBe('12');
});

test('a day that a connected shop was not read to the end of has no demand yet, rather than a low one', async () => {
  const demandOf = async () => {
    const { overview } = await runWell('{ overview { trend(days: 40) { date demandUnits } } }');
    return (overview.trend as Day[]).filter(({ demandUnits }) => demandUnits !== null).at(-1)?.date;
  };
  expect(await demandOf()).toBe('2026-03-09');
  const { organizationId: organization_id, shopId: shop_id } = world;
  const read = { watermark_at: new Date('2026-03-06T20:00:00Z'), recorded_at: hoursAgo(1) };
  const readUntil = (stream: string) => database.sql`
    insert into sync_state ${database.sql({ organization_id, shop_id, stream, ...read } as never)}
    on conflict (organization_id, shop_id, stream) do update set watermark_at = excluded.watermark_at`;
  await readUntil('sales_orders');
  expect(await demandOf()).toBe('2026-03-06');
  await database.sql`update shop set state = 'DISCONNECTED' where organization_id = ${organization_id}`;
  expect(await demandOf()).toBe('2026-03-09');
  await database.sql`update shop set state = 'ACTIVE' where organization_id = ${organization_id}`;
});

test('without a plan its figures are null, with the reason', async () => {
  const { overview } = await runWell(
    '{ overview { health { score } inStockRate turnover plannedStockValue { amount } excessValue { amount } kpiUnavailableReason atRiskItemCount availableUnits } }',
  );
  expect(overview).toMatchObject({
    health: null,
    inStockRate: null,
    turnover: null,
    plannedStockValue: null,
    kpiUnavailableReason: 'NOT_YET_COMPUTED',
    atRiskItemCount: 0,
  });
  expect(Number(overview.availableUnits)).toBeGreaterThan(0);
});

test('more days than a quarter are refused', async () => {
  const { errors } = await run('{ overview { trend(days: 93) { date } } }');
  expect(errors.map(({ code }) => code)).toEqual(['ARGUMENT_OUT_OF_RANGE']);
});

test('an item tells what brings it, with the shipment', async () => {
  const { items } = await runWell(
    '{ items { nodes { sku inboundLines { quantity shipment { id status } } } } }',
  );
  const [shipment] = items.nodes.flatMap((item: { inboundLines: unknown[] }) => item.inboundLines);
  expect(shipment).toMatchObject({ shipment: { status: expect.any(String) } });
});
