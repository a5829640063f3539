import { appendEvents } from '../db/queries/event-append.ts';
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

/** Where the round of comparing levels with their snapshots stands, per organization. */
export type ScanPosition = Map<OrganizationId, LevelKey | null>;

/**
 * The alert stage: brings alerts and levels together again, both ways, so that a change by plain SQL is caught and
 * its missing snapshot recorded. What ingest and mutations did themselves needs nothing here.
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
      if (!(await lockStage(sql, organizationId, 'alert'))) return null;
      const disagreeing = await findDisagreeing(sql);
      const scanned = await scanLevels(sql, position.get(organizationId) ?? null, scannedAtOnce);
      position.set(organizationId, scanned.length < scannedAtOnce ? null : (scanned.at(-1) ?? null));
      const mended = await mendSnapshots(sql, organizationId, [...disagreeing, ...scanned], at);
      const snapshots = mended.map((level) => ({ ...level, observedAt: level.snapshotObservedAt }));
      await rebuildRollups(sql, organizationId, snapshots, at);
      const levels = [...disagreeing, ...mended];
      const alertEvents = await evaluateAlerts(sql, { organizationId, levels, at });
      const levelEvents = mended.map(({ itemId, warehouseId, snapshotObservedAt }) => ({
        topic: 'STOCK_LEVEL' as const,
        itemId,
        warehouseId,
        snapshotObservedAt,
        occurredAt: at,
      }));
      return appendEvents(sql, organizationId, [...levelEvents, ...alertEvents], at);
    },
    { isIdempotent: true },
  );
  if (last !== null) ports.wake(organizationId);
}
