import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Alibaba1688Connector,
  createAlibaba1688Connector,
} from '../../src/connectors/alibaba-1688/connector.ts';
import type { CredentialSource, ListingObservation, ShopSession } from '../../src/connectors/marketplace.ts';
import { createFaultScript, type FaultScript } from '../../src/connectors/sandbox-1688/wire/faults.ts';
import type { PipelinePorts } from '../../src/pipeline/ports.ts';
import { followSalesPolicies } from '../../src/pipeline/sales-policy.ts';
import { tellSalesPolicies } from '../../src/pipeline/sales-policy-tell.ts';
import { salesWriteSettingsDefault, writeNextSalesPolicy } from '../../src/pipeline/sales-policy-write.ts';
import type { ItemId, OrganizationId, ShopId, WarehouseId } from '../../src/shared/ids.ts';
import { silentLog } from '../../src/shared/log.ts';
import { appKey, appSecret, startAt, startTestGateway } from '../connectors/sandbox-1688/support.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { FakeMarketplace } from './fake-marketplace.ts';
import { noon, seedItem, seedOrganization, seedShop, seedWarehouse } from './seed.ts';
import { createWorker } from './worker.ts';

const modifyStock = 'com.alibaba.product:alibaba.product.modifyStock-1';
let test: TestDatabase;
let organizationId: OrganizationId;
let shopId: ShopId;
let itemId: ItemId;
let warehouseId: WarehouseId;
let ports: PipelinePorts;
let connector: Alibaba1688Connector;
let faults: FaultScript;
let session: ShopSession;
let listing: ListingObservation;
const endings: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

beforeEach(async () => {
  faults = createFaultScript();
  const started = await startTestGateway({ faults });
  const { gateway, clock, realClock } = started;
  connector = createAlibaba1688Connector(
    {
      gatewayUrl: gateway.gatewayUrl,
      appKey,
      appSecret,
      retry: { attempts: 1, baseDelayMs: 1, capDelayMs: 2 },
    },
    { clock, realClock, log: silentLog },
  );
  endings.push(
    () => gateway.close(),
    () => connector.close(),
  );
  const { accessToken, refreshToken, accessExpiresAt } = gateway.tokens;
  const tokens = { accessToken, refreshToken, accessExpiresAt, refreshExpiresAt: null, memberId: null };
  const credentials: CredentialSource = {
    current: async () => ({ tokens, version: 1 }),
    refresh: async () => ({ tokens, version: 1 }),
  };
  session = {
    credentials,
    budget: { take: async () => {}, pause: async () => {} },
    signal: new AbortController().signal,
  };
  const page = await connector.fetchPage(session, {
    ...{ stream: 'listings', modifiedFrom: null, modifiedTo: startAt, cursor: null },
  });
  const found = page.observations.find((one) => one.kind === 'listing' && Number(one.available) > 5);
  if (found?.kind !== 'listing') throw new Error('the sandbox offers something');
  listing = found;
  organizationId = await seedOrganization(test);
  shopId = await seedShop(test, organizationId);
  itemId = await seedItem(test, organizationId, 'A-1');
  warehouseId = await seedWarehouse(test, organizationId, 'NORTH');
  await test.sql`
    insert into listing ${test.sql({
      ...{
        organization_id: organizationId,
        listing_id: itemId,
        shop_id: shopId,
        item_id: itemId,
        title: 'A',
      },
      ...{
        product_id: listing.productId,
        spec_id: listing.specId ?? '',
        status: 'published',
        pack_factor: '1',
      },
      ...{ observed_at: noon, recorded_at: noon },
    })}`;
  await setLevel(50);
  const worker = createWorker(test, () => new FakeMarketplace());
  ports = { ...worker.ports, connectorFor: () => connector, credentialSource: () => credentials };
  await followSalesPolicies(ports, organizationId);
});

async function setLevel(available: number): Promise<void> {
  await test.sql`
    insert into stock_level ${test.sql({
      ...{ organization_id: organizationId, item_id: itemId, warehouse_id: warehouseId, source: 'FEED' },
      ...{ available: String(available), observed_at: noon, recorded_at: noon, checked_at: noon },
      snapshot_observed_at: noon,
    })} on conflict (organization_id, item_id, warehouse_id) do update set available = excluded.available`;
}

/** The rule that takes goods off sale when nothing is left, and how writing is switched. */
async function arrange(writeMode: string): Promise<void> {
  await test.sql`
    update sales_policy_rule set listed = 'ZERO', state = 'HIDE'
    where organization_id = ${organizationId} and name = 'Nothing left: stop promotion'`;
  await test.sql`
    insert into sales_policy_setting (organization_id, channel_ids, write_mode, recorded_at)
    values (${organizationId}, '{}', ${writeMode}, ${noon})`;
}

/** Stock changes, the policy follows, what is to be written is planned. */
async function stockBecomes(available: number): Promise<void> {
  await setLevel(available);
  await test.sql`
    insert into sales_policy_due (organization_id, item_id, marked_at)
    values (${organizationId}, ${itemId}, ${noon}) on conflict do nothing`;
  await followSalesPolicies(ports, organizationId);
  await tellSalesPolicies(ports, organizationId);
}

const settings = { ...salesWriteSettingsDefault, settleSeconds: 0 };
const writeNext = () => writeNextSalesPolicy(ports, organizationId, new AbortController().signal, settings);

async function offered(): Promise<number> {
  const { observations } = await connector.fetchListings(session, [listing.productId]);
  const found = observations.find((one) => one.kind === 'listing' && one.specId === listing.specId);
  return found?.kind === 'listing' ? Number(found.available) : Number.NaN;
}

const writes = () => test.sql`
  select state, is_dry_run, wanted::float, read_before::float, sent_change::float, read_after::float, attempts, error_code
  from sales_policy_write where organization_id = ${organizationId} order by planned_at, state`;

describe('write-back to the sandbox over HTTP', () => {
  it('is off until somebody switches it on', async () => {
    const before = await offered();
    await test.sql`
      update sales_policy_rule set listed = 'ZERO' where organization_id = ${organizationId}`;
    await stockBecomes(0);
    expect(await writes()).toEqual([]);
    expect(await writeNext()).toBe(false);
    expect(await offered()).toBe(before);
  });

  it('takes goods off sale, and offers what the warehouses hold when the rule ends', async () => {
    const before = await offered();
    await arrange('ON');
    await stockBecomes(0);
    expect(await writeNext()).toBe(true);
    expect(await offered()).toBe(0);
    expect(await writes()).toMatchObject([
      { state: 'DONE', wanted: 0, read_before: before, sent_change: -before, read_after: 0, attempts: 1 },
    ]);
    await stockBecomes(70);
    await writeNext();
    expect(await offered()).toBe(70);
    expect(await writeNext()).toBe(false);
    expect(await test.sql`select kind, external_id from read_hint where shop_id = ${shopId}`).toEqual([
      { kind: 'PRODUCT', external_id: listing.productId },
    ]);
  });

  it('records what it would send in a dry run, and sends nothing', async () => {
    const before = await offered();
    await arrange('DRY_RUN');
    await stockBecomes(0);
    await writeNext();
    expect(await offered()).toBe(before);
    expect(await writes()).toMatchObject([
      { state: 'DONE', is_dry_run: true, sent_change: -before, read_after: null, attempts: 0 },
    ]);
  });

  it('never sends a change again whose answer was lost: it reads first', async () => {
    const before = await offered();
    await arrange('ON');
    await stockBecomes(0);
    // The change takes effect, its answer does not arrive.
    faults.add({ api: modifyStock }, { kind: 'reset' });
    await writeNext();
    expect(await offered()).toBe(0);
    expect(await writes()).toMatchObject([{ state: 'UNCERTAIN', sent_change: -before, attempts: 1 }]);
    await writeNext();
    expect(await offered()).toBe(0);
    expect(await writes()).toMatchObject([{ state: 'DONE', read_after: 0, attempts: 1, error_code: null }]);
  });

  it('sends the difference that is still there when a lost change had no effect', async () => {
    await arrange('ON');
    await stockBecomes(0);
    faults.add({ api: modifyStock }, { kind: 'throttle' });
    await writeNext();
    expect(await writes()).toMatchObject([{ state: 'PLANNED', attempts: 1 }]);
    await test.sql`update sales_policy_write set next_attempt_at = clock_timestamp()`;
    await writeNext();
    expect(await offered()).toBe(0);
    expect(await writes()).toMatchObject([{ state: 'DONE', attempts: 2 }]);
  });

  it('looks again at a write whose worker died while sending', async () => {
    await arrange('ON');
    await stockBecomes(0);
    const gone = connector.changeListedQuantity.bind(connector);
    const dying: PipelinePorts = {
      ...ports,
      connectorFor: () => ({
        ...connector,
        changeListedQuantity: async (...given: Parameters<typeof gone>) => {
          await gone(...given);
          await test.sql`update sales_policy_write set lease_until = clock_timestamp()`;
          // The process ends here: nothing after this is ever written by it.
          return new Promise<void>(() => {});
        },
      }),
    };
    void writeNextSalesPolicy(dying, organizationId, new AbortController().signal, settings);
    await expect.poll(offered).toBe(0);
    await expect.poll(async () => (await writes())[0]).toMatchObject({ state: 'SENDING', attempts: 1 });
    await expect.poll(writeNext).toBe(true);
    expect(await writes()).toMatchObject([{ state: 'DONE', attempts: 1, read_after: 0 }]);
  });

  it('refuses goods that only the pool knows, and says when a change had no effect', async () => {
    await arrange('ON');
    await stockBecomes(0);
    await test.sql`update warehouse set kind = 'MARKETPLACE_POOL' where warehouse_id = ${warehouseId}`;
    await writeNext();
    expect(await writes()).toMatchObject([{ state: 'FAILED', error_code: 'NO_PHYSICAL_STOCK', attempts: 0 }]);
    await test.sql`update warehouse set kind = 'PHYSICAL' where warehouse_id = ${warehouseId}`;
    await stockBecomes(60);
    // The platform says yes and nothing happens, as is told of offers without variants.
    ports = {
      ...ports,
      connectorFor: () => ({ ...connector, changeListedQuantity: async () => {} }),
    };
    await writeNext();
    expect((await writes()).at(-1)).toMatchObject({ error_code: 'NO_EFFECT' });
  });
});
