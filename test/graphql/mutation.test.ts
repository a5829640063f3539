import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/shared/errors.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ask, askWell, type JsonObject, viewerOf } from './ask.ts';
import { pipelinePorts } from './ports.ts';
import { buildOrganization, hoursAgo, type WorldOrganization } from './world.ts';

let database: TestDatabase;
let world: WorldOrganization;
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  count += 1;
  world = await buildOrganization(database.sql, 'M', 6);
});

const ports = pipelinePorts();
const viewer = () => viewerOf(world.organizationId);
const runWell = (
  source: string,
  variables: Record<string, unknown> = {},
  given = ports,
): Promise<JsonObject> => askWell(database.db, viewer(), source, variables, given);
const errorFields = 'userErrors { code message path params { name value } }';

const importRows = (input: object) =>
  runWell(
    `mutation ($input: StockLevelsImportInput!) { stockLevelsImport(input: $input) {
      changedCount unchangedCount rejectedCount ${errorFields}
      rows { index status stockLevel { available isLow } ${errorFields} } } }`,
    { input },
  ).then((data) => data.stockLevelsImport);

const levelOf = (sku: string, warehouseCode: string) =>
  runWell(
    'query ($sku: String!, $code: String!) { stockLevel(sku: $sku, warehouseCode: $code) { id available incoming isIncomingReported isLow isWatched dataState safetyStock { value origin } alerts { nodes { state } } } }',
    { sku, code: warehouseCode },
  ).then((data) => data.stockLevel);

const eventsOf = async () => {
  const rows = await database.sql<{ number: string; topic: string; reason: string | null }[]>`
    select number, topic, reason from event_log where organization_id = ${world.organizationId} order by number`;
  return rows.map((row) => row.reason ?? row.topic);
};

describe('stockLevelsImport', () => {
  it('writes good rows, tells what is wrong with bad ones, and fires', async () => {
    const before = await eventsOf();
    const payload = await importRows({
      rows: [
        { sku: 'M-005', warehouseCode: 'M-N', onHand: 9, reserved: '1.0', damaged: 0 },
        { sku: 'M-004', warehouseCode: 'M-N', available: '12' },
        { sku: 'M-004', warehouseCode: 'M-N', available: '13' },
        { sku: 'nobody', warehouseCode: 'M-P', available: '1' },
        { sku: 'M-003', warehouseCode: 'M-N', onHand: 5, reserved: 1, damaged: 1, available: 5 },
        { sku: 'M-003', warehouseCode: 'M-S', incoming: 5 },
      ],
    });
    expect(payload.userErrors).toEqual([]);
    expect(payload.rows.map((row: JsonObject) => [row.status, row.stockLevel?.available ?? null])).toEqual([
      ['CHANGED', '8'],
      ['UNCHANGED', '12'],
      ['REJECTED', null],
      ['REJECTED', null],
      ['REJECTED', null],
      ['REJECTED', null],
    ]);
    const refusals = payload.rows.flatMap((row: JsonObject) =>
      row.userErrors.map((error: JsonObject) => [error.code, error.path.join('.')]),
    );
    expect(refusals).toEqual([
      ['DUPLICATE', 'input.rows.2'],
      ['NOT_FOUND', 'input.rows.3.sku'],
      ['NOT_ALLOWED_HERE', 'input.rows.3.warehouseCode'],
      ['INCONSISTENT', 'input.rows.4.available'],
      ['REQUIRED', 'input.rows.5.available'],
    ]);
    expect(await levelOf('M-005', 'M-N')).toMatchObject({
      available: '8',
      isLow: true,
      alerts: { nodes: [{ state: 'FIRING' }] },
    });
    expect((await eventsOf()).slice(before.length)).toEqual(['STOCK_LEVEL', 'OPENED']);
  });

  it('takes nothing when everything is to be rejected, and says all that is wrong', async () => {
    const payload = await importRows({
      errorPolicy: 'REJECT_ALL',
      rows: [
        { sku: 'M-005', warehouseCode: 'M-N', available: 1 },
        { sku: 'M-004', warehouseCode: 'M-X', available: 1, observedAt: hoursAgo(-1).toISOString() },
        { sku: 'M-004', warehouseCode: 'M-N', available: 1, observedAt: hoursAgo(401 * 24).toISOString() },
      ],
    });
    expect(payload.rows).toBeNull();
    expect(payload.userErrors.map((error: JsonObject) => error.code)).toEqual([
      ...['NOT_FOUND', 'OUT_OF_RANGE', 'OUT_OF_RANGE'],
    ]);
    expect((await levelOf('M-005', 'M-N')).available).toBe('15');
  });

  it('does a dry run with the same answer and no trace', async () => {
    const rows = [
      { sku: 'M-005', warehouseCode: 'M-N', available: 2 },
      { sku: 'new-1', warehouseCode: 'M-S', available: 3 },
    ];
    const before = await eventsOf();
    const dry = await importRows({ dryRun: true, createMissingItems: true, rows });
    expect(dry.rows.map((row: JsonObject) => row.status)).toEqual(['CHANGED', 'CHANGED']);
    expect(await eventsOf()).toEqual(before);
    expect((await levelOf('M-005', 'M-N')).available).toBe('15');
    expect((await runWell('{ item(sku: "new-1") { sku } }')).item).toBeNull();
    const real = await importRows({ createMissingItems: true, rows });
    expect(real.rows.map((row: JsonObject) => row.status)).toEqual(['CHANGED', 'CHANGED']);
    expect((await runWell('{ item(sku: "new-1") { title available } }')).item).toEqual({
      title: 'new-1',
      available: '3',
    });
  });
});

describe('idempotency keys', () => {
  const upsert = (input: object) =>
    runWell(
      `mutation ($input: WarehouseUpsertInput!) { warehouseUpsert(input: $input) { warehouse { code name timeZone } ${errorFields} } }`,
      { input },
    ).then((data) => data.warehouseUpsert);

  it('give the first answer again, and refuse another request', async () => {
    const input = { code: 'NEW', name: 'First', timeZone: 'Europe/Berlin', idempotencyKey: 'k1' };
    expect((await upsert(input)).warehouse).toEqual({
      code: 'NEW',
      name: 'First',
      timeZone: 'Europe/Berlin',
    });
    await upsert({ code: 'NEW', name: 'Second' });
    expect((await upsert(input)).warehouse).toEqual({
      code: 'NEW',
      name: 'Second',
      timeZone: 'Europe/Berlin',
    });
    const other = await upsert({ ...input, name: 'Third' });
    expect(other.warehouse).toBeNull();
    expect(other.userErrors.map((error: JsonObject) => error.code)).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });

  it('let one of many equal requests at once do the work', async () => {
    const rows = [{ sku: 'M-005', warehouseCode: 'M-N', available: 1 }];
    const before = (await eventsOf()).length;
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => importRows({ rows, idempotencyKey: 'same' })),
    );
    expect(
      new Set(answers.map((answer) => JSON.stringify(answer.rows.map((row: JsonObject) => row.status)))),
    ).toEqual(new Set(['["CHANGED"]']));
    expect((await eventsOf()).slice(before)).toEqual(['STOCK_LEVEL', 'OPENED']);
  });

  it('are not spent by a refusal', async () => {
    const wrong = await upsert({ code: 'M-P', name: 'x', idempotencyKey: 'k2' });
    expect(wrong.userErrors.map((error: JsonObject) => [error.code, error.message])).toEqual([
      ['NOT_ALLOWED_HERE', 'input.code: not possible for this kind (MARKETPLACE_POOL)'],
    ]);
    expect((await upsert({ code: 'M-Q', name: 'x', idempotencyKey: 'k2' })).warehouse.code).toBe('M-Q');
  });
});

describe('stockLevelsImport, row by row', () => {
  it('refuses fractions of a whole unit, in that row only', async () => {
    await database.sql`
      update item set unit_code = '米', unit_decimals = 1
      where organization_id = ${world.organizationId} and sku = 'M-004'`;
    const payload = await importRows({
      createMissingItems: true,
      rows: [
        { sku: 'M-005', warehouseCode: 'M-N', available: '0.5', reserved: '1.5' },
        { sku: 'M-004', warehouseCode: 'M-N', available: '0.5' },
        { sku: 'M-004', warehouseCode: 'M-S', available: '0.25' },
        { sku: 'made', warehouseCode: 'M-N', available: '2.5' },
        { sku: 'made', warehouseCode: 'M-S', available: '2.25' },
      ],
    });
    expect(payload.rows.map((row: JsonObject) => row.status)).toEqual([
      ...['REJECTED', 'CHANGED', 'REJECTED', 'CHANGED', 'CHANGED'],
    ]);
    // An item that nobody knew is counted as finely as its rows are.
    expect((await runWell('{ item(sku: "made") { unit { decimals } } }')).item.unit.decimals).toBe(2);
    expect(payload.rows[0].userErrors.map(({ path }: JsonObject) => path.at(-1))).toEqual([
      ...['available', 'reserved'],
    ]);
    expect(payload.rows[2].userErrors).toMatchObject([
      {
        code: 'INVALID',
        message:
          'input.rows.2.available: a quantity in 米 has 1 decimal places at most; itemDetailsSet changes that (unitDecimals)',
      },
    ]);
  });

  it('takes a row that mends a rejected one before it', async () => {
    const row = { sku: 'M-003', warehouseCode: 'M-N' };
    const payload = await importRows({
      rows: [
        { ...row, onHand: '-1' },
        { ...row, onHand: '7' },
        { ...row, onHand: '8' },
      ],
    });
    expect(payload.rows.map((one: JsonObject) => [one.status, one.userErrors[0]?.code ?? null])).toEqual([
      ['REJECTED', 'OUT_OF_RANGE'],
      ['CHANGED', null],
      ['REJECTED', 'DUPLICATE'],
    ]);
    expect(payload.rows[2].userErrors[0].params).toEqual([{ name: 'other', value: '1' }]);
  });
});

describe('visitors of the demo', () => {
  it('act under one name, whatever they do', async () => {
    const visitor = viewerOf(world.organizationId, { keyName: null, isAnonymous: true });
    const alerts = '{ stockAlerts(filter: { sku: { eq: "M-001" } }) { nodes { id } } }';
    const { stockAlerts } = await askWell(database.db, visitor, alerts);
    const { taken } = await askWell(
      database.db,
      visitor,
      `mutation ($id: ID!) { taken: stockAlertAcknowledge(input: { id: $id }) { stockAlert { acknowledgedBy } } }`,
      { id: stockAlerts.nodes[0].id },
      ports,
    );
    const open = '{ replenishmentSuggestions(filter: { state: { eq: OPEN } }) { nodes { id } } }';
    const { replenishmentSuggestions } = await askWell(database.db, visitor, open);
    const { decided } = await askWell(
      database.db,
      visitor,
      `mutation ($id: ID!) { decided: replenishmentSuggestionDecide(input: { id: $id, decision: DISMISS, reason: "no" }) {
        replenishmentSuggestion { decidedBy } } }`,
      { id: replenishmentSuggestions.nodes[0].id },
      ports,
    );
    expect([taken.stockAlert.acknowledgedBy, decided.replenishmentSuggestion.decidedBy]).toEqual([
      ...['demo', 'demo'],
    ]);
  });
});

describe('alerts', () => {
  const act = (name: string, input: object) =>
    runWell(
      `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) {
        stockAlert { state acknowledgedBy acknowledgedNote snoozedUntil events { nodes { reason previousState } } } ${errorFields} } }`,
      { input },
    ).then((data) => data[name]);
  const idOf = async (sku: string) => {
    const data = await runWell(
      'query ($sku: String) { stockAlerts(filter: { sku: { eq: $sku } }) { nodes { id } } }',
      { sku },
    );
    return data.stockAlerts.nodes[0].id as string;
  };

  it('are taken up, silenced and brought back', async () => {
    const id = await idOf('M-001');
    const until = hoursAgo(-24).toISOString();
    expect((await act('stockAlertAcknowledge', { id, note: '已下单' })).stockAlert).toMatchObject({
      state: 'ACKNOWLEDGED',
      acknowledgedBy: 'tests',
      acknowledgedNote: '已下单',
    });
    expect((await act('stockAlertSnooze', { id, until })).stockAlert).toMatchObject({
      state: 'SNOOZED',
      snoozedUntil: until,
    });
    expect((await act('stockAlertUnsnooze', { id })).stockAlert).toMatchObject({
      state: 'ACKNOWLEDGED',
      snoozedUntil: null,
      events: {
        nodes: [
          { reason: 'OPENED' },
          { reason: 'ACKNOWLEDGED' },
          { reason: 'SNOOZED' },
          { reason: 'UNSNOOZED' },
        ],
      },
    });
    const again = await act('stockAlertUnsnooze', { id });
    expect(again.userErrors).toMatchObject([
      { code: 'STATE_CONFLICT', params: [{ name: 'state', value: 'ACKNOWLEDGED' }] },
    ]);
  });

  it('that are over, or nobody’s, cannot be acted on', async () => {
    const resolved = await act('stockAlertAcknowledge', { id: await idOf('M-002') });
    expect(resolved.userErrors.map((error: JsonObject) => error.code)).toEqual(['STATE_CONFLICT']);
    const id = Buffer.from('StockAlert:00000000-0000-4000-8000-000000000000').toString('base64url');
    const missing = await act('stockAlertAcknowledge', { id });
    expect(missing.userErrors.map((error: JsonObject) => error.code)).toEqual(['NOT_FOUND']);
    const late = await act('stockAlertSnooze', { id: await idOf('M-001'), until: hoursAgo(1).toISOString() });
    expect(late.userErrors.map((error: JsonObject) => error.code)).toEqual(['OUT_OF_RANGE']);
  });
});

describe('stockPolicySet', () => {
  const set = (input: object) =>
    runWell(
      `mutation ($input: StockPolicySetInput!) { stockPolicySet(input: $input) {
        stockPolicy { safetyStock leadTimeDays item { sku } warehouse { code } } changedLevelCount ${errorFields} } }`,
      { input },
    ).then((data) => data.stockPolicySet);

  it('is done again after a deadlock, which rolled it back', async () => {
    await database.sql`create sequence policy_try; grant usage on policy_try to shuiwei_app`.simple();
    await database.sql`
      create function give_way() returns trigger language plpgsql as $$
      begin
        if nextval('policy_try') = 1 then raise exception 'given up' using errcode = '40P01'; end if;
        return new;
      end $$`;
    await database.sql`create trigger way before insert on stock_policy for each row execute function give_way()`;
    try {
      const payload = await set({ scope: {}, values: { leadTimeDays: 9 } });
      expect(payload).toMatchObject({ stockPolicy: { leadTimeDays: '9' }, userErrors: [] });
      expect(await database.sql`select last_value::int as tries from policy_try`).toEqual([{ tries: 2 }]);
    } finally {
      await database.sql`drop function give_way cascade`;
    }
  });

  it('overrides the safety stock, and the alert follows', async () => {
    const { item } = await runWell('{ item(sku: "M-005") { id } }');
    const scope = { itemId: item.id };
    const first = await set({ scope, values: { safetyStock: '20', leadTimeDays: 9 } });
    expect(first).toMatchObject({
      stockPolicy: { safetyStock: '20', leadTimeDays: '9', item: { sku: 'M-005' }, warehouse: null },
      userErrors: [],
    });
    expect(await levelOf('M-005', 'M-N')).toMatchObject({
      isLow: true,
      safetyStock: { value: '20', origin: 'OVERRIDE' },
      alerts: { nodes: [{ state: 'FIRING' }] },
    });
    const second = await set({ scope, values: { safetyStock: null } });
    expect(second.stockPolicy).toMatchObject({ safetyStock: null, leadTimeDays: '9' });
    expect(await levelOf('M-005', 'M-N')).toMatchObject({
      isLow: false,
      safetyStock: { origin: 'DEFAULT' },
      alerts: { nodes: [{ state: 'RESOLVED' }] },
    });
  });

  it('refuses what is out of bounds or contradicts itself', async () => {
    const { item } = await runWell('{ item(sku: "M-005") { id } }');
    const payload = await set({
      scope: { itemId: item.id, category: 'x' },
      values: { serviceLevel: '1.2', safetyStock: '-1' },
    });
    expect(payload.userErrors.map((error: JsonObject) => [error.code, error.path.at(-1)])).toEqual([
      ['INCONSISTENT', 'scope'],
      ['OUT_OF_RANGE', 'safetyStock'],
      ['OUT_OF_RANGE', 'serviceLevel'],
    ]);
  });
});

describe('inboundShipmentRecord', () => {
  it('counts as incoming while it is on the way', async () => {
    const record = (status: string, quantity: number) =>
      runWell(
        `mutation ($input: InboundShipmentRecordInput!) { inboundShipmentRecord(input: $input) {
          inboundShipment { externalId status lines { sku quantity item { sku } } warehouse { code } } ${errorFields} } }`,
        { input: { externalId: 'PO-7', warehouseCode: 'M-N', status, lines: [{ sku: 'M-003', quantity }] } },
      ).then((data) => data.inboundShipmentRecord);
    expect(await record('SHIPPED', 25)).toEqual({
      inboundShipment: {
        externalId: 'PO-7',
        status: 'SHIPPED',
        lines: [{ sku: 'M-003', quantity: '25', item: { sku: 'M-003' } }],
        warehouse: { code: 'M-N' },
      },
      userErrors: [],
    });
    expect(await levelOf('M-003', 'M-N')).toMatchObject({ incoming: '25', isIncomingReported: false });
  });

  it('refuses unknown goods, pools and lines named twice', async () => {
    const lines = [
      { sku: 'M-003', quantity: 1 },
      { sku: 'M-003', quantity: 2 },
      { sku: 'x', quantity: -1 },
    ];
    const { inboundShipmentRecord } = await runWell(
      `mutation ($input: InboundShipmentRecordInput!) { inboundShipmentRecord(input: $input) { inboundShipment { id } ${errorFields} } }`,
      { input: { externalId: 'PO-8', warehouseCode: 'M-P', status: 'ORDERED', lines } },
    );
    expect(
      inboundShipmentRecord.userErrors.map((error: JsonObject) => [
        error.code,
        error.path.slice(1).join('.'),
      ]),
    ).toEqual([
      ['NOT_ALLOWED_HERE', 'warehouseCode'],
      ['DUPLICATE', 'lines.1.lineId'],
      ['NOT_FOUND', 'lines.2.sku'],
      ['OUT_OF_RANGE', 'lines.2.quantity'],
    ]);
  });
});

describe('listingLink', () => {
  it('moves the pool, the orders and the demand to the other item', async () => {
    const ids = await runWell(
      '{ a: item(sku: "M-000") { listings { nodes { id } } } b: item(sku: "M-001") { id } }',
    );
    const { listingLink } = await runWell(
      `mutation ($input: ListingLinkInput!) { listingLink(input: $input) {
        listing { isLinked packFactor item { sku listedAvailable } } formerItem { sku listedAvailable } ${errorFields} } }`,
      { input: { listingId: ids.a.listings.nodes[0].id, itemId: ids.b.id, packFactor: '6' } },
    );
    expect(listingLink).toEqual({
      // its own listing has 11, the linked one 10 packs of 6
      listing: { isLinked: true, packFactor: '6', item: { sku: 'M-001', listedAvailable: '71' } },
      formerItem: { sku: 'M-000', listedAvailable: '0' },
      userErrors: [],
    });
    const { salesOrders } = await runWell('{ salesOrders { nodes { lines { itemUnits item { sku } } } } }');
    expect(salesOrders.nodes[0].lines).toEqual([{ itemUnits: '12', item: { sku: 'M-001' } }]);
    expect(await levelOf('M-000', 'M-P')).toMatchObject({
      isWatched: false,
      alerts: { nodes: [{ state: 'RESOLVED' }] },
    });
  });
});

describe('suspectLevelAccept', () => {
  it('believes what was held back', async () => {
    const level = await levelOf('M-005', 'M-N');
    const accept = () =>
      runWell(
        `mutation ($id: ID!) { suspectLevelAccept(input: { stockLevelId: $id }) { stockLevel { available dataState isLow } ${errorFields} } }`,
        { id: level.id },
      ).then((data) => data.suspectLevelAccept);
    expect((await accept()).userErrors).toMatchObject([
      { code: 'STATE_CONFLICT', message: 'input.stockLevelId: no reading is held back' },
    ]);
    await database.sql`
      update stock_level set data_state = 'SUSPECT', suspect_available = 0, suspect_since_at = ${hoursAgo(1)},
        suspect_reason = 'PAGE_OF_ZEROS'
      where organization_id = ${world.organizationId} and item_id = ${world.itemIds[5] ?? ''}
        and warehouse_id = ${world.warehouseIds[0] ?? ''}`;
    expect((await levelOf('M-005', 'M-N')).dataState).toBe('SUSPECT');
    expect(await accept()).toEqual({
      stockLevel: { available: '0', dataState: 'FRESH', isLow: true },
      userErrors: [],
    });
  });
});

describe('shops', () => {
  it('are asked to be read now', async () => {
    const { shops } = await runWell('{ shops { nodes { id } } }');
    const { shopSyncRequest } = await runWell(
      `mutation ($id: ID!) { shopSyncRequest(input: { shopId: $id }) { shop { name } ${errorFields} } }`,
      { id: shops.nodes[0].id },
    );
    expect(shopSyncRequest).toEqual({ shop: { name: 'M shop' }, userErrors: [] });
    const hints = await database.sql`
      select kind, priority from read_hint where organization_id = ${world.organizationId}`;
    expect([...hints]).toEqual([{ kind: 'SYNC_NOW', priority: 30 }]);
  });

  it('are connected through the port, whose refusals are data', async () => {
    const connect = (given: ReturnType<typeof pipelinePorts>, input: object) =>
      runWell(
        `mutation ($input: ShopConnectInput!) { shopConnect(input: $input) { shop { name } ${errorFields} } }`,
        { input: { platform: 'alibaba-1688', ...input } },
        given,
      ).then((data) => data.shopConnect);
    const well = pipelinePorts({ connectShop: async () => world.shopId as never });
    expect(await connect(well, { accessToken: 't' })).toEqual({ shop: { name: 'M shop' }, userErrors: [] });
    expect((await connect(well, {})).userErrors).toMatchObject([{ code: 'REQUIRED' }]);
    const refused = pipelinePorts({
      connectShop: () => Promise.reject(new AppError('authorization_expired', 'secret detail')),
    });
    const payload = await connect(refused, { authorizationCode: 'c', idempotencyKey: `k${count}` });
    expect(payload.userErrors).toMatchObject([{ code: 'AUTHORIZATION_REFUSED' }]);
    expect(JSON.stringify(payload)).not.toContain('secret detail');
  });
});

describe('who may not write', () => {
  it('changes nothing, and is told which scope is missing', async () => {
    const readOnly = viewerOf(world.organizationId, { scopes: new Set(['read:stock', 'read:alerts']) });
    const { data, errors } = await ask(
      database.db,
      readOnly,
      'mutation { warehouseUpsert(input: { code: "Z", name: "Z" }) { warehouse { id } } }',
      {},
      ports,
    );
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ code: 'FORBIDDEN', params: { scope: 'write:stock' } }]);
    const rows =
      await database.sql`select 1 from warehouse where organization_id = ${world.organizationId} and code = 'Z'`;
    expect(rows).toHaveLength(0);
  });
});
