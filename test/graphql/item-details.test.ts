import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markAllPlanDue } from '../../src/db/queries/plan-due.ts';
import { planSteps } from '../../src/pipeline/plan-loop.ts';
import { summarizePlans } from '../../src/pipeline/plan-summary.ts';
import { createPlanThreads } from '../../src/pipeline/plan-threads.ts';
import { suggestSteps } from '../../src/pipeline/suggest.ts';
import { buildPlanWorld, type PlanWorld } from '../pipeline/plan-world.ts';
import { asWorker, noon } from '../pipeline/seed.ts';
import { createWorker, handClock, type Worker } from '../pipeline/worker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ask, askWell, type JsonObject, viewerOf } from './ask.ts';
import { pipelinePorts } from './ports.ts';

let test: TestDatabase;
let world: PlanWorld;
let worker: Worker;
const threads = createPlanThreads(0);
const ports = pipelinePorts();
const itemCount = 12;
beforeAll(async () => {
  test = await createTestDatabase();
  world = await buildPlanWorld(test, itemCount);
  await test.sql`update item set unit_cost = null, supplier_name = null`;
  worker = createWorker(test, () => ({}) as never, { clock: handClock(new Date(noon.getTime() - 60_000)) });
  await asWorker(test, world.organizationId, (sql) => markAllPlanDue(sql, noon));
  await follow();
});
afterAll(() => test.drop());

/** Plans, sums up and decides whatever is due. */
async function follow(): Promise<void> {
  await planSteps(worker.ports, world.organizationId, threads, 50);
  await summarizePlans(worker.ports, world.organizationId);
  await suggestSteps(worker.ports, world.organizationId, 50);
}

const run = (source: string, variables?: Record<string, unknown>): Promise<JsonObject> =>
  askWell(test.db, viewerOf(world.organizationId), source, variables, ports);
const set = async (rows: readonly object[], more: object = {}): Promise<JsonObject> =>
  (
    await run(
      `mutation ($input: ItemDetailsSetInput!) { itemDetailsSet(input: $input) {
        items { sku unitCost { amount } supplierName } changedItemCount userErrors { code path } } }`,
      { input: { rows, ...more } },
    )
  ).itemDetailsSet;
const skuOf = (i: number) => `P-${String(i).padStart(3, '0')}`;
const all = Array.from({ length: itemCount }, (_, i) => skuOf(i));
const detailsOf = async (sku: string) =>
  (await run(`{ item(sku: "${sku}") { unitCost { amount } supplierName } }`)).item;
const dueCount = async () => {
  const [row] = await test.sql`
    select (select count(*)::int from plan_due) as plans, (select count(*)::int from suggestion_due) as suggestions`;
  return row;
};

describe('itemDetailsSet', () => {
  it('refuses all rows when one is wrong, and names every fault', async () => {
    const refused = await set([
      { sku: skuOf(0), unitCost: '5' },
      { sku: 'nobody', supplierName: 'maker' },
      { sku: skuOf(1), unitCost: '-0.01', supplierName: 'x'.repeat(201) },
      { sku: skuOf(0), supplierName: ' ' },
    ]);
    const at = (...path: (string | number)[]) => ['input', 'rows', ...path.map(String)];
    expect(refused).toEqual({
      ...{ items: null, changedItemCount: 0 },
      userErrors: [
        { code: 'NOT_FOUND', path: at(1, 'sku') },
        { code: 'OUT_OF_RANGE', path: at(2, 'unitCost') },
        { code: 'INVALID', path: at(2, 'supplierName') },
        { code: 'DUPLICATE', path: at(3) },
        { code: 'INVALID', path: at(3, 'supplierName') },
      ],
    });
    expect(await detailsOf(skuOf(0))).toEqual({ unitCost: null, supplierName: null });
    for (const rows of [[], Array(501).fill({ sku: skuOf(0) })]) {
      expect((await set(rows)).userErrors).toEqual([{ code: 'OUT_OF_RANGE', path: ['input', 'rows'] }]);
    }
  });

  it('is tried in a dry run, which keeps and marks nothing', async () => {
    const rows = [{ sku: skuOf(0), unitCost: '5' }, { sku: skuOf(1) }];
    const tried = await set(rows, { dryRun: true, idempotencyKey: 'once' });
    expect(tried).toMatchObject({ changedItemCount: 1, userErrors: [] });
    expect(tried.items).toEqual([
      { sku: skuOf(0), unitCost: null, supplierName: null },
      { sku: skuOf(1), unitCost: null, supplierName: null },
    ]);
    expect(await dueCount()).toEqual({ plans: 0, suggestions: 0 });
    // The key was not used up.
    expect(await set(rows, { idempotencyKey: 'once' })).toMatchObject({ changedItemCount: 1 });
  });

  it('leaves alone what is left out, clears what is null, and marks only what differs', async () => {
    await set([{ sku: skuOf(0), unitCost: '5.50', supplierName: 'maker' }]);
    await follow();
    expect(await set([{ sku: skuOf(0), unitCost: '5.5' }])).toEqual({
      items: [{ sku: skuOf(0), unitCost: { amount: '5.5' }, supplierName: 'maker' }],
      ...{ changedItemCount: 0, userErrors: [] },
    });
    expect(await dueCount()).toEqual({ plans: 0, suggestions: 0 });
    const cleared = await set([{ sku: skuOf(0), unitCost: null }, { sku: skuOf(1) }]);
    expect(cleared).toMatchObject({ changedItemCount: 1, userErrors: [] });
    expect(await detailsOf(skuOf(0))).toEqual({ unitCost: null, supplierName: 'maker' });
    expect(await dueCount()).toEqual({ plans: 2, suggestions: 1 });
    await set([{ sku: skuOf(0), supplierName: null }]);
    await follow();
  });

  it('says how finely an item is counted, which decides what quantities are taken', async () => {
    const take = async () =>
      (
        await run(
          `mutation ($input: StockLevelsImportInput!) { stockLevelsImport(input: $input) {
            rows { status userErrors { code } } } }`,
          { input: { rows: [{ sku: skuOf(9), warehouseCode: 'NORTH', available: '2.25' }], dryRun: true } },
        )
      ).stockLevelsImport.rows[0];
    expect(await take()).toEqual({ status: 'REJECTED', userErrors: [{ code: 'INVALID' }] });
    expect((await set([{ sku: skuOf(9), unitDecimals: 7 }])).userErrors).toEqual([
      { code: 'OUT_OF_RANGE', path: ['input', 'rows', '0', 'unitDecimals'] },
    ]);
    expect(await set([{ sku: skuOf(9), unitDecimals: 2 }])).toMatchObject({ changedItemCount: 1 });
    expect(await set([{ sku: skuOf(9), unitDecimals: null }])).toMatchObject({ changedItemCount: 0 });
    expect(await take()).toEqual({ status: 'CHANGED', userErrors: [] });
    const [due] = await test.sql`select bool_and(is_forecast_due) as "isForecastDue" from plan_due`;
    expect(due).toEqual({ isForecastDue: true });
    await set([{ sku: skuOf(9), unitDecimals: 0 }]);
    await follow();
  });

  it('is followed by stock value, thresholds, suggestions and the drafts of a supplier', async () => {
    const look = () =>
      run(`{ overview { stockValue { amount } itemWithoutCostCount } orderDrafts { supplierName unpricedLineCount }
        item(sku: "${skuOf(6)}") { available kpis { stockValue { amount } } }
        stockLevel(sku: "${skuOf(5)}", warehouseCode: "NORTH") { safetyStock { value } } }`);
    const before = await look();
    expect(before).toMatchObject({
      overview: { stockValue: null, itemWithoutCostCount: itemCount },
      orderDrafts: [{ supplierName: null }],
    });
    expect(before.orderDrafts[0].unpricedLineCount).toBeGreaterThan(0);
    await run(
      `mutation { stockPolicySet(input: { scope: { supplierName: "other" }, values: { safetyStock: "77" } }) {
        userErrors { code } } }`,
    );
    const done = await set(
      all.map((sku, i) => ({ sku, unitCost: '0.5', supplierName: i === 5 ? 'other' : 'maker' })),
    );
    expect(done).toMatchObject({ changedItemCount: itemCount, userErrors: [] });
    const atOnce = await look();
    expect(atOnce.overview.itemWithoutCostCount).toBe(0);
    expect(Number(atOnce.overview.stockValue.amount)).toBeGreaterThan(0);
    expect(atOnce.stockLevel.safetyStock.value).toBe('77');
    await follow();
    const after = await look();
    expect(after.orderDrafts[0]).toEqual({ supplierName: 'maker', unpricedLineCount: 0 });
    expect(after.orderDrafts).not.toContainEqual(expect.objectContaining({ supplierName: null }));
    expect(Number(after.item.kpis.stockValue.amount)).toBe(Number(after.item.available) * 0.5);
  });

  it('never waits in a circle for others who name the same items the other way round', async () => {
    const rounds = [1, 2, 3, 4].map((cost) =>
      set((cost % 2 === 0 ? all : all.toReversed()).map((sku) => ({ sku, unitCost: `${cost}` }))),
    );
    for (const { userErrors } of await Promise.all(rounds)) expect(userErrors).toEqual([]);
    const [row] = await test.sql`
      select deadlocks::int from pg_stat_database where datname = current_database()`;
    expect(row).toEqual({ deadlocks: 0 });
  });

  it('is not for keys without the scope', async () => {
    const viewer = viewerOf(world.organizationId, { scopes: new Set(['read:stock'] as const) });
    const source = `mutation { itemDetailsSet(input: { rows: [{ sku: "${skuOf(0)}" }] }) { changedItemCount } }`;
    const { errors } = await ask(test.db, viewer, source, {}, ports);
    expect(errors[0]).toMatchObject({ code: 'FORBIDDEN' });
  });
});
