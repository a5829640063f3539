import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appendEvents } from '../../src/db/queries/event-append.ts';
import { markAllPlanDue, markPastDemandDue, markPlanDue } from '../../src/db/queries/plan-due.ts';
import { rollUpHealth } from '../../src/domain/health-rollup.ts';
import { calibrateForecasts } from '../../src/pipeline/plan-calibration.ts';
import { planSteps } from '../../src/pipeline/plan-loop.ts';
import { summarizePlans } from '../../src/pipeline/plan-summary.ts';
import { createPlanThreads, type PlanThreads } from '../../src/pipeline/plan-threads.ts';
import { recordLevels } from '../../src/pipeline/record-levels.ts';
import { refreshThresholds } from '../../src/pipeline/refresh-thresholds.ts';
import { Decimal } from '../../src/shared/decimal.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { buildPlanWorld, type PlanWorld, special } from './plan-world.ts';
import { asWorker, noon, reading } from './seed.ts';
import { createWorker, handClock, type Worker } from './worker.ts';

const itemCount = 30;
let test: TestDatabase;
let world: PlanWorld;
let worker: Worker;
let threads: PlanThreads;
beforeAll(async () => {
  test = await createTestDatabase();
  world = await buildPlanWorld(test, itemCount);
  threads = createPlanThreads(1);
  const clock = handClock();
  worker = createWorker(test, () => ({}) as never, { clock });
  // The second round knows the items' classes from the first one's summary.
  for (let round = 0; round < 2; round += 1) {
    await asWorker(test, world.organizationId, (sql) => markAllPlanDue(sql, noon));
    await planSteps(worker.ports, world.organizationId, threads, 50);
    await summarizePlans(worker.ports, world.organizationId);
  }
});
afterAll(async () => {
  await threads.stop();
  await test.drop();
});

const plans = () => test.sql`
  select p.*, i.sku, to_char(p.planned_on, 'YYYY-MM-DD') as day from level_plan p
  join item i using (organization_id, item_id)
  where p.organization_id = ${world.organizationId} order by p.item_id, p.warehouse_id`;
const planOf = async (itemIndex: number, warehouseId = world.northId) => {
  const rows = await plans();
  return rows.find((row) => row.item_id === world.itemIds[itemIndex] && row.warehouse_id === warehouseId)!;
};
const forecastOf = async (itemIndex: number) => {
  const [row] = await test.sql`
    select f.*, to_char(f.first_on, 'YYYY-MM-DD') as first_day from level_forecast f
    where organization_id = ${world.organizationId} and item_id = ${world.itemIds[itemIndex]!}
      and warehouse_id = ${world.northId}`;
  return row!;
};
const plan = () => planSteps(worker.ports, world.organizationId, threads, 50);

describe('planning', () => {
  it('gives every level with four weeks of history a forecast, policy, risk, figures and health', async () => {
    const rows = await plans();
    expect(rows).toHaveLength(2 * itemCount);
    const old = rows.filter((row) => row.item_id !== world.itemIds[special.young]);
    const withHistory = old.filter((row) => row.item_id !== world.itemIds[special.blank]);
    for (const row of withHistory) {
      expect(row).toMatchObject({
        unavailable_reason: null,
        safety_stock_origin: 'COMPUTED',
        day: '2026-03-10',
      });
      for (const column of [
        'reorder_point',
        'target_level',
        'stock_out_probability',
        'expected_lost_units',
        'turnover_90',
        'sell_through_90',
        'in_stock_rate_90',
        'stock_value',
        'excess_value',
        'health_score',
      ]) {
        expect(row[column], column).not.toBeNull();
      }
      expect(Number(row.reorder_point)).toBeGreaterThanOrEqual(Number(row.safety_stock));
    }
  });

  it('says why nothing can be planned where nothing is on record', async () => {
    expect(await planOf(special.blank)).toMatchObject({
      ...{
        unavailable_reason: 'NO_HISTORY',
        reorder_point: null,
        stock_out_probability: null,
        health_score: null,
      },
      ...{ safety_stock: '10', safety_stock_origin: 'DEFAULT' },
    });
    expect(await forecastOf(special.blank)).toMatchObject({ stored: null, flags: ['NO_HISTORY'] });
  });

  it('knows young, unsold and dead goods', async () => {
    expect((await forecastOf(special.young)).flags).toContain('SHORT_HISTORY');
    expect(await planOf(special.young)).toMatchObject({ safety_stock: '10', safety_stock_origin: 'DEFAULT' });
    expect((await forecastOf(special.unsold)).flags).toContain('NO_DEMAND');
    expect(await planOf(special.unsold)).toMatchObject({ stock_out_probability: 0, days_of_stock: null });
    expect(Number((await planOf(special.dead)).excess_units)).toBeGreaterThan(0);
  });

  it('learns the lead time from receipts, then from the item, then from the supplier', async () => {
    expect(await planOf(0)).toMatchObject({ lead_time_origin: 'RECEIPTS', lead_time_days: '7.5' });
    expect(await planOf(0, world.poolId)).toMatchObject({ lead_time_origin: 'ITEM' });
    expect(await planOf(6)).toMatchObject({ lead_time_origin: 'SUPPLIER', lead_time_days: '7.5' });
  });

  it('leaves out days without stock and today, and starts on today', async () => {
    expect(await forecastOf(7)).toMatchObject({ first_day: '2026-03-10', history_days: 180 });
    expect((await forecastOf(7)).flags).toContain('CENSORED_DAYS');
    const days = await test.sql`
      select to_char(day, 'YYYY-MM-DD') as day, mean_units::float, close::float, out_share from stock_daily
      where organization_id = ${world.organizationId} and item_id = ${world.itemIds[0]!}
        and warehouse_id = ${world.northId} order by day`;
    expect(days.map((row) => [row.day, row.mean_units, row.close, row.out_share])).toEqual([
      ['2025-11-30', 40, 40, 0],
      ['2026-02-18', 20, 0, 0.5],
      ['2026-02-20', 30, 60, 0.5],
    ]);
  });

  it('counts a shipment from its day and says what is overdue', async () => {
    expect(await planOf(0)).toMatchObject({ position_due: '35', inbound_overdue: '0' });
    expect(Number((await planOf(5)).inbound_overdue)).toBe(30);
  });

  it('hands its safety stock to the alerts', async () => {
    const levels = await test.sql`
      select l.threshold, l.threshold_origin, p.safety_stock, p.safety_stock_origin from stock_level l
      join level_plan p using (organization_id, item_id, warehouse_id)
      where l.organization_id = ${world.organizationId}`;
    for (const row of levels) {
      expect(Number(row.threshold)).toBe(Number(row.safety_stock));
      expect(row.threshold_origin).toBe(row.safety_stock_origin);
    }
    const low = await test.sql`
      select from stock_level where organization_id = ${world.organizationId} and is_low`;
    const open = await test.sql`
      select from stock_alert where organization_id = ${world.organizationId} and kind = 'LOW_STOCK'`;
    expect(open.length).toBe(low.length);
    expect(low.length).toBeGreaterThan(0);
  });

  it('finds nothing to do the second time, and makes the same rows when told to', async () => {
    const before = await plans();
    const forecasts =
      await test.sql`select * from level_forecast where organization_id = ${world.organizationId}
      order by item_id, warehouse_id`;
    expect(await plan()).toBe(false);
    expect(await plans()).toEqual(before);
    await asWorker(test, world.organizationId, (sql) =>
      markPlanDue(
        sql,
        before.map((row) => ({ itemId: row.item_id, warehouseId: row.warehouse_id })),
        true,
        noon,
      ),
    );
    expect(await plan()).toBe(true);
    const timeless = (rows: readonly object[]) =>
      rows.map((row) => ({
        ...row,
        ...{ computed_at: 0, recorded_at: 0, urgency_better_count: 0, urgency_score: 0 },
      }));
    expect(timeless(await plans())).toEqual(timeless(before));
    const again = await test.sql`select * from level_forecast where organization_id = ${world.organizationId}
      order by item_id, warehouse_id`;
    expect(timeless(again)).toEqual(timeless(forecasts));
  });

  it('sums up by item, warehouse and organization, health weighted by margin', async () => {
    const rows = (await plans()).filter(
      (row) => row.warehouse_id === world.northId && row.health_score !== null,
    );
    const weighed = rows.map((row) => ({
      ...{ score: new Decimal(row.health_score), weight: new Decimal(row.health_weight) },
    }));
    const summaries = await test.sql`
      select scope, scope_key, level_count, health_score from plan_summary
      where organization_id = ${world.organizationId} order by scope, scope_key`;
    const north = summaries.find((row) => row.scope_key === world.northId)!;
    expect(north.level_count).toBe(itemCount);
    expect(Number(north.health_score)).toBeCloseTo(Number(rollUpHealth(weighed)), 5);
    expect(summaries.map((row) => row.scope)).toEqual([
      'CATEGORY',
      'CATEGORY',
      'ORGANIZATION',
      'WAREHOUSE',
      'WAREHOUSE',
    ]);
    const [organization] = summaries.filter((row) => row.scope === 'ORGANIZATION');
    // Pools are views of the same goods: they count only where the item lies nowhere else.
    expect(organization).toMatchObject({ level_count: itemCount });
    const classes = await test.sql`
      select abc_class, count(*)::int from item_plan where organization_id = ${world.organizationId} group by 1`;
    expect(classes.map((row) => row.abc_class).sort()).toEqual(
      ['A', 'B', 'C', null].slice(0, classes.length),
    );
  });

  it('plans a level anew when its stock changed, from the stored forecast', async () => {
    const before = await planOf(8);
    const forecast = await forecastOf(8);
    await asWorker(test, world.organizationId, async (sql) => {
      const key = { itemId: world.itemIds[8]!, warehouseId: world.northId };
      const recorded = await recordLevels(sql, {
        ...{ organizationId: world.organizationId, recordedAt: noon, syncRunId: null, isTrusted: true },
        readings: [reading(key, 1, noon)],
      });
      await appendEvents(sql, world.organizationId, recorded.events, noon);
    });
    expect(await plan()).toBe(true);
    const after = await planOf(8);
    expect(after.stock_out_probability).toBeGreaterThan(before.stock_out_probability);
    expect(after.inputs.history).toEqual(before.inputs.history);
    expect((await forecastOf(8)).computed_at).toEqual(forecast.computed_at);
  });

  it('takes what a person sets before what is computed', async () => {
    await test.sql`
      insert into stock_policy (organization_id, policy_id, item_id, safety_stock, lead_time_days, service_level,
        review_period_days, recorded_at)
      values (${world.organizationId}, gen_random_uuid(), ${world.itemIds[9]!}, 33, 20, 0.9, 7, ${noon})`;
    await asWorker(test, world.organizationId, (sql) =>
      refreshThresholds(sql, [{ itemId: world.itemIds[9]!, warehouseId: world.northId }], noon),
    );
    await plan();
    expect(await planOf(9)).toMatchObject({
      ...{
        safety_stock: '33',
        safety_stock_origin: 'OVERRIDE',
        lead_time_origin: 'OVERRIDE',
        protection_days: 27,
      },
      ...{ service_level: 0.9, service_level_origin: 'OVERRIDE' },
    });
  });

  it('forecasts anew when an earlier day turns out different, with promotions, an index and a person’s word', async () => {
    const before = await forecastOf(10);
    const key = { itemId: world.itemIds[10]!, warehouseId: world.northId };
    await test.sql`
      insert into promotion (organization_id, promotion_id, item_id, name, from_on, to_on, factor, recorded_at)
      values (${world.organizationId}, gen_random_uuid(), ${key.itemId}, 'sale', '2026-03-12', '2026-03-13', 3, ${noon})`;
    await test.sql`
      insert into market_index (organization_id, category, day, factor, source, observed_at, recorded_at)
      values (${world.organizationId}, 'cups', '2026-03-10', 1.5, 'somebody', ${noon}, ${noon})`;
    await test.sql`
      insert into forecast_override (organization_id, item_id, warehouse_id, from_on, to_on, units_per_day, recorded_at)
      values (${world.organizationId}, ${key.itemId}, ${key.warehouseId}, '2026-03-11', '2026-03-11', 99, ${noon})`;
    await test.sql`
      update demand_daily set units = units + 5, recorded_at = ${noon}
      where organization_id = ${world.organizationId} and item_id = ${key.itemId}`;
    await asWorker(test, world.organizationId, (sql) =>
      markPastDemandDue(sql, [{ ...key, day: '2026-03-01' }], noon),
    );
    await plan();
    const after = await forecastOf(10);
    expect(after.flags).toEqual(expect.arrayContaining(['PROMOTION', 'MARKET_INDEX', 'MANUAL_OVERRIDE']));
    expect(after.stored.means[1]).toBe(99);
    expect(after.effects.promotion.slice(1, 5)).toEqual([1, 3, 3, 1]);
    expect(after.stored.means[2]).toBeGreaterThan(2 * after.stored.means[4]);
    expect(Number(after.units_per_day)).toBeGreaterThan(Number(before.units_per_day));
  });

  it('begins a new day by itself: known demand moves on, quiet levels keep their forecast', async () => {
    const before = await forecastOf(special.unsold);
    worker.clock.pass(24 * 60);
    await plan();
    expect(await planOf(special.unsold)).toMatchObject({ day: '2026-03-11' });
    expect((await forecastOf(special.unsold)).first_day).toBe(before.first_day);
    expect((await forecastOf(19)).first_day).toBe('2026-03-11');
  });
});

describe('calibration', () => {
  it('is measured by interval and size, once a week', async () => {
    await calibrateForecasts(worker.ports, world.organizationId, threads);
    const rows = await test.sql`
      select interval_days, from_units, case_count, levels, coverage, computed_at from forecast_calibration
      where organization_id = ${world.organizationId} order by interval_days, from_units`;
    expect(new Set(rows.map((row) => row.interval_days))).toEqual(new Set([7, 14, 28]));
    for (const row of rows) {
      expect(row.levels).toEqual([0.8, 0.9, 0.95, 0.98]);
      for (const share of row.coverage) expect(share).toBeGreaterThanOrEqual(0);
    }
    const all = rows.filter((row) => row.interval_days === 7);
    const cases = all.reduce((sum, row) => sum + row.case_count, 0);
    const covered = all.reduce((sum, row) => sum + row.case_count * row.coverage[2], 0);
    expect(cases).toBeGreaterThan(200);
    expect(covered / cases).toBeGreaterThan(0.9);
    await calibrateForecasts(worker.ports, world.organizationId, threads);
    const again = await test.sql`
      select computed_at from forecast_calibration where organization_id = ${world.organizationId} limit 1`;
    expect(again[0]!.computed_at).toEqual(rows[0]!.computed_at);
  });
});

describe('alerts that rest on plans', () => {
  const alerts = (kind: string) => test.sql`
    select a.item_id, a.state, a.severity, a.available, a.threshold, p.position_due, p.reorder_point,
           p.stock_out_probability
    from stock_alert a join level_plan p using (organization_id, item_id, warehouse_id)
    where a.organization_id = ${world.organizationId} and a.kind = ${kind} and a.state <> 'RESOLVED'`;

  it('are open exactly where position or risk say so, on watched levels only', async () => {
    const due = await alerts('REORDER_DUE');
    const expected = (await plans()).filter(
      (row) =>
        row.warehouse_id === world.northId &&
        Number(row.reorder_point) > 0 &&
        Number(row.position_due) <= Number(row.reorder_point),
    );
    expect(due.length).toBeGreaterThan(0);
    const ids = (rows: readonly { item_id?: string }[]) => rows.map((row) => row.item_id).sort();
    // Where a stronger statement fires, it speaks for the order that is due.
    const speaking = await test.sql`
      select item_id from stock_alert where organization_id = ${world.organizationId}
        and warehouse_id = ${world.northId} and state <> 'RESOLVED'
        and kind in ('OUT_OF_STOCK', 'LOW_STOCK', 'STOCK_OUT_PREDICTED')`;
    expect(ids([...due, ...speaking])).toEqual(expect.arrayContaining(ids(expected)));
    expect(ids(speaking)).not.toEqual(expect.arrayContaining(ids(expected)));
    const predicted = await alerts('STOCK_OUT_PREDICTED');
    expect(predicted.length).toBeGreaterThan(0);
    for (const row of predicted) expect(row.stock_out_probability).toBeGreaterThanOrEqual(0.4);
  });

  it('end when goods come in', async () => {
    const [first] = await alerts('REORDER_DUE');
    const key = { itemId: first!.item_id, warehouseId: world.northId };
    await asWorker(test, world.organizationId, async (sql) => {
      const recorded = await recordLevels(sql, {
        ...{
          organizationId: world.organizationId,
          recordedAt: worker.clock.at,
          syncRunId: null,
          isTrusted: true,
        },
        readings: [reading(key, 900, worker.clock.at)],
      });
      await appendEvents(sql, world.organizationId, recorded.events, worker.clock.at);
    });
    await plan();
    for (const kind of ['REORDER_DUE', 'STOCK_OUT_PREDICTED']) {
      expect((await alerts(kind)).map((row) => row.item_id)).not.toContain(key.itemId);
    }
    const [event] = await test.sql`
      select reason, previous_state from event_log where organization_id = ${world.organizationId}
        and item_id = ${key.itemId} and alert_kind = 'REORDER_DUE' order by number desc limit 1`;
    expect(event).toEqual({ reason: 'RESOLVED', previous_state: 'FIRING' });
  });
});
