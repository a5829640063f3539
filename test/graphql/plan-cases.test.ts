import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markAllPlanDue } from '../../src/db/queries/plan-due.ts';
import { refreshGroupFactors } from '../../src/pipeline/plan-groups.ts';
import { planSteps } from '../../src/pipeline/plan-loop.ts';
import { createPlanThreads } from '../../src/pipeline/plan-threads.ts';
import { buildPlanWorld, type PlanWorld, special } from '../pipeline/plan-world.ts';
import { asWorker, noon } from '../pipeline/seed.ts';
import { createWorker } from '../pipeline/worker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { askWell, type JsonObject, viewerOf } from './ask.ts';

/** Positions of items beside the world's own special ones. */
const item = { phantom: 6, owed: 7, unknownLead: 9, noStock: 8 } as const;
let test: TestDatabase;
let world: PlanWorld;
const nodes = new Map<string, JsonObject>();

beforeAll(async () => {
  test = await createTestDatabase();
  world = await buildPlanWorld(test, 12);
  const { organizationId, northId, itemIds } = world;
  const own = (i: number) => test.sql`organization_id = ${organizationId} and item_id = ${itemIds[i]!}`;
  const demand = (i: number) => test.sql`${own(i)} and warehouse_id = ${northId}`;
  // Nobody packs on Sundays.
  await test.sql`
    delete from demand_daily where organization_id = ${organizationId} and warehouse_id = ${northId}
      and extract(isodow from day) = 7`;
  // Sold a dozen a day until 18 days ago, and then nothing although 600 lie there.
  await test.sql`update demand_daily set units = 12 where ${demand(item.phantom)}`;
  await test.sql`delete from demand_daily where ${demand(item.phantom)} and day >= '2026-02-20'`;
  await test.sql`update stock_level set available = 600 where ${own(item.phantom)}`;
  await test.sql`update stock_level set available = -4 where ${own(item.owed)}`;
  await test.sql`update item set supplier_name = null where ${own(item.unknownLead)}`;
  await test.sql`delete from stock_snapshot where ${own(item.noStock)}`;
  const worker = createWorker(test, () => ({}) as never);
  await asWorker(test, organizationId, async (sql) => {
    await refreshGroupFactors(sql, organizationId, noon);
    await markAllPlanDue(sql, noon);
  });
  await planSteps(worker.ports, organizationId, createPlanThreads(0), 50);
  const { stockLevels } = await askWell(
    test.db,
    viewerOf(organizationId),
    `{ stockLevels(first: 40, filter: { warehouseCode: { eq: "NORTH" } }) { nodes { item { sku } available
        planFlags { code text } stockOutProbability(withinDays: 7) expectedLostUnits reorderPoint { value }
        safetyStock { value } daysOfStock turnover(days: 90) excessUnits isDeadStock inboundOverdue
        leadTime { days origin } urgency { tier } health { score caps }
        forecast(horizonDays: 14) { unitsPerDay method points { date mean p90 } } } } }`,
  );
  for (const node of stockLevels.nodes) nodes.set(node.item.sku, node);
});
afterAll(() => test.drop());

const of = (i: number): JsonObject => nodes.get(`P-${String(i).padStart(3, '0')}`)!;
const flagsOf = (i: number): string[] => of(i).planFlags.map((flag: { code: string }) => flag.code);

describe('special cases, from the tables to the API', () => {
  it('a weekday on which the warehouse is closed expects nothing, and the others are not lowered by it', () => {
    expect(flagsOf(10)).toContain('CLOSED_WEEKDAY');
    const { points } = of(10).forecast;
    for (const { date, mean } of points) {
      const isSunday = new Date(date).getUTCDay() === 0;
      if (isSunday) expect(Number(mean)).toBe(0);
      else expect(Number(mean)).toBeGreaterThan(0);
    }
  });

  it('goods on record that stopped selling are suspected, and keep half of their demand for a while', () => {
    expect(flagsOf(item.phantom)).toContain('PHANTOM_STOCK');
    expect(of(item.phantom).urgency.tier).toBe('RECORD');
    // Half of a dozen on three days of four, Sundays none.
    expect(Number(of(item.phantom).forecast.unitsPerDay)).toBeGreaterThan(3);
  });

  it('owed goods are out of stock for sure, and turn over what was really there', () => {
    expect(flagsOf(item.owed)).toContain('NEGATIVE_STOCK');
    expect(of(item.owed)).toMatchObject({
      ...{ available: '-4', stockOutProbability: 1, daysOfStock: '0', health: { caps: expect.anything() } },
    });
    expect(of(item.owed).health.caps).toContain('NEGATIVE_STOCK');
    expect(Number(of(item.owed).expectedLostUnits)).toBeGreaterThanOrEqual(4);
    expect(Number(of(item.owed).turnover)).toBeGreaterThan(0);
  });

  it('a lead time that nobody knows is 14 days, and says so', () => {
    expect(flagsOf(item.unknownLead)).toContain('LEAD_TIME_DEFAULTED');
    expect(of(item.unknownLead).leadTime).toEqual({ days: '14', origin: 'DEFAULT' });
    expect(flagsOf(10)).not.toContain('LEAD_TIME_DEFAULTED');
  });

  it('without a stock history sales are taken for demand, with one empty days are unknown', () => {
    expect(flagsOf(item.noStock)).toContain('CENSORING_UNKNOWN');
    expect(flagsOf(item.noStock)).not.toContain('CENSORED_DAYS');
    expect(flagsOf(10)).toContain('CENSORED_DAYS');
  });

  it('nothing on record, never sold, too young, sold nothing for long, late inbound', () => {
    expect(flagsOf(special.blank)).toContain('NO_HISTORY');
    expect(of(special.blank)).toMatchObject({ forecast: null, reorderPoint: null });
    expect(flagsOf(special.unsold)).toContain('NO_DEMAND');
    expect(of(special.unsold)).toMatchObject({
      ...{ stockOutProbability: 0, safetyStock: { value: '0' }, reorderPoint: { value: '0' } },
    });
    expect(Number(of(special.unsold).excessUnits)).toBeGreaterThan(0);
    expect(flagsOf(special.young)).toContain('SHORT_HISTORY');
    expect(flagsOf(special.dead).some((flag) => flag === 'DEAD_STOCK' || flag === 'PHANTOM_STOCK')).toBe(
      true,
    );
    expect(flagsOf(5)).toContain('INBOUND_OVERDUE');
    expect(of(5).inboundOverdue).toBe('30');
  });

  it('every flag has words in both languages', async () => {
    const all = [...nodes.values()].flatMap((node) => node.planFlags as { code: string; text: string }[]);
    for (const { code, text } of all) expect(text, code).toMatch(/ /);
    const { stockLevel } = await askWell(
      test.db,
      viewerOf(world.organizationId, { locale: 'zh-CN' }),
      '{ stockLevel(sku: "P-005", warehouseCode: "NORTH") { planFlags { code text } } }',
    );
    for (const { text } of stockLevel.planFlags) expect(text).toMatch(/[\u4e00-\u9fff]/);
  });
});
