import { randomUUID } from 'node:crypto';
import type postgres from 'postgres';
import { insertNotifications } from './notification-world.ts';
import { insertSuggestions } from './suggestion-world.ts';

/** A time that all rows of the test world are told from. */
export const worldNow = new Date('2026-03-10T04:00:00.000Z');

/** Hours before {@link worldNow}. */
export function hoursAgo(hours: number): Date {
  return new Date(worldNow.getTime() - hours * 3_600_000);
}

/** The ids of one organization's rows in the test world. */
export interface WorldOrganization {
  readonly organizationId: string;
  readonly ruleId: string;
  readonly epoch: string;
  readonly shopId: string;
  readonly poolId: string;
  readonly warehouseIds: readonly string[];
  readonly itemIds: readonly string[];
  readonly alertIds: readonly string[];
  readonly listingIds: readonly string[];
  readonly shipmentId: string;
  readonly syncRunId: string;
  readonly quarantinedRowId: string;
}

/** More digits than a double can hold. */
export const longOrderId = '4611686018427387905123';

/**
 * Fills an organization with a bit of everything: items `<prefix>-000…`, two physical warehouses and a pool, levels
 * of every kind, open and resolved alerts with their events, orders, shipments, runs, quarantined rows, suggestions.
 * Written as the owner, past row-level security.
 *
 * Item n has 3n units in the north and none in the south when n is odd; item 0 lies in the pool only.
 */
export async function buildOrganization(
  sql: postgres.Sql,
  prefix: string,
  itemCount: number,
): Promise<WorldOrganization> {
  const world: WorldOrganization = {
    organizationId: randomUUID(),
    ruleId: randomUUID(),
    epoch: randomUUID(),
    shopId: randomUUID(),
    poolId: randomUUID(),
    warehouseIds: [randomUUID(), randomUUID()],
    itemIds: Array.from({ length: itemCount }, () => randomUUID()),
    alertIds: Array.from({ length: Math.min(itemCount, 3) }, () => randomUUID()),
    listingIds: Array.from({ length: itemCount }, () => randomUUID()),
    shipmentId: randomUUID(),
    syncRunId: randomUUID(),
    quarantinedRowId: randomUUID(),
  };
  await insertPlaces(sql, prefix, world);
  await insertItems(sql, prefix, world);
  await insertLevels(sql, world);
  await insertAlerts(sql, world);
  await insertTrade(sql, world);
  await insertNotifications(sql, world, hoursAgo(1));
  await insertSuggestions(sql, world, hoursAgo(1));
  return world;
}

async function insertPlaces(sql: postgres.Sql, prefix: string, world: WorldOrganization): Promise<void> {
  const base = { organization_id: world.organizationId, observed_at: hoursAgo(2), recorded_at: hoursAgo(1) };
  const { organizationId: organization_id } = world;
  await sql`insert into organization ${sql({ organization_id, name: `${prefix} Ltd`, locale: 'en', recorded_at: hoursAgo(900) })}`;
  await sql`insert into event_head ${sql({ organization_id, epoch: world.epoch, last: 0, oldest: 1 })}`;
  await sql`insert into alert_rule ${sql({ organization_id, rule_id: world.ruleId, kind: 'LOW_STOCK', name: 'Low stock', recorded_at: hoursAgo(900) })}`;
  await sql`insert into shop ${sql({
    ...base,
    shop_id: world.shopId,
    platform: 'alibaba-1688',
    member_id: '9223372036854775807',
    name: `${prefix} shop`,
    state: 'ACTIVE',
    capabilities: sql.json([{ api: 'product.list', stream: 'listings', state: 'AVAILABLE', code: null }]),
  } as never)}`;
  const places = [
    {
      code: `${prefix}-N`,
      name: 'North',
      kind: 'PHYSICAL',
      warehouse_id: world.warehouseIds[0],
      shop_id: null,
    },
    {
      code: `${prefix}-S`,
      name: 'South',
      kind: 'PHYSICAL',
      warehouse_id: world.warehouseIds[1],
      shop_id: null,
    },
    {
      code: `${prefix}-P`,
      name: 'Pool',
      kind: 'MARKETPLACE_POOL',
      warehouse_id: world.poolId,
      shop_id: world.shopId,
    },
  ];
  await sql`insert into warehouse ${sql(places.map((place) => ({ ...base, ...place, time_zone: 'Asia/Shanghai' })) as never)}`;
  await sql`insert into sync_state ${sql({
    ...{
      organization_id,
      shop_id: world.shopId,
      stream: 'listings',
      cycle_ms: 90_000,
      recorded_at: hoursAgo(1),
    },
    pass_finished_at: hoursAgo(1),
  } as never)}`;
  await sql`insert into sync_run ${sql({
    ...{
      organization_id,
      sync_run_id: world.syncRunId,
      shop_id: world.shopId,
      stream: 'listings',
      kind: 'INITIAL',
    },
    ...{ state: 'RUNNING', started_at: hoursAgo(1), page_count: 2, row_count: 50, row_count_expected: 200 },
    recorded_at: hoursAgo(1),
  } as never)}`;
  await sql`insert into quarantined_row ${sql({
    ...base,
    ...{
      quarantined_row_id: world.quarantinedRowId,
      shop_id: world.shopId,
      stream: 'listings',
      row_key: '42',
    },
    ...{ reason: 'invalid_input quantity', raw: '{"quantity":"many"}' },
  } as never)}`;
}

async function insertItems(sql: postgres.Sql, prefix: string, world: WorldOrganization): Promise<void> {
  const base = { organization_id: world.organizationId, observed_at: hoursAgo(2), recorded_at: hoursAgo(1) };
  const rows = world.itemIds.map((item_id, index) => ({
    ...{ ...base, item_id, sku: `${prefix}-${String(index).padStart(3, '0')}`, title: `茶杯 ${index}` },
    ...{ category: index % 2 === 0 ? '杯' : null, unit_cost: index === 1 ? null : `${index}.5000` },
  }));
  await sql`insert into item ${sql(rows as never)}`;
  const listings = world.itemIds.map((item_id, index) => ({
    ...{ ...base, listing_id: world.listingIds[index], shop_id: world.shopId, item_id, spec_id: '' },
    ...{
      product_id: String(9_007_199_254_740_993n + BigInt(index)),
      title: `茶杯 ${index}`,
      status: 'published',
    },
    available: String(10 + index),
  }));
  await sql`insert into listing ${sql(listings as never)}`;
}

async function insertLevels(sql: postgres.Sql, world: WorldOrganization): Promise<void> {
  const { organizationId: organization_id, warehouseIds, poolId } = world;
  const observed_at = hoursAgo(3);
  const base = { organization_id, observed_at, recorded_at: hoursAgo(2), snapshot_observed_at: observed_at };
  const levels = world.itemIds.flatMap((item_id, index) => {
    const pool = { ...base, item_id, warehouse_id: poolId, available: String(10 + index), source: 'POLL' };
    const north = {
      ...base,
      item_id,
      warehouse_id: warehouseIds[0],
      available: String(3 * index),
      source: 'FEED',
    };
    const south = {
      ...north,
      warehouse_id: warehouseIds[1],
      available: String(index),
      on_hand: String(index),
    };
    return [
      { ...pool, is_watched: index === 0, threshold: '10', checked_at: hoursAgo(1) },
      ...(index > 0
        ? [{ ...north, is_watched: true, threshold: '10', checked_at: hoursAgo(index * 20) }]
        : []),
      ...(index > 0 && index % 2 === 0
        ? [{ ...south, is_watched: true, threshold: null, checked_at: hoursAgo(1) }]
        : []),
    ];
  });
  await sql`select stock_snapshot_ensure_partition(${observed_at.toISOString().slice(0, 10)}::date)`;
  for (const level of levels) {
    await sql`insert into stock_level ${sql({ ...level, threshold_origin: 'DEFAULT', incoming: null } as never)}`;
    const { item_id, warehouse_id, available, source } = level;
    await sql`insert into stock_snapshot ${sql({
      ...{ organization_id, item_id, warehouse_id, observed_at, recorded_at: hoursAgo(2), available, source },
    } as never)}`;
    await sql`insert into stock_rollup_hourly ${sql({
      ...{ organization_id, item_id, warehouse_id, hour_at: hoursAgo(3), open: available, low: available },
      ...{ high: available, close: available, out_of_stock_minutes: 0, recorded_at: hoursAgo(2) },
    } as never)}`;
  }
}

async function insertAlerts(sql: postgres.Sql, world: WorldOrganization): Promise<void> {
  const { organizationId: organization_id, ruleId: rule_id } = world;
  await sql`update event_head set last = 1 where organization_id = ${organization_id}`;
  await sql`insert into event_log ${sql({
    ...{
      organization_id,
      number: 1,
      topic: 'STOCK_LEVEL',
      item_id: world.itemIds[0],
      warehouse_id: world.poolId,
    },
    ...{ snapshot_observed_at: hoursAgo(3), occurred_at: hoursAgo(3), recorded_at: hoursAgo(2) },
  } as never)}`;
  for (const [index, alert_id] of world.alertIds.entries()) {
    const item_id = world.itemIds[index];
    const warehouse_id = index === 0 ? world.poolId : world.warehouseIds[0];
    const isResolved = index === 2;
    await sql`insert into stock_alert ${sql({
      ...{ organization_id, alert_id, rule_id, kind: 'LOW_STOCK', item_id, warehouse_id },
      ...{ state: isResolved ? 'RESOLVED' : 'FIRING', severity: index === 0 ? 'WARNING' : 'CRITICAL' },
      ...{
        urgency: String(index * 10),
        available: String(3 * index),
        threshold: '10',
        threshold_origin: 'DEFAULT',
      },
      ...{ opened_at: hoursAgo(3), changed_at: hoursAgo(3), resolved_at: isResolved ? hoursAgo(1) : null },
      recorded_at: hoursAgo(2),
    } as never)}`;
    const states: [string, string, string | null][] = [['OPENED', 'FIRING', null]];
    if (isResolved) states.push(['RESOLVED', 'RESOLVED', 'FIRING']);
    for (const [reason, state, previous_state] of states) {
      await sql`
        with head as (
          update event_head set last = last + 1 where organization_id = ${organization_id} returning last
        )
        insert into event_log (organization_id, number, topic, item_id, warehouse_id, snapshot_observed_at, alert_id,
          alert_kind, reason, state, previous_state, severity, threshold, threshold_origin, urgency, occurred_at, recorded_at)
        select ${organization_id}, head.last, 'STOCK_ALERT', ${item_id ?? null}, ${warehouse_id ?? null}, ${hoursAgo(3)},
          ${alert_id}, 'LOW_STOCK', ${reason}, ${state}, ${previous_state}, 'WARNING', 10, 'DEFAULT',
          ${state === 'RESOLVED' ? 0 : index * 10}, ${hoursAgo(3)}, ${hoursAgo(2)}
        from head`;
    }
  }
}

async function insertTrade(sql: postgres.Sql, world: WorldOrganization): Promise<void> {
  const { organizationId: organization_id, shopId: shop_id } = world;
  const base = { organization_id, observed_at: hoursAgo(2), recorded_at: hoursAgo(1) };
  const ordered_at = hoursAgo(30);
  await sql`insert into sales_order ${sql({
    ...{ ...base, shop_id, order_id: longOrderId, status: 'waitsellersend', ordered_at },
    ...{ modified_at: hoursAgo(5), total_amount: '99.90' },
  } as never)}`;
  await sql`insert into sales_order_line ${sql({
    ...{
      ...base,
      shop_id,
      order_id: longOrderId,
      line_id: `${longOrderId}1`,
      product_id: '9007199254740993',
    },
    ...{ spec_id: '', item_id: world.itemIds[0], quantity: '2', item_units: '2', ordered_at },
  } as never)}`;
  await sql`insert into demand_daily ${sql({
    ...{
      ...base,
      item_id: world.itemIds[0],
      warehouse_id: world.poolId,
      day: '2026-03-08',
      units: '4',
      source: 'ORDERS',
    },
  } as never)}`;
  await sql`insert into inbound_shipment ${sql({
    ...{
      ...base,
      inbound_shipment_id: world.shipmentId,
      external_id: 'IN-1',
      warehouse_id: world.warehouseIds[0],
    },
    ...{ status: 'SHIPPED', expected_at: hoursAgo(-48), modified_at: hoursAgo(5) },
  } as never)}`;
  await sql`insert into inbound_shipment_line ${sql({
    ...{
      organization_id,
      inbound_shipment_id: world.shipmentId,
      line_id: '1',
      item_id: world.itemIds.at(-1),
    },
    ...{ quantity: '40', recorded_at: hoursAgo(1) },
  } as never)}`;
}
