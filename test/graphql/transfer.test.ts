import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markAllPlanDue } from '../../src/db/queries/plan-due.ts';
import { markSuggestionsDue } from '../../src/db/queries/suggestion-due.ts';
import { removeOldSuggestions } from '../../src/db/queries/suggestion-retention.ts';
import { planSteps } from '../../src/pipeline/plan-loop.ts';
import { createPlanThreads } from '../../src/pipeline/plan-threads.ts';
import { suggestSteps } from '../../src/pipeline/suggest.ts';
import { buildPlanWorld, type PlanWorld } from '../pipeline/plan-world.ts';
import { asWorker, noon, seedWarehouse } from '../pipeline/seed.ts';
import { createWorker, type Worker } from '../pipeline/worker.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { findUnequal } from '../support/recompute.ts';
import { ask, askWell, type JsonObject, viewerOf } from './ask.ts';
import { pipelinePorts } from './ports.ts';

const itemCount = 12;
const ports = pipelinePorts();
let test: TestDatabase;
let world: PlanWorld;
let worker: Worker;
let southId: string;
const threads = createPlanThreads(0);

beforeAll(async () => {
  test = await createTestDatabase();
  world = await buildPlanWorld(test, itemCount);
  southId = await seedWarehouse(test, world.organizationId, 'SOUTH');
  // SOUTH has a lot of everything and sells one unit in ten days; NORTH has next to nothing.
  await test.sql`
    insert into stock_level (organization_id, item_id, warehouse_id, available, source, observed_at, recorded_at,
      checked_at, snapshot_observed_at, is_watched)
    select organization_id, item_id, ${southId}, 200, 'POLL', observed_at, recorded_at, checked_at,
      snapshot_observed_at, true
    from stock_level where warehouse_id = ${world.northId}`;
  await test.sql`
    insert into demand_daily (organization_id, item_id, warehouse_id, day, units, source, observed_at, recorded_at)
    select organization_id, item_id, ${southId}, day, 1, 'MOVEMENTS', observed_at, recorded_at
    from demand_daily where warehouse_id = ${world.northId} and extract(day from day)::int in (1, 11, 21)`;
  await test.sql`update stock_level set available = 3 where warehouse_id = ${world.northId}`;
  worker = createWorker(test, () => ({}) as never);
  await asWorker(test, world.organizationId, (sql) => markAllPlanDue(sql, noon));
  await planSteps(worker.ports, world.organizationId, threads, 50);
});
afterAll(() => test.drop());

const viewer = () => viewerOf(world.organizationId);
const run = (source: string, variables?: Record<string, unknown>): Promise<JsonObject> =>
  askWell(test.db, viewer(), source, variables, ports);
const decideAll = async () => {
  await asWorker(test, world.organizationId, (sql) => markSuggestionsDue(sql, 'all', noon));
  await suggestSteps(worker.ports, world.organizationId, 50);
};
const setLanes = (lanes: string) =>
  run(`mutation { transferLanesSet(input: { lanes: ${lanes} }) {
    userErrors { code path message } lanes { from { code } to { code } unitCost transferDays } } }`);
const fields = `id state quantity arrivesOn plannedOn expectedLostUnitsAvoided cost { amount } gain { amount } flags
  item { sku } donor { warehouse { code } stockOutProbability { before after } stockLevel { available } }
  receiver { warehouse { code } stockOutProbability { before after } }
  explanation { binding steps { code op operands value } inputs { name value unit source } }
  decidedBy decidedQuantity decisionReason inboundShipment { id status expectedAt }`;
const suggestions = async (filter = '{}'): Promise<JsonObject[]> =>
  (await run(`{ transferSuggestions(first: 100, filter: ${filter}) { nodes { ${fields} } } }`))
    .transferSuggestions.nodes;
const decide = async (input: string): Promise<JsonObject> =>
  (
    await run(
      `mutation { transferSuggestionDecide(input: ${input}) { userErrors { code path message } transferSuggestion { ${fields} } } }`,
    )
  ).transferSuggestionDecide;
const lane = '{ fromWarehouseCode: "SOUTH", toWarehouseCode: "NORTH", unitCost: "0.5", transferDays: 2 }';

describe('lanes', () => {
  it('are refused with every fault named', async () => {
    const bad = [
      `{ fromWarehouseCode: "NOWHERE", toWarehouseCode: "NORTH", unitCost: 1, transferDays: 1 }`,
      `{ fromWarehouseCode: "POOL", toWarehouseCode: "NORTH", unitCost: 1, transferDays: 1 }`,
      `{ fromWarehouseCode: "NORTH", toWarehouseCode: "NORTH", unitCost: 1, transferDays: 1 }`,
      `{ fromWarehouseCode: "NORTH", toWarehouseCode: "SOUTH", unitCost: -1, fixedCost: -2, unitsMin: -3, packUnits: 0, transferDays: -1 }`,
    ];
    const { transferLanesSet } = await setLanes(`[${bad.join()}]`);
    expect(transferLanesSet.lanes).toBeNull();
    expect(
      transferLanesSet.userErrors.map(({ code, path }: JsonObject) => [code, path.slice(2).join('.')]),
    ).toEqual([
      ['NOT_FOUND', '0.fromWarehouseCode'],
      ['NOT_ALLOWED_HERE', '1.fromWarehouseCode'],
      ['INCONSISTENT', '2.toWarehouseCode'],
      ['OUT_OF_RANGE', '3.unitCost'],
      ['OUT_OF_RANGE', '3.fixedCost'],
      ['OUT_OF_RANGE', '3.unitsMin'],
      ['OUT_OF_RANGE', '3.packUnits'],
      ['OUT_OF_RANGE', '3.transferDays'],
    ]);
    const twice = await setLanes(`[${lane}, ${lane}]`);
    expect(twice.transferLanesSet.userErrors).toMatchObject([
      { code: 'DUPLICATE', message: 'input.lanes.1: names the same as row 0' },
    ]);
    expect((await run('{ transferLanes(first: 5) { nodes { unitCost } } }')).transferLanes.nodes).toEqual([]);
  });

  it('may go both ways, and are replaced and removed by their ends', async () => {
    const back = '{ fromWarehouseCode: "NORTH", toWarehouseCode: "SOUTH", unitCost: 2, transferDays: 3 }';
    const { transferLanesSet } = await setLanes(`[${lane}, ${back}]`);
    expect(transferLanesSet).toMatchObject({
      userErrors: [],
      lanes: [{ unitCost: '0.5' }, { transferDays: 3 }],
    });
    await setLanes(`[${back.replace('unitCost: 2', 'unitCost: 9, isRemoved: true')}]`);
    const { transferLanes } = await run(
      '{ transferLanes(first: 5) { nodes { from { code } to { code } packUnits } } }',
    );
    expect(transferLanes.nodes).toEqual([{ from: { code: 'SOUTH' }, to: { code: 'NORTH' }, packUnits: '1' }]);
  });
});

describe('transfer suggestions', () => {
  it('move what one place cannot sell to where it is missing, and keep the donor safe', async () => {
    await decideAll();
    const all = await suggestions();
    expect(all.length).toBeGreaterThan(5);
    let lastPerCost = Number.POSITIVE_INFINITY;
    for (const one of all) {
      expect(one).toMatchObject({ state: 'OPEN', donor: { warehouse: { code: 'SOUTH' } } });
      expect(one.receiver.warehouse.code).toBe('NORTH');
      expect(one.donor.stockOutProbability.after).toBeLessThanOrEqual(0.1);
      expect(one.receiver.stockOutProbability.after).toBeLessThanOrEqual(
        one.receiver.stockOutProbability.before,
      );
      expect(Number(one.gain.amount)).toBeGreaterThan(0);
      expect(Number(one.cost.amount)).toBeCloseTo(0.5 * Number(one.quantity), 6);
      expect(Date.parse(one.arrivesOn) - Date.parse(one.plannedOn)).toBe(2 * 86_400_000);
      expect(findUnequal(one.explanation, one.quantity)).toEqual([]);
      const stepOf = (code: string) =>
        Number(one.explanation.steps.find((step: JsonObject) => step.code === code).value);
      expect(stepOf('donor_after')).toBeGreaterThanOrEqual(stepOf('donor_keep'));
      expect(stepOf('last_unit_gain')).toBeGreaterThanOrEqual(-1e-6);
      const perCost = Number(one.gain.amount) / Number(one.cost.amount);
      expect(perCost).toBeLessThanOrEqual(lastPerCost + 1e-6);
      lastPerCost = perCost;
    }
  });

  it('come before purchases: what can be moved is not bought as well', async () => {
    const bought = async () =>
      (
        await run(
          '{ replenishmentSuggestions(first: 100, filter: { kind: { eq: PURCHASE } }) { nodes { item { sku } warehouse { code } need } } }',
        )
      ).replenishmentSuggestions.nodes as JsonObject[];
    const needOf = (list: JsonObject[]) =>
      list.filter((one) => one.warehouse.code === 'NORTH').reduce((sum, { need }) => sum + Number(need), 0);
    const together = await bought();
    expect(together.filter((one) => one.warehouse.code === 'SOUTH')).toEqual([]);
    await setLanes(`[${lane.replace('unitCost:', 'isRemoved: true, unitCost:')}]`);
    await decideAll();
    expect(await suggestions()).toEqual([]);
    expect((await suggestions('{ state: { eq: EXPIRED } }')).length).toBeGreaterThan(5);
    expect(needOf(await bought())).toBeGreaterThan(needOf(together));
    await setLanes(`[${lane}]`);
    await decideAll();
    expect(needOf(await bought())).toBe(needOf(together));
  });

  it('drop a lane that its minimum or its fixed cost does not pay, and say so', async () => {
    await setLanes(`[${lane.replace('unitCost:', 'fixedCost: 1000000, unitCost:')}]`);
    await decideAll();
    expect(await suggestions()).toEqual([]);
    await setLanes(`[${lane.replace('unitCost:', 'unitsMin: 1000, unitCost:')}]`);
    await decideAll();
    expect(await suggestions()).toEqual([]);
    await setLanes(`[${lane}]`);
    await decideAll();
    expect((await suggestions()).length).toBeGreaterThan(5);
  });

  it('become expected inbound when approved, and are promised away at the donor', async () => {
    const [first] = await suggestions();
    const more = await decide(`{ id: "${first!.id}", decision: APPROVE, quantity: "100000" }`);
    expect(more.userErrors).toMatchObject([{ code: 'OUT_OF_RANGE', path: ['input', 'quantity'] }]);
    const half = await decide(`{ id: "${first!.id}", decision: APPROVE, quantity: "0.5" }`);
    expect(half.userErrors).toEqual([
      {
        ...{ code: 'INVALID', path: ['input', 'quantity'] },
        message:
          'input.quantity: a quantity in 件 has 0 decimal places at most; itemDetailsSet changes that (unitDecimals)',
      },
    ]);
    const stale = await decide(`{ id: "${first!.id}", decision: APPROVE, expectedQuantity: "99999" }`);
    expect(stale.userErrors).toMatchObject([
      {
        code: 'STATE_CONFLICT',
        message: `input.expectedQuantity: ${first!.quantity} is suggested by now; look again before deciding`,
      },
    ]);
    const { transferSuggestion: approved } = await decide(
      `{ id: "${first!.id}", decision: APPROVE, expectedQuantity: "${first!.quantity}" }`,
    );
    expect(approved).toMatchObject({
      ...{ state: 'APPROVED', decidedBy: 'tests', decidedQuantity: first!.quantity },
      inboundShipment: { status: 'PLANNED' },
    });
    const again = await decide(`{ id: "${first!.id}", decision: APPROVE }`);
    expect(again.userErrors).toMatchObject([{ code: 'STATE_CONFLICT' }]);
    await planSteps(worker.ports, world.organizationId, threads, 50);
    await decideAll();
    const of = (list: JsonObject[]) => list.filter(({ item }) => item.sku === first!.item.sku);
    // What was missing is on its way: nothing more is moved.
    expect(of(await suggestions())).toEqual([]);
    // A donor that would have too little without what it has promised buys, though nothing is missing anywhere.
    const setStock = async (south: string | number, north: number) => {
      await test.sql`
        update stock_level set available = case warehouse_id when ${southId} then ${south}::numeric
          when ${world.northId} then ${north}::numeric else ${south}::numeric + ${north}::numeric end
        where item_id = (select item_id from item where sku = ${first!.item.sku})`;
      // So great a jump the guard would hold, which keeps an item being looked at.
      await test.sql`
        delete from guard_reading where item_id = (select item_id from item where sku = ${first!.item.sku})`;
      await asWorker(test, world.organizationId, (sql) => markAllPlanDue(sql, noon));
      await planSteps(worker.ports, world.organizationId, threads, 50);
      await decideAll();
    };
    const standing = () => test.sql`
      select warehouse_id, quantity from replenishment_suggestion
      where state in ('OPEN', 'HELD') and item_id = (select item_id from item where sku = ${first!.item.sku})`;
    const [plan] = await test.sql`
      select target_level from level_plan where warehouse_id = ${southId}
        and item_id = (select item_id from item where sku = ${first!.item.sku})`;
    await setStock(200, 500);
    expect(await standing()).toEqual([]);
    await setStock(plan!.target_level, 500);
    expect(await standing()).toEqual([{ warehouse_id: southId, quantity: first!.quantity }]);
    await setStock(200, 500);
    expect(await standing()).toEqual([]);
    await setStock(200, 3);
    const { transferSuggestion: cancelled } = await decide(`{ id: "${first!.id}", decision: CANCEL }`);
    expect(cancelled).toMatchObject({ state: 'CANCELLED', inboundShipment: { status: 'CANCELLED' } });
    await planSteps(worker.ports, world.organizationId, threads, 50);
    await decideAll();
    expect(of(await suggestions())).toMatchObject([{ quantity: first!.quantity }]);
  });

  it('keep silent after a dismissal, which needs a reason', async () => {
    const [first] = await suggestions();
    const none = await decide(`{ id: "${first!.id}", decision: DISMISS }`);
    expect(none.userErrors).toMatchObject([{ code: 'REQUIRED' }]);
    const { transferSuggestion } = await decide(
      `{ id: "${first!.id}", decision: DISMISS, reason: "no lorry" }`,
    );
    expect(transferSuggestion).toMatchObject({ state: 'DISMISSED', decisionReason: 'no lorry' });
    await decideAll();
    const open = await suggestions();
    expect(open.some(({ item }) => item.sku === first!.item.sku)).toBe(false);
    expect(open.length).toBeGreaterThan(3);
  });

  it('are answered as they were known at an instant, and not before what is kept', async () => {
    const asked = (asOf: string, field = 'transferSuggestions') =>
      ask(test.db, viewer(), `{ ${field}(first: 100, asOf: "${asOf}") { nodes { id } } }`, {}, ports);
    for (const table of ['transfer_version', 'replenishment_version', 'event_log', 'stock_alert']) {
      await test.sql`update ${test.sql(table)} set recorded_at = recorded_at - interval '1 hour'`;
    }
    const now = noon.toISOString();
    const before = new Date(noon.getTime() - 3_700_000).toISOString();
    for (const field of ['transferSuggestions', 'replenishmentSuggestions', 'stockAlerts']) {
      const idsOf = ({ nodes }: JsonObject) => nodes.map(({ id }: JsonObject) => id).sort();
      const all = idsOf((await run(`{ ${field}(first: 100) { nodes { id } } }`))[field]);
      const known = await asked(now, field);
      expect(known.errors).toEqual([]);
      expect(all.length).toBeGreaterThan(0);
      expect(idsOf(known.data[field])).toEqual(expect.arrayContaining(all));
      expect((await asked(before, field)).data[field].nodes).toEqual([]);
    }
    const late = await asked(new Date(noon.getTime() + 86_400_000 * 400).toISOString());
    expect(late.errors[0]?.code).toBe('ARGUMENT_OUT_OF_RANGE');
    await test.sql`update event_head set oldest = 2`;
    expect((await asked(before)).errors[0]?.code).toBe('AS_OF_BEFORE_RETENTION');
    await test.sql`update event_head set oldest = 1`;
  });

  it('are found by id, and refuse ids of other kinds', async () => {
    const [first] = await suggestions();
    const { node } = await run(`{ node(id: "${first!.id}") { __typename id } }`);
    expect(node).toEqual({ __typename: 'TransferSuggestion', id: first!.id });
    const { errors } = await ask(
      test.db,
      viewer(),
      `mutation { replenishmentSuggestionDecide(input: { id: "${first!.id}", decision: APPROVE }) { userErrors { code } } }`,
      {},
      ports,
    );
    expect(errors[0]?.code).toBe('ID_INVALID');
  });
});

describe('retention', () => {
  it('removes what is over with its versions, and keeps of what stands the version that held then', async () => {
    const [over] = await suggestions('{ state: { eq: OPEN } }');
    await decide(`{ id: "${over!.id}", decision: DISMISS, reason: "not worth it" }`);
    const [standing] = await test.sql`
      update transfer_suggestion set state = 'APPROVED'
      where suggestion_id = (select suggestion_id from transfer_suggestion where state = 'OPEN' limit 1)
      returning suggestion_id`;
    const versionsOf = (id: string) =>
      test.sql`select recorded_at from transfer_version where suggestion_id = ${id} order by recorded_at`;
    const [first] = await versionsOf(standing!.suggestion_id);
    for (const days of [2, 1]) {
      await test.sql`
        insert into transfer_version select (jsonb_populate_record(v, jsonb_build_object('recorded_at',
          v.recorded_at - make_interval(days => ${days}::int)))).*
        from transfer_version v where suggestion_id = ${standing!.suggestion_id} and recorded_at = ${first!.recorded_at}`;
    }
    const remove = (before: Date) =>
      asWorker(test, world.organizationId, (sql) => removeOldSuggestions(sql, before, 1_000));
    const early = new Date(first!.recorded_at.getTime() - 1);
    const before = await versionsOf(standing!.suggestion_id);
    await remove(early);
    expect(await versionsOf(standing!.suggestion_id)).toEqual(before.slice(1));
    const late = new Date(noon.getTime() + 86_400_000 * 400);
    expect(await remove(late)).toBeGreaterThan(1);
    expect(await remove(late)).toBe(0);
    const states = await test.sql`select distinct state from transfer_suggestion where state <> 'OPEN'`;
    expect(states.map(({ state }) => state)).toEqual(['APPROVED']);
    expect(await versionsOf(standing!.suggestion_id)).toHaveLength(1);
    const orphans = await test.sql`
      select 1 from transfer_version v where not exists (
        select from transfer_suggestion s where s.suggestion_id = v.suggestion_id)`;
    expect(orphans).toHaveLength(0);
  });
});
