import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appendEvents } from '../../src/db/queries/event-append.ts';
import { markPlannedSalesItems } from '../../src/db/queries/sales-policy-due.ts';
import { encodeEventCursor } from '../../src/events/cursor.ts';
import { evaluateAlerts } from '../../src/pipeline/evaluate-alerts.ts';
import { recordLevels } from '../../src/pipeline/record-levels.ts';
import { followSalesPolicies } from '../../src/pipeline/sales-policy.ts';
import { tellSalesPolicies } from '../../src/pipeline/sales-policy-tell.ts';
import type { ItemId, OrganizationId, WarehouseId } from '../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { FakeMarketplace } from './fake-marketplace.ts';
import { asWorker, minutes, noon, reading, seedItem, seedOrganization, seedWarehouse } from './seed.ts';
import { createWorker, type Worker } from './worker.ts';

let test: TestDatabase;
let organizationId: OrganizationId;
let worker: Worker;
let itemId: ItemId;
let warehouseId: WarehouseId;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  organizationId = await seedOrganization(test);
  worker = createWorker(test, () => new FakeMarketplace());
  itemId = await seedItem(test, organizationId, 'A-1');
  warehouseId = await seedWarehouse(test, organizationId, 'NORTH');
});

const follow = () => followSalesPolicies(worker.ports, organizationId);

/** A reading as ingest takes it in: level, alerts, events, in one transaction. */
async function observe(available: number, at: Date, incoming: number | null = null): Promise<void> {
  await asWorker(test, organizationId, async (sql) => {
    const plain = reading({ itemId, warehouseId }, available, at);
    const quantities = {
      ...plain.quantities,
      incoming: incoming === null ? null : plain.quantities.available.times(0).plus(incoming),
    };
    const recorded = await recordLevels(sql, {
      ...{ organizationId, readings: [{ ...plain, quantities }], recordedAt: at },
      ...{ syncRunId: null, isTrusted: true },
    });
    const alerts = await evaluateAlerts(sql, { organizationId, levels: recorded.touched, at });
    await appendEvents(sql, organizationId, [...recorded.events, ...alerts], at);
  });
}

const states = () => test.sql`
  select state, rule_id is not null as ruled from sales_policy_state where organization_id = ${organizationId}`;
const changes = async () =>
  (
    await test.sql<{ state: string; previous_state: string }[]>`
      select c.previous_state, c.state from event_log e
      join sales_policy_change c on c.change_id = e.sales_policy_change_id
      where e.organization_id = ${organizationId} and e.topic = 'SALES_POLICY' order by e.number`
  ).map((row) => `${row.previous_state} > ${row.state}`);

describe('the sales policy stage', () => {
  it('gives an organization made earlier its rules and judges what it already has', async () => {
    await observe(0, minutes(1));
    await follow();
    expect(
      await test.sql`select count(*)::int as count from sales_policy_rule where organization_id = ${organizationId}`,
    ).toEqual([{ count: 6 }]);
    expect(await states()).toEqual([{ state: 'STOP_PROMOTION', ruled: true }]);
    expect(await changes()).toEqual(['NORMAL > STOP_PROMOTION']);
  });

  it('follows stock and alerts by the event log, and does nothing the second time', async () => {
    await follow();
    await observe(50, minutes(1));
    await follow();
    expect(await states()).toEqual([]);
    await observe(8, minutes(2));
    await follow();
    await observe(0, minutes(3), 20);
    await follow();
    await observe(0, minutes(4), 0);
    await follow();
    await observe(60, minutes(5), 0);
    await follow();
    const expected = [
      'NORMAL > LOW_STOCK_BADGE',
      'LOW_STOCK_BADGE > PRE_SALE',
      'PRE_SALE > STOP_PROMOTION',
      'STOP_PROMOTION > NORMAL',
    ];
    expect(await changes()).toEqual(expected);
    const before = await test.sql`select last from event_head where organization_id = ${organizationId}`;
    const wokenBefore = worker.woken.length;
    await follow();
    expect(await changes()).toEqual(expected);
    expect(await test.sql`select last from event_head where organization_id = ${organizationId}`).toEqual(
      before,
    );
    expect(worker.woken).toHaveLength(wokenBefore);
  });

  it('writes states, changes and events together or not at all', async () => {
    await follow();
    await observe(0, minutes(1));
    const failing = { ...worker.ports, db: failBeforeCommit(test.db) };
    await expect(followSalesPolicies(failing, organizationId)).rejects.toThrow('cut off');
    expect(await states()).toEqual([]);
    expect(await changes()).toEqual([]);
    await follow();
    expect(await changes()).toEqual(['NORMAL > STOP_PROMOTION']);
  });

  it('follows plans by their marks, with the band between beginning and end', async () => {
    await observe(50, minutes(1));
    await follow();
    const planned = async (days: number | null) => {
      await savePlan(days);
      await asWorker(test, organizationId, (sql) =>
        markPlannedSalesItems(sql, [{ itemId, warehouseId }], minutes(2)),
      );
      await follow();
    };
    for (const days of [9, 6, 9, 2, 4, 8, 11, null]) await planned(days);
    expect(await changes()).toEqual([
      'NORMAL > LIMIT_PROMOTION',
      'LIMIT_PROMOTION > STOP_PROMOTION',
      'STOP_PROMOTION > LIMIT_PROMOTION',
      'LIMIT_PROMOTION > NORMAL',
    ]);
    // A plan that can matter to no rule is not even marked.
    await savePlan(90);
    await asWorker(test, organizationId, (sql) =>
      markPlannedSalesItems(sql, [{ itemId, warehouseId }], minutes(3)),
    );
    expect(
      await test.sql`select from sales_policy_due where organization_id = ${organizationId}`,
    ).toHaveLength(0);
  });

  it('ends a rule that is only held when its time has come', async () => {
    await follow();
    await test.sql`update sales_policy_rule set hold_minutes = 30 where organization_id = ${organizationId}`;
    await observe(0, minutes(1));
    await follow();
    await observe(50, minutes(2));
    await follow();
    expect(await states()).toEqual([{ state: 'STOP_PROMOTION', ruled: true }]);
    worker.clock.pass(31);
    await follow();
    expect(await states()).toEqual([{ state: 'NORMAL', ruled: false }]);
    expect(
      await test.sql`select recheck_at from sales_policy_state where organization_id = ${organizationId}`,
    ).toEqual([{ recheck_at: null }]);
  });

  it('queues one signed message per webhook and change, once', async () => {
    const channelId = await seedWebhook();
    await follow();
    await observe(0, minutes(1));
    await follow();
    await tellSalesPolicies(worker.ports, organizationId);
    await tellSalesPolicies(worker.ports, organizationId);
    const rows = await test.sql`
      select channel_id, kind, state, title, message from notification_delivery
      where organization_id = ${organizationId}`;
    const [event] = await test.sql<{ epoch: string; number: string }[]>`
      select h.epoch, e.number from event_log e join event_head h using (organization_id)
      where e.organization_id = ${organizationId} and e.topic = 'SALES_POLICY'`;
    expect(rows).toMatchObject([
      {
        ...{
          channel_id: channelId,
          kind: 'SALES_POLICIES',
          state: 'QUEUED',
          title: '水位销售策略：1 件商品有变化',
        },
        message: {
          texts: ['A-1：停止促销（此前：正常销售）'],
          policies: [
            {
              ...{ sku: 'A-1', state: 'STOP_PROMOTION', previousState: 'NORMAL', available: '0' },
              cursor: encodeEventCursor(event?.epoch ?? '', event?.number ?? ''),
            },
          ],
        },
      },
    ]);
  });
});

async function savePlan(days: number | null): Promise<void> {
  await test.sql`
    insert into level_plan (
      organization_id, item_id, warehouse_id, planned_on, inputs, lead_time_days, lead_time_sd_days, lead_time_origin,
      review_period_days, protection_days, service_level, service_level_origin, safety_stock_method, position_due,
      inbound_overdue, days_to_stock_out_p50, is_dead, health_weight, computed_at, data_as_of, recorded_at)
    values (${organizationId}, ${itemId}, ${warehouseId}, '2026-03-10', '{}', 7, 1, 'DEFAULT', 7, 14, 0.95, 'DEFAULT',
      'x', 50, 0, ${days}, false, 1, ${noon}, ${noon}, ${noon})
    on conflict (organization_id, item_id, warehouse_id) do update set days_to_stock_out_p50 = ${days}`;
}

async function seedWebhook(): Promise<string> {
  const [row] = await test.sql<{ channel_id: string }[]>`
    insert into notification_channel (
      organization_id, channel_id, kind, name, locale, settings, recipients, recorded_at)
    values (${organizationId}, gen_random_uuid(), 'WEBHOOK', 'shop front', 'zh-CN', '{}', '[]', ${noon})
    returning channel_id`;
  const channelId = row?.channel_id ?? '';
  await test.sql`
    insert into sales_policy_setting (organization_id, channel_ids, write_mode, recorded_at)
    values (${organizationId}, ${[channelId]}, 'OFF', ${noon})`;
  return channelId;
}

/** A database whose transactions all break off after their last statement. */
function failBeforeCommit(db: TestDatabase['db']): TestDatabase['db'] {
  return {
    ...db,
    transaction: (role, settings, work, options) =>
      db.transaction(
        role,
        settings,
        async (sql) => {
          await work(sql);
          throw new Error('cut off');
        },
        options,
      ),
  };
}
