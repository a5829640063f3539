import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { demoOrganizationId } from '../../src/app/demo.ts';
import { startDemoDetails } from '../../src/app/demo-details.ts';
import { noon } from '../pipeline/seed.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let test: TestDatabase;
const organization_id = demoOrganizationId;
const base = { organization_id, observed_at: noon, recorded_at: noon };
beforeAll(async () => {
  test = await createTestDatabase();
  await test.sql`insert into organization ${test.sql({ organization_id, name: 'demo', locale: 'en', recorded_at: noon })}`;
});
afterAll(() => test.drop());

/** An item for ten yuan that came from two senders, the named one last. */
async function insertItem(number: number): Promise<void> {
  const item_id = randomUUID();
  const sku = `D-${String(number).padStart(3, '0')}`;
  await test.sql`insert into item ${test.sql({ ...base, item_id, sku, title: sku, unit_price: '10' } as never)}`;
  for (const [supplier_name, days] of [
    ['maker', 1],
    ['former maker', 9],
  ] as const) {
    const shipment = { organization_id, inbound_shipment_id: randomUUID() };
    await test.sql`insert into inbound_shipment ${test.sql({
      ...{ ...base, ...shipment, external_id: randomUUID(), status: 'RECEIVED', supplier_name },
      ...{ ordered_at: new Date(noon.getTime() - days * 86_400_000), modified_at: noon },
    } as never)}`;
    const line = { ...shipment, line_id: '1', item_id, quantity: '5', recorded_at: noon };
    await test.sql`insert into inbound_shipment_line ${test.sql(line as never)}`;
  }
}

const details = () =>
  test.sql<{ cost: number | null; supplier: string | null }[]>`
    select unit_cost::float8 as cost, supplier_name as supplier from item order by sku`;
const run = () => startDemoDetails(test.db, { now: () => noon });

it('tells the cost of nearly all goods, and that the latest sender supplies them', async () => {
  for (let number = 0; number < 4; number += 1) await insertItem(number);
  const first = run();
  await vi.waitFor(
    async () => expect((await details()).some(({ cost }) => cost !== null)).toBe(true),
    30_000,
  );
  await first.stop();
  const [costless, ...told] = await details();
  expect(costless).toEqual({ cost: null, supplier: 'maker' });
  for (const { cost, supplier } of told) {
    expect(supplier).toBe('maker');
    expect(cost).toBeGreaterThanOrEqual(5);
    expect(cost).toBeLessThanOrEqual(7);
  }
});
