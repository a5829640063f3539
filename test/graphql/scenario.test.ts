import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { levelPlans } from '../../src/db/queries/level-plan.ts';
import { markAllPlanDue } from '../../src/db/queries/plan-due.ts';
import { emptyScenario } from '../../src/domain/plan/scenario.ts';
import { runPortfolioJobs, runScenarioJobs } from '../../src/domain/plan/scenario-job.ts';
import { openPlan } from '../../src/graphql/level-plan.ts';
import { toScenarioJob, toScenarioRow } from '../../src/graphql/scenario-plan.ts';
import { planSteps } from '../../src/pipeline/plan-loop.ts';
import { summarizePlans } from '../../src/pipeline/plan-summary.ts';
import { createPlanThreads } from '../../src/pipeline/plan-threads.ts';
import { createScenarioThreads } from '../../src/pipeline/scenario-threads.ts';
import { buildPlanWorld, type PlanWorld } from '../pipeline/plan-world.ts';
import { asWorker, noon } from '../pipeline/seed.ts';
import { createWorker } from '../pipeline/worker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { findUnequal } from '../support/recompute.ts';
import { ask, askWell, type JsonObject, viewerOf } from './ask.ts';

const itemCount = 20;
let test: TestDatabase;
let world: PlanWorld;
beforeAll(async () => {
  test = await createTestDatabase();
  world = await buildPlanWorld(test, itemCount);
  const worker = createWorker(test, () => ({}) as never);
  const threads = createPlanThreads(0);
  for (let round = 0; round < 2; round += 1) {
    await asWorker(test, world.organizationId, (sql) => markAllPlanDue(sql, noon));
    await planSteps(worker.ports, world.organizationId, threads, 50);
    await summarizePlans(worker.ports, world.organizationId);
  }
});
afterAll(() => test.drop());

const viewer = () => viewerOf(world.organizationId);
const run = (source: string, variables?: Record<string, unknown>): Promise<JsonObject> =>
  askWell(test.db, viewer(), source, variables);
const level = (fields: string, i = 0) =>
  `stockLevel(sku: "P-${String(i).padStart(3, '0')}", warehouseCode: "NORTH") { ${fields} }`;

const everything = `plannedOn unavailableReason available unitsPerDay leadTimeDays protectionDays serviceLevel
  safetyStock { value origin method classic { z leadTimeDays sigma value } explanation { steps { code value } } }
  reorderPoint { value origin } targetLevel { value } positionDue stockOutRisk { withinDays probability }
  daysToStockOut { p10 p50 p90 } expectedLostUnits orderByOn daysOfStock excessUnits excessValue { amount }
  health { score band parts { name score isNeutral } }
  explanation(of: TARGET_LEVEL) { binding steps { code op operands value } inputs { name value } } dataAsOf`;

/** All rows of the organization's tables, with where and by whom each was last written. */
async function fingerprint(): Promise<string> {
  const tables = await test.sql<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`;
  const prints: string[] = [];
  for (const { name } of tables) {
    const [row] = await test.sql<{ print: string }[]>`
      select count(*) || ' ' || coalesce(md5(string_agg(t.xmin || ' ' || t.ctid || ' ' || t::text, ',' order by t.ctid)), '') as print
      from ${test.sql(name)} t`;
    prints.push(`${name} ${row!.print}`);
  }
  return prints.join('\n');
}

describe('the empty scenario', () => {
  it('computes every stored value of every level anew, to the last character', async () => {
    const rows = await test.sql<{ item_id: string }[]>`select item_id from level_plan`;
    const stored = await asWorker(
      test,
      world.organizationId,
      async (sql) =>
        sql`select ${levelPlans.columns({ sql, now: noon })} from ${levelPlans.from({ sql, now: noon })}`,
    );
    expect(stored).toHaveLength(rows.length);
    const prepared = { of: () => emptyScenario };
    for (const row of stored) {
      const base = openPlan(row as never);
      const [outcome] = runScenarioJobs([toScenarioJob(base, prepared)]);
      expect(toScenarioRow(base, emptyScenario, outcome!, base.row.computedAt)).toEqual(base.row);
    }
  });

  it('equals the base in the API, with its explanations', async () => {
    const { stockLevels } = await run(
      `{ stockLevels(first: ${2 * itemCount}) { nodes { base: plan { ${everything} } same: plan(scenario: {}) { ${everything} } } } }`,
    );
    expect(stockLevels.nodes).toHaveLength(2 * itemCount);
    for (const { base, same } of stockLevels.nodes) expect(same).toEqual(base);
    const { portfolioPlan } = await run(
      `{ portfolioPlan(scenario: {}) { refusedCount base { ...f } scenario { ...f } changes { expectedLostUnitsChange } } }
       fragment f on PortfolioFigures { levelCount unavailableCount unpricedCount atRiskCount likelyOutCount
         reorderDueCount safetyStockValue { amount } targetValue { amount } shortfallValue { amount }
         expectedLostUnits expectedLostMargin { amount } excessValue { amount } }`,
    );
    expect(portfolioPlan.scenario).toEqual(portfolioPlan.base);
    expect(portfolioPlan).toMatchObject({
      ...{ refusedCount: 0, changes: [] },
      base: { levelCount: itemCount, unavailableCount: 1 },
    });
  });
});

describe('a plan', () => {
  it('explains figures of any window, stored or under a scenario', async () => {
    const { stockLevel } = await run(
      `{ ${level(`turnover(days: 30) inStockRate(days: 30) plan { ...p } same: plan(scenario: {}) { ...p }`)} }
       fragment p on LevelPlan { turnover: explanation(of: TURNOVER, days: 30) { steps { value } }
         inStock: explanation(of: IN_STOCK_RATE, days: 30) { steps { value } } }`,
    );
    for (const { turnover, inStock } of [stockLevel.plan, stockLevel.same]) {
      expect(turnover.steps.at(-1).value).toBe(stockLevel.turnover);
      expect(Number(inStock.steps.at(-1).value)).toBe(stockLevel.inStockRate);
    }
  });
});

describe('a scenario', () => {
  const shock = `{ demandFactor: "1.4", leadTimeDaysAdd: "5", serviceLevel: "0.98" }`;

  it('stands beside the base in one answer, and its explanations recompute', async () => {
    const { stockLevel } = await run(
      `{ ${level(`base: plan { ${everything} } shock: plan(scenario: ${shock}) { ${everything}
        risk: explanation(of: STOCK_OUT_PROBABILITY) { steps { code op operands value } inputs { name value unit source } }
        target: explanation(of: TARGET_LEVEL) { steps { code op operands value } inputs { name value unit source } } }`)} }`,
    );
    const { base, shock: under } = stockLevel;
    expect(Number(under.leadTimeDays)).toBe(Number(base.leadTimeDays) + 5);
    expect(under.serviceLevel).toBe(0.98);
    expect(Number(under.unitsPerDay)).toBeCloseTo(1.4 * Number(base.unitsPerDay), 5);
    expect(Number(under.targetLevel.value)).toBeGreaterThan(Number(base.targetLevel.value));
    expect(under.stockOutRisk.probability).toBeGreaterThanOrEqual(base.stockOutRisk.probability);
    expect(under.target.steps.at(-1).value).toBe(under.targetLevel.value);
    expect(findUnequal(under.target, under.targetLevel.value)).toEqual([]);
    expect(Number(under.risk.steps.at(-1).value)).toBe(under.stockOutRisk.probability);
    expect(findUnequal(under.risk, String(under.stockOutRisk.probability))).toEqual([]);
  });

  it('moves assumed goods, each unit once', async () => {
    const transfer = `{ sku: "P-005", fromWarehouseCode: "NORTH", toWarehouseCode: "POOL", quantity: "3", arrivesOn: "2026-03-12" }`;
    const receipt = `{ sku: "P-005", warehouseCode: "NORTH", quantity: 7, arrivesOn: "2026-03-11" }`;
    const input = `{ assumedTransfers: [${transfer}], assumedReceipts: [${receipt}] }`;
    const { stockLevel } = await run(
      `{ ${level(`base: plan { available positionDue } moved: plan(scenario: ${input}) { available positionDue }`, 5)} }`,
    );
    expect(Number(stockLevel.moved.available)).toBe(Number(stockLevel.base.available) - 3);
    expect(Number(stockLevel.moved.positionDue)).toBe(Number(stockLevel.base.positionDue) + 4);
  });

  it('answers a whole portfolio with the levels that change most', async () => {
    const { portfolioPlan, stockLevels } = await run(
      `{ portfolioPlan(filter: { warehouseCode: { eq: "NORTH" } }, scenario: ${shock}) {
           base { levelCount expectedLostUnits shortfallValue { amount } }
           scenario { levelCount expectedLostUnits shortfallValue { amount } }
           changes(first: 3) { expectedLostUnitsChange stockLevel { item { sku } } base { expectedLostUnits } scenario { expectedLostUnits } } }
         stockLevels(first: 100, filter: { warehouseCode: { eq: "NORTH" } }) { nodes {
           plan(scenario: ${shock}) { expectedLostUnits } } } }`,
    );
    const lost = stockLevels.nodes.reduce(
      (sum: number, { plan }: JsonObject) => sum + Number(plan.expectedLostUnits),
      0,
    );
    expect(Number(portfolioPlan.scenario.expectedLostUnits)).toBeCloseTo(lost, 6);
    expect(Number(portfolioPlan.scenario.expectedLostUnits)).toBeGreaterThan(
      Number(portfolioPlan.base.expectedLostUnits),
    );
    const changes = portfolioPlan.changes.map((one: JsonObject) => Number(one.expectedLostUnitsChange));
    expect(changes).toEqual(changes.toSorted((a: number, b: number) => b - a));
    const [first] = portfolioPlan.changes;
    expect(Number(first.scenario.expectedLostUnits) - Number(first.base.expectedLostUnits)).toBeCloseTo(
      changes[0],
      6,
    );
  });

  it('leaves no trace in storage', async () => {
    const before = await fingerprint();
    await run(`{ portfolioPlan(scenario: ${shock}) { scenario { levelCount } }
      stockLevels(first: 40) { nodes { plan(scenario: ${shock}) { targetLevel { value } } } } }`);
    expect(await fingerprint()).toBe(before);
  });

  it('is refused with a code where it makes no sense', async () => {
    const refused: [string, string][] = [
      [`{ demandFactor: "0" }`, 'demandFactor'],
      [`{ demandFactor: "-1" }`, 'demandFactor'],
      [`{ demandFactor: "101" }`, 'demandFactor'],
      [`{ leadTimeFactor: 0 }`, 'leadTimeFactor'],
      [`{ leadTimeDaysAdd: 366 }`, 'leadTimeDaysAdd'],
      [`{ serviceLevel: 1 }`, 'serviceLevel'],
      [`{ promotion: { fromOn: "2026-03-12", toOn: "2026-03-11", factor: 2 } }`, 'promotion.toOn'],
      [`{ promotion: { fromOn: "2026-03-12", toOn: "2028-03-11", factor: 2 } }`, 'promotion.toOn'],
      [
        `{ assumedReceipts: [{ sku: "none", warehouseCode: "NORTH", quantity: 1, arrivesOn: "2026-03-12" }] }`,
        'assumedReceipts.0.sku',
      ],
      [
        `{ assumedReceipts: [{ sku: "P-001", warehouseCode: "none", quantity: 1, arrivesOn: "2026-03-12" }] }`,
        'assumedReceipts.0.warehouseCode',
      ],
      [
        `{ assumedReceipts: [{ sku: "P-001", warehouseCode: "NORTH", quantity: 0, arrivesOn: "2026-03-12" }] }`,
        'assumedReceipts.0.quantity',
      ],
      [
        `{ assumedReceipts: [{ sku: "P-001", warehouseCode: "NORTH", quantity: 1, arrivesOn: "2026-03-01" }] }`,
        'assumedReceipts.0.arrivesOn',
      ],
      [
        `{ assumedTransfers: [{ sku: "P-001", fromWarehouseCode: "NORTH", toWarehouseCode: "NORTH", quantity: 1, arrivesOn: "2026-03-12" }] }`,
        'assumedTransfers.0.toWarehouseCode',
      ],
    ];
    for (const [input, argument] of refused) {
      for (const field of [
        level(`plan(scenario: ${input}) { available }`),
        `portfolioPlan(scenario: ${input}) { refusedCount }`,
      ]) {
        const { errors } = await ask(test.db, viewer(), `{ ${field} }`);
        expect(errors[0]).toMatchObject({
          code: 'SCENARIO_INVALID',
          params: { argument: `scenario.${argument}` },
        });
      }
    }
    const { errors } = await ask(
      test.db,
      viewer(),
      `{ ${level('plan(scenario: { demandFactor: "Infinity" }) { available }')} }`,
    );
    expect(errors).toHaveLength(1);
  });
});

describe('a refused scenario', () => {
  it('leaves those beside it alone', async () => {
    const unknown = `{ assumedReceipts: [{ sku: "none", warehouseCode: "NORTH", quantity: 1, arrivesOn: "2026-03-12" }] }`;
    const { data, errors } = await ask(
      test.db,
      viewer(),
      `{ ${level(`good: plan(scenario: {}) { available } bad: plan(scenario: ${unknown}) { available }`)} }`,
    );
    expect(data.stockLevel.bad).toBeNull();
    expect(data.stockLevel.good.available).not.toBeNull();
    expect(errors).toMatchObject([{ code: 'SCENARIO_INVALID', path: ['stockLevel', 'bad'] }]);
  });
});

describe('threads', () => {
  it('answer as the calling thread does, several questions at once', async () => {
    const threads = createScenarioThreads(2);
    try {
      const stored = await asWorker(
        test,
        world.organizationId,
        async (sql) =>
          sql`select ${levelPlans.columns({ sql, now: noon })} from ${levelPlans.from({ sql, now: noon })}`,
      );
      const jobsOf = (demandFactor: number) =>
        stored.map((row) =>
          toScenarioJob(openPlan(row as never), { of: () => ({ ...emptyScenario, demandFactor }) }),
        );
      const [one, two, sums] = await Promise.all([
        threads.run(jobsOf(1.5)),
        threads.run(jobsOf(2)),
        threads.sum(jobsOf(2)),
      ]);
      // Facts that are no facts are a fault, of this question alone.
      const broken = jobsOf(2).map((job) => ({ ...job, inputs: '{}' }));
      const asked = await Promise.allSettled([threads.run(broken), threads.sum(jobsOf(2))]);
      expect(asked.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
      expect(sums).toEqual(runPortfolioJobs(jobsOf(2)));
      expect(one).toEqual(runScenarioJobs(jobsOf(1.5)));
      expect(two).toEqual(runScenarioJobs(jobsOf(2)));
    } finally {
      await threads.stop();
    }
  });
});
