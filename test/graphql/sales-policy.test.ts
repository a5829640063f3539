import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { ask, askWell, type JsonObject, viewerOf } from './ask.ts';
import { pipelinePorts } from './ports.ts';
import { buildOrganization, hoursAgo, type WorldOrganization } from './world.ts';

let database: TestDatabase;
let world: WorldOrganization;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  world = await buildOrganization(database.sql, 'S', 6);
});

const run = (source: string, variables: Record<string, unknown> = {}): Promise<JsonObject> =>
  askWell(database.db, viewerOf(world.organizationId), source, variables, pipelinePorts());
const errorFields = 'userErrors { code path params { name value } }';
const upsert = (input: object): Promise<JsonObject> =>
  run(
    `mutation ($input: SalesPolicyRuleUpsertInput!) { salesPolicyRuleUpsert(input: $input) {
      salesPolicyRule { ruleId name isEnabled state metric enterAt leaveAt alertKinds severityMin incoming holdMinutes
        listed item { sku } category } ${errorFields} } }`,
    { input },
  ).then((data) => data.salesPolicyRuleUpsert);

const dueCount = async () => {
  const rows =
    await database.sql`select from sales_policy_due where organization_id = ${world.organizationId}`;
  return rows.length;
};

async function setState(index: number, state: string, ruleId: string): Promise<void> {
  await database.sql`
    insert into sales_policy_state (organization_id, item_id, state, rule_id, active, since_at, recorded_at)
    values (${world.organizationId}, ${world.itemIds[index] ?? ''}, ${state}, ${ruleId}, '[]', ${hoursAgo(1)},
      ${hoursAgo(1)})`;
}

describe('salesPolicyRuleUpsert', () => {
  it('makes a rule, replaces it by its name, and has all items judged anew', async () => {
    const made = await upsert({
      ...{ name: 'few', state: 'LIMIT_PROMOTION', metric: 'AVAILABLE', enterAt: '10', leaveAt: '15.5' },
    });
    expect(made).toMatchObject({
      salesPolicyRule: {
        ...{ name: 'few', isEnabled: true, enterAt: '10', leaveAt: '15.5', incoming: 'ANY', listed: 'KEEP' },
        ...{ alertKinds: null, holdMinutes: 0, item: null, category: null },
      },
      userErrors: [],
    });
    expect(await dueCount()).toBe(6);
    const changed = await upsert({ name: 'few', state: 'HIDE', metric: 'ALERT', alertKinds: ['LOW_STOCK'] });
    expect(changed.salesPolicyRule).toMatchObject({
      ...{ ruleId: made.salesPolicyRule.ruleId, state: 'HIDE', enterAt: null, alertKinds: ['LOW_STOCK'] },
    });
    const { salesPolicyRules } = await run('{ salesPolicyRules { nodes { name } } }');
    expect(salesPolicyRules.nodes).toEqual([{ name: 'few' }]);
  });

  it('judges nothing anew when a disabled rule stays disabled', async () => {
    await upsert({ name: 'off', state: 'HIDE', metric: 'AVAILABLE', enterAt: '0', isEnabled: false });
    expect(await dueCount()).toBe(0);
  });

  it.each([
    ['no bound', { metric: 'AVAILABLE' }, 'input.enterAt', 'REQUIRED'],
    [
      'an end below the beginning',
      { metric: 'AVAILABLE', enterAt: '5', leaveAt: '4' },
      'input.leaveAt',
      'INCONSISTENT',
    ],
    ['days below zero', { metric: 'DAYS_TO_STOCK_OUT', enterAt: '-1' }, 'input.enterAt', 'OUT_OF_RANGE'],
    ['days beyond a year', { metric: 'DAYS_TO_STOCK_OUT', enterAt: '366' }, 'input.enterAt', 'OUT_OF_RANGE'],
    ['a bound for alerts', { metric: 'ALERT', enterAt: '5' }, 'input.enterAt', 'NOT_ALLOWED_HERE'],
    ['no kind of alert', { metric: 'ALERT', alertKinds: [] }, 'input.alertKinds', 'REQUIRED'],
    [
      'kinds for a quantity',
      { metric: 'AVAILABLE', enterAt: '5', alertKinds: ['LOW_STOCK'] },
      'input.alertKinds',
      'NOT_ALLOWED_HERE',
    ],
    ['NORMAL', { metric: 'AVAILABLE', enterAt: '5', state: 'NORMAL' }, 'input.state', 'INVALID'],
    ['too long a hold', { metric: 'ALERT', holdMinutes: 10_081 }, 'input.holdMinutes', 'OUT_OF_RANGE'],
    ['an empty name', { metric: 'ALERT', name: ' ' }, 'input.name', 'INVALID'],
  ])('refuses %s', async (_, input, path, code) => {
    const payload = await upsert({ name: 'bad', state: 'HIDE', ...input });
    expect(payload.salesPolicyRule).toBeNull();
    expect(payload.userErrors.map((error: JsonObject) => [error.path.join('.'), error.code])).toEqual([
      [path, code],
    ]);
    expect(await dueCount()).toBe(0);
  });
});

describe('what a storefront may do', () => {
  it('is NORMAL for every item that no rule speaks of, on items and levels', async () => {
    const { salesPolicyRule } = await upsert({ name: 'x', state: 'HIDE', metric: 'ALERT' });
    await setState(2, 'STOP_PROMOTION', salesPolicyRule.ruleId);
    const { items } = await run(
      '{ items { nodes { sku salesPolicy salesPolicyDetail { since rule { name } } } } }',
    );
    expect(items.nodes.map((item: JsonObject) => item.salesPolicy)).toEqual([
      ...['NORMAL', 'NORMAL', 'STOP_PROMOTION', 'NORMAL', 'NORMAL', 'NORMAL'],
    ]);
    expect(items.nodes[2].salesPolicyDetail).toEqual({
      ...{ since: hoursAgo(1).toISOString(), rule: { name: 'x' } },
    });
    expect(items.nodes[0].salesPolicyDetail).toEqual({ since: null, rule: null });
    const { stockLevel } = await run(
      '{ stockLevel(sku: "S-002", warehouseCode: "S-N") { salesPolicy item { salesPolicy } } }',
    );
    expect(stockLevel).toEqual({ salesPolicy: 'STOP_PROMOTION', item: { salesPolicy: 'STOP_PROMOTION' } });
  });

  it('is answered for a whole page of a shop by one statement', async () => {
    await setState(1, 'PRE_SALE', world.itemIds[0] ?? '');
    const source = 'query ($skus: [String!]!) { salesPolicies(skus: $skus) { sku state maxAgeSeconds } }';
    const skus = ['S-001', 'nobody', 'S-000', 'S-001'];
    const { data, statementCount } = await ask(database.db, viewerOf(world.organizationId), source, { skus });
    expect(data?.salesPolicies).toEqual([
      { sku: 'S-001', state: 'PRE_SALE', maxAgeSeconds: 5 },
      null,
      { sku: 'S-000', state: 'NORMAL', maxAgeSeconds: 5 },
      { sku: 'S-001', state: 'PRE_SALE', maxAgeSeconds: 5 },
    ]);
    expect(statementCount).toBe(1);
    const many = Array.from({ length: 251 }, (_, index) => `S-${index}`);
    const { errors } = await ask(database.db, viewerOf(world.organizationId), source, { skus: many });
    expect(errors).toMatchObject([{ code: 'ARGUMENT_OUT_OF_RANGE' }]);
  });

  it('is another organization’s secret', async () => {
    const theirs = await buildOrganization(database.sql, 'T', 2);
    await database.sql`
      insert into sales_policy_state (organization_id, item_id, state, active, since_at, recorded_at)
      values (${theirs.organizationId}, ${theirs.itemIds[0] ?? ''}, 'HIDE', '[]', ${hoursAgo(1)}, ${hoursAgo(1)})`;
    const { salesPolicies } = await run('{ salesPolicies(skus: ["T-000"]) { state } }');
    expect(salesPolicies).toEqual([null]);
  });
});

describe('salesPolicySettingsSet', () => {
  const set = (input: object) =>
    run(
      `mutation ($input: SalesPolicySettingsSetInput!) { salesPolicySettingsSet(input: $input) {
        salesPolicySettings { channelIds writeMode } ${errorFields} } }`,
      { input },
    ).then((data) => data.salesPolicySettingsSet);

  it('keeps writing off until it is switched on, and takes webhooks only', async () => {
    expect((await run('{ salesPolicySettings { channelIds writeMode } }')).salesPolicySettings).toEqual({
      ...{ channelIds: [], writeMode: 'OFF' },
    });
    expect(await set({ writeMode: 'DRY_RUN' })).toEqual({
      ...{ salesPolicySettings: { channelIds: [], writeMode: 'DRY_RUN' }, userErrors: [] },
    });
    const { notificationChannels } = await run('{ notificationChannels { nodes { id kind } } }');
    const channels: JsonObject[] = notificationChannels.nodes;
    const hook = channels.find(({ kind }) => kind === 'WEBHOOK');
    const other = channels.find(({ kind }) => kind !== 'WEBHOOK');
    if (hook !== undefined) {
      expect((await set({ channelIds: [hook.id] })).salesPolicySettings).toEqual({
        ...{ channelIds: [hook.id], writeMode: 'DRY_RUN' },
      });
    }
    expect((await set({ channelIds: [other?.id] })).userErrors).toMatchObject([{ code: 'NOT_ALLOWED_HERE' }]);
  });

  it('needs the right to connect shops', async () => {
    const scopes = new Set(['read:stock', 'write:stock'] as const);
    const { errors } = await ask(
      database.db,
      viewerOf(world.organizationId, { scopes }),
      'mutation { salesPolicySettingsSet(input: { writeMode: ON }) { userErrors { code } } }',
    );
    expect(errors).toMatchObject([{ code: 'FORBIDDEN', params: { scope: 'admin:shops' } }]);
  });
});

describe('salesPolicyWrites', () => {
  it('is the record of what was written, newest first', async () => {
    const common = {
      ...{ organization_id: world.organizationId, item_id: world.itemIds[1] ?? '', shop_id: world.shopId },
      ...{ product_id: '9007199254740993', spec_id: '', is_dry_run: false, listed: 'ZERO', attempts: 1 },
      ...{ next_attempt_at: hoursAgo(1), recorded_at: hoursAgo(1) },
    };
    const rows = [3, 1].map((ago, index) => ({
      ...{ ...common, write_id: world.itemIds[index] ?? '', change_id: world.itemIds[index] ?? '' },
      ...{ state: index === 0 ? 'DONE' : 'UNCERTAIN', planned_at: hoursAgo(ago), sent_change: '-7' },
    }));
    await database.sql`insert into sales_policy_write ${database.sql(rows)}`;
    const { salesPolicyWrites } = await run(
      '{ salesPolicyWrites { nodes { state productId specId sentChange readAfter shop { name } item { sku } } } }',
    );
    expect(salesPolicyWrites.nodes).toMatchObject([
      { state: 'UNCERTAIN', productId: '9007199254740993', specId: null, sentChange: '-7' },
      { state: 'DONE', shop: { name: 'S shop' }, item: { sku: 'S-001' } },
    ]);
  });
});
