import { appendEvents } from '../db/queries/event-append.ts';
import type { LevelKey } from '../db/queries/ingest-level.ts';
import { ensureSnapshotPartitions } from '../db/queries/ingest-partition.ts';
import { rebuildRollups } from '../db/queries/ingest-rollup.ts';
import { lockStage } from '../db/queries/lease.ts';
import { findDisagreeing, findDueLevels, mendSnapshots, scanLevels } from '../db/queries/reconcile.ts';
import { withOrganization } from '../db/tenant.ts';
import type { OrganizationId } from '../shared/ids.ts';
import { evaluateAlerts } from './evaluate-alerts.ts';
import { evaluateSources } from './evaluate-sources.ts';
import type { PipelinePorts } from './ports.ts';

/** Levels compared with their snapshot in one tick: some milliseconds, and 50,000 levels are round in half a minute. */
const scannedAtOnce = 2_000;
/** Levels whose alerts are due by time, taken in one tick; the rest by the next. */
const dueAtOnce = 2_000;
/** Levels that look wrong, taken in one tick; the scan comes round to the rest. */
const disagreeingAtOnce = 2_000;

/** Where the round of comparing levels with their snapshots stands, per organization. */
export type ScanPosition = Map<OrganizationId, LevelKey | null>;

/**
 * The alert stage: brings alerts, levels and sources together again, so that a change by plain SQL is caught and its
 * missing snapshot recorded, times that have come are acted on, what was held while a source was down is caught up
 * with, and a source that is stale, suspect or failing gets its one alert. What ingest and mutations did themselves
 * needs nothing here.
 *
 * One worker at a time per organization, in one transaction. Levels are looked at in rounds, all of 50,000 within half
 * a minute, and locked only where something is due. Reads levels, plans, sources and open alerts; writes
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
      const disagreeing = await findDisagreeing(sql, disagreeingAtOnce);
      const scanned = await scanLevels(sql, position.get(organizationId) ?? null, scannedAtOnce);
      position.set(organizationId, scanned.length < scannedAtOnce ? null : (scanned.at(-1) ?? null));
      const mended = await mendSnapshots(sql, organizationId, [...disagreeing, ...scanned], at);
      const snapshots = mended.map((level) => ({ ...level, observedAt: level.snapshotObservedAt }));
      await rebuildRollups(sql, organizationId, snapshots, at);
      // Before the levels: what a failing source brought to a halt is judged as halted.
      const sourceEvents = await evaluateSources(sql, organizationId, at, ports.clock.speed > 0);
      const due = await findDueLevels(sql, at, dueAtOnce);
      const levels = [...disagreeing, ...scanned, ...due];
      const alertEvents = await evaluateAlerts(sql, {
        ...{ organizationId, levels, at },
        kinds: 'ALL',
        locking: 'LOOKED_AT',
      });
      const changed = mended.filter((level) => level.isChanged);
      const levelEvents = changed.map(({ itemId, warehouseId, snapshotObservedAt }) => ({
        topic: 'STOCK_LEVEL' as const,
        itemId,
        warehouseId,
        snapshotObservedAt,
        occurredAt: at,
      }));
      return appendEvents(sql, organizationId, [...levelEvents, ...sourceEvents, ...alertEvents], at);
    },
    { isIdempotent: true },
  );
  if (last !== null) ports.wake(organizationId);
}
