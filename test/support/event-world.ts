import { randomUUID } from 'node:crypto';
import { appendEvents, type PendingEvent } from '../../src/db/queries/event-append.ts';
import { saveOrganization } from '../../src/db/queries/organization.ts';
import { asOwner, withOrganization } from '../../src/db/tenant.ts';
import { brandId, type OrganizationId, type StockAlertId } from '../../src/shared/ids.ts';
import type { TestDatabase } from './database.ts';

/** An organization with alerts and a level that events can be about. */
export interface EventWorld {
  readonly organizationId: OrganizationId;
  readonly alertIds: readonly StockAlertId[];
  readonly itemId: string;
  readonly warehouseId: string;
  readonly shopId: string;
  readonly syncRunId: string;
}

/** When everything of this world happened, business time. */
export const worldTime = new Date('2026-03-10T04:00:00.000Z');

/** Makes the organization: one item in one warehouse with 5 units, `alertCount` alerts about a shop or the item. */
export async function createEventWorld(test: TestDatabase, alertCount = 4): Promise<EventWorld> {
  const organizationId = brandId<OrganizationId>(randomUUID());
  const [itemId, warehouseId, shopId, syncRunId] = [
    randomUUID(),
    randomUUID(),
    randomUUID(),
    randomUUID(),
  ] as const;
  const at = worldTime;
  await asOwner(test.db, organizationId, (sql) =>
    saveOrganization(sql, { organizationId, name: 'events', locale: 'en', recordedAt: at }),
  );
  const { sql } = test;
  await sql`select stock_snapshot_ensure_partition('2026-03-10')`;
  await sql`
    insert into shop (organization_id, shop_id, platform, member_id, name, state, observed_at, recorded_at)
    values (${organizationId}, ${shopId}, 'alibaba-1688', ${shopId}, 'shop', 'ACTIVE', ${at}, ${at})`;
  await sql`
    insert into item (organization_id, item_id, sku, title, observed_at, recorded_at)
    values (${organizationId}, ${itemId}, 'A-1', 'thing', ${at}, ${at})`;
  await sql`
    insert into warehouse (organization_id, warehouse_id, code, name, kind, observed_at, recorded_at)
    values (${organizationId}, ${warehouseId}, 'NB', 'Ningbo', 'PHYSICAL', ${at}, ${at})`;
  await sql`
    insert into stock_snapshot
      (organization_id, item_id, warehouse_id, observed_at, recorded_at, available, source)
    values (${organizationId}, ${itemId}, ${warehouseId}, ${at}, ${at}, 5, 'POLL')`;
  await sql`
    insert into stock_level (organization_id, item_id, warehouse_id, available, source, observed_at, recorded_at,
      checked_at, snapshot_observed_at, threshold, threshold_origin)
    values (${organizationId}, ${itemId}, ${warehouseId}, 5, 'POLL', ${at}, ${at}, ${at}, ${at}, 10, 'DEFAULT')`;
  await sql`
    insert into sync_run
      (organization_id, sync_run_id, shop_id, stream, kind, state, started_at, recorded_at)
    values (${organizationId}, ${syncRunId}, ${shopId}, 'products', 'INITIAL', 'RUNNING', ${at}, ${at})`;
  const alertIds = Array.from({ length: alertCount }, () => brandId<StockAlertId>(randomUUID()));
  await sql`
    insert into stock_alert (organization_id, alert_id, rule_id, kind, item_id, warehouse_id, state, severity,
      opened_at, changed_at, recorded_at)
    select ${organizationId}, a, r.rule_id, 'LOW_STOCK', ${itemId}, ${warehouseId}, 'RESOLVED', 'WARNING',
      ${at}, ${at}, ${at}
    from unnest(${alertIds}::uuid[]) a, alert_rule r
    where r.organization_id = ${organizationId} and r.kind = 'LOW_STOCK'`;
  return { organizationId, alertIds, itemId, warehouseId, shopId, syncRunId };
}

/** An alert's transition of this world. */
export function alertEvent(world: EventWorld, change: Partial<PendingEvent> = {}): PendingEvent {
  return {
    topic: 'STOCK_ALERT',
    alertId: world.alertIds[0] as StockAlertId,
    alertKind: 'LOW_STOCK',
    itemId: world.itemId,
    warehouseId: world.warehouseId,
    shopId: null,
    snapshotObservedAt: worldTime,
    reason: 'OPENED',
    state: 'FIRING',
    previousState: null,
    severity: 'WARNING',
    threshold: '10',
    thresholdOrigin: 'DEFAULT',
    occurredAt: worldTime,
    ...change,
  } as PendingEvent;
}

/** A change of the world's level. */
export function levelEvent(world: EventWorld): PendingEvent {
  return {
    topic: 'STOCK_LEVEL',
    itemId: world.itemId,
    warehouseId: world.warehouseId,
    snapshotObservedAt: worldTime,
    occurredAt: worldTime,
  };
}

/** News of the world's sync run. */
export function runEvent(world: EventWorld): PendingEvent {
  return { topic: 'SYNC_RUN', shopId: world.shopId, syncRunId: world.syncRunId, occurredAt: worldTime };
}

/** Writes events in one transaction of a worker. @returns the number of the last */
export function commitEvents(
  test: TestDatabase,
  world: EventWorld,
  events: readonly PendingEvent[],
): Promise<bigint | null> {
  return withOrganization(test.db, 'worker', world.organizationId, (sql) =>
    appendEvents(sql, world.organizationId, events, worldTime),
  );
}
