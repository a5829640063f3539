import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markAllPlanDue } from '../../src/db/queries/plan-due.ts';
import { planSteps } from '../../src/pipeline/plan-loop.ts';
import { createPlanThreads } from '../../src/pipeline/plan-threads.ts';
import { suggestSteps } from '../../src/pipeline/suggest.ts';
import { findDisagreements } from '../domain/plan/explanation-checker.ts';
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
beforeAll(async () => {
  test = await createTestDatabase();
  world = await buildPlanWorld(test, 30);
  // What workers did lies before what people do.
  worker = createWorker(test, () => ({}) as never, { clock: handClock(new Date(noon.getTime() - 60_000)) });
  await asWorker(test, world.organizationId, (sql) => markAllPlanDue(sql, noon));
  await follow();
});
afterAll(() => test.drop());

/** Plans and decides whatever is due. */
async function follow(): Promise<void> {
  await planSteps(worker.ports, world.organizationId, threads, 50);
  await suggestSteps(worker.ports, world.organizationId, 50);
}

const run = (source: string, variables?: Record<string, unknown>) =>
  askWell(test.db, viewerOf(world.organizationId), source, variables, ports);
const list = async (filter: string, more = ''): Promise<JsonObject[]> =>
  (
    await run(`{ replenishmentSuggestions(first: 100, filter: ${filter}) { nodes {
      id kind state quantity need isDue orderByOn overdueDays expectedArrivalOn supplierName flags item { sku }
      warehouse { code } value { amount } decidedBy decidedQuantity ${more} } } }`)
  ).replenishmentSuggestions.nodes;
const decide = async (input: Record<string, unknown>): Promise<JsonObject> =>
  (
    await run(
      `mutation($input: SuggestionDecideInput!) { replenishmentSuggestionDecide(input: $input) {
        replenishmentSuggestion { id state quantity decidedQuantity decidedBy decisionReason
          inboundShipment { id status externalId expectedAt lines { quantity } } versions { state } }
        userErrors { code path } } }`,
      { input },
    )
  ).replenishmentSuggestionDecide;
const openAt = async (sku: string) => list(`{ sku: { eq: "${sku}" } }`);

describe('a suggestion', () => {
  it('shows what, by when, from whom, for how much, soonest first', async () => {
    const nodes = await list('null');
    expect(nodes.length).toBeGreaterThan(5);
    for (const node of nodes) {
      expect(node).toMatchObject({ kind: 'PURCHASE', state: 'OPEN', supplierName: 'maker', decidedBy: null });
      expect(node.warehouse.code).toBe('NORTH');
      expect(Number(node.quantity)).toBeGreaterThan(0);
      expect(node.expectedArrivalOn > '2026-03-10').toBe(true);
      expect(node.value).not.toBeNull();
    }
    const days = nodes.map(({ orderByOn }) => orderByOn);
    expect(days).toEqual([...days].sort());
  });

  it('recomputes from what it shows, in a checker that imports nothing of the product', async () => {
    const fields = 'inputs { name value unit source } steps { code op operands value } binding text';
    for (const { quantity, explanation } of await list('null', `explanation { ${fields} }`)) {
      const named = explanation.steps.map((step: JsonObject) => ({ ...step, name: step.code }));
      expect(findDisagreements(JSON.stringify({ ...explanation, steps: named }))).toEqual([]);
      expect(explanation.steps.at(-1).value).toBe(quantity);
      expect(explanation.steps.map(({ code }: JsonObject) => code)).toEqual(
        expect.arrayContaining(['need', 'moq_raised', 'multiple_rounded', 'gated', 'order_quantity']),
      );
    }
  });

  it('is filtered and sorted', async () => {
    expect(await list('{ isOverdue: { eq: true } }')).toHaveLength(
      (await list('null')).filter(({ overdueDays }) => overdueDays > 0).length,
    );
    expect(await list('{ supplierName: { eq: "nobody" } }')).toEqual([]);
    const { replenishmentSuggestions: sorted } = await run(
      '{ replenishmentSuggestions(orderBy: [{ field: VALUE, direction: DESC }]) { nodes { value { amount } } } }',
    );
    const amounts = sorted.nodes.map(({ value }: JsonObject) => Number(value.amount));
    expect(amounts).toEqual([...amounts].sort((one, other) => other - one));
  });

  it('is not for keys without the scope', async () => {
    const viewer = { ...viewerOf(world.organizationId), scopes: new Set(['read:alerts'] as const) };
    const { errors } = await ask(test.db, viewer, '{ replenishmentSuggestions { nodes { id } } }');
    expect(errors[0]).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('a decision', () => {
  it('approved with another quantity is expected inbound, and is not suggested again', async () => {
    const [first] = await list('null');
    const answer = await decide({ id: first!.id, decision: 'APPROVE', quantity: '99', idempotencyKey: 'k1' });
    expect(answer.userErrors).toEqual([]);
    expect(answer.replenishmentSuggestion).toMatchObject({
      ...{ state: 'APPROVED', quantity: first!.quantity, decidedQuantity: '99', decidedBy: 'tests' },
      inboundShipment: { status: 'PLANNED', lines: [{ quantity: '99' }] },
      versions: [{ state: 'APPROVED' }, { state: 'OPEN' }],
    });
    const again = await decide({ id: first!.id, decision: 'APPROVE', quantity: '99', idempotencyKey: 'k1' });
    expect(again).toEqual(answer);
    await follow();
    expect(await openAt(first!.item.sku)).toEqual([]);
    const { stockLevel } = await run(
      `{ stockLevel(sku: "${first!.item.sku}", warehouseCode: "NORTH") { incoming } }`,
    );
    expect(Number(stockLevel.incoming)).toBeGreaterThanOrEqual(99);
    const { orderDrafts } = await run(
      '{ orderDrafts(state: APPROVED) { supplierName lines { quantity externalId } csv } }',
    );
    const { externalId } = answer.replenishmentSuggestion.inboundShipment;
    expect(orderDrafts[0].lines).toEqual([{ quantity: '99', externalId }]);
    expect(orderDrafts[0].csv).toContain(`maker,${externalId},NORTH,${first!.item.sku},`);
  });

  it('cancelled is expected no more and suggested again', async () => {
    const [approved] = await list('{ state: { eq: APPROVED } }');
    const answer = await decide({ id: approved!.id, decision: 'CANCEL', reason: 'too dear' });
    expect(answer.replenishmentSuggestion).toMatchObject({
      state: 'CANCELLED',
      inboundShipment: { status: 'CANCELLED' },
    });
    await follow();
    expect(await openAt(approved!.item.sku)).toMatchObject([{ state: 'OPEN' }]);
  });

  it('recorded as ordered ends the approval without counting twice', async () => {
    const [first] = await list('null');
    const { replenishmentSuggestion: approved } = await decide({ id: first!.id, decision: 'APPROVE' });
    const { externalId } = approved.inboundShipment;
    const lines = [{ sku: first!.item.sku, quantity: first!.quantity }];
    const input = { externalId, warehouseCode: 'NORTH', supplierName: 'maker', status: 'ORDERED', lines };
    await test.sql`update inbound_shipment set modified_at = modified_at - interval '1 minute'`;
    await run(
      'mutation($input: InboundShipmentRecordInput!) { inboundShipmentRecord(input: $input) { userErrors { code } } }',
      { input },
    );
    await follow();
    expect(await list('{ state: { eq: RECORDED } }')).toMatchObject([{ id: first!.id }]);
    expect(await openAt(first!.item.sku)).toEqual([]);
  });

  it('dismissed needs a reason and keeps silent until its day', async () => {
    const [first] = await list('null');
    expect((await decide({ id: first!.id, decision: 'DISMISS' })).userErrors).toEqual([
      { code: 'REQUIRED', path: ['input', 'reason'] },
    ]);
    const answer = await decide({ id: first!.id, decision: 'DISMISS', reason: 'ends this season' });
    expect(answer.replenishmentSuggestion).toMatchObject({
      ...{ state: 'DISMISSED', decisionReason: 'ends this season', inboundShipment: null },
    });
    await follow();
    expect(await openAt(first!.item.sku)).toEqual([]);
  });

  it('is refused where it makes no sense', async () => {
    const [first] = await list('null');
    const refusal = async (input: Record<string, unknown>) =>
      (await decide({ id: first!.id, ...input })).userErrors.map(({ code }: JsonObject) => code);
    expect(await refusal({ decision: 'APPROVE', quantity: '0' })).toEqual(['OUT_OF_RANGE']);
    expect(await refusal({ decision: 'APPROVE', quantity: '-3' })).toEqual(['OUT_OF_RANGE']);
    expect(await refusal({ decision: 'APPROVE', expectedQuantity: '123456' })).toEqual(['STATE_CONFLICT']);
    expect(await refusal({ decision: 'RELEASE' })).toEqual(['STATE_CONFLICT']);
    expect(await refusal({ decision: 'CANCEL' })).toEqual(['STATE_CONFLICT']);
    expect(await refusal({ decision: 'DISMISS', reason: 'x', silentDays: 9999 })).toEqual(['OUT_OF_RANGE']);
    expect(await refusal({ decision: 'DISMISS', reason: 'x', quantity: '3' })).toEqual(['INCONSISTENT']);
    const foreign = Buffer.from(`ReplenishmentSuggestion:${world.poolId}`).toString('base64url');
    expect((await decide({ id: foreign, decision: 'APPROVE' })).userErrors).toMatchObject([
      { code: 'NOT_FOUND' },
    ]);
  });
});

describe('order drafts', () => {
  it('say what is missing to a supplier’s least order value', async () => {
    const set = (minOrderValue: string | null) =>
      run(
        `mutation($v: Decimal) { stockPolicySet(input: { scope: { supplierName: "maker" }, values: { minOrderValue: $v } }) { userErrors { code } } }`,
        { v: minOrderValue },
      );
    const draft = async () =>
      (
        await run(
          '{ orderDrafts { supplierName value { amount } minOrderValue { amount } missingValue { amount } lines { isDue } } }',
        )
      ).orderDrafts[0];
    expect(await draft()).toMatchObject({
      supplierName: 'maker',
      minOrderValue: null,
      missingValue: { amount: '0' },
    });
    await set('100000');
    const { value, missingValue } = await draft();
    expect(Number(missingValue.amount)).toBe(100_000 - Number(value.amount));
    await set(null);
  });

  it('never show what goods sell for: an unknown cost is empty and counted', async () => {
    const [first] = await list('null');
    const { sku } = first!.item;
    const [item] = await test.sql`
      select item_id, unit_cost from item where organization_id = ${world.organizationId} and sku = ${sku}`;
    const set = (cost: string | null) =>
      test.sql`update item set unit_cost = ${cost}, unit_price = 8.7 where item_id = ${item!.item_id}`;
    const draft = async () => {
      const fields = 'unpricedLineCount csv lines { item { sku } unitCost { amount } }';
      const { orderDrafts } = await run(`{ orderDrafts { ${fields} } }`);
      const [{ unpricedLineCount, csv, lines }] = orderDrafts;
      const line = csv.split('\r\n').find((row: string) => row.includes(sku));
      return {
        unpricedLineCount,
        cells: line.split(',').slice(7, 9),
        cost: lines.find((one: JsonObject) => one.item.sku === sku).unitCost,
      };
    };
    await set(null);
    expect(await draft()).toEqual({ unpricedLineCount: 1, cells: ['', ''], cost: null });
    await set('8.5000000000000000');
    const value = String(Number(first!.quantity) * 8.5);
    expect(await draft()).toEqual({ unpricedLineCount: 0, cells: ['8.5', value], cost: { amount: '8.5' } });
    await set(item!.unit_cost);
  });

  it('are approved whole, one shipment for the warehouse', async () => {
    const open = await list('null');
    const approve = (input: Record<string, unknown>) =>
      run(
        `mutation($input: OrderDraftApproveInput!) { orderDraftApprove(input: $input) {
          replenishmentSuggestions { id inboundShipment { externalId } } userErrors { code } } }`,
        { input },
      ).then((data) => data.orderDraftApprove);
    const unknown = Buffer.from(`ReplenishmentSuggestion:${randomUUID()}`).toString('base64url');
    const refused = await approve({ supplierName: 'maker', leaveOutIds: [open[0]!.id, unknown] });
    expect(refused).toEqual({ replenishmentSuggestions: null, userErrors: [{ code: 'NOT_FOUND' }] });
    const answer = await approve({ supplierName: 'maker', leaveOutIds: [open[0]!.id] });
    expect(answer.replenishmentSuggestions).toHaveLength(open.length - 1);
    const ids = answer.replenishmentSuggestions.map(
      ({ inboundShipment }: JsonObject) => inboundShipment.externalId,
    );
    expect(new Set(ids).size).toBe(1);
    await follow();
    expect((await list('null')).map(({ id }) => id)).toEqual([open[0]!.id]);
    expect((await approve({ supplierName: 'nobody' })).userErrors).toEqual([{ code: 'NOT_FOUND' }]);
    await test.sql`update replenishment_suggestion set supplier_name = null where state = 'OPEN'`;
    expect((await approve({})).userErrors).toEqual([{ code: 'REQUIRED' }]);
    const unknownSupplier = await approve({ supplierName: null });
    expect(unknownSupplier.replenishmentSuggestions).toMatchObject([{ id: open[0]!.id }]);
  });

  it('are sent to a webhook when somebody asks for it, and to nothing else', async () => {
    const channel = async (kind: string) => {
      const channelId = randomUUID();
      await test.sql`insert into notification_channel ${test.sql({
        ...{ organization_id: world.organizationId, channel_id: channelId, kind, name: kind, locale: 'en' },
        ...{ settings: test.sql.json({}), recipients: test.sql.json([]), recorded_at: noon },
      } as never)}`;
      return Buffer.from(`NotificationChannel:${channelId}`).toString('base64url');
    };
    const send = async (supplierName: string | null | undefined, channelId: string): Promise<JsonObject> =>
      (
        await run(
          `mutation($input: OrderDraftSendInput!) { orderDraftSend(input: $input) {
            notificationDelivery { kind state title } userErrors { code } } }`,
          { input: { supplierName, channelId } },
        )
      ).orderDraftSend;
    const webhook = await channel('WEBHOOK');
    await test.sql`update item set unit_cost = null`;
    const sent = await send('maker', webhook);
    expect(sent).toMatchObject({ notificationDelivery: { kind: 'ORDERS', state: 'QUEUED' }, userErrors: [] });
    const [stored] = await test.sql`select message from notification_delivery where kind = 'ORDERS'`;
    expect(stored!.message.orders.length).toBe(stored!.message.texts.length);
    expect(stored!.message.orders[0]).toMatchObject({
      ...{ supplierName: 'maker', warehouseCode: 'NORTH', unitCost: null },
    });
    expect(await send(null, webhook)).toMatchObject({
      notificationDelivery: { title: 'Shuiwei order: no supplier, 1 line' },
    });
    expect((await send(undefined, webhook)).userErrors).toEqual([{ code: 'REQUIRED' }]);
    expect((await send('maker', await channel('DINGTALK'))).userErrors).toEqual([
      { code: 'NOT_ALLOWED_HERE' },
    ]);
    expect((await send('nobody', webhook)).userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  });
});
