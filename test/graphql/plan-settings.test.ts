import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markAllPlanDue } from '../../src/db/queries/plan-due.ts';
import { computeClassicSafetyStock } from '../../src/domain/plan/safety-stock.ts';
import { findEconomicLevels } from '../../src/pipeline/plan-economic.ts';
import { planSteps } from '../../src/pipeline/plan-loop.ts';
import { summarizePlans } from '../../src/pipeline/plan-summary.ts';
import { createPlanThreads } from '../../src/pipeline/plan-threads.ts';
import { buildPlanWorld, type PlanWorld } from '../pipeline/plan-world.ts';
import { asWorker, noon } from '../pipeline/seed.ts';
import { createWorker, type Worker } from '../pipeline/worker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { findUnequal } from '../support/recompute.ts';
import { askWell, type JsonObject, viewerOf } from './ask.ts';
import { pipelinePorts } from './ports.ts';

const ports = pipelinePorts();
const threads = createPlanThreads(0);
let test: TestDatabase;
let world: PlanWorld;
let worker: Worker;
beforeAll(async () => {
  test = await createTestDatabase();
  world = await buildPlanWorld(test, 24);
  // Nine months and more, by saying once more what the half year before was like.
  await test.sql`
    insert into demand_daily (organization_id, item_id, warehouse_id, day, units, source, observed_at, recorded_at)
    select organization_id, item_id, warehouse_id, day - 140, units, source, observed_at, recorded_at
    from demand_daily where organization_id = ${world.organizationId} and day - 140 < '2025-09-11'`;
  worker = createWorker(test, () => ({}) as never);
  await asWorker(test, world.organizationId, (sql) => markAllPlanDue(sql, noon));
  await plan();
});
afterAll(() => test.drop());

async function plan(): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    await planSteps(worker.ports, world.organizationId, threads, 50);
    await summarizePlans(worker.ports, world.organizationId);
    await asWorker(test, world.organizationId, (sql) => markAllPlanDue(sql, noon));
  }
  await planSteps(worker.ports, world.organizationId, threads, 50);
}
const run = (source: string, variables: Record<string, unknown> = {}) =>
  askWell(test.db, viewerOf(world.organizationId), source, variables, ports);
const setPolicy = async (scope: object, values: object): Promise<JsonObject> => {
  const { stockPolicySet } = await run(
    `mutation ($input: StockPolicySetInput!) { stockPolicySet(input: $input) {
      stockPolicy { safetyStockMethod serviceLevelBasis classServiceLevels { class serviceLevel } serviceLevel }
      userErrors { code path } } }`,
    { input: { scope, values } },
  );
  return stockPolicySet;
};
const levels = async (): Promise<JsonObject[]> => {
  const { stockLevels } = await run(
    `{ stockLevels(first: 60, filter: { warehouseCode: { eq: "NORTH" } }) { nodes {
      item { sku abcClass xyzClass }
      safetyStock { value origin method classic { sigma } explanation { steps { code op operands value }
        inputs { name value unit source } binding } }
      leadTime { days serviceLevel serviceLevelOrigin } } } }`,
  );
  return stockLevels.nodes;
};
const computed = (nodes: JsonObject[]) => nodes.filter((node) => node.safetyStock.origin === 'COMPUTED');

describe('the method of safety stocks', () => {
  it('is set for the organization, and for an item beside it', async () => {
    const answer = await setPolicy({}, { safetyStockMethod: 'CLASSIC' });
    expect(answer).toMatchObject({
      ...{ userErrors: [], stockPolicy: { safetyStockMethod: 'CLASSIC', serviceLevelBasis: null } },
    });
    await setPolicy(
      { itemId: (await run('{ item(sku: "P-006") { id } }')).item.id },
      { safetyStockMethod: 'LEAD_TIME_VARIANCE' },
    );
    await plan();
    const nodes = computed(await levels());
    expect(nodes.length).toBeGreaterThan(15);
    for (const { item, safetyStock, leadTime } of nodes) {
      const isOther = item.sku === 'P-006';
      expect(safetyStock.method).toBe(isOther ? 'LEAD_TIME_VARIANCE' : 'CLASSIC');
      expect(findUnequal(safetyStock.explanation, safetyStock.value), item.sku).toEqual([]);
      if (isOther) continue;
      const { value } = computeClassicSafetyStock(
        ...([Number(safetyStock.classic.sigma), Number(leadTime.days), leadTime.serviceLevel] as const),
      );
      // Z has six decimals in the steps.
      expect(Math.abs(Number(safetyStock.value) - value)).toBeLessThan(1e-3);
    }
    await setPolicy({}, { safetyStockMethod: null });
    await plan();
    const back = computed(await levels()).filter((node) => node.item.sku !== 'P-006');
    for (const { safetyStock } of back) expect(safetyStock.method).toBe('QUANTILE');
  });
});

describe('service levels', () => {
  it('by class are the organization’s own where it has set them', async () => {
    const own = [
      { class: 'A', serviceLevel: '0.99' },
      { class: 'CX', serviceLevel: '0.8' },
    ];
    const answer = await setPolicy({}, { classServiceLevels: own });
    expect(answer.stockPolicy.classServiceLevels).toEqual(own);
    await plan();
    const nodes = await levels();
    const of = (letter: string) => nodes.filter((node) => node.item.abcClass === letter);
    expect(of('A').length).toBeGreaterThan(0);
    for (const { leadTime } of of('A')) {
      expect(leadTime).toMatchObject({ serviceLevel: 0.99, serviceLevelOrigin: 'CLASS' });
    }
    for (const { item, leadTime } of of('C')) {
      expect(leadTime.serviceLevel).toBe(item.xyzClass === 'X' ? 0.8 : 0.9);
    }
    for (const { leadTime } of of('B')) expect(leadTime.serviceLevel).toBe(0.95);
  });

  it('are refused out of range and when a class is named twice', async () => {
    const { userErrors } = await setPolicy(
      {},
      {
        classServiceLevels: [
          { class: 'A', serviceLevel: '1' },
          { class: 'A', serviceLevel: '0.9' },
        ],
      },
    );
    expect(userErrors).toEqual([
      { code: 'OUT_OF_RANGE', path: ['input', 'values', 'classServiceLevels', '0', 'serviceLevel'] },
      { code: 'DUPLICATE', path: ['input', 'values', 'classServiceLevels', '1', 'class'] },
    ]);
    expect((await setPolicy({}, {})).userErrors).toMatchObject([{ code: 'REQUIRED' }]);
  });

  it('are what would have cost least, where somebody wishes it', async () => {
    const find = () => findEconomicLevels(worker.ports, world.organizationId, threads);
    const found = `{ economicServiceLevels { abcClass xyzClass serviceLevel levelCount evaluatedOn
      outcomes { serviceLevel cost fillRate } } }`;
    await find();
    expect((await run(found)).economicServiceLevels).toEqual([]);
    await setPolicy({}, { serviceLevelBasis: 'ECONOMIC', classServiceLevels: null });
    await find();
    const { economicServiceLevels } = await run(found);
    const known = economicServiceLevels.filter((one: JsonObject) => one.serviceLevel !== null);
    expect(known.length).toBeGreaterThan(0);
    for (const { serviceLevel, outcomes, levelCount } of known) {
      expect(levelCount).toBeGreaterThanOrEqual(5);
      const cheapest = Math.min(...outcomes.map((one: JsonObject) => Number(one.cost)));
      const chosen = outcomes.find((one: JsonObject) => one.serviceLevel === serviceLevel);
      expect(Number(chosen.cost)).toBeLessThanOrEqual(cheapest * 1.005);
    }
    await plan();
    const nodes = await levels();
    let economic = 0;
    for (const { item, leadTime } of nodes) {
      const own = known.find(
        (one: JsonObject) => one.abcClass === item.abcClass && one.xyzClass === item.xyzClass,
      );
      if (own === undefined) expect(leadTime.serviceLevelOrigin).not.toBe('ECONOMIC');
      else {
        expect(leadTime).toMatchObject({
          serviceLevel: own.serviceLevel,
          serviceLevelOrigin: 'ECONOMIC',
        });
        economic += 1;
      }
    }
    expect(economic).toBeGreaterThanOrEqual(5);
    const before = await test.sql`
      select computed_at, outcomes::text from economic_service_level
      where organization_id = ${world.organizationId} order by abc_class, xyz_class`;
    await find();
    expect(
      await test.sql`
        select computed_at, outcomes::text from economic_service_level
        where organization_id = ${world.organizationId} order by abc_class, xyz_class`,
    ).toEqual(before);
  });
});
