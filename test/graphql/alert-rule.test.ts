import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedOrganization } from '../pipeline/seed.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ask, askWell, type JsonObject, viewerOf } from './ask.ts';
import { pipelinePorts } from './ports.ts';
import { worldNow } from './world.ts';

let database: TestDatabase;
let organizationId: string;
let ids: { item: string; warehouse: string; level: string };

beforeAll(async () => {
  database = await createTestDatabase();
  organizationId = await seedOrganization(database);
  await runWell(
    'mutation ($input: WarehouseUpsertInput!) { warehouseUpsert(input: $input) { userErrors { code } } }',
    { input: { code: 'HZ', name: 'Hangzhou' } },
  );
  await database.sql`
    insert into item (organization_id, item_id, sku, title, category, observed_at, recorded_at)
    values (${organizationId}, gen_random_uuid(), 'CUP', 'Cup', 'cups', now(), now())`;
  await importLevel('11');
  const { stockLevel } = await runWell(
    '{ stockLevel(sku: "CUP", warehouseCode: "HZ") { id item { id } warehouse { id } } }',
  );
  ids = { item: stockLevel.item.id, warehouse: stockLevel.warehouse.id, level: stockLevel.id };
});
afterAll(() => database.drop());

const runWell = (source: string, variables: Record<string, unknown> = {}): Promise<JsonObject> =>
  askWell(database.db, viewerOf(organizationId), source, variables, pipelinePorts());
let imports = 0;
const importLevel = (available: string) => {
  imports += 1;
  // An older reading would not count.
  const observedAt = new Date(worldNow.getTime() - 3_600_000 + imports * 60_000).toISOString();
  return runWell(
    'mutation ($input: StockLevelsImportInput!) { stockLevelsImport(input: $input) { changedCount userErrors { code } } }',
    { input: { rows: [{ sku: 'CUP', warehouseCode: 'HZ', available, observedAt }] } },
  );
};
const upsert = (input: object) =>
  runWell(
    `mutation ($input: AlertRuleUpsertInput!) { alertRuleUpsert(input: $input) {
      alertRule { kind isEnabled isEnabledHere thresholdShare fireAfterMinutes item { sku } category }
      userErrors { code path } } }`,
    { input },
  ).then((data) => data.alertRuleUpsert);
const openAlerts = () =>
  runWell(
    `{ stockAlerts(filter: { isOpen: { eq: true } }) { nodes { kind state reopenCount suppressedBy { kind }
      effectiveRule { isEnabled severity values { setting value origin } }
      explanation { steps { code value } changeSincePrevious { cause } text(locale: EN) } urgency } } }`,
  ).then((data) => data.stockAlerts.nodes);

it('keeps rules by scope, shows what holds and whose word it is, and lets alerts follow', async () => {
  expect((await openAlerts()).map((alert: JsonObject) => alert.kind)).toEqual(['APPROACHING']);
  const off = await upsert({
    ...{ kind: 'APPROACHING', scope: { category: 'cups' }, settings: { isEnabled: false } },
  });
  expect(off).toMatchObject({ userErrors: [], alertRule: { isEnabledHere: false, category: 'cups' } });
  expect(await openAlerts()).toEqual([]);
  const scope = { itemId: ids.item, warehouseId: ids.warehouse };
  await upsert({ kind: 'APPROACHING', scope, settings: { isEnabled: true, thresholdShare: '0.5' } });
  const [alert] = await openAlerts();
  expect(alert).toMatchObject({ kind: 'APPROACHING', state: 'FIRING', reopenCount: 0, suppressedBy: null });
  expect(alert.effectiveRule.values).toEqual(
    expect.arrayContaining([
      { setting: 'isEnabled', value: 'true', origin: 'ITEM_WAREHOUSE' },
      { setting: 'thresholdShare', value: '0.5', origin: 'ITEM_WAREHOUSE' },
      { setting: 'severity', value: 'INFO', origin: 'DEFAULT' },
    ]),
  );
  expect(alert.explanation.text).toBe(
    'CUP @ HZ: 11 available, near the threshold of 10 (the default): at or below 15. Recovers above 16.5.',
  );
  expect(alert.explanation.changeSincePrevious).toEqual([{ cause: 'SETTINGS' }]);
  expect(alert.explanation.steps.at(-1)).toEqual({ code: 'urgency', value: alert.urgency });
  // Null takes a setting back: the category's word counts again.
  await upsert({ kind: 'APPROACHING', scope, settings: { isEnabled: null } });
  expect(await openAlerts()).toEqual([]);
  const { stockLevel } = await runWell(
    '{ stockLevel(sku: "CUP", warehouseCode: "HZ") { alertRules { kind isEnabled rule { item { sku } } } } }',
  );
  expect(stockLevel.alertRules).toHaveLength(7);
  expect(stockLevel.alertRules).toContainEqual({
    kind: 'APPROACHING',
    isEnabled: false,
    rule: { item: null },
  });
});

it('tells of every rule what holds for what it is for, and which rule says so', async () => {
  const { alertRules } = await runWell(
    '{ alertRules(first: 100) { nodes { kind category item { sku } values { setting value origin } } } }',
  );
  const valuesOf = (wanted: object) =>
    alertRules.nodes.find((rule: JsonObject) =>
      Object.entries(wanted).every(([name, value]) => JSON.stringify(rule[name]) === JSON.stringify(value)),
    ).values;
  expect(valuesOf({ kind: 'APPROACHING', category: 'cups' })).toEqual(
    expect.arrayContaining([
      { setting: 'isEnabled', value: 'false', origin: 'CATEGORY' },
      { setting: 'thresholdShare', value: '0.2', origin: 'DEFAULT' },
    ]),
  );
  expect(valuesOf({ kind: 'APPROACHING', item: { sku: 'CUP' } })).toEqual(
    expect.arrayContaining([
      { setting: 'thresholdShare', value: '0.5', origin: 'ITEM_WAREHOUSE' },
      { setting: 'countMin', value: '1', origin: 'DEFAULT' },
    ]),
  );
});

it('lets out of stock speak for low stock', async () => {
  await importLevel('5');
  await importLevel('0');
  const alerts = await openAlerts();
  expect(alerts).toMatchObject([{ kind: 'OUT_OF_STOCK', suppressedBy: null }]);
  const { stockAlertEvents } = await runWell(
    '{ stockAlertEvents(first: 100) { nodes { reason state alert { kind } } } }',
  );
  expect(stockAlertEvents.nodes.slice(-2)).toEqual([
    { reason: 'OPENED', state: 'FIRING', alert: { kind: 'OUT_OF_STOCK' } },
    { reason: 'SUPERSEDED', state: 'RESOLVED', alert: { kind: 'LOW_STOCK' } },
  ]);
});

it('says what is wrong with a rule', async () => {
  const outOfRange = await upsert({
    kind: 'LOW_STOCK',
    settings: { recoveryShare: '-1', fireAfterMinutes: -5 },
  });
  expect(outOfRange).toMatchObject({
    alertRule: null,
    userErrors: [
      { code: 'OUT_OF_RANGE', path: ['input', 'settings', 'fireAfterMinutes'] },
      { code: 'OUT_OF_RANGE', path: ['input', 'settings', 'recoveryShare'] },
    ],
  });
  const both = { itemId: ids.item, category: 'cups' };
  expect(await upsert({ kind: 'LOW_STOCK', scope: both, settings: { isEnabled: true } })).toMatchObject({
    userErrors: [{ code: 'INCONSISTENT' }],
  });
  const source = await upsert({
    kind: 'SOURCE_STALE',
    scope: { itemId: ids.item },
    settings: { ageMinutesMax: 5 },
  });
  expect(source).toMatchObject({ userErrors: [{ code: 'INCONSISTENT' }] });
  expect(await upsert({ kind: 'LOW_STOCK', settings: {} })).toMatchObject({
    userErrors: [{ code: 'REQUIRED' }],
  });
  const reader = viewerOf(organizationId, { scopes: new Set(['read:alerts']) });
  const refused = await ask(
    database.db,
    reader,
    'mutation { alertRuleUpsert(input: { kind: LOW_STOCK, settings: { countMin: 2 } }) { userErrors { code } } }',
    {},
    pipelinePorts(),
  );
  expect(refused.errors).not.toEqual([]);
});
