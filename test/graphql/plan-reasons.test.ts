import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markAllPlanDue } from '../../src/db/queries/plan-due.ts';
import { planSteps } from '../../src/pipeline/plan-loop.ts';
import { summarizePlans } from '../../src/pipeline/plan-summary.ts';
import { createPlanThreads } from '../../src/pipeline/plan-threads.ts';
import { buildPlanWorld, type PlanWorld, special } from '../pipeline/plan-world.ts';
import { asWorker, noon } from '../pipeline/seed.ts';
import { createWorker } from '../pipeline/worker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { findUnequal } from '../support/recompute.ts';
import { askWell, type JsonObject, viewerOf } from './ask.ts';

/** Positions of items beside the world's own special ones. */
const item = { priceless: 6, noStock: 7, unplanned: 8 } as const;
let test: TestDatabase;
let world: PlanWorld;
let levels: JsonObject[];
let items: JsonObject[];
const explained = ['DAYS_TO_STOCK_OUT', 'EXPECTED_LOST_UNITS', 'LOST_SALES', 'ORDER_BY', 'URGENCY'] as const;
const shown = 'steps { code op operands value } inputs { name value unit source } text';

beforeAll(async () => {
  test = await createTestDatabase();
  world = await buildPlanWorld(test, 12);
  const { organizationId, itemIds } = world;
  const own = (i: number) => test.sql`organization_id = ${organizationId} and item_id = ${itemIds[i]!}`;
  await test.sql`update item set unit_cost = null, unit_price = null where ${own(item.priceless)}`;
  await test.sql`delete from stock_snapshot where ${own(item.noStock)}`;
  const worker = createWorker(test, () => ({}) as never);
  const threads = createPlanThreads(0);
  await asWorker(test, organizationId, (sql) => markAllPlanDue(sql, noon));
  await planSteps(worker.ports, organizationId, threads, 50);
  await test.sql`delete from level_plan where ${own(item.unplanned)}`;
  await test.sql`delete from item_plan where ${own(item.unplanned)}`;
  await summarizePlans(worker.ports, organizationId);
  const answer = await askWell(
    test.db,
    viewerOf(organizationId),
    `{ stockLevels(first: 60) { nodes { item { sku } warehouse { code } isWatched available
        stockValue { amount } excessValue { amount } valueUnavailableReason
        lostSalesUnits lostSalesUnavailableReason stockOutDays inStockRate(days: 90) inStockRateUnavailableReason
        turnover(days: 90) sellThrough turnoverUnavailableReason
        nextReceiptOn probabilityBeforeNextReceipt nextReceiptUnavailableReason
        orderByOn orderByUnavailableReason expectedLostUnits excessUnits isDeadStock policyUnavailableReason
        leadTime { days } inboundOverdue incomingWithin(days: 7) stockOutProbability(withinDays: 7)
        daysToStockOut { p10 p50 p90 } daysToStockOutUnavailableReason
        daysOfStock daysOfStockUnavailableReason health { score } healthUnavailableReason
        urgency { tier score stake stakeUnit explanation { ${shown} } } urgencyUnavailableReason
        ${explained.map((of) => `of${of}: planExplanation(of: ${of}) { ${shown} }`).join('\n')}
        plan { plannedOn } } }
      items(first: 20) { nodes { sku abcClass xyzClass demandClass classUnavailableReason
        daysToStockOut { p10 p50 p90 } daysToStockOutUnavailableReason health { score } healthUnavailableReason
        stockValue { amount currencyCode } excessValue { amount } valueUnavailableReason } } }`,
  );
  levels = answer.stockLevels.nodes;
  items = answer.items.nodes;
});
afterAll(() => test.drop());

const skuOf = (i: number) => `P-${String(i).padStart(3, '0')}`;
const levelOf = (i: number, code = 'NORTH') =>
  levels.find((level) => level.item.sku === skuOf(i) && level.warehouse.code === code)!;
const itemOf = (i: number) => items.find((one) => one.sku === skuOf(i))!;

/** Fields and the one that says why they are null. */
const levelReasons: Readonly<Record<string, readonly string[]>> = {
  valueUnavailableReason: ['stockValue', 'excessValue'],
  lostSalesUnavailableReason: ['lostSalesUnits'],
  inStockRateUnavailableReason: ['inStockRate', 'stockOutDays'],
  turnoverUnavailableReason: ['turnover', 'sellThrough'],
  nextReceiptUnavailableReason: ['nextReceiptOn', 'probabilityBeforeNextReceipt'],
  orderByUnavailableReason: ['orderByOn'],
  daysOfStockUnavailableReason: ['daysOfStock'],
  healthUnavailableReason: ['health'],
  urgencyUnavailableReason: ['urgency'],
};

describe('a null comes with its reason, and a reason with a null', () => {
  it('on every level', () => {
    expect(levels).toHaveLength(24);
    for (const level of levels) {
      const name = `${level.item.sku} ${level.warehouse.code}`;
      for (const [reason, fields] of Object.entries(levelReasons)) {
        const isNull = fields.some((field) => level[field] === null);
        expect(level[reason] !== null, `${name} ${reason}`).toBe(isNull);
      }
      for (const field of ['expectedLostUnits', 'excessUnits', 'isDeadStock', 'leadTime', 'inboundOverdue'])
        if (level[field] === null) expect(level.policyUnavailableReason, `${name} ${field}`).not.toBeNull();
      const days = level.daysToStockOut;
      const isOpen = days === null || days.p10 === null || days.p50 === null || days.p90 === null;
      expect(level.daysToStockOutUnavailableReason !== null, name).toBe(isOpen);
    }
  });

  it('names the right one', () => {
    expect(levelOf(item.priceless)).toMatchObject({ stockValue: null, valueUnavailableReason: 'NO_COST' });
    expect(levelOf(special.blank)).toMatchObject({
      ...{ excessValue: null, valueUnavailableReason: 'NO_HISTORY', orderByUnavailableReason: 'NO_HISTORY' },
    });
    expect(levelOf(special.blank).stockValue).not.toBeNull();
    expect(levelOf(item.noStock)).toMatchObject({
      ...{ lostSalesUnits: null, lostSalesUnavailableReason: 'NO_HISTORY' },
      ...{ stockOutDays: null, inStockRateUnavailableReason: 'NO_HISTORY' },
    });
    expect(levelOf(special.unsold)).toMatchObject({ orderByOn: null, orderByUnavailableReason: 'NO_DEMAND' });
    expect(levelOf(9)).toMatchObject({
      ...{ nextReceiptOn: null, nextReceiptUnavailableReason: 'NOTHING_INCOMING' },
    });
    expect(levelOf(0)).toMatchObject({ nextReceiptOn: '2026-03-13', nextReceiptUnavailableReason: null });
    expect(levelOf(0, 'POOL')).toMatchObject({ urgency: null, urgencyUnavailableReason: 'NOT_APPLICABLE' });
    for (const reason of Object.keys(levelReasons))
      expect(levelOf(item.unplanned)[reason], reason).toBe('NOT_YET_COMPUTED');
  });

  it('on every item, where nothing was ever asked for too', () => {
    for (const one of items) {
      const days = one.daysToStockOut;
      const isOpen = days === null || days.p10 === null || days.p50 === null || days.p90 === null;
      expect(one.daysToStockOutUnavailableReason !== null, one.sku).toBe(isOpen);
      const isUnclassed = one.abcClass === null || one.xyzClass === null || one.demandClass === null;
      expect(one.classUnavailableReason !== null, one.sku).toBe(isUnclassed);
      expect(one.healthUnavailableReason !== null, one.sku).toBe(one.health === null);
    }
    expect(itemOf(special.unsold)).toMatchObject({
      ...{ daysToStockOutUnavailableReason: 'NO_DEMAND', classUnavailableReason: 'NO_DEMAND' },
    });
    expect(itemOf(special.blank)).toMatchObject({
      ...{ daysToStockOutUnavailableReason: 'NO_HISTORY', classUnavailableReason: 'NO_HISTORY' },
    });
    expect(itemOf(item.unplanned)).toMatchObject({
      ...{
        daysToStockOutUnavailableReason: 'NOT_YET_COMPUTED',
        classUnavailableReason: 'NOT_YET_COMPUTED',
      },
    });
    expect(itemOf(0).stockValue.currencyCode).toBe('CNY');
  });
});

describe('what lies ahead, what was lost and what is urgent', () => {
  it('is explained by steps that come out the same', () => {
    const counts = new Map<string, number>();
    const check = (of: string, level: JsonObject, value: string | null) => {
      const explanation = level[`of${of}`];
      const name = `${level.item.sku} ${level.warehouse.code} ${of}`;
      if (value === null) return expect(explanation, name).toBeNull();
      expect(findUnequal(explanation as never, value), name).toEqual([]);
      expect(explanation.text, name).not.toBe('');
      counts.set(of, (counts.get(of) ?? 0) + 1);
    };
    for (const level of levels) {
      check('DAYS_TO_STOCK_OUT', level, level.daysToStockOut?.p50 ?? null);
      check('EXPECTED_LOST_UNITS', level, level.expectedLostUnits);
      check('LOST_SALES', level, level.lostSalesUnits);
      check('URGENCY', level, level.urgency?.score ?? null);
      const orderIn =
        level.orderByOn === null
          ? null
          : (Date.parse(level.orderByOn) - Date.parse(level.plan.plannedOn)) / 86_400_000;
      check('ORDER_BY', level, orderIn === null ? null : String(orderIn));
      if (level.urgency !== null) expect(level.urgency.explanation).toEqual(level.ofURGENCY);
    }
    for (const of of explained) expect(counts.get(of) ?? 0, of).toBeGreaterThan(5);
  });

  it('says what the stake is measured in', () => {
    expect(levelOf(0).urgency.stakeUnit).toBe('CNY');
    expect(levelOf(item.priceless).urgency.stakeUnit).toBe('units');
  });
});
