import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setBusinessClock } from '../../src/db/business-clock.ts';
import { withOrganization, withoutOrganization } from '../../src/db/tenant.ts';
import { brandId, type OrganizationId } from '../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const organizationId = brandId<OrganizationId>(randomUUID());
const other = brandId<OrganizationId>(randomUUID());

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const asApp = (query: string) => withoutOrganization(test.db, 'app', (sql) => sql.unsafe(query));
const asWorker = (query: string) => withoutOrganization(test.db, 'worker', (sql) => sql.unsafe(query));

describe('shop leases', () => {
  const shopId = randomUUID();
  const register = (caller: OrganizationId, organization: OrganizationId) =>
    withOrganization(test.db, 'app', caller, (sql) =>
      sql.unsafe(`select shop_register('${shopId}', '${organization}', 'alibaba-1688', 'member-1')`),
    );
  const wake = (caller: OrganizationId, organization: OrganizationId) =>
    withOrganization(test.db, 'app', caller, (sql) =>
      sql.unsafe(`select shop_lease_wake('${shopId}', '${organization}')`),
    );
  const claim = async (worker: string, max = 10) =>
    asWorker(`select shop_id, organization_id, fence from shop_lease_claim('${worker}', ${max}, 60)`);

  it('are made once, found by member, claimed by one worker', async () => {
    await register(organizationId, organizationId);
    await register(organizationId, organizationId);
    expect(await asApp(`select * from push_route_find('alibaba-1688', 'member-1')`)).toEqual([
      { organization_id: organizationId, shop_id: shopId },
    ]);
    const claims = await Promise.all(['a', 'b', 'c', 'd'].map((worker) => claim(worker)));
    expect(claims.flat()).toEqual([{ shop_id: shopId, organization_id: organizationId, fence: '2' }]);
  });

  it('hold only for the newest fence', async () => {
    expect(await asWorker(`select shop_lease_hold('${shopId}', 2, 60) as held`)).toEqual([{ held: true }]);
    expect(await asWorker(`select shop_lease_hold('${shopId}', 1, 60) as held`)).toEqual([{ held: false }]);
    await asWorker(`select shop_lease_release('${shopId}', 1, 0, true)`);
    expect(await claim('b')).toEqual([]);
    await asWorker(`select shop_lease_release('${shopId}', 2, 3600, true)`);
    expect(await asWorker(`select shop_lease_hold('${shopId}', 2, 60) as held`)).toEqual([{ held: false }]);
    expect(await claim('b')).toEqual([]);
  });

  it('are woken by their own organization only', async () => {
    await wake(other, other);
    await wake(other, organizationId);
    expect(await claim('b')).toEqual([]);
    await wake(organizationId, organizationId);
    expect(await claim('b')).toHaveLength(1);
  });

  it('are due at once when they are woken after their poll stopped listening, and only then', async () => {
    const [{ fence }] = (await test.sql`select fence from shop_lease`) as unknown as [{ fence: string }];
    const release = (after: number) =>
      asWorker(`select shop_lease_release('${shopId}', ${Number(fence) + after}, 3600, true)`);
    await wake(organizationId, organizationId);
    await asWorker(`select shop_lease_heard('${shopId}', ${fence})`);
    await release(0);
    expect(await claim('b')).toEqual([]);
    await wake(organizationId, organizationId);
    expect(await claim('b')).toHaveLength(1);
    await wake(organizationId, organizationId);
    await release(1);
    expect(await claim('b')).toHaveLength(1);
    await release(2);
    expect(await claim('b')).toEqual([]);
  });

  it('are taken from their worker when the shop is connected again', async () => {
    await wake(organizationId, organizationId);
    const [held] = await claim('b');
    await register(organizationId, organizationId);
    expect(await asWorker(`select shop_lease_hold('${shopId}', ${held!.fence}, 60) as held`)).toEqual([
      { held: false },
    ]);
    expect(await claim('c')).toHaveLength(1);
  });

  it('cannot be taken over by another organization', async () => {
    await register(other, organizationId);
    await register(other, other);
    expect(await claim('c')).toEqual([]);
    expect(await asWorker('select * from worker_organizations()')).toEqual([
      { organization_id: organizationId },
    ]);
  });

  it('are no business of the API', async () => {
    await expect(asApp(`select shop_lease_claim('x', 1, 60)`)).rejects.toMatchObject({ code: '42501' });
  });
});

describe('the budget of calls', () => {
  it('gives no more than the burst at once, to any number of workers', async () => {
    const take = () => asWorker(`select call_budget_take(array['app key'], array[0.001], array[5]) as wait`);
    const waits = (await Promise.all(Array.from({ length: 12 }, take))).map(([row]) => Number(row?.wait));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
    expect(waits.filter((wait) => wait > 900_000)).toHaveLength(7);
  });

  it('takes from all keys or from none', async () => {
    const take = `select call_budget_take(array['app key 2', 'shop key'], array[0.001, 0.001], array[5, 1]) as wait`;
    expect(await asWorker(take)).toEqual([{ wait: 0 }]);
    const [row] = await asWorker(take);
    expect(Number(row?.wait)).toBeGreaterThan(900_000);
    const alone = `select call_budget_take(array['app key 2'], array[0.001], array[5]) as wait`;
    const waits = [];
    for (let call = 0; call < 5; call += 1) waits.push(Number((await asWorker(alone))[0]?.wait));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(4);
  });

  it('obeys a pause', async () => {
    await asWorker(`select call_budget_pause('paused key', 3600)`);
    const [row] = await asWorker(
      `select call_budget_take(array['paused key'], array[100], array[5]) as wait`,
    );
    expect(Number(row?.wait)).toBeGreaterThan(3_000_000);
  });
});

describe('API keys', () => {
  it('are found by prefix and touched', async () => {
    const keyId = randomUUID();
    await test.sql`
      insert into api_key (key_id, organization_id, name, prefix, secret_sha256, scopes, created_at)
      values (${keyId}, ${organizationId}, 'watch', 'sw_1', 'hash', ${['read']}, now())`;
    await asApp(`select access_touch_key('${keyId}')`);
    expect(await asApp(`select organization_id, scopes from access_find_key('sw_1')`)).toEqual([
      { organization_id: organizationId, scopes: ['read'] },
    ]);
    expect(await test.sql`select last_used_at is not null as used from api_key`).toEqual([{ used: true }]);
  });
});

describe('partitions of snapshots', () => {
  const ensure = (day: string) =>
    withOrganization(test.db, 'worker', organizationId, (sql) =>
      sql.unsafe(`select stock_snapshot_ensure_partition('${day}') as made`),
    );

  it('are made once by many, for past months too, each instant in its own', async () => {
    const made = await Promise.all([1, 2, 3, 4, 5, 6].map(() => ensure('2011-12-31')));
    expect(made.flat().filter((row) => row.made)).toHaveLength(1);
    await ensure('2012-01-01');
    await withOrganization(test.db, 'worker', organizationId, async (sql) => {
      for (const instant of ['2011-12-31T23:59:59.999Z', '2012-01-01T00:00:00Z']) {
        await sql`
          insert into stock_snapshot (organization_id, item_id, warehouse_id, observed_at, recorded_at, available, source)
          values (${organizationId}, ${organizationId}, ${organizationId}, ${instant}, ${instant}, 1, 'MARKETPLACE')`;
      }
    });
    expect(
      await test.sql`select tableoid::regclass::text as part from stock_snapshot order by observed_at`,
    ).toEqual([{ part: 'stock_snapshot_y2011m12' }, { part: 'stock_snapshot_y2012m01' }]);
  });

  it('have the indexes of their table and no readers of their own', async () => {
    const [row] = await test.sql`
      select count(*)::int as indexes,
        (select count(*)::int from pg_index where indrelid = 'stock_snapshot'::regclass) as expected
      from pg_index where indrelid = 'stock_snapshot_y2011m12'::regclass`;
    expect(row?.indexes).toBe(row?.expected);
  });

  it('do not wait for writers of other months, nor hold them up', async () => {
    await withOrganization(test.db, 'worker', organizationId, async (sql) => {
      await sql`select count(*) from stock_snapshot`;
      await sql`
        insert into stock_snapshot (organization_id, item_id, warehouse_id, observed_at, recorded_at, available, source)
        values (${organizationId}, ${other}, ${other}, '2012-01-05', '2012-01-05', 1, 'MARKETPLACE')`;
      expect(await ensure('2012-02-01')).toEqual([{ made: true }]);
    });
  });

  it('are dropped when they are old enough, not a day earlier', async () => {
    const drop = (day: string) => asWorker(`select stock_snapshot_drop_partitions('${day}') as dropped`);
    expect(await drop('2011-12-31')).toEqual([{ dropped: 0 }]);
    expect(await drop('2012-01-01')).toEqual([{ dropped: 1 }]);
    await expect(ensure('1888-01-01')).rejects.toMatchObject({ code: '22008' });
  });

  it('are not made for months that nobody keeps', async () => {
    const startAt = new Date('2026-03-10T00:00:00Z');
    await setBusinessClock(test.db, { speed: 0, startAt });
    expect(await ensure('2016-03-01')).toEqual([{ made: true }]);
    for (const day of ['2015-12-31', '2000-01-01', '2037-01-01']) {
      await expect(ensure(day)).rejects.toMatchObject({ code: '22008' });
    }
  });
});
