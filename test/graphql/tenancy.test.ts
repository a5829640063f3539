import { getNamedType, isInputObjectType, isObjectType, isRequiredArgument } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registeredNodeTypes } from '../../src/graphql/node.ts';
import { schema } from '../../src/graphql/schema.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ask, type JsonObject, viewerOf } from './ask.ts';
import { pipelinePorts } from './ports.ts';
import { pageOf, selectAll } from './selection.ts';
import { buildOrganization, type WorldOrganization } from './world.ts';

let database: TestDatabase;
let ours: WorldOrganization;
let theirs: WorldOrganization;
/** Every id that the API gives the other organization, by type. */
const theirIds = new Map<string, Set<string>>();

const queryFields = Object.values(schema.getQueryType()?.getFields() ?? {});
/** How deep a field is selected: four levels, fewer where that many cost more than one query may. */
const depthOf = (name: string) => ({ orderDrafts: 3 })[name] ?? 4;
/** `eventCursor` tells a place in the log and nothing else; its own test asks two organizations. */
const openFields = queryFields.filter(
  (field) => field.name !== 'eventCursor' && !field.args.some(isRequiredArgument),
);

const asOurs = (source: string, variables?: Record<string, unknown>) =>
  ask(database.db, viewerOf(ours.organizationId), source, variables, pipelinePorts());

beforeAll(async () => {
  database = await createTestDatabase();
  // The same article numbers and codes on both sides, so that nothing but the organization tells them apart.
  ours = await buildOrganization(database.sql, 'X', 4);
  theirs = await buildOrganization(database.sql, 'X', 4);
  for (const field of openFields) {
    const { data, errors } = await ask(
      database.db,
      viewerOf(theirs.organizationId),
      `{ ${field.name}${pageOf(field)}${selectAll(field, depthOf(field.name))} }`,
    );
    collectIds(data);
    expect([field.name, errors.filter((error) => error.code !== 'ARGUMENT_OUT_OF_RANGE')]).toEqual([
      field.name,
      [],
    ]);
  }
});
afterAll(() => database.drop());

function collectIds(value: JsonObject): void {
  if (Array.isArray(value)) for (const one of value) collectIds(one);
  else if (typeof value === 'object' && value !== null) {
    if (typeof value.id === 'string' && typeof value.__typename === 'string') {
      theirIds.set(value.__typename, (theirIds.get(value.__typename) ?? new Set()).add(value.id));
    }
    for (const one of Object.values(value)) collectIds(one);
  }
}

/** Everything of the other organization that must never be seen. */
function theirSecrets(): string[] {
  const uuids = Object.values(theirs).flat();
  return [...uuids, ...[...theirIds.values()].flatMap((ids) => [...ids])];
}

describe('another organization', () => {
  it('has objects of every type that can be fetched by id', () => {
    expect([...theirIds.keys()].sort()).toEqual([...registeredNodeTypes()].sort());
  });

  it.each(openFields.map((field) => field.name))('is not in %s, however deep', async (name) => {
    const field = schema.getQueryType()?.getFields()[name];
    if (field === undefined) throw new Error('unknown field');
    const { data } = await asOurs(`{ ${name}${pageOf(field)}${selectAll(field, depthOf(name))} }`);
    const text = JSON.stringify(data);
    for (const secret of theirSecrets()) expect(text).not.toContain(secret);
  });

  it('answers to none of its ids: not yours looks like not there', async () => {
    for (const [type, ids] of theirIds) {
      for (const id of ids) {
        const { data, errors } = await asOurs(
          'query ($id: ID!) { node(id: $id) { __typename } nodes(ids: [$id]) { id } }',
          { id },
        );
        expect([type, data, errors]).toEqual([type, { node: null, nodes: [null] }, []]);
      }
    }
    const [item = ''] = theirIds.get('Item') ?? [];
    const [warehouse = ''] = theirIds.get('Warehouse') ?? [];
    const [alert = ''] = theirIds.get('StockAlert') ?? [];
    const { data } = await asOurs(
      `query ($item: ID, $warehouse: ID, $alert: ID!) {
        item(id: $item) { id } warehouse(id: $warehouse) { id } stockAlert(id: $alert) { id }
        stockLevels(filter: { itemId: { eq: $item } }) { nodes { id } totalCount { value } } }`,
      { item, warehouse, alert },
    );
    expect(data).toEqual({
      item: null,
      warehouse: null,
      stockAlert: null,
      stockLevels: { nodes: [], totalCount: { value: 0 } },
    });
  });

  it('does not answer to natural keys that both have', async () => {
    const { data } = await asOurs(
      '{ item(sku: "X-001") { id } warehouse(code: "X-N") { id } stockLevel(sku: "X-001", warehouseCode: "X-N") { id } }',
    );
    const own = [
      `Item:${ours.itemIds[1]}`,
      `Warehouse:${ours.warehouseIds[0]}`,
      `StockLevel:${ours.itemIds[1]}:${ours.warehouseIds[0]}`,
    ].map((text) => Buffer.from(text).toString('base64url'));
    expect([data.item.id, data.warehouse.id, data.stockLevel.id]).toEqual(own);
  });

  it('is changed by no mutation that names one of its objects', async () => {
    const idsOf = (type: string) => [...(theirIds.get(type) ?? [])][0] ?? '';
    const own = async (source: string) => (await asOurs(source)).data;
    const ownItem = (await own('{ item(sku: "X-001") { id } }')).item.id;
    const { notificationChannels } = await own('{ notificationChannels(first: 1) { nodes { id } } }');
    const ownInbox = notificationChannels.nodes[0].id;
    const until = '2026-03-11T00:00:00Z';
    const attempts: Record<string, object[]> = {
      stockAlertAcknowledge: [{ id: idsOf('StockAlert') }],
      stockAlertSnooze: [{ id: idsOf('StockAlert'), until }],
      stockAlertUnsnooze: [{ id: idsOf('StockAlert') }],
      shopSyncRequest: [{ shopId: idsOf('Shop') }],
      suspectLevelAccept: [{ stockLevelId: idsOf('StockLevel') }],
      listingLink: [
        { listingId: idsOf('Listing'), itemId: ownItem },
        { listingId: idsOf('Listing'), itemId: idsOf('Item') },
      ],
      stockPolicySet: [
        { scope: { itemId: idsOf('Item') }, values: { safetyStock: 1 } },
        { scope: { warehouseId: idsOf('Warehouse') }, values: { safetyStock: 1 } },
      ],
      promotionUpsert: [
        { itemId: idsOf('Item'), name: 'sale', fromOn: '2026-03-11', toOn: '2026-03-12' },
        {
          ...{ itemId: ownItem, warehouseId: idsOf('Warehouse') },
          ...{ name: 'sale', fromOn: '2026-03-11', toOn: '2026-03-12' },
        },
      ],
      forecastOverrideSet: [
        {
          ...{ itemId: idsOf('Item'), warehouseId: idsOf('Warehouse') },
          ...{ fromOn: '2026-03-11', toOn: '2026-03-11', unitsPerDay: 1 },
        },
      ],
      salesPolicyRuleUpsert: [
        { name: 'x', state: 'HIDE', metric: 'AVAILABLE', enterAt: '0', itemId: idsOf('Item') },
      ],
      salesPolicySettingsSet: [{ channelIds: [idsOf('NotificationChannel')] }],
      alertRuleUpsert: [
        { kind: 'LOW_STOCK', scope: { itemId: idsOf('Item') }, settings: { isEnabled: false } },
        { kind: 'LOW_STOCK', scope: { warehouseId: idsOf('Warehouse') }, settings: { isEnabled: false } },
        {
          kind: 'LOW_STOCK',
          scope: { itemId: ownItem, warehouseId: idsOf('Warehouse') },
          settings: { isEnabled: false },
        },
      ],
      // Both have a draft of this supplier; the line to leave out is theirs.
      orderDraftApprove: [{ supplierName: 'maker', leaveOutIds: [idsOf('ReplenishmentSuggestion')] }],
      orderDraftSend: [{ supplierName: 'maker', channelId: idsOf('NotificationChannel') }],
      replenishmentSuggestionDecide: decisions(idsOf('ReplenishmentSuggestion')),
      transferSuggestionDecide: decisions(idsOf('TransferSuggestion')),
      notificationDeliveryResend: [{ ids: [idsOf('NotificationDelivery')] }],
      notificationChannelTest: [{ id: idsOf('NotificationChannel') }],
      notificationChannelDelete: [{ id: idsOf('NotificationChannel') }],
      notificationRouteDelete: [{ id: idsOf('NotificationRoute') }],
      notificationRead: [{ ids: [idsOf('Notification')] }],
      notificationRouteUpsert: [
        { name: 'all', channelIds: [idsOf('NotificationChannel')] },
        { name: 'all', channelIds: [ownInbox], warehouseIds: [idsOf('Warehouse')] },
        {
          name: 'all',
          channelIds: [ownInbox],
          escalation: [{ afterMinutes: 5, channelIds: [idsOf('NotificationChannel')] }],
        },
      ],
    };
    // Every mutation that takes an id is tried.
    const withIds = Object.values(schema.getMutationType()?.getFields() ?? {}).filter((field) =>
      field.args.some((arg) => namesAnId(getNamedType(arg.type))),
    );
    expect(withIds.map((field) => field.name).sort()).toEqual(Object.keys(attempts).sort());
    const before = await fingerprintOfTheirs();
    for (const [name, inputs] of Object.entries(attempts)) {
      const type = schema.getMutationType()?.getFields()[name]?.args[0]?.type;
      for (const input of inputs) {
        const { data, errors } = await asOurs(
          `mutation ($input: ${type}) { ${name}(input: $input) { userErrors { code } } }`,
          { input },
        );
        expect([name, errors]).toEqual([name, []]);
        expect([name, data[name].userErrors]).toEqual([name, [{ code: 'NOT_FOUND' }]]);
      }
    }
    expect(await fingerprintOfTheirs()).toEqual(before);
  });
});

/** Every decision about a suggestion. */
function decisions(id: string): object[] {
  return [
    { id, decision: 'APPROVE' },
    { id, decision: 'DISMISS', reason: 'no' },
    { id, decision: 'RELEASE' },
    { id, decision: 'CANCEL' },
  ];
}

function namesAnId(type: unknown): boolean {
  return (
    isInputObjectType(type) &&
    Object.values(type.getFields()).some((field) => {
      const inner = getNamedType(field.type);
      return inner.name === 'ID' || namesAnId(inner);
    })
  );
}

async function fingerprintOfTheirs(): Promise<unknown> {
  const tables = [
    ...['stock_alert', 'stock_level', 'listing', 'stock_policy', 'read_hint', 'event_log', 'shop'],
    ...['promotion', 'forecast_override', 'market_index', 'plan_due'],
    ...['notification_channel', 'notification_route', 'notification_delivery', 'notification_read'],
    ...['alert_rule', 'inbound_shipment', 'inbound_shipment_line', 'replenishment_suggestion'],
    ...['replenishment_version', 'transfer_lane', 'transfer_suggestion', 'transfer_version'],
    ...['suggestion_due', 'suggestion_progress', 'guard_reading', 'level_plan', 'item_plan', 'item'],
    ...['sales_policy_rule', 'sales_policy_setting', 'sales_policy_due', 'policy_backtest'],
  ];
  const found: Record<string, unknown> = {};
  for (const table of tables) {
    const rows = await database.sql`
      select md5(coalesce(string_agg(t::text, ',' order by t::text), '')) as print
      from ${database.sql(table)} t where organization_id = ${theirs.organizationId}`;
    found[table] = rows[0]?.print;
  }
  return found;
}

describe('a viewer without scopes', () => {
  it('sees nothing of the business, not even through node', async () => {
    const nobody = viewerOf(ours.organizationId, { scopes: new Set() });
    for (const field of openFields) {
      if (['viewer', 'eventCursor', 'node', 'nodes'].includes(field.name)) continue;
      const { data, errors } = await ask(database.db, nobody, `{ ${field.name}${selectAll(field, 2)} }`);
      expect([field.name, data?.[field.name] ?? null, errors[0]?.code]).toEqual([
        field.name,
        null,
        'FORBIDDEN',
      ]);
    }
    const ids = [`Item:${ours.itemIds[0]}`, `StockAlert:${ours.alertIds[0]}`, `Shop:${ours.shopId}`].map(
      (text) => Buffer.from(text).toString('base64url'),
    );
    for (const id of ids) {
      const { data, errors } = await ask(
        database.db,
        nobody,
        'query ($id: ID!) { node(id: $id) { id __typename ... on Item { sku } } }',
        { id },
      );
      expect([data.node, errors[0]?.code]).toEqual([null, 'FORBIDDEN']);
    }
  });

  it('cannot reach alerts or shops through stock', async () => {
    const stockOnly = viewerOf(ours.organizationId, { scopes: new Set(['read:stock']) });
    for (const source of [
      '{ item(sku: "X-001") { alerts { totalCount { value } } } }',
      '{ items(first: 1) { nodes { listings { nodes { shop { name } } } } } }',
      '{ overview { openAlertCount } }',
    ]) {
      const { errors } = await ask(database.db, stockOnly, source);
      expect([source, errors[0]?.code]).toEqual([source, 'FORBIDDEN']);
    }
  });
});

describe('the test itself', () => {
  it('knows every object type that has an id', () => {
    const withId = Object.values(schema.getTypeMap()).filter(
      (type) => isObjectType(type) && type.getInterfaces().some((one) => one.name === 'Node'),
    );
    expect(withId.map((type) => type.name).sort()).toEqual([...registeredNodeTypes()].sort());
  });
});
