import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ask, askWell, viewerOf } from './ask.ts';
import { buildOrganization, hoursAgo, type WorldOrganization } from './world.ts';

let database: TestDatabase;
let world: WorldOrganization;

beforeAll(async () => {
  database = await createTestDatabase();
  world = await buildOrganization(database.sql, 'S', 5);
  const { organizationId: organization_id } = world;
  const base = { organization_id, warehouse_id: world.warehouseIds[0], recorded_at: hoursAgo(1) };
  for (const [item, hour_at, open, close, minutes] of [
    [3, hoursAgo(30), '50', '20', 0],
    [3, hoursAgo(2), '9', '0', 15],
  ] as const) {
    await database.sql`insert into stock_rollup_hourly ${database.sql({
      ...{ ...base, item_id: world.itemIds[item] ?? '', hour_at, open, low: close, high: open, close },
      out_of_stock_minutes: minutes,
    } as never)}`;
  }
});
afterAll(() => database.drop());

const run = (source: string, variables?: Record<string, unknown>) =>
  ask(database.db, viewerOf(world.organizationId), source, variables);
const runWell = (source: string, variables?: Record<string, unknown>) =>
  askWell(database.db, viewerOf(world.organizationId), source, variables);
const points = '{ startAt endAt open low high close outOfStockMinutes }';

describe('series', () => {
  it('of a level by the hour, carried forward up to now', async () => {
    const { stockLevel } = await runWell(
      `{ stockLevel(sku: "S-003", warehouseCode: "S-N") {
        series(from: "2026-03-10T00:30:00Z", to: "2026-03-10T08:00:00Z", interval: HOUR) ${points} } }`,
    );
    expect(stockLevel.series.map((one: Record<string, unknown>) => Object.values(one).slice(2))).toEqual([
      ['20', '20', '20', '20', 0],
      ['20', '9', '20', '9', 0],
      ['9', '0', '9', '0', 15],
      ['0', '0', '0', '0', 60],
    ]);
    expect(stockLevel.series[0].startAt).toBe('2026-03-10T00:00:00.000Z');
    expect(stockLevel.series[3].endAt).toBe('2026-03-10T04:00:00.000Z');
  });

  it('of an item by the day, its warehouses added up, in one batch for all items', async () => {
    const answer = await run(
      `{ items { nodes { sku series(from: "2026-03-08T16:00:00Z", to: "2026-03-10T16:00:00Z", interval: DAY) ${points} } } }`,
    );
    expect(answer.errors).toEqual([]);
    // items, their levels, edges of the zone, rollups
    expect(answer.statementCount).toBe(4);
    const bySku = Object.fromEntries(
      answer.data.items.nodes.map((node: { sku: string; series: { close: string; startAt: string }[] }) => [
        node.sku,
        node.series.map((one) => [one.startAt, one.close]),
      ]),
    );
    const today = '2026-03-09T16:00:00.000Z';
    expect(bySku).toEqual({
      'S-000': [[today, '10']],
      'S-001': [[today, '3']],
      'S-002': [[today, '8']],
      'S-003': [
        ['2026-03-08T16:00:00.000Z', '20'],
        [today, '0'],
      ],
      'S-004': [[today, '16']],
    });
  });

  it('refuses spans that end before they begin or have too many buckets', async () => {
    for (const [from, to, interval] of [
      ['2026-03-10T00:00:00Z', '2026-03-10T00:00:00Z', 'HOUR'],
      ['2026-01-01T00:00:00Z', '2026-03-10T00:00:00Z', 'HOUR'],
      ['2020-01-01T00:00:00Z', '2026-03-10T00:00:00Z', 'DAY'],
    ]) {
      const { errors } = await run(
        `{ item(sku: "S-003") { series(from: "${from}", to: "${to}", interval: ${interval}) ${points} } }`,
      );
      expect(errors.map((error) => error.code)).toEqual(['ARGUMENT_OUT_OF_RANGE']);
    }
  });
});

describe('demand', () => {
  it('fills days without any with zero, from the first known day, without today', async () => {
    const { stockLevel } = await runWell(
      '{ stockLevel(sku: "S-000", warehouseCode: "S-P") { demand(from: "2026-03-01", to: "2026-04-01") { date units isCensored source } } }',
    );
    expect(stockLevel.demand).toEqual([
      { date: '2026-03-08', units: '4', isCensored: false, source: 'ORDERS' },
      { date: '2026-03-09', units: '0', isCensored: false, source: null },
    ]);
    const { errors } = await run(
      '{ stockLevel(sku: "S-000", warehouseCode: "S-P") { demand(from: "2026-03-02", to: "2026-03-02") { units } } }',
    );
    expect(errors.map((error) => error.code)).toEqual(['ARGUMENT_OUT_OF_RANGE']);
  });
});

describe('overview', () => {
  it('counts what stands in the lists', async () => {
    const answer = await run(`{ overview {
      itemCount warehouseCount stockLevelCount lowStockLevelCount outOfStockLevelCount staleStockLevelCount
      unknownStockLevelCount openAlertCount criticalAlertCount openInboundShipmentCount shopCount
      stockValue { amount currencyCode } itemWithoutCostCount dataAsOf }
      low: stockLevels(filter: { isLow: { eq: true } }) { totalCount { value } }
      stale: stockLevels(filter: { dataState: { eq: STALE } }) { totalCount { value } } }`);
    expect(answer.errors).toEqual([]);
    expect(answer.data.overview).toEqual({
      itemCount: 5,
      warehouseCount: 2,
      stockLevelCount: 11,
      lowStockLevelCount: answer.data.low.totalCount.value,
      outOfStockLevelCount: 0,
      staleStockLevelCount: answer.data.stale.totalCount.value,
      unknownStockLevelCount: 0,
      openAlertCount: 2,
      criticalAlertCount: 1,
      openInboundShipmentCount: 1,
      shopCount: 1,
      // 10 × 0.5 (pool) + 8 × 2.5 + 9 × 3.5 + 16 × 4.5; item 1 has no cost
      stockValue: { amount: '128.5', currencyCode: 'CNY' },
      itemWithoutCostCount: 1,
      dataAsOf: '2026-03-10T03:00:00.000Z',
    });
  });
});
