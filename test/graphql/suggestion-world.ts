import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';

/**
 * A lane from the north to the south, a purchase that is suggested for the north, and a transfer on the lane, each with
 * its version. The item is the third, which lies in both; an organization with fewer items gets the lane only.
 */
export async function insertSuggestions(
  sql: postgres.Sql,
  world: {
    readonly organizationId: string;
    readonly itemIds: readonly string[];
    readonly warehouseIds: readonly string[];
  },
  at: Date,
): Promise<void> {
  const [from_warehouse_id, to_warehouse_id] = world.warehouseIds;
  const base = { organization_id: world.organizationId, recorded_at: at };
  const ends = { from_warehouse_id, to_warehouse_id };
  await sql`insert into transfer_lane ${sql({
    ...{ ...base, ...ends, unit_cost: '0.5', fixed_cost: '0', units_min: '2', pack_units: '1' },
    transfer_days: 2,
  } as never)}`;
  const item_id = world.itemIds[2];
  if (item_id === undefined) return;
  const planned = { arrives_on: '2026-03-20', planned_on: '2026-03-10', computed_at: at, data_as_of: at };
  const explanationOf = (code: string, operands: string[], value: string) => {
    const step = { name: code, code, op: 'max', operands, value, unit: 'units' };
    return sql.json({ inputs: [], steps: [step], binding: null });
  };
  const purchase = {
    ...{ ...base, ...planned, suggestion_id: randomUUID(), state: 'OPEN', quantity: '24', need: '20' },
    ...{ is_due: true, order_by_on: '2026-03-12', overdue_days: 0, value: '60' },
    explanation: explanationOf('order_quantity', ['20', '24'], '24'),
    ...{ flags: ['RAISED_TO_MOQ'], hold_causes: [], changes: sql.json([]) },
  };
  await sql`insert into replenishment_suggestion ${sql({
    ...{ ...purchase, item_id, warehouse_id: from_warehouse_id, kind: 'PURCHASE', supplier_name: 'maker' },
    ...{ inputs: sql.json({ leadTime: { meanDays: 10 } }), opened_at: at },
  } as never)}`;
  await sql`insert into replenishment_version ${sql(purchase as never)}`;
  const transfer = {
    ...{ ...base, ...planned, suggestion_id: randomUUID(), state: 'OPEN', quantity: '3' },
    explanation: explanationOf('transfer_quantity', ['2', '3'], '3'),
    ...{
      donor_risk_before: 0.01,
      donor_risk_after: 0.02,
      receiver_risk_before: 0.4,
      receiver_risk_after: 0.1,
    },
    ...{ lost_units_avoided: '2', cost: '1.5', gain: '9', flags: [] },
  };
  await sql`insert into transfer_suggestion ${sql({ ...transfer, ...ends, item_id, opened_at: at } as never)}`;
  await sql`insert into transfer_version ${sql(transfer as never)}`;
}
