import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBacktestJob } from '../../src/domain/plan/backtest-job.ts';
import { loadHistories } from '../../src/pipeline/plan-history.ts';
import { continueBacktest } from '../../src/pipeline/policy-backtest.ts';
import { FakeMarketplace } from '../pipeline/fake-marketplace.ts';
import { buildPlanWorld, type PlanWorld, special } from '../pipeline/plan-world.ts';
import { asWorker, noon } from '../pipeline/seed.ts';
import { createWorker } from '../pipeline/worker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ask, askWell, type JsonObject, viewerOf } from './ask.ts';
import { pipelinePorts } from './ports.ts';

const itemCount = 30;
let database: TestDatabase;
let world: PlanWorld;
beforeAll(async () => {
  database = await createTestDatabase();
  world = await buildPlanWorld(database, itemCount);
  // As planning does every day.
  const wanted = world.itemIds.map((itemId) => ({
    itemId,
    warehouseId: world.northId,
    lastDay: '2026-03-09',
  }));
  await asWorker(database, world.organizationId, (sql) =>
    loadHistories(sql, world.organizationId, wanted, noon),
  );
});
afterAll(() => database.drop());

const fields = `state backtestId doneLevels totalLevels from to fillRate demandUnits lostUnits levelDays stockOutDays
  averageStockUnits averageStockValue { amount currencyCode } orders orderedUnits errorCode
  alerts { raised stockOuts precision recall medianLeadDays }
  actual { levelDays stockOutDays averageStockUnits averageStockValue { amount } }
  caveats { code count text(locale: EN) }`;
const source = `query ($input: PolicyBacktestInput!) { policyBacktest(input: $input) { ${fields} } }`;
const viewer = () => viewerOf(world.organizationId);
const backtest = async (input: object): Promise<JsonObject> =>
  (await askWell(database.db, viewer(), source, { input })).policyBacktest;
const span = { from: '2026-01-10', to: '2026-02-20' };
const skus = ['P-009', 'P-014'];
const input = { ...span, filter: { skus }, policy: { leadTimeDays: 5 } };

describe('policyBacktest', () => {
  it('answers a small set at once, with caveats', async () => {
    const answer = await backtest(input);
    expect(answer).toMatchObject({
      ...{ state: 'DONE', backtestId: null, doneLevels: 2, totalLevels: 2, ...span },
      // 42 days less the lead time, two levels.
      levelDays: 74,
      actual: { levelDays: 74 },
      averageStockValue: { currencyCode: 'CNY' },
    });
    expect(answer.fillRate).toBeGreaterThan(0.5);
    expect(answer.fillRate).toBeLessThanOrEqual(1);
    expect(Number(answer.averageStockUnits)).toBeGreaterThan(0);
    expect(answer.orders).toBeGreaterThan(2);
    const codes = answer.caveats.map(({ code }: JsonObject) => code);
    expect(codes).toEqual([
      ...['CENSORED_DEMAND', 'LEAD_TIME_FIXED', 'RECORDS_AS_CORRECTED', 'START_WITHOUT_INBOUND'],
      'OWN_HISTORY_ONLY',
    ]);
    expect(answer.caveats[0].text).toContain(`On ${answer.caveats[0].count} counted level-days`);
  });

  it('brings more stock and less loss with a higher service level', async () => {
    const [low, high] = await Promise.all(
      [0.6, 0.99].map((serviceLevel) => backtest({ ...input, policy: { ...input.policy, serviceLevel } })),
    );
    expect(Number(high.averageStockUnits)).toBeGreaterThan(Number(low.averageStockUnits));
    expect(Number(high.lostUnits)).toBeLessThanOrEqual(Number(low.lostUnits));
  });

  it('replays the plain rule, whose forecasts need no caveat', async () => {
    const answer = await backtest({
      ...input,
      policy: { method: 'DAYS_OF_COVER', coverDays: 10, leadTimeDays: 5 },
    });
    expect(answer.state).toBe('DONE');
    expect(answer.caveats.map(({ code }: JsonObject) => code)).not.toContain('OWN_HISTORY_ONLY');
  });

  it('says what was left out: no history, too short a history', async () => {
    const names = [special.blank, special.young].map((i) => `P-${String(i).padStart(3, '0')}`);
    const answer = await backtest({ ...input, to: '2026-03-09', filter: { skus: names } });
    expect(answer).toMatchObject({ state: 'DONE', levelDays: 0, fillRate: null, averageStockUnits: null });
    const codes = answer.caveats.map(({ code, count }: JsonObject) => [code, count]);
    expect(codes.slice(0, 2)).toEqual([
      ['NO_HISTORY', 1],
      ['SHORT_HISTORY', 1],
    ]);
  });

  it('is the same whatever happened after its last day', async () => {
    const before = await backtest(input);
    const { organizationId } = world;
    await database.sql`
      update demand_daily set units = units * 1000 + 7 where organization_id = ${organizationId} and day > ${span.to}`;
    await database.sql`
      update stock_daily set close = 0, mean_units = 0, out_share = 1
      where organization_id = ${organizationId} and day > ${span.to}`;
    await database.sql`
      update inbound_shipment set received_at = received_at + interval '40 days'
      where organization_id = ${organizationId} and received_at > ${span.to}`;
    expect(await backtest(input)).toEqual(before);
    await database.sql`
      update demand_daily set units = (units - 7) / 1000 where organization_id = ${organizationId} and day > ${span.to}`;
  });

  it.each([
    [{ from: '2026-02-20', to: '2026-01-10' }, 'input.to'],
    [{ from: '2020-01-01', to: '2026-01-10' }, 'input.to'],
    [{ ...span, policy: { serviceLevel: 1 } }, 'input.policy.serviceLevel'],
    [{ ...span, policy: { coverDays: 0 } }, 'input.policy.coverDays'],
    [{ ...span, policy: { leadTimeDays: -1 } }, 'input.policy.leadTimeDays'],
    [{ ...span, policy: { reviewDays: 0 } }, 'input.policy.reviewDays'],
    [{ ...span, policy: { orderMultiple: '0' } }, 'input.policy.orderMultiple'],
    [{ ...span, filter: { skus: [] } }, 'input.filter.skus'],
    [{ from: '2027-01-01', to: '2027-02-01' }, 'input.from'],
    [{ from: '2026-03-10', to: '2026-03-10' }, 'input.from'],
    [{ ...span, filter: { skus: ['P-009', 'none'] } }, 'input.filter.skus.1'],
    [{ ...span, filter: { warehouseCodes: ['none'] } }, 'input.filter.warehouseCodes.0'],
    [{ ...span, filter: { categories: ['none'] } }, 'input.filter.categories.0'],
  ])('refuses %j', async (bad, argument) => {
    const { errors } = await ask(database.db, viewer(), source, { input: bad });
    expect(errors).toMatchObject([{ code: 'ARGUMENT_OUT_OF_RANGE', params: { argument } }]);
  });
});

describe('policyBacktestStart', () => {
  const start = async (asked: object): Promise<JsonObject> =>
    (
      await askWell(
        database.db,
        viewer(),
        `mutation ($input: PolicyBacktestInput!) { policyBacktestStart(input: $input) {
          policyBacktest { ${fields} } userErrors { code path } } }`,
        { input: asked },
        pipelinePorts(),
      )
    ).policyBacktestStart;

  it('runs a large set step by step, with progress, to the same sums as small ones', async () => {
    const large = {
      ...span,
      filter: { warehouseCodes: ['NORTH'] },
      policy: { method: 'DAYS_OF_COVER', leadTimeDays: 5 },
    };
    const wide = { ...large, from: '2025-12-10' };
    expect(await backtest(wide)).toMatchObject({ state: 'NOT_STARTED', fillRate: null, caveats: [] });
    const { policyBacktest: queued } = await start(wide);
    expect(queued).toMatchObject({ state: 'QUEUED', doneLevels: 0, totalLevels: itemCount });
    // Asked again it is the same, and the query answers it, too.
    expect((await start(wide)).policyBacktest.backtestId).toBe(queued.backtestId);
    expect((await backtest(wide)).backtestId).toBe(queued.backtestId);
    const { ports } = createWorker(database, () => new FakeMarketplace());
    const step = () => continueBacktest(ports, world.organizationId, async (job) => runBacktestJob(job));
    expect(await step()).toBe(true);
    const half = await backtest(wide);
    expect(half).toMatchObject({ state: 'RUNNING', doneLevels: 25 });
    expect(half.levelDays).toBeGreaterThan(0);
    while (await step());
    const { policyBacktestById: done } = await askWell(
      database.db,
      viewer(),
      `query ($id: String!) { policyBacktestById(backtestId: $id) { ${fields} computedAt } }`,
      { id: queued.backtestId },
    );
    expect(done).toMatchObject({ state: 'DONE', doneLevels: itemCount });
    expect(done.computedAt).not.toBeNull();
    const parts = await Promise.all(
      [0, 10, 20].map((from) =>
        backtest({
          ...wide,
          filter: { skus: Array.from({ length: 10 }, (_, i) => `P-${String(from + i).padStart(3, '0')}`) },
        }),
      ),
    );
    for (const field of ['demandUnits', 'lostUnits', 'levelDays', 'stockOutDays', 'orders', 'orderedUnits']) {
      const sum = parts.reduce((total, part) => total + Number(part[field]), 0);
      expect([field, Number(done[field])]).toEqual([field, sum]);
    }
  });

  it('goes on where it stood when the process ended, and is given up when it cannot be computed', async () => {
    const asked = { ...span, policy: { method: 'DAYS_OF_COVER', coverDays: 21, leadTimeDays: 5 } };
    const { policyBacktest: queued } = await start(asked);
    const { ports } = createWorker(database, () => new FakeMarketplace());
    const transient = await import('../../src/shared/errors.ts');
    const cut = () => Promise.reject(new transient.AppError('transient', 'the thread ended'));
    await expect(continueBacktest(ports, world.organizationId, cut)).rejects.toThrow('the thread ended');
    expect((await backtest(asked)).state).toBe('QUEUED');
    await continueBacktest(ports, world.organizationId, () => Promise.reject(new TypeError('bug')));
    const { policyBacktestById: failed } = await askWell(
      database.db,
      viewer(),
      'query ($id: String!) { policyBacktestById(backtestId: $id) { state errorCode } }',
      { id: queued.backtestId },
    );
    expect(failed).toEqual({ state: 'FAILED', errorCode: 'TypeError' });
  });

  it('refuses bad input as data', async () => {
    expect(await start({ ...span, filter: { skus: ['none'] } })).toEqual({
      policyBacktest: null,
      userErrors: [{ code: 'NOT_FOUND', path: ['input', 'filter', 'skus', '0'] }],
    });
    expect(await start({ from: '2026-02-20', to: '2026-01-10' })).toEqual({
      policyBacktest: null,
      userErrors: [{ code: 'INCONSISTENT', path: ['input', 'to'] }],
    });
  });
});
