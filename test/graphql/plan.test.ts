import type { GraphQLEnumType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markAllPlanDue, markPlanDue } from '../../src/db/queries/plan-due.ts';
import { schema } from '../../src/graphql/schema.ts';
import { planSteps } from '../../src/pipeline/plan-loop.ts';
import { summarizePlans } from '../../src/pipeline/plan-summary.ts';
import { createPlanThreads } from '../../src/pipeline/plan-threads.ts';
import { Decimal } from '../../src/shared/decimal.ts';
import { buildPlanWorld, type PlanWorld, special } from '../pipeline/plan-world.ts';
import { asWorker, noon } from '../pipeline/seed.ts';
import { createWorker } from '../pipeline/worker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { findUnequal } from '../support/recompute.ts';
import { ask, askWell, type JsonObject, viewerOf } from './ask.ts';
import { pipelinePorts } from './ports.ts';

const testPorts = pipelinePorts();

const itemCount = 30;
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

const run = (source: string, variables?: Record<string, unknown>) =>
  askWell(test.db, viewerOf(world.organizationId), source, variables);
const skuOf = (i: number) => `P-${String(i).padStart(3, '0')}`;
const explained =
  'explanation { steps { code op operands value } inputs { name value unit source } binding text }';

describe('a level', () => {
  it('answers forecast, policy values with origin, risk, figures and health', async () => {
    const { stockLevel } = await run(
      `{ stockLevel(sku: "${skuOf(0)}", warehouseCode: "NORTH") {
        safetyStock { value origin method computedAt dataAsOf classic { z leadTimeDays sigma value } }
        reorderPoint { value origin } targetLevel { value } policyUnavailableReason
        leadTime { days origin protectionDays serviceLevel serviceLevelOrigin }
        daysOfStock daysToStockOut { p10 p50 p90 horizonDays } stockOutProbability(withinDays: 14)
        probabilityBeforeNextReceipt nextReceiptOn expectedLostUnits orderByOn arrivals { date units }
        incomingWithin(days: 7) demandOver(days: 7) { p10 p50 p90 mean }
        turnover(days: 90) sellThrough inStockRate(days: 90) stockOutDays lostSalesUnits
        stockValue { amount currencyCode } excessUnits excessValue { amount } isDeadStock
        urgency { tier action } health { score band parts { name weight isNeutral } levelCount }
        forecast { method flags points { date mean p10 p50 p90 } accuracy { intervalDays rmsse }
                   historyDays firstOn demandClass xyzClass }
      } }`,
    );
    expect(stockLevel.safetyStock).toMatchObject({ origin: 'COMPUTED', method: 'QUANTILE' });
    expect(stockLevel.safetyStock.classic).toMatchObject({ leadTimeDays: '7.5' });
    expect(stockLevel.leadTime).toMatchObject({ days: '7.5', origin: 'RECEIPTS', protectionDays: 9 });
    expect(stockLevel.forecast.points).toHaveLength(28);
    expect(stockLevel.forecast.points[0].date).toBe('2026-03-10');
    expect(stockLevel.arrivals).toEqual([{ date: '2026-03-13', units: '30' }]);
    expect(stockLevel).toMatchObject({ nextReceiptOn: '2026-03-13', incomingWithin: '30', stockOutDays: 1 });
    const empty = Object.entries(stockLevel).filter(([, value]) => value === null);
    expect(empty.map(([name]) => name)).toEqual(['policyUnavailableReason']);
  });

  it('says why it knows nothing', async () => {
    const { stockLevel } = await run(
      `{ stockLevel(sku: "${skuOf(special.blank)}", warehouseCode: "NORTH") {
        safetyStock { value origin explanation { text(locale: ZH_CN) } } reorderPoint { value } policyUnavailableReason
        daysToStockOut { p50 } daysToStockOutUnavailableReason stockOutProbability(withinDays: 14)
        daysOfStock daysOfStockUnavailableReason forecast { method } forecastUnavailableReason
        health { score } healthUnavailableReason } }`,
    );
    expect(stockLevel).toEqual({
      safetyStock: {
        value: '10',
        origin: 'DEFAULT',
        explanation: { text: '安全库存 10，依据：默认安全库存 10。' },
      },
      ...{ reorderPoint: null, policyUnavailableReason: 'NO_HISTORY' },
      ...{ daysToStockOut: null, daysToStockOutUnavailableReason: 'NO_HISTORY', stockOutProbability: null },
      ...{ daysOfStock: null, daysOfStockUnavailableReason: 'NO_HISTORY' },
      ...{ forecast: null, forecastUnavailableReason: 'NO_HISTORY' },
      ...{ health: null, healthUnavailableReason: 'NO_HISTORY' },
    });
  });

  it('tells no demand from no forecast', async () => {
    const { stockLevel } = await run(
      `{ stockLevel(sku: "${skuOf(special.unsold)}", warehouseCode: "NORTH") {
        daysOfStock daysOfStockUnavailableReason daysToStockOut { p50 } daysToStockOutUnavailableReason
        stockOutProbability(withinDays: 30) forecast { unitsPerDay flags } } }`,
    );
    expect(stockLevel).toMatchObject({
      ...{ daysOfStock: null, daysOfStockUnavailableReason: 'NO_DEMAND', stockOutProbability: 0 },
      ...{ daysToStockOut: { p50: null }, daysToStockOutUnavailableReason: 'NO_DEMAND' },
      forecast: { unitsPerDay: '0' },
    });
  });

  it('refuses days out of range', async () => {
    const level = `stockLevel(sku: "${skuOf(0)}", warehouseCode: "NORTH")`;
    for (const field of [
      'stockOutProbability(withinDays: 0)',
      'turnover(days: 0)',
      'inStockRate(days: 366)',
      'sellThrough(days: -1)',
      'demandOver(days: 366) { p50 }',
    ]) {
      const { errors } = await ask(test.db, viewerOf(world.organizationId), `{ ${level} { ${field} } }`);
      expect(errors[0]?.code).toBe('ARGUMENT_OUT_OF_RANGE');
    }
  });
});

describe('figures of any window', () => {
  const windowsOf = async (days: number) => {
    const { stockLevels } = await run(
      `{ stockLevels(first: 60) { nodes { item { sku } warehouse { code }
        turnover(days: ${days}) sellThrough(days: ${days}) inStockRate(days: ${days})
        turnoverUnavailableReason(days: ${days}) inStockRateUnavailableReason(days: ${days})
        TURNOVER: planExplanation(of: TURNOVER, days: ${days}) { steps { code op operands value } inputs { name value unit source } }
        SELL_THROUGH: planExplanation(of: SELL_THROUGH, days: ${days}) { steps { code op operands value } inputs { name value unit source } }
        IN_STOCK_RATE: planExplanation(of: IN_STOCK_RATE, days: ${days}) { steps { code op operands value } inputs { name value unit source } }
      } } }`,
    );
    return stockLevels.nodes as JsonObject[];
  };

  it('are what the stored days say, and explained', async () => {
    const nodes = await windowsOf(30);
    const level = nodes.find((node) => node.item.sku === skuOf(0) && node.warehouse.code === 'NORTH')!;
    // Nothing from noon 20 days ago to noon 18 days ago: two of thirty days.
    expect(level).toMatchObject({ inStockRate: 0.933333, inStockRateUnavailableReason: null });
    const [sums] = await test.sql`
      select (select sum(units) from demand_daily where organization_id = ${world.organizationId}
                and item_id = ${world.itemIds[0]!} and warehouse_id = ${world.northId}
                and day between '2026-02-08' and '2026-03-09')::float as units,
             (10 * 40 + 20 + 0 + 30 + 17 * 60 + 0)::float / 30 as stock`;
    const { units, stock } = sums as unknown as { units: number; stock: number };
    expect(Number(level.sellThrough)).toBeCloseTo(units / stock, 5);
    expect(Number(level.turnover)).toBeCloseTo((units / stock) * (365 / 30), 4);
    let checked = 0;
    for (const node of nodes) {
      for (const [kind, value] of [
        ['TURNOVER', node.turnover],
        ['SELL_THROUGH', node.sellThrough],
        ['IN_STOCK_RATE', node.inStockRate],
      ]) {
        if (value == null) expect(node[kind]).toBeNull();
        else {
          expect(findUnequal(node[kind], String(value)), kind).toEqual([]);
          checked += 1;
        }
      }
    }
    expect(checked).toBeGreaterThan(2 * itemCount);
  });

  it('of 90 and 365 days are those that lists are sorted by', async () => {
    const stored = await test.sql`
      select i.sku, w.code, p.turnover_90, p.turnover_365, p.sell_through_90, p.in_stock_rate_90
      from level_plan p join item i using (organization_id, item_id)
      join warehouse w using (organization_id, warehouse_id)
      where p.organization_id = ${world.organizationId}`;
    const [short, long, one] = await Promise.all([windowsOf(90), windowsOf(365), windowsOf(1)]);
    const find = (nodes: JsonObject[], row: JsonObject) =>
      nodes.find((node) => node.item.sku === row.sku && node.warehouse.code === row.code)!;
    for (const row of stored) {
      expect(find(short, row)).toMatchObject({
        ...{ turnover: row.turnover_90, sellThrough: row.sell_through_90, inStockRate: row.in_stock_rate_90 },
      });
      expect(find(long, row).turnover).toBe(row.turnover_365);
      const isBlank = row.sku === skuOf(special.blank);
      expect(find(one, row).inStockRate).toBe(isBlank ? null : 1);
    }
    expect(stored).toHaveLength(2 * itemCount);
  });

  it('come in one statement for a whole page', async () => {
    let statements = 0;
    const counted = {
      ...test.db,
      statement: ((...args: Parameters<typeof test.db.statement>) => {
        statements += 1;
        return test.db.statement(...args);
      }) as typeof test.db.statement,
    };
    await askWell(
      counted,
      viewerOf(world.organizationId),
      '{ stockLevels(first: 50) { nodes { turnover(days: 45) inStockRate(days: 45) } } }',
    );
    expect(statements).toBeLessThanOrEqual(3);
  });
});

describe('what changed since the plan before', () => {
  it('adds up to the difference', async () => {
    const worker = createWorker(test, () => ({}) as never);
    const level = `stockLevel(sku: "${skuOf(11)}", warehouseCode: "NORTH")`;
    const value = `{ value explanation { previousValue previousComputedAt changeSincePrevious { cause delta } } }`;
    const read = async () => {
      const { stockLevel } = await run(
        `{ ${level} { safetyStock ${value} reorderPoint ${value} targetLevel ${value}
          stockOutRisk { probability explanation { previousValue changeSincePrevious { cause delta } } } } }`,
      );
      return stockLevel;
    };
    const before = await read();
    await test.sql`
      insert into stock_policy (organization_id, policy_id, item_id, service_level, lead_time_days, recorded_at)
      values (${world.organizationId}, gen_random_uuid(), ${world.itemIds[11]!}, 0.99, 21, ${noon})`;
    await asWorker(test, world.organizationId, (sql) =>
      markPlanDue(sql, [{ itemId: world.itemIds[11]!, warehouseId: world.northId }], false, noon),
    );
    await planSteps(worker.ports, world.organizationId, createPlanThreads(0), 50);
    const after = await read();
    for (const name of ['safetyStock', 'reorderPoint', 'targetLevel']) {
      const { explanation } = after[name];
      expect(explanation.previousValue).toBe(before[name].value);
      expect(explanation.previousComputedAt).not.toBeNull();
      const causes = explanation.changeSincePrevious as { cause: string; delta: string }[];
      expect(causes.map(({ cause }) => cause)).toEqual(['LEAD_TIME', 'SETTINGS']);
      const sum = causes.reduce((total, { delta }) => total.plus(delta), new Decimal(0));
      expect(sum.plus(before[name].value).toString()).toBe(new Decimal(after[name].value).toString());
    }
    const causes = after.stockOutRisk.explanation.changeSincePrevious as { cause: string }[];
    expect(causes.map(({ cause }) => cause)).toEqual(['LEAD_TIME']);
  });
});

describe('explanations', () => {
  it('recompute to the very value, by a checker of its own', async () => {
    const kinds = [
      'SAFETY_STOCK',
      'REORDER_POINT',
      'TARGET_LEVEL',
      'STOCK_OUT_PROBABILITY',
      'DAYS_OF_STOCK',
      'STOCK_VALUE',
      'TURNOVER',
      'SELL_THROUGH',
      'IN_STOCK_RATE',
      'EXCESS_UNITS',
      'EXCESS_VALUE',
      'HEALTH',
    ];
    const fields = kinds.map(
      (kind) => `${kind}: planExplanation(of: ${kind}) { steps { code op operands value }
      inputs { name value unit source } }`,
    );
    const pageOf = (after: string | null) =>
      run(
        `query ($after: String) { stockLevels(first: 20, after: $after) { pageInfo { endCursor } nodes {
        safetyStock { value } reorderPoint { value } targetLevel { value } stockOutRisk { probability }
        daysOfStock stockValue { amount } turnover(days: 90) sellThrough inStockRate(days: 90) excessUnits excessValue { amount } health { score }
        ${fields.join(' ')} } } }`,
        { after },
      );
    const nodes: JsonObject[] = [];
    for (let after: string | null = null; nodes.length < 2 * itemCount; ) {
      const { stockLevels } = await pageOf(after);
      nodes.push(...stockLevels.nodes);
      after = stockLevels.pageInfo.endCursor;
    }
    expect(nodes).toHaveLength(2 * itemCount);
    let checked = 0;
    for (const node of nodes) {
      const values = [
        node.safetyStock?.value,
        node.reorderPoint?.value,
        node.targetLevel?.value,
        node.stockOutRisk?.probability,
        node.daysOfStock,
        node.stockValue?.amount,
        node.turnover,
        node.sellThrough,
        node.inStockRate,
        node.excessUnits,
        node.excessValue?.amount,
        node.health?.score,
      ];
      kinds.forEach((kind, k) => {
        const value = values[k];
        if (value == null) expect(node[kind], kind).toBeNull();
        else {
          expect(node[kind], kind).not.toBeNull();
          expect(findUnequal(node[kind], String(value)), kind).toEqual([]);
          checked += 1;
        }
      });
    }
    expect(checked).toBeGreaterThan(5 * itemCount);
  });

  it('name every input and step in words, in the language asked for', async () => {
    const kinds = schema.getType('ExplainedValue') as GraphQLEnumType;
    const seen = new Set<string>();
    for (const [locale, words] of [
      ['zh-CN', /[\u4e00-\u9fff]/],
      ['en', /^[A-Z]/],
    ] as const) {
      for (const { name: kind } of kinds.getValues()) {
        const { stockLevels } = await askWell(
          test.db,
          viewerOf(world.organizationId, { locale }),
          `{ stockLevels(first: 60) { nodes { planExplanation(of: ${kind}) {
            text inputs { name label } steps { code label } } } } }`,
        );
        for (const { planExplanation } of stockLevels.nodes as JsonObject[]) {
          if (planExplanation === null) continue;
          seen.add(kind);
          for (const { name, code, label } of [...planExplanation.inputs, ...planExplanation.steps])
            expect(label, name ?? code).toMatch(words);
          expect(planExplanation.text, kind).not.toMatch(/[a-z]_[a-z\d]/);
        }
      }
    }
    expect(seen.size).toBe(kinds.getValues().length);
  });

  it('fail the checker when a number is changed', async () => {
    const { stockLevel } = await run(
      `{ stockLevel(sku: "${skuOf(0)}", warehouseCode: "NORTH") { reorderPoint { value ${explained} } } }`,
    );
    const { value, explanation } = stockLevel.reorderPoint;
    expect(findUnequal(explanation, value)).toEqual([]);
    const spoiled = structuredClone(explanation);
    spoiled.steps[1].value = String(Number(spoiled.steps[1].value) + 1);
    expect(findUnequal(spoiled, value)).not.toEqual([]);
    expect(findUnequal(explanation, `${value}1`)).not.toEqual([]);
    expect(explanation.text).toMatch(/^Reorder point/);
  });
});

describe('items, warehouses and lists', () => {
  it('show classes and health', async () => {
    const { item, warehouse } = await run(
      `{ item(sku: "${skuOf(9)}") { abcClass xyzClass demandClass health { score levelCount stockLevel { id } }
          daysToStockOut { p50 } forecasts { nodes { warehouse { code } method } } }
        warehouse(code: "NORTH") { health { score levelCount } healthUnavailableReason } }`,
    );
    expect(item).toMatchObject({
      xyzClass: expect.stringMatching(/[XYZ]/),
      health: { levelCount: 1, stockLevel: null },
    });
    expect(item.forecasts.nodes.map((node: { warehouse: { code: string } }) => node.warehouse.code)).toEqual([
      'NORTH',
      'POOL',
    ]);
    expect(warehouse.healthUnavailableReason).toBeNull();
    expect(Number(warehouse.health.score)).toBeGreaterThan(0);
  });

  const walks: [string, string, string][] = [
    ['stockLevels', 'DAYS_TO_STOCK_OUT', 'ASC'],
    ['stockLevels', 'HEALTH', 'ASC'],
    ['stockLevels', 'EXCESS_VALUE', 'DESC'],
    ['stockLevels', 'STOCK_OUT_PROBABILITY', 'DESC'],
    ['stockLevels', 'URGENCY', 'DESC'],
    ['items', 'DAYS_TO_STOCK_OUT', 'ASC'],
    ['items', 'HEALTH', 'DESC'],
    ['items', 'EXCESS_VALUE', 'DESC'],
    ['items', 'STOCK_OUT_PROBABILITY', 'DESC'],
    ['healthScores', 'HEALTH', 'ASC'],
  ];
  it.each(walks)('%s by %s %s come whole at two page sizes', async (list, field, direction) => {
    const sizes = [7, 100];
    const [small, large] = await Promise.all(sizes.map((size) => walk(list, field, direction, size)));
    expect(small).toEqual(large);
    expect(new Set(small).size).toBe(small!.length);
    if (list !== 'healthScores') expect(small).toHaveLength(list === 'items' ? itemCount : 2 * itemCount);
  });

  const walk = async (list: string, field: string, direction: string, first: number): Promise<string[]> => {
    const ids: string[] = [];
    let after: string | null = null;
    do {
      const node = list === 'healthScores' ? 'stockLevel { id }' : 'id';
      const data: Record<
        string,
        {
          nodes: { id?: string; stockLevel?: { id: string } }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        }
      > = await run(
        `query ($first: Int, $after: String) { ${list}(first: $first, after: $after,
            orderBy: [{ field: ${field}, direction: ${direction} }]) { nodes { ${node} } pageInfo { hasNextPage endCursor } } }`,
        { first, after },
      );
      const page = data[list]!;
      ids.push(...page.nodes.map((one) => one.id ?? one.stockLevel!.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    return ids;
  };

  it.each([
    ['stockLevels', 'DAYS_TO_STOCK_OUT', 'ASC', 'FIRST'],
    ['stockLevels', 'EXCESS_VALUE', 'DESC', 'LAST'],
    ['stockLevels', 'HEALTH', 'DESC', 'FIRST'],
    ['items', 'DAYS_TO_STOCK_OUT', 'DESC', 'LAST'],
  ])('%s by %s %s, nulls %s, read the same from both ends', async (list, field, direction, nulls) => {
    const orderBy = `orderBy: [{ field: ${field}, direction: ${direction}, nulls: ${nulls} }]`;
    const whole = (await run(`{ ${list}(first: 100, ${orderBy}) { nodes { id } } }`))[list].nodes;
    const backward: { id: string }[] = [];
    for (let before: string | null = null; ; ) {
      const page: JsonObject = (
        await run(
          `query ($before: String) { ${list}(last: 7, before: $before, ${orderBy}) {
            nodes { id } pageInfo { hasPreviousPage startCursor } } }`,
          { before },
        )
      )[list];
      backward.unshift(...page.nodes);
      if (!page.pageInfo.hasPreviousPage) break;
      before = page.pageInfo.startCursor;
    }
    expect(backward).toEqual(whole);
    expect(whole).toHaveLength(list === 'items' ? itemCount : 2 * itemCount);
  });

  it('filter by figures', async () => {
    const { stockLevels, items } = await run(
      `{ stockLevels(first: 100, filter: { daysToStockOut: { lte: "7" }, stockOutProbability: { gte: "0.5" } }) {
          nodes { daysToStockOut { p50 } stockOutRisk { probability } } }
        items(first: 100, filter: { abcClass: { eq: "A" } }) { nodes { abcClass } } }`,
    );
    expect(stockLevels.nodes.length).toBeGreaterThan(0);
    for (const node of stockLevels.nodes) {
      expect(Number(node.daysToStockOut.p50)).toBeLessThanOrEqual(7);
      expect(node.stockOutRisk.probability).toBeGreaterThanOrEqual(0.5);
    }
    expect(new Set(items.nodes.map((node: { abcClass: string }) => node.abcClass))).toEqual(new Set(['A']));
  });

  it('load plans together: as many statements for one level as for fifty', async () => {
    const count = async (first: number) =>
      (
        await ask(
          test.db,
          viewerOf(world.organizationId),
          `{ stockLevels(first: ${first}) { nodes { safetyStock { value method } reorderPoint { value }
            daysToStockOut { p50 } health { score } forecast { method calibration { sampleSize } }
            turnover(days: 90) item { abcClass health { score } } warehouse { health { score } } } } }`,
        )
      ).statementCount;
    expect(await count(50)).toBe(await count(1));
    expect(await count(50)).toBeLessThanOrEqual(7);
  });
});

describe('what people know better', () => {
  const change = async (source: string) =>
    askWell(test.db, viewerOf(world.organizationId), source, {}, testPorts);
  const ids = () => run(`{ item(sku: "${skuOf(12)}") { id } warehouse(code: "NORTH") { id } }`);
  const due = () => test.sql`
    select is_forecast_due from plan_due where organization_id = ${world.organizationId}
      and item_id = ${world.itemIds[12]!}`;

  it('is kept, marks the forecasts and can be changed', async () => {
    const { item, warehouse } = await ids();
    const promotion = (
      more: string,
    ) => `mutation { promotionUpsert(input: { itemId: "${item.id}", name: "sale",
      fromOn: "2026-03-12", toOn: "2026-03-14", factor: "2.5" ${more} }) {
      promotionId item { sku } userErrors { code path } } }`;
    const made = (await change(promotion(''))).promotionUpsert;
    expect(made).toMatchObject({ item: { sku: skuOf(12) }, userErrors: [] });
    expect(await due()).toEqual([{ is_forecast_due: true }, { is_forecast_due: true }]);
    await change(promotion(`, promotionId: "${made.promotionId}", isCancelled: true`));
    const rows = await test.sql`
      select factor, is_cancelled from promotion where organization_id = ${world.organizationId}`;
    expect(rows).toEqual([{ factor: '2.5', is_cancelled: true }]);
    // Moved to other goods: those that it was for go on without it.
    await test.sql`delete from plan_due where organization_id = ${world.organizationId}`;
    const { other } = await run(`{ other: item(sku: "${skuOf(14)}") { id } }`);
    const moved = promotion(`, promotionId: "${made.promotionId}"`).replace(item.id, other.id);
    expect((await change(moved)).promotionUpsert).toMatchObject({ item: { sku: skuOf(14) }, userErrors: [] });
    expect(await due()).toEqual([{ is_forecast_due: true }, { is_forecast_due: true }]);
    const set = await change(`mutation { forecastOverrideSet(input: { itemId: "${item.id}",
      warehouseId: "${warehouse.id}", fromOn: "2026-03-12", toOn: "2026-03-12", unitsPerDay: "40" }) {
      stockLevel { item { sku } } userErrors { code } } }`);
    expect(set.forecastOverrideSet).toEqual({ stockLevel: { item: { sku: skuOf(12) } }, userErrors: [] });
    const imported = await change(`mutation { marketIndexImport(input: { source: "somebody", rows: [
      { category: "cups", day: "2026-03-12", factor: "1.2" }, { category: "cups", day: "2026-03-13", factor: 1 }] }) {
      rowCount levelCount userErrors { code } } }`);
    expect(imported.marketIndexImport).toEqual({ rowCount: 2, levelCount: itemCount, userErrors: [] });
  });

  it('is refused with its reasons', async () => {
    const { item } = await ids();
    const { promotionUpsert } =
      await change(`mutation { promotionUpsert(input: { itemId: "${item.id}", name: " ",
      fromOn: "2026-03-12", toOn: "2026-03-11", factor: "0" }) { promotionId userErrors { code path } } }`);
    expect(promotionUpsert.promotionId).toBeNull();
    expect(promotionUpsert.userErrors.map((error: { code: string }) => error.code).sort()).toEqual([
      'INCONSISTENT',
      'INVALID',
      'OUT_OF_RANGE',
    ]);
    const { marketIndexImport } = await change(`mutation { marketIndexImport(input: { source: "x", rows: [
      { category: "cups", day: "2026-03-12", factor: 1 }, { category: "cups", day: "2026-03-12", factor: 2 }] }) {
      rowCount userErrors { code path } } }`);
    expect(marketIndexImport).toEqual({
      rowCount: 0,
      userErrors: [{ code: 'DUPLICATE', path: ['input', 'rows', '1'] }],
    });
  });
});
