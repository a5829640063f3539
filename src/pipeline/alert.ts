import type { Sql } from '../db/connection.ts';
import { actOnAlert, findEndedSnoozes } from '../db/queries/alert-action.ts';
import { appendEvents, type StockAlertEvent } from '../db/queries/event-append.ts';
import type { LevelKey } from '../db/queries/ingest-level.ts';
import { ensureSnapshotPartitions } from '../db/queries/ingest-partition.ts';
import { rebuildRollups } from '../db/queries/ingest-rollup.ts';
import { lockStage } from '../db/queries/lease.ts';
import { findDisagreeing, mendSnapshots, scanLevels } from '../db/queries/reconcile.ts';
import { withOrganization } from '../db/tenant.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { evaluateAlerts } from './evaluate-alerts.ts';
import type { PipelinePorts } from './ports.ts';

/** Levels compared with their snapshot in one tick: some milliseconds, and 50,000 levels are round in half a minute. */
const scannedAtOnce = 2_000;
/** Snoozes ended in one tick; people snooze one by one, so there are few. */
const snoozesAtOnce = 200;

/** Where the round of comparing levels with their snapshots stands, per organization. */
export type ScanPosition = Map<OrganizationId, LevelKey | null>;

/**
 * The alert stage: brings alerts and levels together again, both ways, so that a change by plain SQL is caught and
 * its missing snapshot recorded; and ends snoozes whose time has come. What ingest and mutations did themselves
 * needs nothing here.
 *
 * One worker at a time per organization, in one transaction. Reads levels and open alerts; writes
 * `stock_snapshot`, `stock_rollup_hourly`, `stock_level`, `stock_alert`, events and outbox. Run twice: the second
 * time finds nothing.
 */
export async function reconcileAlerts(
  ports: PipelinePorts,
  organizationId: OrganizationId,
  position: ScanPosition,
): Promise<void> {
  const at = ports.clock.now();
  await ensureSnapshotPartitions(ports.db, 'worker', [at]);
  const last = await withOrganization(
    ports.db,
    'worker',
    organizationId,
    async (sql) => {
      if (!(await lockStage(sql, organizationId, 'alert', true))) return null;
      const disagreeing = await findDisagreeing(sql);
      const scanned = await scanLevels(sql, position.get(organizationId) ?? null, scannedAtOnce);
      position.set(organizationId, scanned.length < scannedAtOnce ? null : (scanned.at(-1) ?? null));
      const mended = await mendSnapshots(sql, organizationId, [...disagreeing, ...scanned], at);
      const snapshots = mended.map((level) => ({ ...level, observedAt: level.snapshotObservedAt }));
      await rebuildRollups(sql, organizationId, snapshots, at);
      const levels = [...disagreeing, ...mended];
      const alertEvents = await evaluateAlerts(sql, { organizationId, levels, at });
      // After the levels, like everybody: who locks alerts first could wait for those who lock levels first.
      const snoozeEvents = await endSnoozes(sql, organizationId, at);
      const changed = mended.filter((level) => level.isChanged);
      const levelEvents = changed.map(({ itemId, warehouseId, snapshotObservedAt }) => ({
        topic: 'STOCK_LEVEL' as const,
        itemId,
        warehouseId,
        snapshotObservedAt,
        occurredAt: at,
      }));
      return appendEvents(sql, organizationId, [...levelEvents, ...alertEvents, ...snoozeEvents], at);
    },
    { isIdempotent: true },
  );
  if (last !== null) ports.wake(organizationId);
}

/** Brings alerts back whose snooze is over, to the state they had before it. Writes `stock_alert`. */
async function endSnoozes(sql: Sql, organizationId: OrganizationId, at: Date): Promise<StockAlertEvent[]> {
  const events: StockAlertEvent[] = [];
  for (const alertId of await findEndedSnoozes(sql, at, snoozesAtOnce)) {
    const action = { kind: 'unsnooze' } as const;
    const acted = await actOnAlert(sql, { organizationId, alertId, action, by: 'time', note: null, at });
    if (acted.kind === 'done') events.push(acted.event);
  }
  return events;
}
